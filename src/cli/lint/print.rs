//! How the findings of a run are printed.

use super::look::Looked;
use super::{Args, Format};
use crate::cli::explain;
use crate::cli::output::Output;
use crate::finding::Severity;
use crate::report::junit::LookedAt;
use crate::report::{self, Report, Run, human};

/// What a report does not say of a run.
pub(super) struct Lint {
    /// The files that were looked at.
    pub(super) looked_at: Vec<LookedAt>,
    /// Whether all of them could be read.
    pub(super) complete: bool,
    /// The lowest severity that fails the run.
    pub(super) fails: Severity,
}

/// The files that were asked for, and those beside them that there is something to say about.
pub(super) fn looked_at(looked: &[Looked]) -> Vec<LookedAt> {
    let told = looked.iter().filter(|looked| looked.is_target || !looked.findings.is_empty());
    let file = |looked: &Looked| looked.document.file.path().to_path_buf();
    told.map(|looked| LookedAt { file: file(looked), name: looked.name.clone() }).collect()
}

pub(super) fn render(args: &Args, report: &Report<'_>, lint: &Lint, output: Output) -> String {
    if args.statistics {
        let group = |code: &str| explain::group(code);
        return match args.format {
            Format::Json => report::pretty(&report::statistics::json(report, &group)),
            _ => report::statistics::text(report, &group),
        };
    }
    match args.format {
        Format::Human => {
            let mut text = human::human(report, output.style());
            if !output.quiet {
                text.push_str(&human::summary(report));
            }
            text
        }
        Format::Concise => human::concise(report),
        Format::Json => report::pretty(&report::json(report, "pact.lint/1")),
        Format::Jsonl => report::jsonl(report, "pact.lint/1"),
        Format::Sarif => {
            report::sarif(report, &Run { command: "lint", complete: lint.complete, explain: &explain::explained })
        }
        Format::Junit => report::junit(report, &lint.looked_at, lint.fails),
        Format::Github => report::github(report),
        Format::Markdown => report::markdown(report, "pact lint"),
    }
}
