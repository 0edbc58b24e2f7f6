use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Path, Step};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "foreign-key-to-itself",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "A field refers to itself.",
        page: include_str!("foreign_key_to_itself.md"),
    },
    checks: &[Check::Field(field), Check::Contract(composite)],
};

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(rest) = at.field.foreign_key_reference.as_deref().and_then(|reference| own(at.contract, reference)) else {
        return;
    };
    let address = address(at.path);
    let in_dataset = rest.strip_prefix(at.dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
    // A plain name is that of the first dataset that has it.
    let is_first = || at.contract.datasets.first().is_some_and(|first| first.name == at.dataset.name);
    if in_dataset == Some(address.as_str()) || rest == address && is_first() {
        let message = format!("{} refers to itself", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label_of("foreign_key_reference"), message)
                .help("name the field that it refers to: every value equals itself"),
        );
    }
}

fn composite(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let is_own = contract.names().any(|name| {
                let rest = key.references.strip_prefix(name);
                rest.is_some_and(|rest| match rest.strip_prefix('.') {
                    Some(rest) => rest == dataset.name,
                    None => rest.is_empty() && contract.datasets.len() == 1,
                })
            });
            if is_own && !key.fields.is_empty() && key.fields == key.referenced_fields {
                let path = Path::dataset(&dataset.name).key("foreign_keys").index(index);
                let message = format!("the fields of a foreign key to {} refer to themselves", quoted(&key.references));
                findings.push(
                    Finding::new(&RULE.meta, Label::at(contract.source, path.key("referenced_fields")), message)
                        .help("name the fields that they refer to: every value equals itself"),
                );
            }
        }
    }
}

/// What of a reference stands behind the contract's own name.
fn own<'a>(contract: &Contract, reference: &'a str) -> Option<&'a str> {
    contract.names().find_map(|name| reference.strip_prefix(name)?.strip_prefix('.'))
}

/// A field as references within its dataset name it.
fn address(path: &Path) -> String {
    let names =
        path.steps().iter().filter_map(|step| if let Step::Field(name) = step { Some(name.as_str()) } else { None });
    names.collect::<Vec<_>>().join(".")
}
