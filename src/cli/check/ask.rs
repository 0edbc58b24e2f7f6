//! Asks the services, has the answers judged, and records each contract as soon as it is judged.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Checked;
use super::select::Target;
use crate::check::{
    Answer, Auth, CheckKind, Failure, FailureKind, Observation, Outcome, Past, Probe, Subject, judge, read_answer,
};
use crate::cli::error::Error;
use crate::cli::ledger::ledger_error;
use crate::cli::output::Output;
use crate::cli::workspace::Documents;
use crate::config::CheckConfig;
use crate::io::blob::blob_id;
use crate::io::clock;
use crate::io::env::{EnvError, fill};
use crate::io::http::{Credentials, Limits, Reply, Request, Trouble, ask_all};
use crate::io::sqlite::{Ledger, LedgerError};
use crate::ledger::{Execution, ObservationRow, ResultRow, sha256};
use crate::model::{Contract, Registry, Subscriber};

/// What every contract of a run is checked with.
pub(super) struct Context<'a> {
    pub(super) documents: &'a Documents,
    pub(super) registry: &'a Registry,
    pub(super) config: CheckConfig,
    pub(super) output: Output,
    pub(super) environment: Option<&'a str>,
}

/// Checks all targets, and returns them in their order. The second value is why something could not be recorded.
pub(super) fn check_all<'a>(
    context: &Context<'_>,
    targets: &[Target<'a>],
    mut ledger: Option<&mut Ledger>,
) -> Result<(Vec<Checked<'a>>, Option<Error>), Error> {
    // What can't be asked, because a variable is not set, is an empty group and judged as such.
    let prepared: Vec<Result<Vec<Request>, EnvError>> =
        targets.iter().map(|target| target.probes.iter().map(request).collect()).collect();
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
    let mut finish = |index: usize, replies: Vec<Reply>| {
        let (Some(target), Some(prepared)) = (targets.get(index), prepared.get(index)) else { return };
        let observations = match prepared {
            Ok(_) => target.probes.iter().zip(replies).map(|(probe, reply)| observation(probe, reply)).collect(),
            Err(error) => target.probes.iter().map(|probe| not_asked(probe, &error.to_string())).collect(),
        };
        match conclude(context, target.contract, observations, ledger.as_deref_mut()) {
            Ok(one) => checked[index] = Some(one),
            Err((one, error)) => {
                checked[index] = Some(*one);
                failure.get_or_insert(error);
            }
        }
        progress.inc(1);
    };
    ask_all(groups, limits, &mut finish).map_err(Error::new)?;
    // Whatever got lost on the way is judged as not asked, so that it can't pass for checked.
    let lost: Vec<usize> = (0..targets.len()).filter(|index| checked[*index].is_none()).collect();
    for index in lost {
        let target = &targets[index];
        let observations = target.probes.iter().map(|probe| not_asked(probe, "the requests were given up")).collect();
        checked[index] = match conclude(context, target.contract, observations, ledger.as_deref_mut()) {
            Ok(one) => Some(one),
            Err((one, _)) => Some(*one),
        };
    }
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
        Err(trouble) => Answer::Failed(failure(trouble)),
    };
    let elapsed = SignedDuration::try_from(reply.elapsed).unwrap_or(SignedDuration::MAX);
    Observation { ask: probe.ask, url: probe.shown_url(), asked_at: reply.asked_at, elapsed, answer }
}

fn not_asked(probe: &Probe, reason: &str) -> Observation {
    let answer = Answer::Failed(Failure { kind: FailureKind::NotAsked, detail: format!("no answer, since {reason}") });
    let asked_at = clock::now();
    Observation { ask: probe.ask, url: probe.shown_url(), asked_at, elapsed: SignedDuration::ZERO, answer }
}

fn failure(trouble: Trouble) -> Failure {
    let (kind, detail) = match trouble {
        Trouble::Refused => (FailureKind::Refused, "connection refused".to_owned()),
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

/// Judges the answers for a contract and records what came of it. What could not be recorded is judged all the same.
fn conclude<'a>(
    context: &Context<'_>,
    contract: &'a Contract,
    observations: Vec<Observation>,
    ledger: Option<&mut Ledger>,
) -> Result<Checked<'a>, (Box<Checked<'a>>, LedgerError)> {
    let now = clock::now();
    let mut failed = None;
    let history = ledger.as_deref().map_or_else(Vec::new, |ledger| {
        history(ledger, contract, now).unwrap_or_else(|error| {
            failed = Some(error);
            Vec::new()
        })
    });
    let subscribers: Vec<&Subscriber> = context.registry.subscribers(contract).collect();
    let subject = Subject { contract, subscribers: &subscribers };
    let outcome = judge(subject, &observations, now, &context.config, &history);
    let mut checked = Checked { contract, observations, outcome, recorded: None };
    if let (Some(ledger), None) = (ledger, &failed) {
        let text = context.documents.get(contract.source).map_or("", |document| document.file.text());
        let execution = execution(context, &checked, text.as_bytes(), now);
        match ledger.append(&execution, text.as_bytes()) {
            Ok(seq) => checked.recorded = Some((seq, execution.id)),
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        None => Ok(checked),
        Some(error) => Err((Box::new(checked), error)),
    }
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
    let started = checked.observations.iter().map(|observation| observation.asked_at).min().unwrap_or(now);
    Execution {
        id: Uuid::now_v7().to_string(),
        contract: checked.contract.name.clone(),
        version: checked.contract.version.to_string(),
        snapshot: sha256(contract),
        commit_id: None,
        blob_id: blob_id(contract),
        environment: context.environment.map(str::to_owned),
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
