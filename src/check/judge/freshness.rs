//! The age of the newest data.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::operation::unreadable;
use super::{Bench, Expectation, Grade};
use crate::check::{CheckKind, DatasetMetrics, Freshness, Verdict};
use crate::config::CheckConfig;
use crate::model::{Contract, Dataset, Metric, Quality, Quantity};
use crate::source::words::quoted;

pub(super) fn judge(bench: &mut Bench<'_>) {
    for dataset in &bench.contract().datasets {
        for expectation in bench.expectations(dataset) {
            for quality in promised(bench.contract(), dataset, &expectation) {
                let expected = format!("data no older than {}", quality.threshold);
                match bench.dataset_metrics(dataset) {
                    Err(failure) if expectation.consumer.is_none() => {
                        bench.unanswered(CheckKind::Freshness, expectation.element.clone(), &expected, &failure);
                    }
                    // That nothing was answered is said once, and hits every consumer.
                    Err(_) => {}
                    Ok(metrics) => {
                        let (grade, actual) = if bench.is_of_data() {
                            of_data(bench, dataset, quality, metrics)
                        } else {
                            age(metrics, &quality.threshold, bench.now, bench.config)
                        };
                        let result =
                            expectation.result(bench, CheckKind::Freshness, dataset, grade, &expected, &actual);
                        bench.add(result);
                    }
                }
            }
        }
    }
}

/// The age of the newest value of the field that a promise names.
fn of_data(bench: &Bench<'_>, dataset: &Dataset, quality: &Quality, metrics: &DatasetMetrics) -> (Grade, String) {
    let field = field_of(quality);
    let newest = field.and_then(|field| super::data::newest_of(bench, dataset, field));
    let last_update = match newest {
        _ if metrics.rows() == Some(0) => None,
        Some(newest) if instant(newest).is_none() => {
            let of = quoted(field.unwrap_or_default());
            let actual = format!("the newest value of {of}, {}, is no time that pact can reckon with", quoted(newest));
            return (Grade::of(Verdict::Error), actual);
        }
        Some(newest) => Some(newest.to_owned()),
        None => {
            let verdict = if field.is_some() { Verdict::Error } else { Verdict::Omit };
            return (Grade::of(verdict), super::data::no_newest(bench, dataset, field));
        }
    };
    let freshness = Some(Freshness { last_update, seconds_since_update: None });
    let metrics = DatasetMetrics { freshness, ..metrics.clone() };
    age(&metrics, &quality.threshold, bench.now, bench.config)
}

/// What is promised of the age of a dataset: the dataset's own promises and those whose field is one of its, of each field those
/// that are nearest; where there is none, those that are about any data.
fn promised<'a>(contract: &Contract, dataset: &Dataset, expectation: &Expectation<'a>) -> Vec<&'a Quality> {
    let (mut own, mut general): (Vec<&Quality>, Vec<&Quality>) = (Vec::new(), Vec::new());
    let is_near = |quality: &Quality| dataset.quality.iter().any(|one| std::ptr::eq(one, quality));
    let same = |one: &Quality, other: &Quality| field_of(one) == field_of(other) && one.threshold == other.threshold;
    for quality in expectation.qualities(Metric::Freshness) {
        if is_near(quality) || is_of(contract, dataset, field_of(quality)) {
            let overruled =
                own.iter().any(|known| is_near(known) && !is_near(quality) && field_of(known) == field_of(quality));
            if !overruled && !own.iter().any(|known| same(known, quality)) {
                own.push(quality);
            }
        } else if !contract.datasets.iter().any(|one| is_of(contract, one, field_of(quality)))
            && !general.iter().any(|known| same(known, quality))
        {
            general.push(quality);
        }
    }
    if own.is_empty() { general } else { own }
}

fn field_of(quality: &Quality) -> Option<&str> {
    quality.measuring.as_ref()?.timestamp_field.as_deref()
}

/// Whether what is called `dataset`, `dataset.field` or `field` is of a dataset. A plain field is of every one that has it.
fn is_of(contract: &Contract, dataset: &Dataset, name: Option<&str>) -> bool {
    let Some(name) = name else { return false };
    let is_named = |one: &Dataset| {
        let rest = name.strip_prefix(one.name.as_str());
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix('.').is_some_and(|field| one.field_at(field).is_some())
        })
    };
    is_named(dataset) || dataset.field_at(name).is_some() && !contract.datasets.iter().any(is_named)
}

fn age(metrics: &DatasetMetrics, limit: &Quantity, now: Timestamp, config: &CheckConfig) -> (Grade, String) {
    let Some(limit) = limit.duration() else { return (Grade::of(Verdict::Error), unreadable(limit)) };
    if metrics.rows() == Some(0) {
        return (Grade::of(Verdict::NotReceived), "no rows".to_owned());
    }
    let age = match newest(metrics, now) {
        Ok(Some(age)) => age,
        Ok(None) => return (Grade::of(Verdict::NotReceived), "no `freshness.last_update` in /metrics".to_owned()),
        Err(text) => return (Grade::of(Verdict::Error), text),
    };
    graded(age, limit, config)
}

/// An age against the greatest that is promised.
pub(super) fn graded(age: SignedDuration, limit: SignedDuration, config: &CheckConfig) -> (Grade, String) {
    if age < -config.clock_skew {
        let ahead = shown(age.abs());
        return (Grade::of(Verdict::Error), format!("data from {ahead} in the future; check the clocks"));
    }
    let age = age.max(SignedDuration::ZERO);
    let consumed = 100.0 * age.as_secs_f64() / limit.as_secs_f64();
    (Grade::level(age > limit, consumed, config), format!("data {} old", shown(age)))
}

/// The age of the newest data; `None` where the service does not give it.
fn newest(metrics: &DatasetMetrics, now: Timestamp) -> Result<Option<SignedDuration>, String> {
    if let Some(why) = metrics.why_not("freshness") {
        return Err(why.to_owned());
    }
    let Some(freshness) = &metrics.freshness else { return Ok(None) };
    if let Some(text) = &freshness.last_update {
        let instant = instant(text).ok_or_else(|| format!("`last_update` is {}, which is no time", quoted(text)))?;
        return Ok(Some(now.duration_since(instant)));
    }
    let Some(seconds) = freshness.seconds_since_update else { return Ok(None) };
    let age = SignedDuration::try_from_secs_f64(seconds)
        .map_err(|_| format!("`seconds_since_update` is {seconds}, which is no age"))?;
    Ok(Some(age))
}

/// A time with a zone, or in UTC where it has none.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

/// A span of time as people say it, in its two largest units.
fn shown(age: SignedDuration) -> String {
    let seconds = age.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min {} s", seconds % 60),
        (0, _, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}
