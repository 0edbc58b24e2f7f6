use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::Field;
use crate::model::{Contract, Dataset, Path, ReferenceAction};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "impossible-reference-action",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "What becomes of rows whose partner goes is not possible.",
        page: include_str!("impossible_reference_action.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        of_dataset(contract, dataset, findings);
    }
}

fn of_dataset(contract: &Contract, dataset: &Dataset, findings: &mut Vec<Finding>) {
    let by_name: HashMap<&str, &Field> = dataset.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    for (index, key) in dataset.foreign_keys.iter().enumerate() {
        for (action_key, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
            let fields = || key.fields.iter().filter_map(|name| by_name.get(name.as_str()));
            // One field that may be null is enough: then the reference is none.
            let wrong = match action {
                ReferenceAction::SetNull if fields().all(|field| !field.nullable) => fields().next(),
                ReferenceAction::SetDefault => fields().find(|field| !field.nullable && field.default_value.is_none()),
                _ => None,
            };
            let Some(field) = wrong else { continue };
            let why = if action == ReferenceAction::SetNull { "must not be null" } else { "has no default value" };
            let path = Path::dataset(&dataset.name);
            let label = Label::at(contract.source, path.key("foreign_keys").index(index).key(action_key));
            let message = format!("`{action_key}` is `{}`, and {} {why}", action.name(), quoted(&field.name));
            findings.push(
                Finding::new(&RULE.meta, label, message)
                    .related(Label::at(contract.source, path.field(&field.name)).note("this field"))
                    .help("let the field be null or have a default value, or write `restrict` or `cascade`"),
            );
        }
    }
}
