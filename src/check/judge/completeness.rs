//! Values that are there.
//!
//! A field that is promised never to be null must be there in every row. A promised share (`quality` completeness,
//! `service_levels.completeness_min`) is the share of values over all promised fields; a consumer's share is measured over
//! the fields that it uses.

use super::operation::unreadable;
use super::schema::never_null;
use super::{Bench, CheckResult, Expectation, Grade};
use crate::check::{Answer, Ask, CheckKind, Completeness, Verdict};
use crate::model::{Dataset, Field, Metric, Path, Quantity};
use crate::source::words::quoted;

pub(super) fn judge(bench: &mut Bench<'_>) {
    for dataset in &bench.contract().datasets {
        let element = Path::dataset(&dataset.name);
        let metrics = match bench.dataset_metrics(dataset) {
            Ok(metrics) => metrics,
            Err(failure) => {
                bench.unanswered(CheckKind::Completeness, element, "shares of values", &failure);
                continue;
            }
        };
        match &metrics.completeness {
            _ if metrics.why_not("completeness").is_some() => {
                let why = metrics.why_not("completeness").unwrap_or_default();
                bench.add(CheckResult::new(CheckKind::Completeness, Verdict::Error, element, "shares of values", why));
            }
            _ if metrics.rows() == Some(0) => {
                let (expected, reason) = ("values that are there", "there are no rows");
                bench.add(CheckResult::new(CheckKind::Completeness, Verdict::Omit, element, expected, reason));
            }
            None => {
                let actual = if bench.is_of_data() { "no value was counted" } else { "no `completeness` in /metrics" };
                let affected = bench.affected(Some(dataset), None);
                let result = CheckResult::new(
                    CheckKind::Completeness,
                    Verdict::NotReceived,
                    element,
                    "shares of values",
                    actual,
                );
                bench.add(result.affecting(affected));
            }
            Some(completeness) => {
                // In data every null is counted, and told as what it breaks.
                if !bench.is_of_data() {
                    never_null_fields(bench, dataset, completeness);
                }
                promised_shares(bench, dataset, completeness);
            }
        }
    }
}

/// The share of a field's values that are there, in percent.
pub(super) enum Share<'a> {
    Known(f64),
    Unknown,
    Nonsense(f64),
    Unreadable(&'a str),
}

pub(super) fn share_of<'a>(column: &str, completeness: &'a Completeness) -> Share<'a> {
    if let Some(why) = completeness.unreadable.get(column) {
        return Share::Unreadable(why);
    }
    match completeness.field_completeness.get(column).copied().flatten() {
        Some(share) if (0.0..=100.0).contains(&share) => Share::Known(share),
        Some(share) => Share::Nonsense(share),
        None => Share::Unknown,
    }
}

fn never_null_fields(bench: &mut Bench<'_>, dataset: &Dataset, completeness: &Completeness) {
    const EXPECTED: &str = "never null";
    let mut kept = 0;
    for field in dataset.fields.iter().filter(|field| !field.internal && never_null(field)) {
        let (verdict, actual) = match share_of(field.column_name(), completeness) {
            Share::Known(share) if share >= 100.0 => {
                kept += 1;
                continue;
            }
            Share::Known(share) => (Verdict::Fail, format!("{}% null", decimals(100.0 - share))),
            Share::Nonsense(share) => (Verdict::Error, format!("the service reports {share}%")),
            Share::Unreadable(why) => (Verdict::Error, why.to_owned()),
            // A column that is gone is a matter of the schema, and is said there.
            Share::Unknown if is_gone(bench, field) => continue,
            Share::Unknown => (Verdict::NotReceived, "no share for this field in /metrics".to_owned()),
        };
        let element = Path::dataset(&dataset.name).field(&field.name);
        let affected = bench.affected(Some(dataset), Some(&field.name));
        let result = CheckResult::new(CheckKind::Completeness, verdict, element, EXPECTED, &actual);
        bench.add(result.affecting(affected));
    }
    if kept > 0 {
        let expected = if kept == 1 { "1 field never null".to_owned() } else { format!("{kept} fields never null") };
        let element = Path::dataset(&dataset.name);
        bench.add(CheckResult::new(CheckKind::Completeness, Verdict::Pass, element, &expected, "no nulls"));
    }
}

/// Whether the schema's answer has no column for a field.
fn is_gone(bench: &Bench<'_>, field: &Field) -> bool {
    let Ok(Answer::Schema(schema)) = bench.answer(Ask::Schema) else { return false };
    let has = |name: &str| schema.tables.values().any(|table| table.columns.iter().any(|column| column.name == name));
    !has(field.column_name())
}

fn promised_shares(bench: &mut Bench<'_>, dataset: &Dataset, completeness: &Completeness) {
    let contract = bench.contract();
    let Some(dataset) = contract.dataset(&dataset.name) else { return };
    for expectation in bench.expectations(dataset) {
        for promised in expectation.promised(Metric::Completeness, |levels| levels.completeness_min.as_ref()) {
            let (grade, actual) = overall(bench, dataset, &expectation, promised, completeness);
            let expected = format!("{promised} of values");
            let result = expectation.result(bench, CheckKind::Completeness, dataset, grade, &expected, &actual);
            bench.add(result);
        }
    }
}

const NO_SHARES: &str = "no share for these fields in /metrics";

fn overall(
    bench: &Bench<'_>,
    dataset: &Dataset,
    expectation: &Expectation<'_>,
    promised: &Quantity,
    completeness: &Completeness,
) -> (Grade, String) {
    let Some(least) = promised.percent() else { return (Grade::of(Verdict::Error), unreadable(promised)) };
    let counts = |field: &&Field| {
        !field.internal
            && expectation
                .consumer
                .is_none_or(|consumer| super::uses(consumer, bench.contract(), Some(dataset), Some(&field.name)))
    };
    let mut shares = Vec::new();
    let mut unknown = Vec::new();
    for field in dataset.fields.iter().filter(counts) {
        match share_of(field.column_name(), completeness) {
            Share::Known(share) => shares.push(share),
            Share::Nonsense(share) => {
                return (Grade::of(Verdict::Error), format!("the service reports {share}% for {}", field.name));
            }
            Share::Unreadable(why) => return (Grade::of(Verdict::Error), why.to_owned()),
            // A column that is gone is a matter of the schema, and is said there.
            Share::Unknown if is_gone(bench, field) => {}
            Share::Unknown => unknown.push(field.name.as_str()),
        }
    }
    if shares.is_empty() {
        let denied = unknown.first().and_then(|name| super::data::denied(bench, dataset, name));
        let why = denied.unwrap_or(if bench.is_of_data() { "no value was counted" } else { NO_SHARES });
        return (Grade::of(Verdict::NotReceived), why.to_owned());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of fields")]
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let fields = if shares.len() == 1 { "1 field".to_owned() } else { format!("{} fields", shares.len()) };
    let mut grade = Grade::at_least(mean, least, bench.config);
    let actual = format!("{}% over {fields}", decimals(mean));
    let Some(first) = unknown.first() else { return (grade, actual) };
    // What is not reported may be what is missing: that is no breach, and no promise kept for certain.
    if grade.verdict == Verdict::Pass {
        grade = Grade { consumed: grade.consumed, ..Grade::of(Verdict::Warn) };
    }
    let more = if unknown.len() > 1 { format!(" and {} more", unknown.len() - 1) } else { String::new() };
    let (first, denied) = (quoted(first), super::data::denied(bench, dataset, first));
    let left = match denied {
        Some(reason) => format!("without {first}{more}: {reason}"),
        None if bench.is_of_data() => format!("without {first}{more}, whose values were not counted"),
        None => format!("no share for {first}{more} in /metrics"),
    };
    (grade, format!("{actual}; {left}"))
}

/// A share with at most two decimals, cut and never rounded up: 99.999 is not shown as 100.
fn decimals(share: f64) -> f64 {
    if share < 0.01 { share } else { (share * 100.0).floor() / 100.0 }
}
