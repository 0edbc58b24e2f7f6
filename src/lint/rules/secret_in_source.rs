use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::secrets::{credential_in, is_address, is_reference, is_secret_name};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "secret-in-source",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "The password, token or key of a source stands in the file.",
        page: include_str!("secret_in_source.md"),
    },
    checks: &[Check::Contract(check)],
};

/// How many steps lead to a setting that is not within another one.
const DEPTH_OF_SETTINGS: usize = 3;

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for source in &contract.sources {
        let path = Path::of("sources").key(source.environment.clone());
        for (key, value) in &source.settings {
            setting(contract, &path.key(key.clone()), key, value, findings);
        }
    }
}

/// Looks at a setting, and at the settings in it: options may be nested.
fn setting(contract: &Contract, path: &Path, key: &str, value: &Literal, findings: &mut Vec<Finding>) {
    match value {
        Literal::Map(settings) => {
            for (key, value) in settings {
                setting(contract, &path.key(key.clone()), key, value, findings);
            }
        }
        Literal::List(values) => {
            for (index, value) in values.iter().enumerate() {
                setting(contract, &path.index(index), key, value, findings);
            }
        }
        Literal::Null | Literal::Bool(_) => {}
        Literal::Text(text) if text.is_empty() || is_reference(text) => {}
        _ if !is_secret_name(key) && !is_credential(path, key, value) => {}
        // The value is never repeated: findings end up in logs that more people read than the file.
        _ => findings.push(
            Finding::new(
                &RULE.meta,
                Label::at(contract.source, path.clone()),
                format!("{} of a source is written out", quoted(key)),
            )
            .secret()
            .help(way_out(contract, path)),
        ),
    }
}

fn way_out(contract: &Contract, path: &Path) -> &'static str {
    // A server of a standard has keys of its own, and none for credentials.
    if contract.format_version.is_some() && path.steps().len() == DEPTH_OF_SETTINGS {
        "change the secret, since git keeps it; then remove it: tools that connect take it from their environment"
    } else {
        "change the secret, since git keeps it; then write `${NAME}`, a variable of the environment"
    }
}

/// Whether a value is a credential by its looks. What is an address, another rule looks at.
fn is_credential(path: &Path, key: &str, value: &Literal) -> bool {
    let Some(text) = value.text() else { return false };
    let is_told = path.steps().len() == DEPTH_OF_SETTINGS && is_address(key, text);
    !is_told && credential_in(text).is_some()
}
