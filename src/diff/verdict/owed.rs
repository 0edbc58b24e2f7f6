//! What the producer owes its consumers before a break: notice, and a way to the new version.

use jiff::SignedDuration;
use jiff::Span;
use jiff::civil::Date;

use super::{code, wanted};
use crate::finding::Severity;
use crate::finding::change::{Change, ChangeMeta, Level, Remark, Verdict};
use crate::model::{Contract, Status};

/// Judges breaking changes of a contract in force that has a notice period. It counts as it was before: a change can't
/// lift its own duty.
pub(super) fn judge(verdict: &mut Verdict, base: &Contract, head: &Contract, changes: &[Change], today: Date) {
    let Some(period) = base.obligations.notice_period.as_ref().filter(|_| base.status.is_binding()) else { return };
    // What has a date or a gate of its own is judged by that.
    let is_own = |change: &Change| change.meta.gates.iter().any(|gate| matches!(*gate, "gate" | "allowed"));
    let breaks =
        changes.iter().filter(|change| wanted(change, verdict.mode) == Level::Major && !is_own(change)).count();
    if breaks == 0 {
        return;
    }
    let what = if breaks == 1 { "a breaking change".to_owned() } else { format!("{breaks} breaking changes") };
    let mut say = |meta: &'static ChangeMeta, message, help| {
        verdict.remarks.push(Remark { meta, severity: Severity::Error, message, help: Some(help) });
    };
    match period.duration().and_then(whole_days) {
        None => say(
            &code::NOTICE_PERIOD_NOT_KEPT,
            format!("{what}, and the notice period `{period}` can't be read as a time"),
            "write it as days: `notice_period: 60 days`".to_owned(),
        ),
        Some(days) => {
            let earliest = today.checked_add(days).unwrap_or(Date::MAX);
            if !announced(base, head, days, today, earliest) {
                let message = format!("{what}, and consumers are owed {period} of notice");
                let help = format!(
                    "let the new version bind from {earliest} or later (`lifecycle.effective_date`); \
                     or deprecate {} first and change it when the notice period is over",
                    base.version
                );
                say(&code::NOTICE_PERIOD_NOT_KEPT, message, help);
            }
        }
    }
    if head.obligations.migration_guide.is_none() {
        let message = format!("{what}, and nothing tells consumers how to move");
        let help = "say where the way is described: `obligations.migration_guide`".to_owned();
        say(&code::MIGRATION_GUIDE_MISSING, message, help);
    }
}

/// Whether the new version binds late enough, or the old one was deprecated early enough.
fn announced(base: &Contract, head: &Contract, days: Span, today: Date, earliest: Date) -> bool {
    let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
    if date(&head.lifecycle.effective_date).is_some_and(|effective| effective >= earliest) {
        return true;
    }
    let deprecated = (base.status == Status::Deprecated).then_some(&base.lifecycle);
    let over = |from: Date| from.checked_add(days).is_ok_and(|end| end <= today);
    deprecated.is_some_and(|life| {
        date(&life.sunset_on).is_some_and(|sunset| sunset <= today) || date(&life.deprecated_on).is_some_and(over)
    })
}

/// A time in days, a begun one counted.
fn whole_days(time: SignedDuration) -> Option<Span> {
    const DAY: i64 = 24 * 60 * 60;
    let days = time.as_secs().checked_add(DAY - 1)? / DAY;
    // More days than a calendar has are no span.
    Span::new().try_days(days).ok()
}
