//! Findings to text, one file per format. Renders what it is given; sets no severity and no exit code.

pub mod changes;
mod github;
pub mod human;
mod json;
mod jsonl;
pub mod junit;
mod markdown;
pub mod sanitize;
mod sarif;
pub mod statistics;
mod unified;

use crate::finding::{Finding, Fix, Severity};
use crate::source::{Position, SourceFile, Span};

pub use github::github;
pub use json::{finding_json, json, pretty};
pub use jsonl::{jsonl, tagged};
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::{Explained, Run, sarif};
pub use unified::unified;

/// Findings with their places, ready to be shown.
#[derive(Debug, Default)]
pub struct Report<'a> {
    /// The findings, in the order in which they are shown.
    pub findings: Vec<Located<'a>>,
    /// What was looked at, and what was held back.
    pub summary: Summary,
    /// Where further secrets are, about which nothing is said: no line that is shown repeats one.
    pub secrets: Vec<Spot<'a>>,
}

/// Numbers for the last line.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Findings that an exception holds back, in the configuration or in a comment.
    pub ignored: usize,
    /// Findings that the baseline holds back.
    pub baseline: usize,
}

impl Summary {
    /// How many findings are held back, as a sentence; empty where none are.
    pub fn held_back(self) -> String {
        let parts = [(self.ignored, "accepted"), (self.baseline, "in the baseline")];
        let mut noun = Some("finding");
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, how)| match noun.take() {
                Some(noun) => format!("{} {how}", counted(count, noun)),
                None => format!("{count} {how}"),
            })
            .collect();
        if told.is_empty() { String::new() } else { format!("{}.", told.join(", ")) }
    }
}

/// A finding with the places of its labels.
#[derive(Debug)]
pub struct Located<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The contract, where it is known.
    pub contract: Option<&'a str>,
    /// The element, such as `orders.email`; empty where the finding is about the file.
    pub element: String,
    /// Where.
    pub spot: Spot<'a>,
    /// Other places that belong to it.
    pub related: Vec<Spot<'a>>,
    /// How the text can be mended, where it can.
    pub mend: Option<Mend<'a>>,
}

/// A fix that can be made.
#[derive(Debug, Clone)]
pub struct Mend<'a> {
    /// What it does.
    pub fix: &'a Fix,
    /// Which bytes of the file become which text, in their order; empty where they are not told: finding them out would cost
    /// too much, or they could repeat a secret.
    pub edits: Vec<(Span, String)>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The file.
    pub file: &'a SourceFile,
    /// The place in it.
    pub span: Span,
    /// A few words; may be empty.
    pub note: &'a str,
}

impl Spot<'_> {
    /// Where the place begins.
    pub fn start(&self) -> Position {
        self.file.position(self.span.start)
    }

    /// Where the place ends (behind its last character).
    pub fn end(&self) -> Position {
        self.file.position(self.span.end)
    }

    /// `path:line:column`.
    pub fn address(&self) -> String {
        let start = self.start();
        let path = sanitize::line(&self.file.path().display().to_string());
        // A line of a log that begins with `::` is a command to GitHub.
        let here = if path.trim_start().starts_with("::") { "./" } else { "" };
        format!("{here}{path}:{}:{}", start.line, start.column)
    }
}

impl Report<'_> {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|located| located.finding.severity == severity).count()
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = match noun.strip_suffix('y') {
        Some(stem) if !noun.ends_with("ay") => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {plural}") }
}
