//! Promises that a data service does not answer for, and those that one run can't see: they are named, each with the
//! reason, so that nobody takes them for checked.

use super::{Bench, CheckResult, Expectation, Grade, rows_of};
use crate::check::{CheckKind, Verdict};
use crate::model::{
    Dataset, DeliveryDirection, DeliveryMode, DeliveryTerms, Hours, Maintenance, Metric, OperationTerms, Path,
    Quantity, ServiceLevels,
};
use crate::source::words::quoted;

pub(super) const NEEDS_DATA: &str = "that needs the data itself, not a service in front of it";

pub(super) fn judge(bench: &mut Bench<'_>, is_of_data: bool) {
    for dataset in &bench.contract().datasets {
        for expectation in bench.expectations(dataset) {
            if !is_of_data {
                shares(bench, dataset, &expectation);
                some_rows(bench, dataset, &expectation);
            }
            schedule(bench, dataset, &expectation);
        }
        if !is_of_data {
            keys(bench, dataset);
        }
    }
    for (dataset, expectation) in bench.expectations_of_service() {
        recovery(bench, dataset, &expectation);
        operation(bench, dataset, &expectation);
    }
}

fn omit(
    bench: &mut Bench<'_>,
    dataset: &Dataset,
    expectation: &Expectation<'_>,
    (kind, key): (CheckKind, Option<&'static str>),
    expected: &str,
    reason: &str,
) {
    let mut result = expectation.result(bench, kind, dataset, Grade::of(Verdict::Omit), expected, reason);
    if let Some(key) = key {
        result.element = key.split('.').fold(Path::of("service_levels"), |path, key| path.key(key));
    }
    bench.add(result);
}

fn shares(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    for (metric, kind) in [(Metric::Uniqueness, CheckKind::Uniqueness), (Metric::Accuracy, CheckKind::Accuracy)] {
        for promised in expectation.promised(metric, |_| None) {
            let expected = format!("{} of at least {promised}", metric.name());
            omit(bench, dataset, expectation, (kind, None), &expected, NEEDS_DATA);
        }
    }
}

/// Promises about some of the rows.
fn some_rows(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    for quality in expectation.quality.into_iter().flatten() {
        let Some(rows) = rows_of(quality) else { continue };
        let (kind, bound) = match quality.metric {
            Metric::Freshness => (CheckKind::Freshness, "at most"),
            Metric::Completeness => (CheckKind::Completeness, "at least"),
            Metric::Accuracy => (CheckKind::Accuracy, "at least"),
            Metric::Availability => (CheckKind::Availability, "at least"),
            Metric::Uniqueness => (CheckKind::Uniqueness, "at least"),
            Metric::Volume => (CheckKind::Volume, "at least"),
        };
        let (metric, threshold) = (quality.metric.name(), &quality.threshold);
        let expected = format!("{metric} of {bound} {threshold} where {}", quoted(rows));
        omit(bench, dataset, expectation, (kind, None), &expected, NEEDS_DATA);
    }
}

/// One run sees how old the data is, and not when it came.
fn schedule(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    const REASON: &str = "one run does not see when data came";
    if let Some(time) = expectation.level(|levels| levels.ready_by.as_deref()) {
        let expected = format!("data ready by {time}");
        omit(bench, dataset, expectation, (CheckKind::Freshness, Some("ready_by")), &expected, REASON);
    }
    if let Some(time) = expectation.level(|levels| levels.cadence.as_ref()) {
        let expected = format!("new data at the cadence {time}");
        omit(bench, dataset, expectation, (CheckKind::Freshness, Some("cadence")), &expected, REASON);
    }
    let Some(delivery) = expectation.rare(|all| Some(&all.delivery).filter(|one| **one != DeliveryTerms::default()))
    else {
        return;
    };
    let days: Vec<&str> = delivery.days.iter().map(|day| day.name()).collect();
    let ways = [delivery.mode.map(DeliveryMode::name), delivery.direction.map(DeliveryDirection::name)];
    let mut parts: Vec<String> = ways.into_iter().flatten().map(str::to_owned).collect();
    if !days.is_empty() {
        parts.push(format!("on {}", days.join(", ")));
    }
    let expected = format!("delivery: {}", parts.join(", "));
    omit(bench, dataset, expectation, (CheckKind::Freshness, Some("delivery")), &expected, REASON);
}

/// What shows only in a disaster, or after years.
fn recovery(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    let mut name = |promised: Option<&Quantity>, key, before: &str, after: &str, reason: &str| {
        if let Some(promised) = promised {
            let expected = format!("{before} {promised}{after}");
            omit(bench, dataset, expectation, (CheckKind::Availability, Some(key)), &expected, reason);
        }
    };
    let level = |pick: fn(&ServiceLevels) -> Option<&Quantity>| expectation.level(pick);
    let disaster = "only a recovery shows it";
    name(level(|levels| levels.rpo.as_ref()), "rpo", "at most", " of data lost", disaster);
    name(level(|levels| levels.rto.as_ref()), "rto", "recovery within", "", disaster);
    let deleted = "one run does not see what was deleted";
    name(level(|levels| levels.retention.as_ref()), "retention", "data kept for", "", deleted);
}

/// What shows only under load, when something is wrong, or over a long time.
fn operation(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    let mut name = |key: &'static str, expected: Option<String>, reason: &str| {
        if let Some(expected) = expected {
            omit(bench, dataset, expectation, (CheckKind::Availability, Some(key)), &expected, reason);
        }
    };
    let hours = |hours: &[Hours]| {
        (!hours.is_empty()).then(|| hours.iter().map(Hours::to_string).collect::<Vec<_>>().join("; "))
    };
    let quantity = |pick: fn(&OperationTerms) -> Option<&Quantity>, sentence: fn(&Quantity) -> String| {
        expectation.rare(pick).map(sentence)
    };
    let load = "one run puts no load on the service";
    name("throughput", quantity(|all| all.throughput.as_ref(), |rate| format!("at least {rate}")), load);
    let few = "one run sees too few requests";
    let failing = quantity(|all| all.error_rate.as_ref(), |share| format!("at most {share} of requests fail"));
    name("error_rate", failing, few);
    let replay = quantity(|all| all.replay_window.as_ref(), |time| format!("a stream to be read again for {time}"));
    name("replay_window", replay, "that needs the stream itself");
    let backup = quantity(|all| all.backup_every.as_ref(), |time| format!("a backup every {time}"));
    name("backup_every", backup, "only a recovery shows it");
    let incident = "only an incident shows it";
    let detect = quantity(|all| all.incidents.detect_within.as_ref(), |time| format!("noticed within {time}"));
    name("incidents.detect_within", detect, incident);
    let notify = quantity(|all| all.incidents.notify_within.as_ref(), |time| format!("consumers told within {time}"));
    name("incidents.notify_within", notify, incident);
    let repair = quantity(|all| all.incidents.repair_within.as_ref(), |time| format!("mended within {time}"));
    name("incidents.repair_within", repair, incident);
    let question = "only a question shows it";
    let support =
        expectation.rare(|all| hours(&all.support.hours)).map(|hours| format!("help in these hours: {hours}"));
    name("support.hours", support, question);
    let respond = quantity(|all| all.support.respond_within.as_ref(), |time| format!("an answer within {time}"));
    name("support.respond_within", respond, question);
    let limit = |all: &Maintenance| match (&all.at_most, &all.period) {
        (None, _) => "planned downtime in its hours alone".to_owned(),
        (Some(time), None) => format!("planned downtime of at most {time} in 1 month"),
        (Some(time), Some(period)) => format!("planned downtime of at most {time} in {period}"),
    };
    let maintenance = expectation.rare(|all| all.maintenance.as_ref()).map(limit);
    name("maintenance", maintenance, "one run does not see what was planned");
    let penalty = quantity(|all| all.penalty.as_ref(), |share| format!("{share} paid back for a broken promise"));
    name("penalty", penalty, "only a broken promise shows it");
}

/// Primary keys and unique fields, where no share of unique rows is promised, which says the same.
fn keys(bench: &mut Bench<'_>, dataset: &Dataset) {
    let own = dataset.quality.iter().chain(&bench.contract().quality);
    let is_named = own.into_iter().any(|quality| quality.metric == Metric::Uniqueness);
    let is_key = dataset.fields.iter().any(|field| field.is_primary_key || field.unique);
    if is_key && !is_named {
        let element = Path::dataset(&dataset.name);
        bench.add(CheckResult::new(CheckKind::Uniqueness, Verdict::Omit, element, "keys that occur once", NEEDS_DATA));
    }
}
