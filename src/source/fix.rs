//! How a text can be mended, as far as whoever found the mistake knows that.

use super::Span;
use crate::model::{Literal, Path};

/// A place in a document: an element of the model (whoever has the text finds its span), or a span of the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An element of the contract.
    Element(Path),
    /// A span of the text: of a key, or of a value.
    Span(Span),
    /// A part of the text that an element of the contract has for its value, by bytes of that value.
    Within(Path, Span),
}

impl Place {
    /// The element, where it is known.
    pub fn element(&self) -> Option<&Path> {
        match self {
            Self::Element(path) | Self::Within(path, _) => Some(path),
            Self::Span(_) => None,
        }
    }
}

/// A change of the text that takes the cause of a finding away.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a sentence without its end: "rename `nulable` to `nullable`".
    pub title: String,
    /// Whether the right answer is certain: the contract means what its author meant, and no promise changes silently. What is
    /// not safe is applied only where somebody asks for it.
    pub is_safe: bool,
    /// The changes, in any order; they are applied together or not at all.
    pub edits: Vec<Edit>,
}

/// One change of a text. Every place lies in the document of the finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The bytes of the span become this text, as it is. For what no tree has: comments, blanks, quotes.
    Bytes(Span, String),
    /// The value at the place becomes this one; it is quoted as the old one was, where it needs to be.
    Value(Place, Literal),
    /// The number or boolean at the place becomes the text of the letters that stand there, with these behind them.
    Quote(Place, &'static str),
    /// The key of the place gets another name. The place is that of the key itself, or of its value.
    Rename(Place, String),
    /// The entry or the item at the place goes, with everything below it.
    Remove(Place),
    /// A key gets a value in the mapping at the place: for the one that it has, or behind all others.
    Insert(Place, String, Literal),
    /// The entry at the first place, key and value, goes into the mapping at the second one.
    Move(Place, Place),
    /// The entry at the first place goes into a new mapping, which comes under the key into the mapping at the second one.
    MoveBelow(Place, Place, String),
}

impl Edit {
    /// A key of an element gets a value.
    pub fn set(element: Path, key: &str, value: impl Into<Literal>) -> Self {
        Self::Insert(Place::Element(element), key.to_owned(), value.into())
    }
}

impl Fix {
    /// A fix whose answer is certain.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), is_safe: true, edits }
    }

    /// A fix that somebody has to look at: it may change a promise, or guesses what was meant.
    pub fn guess(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), is_safe: false, edits }
    }
}
