use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contract-without-description",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract does not say what the data is.",
        page: include_str!("contract_without_description.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.description.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        return;
    }
    let message = format!("the contract {} has no description", quoted(&contract.name));
    let label = Label::at(contract.source, Path::root());
    findings.push(Finding::new(&RULE.meta, label, message).help("add `description` with what the data is"));
}
