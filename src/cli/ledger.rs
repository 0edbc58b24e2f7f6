//! `pact ledger`: what was checked, what came of it, and that nobody changed the record.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::Exit;
use super::check::human::sentence;
use super::error::Error;
use super::output::{Format, Output};
use super::workspace::Workspace;
use crate::io::sqlite::{Filter, LedgerError, Reader, Verified};
use crate::ledger::{Entry, ObservationRow, ResultRow};
use crate::report::{counted, sanitize};

/// Show what was checked, and prove that nobody changed the record
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Log(Log),
    Show(Show),
    Verify(Verify),
}

/// List executions, the newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact ledger log
  pact ledger log orders --limit 5
  pact ledger log --format json | jq '.executions[].verdict'")]
struct Log {
    /// Only executions of this contract
    contract: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// How to print them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Show an execution: its results, what was measured, and the contract that it was judged by
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact ledger show 12                    by its number
  pact ledger show 019a5f3c              by the beginning of its id
  pact ledger show 12 --contract         the contract's text as it was then")]
struct Show {
    /// The number of the execution, or the beginning of its id
    execution: String,
    /// Print the exact text of the contract, and nothing else
    #[arg(long, conflicts_with = "format")]
    contract: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Prove that nothing in the ledger was changed, removed or reordered
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact ledger verify
  pact ledger verify --format json | jq -r .head

Every snapshot and every entry is hashed again, and each entry has to build on the one before it. \
Somebody who may write the file could cut off the newest entries and all traces of them, or write \
the whole chain anew: keep the printed hash elsewhere to notice that.

Exit codes: 0 sound, 1 changed, 2 there is no ledger that can be read.")]
struct Verify {
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    let reader = Reader::open(&workspace.ledger_path());
    match (&args.command, reader) {
        // A repository in which nothing was checked yet has a history, which is empty.
        (Command::Log(args), Err(LedgerError::Missing(_))) => log(args, &[], output),
        (_, Err(error)) => Err(ledger_error(&error)),
        (Command::Log(args), Ok(reader)) => {
            let filter = Filter { contract: args.contract.as_deref(), limit: args.limit };
            log(args, &reader.log(filter).map_err(|error| ledger_error(&error))?, output)
        }
        (Command::Show(args), Ok(reader)) => show(args, &reader, output),
        (Command::Verify(args), Ok(reader)) => verify(args, &reader, output),
    }
}

/// What to do about a ledger that can't be used.
pub(super) fn ledger_error(error: &LedgerError) -> Error {
    let hint = match error {
        LedgerError::Missing(_) => "`pact check` makes it; its place is `ledger` in pact.yaml",
        LedgerError::Link(_) => "put the ledger itself there, or name its real place in `ledger` in pact.yaml",
        LedgerError::Newer(..) => "use the pact that wrote it, or a newer one",
        LedgerError::Foreign(_) => "correct `ledger` in pact.yaml, or move the file away",
        LedgerError::Network(..) => {
            "two machines that write there would destroy it: name a place on a local disk in `ledger` in pact.yaml"
        }
        LedgerError::NotWritable(..) => {
            "check permissions and free space, or set another place in `ledger` in pact.yaml"
        }
        LedgerError::Locked(_) => "try again when the other program is done with it",
        LedgerError::Damaged(..) => {
            "keep the file for whoever may mend it, and put a copy in its place; or move it away to begin a new one"
        }
        LedgerError::Database(..) => {
            "look at the file, its permissions and its disk, or name another place in `ledger`"
        }
    };
    Error::new(error.to_string()).hint(hint)
}

fn log(args: &Log, entries: &[Entry], output: Output) -> Result<Exit, Error> {
    let text = match args.format {
        Format::Json => {
            let executions: Vec<Json> = entries.iter().map(|entry| Json::Object(entry_json(entry))).collect();
            format!("{:#}\n", json!({"format": "pact.ledger-log/1", "executions": executions}))
        }
        Format::Human if entries.is_empty() => match &args.contract {
            Some(name) => format!("Nothing is recorded yet of {}.\n", sanitize::line(name)),
            None => "Nothing is recorded yet.\n".to_owned(),
        },
        Format::Human => log_table(entries),
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

fn log_table(entries: &[Entry]) -> String {
    let name = |entry: &Entry| format!("{} {}", sanitize::line(&entry.execution.contract), entry.execution.version);
    let width = entries.iter().map(|entry| name(entry).chars().count()).max().unwrap_or(0);
    let environment = |entry: &Entry| sanitize::line(entry.execution.environment.as_deref().unwrap_or("-"));
    let has_environment = entries.iter().any(|entry| entry.execution.environment.is_some());
    let place = entries.iter().map(|entry| environment(entry).chars().count()).max().unwrap_or(0);
    let digits = entries.iter().map(|entry| entry.seq.to_string().len()).max().unwrap_or(1);
    let mut text = String::new();
    for entry in entries {
        let execution = &entry.execution;
        let violations = violations(&execution.results);
        let score = execution.score.map_or_else(|| "-".to_owned(), |score| format!("{score}"));
        let _ = write!(
            text,
            "{:>digits$}  {}  {:<width$}  {:<12}  {score:>5}",
            entry.seq,
            short_time(&execution.started),
            name(entry),
            sanitize::line(&execution.verdict),
        );
        // Where nothing names an environment, nothing has to be told apart.
        if has_environment {
            let gap = if violations > 0 { place } else { 0 };
            let _ = write!(text, "  {:<gap$}", environment(entry));
        }
        if violations > 0 {
            let _ = write!(text, "  {}", counted(violations, "violation"));
        }
        text.push('\n');
    }
    text
}

fn violations(results: &[ResultRow]) -> usize {
    results.iter().filter(|result| matches!(result.verdict.as_str(), "fail" | "not_received")).count()
}

/// `2026-06-01 12:00:00Z`, without the milliseconds.
fn short_time(stamp: &str) -> String {
    sanitize::line(stamp).split('.').next().unwrap_or_default().replace('T', " ") + "Z"
}

fn show(args: &Show, reader: &Reader, output: Output) -> Result<Exit, Error> {
    let key = args.execution.trim_start_matches('#');
    let found = reader.find(key).map_err(|error| ledger_error(&error))?;
    let entry = match found.as_slice() {
        [only] => only,
        [] => {
            let name = sanitize::line(key);
            return Err(Error::new(format!("there is no execution `{name}`")).hint("`pact ledger log` lists them"));
        }
        several => {
            let list: Vec<String> =
                several.iter().map(|entry| format!("{} ({})", entry.seq, entry.execution.contract)).collect();
            let message = format!("`{}` fits several executions", sanitize::line(key));
            return Err(Error::new(message).hint(format!("use a number: {}", list.join(", "))));
        }
    };
    let text = if args.contract {
        let bytes = reader.snapshot(&entry.execution.snapshot).map_err(|error| ledger_error(&error))?;
        // The exact bytes: they were read as UTF-8, so they are still.
        String::from_utf8_lossy(&bytes).into_owned()
    } else if args.format == Format::Json {
        format!("{:#}\n", whole_json(entry))
    } else {
        shown(entry)
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

fn shown(entry: &Entry) -> String {
    let execution = &entry.execution;
    let mut text = format!("execution {}  {}\n", entry.seq, sanitize::line(&execution.id));
    let mut fact = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<12} {}", sanitize::line(value));
    };
    fact("contract", &format!("{} {}", execution.contract, execution.version));
    fact("snapshot", &execution.snapshot);
    execution.blob_id.iter().for_each(|id| fact("git blob", id));
    execution.commit_id.iter().for_each(|id| fact("git commit", id));
    execution.environment.iter().for_each(|name| fact("environment", name));
    fact("started", &execution.started);
    fact("finished", &execution.finished);
    fact("verdict", &execution.verdict);
    execution.score.iter().for_each(|score| fact("score", &score.to_string()));
    fact("judged by", &format!("pact {}", execution.pact));
    fact("hash", &entry.hash);
    fact("builds on", &entry.previous);
    text.push_str("\nresults\n");
    execution.results.iter().for_each(|result| result_line(&mut text, result));
    text.push_str("\nobservations\n");
    execution.observations.iter().for_each(|observation| observation_line(&mut text, observation));
    text
}

fn result_line(text: &mut String, result: &ResultRow) {
    let safe = |text: &str| sanitize::line(text);
    let _ = write!(text, "  {:<12}  {:<12}  ", safe(&result.verdict), safe(&result.kind));
    if !result.element.is_empty() {
        let _ = write!(text, "{}: ", safe(&result.element));
    }
    let whose = result.consumer.as_deref();
    text.push_str(&sentence(whose, &result.expected, &result.actual, result.verdict == "omit"));
    if let Some(consumed) = result.consumed {
        let _ = write!(text, " ({consumed:.0}% used up)");
    }
    if let Some(severity) = &result.severity {
        let _ = write!(text, " [{}]", safe(severity));
    }
    if !result.affected.is_empty() {
        let _ = write!(text, ", affects {}", safe(&result.affected.join(", ")));
    }
    text.push('\n');
}

fn observation_line(text: &mut String, observation: &ObservationRow) {
    /// A schema of many columns is whole in the JSON output.
    const MOST: usize = 200;
    let answer = sanitize::line(&observation.answer);
    let mut short: String = answer.chars().take(MOST).collect();
    if short.len() < answer.len() {
        short.push_str("… (whole with --format json)");
    }
    let url = sanitize::line(&observation.url);
    let _ = writeln!(text, "  {}  {:>5} ms  {url}\n    {short}", observation.asked_at, observation.elapsed_ms);
}

/// An execution as JSON, without its parts.
fn entry_json(entry: &Entry) -> Map<String, Json> {
    let execution = &entry.execution;
    let members = [
        ("seq", json!(entry.seq)),
        ("id", json!(execution.id)),
        ("contract", json!(execution.contract)),
        ("version", json!(execution.version)),
        ("snapshot", json!(execution.snapshot)),
        ("commit_id", json!(execution.commit_id)),
        ("blob_id", json!(execution.blob_id)),
        ("environment", json!(execution.environment)),
        ("started", json!(execution.started)),
        ("finished", json!(execution.finished)),
        ("verdict", json!(execution.verdict)),
        ("score", json!(execution.score)),
        ("violations", json!(violations(&execution.results))),
        ("pact", json!(execution.pact)),
        ("previous", json!(entry.previous)),
        ("hash", json!(entry.hash)),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// An execution with its parts. Results and observations have the shape of `pact.check/1`.
fn whole_json(entry: &Entry) -> Json {
    let execution = &entry.execution;
    let results = execution.results.iter().map(|row| {
        let mut json = json!(row);
        if row.element.is_empty() {
            json["element"] = Json::Null;
        }
        json
    });
    let observations = execution.observations.iter().map(|row| {
        let answer: Json = serde_json::from_str(&row.answer).unwrap_or(Json::Null);
        json!({"ask": row.ask, "url": row.url, "asked_at": row.asked_at, "elapsed_ms": row.elapsed_ms, "answer": answer})
    });
    let mut json = Map::new();
    json.insert("format".to_owned(), json!("pact.ledger-show/1"));
    json.extend(entry_json(entry));
    json.insert("results".to_owned(), results.collect());
    json.insert("observations".to_owned(), observations.collect());
    Json::Object(json)
}

fn verify(args: &Verify, reader: &Reader, output: Output) -> Result<Exit, Error> {
    let Verified { entries, snapshots, head, problem } = reader.verify().map_err(|error| ledger_error(&error))?;
    let text = match args.format {
        Format::Json => {
            let json = json!({
                "format": "pact.ledger-verify/1",
                "sound": problem.is_none(),
                "problem": problem,
                "entries": entries,
                "snapshots": snapshots,
                "head": head,
            });
            format!("{json:#}\n")
        }
        Format::Human => match &problem {
            None => {
                let (entries, snapshots) =
                    (entries_text(entries), counted(usize::try_from(snapshots).unwrap_or(0), "snapshot"));
                format!("The ledger is sound: {entries}, {snapshots}, last hash {head}\n")
            }
            Some(problem) => {
                format!(
                    "The ledger was changed: {}.\nSound up to there: {}.\n",
                    sanitize::line(problem),
                    entries_text(entries)
                )
            }
        },
    };
    output.print(&text)?;
    Ok(if problem.is_none() { Exit::Clean } else { Exit::Findings })
}

fn entries_text(entries: i64) -> String {
    counted(usize::try_from(entries).unwrap_or(0), "entry")
}
