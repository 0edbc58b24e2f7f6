use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "notice-period-missing",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: false,
        summary: "A contract that is in force does not say how long before a breaking change consumers are told.",
        page: include_str!("notice_period_missing.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_binding = contract.kind == ContractKind::Contract && contract.status.is_binding();
    if is_binding && contract.obligations.notice_period.is_none() {
        let message = format!("the contract is {} and promises no notice of breaking changes", contract.status.name());
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, Path::of("obligations")), message)
                .help("add `notice_period: 30 days` to `obligations`, or what you agree on with consumers"),
        );
    }
}
