use std::collections::HashMap;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Dataset, ForeignKey, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-foreign-key",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A reference is given twice.",
        page: include_str!("duplicate_foreign_key.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        of_dataset(contract, dataset, findings);
    }
}

fn of_dataset(contract: &Contract, dataset: &Dataset, findings: &mut Vec<Finding>) {
    let at = Path::dataset(&dataset.name);
    // A field says in one text what a key says in two.
    let mut first: HashMap<(Vec<&str>, String), Path> = HashMap::new();
    for field in &dataset.fields {
        if let Some(reference) = &field.foreign_key_reference {
            let place = at.field(&field.name).key("foreign_key_reference");
            first.insert((vec![&field.name], reference.clone()), place);
        }
    }
    for (index, key) in dataset.foreign_keys.iter().enumerate() {
        let path = at.key("foreign_keys").index(index);
        let fields: Vec<&str> = key.fields.iter().map(String::as_str).collect();
        let Some(earlier) = first.get(&(fields.clone(), target(key))) else {
            first.insert((fields, target(key)), path);
            continue;
        };
        let message = format!("a foreign key to {} is given twice", quoted(&key.references));
        let edit = Edit::Remove(Place::Element(path.clone()));
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, path), message)
                .related(Label::at(contract.source, earlier.clone()).note("first given here"))
                .help("remove one of the two")
                // The two may differ in what they say beyond the fields.
                .fix(Fix::guess("remove the second foreign key", vec![edit])),
        );
    }
}

/// What a key refers to, as one text.
fn target(key: &ForeignKey) -> String {
    format!("{}.{}", key.references, key.referenced_fields.join(","))
}
