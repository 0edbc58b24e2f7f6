use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "late-approval",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract was approved after it took effect.",
        page: include_str!("late_approval.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(effective) = contract.lifecycle.effective_date.as_deref().and_then(day) else { return };
    let approvals = &contract.lifecycle.approvals;
    // Later versions are approved later: what counts is that somebody had agreed on the day itself.
    let earliest = approvals
        .iter()
        .enumerate()
        .filter_map(|(index, one)| Some((day(&one.on)?, index, one)))
        .min_by_key(|one| one.0);
    let Some((first, index, approval)) = earliest.filter(|(first, ..)| *first > effective) else { return };
    let at = Path::of("lifecycle");
    let label = Label::at(contract.source, at.key("approvals").index(index).key("on"));
    let message = format!("{} approved on {first}, after the contract took effect", quoted(&approval.by));
    findings.push(
        Finding::new(&RULE.meta, label, message)
            .related(
                Label::at(contract.source, at.key("effective_date")).note(format!("in effect from {effective} on")),
            )
            .help("correct a date, or move `effective_date` behind the approval: until then nobody had agreed"),
    );
}
