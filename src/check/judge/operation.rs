//! The service as such: whether it answers, how fast, and how long the contract still holds.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Bench, CheckResult, Grade};
use crate::check::{Answer, Ask, CheckKind, Observation, Verdict};
use crate::model::{Metric, Path, Quantity, Status};
use crate::source::words::quoted;

/// The notice that is due before a contract ends, where it does not say.
const NOTICE_DAYS: i64 = 30;

/// `/health` answers, and says that all is well; and the service reports the uptime that is promised.
pub(super) fn availability(bench: &mut Bench<'_>) {
    const EXPECTED: &str = "a healthy service";
    let contract = bench.contract();
    let has_own = contract.access.as_ref().is_some_and(|access| access.endpoint_url.is_some());
    let is_source = !has_own && !contract.sources.is_empty();
    let element = if is_source { Path::of("sources") } else { Path::of("access").key("endpoint_url") };
    match bench.answer(Ask::Health) {
        Ok(Answer::Health(health)) => {
            let well = matches!(health.status.to_lowercase().as_str(), "healthy" | "ok" | "up" | "pass");
            let verdict = if well { Verdict::Pass } else { Verdict::Fail };
            let actual = if well { answered_in(bench) } else { format!("the status {}", quoted(&health.status)) };
            let affected = bench.affected(None, None);
            bench.add(
                CheckResult::new(CheckKind::Availability, verdict, element, EXPECTED, &actual).affecting(affected),
            );
        }
        Err(failure) => return bench.unanswered(CheckKind::Availability, element, EXPECTED, &failure),
        Ok(_) => return bench.unanswered(CheckKind::Availability, element, EXPECTED, &super::misplaced(Ask::Health)),
    }
    uptime(bench);
}

fn answered_in(bench: &Bench<'_>) -> String {
    let millis = bench.observation(Ask::Health).map_or(0, |observation| observation.elapsed.as_millis());
    format!("healthy, answered in {millis} ms")
}

/// One run sees a moment only; the share of time is what the service itself reports.
fn uptime(bench: &mut Bench<'_>) {
    let reported = bench.metrics().ok().and_then(|metrics| metrics.availability.as_ref());
    let uptime = reported.and_then(|reported| reported.uptime_percentage);
    let odd = reported.and_then(|reported| reported.unreadable.as_deref());
    for (dataset, expectation) in bench.expectations_of_service() {
        for promised in expectation.promised(Metric::Availability, |levels| levels.availability.as_ref()) {
            let is_limited = expectation.rare(|all| (!all.availability_hours.is_empty()).then_some(())).is_some();
            let is_maintained = expectation.rare(|all| all.maintenance.as_ref()).is_some();
            let period = expectation.rare(|all| all.availability_period.as_ref());
            let expected = match period {
                Some(period) => format!("up at least {promised} of the time, over {period}"),
                None => format!("up at least {promised} of the time"),
            };
            let (grade, actual) = match (promised.percent(), uptime) {
                (None, _) => (Grade::of(Verdict::Error), unreadable(promised)),
                (Some(_), None) if odd.is_some() => (Grade::of(Verdict::Error), odd.unwrap_or_default().to_owned()),
                (Some(_), None) => (Grade::of(Verdict::Omit), "the service reports no uptime".to_owned()),
                (Some(_), Some(up)) if !(0.0..=100.0).contains(&up) => {
                    (Grade::of(Verdict::Error), format!("the service reports an uptime of {up}%"))
                }
                (Some(_), Some(up)) if is_limited => (
                    Grade::of(Verdict::Omit),
                    format!("{up}% by its own count, which is not of the promised hours alone"),
                ),
                (Some(least), Some(up)) if is_maintained && up < least => {
                    (Grade::of(Verdict::Omit), format!("{up}% by its own count, in which planned downtime may be"))
                }
                (Some(least), Some(up)) => {
                    (Grade::at_least(up, least, bench.config), format!("{up}% by its own count"))
                }
            };
            let mut result = expectation.result(bench, CheckKind::Availability, dataset, grade, &expected, &actual);
            result.element = Path::of("service_levels").key("availability");
            bench.add(result);
        }
    }
}

/// The message about a threshold that can't be read.
pub(super) fn unreadable(quantity: &Quantity) -> String {
    format!("the threshold {} in the contract can't be read here; `pact lint` tells more", quoted(&quantity.text))
}

/// One run measures no percentile: a slow answer is worth a look and no breach.
pub(super) fn latency(bench: &mut Bench<'_>) {
    let answered = |observation: &&Observation| !matches!(observation.answer, Answer::Failed(_));
    let slowest = bench.observations.iter().filter(answered).max_by_key(|observation| observation.elapsed);
    for (dataset, expectation) in bench.expectations_of_service() {
        if let Some(promised) = expectation.level(|levels| levels.latency_p95.as_ref()) {
            let expected = format!("95 of 100 answers within {promised}");
            let (verdict, actual) = match (promised.duration(), slowest) {
                (None, _) => (Verdict::Error, unreadable(promised)),
                (_, None) => (Verdict::Omit, "there was no answer".to_owned()),
                (Some(limit), Some(slowest)) => {
                    let verdict = if slowest.elapsed > limit { Verdict::Warn } else { Verdict::Pass };
                    let (ask, millis) = (slowest.ask.name(), slowest.elapsed.as_millis());
                    (verdict, format!("/{ask} took {millis} ms, the slowest of one run"))
                }
            };
            let mut result =
                expectation.result(bench, CheckKind::Latency, dataset, Grade::of(verdict), &expected, &actual);
            result.element = Path::of("service_levels").key("latency");
            bench.add(result);
        }
        if let Some(promised) = expectation.level(|levels| levels.latency_p50.as_ref()) {
            let expected = format!("half of the answers within {promised}");
            let actual = "one run measures no median";
            let mut result =
                expectation.result(bench, CheckKind::Latency, dataset, Grade::of(Verdict::Omit), &expected, actual);
            result.element = Path::of("service_levels").key("latency");
            bench.add(result);
        }
    }
}

/// Whether the contract ends soon. Never a violation: the promise holds until its last day.
pub(super) fn deprecation(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    let sunset: Option<Date> = contract.lifecycle.sunset_on.as_deref().and_then(|date| date.parse().ok());
    let is_ending = matches!(contract.status, Status::Deprecated | Status::Retired);
    if !is_ending && sunset.is_none() {
        return;
    }
    let today = bench.now.to_zoned(TimeZone::UTC).date();
    let notice = contract.obligations.notice_period.as_ref().and_then(Quantity::duration);
    let notice_days = notice.map_or(NOTICE_DAYS, |time| time.as_hours() / 24);
    let instead = contract.lifecycle.replaced_by.as_deref().map_or_else(String::new, |name| format!("; use {name}"));
    let (severity, actual) = match sunset {
        Some(day) if day < today => (crate::model::RuleSeverity::Warning, format!("it ended on {day}{instead}")),
        Some(day) => {
            let left = (day - today).get_days();
            let near = i64::from(left) <= notice_days;
            let severity = if near { crate::model::RuleSeverity::Warning } else { crate::model::RuleSeverity::Info };
            (severity, format!("it ends on {day}, in {left} days{instead}"))
        }
        None => (crate::model::RuleSeverity::Info, format!("it is {}{instead}", contract.status.name())),
    };
    let element = Path::of("lifecycle").key("sunset_on");
    let mut result = CheckResult::new(CheckKind::Deprecation, Verdict::Warn, element, "in force", &actual);
    result.severity = Some(severity);
    bench.add(result);
}
