//! Findings as Markdown, for the summary of a job or the comment on a pull request.

use std::fmt::Write as _;

use super::{Report, human, sanitize};

/// GitHub refuses comments over 65,536 characters; what does not fit is counted.
pub(super) const MOST_CHARACTERS: usize = 60_000;

/// A heading, a table of the findings (worst first) and the counts.
pub fn markdown(report: &Report<'_>, title: &str) -> String {
    let mut text = format!("### {title}\n\n");
    if !report.findings.is_empty() {
        text.push_str("| | rule | where | what |\n|---|---|---|---|\n");
    }
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|located| std::cmp::Reverse(located.finding.severity));
    for (shown, located) in findings.iter().enumerate() {
        let finding = located.finding;
        let help = finding.help.as_deref().map_or_else(String::new, |help| format!("<br>{}", sanitize::markdown(help)));
        let row = format!(
            "| {} | `{}` | {} | {}{help} |\n",
            finding.severity.name(),
            finding.code,
            sanitize::markdown(&located.spot.address()),
            sanitize::markdown(&finding.message),
        );
        if text.len() + row.len() > MOST_CHARACTERS {
            let _ = writeln!(text, "\n{} more are not shown.", findings.len() - shown);
            break;
        }
        text.push_str(&row);
    }
    let _ = write!(text, "\n{}", human::summary(report));
    text
}
