//! Changes as Markdown, for the summary of a job or the comment on a pull request.

use std::fmt::Write as _;

use super::{ChangeReport, Placed, sanitize, values, who};
use crate::finding::Severity;
use crate::finding::change::{Level, Sureness};
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
    for located in &report.exceptions.findings {
        let finding = located.finding;
        let mark = if finding.severity == Severity::Error { "❌" } else { "⚠️" };
        let address = sanitize::markdown(&located.spot.address());
        let _ = writeln!(text, "{mark} {} ({address})\n", sanitize::markdown(&finding.message));
    }
    let _ = writeln!(text, "{}", report.summary());
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
        if let Some(reason) = verdict.ungated.as_ref().filter(|_| verdict.required > Level::None) {
            let _ = writeln!(text, "Nothing here fails: {}.\n", sanitize::markdown(reason));
        }
    }
    text.push_str("| level | change | element | what | hits |\n|---|---|---|---|---|\n");
    for (change, _) in placed.changes() {
        let sure = match change.sure {
            Sureness::Certain => "",
            Sureness::Possible => " (possible)",
            Sureness::Review => " (to review)",
        };
        let accepted = change.accepted.as_ref().map(ToString::to_string);
        let forbidden = (change.forbidden && change.stands()).then(|| "fails: not wanted here".to_owned());
        let example = change.witness.as_ref().map(|witness| format!("for example: {witness}"));
        let what = [values(change), example, forbidden, accepted].into_iter().flatten();
        let what: Vec<String> = what.map(|text| sanitize::markdown(&text)).collect();
        let hits: Vec<String> = change.affects.iter().map(|one| sanitize::markdown(&who(one))).collect();
        let _ = writeln!(
            text,
            "| {}{sure} | `{}` | {} | {} | {} |",
            placed.diff.level(change).name(),
            change.meta.code,
            sanitize::markdown(&change.element()),
            what.join("<br>"),
            hits.join("<br>"),
        );
    }
    text.push('\n');
    text
}
