//! What pact has to say about a contract: findings, their places, the rules they come from, and the policy that a
//! repository sets over them.

pub mod change;
mod fingerprint;
pub mod policy;
mod rule;

use crate::model::{Path, SourceId};
pub use crate::source::fix::{Edit, Fix, Place};
use crate::source::{Problem, Span};
pub use fingerprint::fingerprint;
pub use rule::{FixKind, Group, RuleMeta};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Worth mending; does not fail a run by default.
    Warning,
    /// Fails the run.
    Error,
}

impl Severity {
    /// The name in output and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "info" => Self::Info,
            "warning" => Self::Warning,
            "error" => Self::Error,
            _ => return None,
        })
    }
}

/// One thing that is wrong, or worth knowing, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's code, such as `duplicate-field`.
    pub code: &'static str,
    /// How bad it is. A rule gives its default; the policy may change it.
    pub severity: Severity,
    /// One sentence that says what is wrong.
    pub message: String,
    /// Where.
    pub label: Label,
    /// Other places that belong to it, such as the first of two definitions.
    pub related: Vec<Label>,
    /// What to do now.
    pub help: Option<String>,
    /// Whether the text at the label is a secret, which no report may show.
    pub is_secret: bool,
    /// How the text can be mended, where that is known.
    pub fix: Option<Box<Fix>>,
}

impl Finding {
    /// A finding of a rule, with the rule's default severity.
    pub fn new(rule: &RuleMeta, label: Label, message: impl Into<String>) -> Self {
        Self {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            label,
            related: Vec::new(),
            help: None,
            is_secret: false,
            fix: None,
        }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding about a secret: reports hide the text at its label.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// The same finding with a way to mend the text.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// The same finding with one more place.
    #[must_use]
    pub fn related(mut self, label: Label) -> Self {
        self.related.push(label);
        self
    }

    /// A problem of a text as a finding. Such problems are always errors: there is no model without them mended.
    pub fn from_problem(source: SourceId, problem: Problem) -> Self {
        let label = |span| Label { source, place: Place::Span(span), note: String::new() };
        Self {
            code: problem.code,
            severity: Severity::Error,
            message: problem.message,
            label: label(problem.span),
            related: problem.also.into_iter().map(label).collect(),
            help: problem.help,
            is_secret: problem.is_secret,
            fix: problem.fix,
        }
    }
}

/// A place, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The document.
    pub source: SourceId,
    /// The place in it.
    pub place: Place,
    /// A few words at the place; may be empty.
    pub note: String,
}

impl Label {
    /// An element of a document.
    pub fn at(source: SourceId, path: Path) -> Self {
        Self { source, place: Place::Element(path), note: String::new() }
    }

    /// A part of the text that an element has for its value, by bytes of that value.
    pub fn within(source: SourceId, path: Path, part: std::ops::Range<usize>) -> Self {
        let place = Place::Within(path, Span::new(part.start, part.end));
        Self { source, place, note: String::new() }
    }

    /// The same label with a few words.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}
