//! Changes as GitHub workflow commands.

use std::fmt::Write as _;

use super::{ChangeReport, Places, command, values, who};
use crate::finding::Severity;
use crate::finding::change::Level;
use crate::report::github::{annotation, github as problems};

/// One command for each verdict and change, worst first, since GitHub shows the first ten of a step only. What asks for
/// nothing and hits nobody is left out: an annotation asks for attention.
pub fn github(report: &ChangeReport<'_>) -> String {
    let mut commands: Vec<(Severity, String)> = Vec::new();
    for placed in &report.contracts {
        for remark in placed.diff.verdict.iter().flat_map(|verdict| &verdict.remarks) {
            let help = remark.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let message = format!("{}: {}{help}", placed.diff.name, remark.message);
            let text = annotation(command(remark.severity), placed.version.as_ref(), remark.meta.code, &message);
            commands.push((remark.severity, text));
        }
        for (change, places) in placed.changes() {
            let level = placed.diff.level(change);
            if !change.stands() || level == Level::None && change.affects.is_empty() {
                continue;
            }
            let severity = match level {
                _ if change.forbidden && placed.diff.is_gated() => Severity::Error,
                Level::Major => Severity::Warning,
                _ => Severity::Info,
            };
            let mut message = format!("{} {}", level.name(), change.element());
            if let Some(values) = values(change) {
                let _ = write!(message, ": {values}");
            }
            let _ = write!(message, "\n{}", change.meta.why);
            for affected in &change.affects {
                let _ = write!(message, "\nhits {}", who(affected));
            }
            let Places { base, head } = places;
            let text = annotation(command(severity), head.as_ref().or(base.as_ref()), change.meta.code, &message);
            commands.push((severity, text));
        }
    }
    commands.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    let mut text = problems(&report.problems);
    text.push_str(&problems(&report.exceptions));
    text.extend(commands.into_iter().map(|(_, command)| command));
    text
}
