//! `pact lint`: what is wrong with the contracts.

mod baseline;
mod files;
mod fix;
mod known;
mod look;
mod policy;
mod print;
mod secrets;
mod select;

use std::path::{Path, PathBuf};

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::explain;
use super::output::Output;
use super::workspace::{Workspace, is_unreadable};
use crate::finding::policy::{Judge, Selected};
use crate::finding::{Finding, Severity};
use crate::io::clock;
use crate::report::{Report, Summary, human};
use baseline::Baselining;
pub(super) use files::{target_files, without_excluded};
use fix::{Fixing, Mended, mend};
use look::Session;
use print::{Lint, looked_at, render};
use select::Selecting;

/// Find what is wrong with contracts, with the places in their files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact lint                          all contracts of the repository
  pact lint contracts/orders.yaml    one file; the others are still known to it
  cat orders.yaml | pact lint - --stdin-filename contracts/orders.yaml
  pact lint --format json | jq '.findings[].code'
  pact lint --format sarif --output pact.sarif
  pact lint --select governance,secret
                                     only a group, and the codes that begin with `secret`
  pact lint --extend-select documentation --statistics
  pact lint --write-baseline         what is wrong today is held back, and only what is new is told
  pact lint --diff                   what `--fix` would change, and nothing is written
  pact lint --fix                    mends what has one right answer, and prints what remains

Files that cannot be read at all end in exit code 2; `pact explain CODE` tells more of a finding.")]
pub(super) struct Args {
    /// Files and folders; all contracts of the repository if none is given, `-` for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    fixing: Fixing,
    /// The lowest severity that fails the run [default: `error`, or what pact.yaml says]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Count the findings of each rule instead of listing them
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    statistics: bool,
    #[command(flatten)]
    selecting: Selecting,
    #[command(flatten)]
    baselining: Baselining,
    /// Read every file, and keep nothing about them in the cache
    #[arg(long)]
    no_cache: bool,
    /// Leave out what `exclude` in pact.yaml does, also where a path names it
    #[arg(long)]
    force_exclude: bool,
    /// The name to use for standard input
    #[arg(long, value_name = "PATH", default_value = "stdin.yaml")]
    stdin_filename: PathBuf,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Format {
    /// With the lines that they are about
    #[default]
    Human,
    /// One line each
    Concise,
    /// JSON, as documented in docs/output.md
    Json,
    /// JSON Lines: an object for each finding, and one with the numbers
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// JUnit XML: a suite for each file, a test for each code
    Junit,
    /// Markdown for a pull request, at most 60,000 characters
    Markdown,
}

/// The lowest severity that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    // What annotates a pull request needs paths from the root of the repository.
    let annotates = matches!(args.format, Format::Github | Format::Sarif);
    let workspace = if annotates { workspace.shown_from_repository() } else { workspace };
    if args.statistics && !matches!(args.format, Format::Human | Format::Json) {
        return Err(Error::new("statistics have no such format").hint("`--statistics` goes with `human` and `json`"));
    }
    let codes = explain::codes();
    let asked = args.selecting.selection(&codes)?;
    let selected = Selected::new(&workspace.config.policy, &asked, &codes);
    let judge = Judge::new(&workspace.config.policy, &selected, &codes, clock::today());
    let old = args.baselining.read(&workspace, output)?;
    let mut session = Session::open(args, &workspace, &judge, output)?;
    args.destination.keep_off(session.files.paths(), &workspace)?;
    let fixing = args.fixing;
    let mended = (fixing.fix || fixing.diff).then(|| mend(&mut session, fixing.unsafe_fixes));
    session.point_elsewhere();
    let unreadable = session.targets().any(|looked| looked.is_unreadable);
    if let Some(mended) = mended.as_ref().filter(|_| fixing.diff) {
        return show_diff(args, mended, &session, output).map(|exit| if unreadable { Exit::Failed } else { exit });
    }
    let findings = || session.looked().flat_map(|looked| &looked.findings).map(|placed| &placed.finding);
    if session.documents.iter().any(|slot| slot.called().is_meaningless) && findings().any(is_about_absence) {
        output.note("note: what stands in files that can't be read counts as missing; mend these files first");
    }
    let ignored = session.targets().map(|looked| looked.held.ignored).sum();
    let is_whole = args.paths.is_empty();
    let baseline = policy::finish(&mut session, &args.baselining, old, is_whole, output)?;
    let summary = Summary { files: session.files.targets.len(), ignored, baseline };
    let report = Report { findings: session.located(), summary, secrets: session.secrets() };
    let looked_at = looked_at(&session);
    let fails = args.fail_on.map(FailOn::severity).or(workspace.config.lint.fail_on).unwrap_or(Severity::Error);
    let run = Lint { looked_at, complete: !unreadable, fails, mended: mended.as_ref() };
    let text = render(args, &report, &run, args.destination.styled(output));
    // With --fix standard output is for the text that came from standard input.
    let given = session.targets().find(|looked| session.files.path(looked.id()).is_none());
    match given.filter(|_| fixing.fix) {
        Some(given) => {
            Output::verbatim(given.document.file.text())?;
            args.destination.write_beside(&text, &workspace, output)?;
        }
        None => args.destination.write(&text, &workspace, output)?,
    }
    if let Some(mended) = &mended {
        mended.tell_unmended(&session, output);
        mended.write(&session)?;
    }
    let failed = report.findings.iter().any(|located| located.finding.severity >= fails);
    Ok(if unreadable {
        Exit::Failed
    } else if failed {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Prints what mending would change. There is something to find where there is something to mend.
fn show_diff(args: &Args, mended: &Mended, session: &Session<'_>, output: Output) -> Result<Exit, Error> {
    let text = mended.diff(session, args.destination.styled(output));
    args.destination.write(&text, session.workspace, output)?;
    let mut unreadable = session.located();
    unreadable.retain(|located| is_unreadable(located.finding));
    if !unreadable.is_empty() {
        let report = Report { findings: unreadable, ..Report::default() };
        output.reason(human::human(&report, output.style()).trim_end());
    }
    mended.tell_unmended(session, output);
    let placed = session.looked().flat_map(|looked| &looked.findings);
    let guesses = placed.filter_map(|placed| placed.finding.fix.as_ref()).filter(|fix| !fix.is_safe).count();
    let more = if guesses > 0 && !args.fixing.unsafe_fixes {
        format!(" {guesses} more with `--unsafe-fixes`.")
    } else {
        String::new()
    };
    if mended.files() > 0 {
        output.note(&format!("Would fix {}.{more}", mended.numbers()));
        return Ok(Exit::Findings);
    }
    output.note(&format!("Nothing to fix.{more}"));
    Ok(Exit::Clean)
}

/// Whether a finding says that another contract is not there.
fn is_about_absence(finding: &Finding) -> bool {
    matches!(finding.code, "dangling-foreign-key" | "subscription-contract-unknown")
}
