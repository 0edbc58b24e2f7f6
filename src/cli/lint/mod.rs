//! `pact lint`: what is wrong with the contracts.

mod files;
mod print;

use std::path::{Path, PathBuf};

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::output::Output;
use super::workspace::{Workspace, element, is_unreadable};
use crate::cli::explain;
use crate::finding::policy::{At, Judge, Looked, Selected, Selection};
use crate::finding::{Finding, Severity};
use crate::format::Document;
use crate::io::clock;
use crate::lint;
use crate::model::SourceId;
use crate::report::Summary;
use crate::source::Span;
use files::load;
pub(super) use files::target_files;
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
    let (documents, targets) = load(args, &workspace, output)?;
    let mut findings: Vec<_> = documents
        .iter()
        .filter(|document| targets.contains(&document.id))
        .flat_map(|document| document.problems.iter().cloned())
        .collect();
    let unreadable = findings.iter().any(is_unreadable);
    // Rules look at sound documents only: what a broken form means is guesswork. Others may still refer to it. A secret is
    // one whatever else is wrong, and has to be known so that no line shows it.
    let given = documents.iter().filter(|document| targets.contains(&document.id));
    let (sound, broken): (Vec<&Document>, Vec<&Document>) = given.partition(|document| document.problems.is_empty());
    let ids = |documents: Vec<&Document>| documents.iter().map(|document| document.id).collect::<Vec<SourceId>>();
    let registry = documents.registry();
    findings.extend(lint::run(&registry, &ids(sound)));
    findings.extend(lint::run(&registry, &ids(broken)).into_iter().filter(|finding| finding.is_secret));
    for finding in &mut findings {
        if let Some(document) = documents.get(finding.label.source) {
            [Some(&mut finding.message), finding.help.as_mut()]
                .into_iter()
                .flatten()
                .for_each(|sentence| document.in_its_words(sentence));
        }
    }
    if documents.iter().any(|document| document.content.is_none()) && findings.iter().any(is_about_absence) {
        output.note("note: what stands in files that can't be read counts as missing; mend these files first");
    }
    let codes = explain::codes();
    let asked = Selection::default();
    let selected = Selected::new(&workspace.config.policy, &asked, &codes);
    let mut judge = Judge::new(&workspace.config.policy, &selected, &codes, clock::today());
    let findings: Vec<Finding> = findings
        .into_iter()
        .filter_map(|finding| {
            let (contract, element) = (documents.name(finding.label.source).unwrap_or_default(), element(&finding));
            let at = At { file: "", contract, element: &element, span: Span::default(), text: &String::new };
            judge.judge(finding, &at)
        })
        .collect();
    let looked = Looked {
        at_contract: &|_| true,
        at_file: &|_| true,
        for_code: &|_| true,
        config: SourceId(0),
        baseline: SourceId(0),
    };
    let (_, held, _) = judge.finish(&looked);
    let report = documents.locate(&findings, Summary { files: targets.len(), ignored: held.ignored });
    let looked_at = targets.iter().filter_map(|id| looked_at(&documents, *id)).collect();
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

/// Whether a finding says that another contract is not there.
fn is_about_absence(finding: &Finding) -> bool {
    matches!(finding.code, "dangling-foreign-key" | "subscription-contract-unknown")
}
