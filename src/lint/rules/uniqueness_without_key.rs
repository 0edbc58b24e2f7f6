use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Dataset, Metric, Path, Quality};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "uniqueness-without-key",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "Uniqueness is promised where nothing is said to be unique.",
        page: include_str!("uniqueness_without_key.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if let Some(index) = position(&contract.quality)
        && !contract.datasets.iter().any(has_key)
    {
        findings.push(unsaid(contract, &Path::root(), index, &contract.name));
    }
    for dataset in &contract.datasets {
        if let Some(index) = position(&dataset.quality).filter(|_| !has_key(dataset)) {
            findings.push(unsaid(contract, &Path::dataset(&dataset.name), index, &dataset.name));
        }
    }
}

fn position(quality: &[Quality]) -> Option<usize> {
    quality.iter().position(|promise| promise.metric == Metric::Uniqueness)
}

fn has_key(dataset: &Dataset) -> bool {
    !dataset.unique.is_empty()
        || !dataset.key_order.is_empty()
        || dataset.fields.iter().any(|field| field.is_primary_key || field.unique)
}

fn unsaid(contract: &Contract, owner: &Path, index: usize, name: &str) -> Finding {
    let message = format!("uniqueness is promised, and nothing in {} is said to be unique", quoted(name));
    let label = Label::at(contract.source, owner.key("quality").index(index));
    let help = "add `is_primary_key: true` to the fields that identify a row, or `unique: true` to what occurs once";
    Finding::new(&RULE.meta, label, message).help(help)
}
