use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::secrets::{credential_in, is_reference, is_secret_name};
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "secret-in-metadata",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A password, token or key stands among what is kept for other tools.",
        page: include_str!("secret_in_metadata.md"),
    },
    checks: &[Check::Contract(check), Check::Field(of_field)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut look = |metadata: &[(String, Literal)], path: &dyn Fn() -> Path| {
        if metadata.iter().any(|(key, value)| has_secret(key, value)) {
            entries(contract, &path().key("metadata"), metadata, findings);
        }
    };
    look(&contract.metadata, &Path::root);
    for (index, channel) in contract.publisher.channels.iter().enumerate() {
        look(&channel.metadata, &|| Path::of("publisher").key("channels").index(index));
    }
    for (index, role) in contract.access.iter().flat_map(|access| &access.roles).enumerate() {
        look(&role.metadata, &|| Path::of("access").key("roles").index(index));
    }
    for dataset in &contract.datasets {
        look(&dataset.metadata, &|| Path::dataset(&dataset.name));
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            look(&key.metadata, &|| Path::dataset(&dataset.name).key("foreign_keys").index(index));
        }
    }
    for at in RuleAt::all(contract) {
        look(&at.rule.metadata, &|| at.path());
    }
}

fn of_field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let metadata = &at.field.metadata;
    if metadata.iter().any(|(key, value)| has_secret(key, value)) {
        entries(at.contract, &at.path.key("metadata"), metadata, findings);
    }
}

/// Whether there is a secret in a value, or in one below it.
fn has_secret(key: &str, value: &Literal) -> bool {
    match value {
        Literal::Map(entries) => entries.iter().any(|(key, value)| has_secret(key, value)),
        Literal::List(values) => values.iter().any(|value| has_secret(key, value)),
        Literal::Null | Literal::Bool(_) => false,
        Literal::Text(text) if text.is_empty() || is_reference(text) => false,
        Literal::Text(text) => is_secret_name(key) || credential_in(text).is_some(),
        _ => is_secret_name(key),
    }
}

fn entries(contract: &Contract, path: &Path, metadata: &[(String, Literal)], findings: &mut Vec<Finding>) {
    for (key, value) in metadata.iter().filter(|(key, value)| has_secret(key, value)) {
        let path = path.key(key.clone());
        if let Literal::Map(below) = value {
            entries(contract, &path, below, findings);
            continue;
        }
        // The value is never repeated: findings end up in logs that more people read than the file.
        let message = match value.text().and_then(credential_in).filter(|_| !is_secret_name(key)) {
            Some(what) => format!("{} has {what}", quoted(key)),
            None => format!("{} is written out", quoted(key)),
        };
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, path), message)
                .secret()
                .help("change the secret, since git keeps it; then write `${NAME}`, a variable of the environment"),
        );
    }
}
