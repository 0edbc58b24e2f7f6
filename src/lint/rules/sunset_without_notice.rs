use jiff::SignedDuration;
use jiff::civil::Date;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "sunset-without-notice",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract ends sooner after its deprecation than it promises.",
        page: include_str!("sunset_without_notice.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let life = &contract.lifecycle;
    let date = |text: &Option<String>| text.as_deref().and_then(day);
    let (Some(deprecated), Some(sunset)) = (date(&life.deprecated_on), date(&life.sunset_on)) else { return };
    let Some(notice) = &contract.obligations.notice_period else { return };
    let Some(promised) = notice.duration() else { return };
    let days = days_between(deprecated, sunset);
    // What ends before it is deprecated is another mistake.
    if days < 0 || SignedDuration::from_hours(days * 24) >= whole_days(promised) {
        return;
    }
    let at = |first: &'static str, key: &'static str| Label::at(contract.source, Path::of(first).key(key));
    let message =
        format!("the contract ends {days} days after its deprecation, and promises {} notice", quoted(&notice.text));
    findings.push(
        Finding::new(&RULE.meta, at("lifecycle", "sunset_on"), message)
            .related(at("lifecycle", "deprecated_on").note("deprecated here"))
            .related(at("obligations", "notice_period").note("promised here"))
            .help("let it end later: consumers were promised that time"),
    );
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// A month counts as 30.44 days, and nobody counts the part of a day.
fn whole_days(time: SignedDuration) -> SignedDuration {
    SignedDuration::from_hours(time.as_hours() / 24 * 24)
}
