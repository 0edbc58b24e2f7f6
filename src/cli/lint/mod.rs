//! `pact lint`: what is wrong with the contracts.

mod baseline;
mod files;
mod look;
mod policy;
mod print;
mod select;

use std::path::{Path, PathBuf};

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::explain;
use super::output::Output;
use super::workspace::Workspace;
use crate::finding::policy::Selected;
use crate::finding::{Finding, Severity};
use crate::io::clock;
use crate::lint::Linter;
use crate::report::{Report, Summary};
use baseline::Baselining;
use files::Files;
pub(super) use files::target_files;
use look::{Looked, located, look_across, spots};
use policy::{Old, Policy};
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
                                     only the rules of a group, and those whose codes begin with `secret`
  pact lint --extend-select documentation --statistics
  pact lint --write-baseline         holds back what is wrong today, so that only what is new is told

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
    /// The lowest severity that fails the run [default: `error`, or what pact.yaml says]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Count the findings of each rule instead of listing them
    #[arg(long)]
    statistics: bool,
    #[command(flatten)]
    selecting: Selecting,
    #[command(flatten)]
    baselining: Baselining,
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
    let old = match args.baselining.read(&workspace, output)? {
        Some(read) => Old::Read(read.baseline, read.file),
        None if args.baselining.writes() => Old::Write,
        None => Old::None,
    };
    let mut files = Files::of(args, &workspace, output)?;
    let linter = Linter::new(clock::today(), |rule| selected.anywhere(rule));
    let mut looked = files.read(&workspace, |document, is_target| Looked::new(document, is_target, &linter, &codes));
    look_across(&mut looked, &files.targets, &linter, &|source| files.read_again(&workspace, source));
    let unreadable = looked.iter().any(|looked| looked.is_unreadable);
    let is_whole = args.paths.is_empty();
    let policy = Policy { workspace: &workspace, codes: &codes, asked: &asked, selected: &selected, is_whole };
    let ruled = policy.apply(&mut looked, &files, old);
    if let Some(baseline) = ruled.baseline.clone() {
        args.baselining.write(baseline, |file| policy.knows(&looked, &files, file), &workspace, output)?;
    }
    let findings = || looked.iter().flat_map(|looked| &looked.findings).map(|placed| &placed.finding);
    if looked.iter().any(|looked| looked.is_meaningless) && findings().any(is_about_absence) {
        output.note("note: what stands in files that can't be read counts as missing; mend these files first");
    }
    let summary = Summary { files: files.targets.len(), ignored: ruled.held.ignored, baseline: ruled.held.baseline };
    let report = Report { findings: located(&looked), summary, secrets: spots(&looked, &ruled.secrets) };
    let fails = args.fail_on.map(FailOn::severity).or(workspace.config.lint.fail_on).unwrap_or(Severity::Error);
    let run = Lint { looked_at: looked_at(&looked), complete: !unreadable, fails };
    let text = render(args, &report, &run, args.destination.styled(output));
    args.destination.write(&text, &workspace, output)?;
    let failed = report.findings.iter().any(|located| located.finding.severity >= fails);
    Ok(if unreadable {
        Exit::Failed
    } else if failed {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Whether a finding says that another contract is not there.
fn is_about_absence(finding: &Finding) -> bool {
    matches!(finding.code, "dangling-foreign-key" | "subscription-contract-unknown")
}
