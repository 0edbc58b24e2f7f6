use jiff::SignedDuration;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "notice-period-short",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "Consumers are told of breaking changes less than 30 days before.",
        page: include_str!("notice_period_short.md"),
    },
    checks: &[Check::Contract(check)],
};

/// In less time than this, other teams can't plan, change, test and deliver.
const LEAST: SignedDuration = SignedDuration::from_hours(30 * 24);

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(period) = &contract.obligations.notice_period else { return };
    if period.duration().is_some_and(|time| time < LEAST) {
        let label = Label::at(contract.source, Path::of("obligations").key("notice_period"));
        let message = format!("{} is short notice of a breaking change", quoted(&period.text));
        findings.push(
            Finding::new(&RULE.meta, label, message)
                .help("promise at least 30 days: consumers have to plan, change, test and deliver"),
        );
    }
}
