use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::secrets::{is_address, secret_in};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "secret-in-url",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "An address has a password, token or key in it.",
        page: include_str!("secret_in_url.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut look = |text: &str, path: &dyn Fn() -> Path| {
        if let Some(what) = secret_in(text) {
            let label = Label::at(contract.source, path());
            // What was found is never repeated: findings end up in logs that more people read than the file.
            findings.push(
                Finding::new(&RULE.meta, label, format!("the address has {what}"))
                    .secret()
                    .help("change the secret, since git keeps it; then write `${NAME}` in its place"),
            );
        }
    };
    let publisher = contract.publisher.repository_url.as_deref();
    look(publisher.unwrap_or_default(), &|| Path::of("publisher").key("repository_url"));
    let endpoint = contract.access.as_ref().and_then(|access| access.endpoint_url.as_deref());
    look(endpoint.unwrap_or_default(), &|| Path::of("access").key("endpoint_url"));
    for (index, redirect) in contract.access.iter().flat_map(|access| &access.redirects).enumerate() {
        look(&redirect.from, &|| Path::of("access").key("redirects").index(index).key("from"));
    }
    for (index, channel) in contract.publisher.channels.iter().enumerate() {
        look(&channel.to, &|| Path::of("publisher").key("channels").index(index).key("to"));
    }
    let guide = contract.obligations.migration_guide.as_deref();
    look(guide.unwrap_or_default(), &|| Path::of("obligations").key("migration_guide"));
    for (severity, people) in &contract.obligations.notify {
        for (index, to) in people.iter().enumerate() {
            look(to, &|| Path::of("obligations").key("notify").key(severity.clone()).index(index));
        }
    }
    for (index, alert) in contract.alerts.iter().enumerate() {
        look(alert.to.as_deref().unwrap_or_default(), &|| Path::of("alerts").index(index).key("to"));
    }
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            let Some(semantics) = &field.semantics else { return };
            let addresses = [("definition", &semantics.definition), ("term", &semantics.term)];
            for (key, address) in addresses {
                look(address.as_deref().unwrap_or_default(), &|| path.key("semantics").key(key));
            }
        });
    }
    for source in &contract.sources {
        for (key, value) in &source.settings {
            let path = || Path::of("sources").key(source.environment.clone()).key(key.clone());
            look(value.text().filter(|text| is_address(key, text)).unwrap_or_default(), &path);
        }
    }
}
