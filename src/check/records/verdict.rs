//! Counts against what was promised.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use super::expected::EXTRA;
use super::plan::Plan;
use super::tally::{Count, Tally};
use crate::check::data::{Demand, Expectation, Unit, Unmeasured};
use crate::check::judge::{Promised, expected, shown, weighed};
use crate::check::{Answer, Ask, CheckKind, CheckResult, Metrics, Observation, Subject, Verdict};
use crate::config::CheckConfig;
use crate::model::{Contract, Dataset, Metric, Path, Quality, RuleSeverity, Step};
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
    let (contract, elsewhere) = of_one_time(subject.contract, dataset);
    let subject = Subject { contract: &contract, ..subject };
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
    results.extend(elsewhere);
    results
}

/// The contract without promises about the age of other fields than the one that tells how new a record is, and what is to be
/// said of these. Most contracts have none, and stay as they are.
fn of_one_time<'c>(contract: &'c Contract, dataset: &Dataset) -> (Cow<'c, Contract>, Vec<CheckResult>) {
    let time = time_field(contract, dataset);
    let is_other = |quality: &Quality| {
        let named = quality.measuring.as_ref().and_then(|measuring| measuring.timestamp_field.as_deref());
        let plain = named.map(|name| {
            name.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name)
        });
        quality.metric == Metric::Freshness && plain != time && plain.is_some_and(|name| dataset.field(name).is_some())
    };
    let own = || contract.datasets.iter().filter(|one| one.name == dataset.name).flat_map(|one| &one.quality);
    let others = own().chain(&contract.quality).filter(|quality| is_other(quality));
    let results: Vec<CheckResult> = others.map(|other| of_another_field(dataset, other)).collect();
    if results.is_empty() {
        return (Cow::Borrowed(contract), results);
    }
    let mut without = contract.clone();
    let own = without.datasets.iter_mut().filter(|one| one.name == dataset.name).map(|one| &mut one.quality);
    own.chain([&mut without.quality]).for_each(|quality| quality.retain(|quality| !is_other(quality)));
    (Cow::Owned(without), results)
}

/// What is said of a promise about the age of a field that is not looked at.
fn of_another_field(dataset: &Dataset, quality: &Quality) -> CheckResult {
    let field = quality.measuring.as_ref().and_then(|measuring| measuring.timestamp_field.as_deref());
    let field = quoted(field.unwrap_or_default());
    CheckResult {
        kind: CheckKind::Freshness,
        verdict: Verdict::Omit,
        severity: None,
        element: Path::dataset(&dataset.name),
        consumer: None,
        expected: format!("data no older than {}", quality.threshold),
        actual: format!("of a stream the newest value of one field is measured, and {field} is another"),
        consumed: None,
        affected: Vec::new(),
        evidence: None,
    }
}

/// Judges what was counted.
pub fn results<'t>(promised: Promised<'_>, plan: &'t Plan<'_>, tally: &'t Tally<'_, '_>) -> Vec<Finding<'t>> {
    let all = plan.expectations.iter().zip(&plan.omitted).zip(&tally.counts).enumerate();
    all.map(|(index, ((expectation, omitted), count))| {
        let judged = match omitted {
            // What nobody could check is wrong in the contract.
            Some(Unmeasured::Mistaken(reason) | Unmeasured::Denied(reason)) => {
                Judgement::error(expectation, reason.clone())
            }
            Some(Unmeasured::Elsewhere(reason)) => Judgement::omit(reason.clone()),
            None => judge(promised, plan, tally, index, expectation, count),
        };
        let result = CheckResult {
            kind: expectation.kind,
            verdict: judged.verdict,
            severity: judged.severity,
            element: expectation.element.clone(),
            consumer: expectation.consumer.map(|consumer| consumer.team.clone()),
            expected: expected(expectation),
            actual: judged.actual,
            consumed: judged.consumed,
            affected: Vec::new(),
            evidence: None,
        };
        Finding { id: &expectation.id, result, count: omitted.is_none().then_some(count) }
    })
    .collect()
}

/// What a result says of an expectation.
struct Judgement {
    verdict: Verdict,
    severity: Option<RuleSeverity>,
    consumed: Option<f64>,
    actual: String,
}

impl Judgement {
    fn omit(actual: String) -> Self {
        Self { verdict: Verdict::Omit, severity: None, consumed: None, actual }
    }

    fn error(expectation: &Expectation<'_>, actual: String) -> Self {
        Self { verdict: Verdict::Error, severity: Some(expectation.severity), consumed: None, actual }
    }
}

#[expect(clippy::cast_precision_loss, reason = "shares of more than 2^53 records are as rough as that")]
fn judge(
    promised: Promised<'_>,
    plan: &Plan<'_>,
    tally: &Tally<'_, '_>,
    index: usize,
    expectation: &Expectation<'_>,
    count: &Count,
) -> Judgement {
    let is_number = plan.is_number(index);
    if count.records == 0 && !is_number {
        return Judgement::omit("there is no record that it is about".to_owned());
    }
    let measured = if is_number { count.records } else { count.broken };
    let graded = match promised.grade(expectation, measured as f64, Some(count.records)) {
        Ok(graded) => graded,
        Err(reason) => return Judgement::error(expectation, reason),
    };
    let mut actual = found(tally, expectation, count, is_number, graded.share);
    if let Some(least) = graded.allowed_by {
        let _ = write!(actual, ", which the promised accuracy of {least}% allows");
    }
    let (verdict, severity) = weighed(graded.grade, expectation);
    let judged = Judgement { verdict, severity, consumed: graded.grade.consumed, actual };
    if graded.is_broken() {
        return judged;
    }
    if let Some((line, failed)) = count.first_failed {
        let of = of(count.failed, count.records);
        return Judgement::error(
            expectation,
            format!("{of} for which there is no answer: {failed}, first in line {line}"),
        );
    }
    match tally.lost_keys(index) {
        Some(reason) => Judgement::omit(reason),
        None => judged,
    }
}

fn found(tally: &Tally<'_, '_>, expectation: &Expectation<'_>, count: &Count, is_number: bool, share: f64) -> String {
    if is_number {
        return records(count.records);
    }
    match expectation.demand {
        Demand::Bound(_, Unit::Percent) => return format!("{}% of {}", shown(share), records(count.records)),
        Demand::Bound(..) => return of(count.broken, count.records),
        _ => {}
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
