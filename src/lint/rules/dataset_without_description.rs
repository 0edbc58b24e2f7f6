use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "dataset-without-description",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A dataset does not say what a row stands for.",
        page: include_str!("dataset_without_description.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    // A contract's only dataset may be described by the contract.
    let [_, _, ..] = contract.datasets.as_slice() else { return };
    for dataset in &contract.datasets {
        if dataset.description.as_deref().is_none_or(|text| text.trim().is_empty()) {
            let message = format!("the dataset {} has no description", quoted(&dataset.name));
            let label = Label::at(contract.source, Path::dataset(&dataset.name));
            findings
                .push(Finding::new(&RULE.meta, label, message).help("add `description` with what a row stands for"));
        }
    }
}
