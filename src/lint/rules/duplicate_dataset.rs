use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-dataset",
        group: Group::Structure,
        severity: Severity::Error,
        by_default: true,
        summary: "Two datasets of one contract have the same name.",
        page: include_str!("duplicate_dataset.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, dataset) in contract.datasets.iter().enumerate() {
        let earlier = *first.entry(&dataset.name).or_insert(index);
        if earlier < index {
            let at = |index| Label::at(contract.source, Path::of("datasets").index(index));
            let message = format!("the dataset {} is defined twice", quoted(&dataset.name));
            findings.push(
                Finding::new(&RULE.meta, at(index), message)
                    .related(at(earlier).note("first defined here"))
                    .help("rename or remove one of the two"),
            );
        }
    }
}
