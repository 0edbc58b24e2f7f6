//! Findings as GitHub workflow commands, which become annotations of a pull request.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use super::{Report, Spot, sanitize};
use crate::finding::Severity;

/// One command a finding, worst first, since GitHub shows the first ten of a step only.
pub fn github(report: &Report<'_>) -> String {
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|located| std::cmp::Reverse(located.finding.severity));
    let mut text = String::new();
    for located in findings {
        let finding = located.finding;
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut message = finding.message.clone();
        if let Some(help) = &finding.help {
            message.push('\n');
            message.push_str(help);
        }
        text.push_str(&annotation(level, Some(&located.spot), finding.code, &message));
    }
    text
}

/// One command, at a place where there is one.
pub(super) fn annotation(level: &str, spot: Option<&Spot<'_>>, code: &str, message: &str) -> String {
    let mut place = String::new();
    if let Some(spot) = spot {
        let (start, end) = (spot.start(), spot.end());
        let file = property(&spot.file.path().to_string_lossy());
        let _ = write!(place, "file={file},line={},endLine={},col={},", start.line, end.line, start.column);
    }
    format!("::{level} {place}title={}::{}\n", property(&format!("pact {code}")), data(message))
}

fn data(text: &str) -> String {
    let safe: String = text
        .chars()
        .map(|letter| if letter != '\n' && sanitize::is_unsafe(letter) { '\u{fffd}' } else { letter })
        .collect();
    safe.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
