use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contract-without-dataset",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract promises no data at all.",
        page: include_str!("contract_without_dataset.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.datasets.is_empty() {
        let label = Label::at(contract.source, Path::of("name"));
        let help = "add `schema` with what the data is made of";
        findings.push(Finding::new(&RULE.meta, label, "the contract has no datasets").help(help));
    }
}
