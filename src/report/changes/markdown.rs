//! Changes as Markdown, for the summary of a job or the comment on a pull request.

use std::fmt::Write as _;

use super::{ChangeReport, Placed, sanitize, values, who};
use crate::finding::Severity;
use crate::finding::change::{Change, Level, Sureness};
use crate::report::markdown::{MOST_CHARACTERS, markdown as problems};

/// A heading, a table for each contract, and the counts.
pub fn markdown(report: &ChangeReport<'_>) -> String {
    let mut text = "### pact diff\n\n".to_owned();
    if !report.problems.findings.is_empty() {
        text = problems(&report.problems, "pact diff");
        text.push('\n');
    }
    for (shown, placed) in report.contracts.iter().enumerate() {
        let section = contract(placed);
        if text.len() + section.len() > MOST_CHARACTERS {
            let left = report.contracts.len() - shown;
            let _ = writeln!(text, "{} not shown.\n", crate::report::counted(left, "more contract"));
            break;
        }
        text.push_str(&section);
    }
    let _ = writeln!(text, "{}", report.summary());
    text.push_str(&super::bumps::markdown(report));
    text
}

fn contract(placed: &Placed<'_>) -> String {
    let mut text =
        format!("**{}** {}\n\n", sanitize::markdown(&placed.diff.name), sanitize::markdown(&placed.versions()));
    if let Some(verdict) = &placed.diff.verdict {
        for remark in &verdict.remarks {
            let mark = if remark.severity == Severity::Error { "❌" } else { "ℹ️" };
            let help = remark.help.as_ref().map_or_else(String::new, |help| format!(": {}", sanitize::markdown(help)));
            let _ = writeln!(text, "{mark} {}{help}\n", sanitize::markdown(&remark.message));
        }
        if let Some(reason) = verdict.ungated.as_ref().filter(|_| verdict.required > Level::None && !verdict.fails()) {
            let _ = writeln!(text, "Nothing here fails: {}.\n", sanitize::markdown(reason));
        }
    }
    text.push_str(HEADING);
    for (change, _) in placed.changes() {
        text.push_str(&row(placed.diff.level(change), change));
    }
    for one in placed.diff.verdict.iter().flat_map(|verdict| &verdict.against) {
        let _ = write!(text, "\nAgainst {}, pinned by {}:\n\n{HEADING}", one.version, sanitize::markdown(&one.by()));
        for change in &one.changes {
            text.push_str(&row(placed.diff.level(change), change));
        }
    }
    text.push('\n');
    text
}

const HEADING: &str = "| level | change | element | what | hits |\n|---|---|---|---|---|\n";

fn row(level: Level, change: &Change) -> String {
    let sure = match change.sure {
        Sureness::Certain => "",
        Sureness::Possible => " (possible)",
        Sureness::Review => " (to review)",
    };
    let hits: Vec<String> = change.affects.iter().map(|one| sanitize::markdown(&who(one))).collect();
    format!(
        "| {}{sure} | `{}` | {} | {} | {} |\n",
        level.name(),
        change.meta.code,
        sanitize::markdown(&change.element()),
        sanitize::markdown(&values(change).unwrap_or_default()),
        hits.join("<br>"),
    )
}
