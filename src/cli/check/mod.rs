//! `pact check`: does the live thing keep the promise?

mod ask;
mod asking;
mod buckets;
mod commits;
mod data;
mod enforced;
mod examples;
mod explain;
mod files;
pub(super) mod human;
mod json;
mod junit;
mod looking;
mod markdown;
mod neighbours;
mod place;
mod postgres;
mod records;
mod select;
mod split;
mod tables;

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use commits::Commits;
use looking::Looking;
use records::RecordsArgs;
use split::Heaps;

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::explain as pages;
use super::ledger::ledger_error;
use super::output::Output;
use super::workspace::{Documents, Workspace};
use crate::check::{self, Observation, Outcome, Verdict};
use crate::finding::Finding;
use crate::io::sqlite::Ledger;
use crate::model::{Contract, Quantity};
use crate::report::{self, Summary, sanitize};

/// Ask live data services whether they keep what the contracts promise
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact check                             every contract in force that has an endpoint
  pact check orders 'payments.*'         contracts by name
  pact check contracts/orders.yaml       contracts by file
  pact check --environment staging       at the source `staging` of each contract
  pact check --format json | jq '.contracts[] | select(.verdict != \"pass\")'
  pact check orders --records orders.ndjson --valid good.ndjson --quarantine bad.ndjson
  producer | pact check orders --records - --valid - | consumer

In force are contracts with the status active or deprecated; name another one to check it anyway. \
Where none is in force yet, nothing is checked, and that is no failure. \
Each execution is recorded in the ledger: see `pact ledger log`.

Credentials come from the environment: PACT_TOKEN (jwt, oauth2), PACT_API_KEY (api_key), \
PACT_USERNAME and PACT_PASSWORD (basic). They go to the endpoints that the contracts name: \
check contracts that nobody has reviewed without them.

Exit codes: 0 kept, 1 violations, 2 something could not be decided, or nothing was checked.")]
pub(super) struct Args {
    /// Contracts by name or `id`, by a pattern of names (`payments.*`), or by file
    #[arg(value_name = "CONTRACT")]
    contracts: Vec<String>,
    /// How to print the results
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Look at this source (`sources`; in ODCS a server, by its `server` or `environment`): a data service, a database, files
    #[arg(long, visible_alias = "source", value_name = "NAME")]
    environment: Option<String>,
    #[command(flatten)]
    looking: Looking,
    /// How long one request may take, such as `10s` [default: `check.timeout` of pact.yaml, 30s]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    timeout: Option<SignedDuration>,
    /// How long the whole run may take [default: `check.deadline` of pact.yaml, 5m]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    deadline: Option<SignedDuration>,
    /// How many services are asked at once [default: `check.concurrency` of pact.yaml, 64]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: Option<u32>,
    /// Record nothing
    #[arg(long)]
    no_ledger: bool,
    #[command(flatten)]
    of_records: RecordsArgs,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal
    #[default]
    Human,
    /// JSON, as documented in docs/output.md
    Json,
    /// JSON Lines: an object for each contract, and one with the numbers
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// JUnit XML: a suite for each contract, a test for each promise
    Junit,
    /// A Markdown table
    Markdown,
}

fn duration(text: &str) -> Result<SignedDuration, String> {
    let time = Quantity::new(text).duration().filter(SignedDuration::is_positive);
    time.ok_or_else(|| "a time such as `10s` or `2 minutes` is expected".to_owned())
}

/// A contract that was checked.
struct Checked<'a> {
    contract: &'a Contract,
    /// The environment that was asked; `None` for the endpoint of the contract itself.
    environment: Option<&'a str>,
    observations: Vec<Observation>,
    outcome: Outcome,
    /// Position and identity in the ledger.
    recorded: Option<(i64, String)>,
}

/// A contract or file that was not checked, and why.
struct Unchecked {
    name: String,
    reason: String,
    /// Whether that is a failure, and no decision.
    failed: bool,
    /// Whether it is in force, or was asked for by name: something that ought to be checked.
    due: bool,
}

/// A whole run.
struct Run<'a> {
    checked: Vec<Checked<'a>>,
    unchecked: Vec<Unchecked>,
    took: Duration,
}

impl Run<'_> {
    fn violations(&self) -> usize {
        self.checked.iter().map(|checked| checked.outcome.violations().count()).sum()
    }

    fn exit(&self) -> Exit {
        let undecided = self.checked.iter().any(|checked| checked.outcome.verdict() == Verdict::Error);
        // Where nothing could be asked for, nothing was found out.
        let nothing =
            !self.checked.is_empty() && self.checked.iter().all(|checked| checked.outcome.verdict() == Verdict::Omit);
        if undecided || nothing || self.unchecked.iter().any(|unchecked| unchecked.failed) {
            Exit::Failed
        } else if self.violations() > 0 {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    if let Some(file) = &args.of_records.records {
        return records::run(args, file, directory, output);
    }
    let started = Instant::now();
    let workspace = Workspace::open(directory, output)?;
    // What annotates files needs paths from the root of the repository.
    let annotates = matches!(args.format, Format::Github | Format::Sarif);
    let workspace = if annotates { workspace.shown_from_repository() } else { workspace };
    let (documents, files) = select::load(&args.contracts, &workspace, output)?;
    let registry = documents.registry();
    let selection = select::select(args, &files, &workspace, &documents, &registry)?;
    if selection.targets.is_empty() && !selection.nothing_is_due() {
        return Err(nothing_checked(&selection.unchecked));
    }
    if args.looking.chooses_nothing(&selection.targets, &registry) {
        return Err(Error::new("nothing is expected of what `--field`, `--rule`, `--dimension` and `--tag` choose")
            .hint("`pact check --dry-run --format json` lists what is expected"));
    }
    let RecordsArgs { valid, quarantine, .. } = &args.of_records;
    let heaps = Heaps::of(valid.as_ref(), quarantine.as_ref(), directory, &selection.targets)?;
    let mut config = workspace.config.check;
    config.timeout = args.timeout.unwrap_or(config.timeout);
    config.deadline = args.deadline.unwrap_or(config.deadline);
    config.concurrency = args.concurrency.unwrap_or(config.concurrency);
    let mut context = ask::Context {
        documents: &documents,
        registry: &registry,
        workspace: &workspace,
        looking: &args.looking,
        heaps,
        config,
        started,
        output,
        commits: Commits::default(),
    };
    if args.looking.explain || args.looking.dry_run {
        return plan(args, &context, &selection.targets);
    }
    // Opened before anything is asked: a result that can't be kept is not worth having.
    let mut ledger = if args.no_ledger || selection.targets.is_empty() {
        None
    } else {
        let hint = "`--no-ledger` checks without recording anything";
        Some(Ledger::open(&workspace.ledger_path()).map_err(|error| ledger_error(&error).hint(hint))?)
    };
    if ledger.is_some() {
        context.commits = Commits::of(&workspace, &files, &selection.targets);
    }
    let (checked, failure) = ask::check_all(&context, &selection.targets, ledger.as_mut())?;
    let run = Run { checked, unchecked: selection.unchecked, took: started.elapsed() };
    let text = render(args.format, &run, &documents, args.destination.styled(output));
    args.destination.write(&text, &workspace, output)?;
    if annotates {
        // Annotations have no place for what was not looked at; the log has.
        for Unchecked { name, reason, .. } in &run.unchecked {
            output.note(&sanitize::line(&format!("{name}: not checked, {reason}")));
        }
    }
    match failure.or_else(|| context.heaps.failure()) {
        Some(error) => Err(error),
        None => Ok(run.exit()),
    }
}

/// Prints what would be asked.
fn plan(args: &Args, context: &ask::Context<'_>, targets: &[select::Target<'_>]) -> Result<Exit, Error> {
    let as_json = match args.format {
        Format::Human => false,
        Format::Json => true,
        _ => return Err(Error::new("a plan has no such format").hint("it goes with `human` and `json`")),
    };
    let text = if args.looking.explain {
        explain::explain(context, targets, as_json)
    } else {
        explain::dry_run(context, targets, as_json)
    };
    args.destination.write(&text, context.workspace, context.output)?;
    Ok(Exit::Clean)
}

fn nothing_checked(unchecked: &[Unchecked]) -> Error {
    let error = Error::new("nothing was checked");
    if unchecked.is_empty() {
        return error.hint("write a contract with `access.endpoint_url`, or correct `contracts` in pact.yaml");
    }
    unchecked.iter().take(10).fold(error, |error, one| error.hint(format!("{}: {}", one.name, one.reason)))
}

fn render(format: Format, run: &Run<'_>, documents: &Documents, output: Output) -> String {
    match format {
        Format::Human => human::human(run, output),
        Format::Json => report::pretty(&json::json(run, documents)),
        Format::Jsonl => json::lines(run, documents),
        Format::Junit => junit::junit(run, documents),
        Format::Markdown => markdown::markdown(run),
        Format::Github | Format::Sarif => {
            let findings: Vec<Finding> =
                run.checked.iter().flat_map(|one| check::findings(one.contract, &one.outcome)).collect();
            let report = documents.locate(&findings, Summary { files: run.checked.len(), ignored: 0, baseline: 0 });
            if format == Format::Github {
                return report::github(&report);
            }
            let complete = run.exit() != Exit::Failed;
            report::sarif(&report, &report::Run { command: "check", complete, explain: &pages::explained })
        }
    }
}
