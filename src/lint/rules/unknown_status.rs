use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, Status};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-status",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "The status is none that pact knows.",
        page: include_str!("unknown_status.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(written) = &contract.written_status else { return };
    let names = || Status::ALL.iter().map(|(name, _)| *name);
    let help = match nearest(&written.to_lowercase(), names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names().collect::<Vec<_>>().join(", ")),
    };
    let message = format!("the status {} is not known: the contract counts as active", quoted(written));
    let label = Label::at(contract.source, Path::of("status"));
    findings.push(Finding::new(&RULE.meta, label, message).help(help));
}
