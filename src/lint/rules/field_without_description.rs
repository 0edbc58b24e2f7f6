use crate::finding::{Finding, Label, RuleMeta, Severity};
use crate::lint::{Context, Rule};
use crate::model::Contract;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "field-without-description",
        severity: Severity::Warning,
        summary: "A field does not say what its values mean.",
        page: include_str!("field_without_description.md"),
    },
    check,
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            // The items of an array and the values of a map are described by the field that holds them.
            let described = field.description.as_deref().is_some_and(|text| !text.trim().is_empty());
            if !described && !field.name.is_empty() {
                let label = Label::at(contract.source, path.clone());
                let message = format!("the field `{}` has no description", field.name);
                findings.push(Finding::new(&RULE.meta, label, message).help("add `description` with what a value means"));
            }
        });
    }
}
