//! What a conversion gives: the new text, and what became of everything that the new format has no word for.

use crate::model::Path;

/// A contract as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The whole text of the file.
    pub text: String,
    /// What is not said as it was, in the order of the text that it came from.
    pub notes: Vec<Note>,
}

/// Something that the new format can't say as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The element that it is about.
    pub element: Path,
    /// What became of it.
    pub outcome: Outcome,
    /// A sentence for people: what it was, and where it is now.
    pub message: String,
}

/// What became of something that the new format has no word for, from harmless to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It is said in other words that mean the same.
    Reworded,
    /// It is kept where tools keep what is their own: pact reads it back, others do not know it.
    Kept,
    /// It is gone.
    Lost,
}

impl Outcome {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Kept => "kept",
            Self::Lost => "lost",
        }
    }
}
