//! The number of rows: at least so many (`quality` volume, `service_levels.volume.floor`), at most so many
//! (`service_levels.volume.ceiling`), and near the usual count (`service_levels.volume.baseline` and `deviation`).

use super::operation::unreadable;
use super::{Bench, Expectation, Grade};
use crate::check::{CheckKind, DatasetMetrics, Failure, Verdict};
use crate::model::{Dataset, Measure, Metric, Quantity};

pub(super) fn judge(bench: &mut Bench<'_>) {
    for dataset in &bench.contract().datasets {
        for expectation in bench.expectations(dataset) {
            for floor in expectation.promised(Metric::Volume, |levels| levels.volume.floor.as_ref()) {
                let rows = rows(bench, dataset);
                add(bench, dataset, &expectation, &format!("at least {}", promised(floor)), rows, |rows, bench| {
                    at_least(rows, floor, bench)
                });
            }
            if let Some(ceiling) = expectation.level(|levels| levels.volume.ceiling.as_ref()) {
                let rows = rows(bench, dataset);
                add(bench, dataset, &expectation, &format!("at most {}", promised(ceiling)), rows, |rows, bench| {
                    at_most(rows, ceiling, bench)
                });
            }
            let baseline = expectation.level(|levels| levels.volume.baseline.as_ref());
            let deviation = expectation.level(|levels| levels.volume.deviation.as_ref());
            let half = match (baseline, deviation) {
                (Some(baseline), Some(deviation)) => {
                    let rows = rows(bench, dataset);
                    let expected = format!("{}, give or take {deviation}", promised(baseline));
                    add(bench, dataset, &expectation, &expected, rows, |rows, bench| {
                        near(rows, baseline, deviation, bench)
                    });
                    continue;
                }
                (Some(baseline), None) => (format!("about {}", promised(baseline)), "there is no `volume.deviation`"),
                (None, Some(deviation)) => {
                    (format!("the usual count, give or take {deviation}"), "there is no `volume.baseline`")
                }
                (None, None) => continue,
            };
            let omit = Grade::of(Verdict::Omit);
            let result = expectation.result(bench, CheckKind::Volume, dataset, omit, &half.0, half.1);
            bench.add(result);
        }
    }
}

/// The number of rows, or why what was sent is none; nothing where nothing was sent.
pub(super) type Rows = Option<Result<u64, String>>;

fn rows(bench: &Bench<'_>, dataset: &Dataset) -> Result<Rows, Failure> {
    Ok(rows_of(bench.dataset_metrics(dataset)?))
}

/// The number of rows that a service tells.
pub(super) fn rows_of(metrics: &DatasetMetrics) -> Rows {
    let why = metrics.why_not("row_count").or_else(|| metrics.why_not("total_rows"));
    match (metrics.row_count, metrics.rows(), why) {
        (Some(rows), ..) | (None, Some(rows), None) => Some(Ok(rows)),
        (None, _, Some(why)) => Some(Err(why.to_owned())),
        (None, None, None) => None,
    }
}

fn add(
    bench: &mut Bench<'_>,
    dataset: &Dataset,
    expectation: &Expectation<'_>,
    expected: &str,
    rows: Result<Rows, Failure>,
    grade: impl Fn(u64, &Bench<'_>) -> (Grade, String),
) {
    let (grade, actual) = match rows {
        Err(failure) if expectation.consumer.is_none() => {
            return bench.unanswered(CheckKind::Volume, expectation.element.clone(), expected, &failure);
        }
        // That nothing was answered is said once, and hits every consumer.
        Err(_) => return,
        Ok(None) => {
            let why = if bench.is_of_data() { "no row was counted" } else { "no `row_count` in /metrics" };
            (Grade::of(Verdict::NotReceived), why.to_owned())
        }
        Ok(Some(Err(why))) => (Grade::of(Verdict::Error), why),
        Ok(Some(Ok(rows))) => grade(rows, bench),
    };
    let result = expectation.result(bench, CheckKind::Volume, dataset, grade, expected, &actual);
    bench.add(result);
}

#[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 rows are compared as roughly as that")]
fn at_least(rows: u64, floor: &Quantity, bench: &Bench<'_>) -> (Grade, String) {
    let Some(least) = floor.count() else { return (Grade::of(Verdict::Error), unreadable(floor)) };
    let rows_f = rows as f64;
    // A floor of no rows is always kept, and nothing of it can be used up.
    let consumed = if least == 0.0 { 0.0 } else { 100.0 * least / rows_f };
    (Grade::level(rows_f < least, consumed, bench.config), counted(rows))
}

#[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 rows are compared as roughly as that")]
fn at_most(rows: u64, ceiling: &Quantity, bench: &Bench<'_>) -> (Grade, String) {
    let Some(most) = ceiling.count() else { return (Grade::of(Verdict::Error), unreadable(ceiling)) };
    let rows_f = rows as f64;
    // No rows under a ceiling of none is a kept promise, with nothing used up.
    let consumed = if rows == 0 { 0.0 } else { 100.0 * rows_f / most };
    (Grade::level(rows_f > most, consumed, bench.config), counted(rows))
}

#[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 rows are compared as roughly as that")]
fn near(rows: u64, baseline: &Quantity, deviation: &Quantity, bench: &Bench<'_>) -> (Grade, String) {
    let Some(usual) = baseline.count() else { return (Grade::of(Verdict::Error), unreadable(baseline)) };
    let allowed = match deviation.measure() {
        Ok(Measure::Percent(share)) => usual * share / 100.0,
        Ok(Measure::Count(count)) => count,
        _ => return (Grade::of(Verdict::Error), unreadable(deviation)),
    };
    let off = (rows as f64 - usual).abs();
    let consumed = if off == 0.0 { 0.0 } else { 100.0 * off / allowed };
    (Grade::level(off > allowed, consumed, bench.config), counted(rows))
}

/// A count as it is promised: contracts write `1000` as well as `1000 rows`.
fn promised(rows: &Quantity) -> String {
    match rows.count() {
        Some(count) if (count - 1.0).abs() < f64::EPSILON => "1 row".to_owned(),
        Some(count) => format!("{count} rows"),
        None => rows.to_string(),
    }
}

pub(super) fn counted(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
