//! Asks the services, has the answers judged, and records each contract as soon as it is judged.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Checked;
use super::commits::Commits;
use super::data;
use super::looking::Looking;
use super::select::Target;
use super::split::Heaps;
use crate::check::{
    Answer, Auth, CheckKind, Failure, FailureKind, Observation, Outcome, Past, Place, Probe, Subject, judge,
    read_answer,
};
use crate::cli::error::Error;
use crate::cli::ledger::ledger_error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace};
use crate::config::CheckConfig;
use crate::io::blob::blob_id;
use crate::io::clock;
use crate::io::env::{EnvError, fill};
use crate::io::http::{Credentials, Limits, Reply, Request, Trouble, ask_all};
use crate::io::sqlite::{Ledger, LedgerError};
use crate::ledger::{Execution, ObservationRow, ResultRow, sha256};
use crate::model::{Contract, Registry, Subscriber};
use crate::source::words::quoted;

/// What every contract of a run is checked with.
pub(super) struct Context<'a> {
    pub(super) documents: &'a Documents,
    pub(super) registry: &'a Registry,
    pub(super) workspace: &'a Workspace,
    pub(super) looking: &'a Looking,
    pub(super) heaps: Heaps,
    pub(super) config: CheckConfig,
    /// When the run began.
    pub(super) started: Instant,
    pub(super) output: Output,
    pub(super) commits: Commits,
}

impl Context<'_> {
    /// How long the run may still take.
    pub(super) fn left(&self) -> Duration {
        self.config.deadline.unsigned_abs().saturating_sub(self.started.elapsed())
    }
}

/// Checks all targets, and returns them in their order. The second value is why something could not be recorded.
pub(super) fn check_all<'a>(
    context: &Context<'_>,
    targets: &'a [Target<'a>],
    mut ledger: Option<&mut Ledger>,
) -> Result<(Vec<Checked<'a>>, Option<Error>), Error> {
    // What can't be asked, because a variable is not set, is an empty group and judged as such.
    let prepared: Vec<Result<Vec<Request>, EnvError>> =
        targets.iter().map(|target| target.probes().iter().map(request).collect()).collect();
    let groups = prepared.iter().map(|group| group.as_ref().map_or_else(|_| Vec::new(), Clone::clone)).collect();
    let config = &context.config;
    let limits = Limits {
        timeout: config.timeout.unsigned_abs(),
        deadline: config.deadline.unsigned_abs(),
        concurrency: config.concurrency as usize,
    };
    let progress = progress(targets.len(), context.output);
    let mut checked: Vec<Option<Checked<'a>>> = targets.iter().map(|_| None).collect();
    let mut failure: Option<LedgerError> = None;
    let mut finish = |answered: Vec<(usize, Vec<Observation>)>| {
        let (indices, answered): (Vec<usize>, Vec<_>) = answered
            .into_iter()
            .filter_map(|(index, observations)| Some((index, (targets.get(index)?, observations))))
            .unzip();
        let (concluded, failed) = conclude(context, answered, ledger.as_deref_mut());
        failure = failure.take().or(failed);
        progress.inc(indices.len() as u64);
        indices.into_iter().zip(concluded).for_each(|(index, one)| checked[index] = Some(one));
    };
    let observed = |(index, replies): (usize, Vec<Reply>)| {
        let target = targets.get(index).filter(|target| matches!(target.place, Place::Service(_)))?;
        let probes = target.probes();
        let observations = match prepared.get(index)? {
            Ok(_) => probes.iter().zip(replies).map(|(probe, reply)| observation(probe, reply)).collect(),
            Err(error) => not_asked(probes, &error.to_string()),
        };
        Some((index, observations))
    };
    let mut seen = vec![false; targets.len()];
    for (index, target) in targets.iter().enumerate() {
        if let Place::Data(source) = target.place {
            seen[index] = true;
            finish(vec![(index, data::observe(context, target.contract, source))]);
        }
    }
    ask_all(groups, limits, |complete| {
        for (index, _) in &complete {
            seen[*index] = true;
        }
        finish(complete.into_iter().filter_map(observed).collect());
    })
    .map_err(Error::new)?;
    // Whatever got lost on the way is judged as not asked, so that it can't pass for checked.
    let lost = (0..targets.len()).filter(|index| !seen[*index]);
    finish(lost.map(|index| (index, not_asked(targets[index].probes(), "the requests were given up"))).collect());
    progress.finish_and_clear();
    let failure = failure
        .map(|error| ledger_error(&error).hint("the results above are not all recorded; mend this and check again"));
    Ok((checked.into_iter().flatten().collect(), failure))
}

fn progress(count: usize, output: Output) -> ProgressBar {
    // Draws on standard error, and only if that is a terminal.
    let target = if output.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    match ProgressStyle::with_template("checking {wide_bar} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A question with the values of the environment filled in.
fn request(probe: &Probe) -> Result<Request, EnvError> {
    let credentials = match &probe.auth {
        Auth::None => Credentials::None,
        Auth::Bearer(token) => Credentials::Bearer(fill(token)?),
        Auth::ApiKey(key) => Credentials::ApiKey(fill(key)?),
        Auth::Basic(name, password) => Credentials::Basic(fill(name)?, fill(password)?),
    };
    Ok(Request { url: fill(&probe.url)?, credentials, max_bytes: probe.ask.max_bytes() })
}

fn observation(probe: &Probe, reply: Reply) -> Observation {
    let answer = match reply.result {
        Ok(body) => read_answer(probe.ask, &body),
        Err(trouble) => Answer::Failed(failure(trouble, &probe.shown_url())),
    };
    let elapsed = SignedDuration::try_from(reply.elapsed).unwrap_or(SignedDuration::MAX);
    Observation { ask: probe.ask, url: probe.shown_url(), asked_at: reply.asked_at, elapsed, answer }
}

/// The host of an address, as the contract writes it.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn not_asked(probes: &[Probe], reason: &str) -> Vec<Observation> {
    let asked_at = clock::now();
    let detail = format!("no answer, since {reason}");
    let answer = Answer::Failed(Failure { kind: FailureKind::NotAsked, detail });
    let observation = |probe: &Probe| Observation {
        ask: probe.ask,
        url: probe.shown_url(),
        asked_at,
        elapsed: SignedDuration::ZERO,
        answer: answer.clone(),
    };
    probes.iter().map(observation).collect()
}

fn failure(trouble: Trouble, url: &str) -> Failure {
    let (kind, detail) = match trouble {
        Trouble::Refused => (FailureKind::Refused, "connection refused".to_owned()),
        Trouble::UnknownHost => (FailureKind::Unreachable, format!("the host {} is not known", quoted(host(url)))),
        Trouble::Unreachable(why) => (FailureKind::Unreachable, format!("not reachable: {why}")),
        Trouble::TimedOut(after) => {
            (FailureKind::TimedOut, format!("no complete answer within {:.1} s", after.as_secs_f64()))
        }
        Trouble::Status(status) => (FailureKind::Status, format!("status {status}")),
        Trouble::Redirect(status) => {
            (FailureKind::Redirect, format!("a redirect (status {status}), which pact does not follow"))
        }
        Trouble::TooLarge(most) => {
            (FailureKind::TooLarge, format!("an answer larger than the {} KiB that pact reads", most / 1024))
        }
        Trouble::NotAsked(why) => (FailureKind::NotAsked, format!("no answer, since {why}")),
    };
    Failure { kind, detail }
}

/// Judges the answers for contracts, and records in one transaction what came of all that are complete at this moment: a
/// disk takes as long for many as for one. What could not be recorded is judged all the same.
fn conclude<'a>(
    context: &Context<'_>,
    answered: Vec<(&'a Target<'a>, Vec<Observation>)>,
    mut ledger: Option<&mut Ledger>,
) -> (Vec<Checked<'a>>, Option<LedgerError>) {
    let now = clock::now();
    let mut failed = None;
    let mut history = |contract: &Contract| {
        let past = ledger.as_deref().map_or_else(|| Ok(Vec::new()), |ledger| history(ledger, contract, now));
        past.unwrap_or_else(|error| {
            failed.get_or_insert(error);
            Vec::new()
        })
    };
    let mut checked: Vec<Checked<'_>> = Vec::with_capacity(answered.len());
    for (Target { contract, environment, .. }, observations) in answered {
        let subscribers: Vec<&Subscriber> = context.registry.live_subscribers(contract, clock::today()).collect();
        let subject = Subject { contract, subscribers: &subscribers };
        let outcome = judge(subject, &observations, now, &context.config, &history(contract));
        let environment = environment.as_deref();
        checked.push(Checked { contract, environment, observations, outcome, recorded: None });
    }
    if let (Some(ledger), None, false) = (ledger.take(), &failed, checked.is_empty()) {
        let text = |one: &Checked<'_>| context.documents.get(one.contract.source).map_or("", |one| one.file.text());
        let executions: Vec<(Execution, &[u8])> = checked
            .iter()
            .map(|one| (execution(context, one, text(one).as_bytes(), now), text(one).as_bytes()))
            .collect();
        match ledger.append(&executions) {
            Ok(first) => {
                for ((seq, one), (execution, _)) in (first..).zip(&mut checked).zip(executions) {
                    one.recorded = Some((seq, execution.id));
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    (checked, failed)
}

fn history(ledger: &Ledger, contract: &Contract, now: Timestamp) -> Result<Vec<Past>, LedgerError> {
    let since = stamp(now - SignedDuration::from_hours(24));
    let counts = ledger.recent(&contract.name, &since)?;
    let kind = |name: &str| CheckKind::ALL.iter().copied().find(|kind| kind.name() == name);
    let past = |(name, consumer, runs): (String, _, _)| Some(Past { kind: kind(&name)?, consumer, runs });
    Ok(counts.into_iter().filter_map(past).collect())
}

fn execution(context: &Context<'_>, checked: &Checked<'_>, contract: &[u8], now: Timestamp) -> Execution {
    let Outcome { results, score } = &checked.outcome;
    let blob_id = blob_id(contract);
    let started = checked.observations.iter().map(|observation| observation.asked_at).min().unwrap_or(now);
    Execution {
        id: Uuid::now_v7().to_string(),
        contract: checked.contract.name.clone(),
        version: checked.contract.version.to_string(),
        snapshot: sha256(contract),
        commit_id: context.commits.commit_of(checked.contract.source, blob_id.as_deref()),
        blob_id,
        environment: checked.environment.map(str::to_owned),
        started: stamp(started),
        finished: stamp(now),
        verdict: checked.outcome.verdict().name().to_owned(),
        score: score.overall,
        pact: env!("CARGO_PKG_VERSION").to_owned(),
        results: results
            .iter()
            .map(|result| ResultRow {
                kind: result.kind.name().to_owned(),
                verdict: result.verdict.name().to_owned(),
                severity: result.severity.map(|severity| severity.name().to_owned()),
                element: result.element.to_string(),
                consumer: result.consumer.clone(),
                expected: result.expected.clone(),
                actual: result.actual.clone(),
                consumed: result.consumed,
                affected: result.affected.clone(),
            })
            .collect(),
        observations: checked
            .observations
            .iter()
            .map(|observation| ObservationRow {
                ask: observation.ask.name().to_owned(),
                url: observation.url.clone(),
                asked_at: stamp(observation.asked_at),
                elapsed_ms: i64::try_from(observation.elapsed.as_millis()).unwrap_or(i64::MAX),
                answer: serde_json::to_string(&observation.answer).unwrap_or_default(),
            })
            .collect(),
    }
}

/// A moment as the ledger writes it: in UTC with milliseconds, so that texts sort as times do.
fn stamp(moment: Timestamp) -> String {
    format!("{moment:.3}")
}
