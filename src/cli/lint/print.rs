//! How the findings of a run are printed.

use super::fix::Mended;
use super::look::{Looked, Session};
use super::{Args, Format};
use crate::cli::explain;
use crate::cli::output::Output;
use crate::finding::Severity;
use crate::report::junit::LookedAt;
use crate::report::{self, Report, Run, human};

/// What a report does not say of a run.
pub(super) struct Lint<'a> {
    /// The files that were looked at.
    pub(super) looked_at: Vec<LookedAt>,
    /// Whether all of them could be read.
    pub(super) complete: bool,
    /// The lowest severity that fails the run.
    pub(super) fails: Severity,
    /// What was mended, where that was asked for.
    pub(super) mended: Option<&'a Mended>,
}

/// The files that were asked for, and those beside them that there is something to say about.
pub(super) fn looked_at(session: &Session<'_>) -> Vec<LookedAt> {
    let told = session.looked().filter(|looked| looked.is_target || !looked.findings.is_empty());
    let file = |looked: &Looked| looked.document.file.path().to_path_buf();
    told.map(|looked| LookedAt { file: file(looked), name: looked.name.clone() }).collect()
}

pub(super) fn render(args: &Args, report: &Report<'_>, lint: &Lint<'_>, output: Output) -> String {
    if args.statistics {
        return match args.format {
            Format::Json => report::pretty(&report::statistics::json(report, &explain::group)),
            _ => report::statistics::text(report, &explain::group),
        };
    }
    match args.format {
        Format::Human => {
            let mut text = human::human(report, output.style());
            if !output.quiet {
                text.push_str(&human::summary(report));
                if let Some(mended) = lint.mended.filter(|mended| mended.fixed > 0) {
                    text.push_str("Fixed ");
                    text.push_str(&mended.numbers());
                    text.push_str(".\n");
                }
                text.push_str(&fixable(report, args));
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

/// How many findings can be mended, and how; empty for none.
fn fixable(report: &Report<'_>, args: &Args) -> String {
    let mends = || report.findings.iter().filter_map(|located| located.mend.as_ref());
    let safe = mends().filter(|mend| mend.fix.is_safe).count();
    let guesses = mends().count() - safe;
    let fixing = args.fixing;
    match (safe, guesses) {
        // What is left after mending was refused, and that is told.
        _ if fixing.fix && fixing.unsafe_fixes => String::new(),
        (_, 0) if fixing.fix => String::new(),
        (_, guesses) if fixing.fix => format!("{guesses} more fixable with `--unsafe-fixes`.\n"),
        (0, 0) => String::new(),
        (safe, guesses) if fixing.unsafe_fixes => {
            format!("{} fixable with `pact lint --fix --unsafe-fixes`.\n", safe + guesses)
        }
        (safe, 0) => format!("{safe} fixable with `pact lint --fix`.\n"),
        (0, guesses) => format!("{guesses} fixable with `pact lint --fix --unsafe-fixes`.\n"),
        (safe, guesses) => {
            format!("{safe} fixable with `pact lint --fix`, {guesses} more with `--unsafe-fixes`.\n")
        }
    }
}
