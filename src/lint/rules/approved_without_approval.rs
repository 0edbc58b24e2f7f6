use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path, Status};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "approved-without-approval",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A contract is approved, and nobody has approved it.",
        page: include_str!("approved_without_approval.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_approved = contract.kind == ContractKind::Contract && contract.status == Status::Approved;
    if is_approved && contract.lifecycle.approvals.is_empty() {
        findings.push(
            Finding::new(
                &RULE.meta,
                Label::at(contract.source, Path::of("status")),
                "the contract is approved, and no approval is recorded",
            )
            .help("add `lifecycle.approvals` with who approved it, and when: `{by: jane.doe, on: \"2026-02-01\"}`"),
        );
    }
}
