use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "active-without-approval",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: false,
        summary: "A contract is in force, and nobody has approved it.",
        page: include_str!("active_without_approval.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_binding = contract.kind == ContractKind::Contract && contract.status.is_binding();
    if is_binding && contract.lifecycle.approvals.is_empty() {
        let message = format!("the contract is {}, and no approval is recorded", contract.status.name());
        findings
            .push(Finding::new(&RULE.meta, Label::at(contract.source, Path::of("status")), message).help(
                "add `lifecycle.approvals` with who approved it, and when: `{by: jane.doe, on: \"2026-02-01\"}`",
            ));
    }
}
