//! `pact lint`: what is wrong with the contracts.

mod files;
mod look;
mod print;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::output::Output;
use super::workspace::Workspace;
use crate::finding::policy::{Policy, Ruling, Subject};
use crate::finding::{Finding, Severity};
use crate::io::clock;
use crate::lint::Linter;
use crate::report::{Report, Summary};
use files::Files;
pub(super) use files::target_files;
use look::{Looked, located, look_across};
use print::{Lint, looked_at, render};

/// Find what is wrong with contracts, with the places in their files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact lint                          all contracts of the repository
  pact lint contracts/orders.yaml    one file; the others are still known to it
  cat orders.yaml | pact lint - --stdin-filename contracts/orders.yaml
  pact lint --format json | jq '.findings[].code'
  pact lint --format sarif --output pact.sarif

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
    /// The lowest severity that fails the run
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
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
    let mut files = Files::of(args, &workspace, output)?;
    let today = clock::today();
    let policy = &workspace.config.policy;
    let linter = Linter::new(today, |rule| rule.by_default || policy.setting(rule.code).is_some());
    let mut looked = files.read(&workspace, |document, is_target| Looked::new(document, is_target, &linter));
    look_across(&mut looked, &files.targets, &linter, &|source| files.read_again(&workspace, source));
    let unreadable = looked.iter().any(|looked| looked.is_unreadable);
    let findings = || looked.iter().flat_map(|looked| &looked.findings).map(|placed| &placed.finding);
    if looked.iter().any(|looked| looked.is_meaningless) && findings().any(is_about_absence) {
        output.note("note: what stands in files that can't be read counts as missing; mend these files first");
    }
    let (ignored, expired) = apply(&workspace.config.policy, &mut looked, today);
    for index in expired {
        let ignore = &workspace.config.policy.ignores[index];
        output.note(&format!("the exception for {} in pact.yaml expired on {}", ignore.code, ignore.until));
    }
    let report = Report { findings: located(&looked), summary: Summary { files: files.targets.len(), ignored } };
    let looked_at = files.targets.iter().filter_map(|id| looked.get(id.0 as usize)).map(looked_at).collect();
    let text = render(args, &report, &Lint { looked_at, complete: !unreadable }, args.destination.styled(output));
    args.destination.write(&text, &workspace, output)?;
    let failed = report.findings.iter().any(|located| located.finding.severity >= args.fail_on.severity());
    Ok(if unreadable {
        Exit::Failed
    } else if failed {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Applies what the repository has decided. Gives how many findings are accepted, and which exceptions have expired.
fn apply(policy: &Policy, looked: &mut [Looked], today: Date) -> (usize, BTreeSet<usize>) {
    let (mut ignored, mut expired) = (0, BTreeSet::new());
    for looked in looked {
        let name = looked.name.clone().unwrap_or_default();
        looked.findings.retain_mut(|placed| {
            let subject = || Subject { contract: name.clone(), element: placed.element.clone(), fingerprint: None };
            match policy.rule_on(&mut placed.finding, today, subject) {
                Ruling::Stands => true,
                Ruling::Off => false,
                Ruling::Accepted(_) => {
                    ignored += 1;
                    false
                }
                Ruling::Expired(index) => {
                    expired.insert(index);
                    true
                }
            }
        });
    }
    (ignored, expired)
}

/// Whether a finding says that another contract is not there.
fn is_about_absence(finding: &Finding) -> bool {
    matches!(finding.code, "dangling-foreign-key" | "subscription-contract-unknown")
}
