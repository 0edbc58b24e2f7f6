//! Changes as entries for a changelog (<https://keepachangelog.com/en/1.1.0/>), a section for each contract.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{ChangeReport, Placed, called, sanitize, values};
use crate::finding::change::{Change, Level};

/// What happened, as Keep a Changelog sorts it.
const KINDS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// An entry for each contract under its name, worst first in each group. What asks for nothing and hits nobody is left out.
/// `today` is the day of the entries.
pub fn changelog(report: &ChangeReport<'_>, today: Date) -> String {
    let entries = report.contracts.iter().filter_map(|placed| {
        let entry = entry(placed, today)?;
        Some(format!("# {}\n\n{entry}", sanitize::markdown(&placed.diff.name)))
    });
    entries.collect::<Vec<_>>().join("\n")
}

/// The entry of one contract, under the version that it has or, where that is too low, ought to have. `None` where there is
/// nothing to tell.
fn entry(placed: &Placed<'_>, today: Date) -> Option<String> {
    let worth: Vec<&Change> = placed
        .changes()
        .into_iter()
        .map(|(change, _)| change)
        .filter(|change| placed.diff.level(change) > Level::None || !change.affects.is_empty())
        .collect();
    if worth.is_empty() {
        return None;
    }
    let verdict = placed.diff.verdict.as_ref();
    let version = verdict.and_then(|verdict| verdict.write.as_ref().or(verdict.head.as_ref()));
    let mut text = match version {
        Some(version) => format!("## [{version}] - {today}\n"),
        None => "## [Unreleased]\n".to_owned(),
    };
    for kind in KINDS {
        let here: Vec<&&Change> = worth.iter().filter(|change| self::kind(change) == kind).collect();
        if !here.is_empty() {
            let _ = writeln!(text, "\n### {kind}\n");
        }
        for change in here {
            text.push_str(&item(placed, change));
        }
    }
    Some(text)
}

/// The group of a change, by the words of its code.
fn kind(change: &Change) -> &'static str {
    let words: Vec<&str> = change.meta.code.split('-').collect();
    let has = |word: &str| words.contains(&word);
    let [added, changed, deprecated, removed] = KINDS;
    if has("deprecated") || has("deprecation") {
        deprecated
    } else if has("added") && change.base.value.is_none() {
        added
    } else if has("removed") && change.head.value.is_none() {
        removed
    } else {
        changed
    }
}

fn item(placed: &Placed<'_>, change: &Change) -> String {
    let breaking = if placed.diff.level(change) == Level::Major { "**Breaking:** " } else { "" };
    let element = sanitize::markdown(&called(change));
    let mut text = format!("- {breaking}{element}: {}", sanitize::markdown(change.meta.what));
    if let Some(values) = values(change) {
        let _ = write!(text, " ({})", sanitize::markdown(&values));
    }
    let mut teams: Vec<String> =
        change.affects.iter().filter_map(|one| one.team.as_deref()).map(sanitize::markdown).collect();
    teams.sort_unstable();
    teams.dedup();
    if !teams.is_empty() {
        let _ = write!(text, "; hits {}", teams.join(", "));
    }
    text.push('\n');
    text
}
