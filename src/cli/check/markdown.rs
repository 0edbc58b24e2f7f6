//! Results as Markdown, for the summary of a job.

use std::fmt::Write as _;

use super::{Run, human};
use crate::check::Verdict;
use crate::report::sanitize::markdown as safe;

/// Rows beyond this many are counted: a summary has its limits.
const MOST_ROWS: usize = 200;

/// A table with what deserves attention, and the counts.
pub(super) fn markdown(run: &Run<'_>) -> String {
    let mut text = "### pact check\n\n".to_owned();
    let mut rows = Vec::new();
    for checked in &run.checked {
        for result in &checked.outcome.results {
            if matches!(result.verdict, Verdict::Omit | Verdict::Pass) {
                continue;
            }
            let whose = result.consumer.as_deref().map_or_else(String::new, |team| format!(" (by {})", safe(team)));
            rows.push(format!(
                "| {} | {} | {} | {} | {}{whose} | {} | {} |\n",
                safe(result.verdict.name()),
                safe(&checked.contract.name),
                result.kind.name(),
                safe(&result.element.to_string()),
                safe(&result.expected),
                safe(&result.actual),
                safe(&result.affected.join(", ")),
            ));
        }
    }
    if !rows.is_empty() {
        text.push_str("| | contract | check | element | expected | found | affects |\n|---|---|---|---|---|---|---|\n");
        text.extend(rows.iter().take(MOST_ROWS).map(String::as_str));
        if rows.len() > MOST_ROWS {
            let _ = writeln!(text, "\n{} more are not shown.", rows.len() - MOST_ROWS);
        }
        text.push('\n');
    }
    for unchecked in &run.unchecked {
        let _ = writeln!(text, "- {}: not checked, {}", safe(&unchecked.name), safe(&unchecked.reason));
    }
    if !run.unchecked.is_empty() {
        text.push('\n');
    }
    text.push_str(&human::summary(run));
    text
}
