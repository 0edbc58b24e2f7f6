use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, Status};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "retired-before-sunset",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A contract is retired before its last day.",
        page: include_str!("retired_before_sunset.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(sunset) = contract.lifecycle.sunset_on.as_deref().and_then(day) else { return };
    if contract.status == Status::Retired && sunset > context.today {
        let at = |path| Label::at(contract.source, path);
        findings.push(
            Finding::new(&RULE.meta, at(Path::of("status")), format!("the contract is retired, and ends on {sunset}"))
                .related(at(Path::of("lifecycle").key("sunset_on")).note("its last day"))
                .help("leave it deprecated until then: consumers were promised that day"),
        );
    }
}
