use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path, Status};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "deprecated-without-sunset",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A deprecated contract does not say when it ends.",
        page: include_str!("deprecated_without_sunset.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let life = &contract.lifecycle;
    let is_deprecated = contract.kind == ContractKind::Contract && contract.status == Status::Deprecated;
    if is_deprecated && life.sunset_on.is_none() && life.expires_on.is_none() {
        findings.push(
            Finding::new(
                &RULE.meta,
                Label::at(contract.source, Path::of("status")),
                "the contract is deprecated, and nothing says when it ends",
            )
            .help("add `lifecycle.sunset_on`, the last day, so that consumers can plan"),
        );
    }
}
