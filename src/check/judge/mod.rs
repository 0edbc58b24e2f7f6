//! Observations against a contract. One file per kind of check; each adds its results to the [`Bench`].

mod completeness;
mod conformance;
mod data;
mod freshness;
mod measured;
mod operation;
mod own_types;
mod rules;
mod schema;
mod unmeasured;
mod volume;

pub(super) use data::{expected, shown};
pub use measured::Promised;
pub(super) use measured::weighed;

use jiff::Timestamp;

use super::score::{Score, score};
use super::{
    Answer, Ask, CheckKind, DataAnswer, DatasetAnswer, DatasetMetrics, Example, Failure, FailureKind, Metrics,
    Observation, Verdict,
};
use crate::config::CheckConfig;
use crate::model::{
    Contract, Dataset, Metric, OperationTerms, Path, Quality, Quantity, RuleSeverity, ServiceLevels, Subscriber,
};
use crate::source::words::quoted;

/// What is judged: a contract, and everybody who relies on it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// Its subscribers, those with files of their own included.
    pub subscribers: &'a [&'a Subscriber],
}

/// Earlier violations, this run not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The kind of check.
    pub kind: CheckKind,
    /// The consumer whose own expectation was broken; `None` for the contract's.
    pub consumer: Option<String>,
    /// How many runs of the last 24 hours had such a violation.
    pub runs: u32,
}

/// What came of the checks of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The results in the order of [`CheckKind::ALL`].
    pub results: Vec<CheckResult>,
    /// How well the contract's own promises are kept.
    pub score: Score,
}

impl Outcome {
    /// The worst verdict of all results.
    pub fn verdict(&self) -> Verdict {
        self.results.iter().map(|result| result.verdict).max().unwrap_or(Verdict::Omit)
    }

    /// The broken promises.
    pub fn violations(&self) -> impl Iterator<Item = &CheckResult> {
        self.results.iter().filter(|result| result.verdict.is_violation())
    }
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// What kind of check.
    pub kind: CheckKind,
    /// What came of it.
    pub verdict: Verdict,
    /// How bad it is; `None` where nothing is wrong.
    pub severity: Option<RuleSeverity>,
    /// What was checked.
    pub element: Path,
    /// The consumer whose own expectation this is; `None` for the contract's.
    pub consumer: Option<String>,
    /// What was promised.
    pub expected: String,
    /// What was found, or why nothing was checked.
    pub actual: String,
    /// The share of the service level that is used up, in percent; `None` where that has no meaning.
    pub consumed: Option<f64>,
    /// The consumers whom a broken promise hits.
    pub affected: Vec<String>,
    /// What was counted in the data, where that was looked at.
    pub evidence: Option<Box<Evidence>>,
}

/// What was counted in the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The name of the expectation, which stays the same from run to run.
    pub id: String,
    /// What it is, such as `min` or `not_null`.
    pub check: &'static str,
    /// The rule, where it is one.
    pub rule: Option<String>,
    /// Its quality dimension, such as `validity`.
    pub dimension: Option<String>,
    /// The number that was measured: most often of rows that break the expectation. `None` where it is a text.
    pub value: Option<f64>,
    /// How many rows were looked at.
    pub rows: Option<u64>,
    /// Rows that break it.
    pub examples: Vec<Example>,
}

/// Compares observations with what a contract promises, as of a moment. Subscribers' stricter expectations are judged
/// from the same observations, each as results of its own.
pub fn judge(
    subject: Subject<'_>,
    observations: &[Observation],
    now: Timestamp,
    config: &CheckConfig,
    history: &[Past],
) -> Outcome {
    let mut bench = Bench { subject, observations, now, config, results: Vec::new() };
    let is_of_data = bench.is_of_data();
    if !is_of_data {
        operation::availability(&mut bench);
        conformance::judge(&mut bench);
        operation::latency(&mut bench);
        rules::judge(&mut bench);
    }
    if data::is_choice(&bench) {
        schema::judge(&mut bench);
        data::judge(&mut bench);
    } else {
        schema::judge(&mut bench);
        if !data::is_of_columns_only(&bench) {
            freshness::judge(&mut bench);
            completeness::judge(&mut bench);
            volume::judge(&mut bench);
        }
        operation::deprecation(&mut bench);
        if is_of_data {
            data::judge(&mut bench);
        }
        unmeasured::judge(&mut bench, is_of_data);
    }
    let mut results = bench.results;
    results.sort_by_key(|result| result.kind);
    escalate(&mut results, config, history);
    let score = score(&results, &subject.contract.scoring);
    Outcome { results, score }
}

/// More violations of one kind in a day than configured are critical.
fn escalate(results: &mut [CheckResult], config: &CheckConfig, history: &[Past]) {
    for result in results.iter_mut().filter(|result| result.verdict.is_violation()) {
        let past = history.iter().find(|past| past.kind == result.kind && past.consumer == result.consumer);
        if past.map_or(0, |past| past.runs) >= config.critical_after {
            result.severity = Some(RuleSeverity::Critical);
        }
    }
}

/// What the judges of single kinds work with.
struct Bench<'a> {
    subject: Subject<'a>,
    observations: &'a [Observation],
    now: Timestamp,
    config: &'a CheckConfig,
    results: Vec<CheckResult>,
}

impl<'a> Bench<'a> {
    fn contract(&self) -> &'a Contract {
        self.subject.contract
    }

    fn observation(&self, ask: Ask) -> Option<&'a Observation> {
        self.observations.iter().find(|observation| observation.ask == ask)
    }

    /// The usable answer to a question, or why there is none.
    fn answer(&self, ask: Ask) -> Result<&'a Answer, Failure> {
        match self.observation(ask).map(|observation| &observation.answer) {
            Some(Answer::Failed(failure)) => Err(failure.clone()),
            Some(answer) => Ok(answer),
            None => Err(Failure { kind: FailureKind::NotAsked, detail: format!("/{} was not asked", ask.name()) }),
        }
    }

    /// Whether data itself was looked at, and no service in front of it.
    fn is_of_data(&self) -> bool {
        self.observation(Ask::Data).is_some()
    }

    /// What was measured of the data itself; `None` where a service was asked.
    fn data(&self) -> Option<Result<&'a DataAnswer, Failure>> {
        self.observation(Ask::Data)?;
        Some(self.answer(Ask::Data).and_then(|answer| match answer {
            Answer::Data(data) => Ok(data),
            _ => Err(misplaced(Ask::Data)),
        }))
    }

    fn metrics(&self) -> Result<&'a Metrics, Failure> {
        match self.answer(Ask::Metrics)? {
            Answer::Metrics(metrics) => Ok(metrics),
            _ => Err(misplaced(Ask::Metrics)),
        }
    }

    /// The numbers of a dataset.
    fn dataset_metrics(&self, dataset: &Dataset) -> Result<&'a DatasetMetrics, Failure> {
        let metrics = self.metrics()?;
        if let Some(Ok(data)) = self.data() {
            let unexpected = |detail: String| Err(Failure { kind: FailureKind::Unexpected, detail });
            if let Some(reason) = data.lost.get(&dataset.name) {
                return unexpected(reason.clone());
            }
            match data.datasets.get(&dataset.name) {
                Some(DatasetAnswer { rows: None, unread: Some(reason), .. }) => return unexpected(reason.clone()),
                Some(_) => {}
                None => return unexpected(format!("there is no table of {}", quoted(&dataset.name))),
            }
        }
        if let Some(own) = metrics.datasets.get(&dataset.name) {
            return Ok(own);
        }
        if self.contract().datasets.len() == 1 {
            return Ok(&metrics.only);
        }
        if let Some(why) = metrics.only.why_not("datasets") {
            return Err(Failure { kind: FailureKind::Unexpected, detail: why.to_owned() });
        }
        let detail = format!("no numbers for the dataset in /metrics; give them under `datasets.{}`", dataset.name);
        Err(Failure { kind: FailureKind::Unexpected, detail })
    }

    /// What the contract and the consumers of a dataset expect of it. Who uses no field of it expects nothing of it.
    fn expectations(&self, dataset: &'a Dataset) -> Vec<Expectation<'a>> {
        let mut all = self.expectations_of_all(dataset);
        let contract = self.contract();
        all.retain(|one| one.consumer.is_none_or(|consumer| uses(consumer, contract, Some(dataset), None)));
        all
    }

    /// What the contract and all its consumers expect of the service, which is the same for every dataset.
    fn expectations_of_service(&self) -> Vec<(&'a Dataset, Expectation<'a>)> {
        let Some(dataset) = self.contract().datasets.first() else { return Vec::new() };
        self.expectations_of_all(dataset).into_iter().map(|expectation| (dataset, expectation)).collect()
    }

    fn expectations_of_all(&self, dataset: &'a Dataset) -> Vec<Expectation<'a>> {
        let contract = self.contract();
        let mut all = vec![Expectation {
            quality: [&dataset.quality, &contract.quality],
            levels: [&dataset.service_levels, &contract.service_levels],
            consumer: None,
            element: Path::dataset(&dataset.name),
        }];
        for subscriber in self.subject.subscribers {
            let levels = &subscriber.overrides.service_levels;
            all.push(Expectation {
                quality: [&subscriber.overrides.quality, &[]],
                levels: [levels, levels],
                consumer: Some(subscriber),
                element: Path::dataset(&dataset.name),
            });
        }
        all
    }

    /// The consumers of an element: of a field those who use it, of anything else everybody.
    fn affected(&self, dataset: Option<&Dataset>, field: Option<&str>) -> Vec<String> {
        let mut teams: Vec<String> = Vec::new();
        for subscriber in self.subject.subscribers {
            if uses(subscriber, self.contract(), dataset, field) && !teams.contains(&subscriber.team) {
                teams.push(subscriber.team.clone());
            }
        }
        teams
    }

    fn add(&mut self, result: CheckResult) {
        // A promise of the service that nothing measures is left out once, however many datasets there are.
        if result.verdict != Verdict::Omit || !self.results.contains(&result) {
            self.results.push(result);
        }
    }

    /// The result of a check whose question has no answer: `not_received`, or `error` where pact never asked.
    fn unanswered(&mut self, kind: CheckKind, element: Path, expected: &str, failure: &Failure) {
        let verdict = if failure.kind == FailureKind::NotAsked { Verdict::Error } else { Verdict::NotReceived };
        let affected = self.affected(None, None);
        self.add(CheckResult::new(kind, verdict, element, expected, &failure.detail).affecting(affected));
    }
}

fn misplaced(ask: Ask) -> Failure {
    Failure { kind: FailureKind::Unexpected, detail: format!("what is recorded for /{} is another answer", ask.name()) }
}

/// Whether a subscriber uses a dataset, or a field of it. Who names no field that the contract knows is taken to use
/// everything: somebody must not go without an answer because of a slip of the pen.
pub(in crate::check) fn uses(
    subscriber: &Subscriber,
    contract: &Contract,
    dataset: Option<&Dataset>,
    field: Option<&str>,
) -> bool {
    let Some(dataset) = dataset else { return true };
    let mut known =
        subscriber.fields_used.iter().filter_map(|used| Some((used, contract.field_at(used)?.0))).peekable();
    if known.peek().is_none() {
        return true;
    }
    known.any(|(used, owner)| {
        let plain = used.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(used);
        owner.name == dataset.name
            && field.is_none_or(|field| plain == field || plain.starts_with(&format!("{field}.")))
    })
}

/// The condition on the rows that a promise is about; nothing where it is about all of them.
fn rows_of(quality: &Quality) -> Option<&str> {
    quality.measuring.as_ref()?.rows.as_deref()
}

fn of_all_rows(quality: &[Quality], metric: Metric) -> impl Iterator<Item = &Quality> {
    quality.iter().filter(move |quality| quality.metric == metric && rows_of(quality).is_none())
}

/// What somebody expects of a dataset.
struct Expectation<'a> {
    /// The nearest first: what a dataset promises counts in the place of what the contract does.
    quality: [&'a [Quality]; 2],
    levels: [&'a ServiceLevels; 2],
    consumer: Option<&'a Subscriber>,
    element: Path,
}

impl<'a> Expectation<'a> {
    /// The promises about a metric of all rows, the dataset's own first: what a service says of itself is about all of them.
    fn qualities(&self, metric: Metric) -> impl Iterator<Item = &'a Quality> {
        self.quality.into_iter().flat_map(move |near| of_all_rows(near, metric))
    }

    /// What is promised of a metric of all rows, or as a service level: all that the nearest says of it, each once.
    fn promised(&self, metric: Metric, level: impl Fn(&'a ServiceLevels) -> Option<&'a Quantity>) -> Vec<&'a Quantity> {
        for (near, levels) in self.quality.into_iter().zip(self.levels) {
            let mut all: Vec<&Quantity> = Vec::new();
            for promised in of_all_rows(near, metric).map(|quality| &quality.threshold).chain(level(levels)) {
                if !all.contains(&promised) {
                    all.push(promised);
                }
            }
            if !all.is_empty() {
                return all;
            }
        }
        Vec::new()
    }

    fn level<T>(&self, pick: impl Fn(&'a ServiceLevels) -> Option<T>) -> Option<T> {
        self.levels.into_iter().find_map(pick)
    }

    /// A promise that few make.
    fn rare<T>(&self, pick: impl Fn(&'a OperationTerms) -> Option<T>) -> Option<T> {
        self.level(|levels| levels.operation.as_deref().and_then(&pick))
    }

    /// A result about this expectation: a consumer's own hits that consumer alone.
    fn result(
        &self,
        bench: &Bench<'_>,
        kind: CheckKind,
        dataset: &Dataset,
        grade: Grade,
        expected: &str,
        actual: &str,
    ) -> CheckResult {
        let mut result = CheckResult::new(kind, grade.verdict, self.element.clone(), expected, actual);
        result.severity = grade.severity;
        result.consumed = grade.consumed;
        match self.consumer {
            Some(subscriber) => {
                result.consumer = Some(subscriber.team.clone());
                result.affecting(vec![subscriber.team.clone()])
            }
            None => result.affecting(bench.affected(Some(dataset), None)),
        }
    }
}

impl CheckResult {
    /// A result with the severity that its verdict has by default.
    fn new(kind: CheckKind, verdict: Verdict, element: Path, expected: &str, actual: &str) -> Self {
        Self {
            kind,
            verdict,
            severity: severity_of(verdict),
            element,
            consumer: None,
            expected: expected.to_owned(),
            actual: actual.to_owned(),
            consumed: None,
            affected: Vec::new(),
            evidence: None,
        }
    }

    /// Whom a broken promise hits; nobody where none is broken.
    fn affecting(mut self, teams: Vec<String>) -> Self {
        if self.verdict.is_violation() {
            self.affected = teams;
        }
        self
    }
}

fn severity_of(verdict: Verdict) -> Option<RuleSeverity> {
    match verdict {
        Verdict::Omit | Verdict::Pass => None,
        Verdict::Warn => Some(RuleSeverity::Warning),
        Verdict::NotReceived | Verdict::Fail | Verdict::Error => Some(RuleSeverity::Error),
    }
}

/// How far a service level is used up, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grade {
    verdict: Verdict,
    severity: Option<RuleSeverity>,
    pub(super) consumed: Option<f64>,
}

impl Grade {
    fn of(verdict: Verdict) -> Self {
        Self { verdict, severity: severity_of(verdict), consumed: None }
    }

    /// A level that is kept or broken, with the share in percent that is used up. A promise kept to the last bit is kept:
    /// at 100 % there is a warning, beyond it a breach.
    fn level(broken: bool, consumed: f64, config: &CheckConfig) -> Self {
        let consumed = Some(consumed).filter(|share| share.is_finite());
        let (verdict, severity) = match consumed {
            _ if broken => (Verdict::Fail, Some(RuleSeverity::Error)),
            Some(share) if share >= config.warning_at => (Verdict::Warn, Some(RuleSeverity::Warning)),
            Some(share) if share >= config.info_at => (Verdict::Warn, Some(RuleSeverity::Info)),
            _ => (Verdict::Pass, None),
        };
        Self { verdict, severity, consumed }
    }

    /// A share in percent against its least value: what counts is how much of the allowance for gaps is used up.
    fn at_least(share: f64, least: f64, config: &CheckConfig) -> Self {
        let gap = 100.0 - share;
        // A promise of 100 % leaves no allowance: it is kept, with nothing used up, or broken.
        let consumed = if gap <= 0.0 { 0.0 } else { 100.0 * gap / (100.0 - least) };
        Self::level(share < least, consumed, config)
    }
}

#[cfg(test)]
pub(super) mod tests;
