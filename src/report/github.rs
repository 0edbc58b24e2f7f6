//! Findings as GitHub workflow commands, which become annotations of a pull request.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use super::{Report, sanitize};
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
        let (start, end) = (located.spot.start(), located.spot.end());
        let mut message = finding.message.clone();
        if let Some(help) = &finding.help {
            message.push('\n');
            message.push_str(help);
        }
        let _ = writeln!(
            text,
            "::{level} file={},line={},endLine={},col={},title={}::{}",
            property(&located.spot.file.path().to_string_lossy()),
            start.line,
            end.line,
            start.column,
            property(&format!("pact {}", finding.code)),
            data(&message),
        );
    }
    text
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
