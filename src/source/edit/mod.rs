//! Changes of a text that leave every other byte alone: comments, order, quoting, line ends, and keys that nobody knows.
//!
//! [`Edits`] are changes by byte offsets. [`rewrite`] finds them: it is given the tree of a text and the tree that the text
//! shall have, in which everything that stays still has its place ([`Span`](super::Span)), and what is new has none. Nodes and
//! entries may be renamed, replaced, removed, added and moved. What comes out is parsed again and held against the tree that
//! was asked for, so that a text is changed rightly or not at all.

mod block;
mod carry;
mod comments;
mod flow;
#[cfg(test)]
mod laws;
mod moved;
mod places;
mod rescue;
mod rewrite;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

pub use comments::comments;
pub use rewrite::{Rewritten, rewrite};

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

    /// What comes in the place of which bytes, in the order in which it is applied.
    fn sorted(mut self) -> Vec<(Range<usize>, String)> {
        // The sort is stable: insertions at one place keep their order, and come before what is replaced from there on.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        self.edits
    }

    /// The bytes that are replaced, in their order.
    fn covering(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = self.edits.iter().map(|(range, _)| range.clone()).collect();
        ranges.retain(|range| !range.is_empty());
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges
    }

    /// The changed text of a part of the whole, to which the edits have to belong, and where its parts are now.
    ///
    /// # Errors
    ///
    /// Two edits overlap, or one lies outside the part or within a character.
    pub fn apply(self, text: &str, part: Range<usize>) -> Result<(String, Shifts), Refused> {
        let mut new = String::with_capacity(part.len());
        let mut done = part.start;
        let mut shifts = Vec::new();
        for (range, replacement) in &self.sorted() {
            if range.start < done || range.end > part.end {
                return Err(Refused::Overlap);
            }
            new.push_str(text.get(done..range.start).ok_or(Refused::Overlap)?);
            shifts.push((range.clone(), new.len()));
            new.push_str(replacement);
            done = range.end;
        }
        new.push_str(text.get(done..part.end).ok_or(Refused::Overlap)?);
        let ends = (part.end, new.len());
        Ok((new, Shifts { edits: shifts, ends }))
    }
}

/// Where the parts of a text are after edits.
#[derive(Debug, Clone, Default)]
pub struct Shifts {
    /// The bytes that were replaced, and where in the new text their place begins.
    edits: Vec<(Range<usize>, usize)>,
    /// Where the old text ends, and where the new one does.
    ends: (usize, usize),
}

impl Shifts {
    /// Where the edit stands in the new text that replaced an old byte; none where nothing replaced it.
    fn of(&self, at: usize) -> Option<usize> {
        let behind = self.edits.partition_point(|(range, _)| range.start <= at);
        let (range, new) = self.edits.get(behind.checked_sub(1)?)?;
        range.contains(&at).then_some(*new)
    }

    /// Where an old place is in the new text, behind what was written there; a place within bytes that were replaced is at the
    /// end of what replaced them.
    pub fn behind(&self, at: usize) -> usize {
        // What no edit changes has its distance to the next edit.
        let next = self.edits.partition_point(|(range, _)| range.start < at || range.start == at && range.is_empty());
        let inside = next.checked_sub(1).and_then(|last| self.edits.get(last)).map_or(0, |(range, _)| range.end);
        let (old, new) = self.edits.get(next).map_or(self.ends, |(range, new)| (range.start, *new));
        new.saturating_sub(old.saturating_sub(at.max(inside)))
    }
}
