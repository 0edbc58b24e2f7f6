use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::is_external;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "external-reference",
        group: Group::Keys,
        severity: Severity::Info,
        by_default: true,
        summary: "A reference leads to another file, which is not followed.",
        page: include_str!("external_reference.md"),
    },
    checks: &[Check::Field(field), Check::Contract(composite)],
};

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if let Some(reference) = at.field.foreign_key_reference.as_deref().filter(|reference| is_external(reference)) {
        findings.push(external(reference, at.label_of("foreign_key_reference")));
    }
}

fn composite(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        for (index, key) in dataset.foreign_keys.iter().enumerate().filter(|(_, key)| is_external(&key.references)) {
            let path = Path::dataset(&dataset.name).key("foreign_keys").index(index).key("references");
            findings.push(external(&key.references, Label::at(contract.source, path)));
        }
    }
}

fn external(reference: &str, label: Label) -> Finding {
    let message = format!("{} leads into a file, and such references are not followed", quoted(reference));
    Finding::new(&RULE.meta, label, message)
        .help("name the contract instead: `contract.dataset.field`, by its name or its `id`; then pact checks that it is there")
}
