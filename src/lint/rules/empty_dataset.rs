use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Medium, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "empty-dataset",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "A dataset has no fields.",
        page: include_str!("empty_dataset.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        // Files may be pictures or letters.
        if dataset.fields.is_empty() && dataset.medium() != Medium::Files {
            let message =
                format!("the dataset {} has no fields: nothing is promised of its rows", quoted(&dataset.name));
            let label = Label::at(contract.source, Path::dataset(&dataset.name));
            findings.push(Finding::new(&RULE.meta, label, message).help("add its fields, or remove the dataset"));
        }
    }
}
