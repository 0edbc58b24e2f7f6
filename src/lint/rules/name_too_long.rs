use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "name-too-long",
        group: Group::Structure,
        severity: Severity::Info,
        by_default: false,
        summary: "A name is longer than the 63 bytes that PostgreSQL keeps.",
        page: include_str!("name_too_long.md"),
    },
    checks: &[Check::Contract(dataset), Check::Field(field)],
};

/// How many bytes of a name PostgreSQL keeps.
const MOST: usize = 63;

fn dataset(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        let stored = dataset.physical_name.as_deref();
        let at = || Label::at(contract.source, Path::dataset(&dataset.name).key(key(stored)));
        // `schema.table` is two names.
        let name = stored.map_or(dataset.name.as_str(), |stored| stored.rsplit('.').next().unwrap_or(stored));
        look(name, at, findings);
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let stored = at.field.physical_name.as_deref();
    look(stored.unwrap_or(&at.field.name), || at.label_of(key(stored)), findings);
}

fn key(stored: Option<&str>) -> &'static str {
    if stored.is_some() { "physical_name" } else { "name" }
}

fn look(name: &str, label: impl FnOnce() -> Label, findings: &mut Vec<Finding>) {
    if name.len() > MOST {
        let message = format!("the name {} has {} bytes, and PostgreSQL keeps {MOST}", quoted(name), name.len());
        let help = "shorten it, or give it a shorter `physical_name`: what is cut off may make two names one";
        findings.push(Finding::new(&RULE.meta, label(), message).help(help));
    }
}
