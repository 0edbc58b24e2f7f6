//! What a repository decides about findings: which rules speak, how loud, and what is accepted for a time: exceptions with a
//! reason and an expiry date, in the configuration and in the files themselves, and a baseline.

mod baseline;
mod codes;
mod comments;
mod exceptions;
mod globs;
mod judge;
mod selection;
mod selector;
mod spelling;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use jiff::civil::Date;

use super::change::Level;
use super::{RuleMeta, Severity};
use crate::source::Span;

pub use baseline::{Baseline, Entry, Left};
pub use codes::{Codes, Configurable};
pub use comments::Comments;
pub use exceptions::{Compared, RULES};
pub use globs::Globs;
pub use judge::{Held, Judge, OfDocument, Seen};
pub use selection::{Override, Selection};
pub use selector::Selector;
pub use table::{Selected, Table};

use selection::Layers;

/// The decisions of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Which rules speak, and the levels of rules and kinds of change.
    pub selection: Selection,
    /// The same for some files or contracts; the last that fits counts most.
    pub overrides: Vec<Override>,
    /// Accepted exceptions.
    pub ignores: Vec<Ignore>,
}

/// What a repository sets for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Nothing is said about it.
    Off,
    /// How bad a finding is. A kind of change that is an error fails the run whatever the version says.
    Severity(Severity),
    /// What a kind of change asks of the version.
    Level(Level),
}

impl Setting {
    /// The setting of a word of the configuration.
    pub fn from_name(name: &str) -> Option<Self> {
        let level = [Level::None, Level::Patch, Level::Minor, Level::Major].into_iter();
        match name {
            "off" => Some(Self::Off),
            name => Severity::from_name(name)
                .map(Self::Severity)
                .or_else(|| level.map(Self::Level).find(|level| level.name() == name)),
        }
    }

    /// The word of the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Severity(severity) => severity.name(),
            Self::Level(level) => level.name(),
        }
    }
}

/// An accepted exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The rule.
    pub code: String,
    /// The contract; `None` means every contract.
    pub contract: Option<String>,
    /// The element, such as `orders.email`; `None` means every element.
    pub path: Option<String>,
    /// The change with its values, as `pact diff` names it; `None` means every change of that code.
    pub fingerprint: Option<String>,
    /// Who accepted it.
    pub approved_by: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Where it stands in the configuration.
    pub span: Span,
}

/// What an exception may be about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The contract.
    pub contract: String,
    /// The element, as text.
    pub element: String,
    /// The fingerprint of a change; a finding has none.
    pub fingerprint: Option<String>,
}

impl Policy {
    /// What the repository sets for the code of a kind of change, or of what is said about a version; `None` where it says
    /// nothing.
    pub fn setting(&self, code: &str) -> Option<Setting> {
        let is_named = |selector: &Selector| matches!(selector, Selector::Code(known) if known == code);
        self.selection.levels.iter().rev().find(|(selector, _)| is_named(selector)).map(|(_, setting)| *setting)
    }

    /// Whether a rule speaks, whatever the file.
    fn speaks(&self, rule: &RuleMeta) -> bool {
        self.everywhere().speaks(rule, std::iter::empty())
    }

    /// The severity that is set for a rule, whatever the file.
    fn severity(&self, rule: &RuleMeta) -> Option<Severity> {
        self.everywhere().severity(rule, std::iter::empty())
    }

    fn everywhere(&self) -> Layers<'_> {
        static NOTHING: Selection =
            Selection { select: None, extend_select: Vec::new(), ignore: Vec::new(), levels: Vec::new() };
        Layers { base: &self.selection, asked: &NOTHING }
    }

    /// The exception that fits a code and a subject, whether it has expired or not, with its position.
    pub fn ignore(&self, code: &str, subject: impl FnOnce() -> Subject) -> Option<(usize, &Ignore)> {
        if !self.ignores.iter().any(|ignore| ignore.code == code) {
            return None;
        }
        let subject = subject();
        let fits = |ignore: &Ignore| {
            ignore.code == code
                && ignore.contract.as_ref().is_none_or(|name| *name == subject.contract)
                && ignore.path.as_ref().is_none_or(|wanted| *wanted == subject.element)
                && (ignore.fingerprint.is_none() || ignore.fingerprint == subject.fingerprint)
        };
        // An exception that still holds comes before an expired one for the same thing.
        let fitting = self.ignores.iter().enumerate().filter(|(_, ignore)| fits(ignore));
        fitting.max_by_key(|(_, ignore)| ignore.until)
    }
}
