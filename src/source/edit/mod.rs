//! Changes of a text that leave every other byte alone: comments, order, quoting, line ends, and keys that nobody knows.
//!
//! [`Edits`] are changes by byte offsets. [`rewrite`] finds them: it is given the tree of a text and the tree that the text
//! shall have, in which everything that stays still has its place ([`Span`](super::Span)), and what is new has none. Nodes and
//! entries may be renamed, replaced, removed, added and moved. What comes out is parsed again and held against the tree that
//! was asked for, so that a text is changed rightly or not at all.

mod block;
mod flow;
mod moved;
mod places;
mod rewrite;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

pub use rewrite::rewrite;

/// Why a text can't be changed by edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Two edits change the same bytes.
    Overlap,
    /// The result would mean something else than what was asked for: of what an anchor names only one use was to change, most
    /// often.
    OtherMeaning,
}

impl Refused {
    /// The reason as the end of a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Overlap => "two changes meet at one place of the text",
            Self::OtherMeaning => "an anchor, a merge key or an unusual notation stands where the text has to change",
        }
    }
}

/// Changes of one text, by byte offsets into it. They are applied together.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Puts a text in the place of some bytes.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Puts a text before the byte at an offset. Of several at one offset the first comes first.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes some bytes away.
    pub fn delete(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Whether an edit changes some of these bytes.
    fn touches(&self, bytes: Range<usize>) -> bool {
        self.edits.iter().any(|(range, _)| range.start < bytes.end && range.end > bytes.start)
    }

    /// The changed text of a part of the whole, to which the edits have to belong.
    ///
    /// # Errors
    ///
    /// Two edits overlap, or one lies outside the part or within a character.
    pub fn apply(mut self, text: &str, part: Range<usize>) -> Result<String, Refused> {
        // The sort is stable: insertions at one place keep their order, and come before what is replaced from there on.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut new = String::with_capacity(part.len());
        let mut done = part.start;
        for (range, replacement) in &self.edits {
            if range.start < done || range.end > part.end {
                return Err(Refused::Overlap);
            }
            new.push_str(text.get(done..range.start).ok_or(Refused::Overlap)?);
            new.push_str(replacement);
            done = range.end;
        }
        new.push_str(text.get(done..part.end).ok_or(Refused::Overlap)?);
        Ok(new)
    }
}
