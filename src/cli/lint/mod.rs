//! `pact lint`: what is wrong with the contracts.

mod files;
mod fix;
mod look;
mod print;

use std::path::{Path, PathBuf};

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::output::Output;
use super::workspace::{Documents, Workspace, is_unreadable};
use crate::finding::policy::Judged;
use crate::finding::{Finding, Severity};
use crate::report::Summary;
pub(super) use files::target_files;
use files::{Loaded, load};
use fix::{Fixing, Mended, mend};
use look::Look;
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
    let Loaded { mut documents, targets, files } = load(args, &workspace, output)?;
    let look = Look { workspace: &workspace };
    let fixing = args.fixing;
    let mended = (fixing.fix || fixing.diff).then(|| mend(&mut documents, &targets, &look, fixing.unsafe_fixes));
    let judged = look.judged(&documents, &targets);
    let unreadable =
        documents.iter().any(|document| targets.contains(&document.id) && document.problems.iter().any(is_unreadable));
    if let Some(mended) = mended.as_ref().filter(|_| fixing.diff) {
        return show_diff(args, mended, &documents, &judged, &workspace, output)
            .map(|exit| if unreadable { Exit::Failed } else { exit });
    }
    if documents.iter().any(|document| document.content.is_none()) && judged.findings.iter().any(is_about_absence) {
        output.note("note: what stands in files that can't be read counts as missing; mend these files first");
    }
    for index in &judged.expired {
        let ignore = &workspace.config.policy.ignores[*index];
        output.note(&format!("the exception for {} in pact.yaml expired on {}", ignore.code, ignore.until));
    }
    let report = documents.locate(&judged.findings, Summary { files: targets.len(), ignored: judged.ignored });
    let looked_at = targets.iter().filter_map(|id| looked_at(&documents, *id)).collect();
    let run = Lint { looked_at, complete: !unreadable, mended: mended.as_ref() };
    let text = render(args, &report, &run, args.destination.styled(output));
    // With --fix standard output is for the text that came from standard input.
    let given = targets.iter().filter(|id| files.get(id.0 as usize).is_none()).find_map(|id| documents.get(*id));
    match given.filter(|_| fixing.fix) {
        Some(given) => {
            Output::verbatim(given.file.text())?;
            args.destination.write_beside(&text, &workspace, output)?;
        }
        None => args.destination.write(&text, &workspace, output)?,
    }
    if let Some(mended) = &mended {
        mended.tell_unmended(&documents, output);
        mended.write(&documents, &files, &workspace)?;
    }
    let failed = report.findings.iter().any(|located| located.finding.severity >= args.fail_on.severity());
    Ok(if unreadable {
        Exit::Failed
    } else if failed {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Prints what mending would change. There is something to find where there is something to mend.
fn show_diff(
    args: &Args,
    mended: &Mended,
    documents: &Documents,
    judged: &Judged,
    workspace: &Workspace,
    output: Output,
) -> Result<Exit, Error> {
    let text = mended.diff(documents, &judged.findings, args.destination.styled(output));
    args.destination.write(&text, workspace, output)?;
    mended.tell_unmended(documents, output);
    let guesses = judged.findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| !fix.is_safe).count();
    let more = if guesses > 0 && !args.fixing.unsafe_fixes {
        format!(" {guesses} more with `--unsafe-fixes`.")
    } else {
        String::new()
    };
    if mended.files() == 0 {
        output.note(&format!("Nothing to fix.{more}"));
        return Ok(Exit::Clean);
    }
    output.note(&format!("Would fix {}.{more}", mended.numbers()));
    Ok(Exit::Findings)
}

/// Whether a finding says that another contract is not there.
fn is_about_absence(finding: &Finding) -> bool {
    matches!(finding.code, "dangling-foreign-key" | "subscription-contract-unknown")
}
