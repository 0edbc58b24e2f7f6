//! Promises that a data service does not answer for, and those that one run can't see: they are named, each with the
//! reason, so that nobody takes them for checked.

use super::{Bench, CheckResult, Expectation, Grade};
use crate::check::{CheckKind, Verdict};
use crate::model::{Dataset, Metric, Path, Quantity, ServiceLevels};

const NEEDS_DATA: &str = "that needs the data itself, not a service in front of it";

pub(super) fn judge(bench: &mut Bench<'_>) {
    for dataset in &bench.contract().datasets {
        for expectation in bench.expectations(dataset) {
            shares(bench, dataset, &expectation);
            schedule(bench, dataset, &expectation);
        }
        keys(bench, dataset);
    }
    for (dataset, expectation) in bench.expectations_of_service() {
        recovery(bench, dataset, &expectation);
    }
    rules(bench);
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
        result.element = Path::of("service_levels").key(key);
    }
    bench.add(result);
}

fn shares(bench: &mut Bench<'_>, dataset: &Dataset, expectation: &Expectation<'_>) {
    for (metric, kind) in [(Metric::Uniqueness, CheckKind::Uniqueness), (Metric::Accuracy, CheckKind::Accuracy)] {
        let Some(quality) = expectation.quality(metric) else { continue };
        let expected = format!("{} of at least {}", metric.name(), quality.threshold);
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

/// Rules, and the constraints of fields.
fn rules(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    let rules = contract.rules.len() + contract.datasets.iter().map(|dataset| dataset.rules.len()).sum::<usize>();
    let mut constraints = 0;
    for dataset in &contract.datasets {
        dataset.walk(&mut |_, field| constraints += field.constraints.len());
    }
    for (count, what, key) in [(rules, "rule", "rules"), (constraints, "constraint", "schema")] {
        let expected = match count {
            0 => continue,
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        bench.add(CheckResult::new(CheckKind::Rules, Verdict::Omit, Path::of(key), &expected, NEEDS_DATA));
    }
}
