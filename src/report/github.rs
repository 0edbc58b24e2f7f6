//! Findings as GitHub workflow commands, which become annotations of a pull request.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use super::{Located, Report, Spot, counted, sanitize};
use crate::finding::Severity;

/// So many annotations of each kind does GitHub show for a step.
const SHOWN: usize = 10;

/// One command a finding, worst first, since GitHub shows the first ten of each kind.
pub fn github(report: &Report<'_>) -> String {
    annotations(commands(report))
}

/// The findings as commands, with their severities.
pub(super) fn commands(report: &Report<'_>) -> Vec<(Severity, String)> {
    let command = |located: &Located<'_>| {
        let finding = located.finding;
        let mut message = finding.message.clone();
        if let Some(help) = &finding.help {
            message.push('\n');
            message.push_str(help);
        }
        (finding.severity, annotation(finding.severity, Some(&located.spot), finding.code, &message))
    };
    report.findings.iter().map(command).collect()
}

/// Commands worst first. Where GitHub shows only some of them, a notice among those that it shows says so; the others are
/// still in the log of the step.
pub(super) fn annotations(mut commands: Vec<(Severity, String)>) -> String {
    commands.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    let kinds = [Severity::Error, Severity::Warning, Severity::Info];
    let of = |severity| commands.iter().filter(|(other, _)| *other == severity).count();
    let mut shown = kinds.map(|severity| of(severity).min(SHOWN));
    if shown.iter().sum::<usize>() < commands.len() {
        // The notice itself takes a place.
        shown[2] = shown[2].min(SHOWN - 1);
    }
    let more = commands.len() - shown.iter().sum::<usize>();
    let (mut text, mut rest) = (String::new(), String::new());
    for (severity, left) in kinds.into_iter().zip(shown) {
        let here: Vec<&str> =
            commands.iter().filter(|(other, _)| *other == severity).map(|(_, command)| command.as_str()).collect();
        let (first, others) = here.split_at(left);
        text.extend(first.iter().copied());
        rest.extend(others.iter().copied());
    }
    if more > 0 {
        let them = if more == 1 { "it is" } else { "they are" };
        let message =
            format!("{} not shown as annotations; {them} in the log of this step", counted(more, "more finding"));
        text.push_str(&command(Severity::Info, "", "pact", &message));
    }
    text + &rest
}

/// One command, at a place where there is one.
pub(super) fn annotation(severity: Severity, spot: Option<&Spot<'_>>, code: &str, message: &str) -> String {
    let mut place = String::new();
    if let Some(spot) = spot {
        let (start, end) = (spot.start(), spot.end());
        let file = property(&spot.file.path().to_string_lossy());
        let _ = write!(place, "file={file},line={},endLine={},col={},", start.line, end.line, start.column);
    }
    command(severity, &place, &format!("pact {code}"), message)
}

fn command(severity: Severity, place: &str, title: &str, message: &str) -> String {
    let level = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    format!("::{level} {place}title={}::{}\n", property(title), data(message))
}

fn data(text: &str) -> String {
    let safe: String = text
        .replace(sanitize::COMMAND, "#\u{fffd}[")
        .chars()
        .map(|letter| if letter != '\n' && sanitize::is_unsafe(letter) { '\u{fffd}' } else { letter })
        .collect();
    safe.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_github_does_not_show_is_counted_where_it_is_seen() {
        let commands = |errors: usize, notices: usize| {
            let of = |severity: Severity, count: usize| {
                (0..count).map(move |index| (severity, format!("{} {index}\n", severity.name())))
            };
            of(Severity::Info, notices).chain(of(Severity::Error, errors)).collect::<Vec<_>>()
        };
        assert!(!annotations(commands(10, 10)).contains("more finding"));
        let text = annotations(commands(11, 12));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines[0], lines[9], lines[10], lines[18]), ("error 0", "error 9", "info 0", "info 8"));
        assert!(lines[19].contains("title=pact::4 more findings"), "{text}");
        assert_eq!((lines.len(), lines[20], lines[21]), (24, "error 10", "info 9"));
    }
}
