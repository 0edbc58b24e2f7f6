//! What was measured of the data itself, held against what was promised of it.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};

use super::measured::{Graded, Promised, weighed};
use super::rules::{holds, holds_text, said};
use super::{Bench, CheckResult, Grade, freshness};
use crate::check::data::{Demand, Expectation, Measure, Unit, expectations};
use crate::check::{BrokenRows, CheckKind, DatasetAnswer, Evidence, Measured, Verdict};
use crate::model::{Bound, Dataset, Metric, Path, Registry, Statistic};
use crate::source::words::{alternatives, quoted};

/// Expectations are found again by their names; where references lead is of no matter then.
static NOWHERE: LazyLock<Registry> = LazyLock::new(Registry::default);

const NO_ROWS: &str = "no row was looked at";

/// Whether no row was looked at, but only columns and their types.
pub(super) fn is_of_columns_only(bench: &Bench<'_>) -> bool {
    matches!(bench.data(), Some(Ok(data)) if data.is_metadata_only)
}

/// Whether only some of the expectations were asked for.
pub(super) fn is_choice(bench: &Bench<'_>) -> bool {
    matches!(bench.data(), Some(Ok(data)) if data.is_choice)
}

pub(super) fn judge(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    for dataset in &contract.datasets {
        let answer = match bench.data() {
            Some(Ok(data)) if data.is_metadata_only => {
                let element = Path::dataset(&dataset.name);
                bench.add(CheckResult::new(CheckKind::Rules, Verdict::Omit, element, "right rows", NO_ROWS));
                data.datasets.get(&dataset.name)
            }
            Some(Ok(data)) => data.datasets.get(&dataset.name),
            Some(Err(failure)) => {
                bench.unanswered(CheckKind::Rules, Path::root(), "the data", &failure);
                return;
            }
            None => return,
        };
        // That there is no such table is a matter of the schema, and is said there.
        let Some(answer) = answer else { continue };
        bench.results.extend(answer.broken.as_ref().map(|broken| broken_rows(bench, dataset, broken)));
        let all = expectations(contract, dataset, bench.subject.subscribers, &NOWHERE);
        for expectation in &all {
            let Some(measured) = answer.measured.get(&expectation.id) else { continue };
            let result = result(bench, dataset, answer, expectation, measured);
            bench.add(result);
        }
    }
    if !is_choice(bench) {
        service(bench);
    }
}

/// What stands between the rows of files and is none.
fn broken_rows(bench: &Bench<'_>, dataset: &Dataset, broken: &BrokenRows) -> CheckResult {
    let first: Vec<String> =
        broken.first.iter().take(3).map(|row| format!("{}:{}: {}", row.file, row.line, row.what)).collect();
    let more = if broken.count > first.len() as u64 { "; …" } else { "" };
    let element = Path::dataset(&dataset.name);
    let actual = format!("{} that can't: {}{more}", broken.count, first.join("; "));
    let result = CheckResult::new(CheckKind::Schema, Verdict::Fail, element, "rows that can be read", &actual);
    result.affecting(bench.affected(Some(dataset), None))
}

/// Promises about the operation of a service, of which data tells nothing.
fn service(bench: &mut Bench<'_>) {
    const REASON: &str = "data tells nothing of the service in front of it";
    for (dataset, expectation) in bench.expectations_of_service() {
        let uptime = expectation.promised(Metric::Availability, |levels| levels.availability.as_ref());
        let latency = expectation.level(|levels| levels.latency_p95.as_ref().or(levels.latency_p50.as_ref()));
        let uptime =
            uptime.into_iter().map(|promised| (promised, CheckKind::Availability, "availability", "available"));
        let latency = latency.map(|promised| (promised, CheckKind::Latency, "latency", "to answer"));
        for (promised, kind, key, what) in uptime.chain(latency) {
            let expected = format!("{promised} {what}");
            let mut result = expectation.result(bench, kind, dataset, Grade::of(Verdict::Omit), &expected, REASON);
            result.element = Path::of("service_levels").key(key);
            bench.add(result);
        }
    }
}

fn result(
    bench: &Bench<'_>,
    dataset: &Dataset,
    answer: &DatasetAnswer,
    expectation: &Expectation<'_>,
    measured: &Measured,
) -> CheckResult {
    let mut examples = Vec::new();
    let (grade, actual) = match measured {
        Measured::Left(reason) => (Grade::of(Verdict::Omit), reason.clone()),
        Measured::Failed(reason) => (Grade::of(Verdict::Error), reason.clone()),
        Measured::Enforced => enforced(expectation),
        Measured::Text(text) => of_text(expectation, text),
        Measured::Number { value, of, examples: found } => {
            examples.clone_from(found);
            graded(bench, dataset, expectation, *value, of.or(answer.rows))
        }
    };
    let (verdict, severity) = weighed(grade, expectation);
    let expected = expected(expectation);
    let element = expectation.element.clone();
    let mut result = CheckResult::new(expectation.kind, verdict, element, &expected, &actual);
    result.consumed = grade.consumed;
    result.severity = severity;
    let evidence = match measured {
        Measured::Number { value, of, .. } => Some((Some(*value), of.or(answer.rows))),
        Measured::Enforced => Some((Some(0.0), answer.rows)),
        Measured::Text(_) => Some((None, answer.rows)),
        Measured::Left(_) | Measured::Failed(_) => None,
    };
    if let Some((value, rows)) = evidence {
        result.evidence = Some(Box::new(Evidence {
            id: expectation.id.clone(),
            check: expectation.check,
            rule: expectation.rule.map(str::to_owned),
            dimension: expectation.dimension.map(str::to_owned),
            value,
            rows,
            examples,
        }));
    }
    match expectation.consumer {
        Some(consumer) => {
            result.consumer = Some(consumer.team.clone());
            result.affecting(vec![consumer.team.clone()])
        }
        None => result.affecting(bench.affected(Some(dataset), expectation.field)),
    }
}

/// What is promised, with the bound where it is one.
pub(in crate::check) fn expected(expectation: &Expectation<'_>) -> String {
    let promised = &expectation.promised;
    let Demand::Bound(bound, unit) = expectation.demand else { return promised.clone() };
    let percent = if unit == Unit::Percent { "%" } else { "" };
    format!("{} {} ({promised})", measured_in(expectation), said(bound, percent))
}

/// What is measured, to go before "of at most 5".
fn measured_in(expectation: &Expectation<'_>) -> String {
    let plain = of_check(expectation.check);
    let Ok(Measure::Statistic { statistic, column, .. }) = &expectation.measure else { return plain.to_owned() };
    let what = match statistic {
        Statistic::Quantile(Some(part)) => format!("a {part} quantile"),
        Statistic::Share(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(&value.to_string())).collect();
            format!("{plain} of {}", alternatives(values.iter().map(String::as_str)))
        }
        _ => plain.to_owned(),
    };
    format!("{} with {what}", quoted(&column.to_string()))
}

/// What a metric counts, to go before "of at most 5".
fn of_check(check: &str) -> &'static str {
    match check {
        "null_values" => "a count of null values",
        "missing_values" => "a count of missing values",
        "invalid_values" => "a count of invalid values",
        "duplicate_values" => "a count of duplicates",
        "row_count" => "a row count",
        "mean" => "a mean",
        "standard_deviation" => "a standard deviation",
        "minimum" => "a minimum",
        "maximum" => "a maximum",
        "quantile" => "a quantile",
        "distinct_values" => "a count of distinct values",
        "share" => "a share",
        _ => "a result",
    }
}

/// What the database lets nobody break.
fn enforced(expectation: &Expectation<'_>) -> (Grade, String) {
    const BY: &str = "enforced by the database";
    match expectation.demand {
        Demand::Bound(bound, _) => match holds(bound, 0.0) {
            Ok(true) => (Grade::of(Verdict::Pass), format!("0, {BY}")),
            Ok(false) => (Grade::of(Verdict::Fail), format!("0, {BY}")),
            Err(reason) => (Grade::of(Verdict::Error), reason),
        },
        _ => (Grade::of(Verdict::Pass), format!("it {BY}")),
    }
}

/// The text that a query gives.
fn of_text(expectation: &Expectation<'_>, text: &str) -> (Grade, String) {
    let Demand::Bound(bound, _) = expectation.demand else {
        return (Grade::of(Verdict::Error), format!("the text {}, which is no number", quoted(text)));
    };
    match holds_text(bound, text) {
        Ok(kept) => (Grade::of(if kept { Verdict::Pass } else { Verdict::Fail }), format!("the text {}", quoted(text))),
        Err(reason) => (Grade::of(Verdict::Error), reason),
    }
}

/// The age of a moment in seconds since 1970.
fn age(now: Timestamp, newest: f64) -> Result<SignedDuration, String> {
    let newest = SignedDuration::try_from_secs_f64(newest).ok();
    newest
        .and_then(|newest| now.as_duration().checked_sub(newest))
        .ok_or_else(|| "a newest value that is no time that pact can reckon with".to_owned())
}

fn graded(
    bench: &Bench<'_>,
    dataset: &Dataset,
    expectation: &Expectation<'_>,
    value: f64,
    of: Option<u64>,
) -> (Grade, String) {
    // A share of no rows is none, and promises of rows are not kept by their absence.
    if of == Some(0) && !matches!(expectation.check, "row_count" | "query" | "distinct_values") {
        let verdict = match expectation.demand {
            Demand::AtLeast(_) => Verdict::Fail,
            Demand::Age(_) => Verdict::NotReceived,
            _ => Verdict::Omit,
        };
        let what = if expectation.check == "share" { "there are no values" } else { "there are no rows" };
        return (Grade::of(verdict), what.to_owned());
    }
    let failed = |reason| (Grade::of(Verdict::Error), reason);
    if let Demand::Age(most) = expectation.demand {
        return age(bench.now, value).map_or_else(failed, |age| freshness::graded(age, most, bench.config));
    }
    let promised = Promised { contract: bench.contract(), dataset, config: bench.config };
    let Graded { grade, share, allowed_by } = match promised.grade(expectation, value, of) {
        Ok(graded) => graded,
        Err(reason) => return failed(reason),
    };
    let found = match (expectation.demand, allowed_by) {
        (Demand::AtLeast(_), _) => format!("{} rows", shown(value)),
        (Demand::Share(_), _) if expectation.check == "completeness" => {
            let of = of.map_or_else(String::new, |of| format!(" of {of}"));
            format!("{} values missing{of}", shown(value))
        }
        (Demand::Bound(bound, Unit::Percent), _) => format!("{}%", held(bound, share)),
        (Demand::Bound(bound, Unit::Part), _) => held(bound, share / 100.0),
        (Demand::Bound(bound, Unit::Count), _) => held(bound, value),
        (_, Some(least)) => format!("{}, which the promised accuracy of {least}% allows", broken(value, of)),
        _ => broken(value, of),
    };
    (grade, found)
}

fn broken(value: f64, of: Option<u64>) -> String {
    let of = of.map_or_else(String::new, |of| format!(" of {of}"));
    if value == 0.0 { format!("it broken in none{of} rows") } else { format!("it broken in {}{of} rows", shown(value)) }
}

/// A number that was held against a bound, with as many digits as tell on which side of it it is.
fn held(bound: &Bound, value: f64) -> String {
    let short = shown(value);
    let is_kept = |number: f64| holds(bound, number).ok();
    let is_same = short.parse().is_ok_and(|rounded| is_kept(rounded) == is_kept(value));
    if is_same { short } else { format!("{value}") }
}

/// A number without digits that say nothing.
pub(in crate::check) fn shown(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    // Beyond these there are no such digits, and what is next to nothing is more than nothing.
    match rounded {
        _ if value.abs() >= 1e9 => format!("{value}"),
        0.0 if value != 0.0 => format!("{value:e}"),
        rounded => format!("{rounded}"),
    }
}

/// The name of the field whose newest value tells the age of a dataset.
pub(super) fn newest_of<'a>(bench: &Bench<'a>, dataset: &Dataset, field: &str) -> Option<&'a str> {
    let Some(Ok(data)) = bench.data() else { return None };
    let field = field.strip_prefix(&format!("{}.", dataset.name)).unwrap_or(field);
    data.datasets.get(&dataset.name)?.newest.get(field).map(String::as_str)
}

/// Why there is no newest value.
pub(super) fn no_newest(bench: &Bench<'_>, dataset: &Dataset, field: Option<&str>) -> String {
    match field {
        Some(field) => match denied(bench, dataset, field) {
            Some(reason) => reason.to_owned(),
            None => format!("no newest value of {}", quoted(field)),
        },
        None => "the promise names no `timestamp_field`, whose newest value would tell it".to_owned(),
    }
}

/// Why a field may not be read; `None` where it may.
pub(super) fn denied<'a>(bench: &Bench<'a>, dataset: &Dataset, field: &str) -> Option<&'a str> {
    let Some(Ok(data)) = bench.data() else { return None };
    let field = field.strip_prefix(&format!("{}.", dataset.name)).unwrap_or(field);
    data.datasets.get(&dataset.name)?.denied.get(field).map(String::as_str)
}
