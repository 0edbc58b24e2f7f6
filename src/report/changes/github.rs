//! Changes as GitHub workflow commands.

use std::fmt::Write as _;

use super::{ChangeReport, Places, called, hits, severity, values};
use crate::finding::change::Level;
use crate::report::github::{annotation, annotations, commands as problems};

/// One command for each verdict and change, worst first, since GitHub shows the first ten of each kind. What asks for
/// nothing and hits nobody is left out: an annotation asks for attention.
pub fn github(report: &ChangeReport<'_>) -> String {
    let mut commands = problems(&report.problems);
    for placed in &report.contracts {
        for remark in placed.diff.verdict.iter().flat_map(|verdict| &verdict.remarks) {
            let help = remark.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let message = format!("{}: {}{help}", placed.diff.name, remark.message);
            let text = annotation(remark.severity, placed.version.as_ref(), remark.meta.code, &message);
            commands.push((remark.severity, text));
        }
        for (change, places) in placed.changes() {
            let level = placed.diff.level(change);
            if !change.stands() || level == Level::None && change.affects.is_empty() {
                continue;
            }
            let severity = severity(placed.diff, change);
            let mut message = format!("{} {}", level.name(), called(change));
            if let Some(values) = values(change) {
                let _ = write!(message, ": {values}");
            }
            let _ = write!(message, "\n{}", change.meta.why);
            if let Some(witness) = &change.witness {
                let _ = write!(message, "\nfor example: {witness}");
            }
            for hit in hits(change) {
                let _ = write!(message, "\nhits {hit}");
            }
            if let Some(help) = &change.help {
                let _ = write!(message, "\n{help}");
            }
            let Places { base, head } = places;
            let text = annotation(severity, head.as_ref().or(base.as_ref()), change.meta.code, &message);
            commands.push((severity, text));
        }
    }
    commands.extend(problems(&report.exceptions));
    annotations(commands)
}
