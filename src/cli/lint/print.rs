//! How the findings of a run are printed.

use super::fix::Mended;
use super::{Args, Format};
use crate::cli::explain;
use crate::cli::output::Output;
use crate::cli::workspace::Documents;
use crate::model::SourceId;
use crate::report::junit::LookedAt;
use crate::report::{self, Report, Run, human};

/// What a report does not say of a run.
pub(super) struct Lint<'a> {
    /// The files that were looked at.
    pub(super) looked_at: Vec<LookedAt>,
    /// Whether all of them could be read.
    pub(super) complete: bool,
    /// What was mended, where that was asked for.
    pub(super) mended: Option<&'a Mended>,
}

pub(super) fn looked_at(documents: &Documents, id: SourceId) -> Option<LookedAt> {
    let file = documents.get(id)?.file.path().to_path_buf();
    Some(LookedAt { file, name: documents.name(id).map(str::to_owned) })
}

pub(super) fn render(args: &Args, report: &Report<'_>, lint: &Lint<'_>, output: Output) -> String {
    match args.format {
        Format::Human => {
            let mut text = human::human(report, output.style());
            if !output.quiet {
                text.push_str(&human::summary(report));
                if let Some(mended) = lint.mended.filter(|mended| mended.fixed > 0) {
                    text.push_str(&format!("Fixed {}.\n", mended.numbers()));
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
        Format::Junit => report::junit(report, &lint.looked_at, args.fail_on.severity()),
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
