//! The history of a contract's meaning, as text and as JSON (`pact.log/1`, see `docs/output.md`).

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::{Placed, sanitize, values};
use crate::finding::change::{Change, ContractDiff, Level, Verdict};
use crate::report::human::Style;

/// What one commit, or the work tree, made of a contract.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The commit; `None` for what is not committed.
    pub commit: Option<Commit>,
    /// The changes that are shown, and the versions.
    pub diff: &'a ContractDiff,
    /// The changes that are asked for, worst first.
    pub changes: Vec<&'a Change>,
    /// The fingerprints of changes that were accepted.
    pub accepted: &'a [String],
    /// Whether nothing is shown of what was before, and why.
    pub beginning: Option<Beginning>,
}

/// Why nothing is shown of what was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// There was nothing.
    Known,
    /// The clone does not hold it.
    Unknown,
}

/// A commit as it is shown.
#[derive(Debug, Clone)]
pub struct Commit {
    /// All digits of its id.
    pub id: String,
    /// The shortest id.
    pub short: String,
    /// Who made it.
    pub author: String,
    /// When, as RFC 3339.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
}

impl Commit {
    /// The day on which it was made (UTC).
    pub fn day(&self) -> &str {
        self.date.split('T').next().unwrap_or_default()
    }
}

/// A paragraph for each entry: the commit with the versions, and a line for each change.
pub fn past(entries: &[Entry<'_>], style: Style) -> String {
    let mut text = String::new();
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let placed = Placed { diff: entry.diff, version: None, places: Vec::new() };
        let (id, made, subject) = match &entry.commit {
            Some(commit) => {
                (commit.short.as_str(), format!("{}  {}", commit.day(), commit.author), commit.subject.as_str())
            }
            None => ("not committed", String::new(), ""),
        };
        let id = super::human::paint(id, anstyle::AnsiColor::Yellow, style);
        let versions = match (entry.beginning, entry.diff.verdict.as_ref().and_then(Verdict::head_text)) {
            (Some(Beginning::Unknown), Some(version)) => format!("history ends here, at {version}"),
            _ => placed.versions(),
        };
        let head = [id, sanitize::line(&made), versions, sanitize::line(subject)];
        let head: Vec<String> = head.into_iter().filter(|part| !part.is_empty()).collect();
        let _ = writeln!(text, "{}", head.join("  "));
        for change in &entry.changes {
            let accepted = if entry.is_accepted(change) { "  (accepted)" } else { "" };
            let _ = writeln!(text, "    {}{accepted}", line(entry.diff.level(change), change));
        }
        if let Some(verdict) = entry.diff.verdict.as_ref().filter(|verdict| verdict.fails()) {
            for remark in &verdict.remarks {
                let _ = writeln!(text, "    {}[{}]: {}", remark.severity.name(), remark.meta.code, remark.message);
            }
        }
    }
    text
}

fn line(level: Level, change: &Change) -> String {
    let element = sanitize::line(&change.element());
    let parts = [Some(change.meta.code.to_owned()), Some(element).filter(|text| !text.is_empty()), values(change)];
    format!("{:5}  {}", level.name(), parts.into_iter().flatten().collect::<Vec<_>>().join("  "))
}

impl Entry<'_> {
    fn is_accepted(&self, change: &Change) -> bool {
        !self.accepted.is_empty() && self.accepted.contains(&change.fingerprint())
    }

    fn json(&self) -> Json {
        let verdict = self.diff.verdict.as_ref();
        let changes: Vec<Json> = self
            .changes
            .iter()
            .map(|change| {
                json!({
                    "code": change.meta.code,
                    "path": change.element(),
                    "level": self.diff.level(change).name(),
                    "levels": { "reader": change.levels.reader.name(), "writer": change.levels.writer.name() },
                    "base": change.base.value.as_ref().map(ToString::to_string),
                    "head": change.head.value.as_ref().map(ToString::to_string),
                    "fingerprint": change.fingerprint(),
                    "accepted": self.is_accepted(change),
                })
            })
            .collect();
        json!({
            "commit": self.commit.as_ref().map(commit_json),
            "base_version": verdict.and_then(Verdict::base_text),
            "head_version": verdict.and_then(Verdict::head_text),
            "declared": verdict.map(|verdict| verdict.declared.name()),
            "required": verdict.map(|verdict| verdict.required.name()),
            "boundary": self.beginning == Some(Beginning::Unknown),
            "changes": changes,
        })
    }
}

/// The entries as JSON.
pub fn past_json(element: &str, entries: &[Entry<'_>]) -> Json {
    let entries: Vec<Json> = entries.iter().map(Entry::json).collect();
    json!({ "format": "pact.log/1", "element": element, "entries": entries })
}

/// The entries as JSON, each on a line of its own that says what it is.
pub fn past_json_lines(element: &str, entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    for entry in entries {
        let mut line = json!({ "format": "pact.log-entry/1", "element": element });
        if let (Some(line), Json::Object(more)) = (line.as_object_mut(), entry.json()) {
            line.extend(more);
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

/// A commit as JSON.
pub fn commit_json(commit: &Commit) -> Json {
    json!({
        "id": commit.id,
        "author": commit.author,
        "date": commit.date,
        "subject": commit.subject,
    })
}
