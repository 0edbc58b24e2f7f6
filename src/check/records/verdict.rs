//! Counts against what was promised.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::expected::EXTRA;
use super::plan::Plan;
use super::tally::{Count, Tally};
use crate::check::data::{Demand, Expectation, Unit, Unmeasured};
use crate::check::judge::holds;
use crate::check::{Answer, Ask, CheckKind, CheckResult, Metrics, Observation, Subject, Verdict};
use crate::config::CheckConfig;
use crate::model::{Contract, Dataset, Metric, Quality, RuleSeverity, Step};
use crate::source::words::quoted;

/// What came of an expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'t> {
    /// The name of the expectation.
    pub id: &'t str,
    /// The result.
    pub result: CheckResult,
    /// The counts; `None` where nothing was counted.
    pub count: Option<&'t Count>,
}

/// The field that tells how new a record is: that of the first promise about the age of the data that names one.
pub fn time_field<'c>(contract: &'c Contract, dataset: &'c Dataset) -> Option<&'c str> {
    let qualities = dataset.quality.iter().chain(&contract.quality);
    let named = |quality: &'c Quality| quality.measuring.as_ref()?.timestamp_field.as_deref();
    let plain = |name: &'c str| {
        let behind = name.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
        behind.filter(|name| dataset.field(name).is_some()).or(dataset.field(name).map(|_| name))
    };
    qualities.filter(|quality| quality.metric == Metric::Freshness).filter_map(named).find_map(plain)
}

/// Judges what is promised of all records together: how many there are, how many values they have, how new they are.
pub fn of_all(
    subject: Subject<'_>,
    dataset: &Dataset,
    tally: &Tally<'_, '_>,
    now: Timestamp,
    config: &CheckConfig,
) -> Vec<CheckResult> {
    let only = tally.metrics();
    let has_time = only.freshness.is_some();
    let datasets = BTreeMap::from([(dataset.name.clone(), only)]);
    let metrics = Metrics { datasets, ..Metrics::default() };
    let (url, elapsed) = (String::new(), SignedDuration::ZERO);
    let observation = Observation { ask: Ask::Metrics, url, asked_at: now, elapsed, answer: Answer::Metrics(metrics) };
    let judged = crate::check::judge(subject, &[observation], now, config, &[]).results.into_iter();
    // What a service says of itself, and the rows of other datasets, are no matter of this stream.
    let others: Vec<&str> =
        subject.contract.datasets.iter().map(|one| one.name.as_str()).filter(|name| *name != dataset.name).collect();
    let is_of_records = |result: &CheckResult| match result.kind {
        CheckKind::Freshness => true,
        // That a field is never null was asked of each record.
        CheckKind::Completeness if result.expected.ends_with("never null") => false,
        CheckKind::Completeness | CheckKind::Volume => result.verdict != Verdict::Omit,
        _ => false,
    };
    let is_of_other = |result: &CheckResult| matches!(result.element.steps().first(), Some(Step::Dataset(name)) if others.contains(&name.as_str()));
    let mut results: Vec<CheckResult> = judged.filter(|one| is_of_records(one) && !is_of_other(one)).collect();
    for result in results.iter_mut().filter(|result| result.kind == CheckKind::Freshness && !has_time) {
        if result.verdict != Verdict::Omit {
            result.verdict = Verdict::Omit;
            result.severity = None;
            result.affected.clear();
            "no field tells the time of a record: name one in `timestamp_field`".clone_into(&mut result.actual);
        }
    }
    results
}

/// Judges what was counted.
pub fn results<'t>(plan: &'t Plan<'_>, tally: &'t Tally<'_, '_>) -> Vec<Finding<'t>> {
    let all = plan.expectations.iter().zip(&plan.omitted).zip(&tally.counts).enumerate();
    all.map(|(index, ((expectation, omitted), count))| {
        let (verdict, actual) = match omitted {
            // What nobody could check is wrong in the contract.
            Some(Unmeasured::Mistaken(reason)) => (Verdict::Error, reason.clone()),
            Some(Unmeasured::Elsewhere(reason)) => (Verdict::Omit, reason.clone()),
            None => judge(plan, tally, index, expectation, count),
        };
        let severity = match verdict {
            Verdict::Omit | Verdict::Pass => None,
            _ => Some(expectation.severity),
        };
        let result = CheckResult {
            kind: expectation.kind,
            verdict,
            severity,
            element: expectation.element.clone(),
            consumer: expectation.consumer.map(|consumer| consumer.team.clone()),
            expected: expectation.promised.clone(),
            actual,
            consumed: None,
            affected: Vec::new(),
            evidence: None,
        };
        Finding { id: &expectation.id, result, count: omitted.is_none().then_some(count) }
    })
    .collect()
}

fn judge(
    plan: &Plan<'_>,
    tally: &Tally<'_, '_>,
    index: usize,
    expectation: &Expectation<'_>,
    count: &Count,
) -> (Verdict, String) {
    let is_number = plan.is_number(index);
    if count.records == 0 && !is_number {
        return (Verdict::Omit, "there is no record that it is about".to_owned());
    }
    let kept = match keeps(expectation.demand, count, is_number) {
        Ok(kept) => kept,
        Err(reason) => return (Verdict::Error, reason),
    };
    let found = found(tally, expectation, count, is_number);
    if !kept {
        let is_light = matches!(expectation.severity, RuleSeverity::Info | RuleSeverity::Warning);
        return (if is_light { Verdict::Warn } else { Verdict::Fail }, found);
    }
    if let Some((line, failed)) = count.first_failed {
        let of = of(count.failed, count.records);
        return (Verdict::Error, format!("{of} for which there is no answer: {failed}, first in line {line}"));
    }
    match tally.lost_keys(index) {
        Some(reason) => (Verdict::Omit, reason),
        None => (Verdict::Pass, found),
    }
}

#[expect(clippy::cast_precision_loss, reason = "shares of more than 2^53 records are as rough as that")]
fn keeps(demand: Demand<'_>, count: &Count, is_number: bool) -> Result<bool, String> {
    let (records, broken) = (count.records as f64, count.broken as f64);
    let measured = if is_number { records } else { broken };
    Ok(match demand {
        Demand::AtMost(most) => measured <= most,
        Demand::AtLeast(least) => measured >= least,
        Demand::Share(least) => 100.0 * (records - broken) / records >= least,
        Demand::Age(_) => return Err("a stream alone does not tell how old it is".to_owned()),
        Demand::Bound(bound, Unit::Count) => holds(bound, measured)?,
        Demand::Bound(bound, Unit::Percent) => holds(bound, 100.0 * measured / records.max(1.0))?,
    })
}

fn found(tally: &Tally<'_, '_>, expectation: &Expectation<'_>, count: &Count, is_number: bool) -> String {
    if is_number {
        return records(count.records);
    }
    if count.broken == 0 {
        return format!("{} that keep it", records(count.records));
    }
    if expectation.check == EXTRA {
        let names: Vec<String> = tally.extra.keys().take(5).map(|name| quoted(name)).collect();
        let more = if tally.extra.len() > names.len() { ", …" } else { "" };
        let what = if names.is_empty() { "others".to_owned() } else { format!("{}{more}", names.join(", ")) };
        return format!("{} with {what}", of(count.broken, count.records));
    }
    format!("{} that break it", of(count.broken, count.records))
}

fn records(count: u64) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

fn of(count: u64, all: u64) -> String {
    format!("{count} of {}", records(all))
}
