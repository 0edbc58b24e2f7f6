//! Which fixes are made together: those that are about different parts of the text.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::Unmended;
use super::changes::{Changes, Id};
use super::resolve::{Resolved, Resolver};
use crate::source::fix::Fix;

/// Fixes that can be made together.
pub(super) struct Chosen {
    /// The findings that they belong to.
    pub(super) findings: Vec<usize>,
    /// Fixes that can't be made at all.
    pub(super) refused: Vec<(usize, Unmended)>,
    /// The text with all that were chosen.
    pub(super) text: Result<Changed, Unmended>,
}

/// A text in which fixes were made.
pub(super) struct Changed {
    pub(super) text: String,
    /// What stands under another key than before, in the order of the text.
    pub(super) opened: Vec<Range<usize>>,
}

/// Chooses the first fixes that don't meet each other, up to a number. The others wait for the next round.
pub(super) fn choose(resolver: &Resolver<'_>, wanted: &[(usize, &Fix)], most: usize) -> Chosen {
    let index = resolver.index();
    let mut taken = Taken::default();
    let (mut chosen, mut refused) = (Vec::new(), Vec::new());
    let (mut changes, mut bytes, mut opened) = (Changes::default(), Vec::new(), Vec::new());
    for (finding, fix) in wanted {
        if chosen.len() == most.max(1) {
            break;
        }
        match resolver.resolve(fix, &index) {
            Ok(found) if taken.takes(&found) => {
                chosen.push(*finding);
                changes.extend(found.changes);
                bytes.extend(found.bytes);
                opened.extend(found.opened);
            }
            Ok(_) => {}
            Err(reason) => refused.push((*finding, reason)),
        }
    }
    let text = resolver.changed(&changes, bytes).map(|(text, shifts)| {
        let now = opened.into_iter().map(|old| shifts.behind(old.start)..shifts.behind(old.end));
        Changed { text, opened: now.collect() }
    });
    Chosen { findings: chosen, refused, text }
}

/// The parts of a text that fixes are about.
#[derive(Default)]
struct Taken {
    /// Where they end, by where they begin.
    parts: BTreeMap<usize, usize>,
    added: HashSet<(Id, String)>,
}

impl Taken {
    /// Takes the parts of a fix, unless one of them is taken.
    fn takes(&mut self, fix: &Resolved) -> bool {
        if fix.parts.iter().any(|part| self.meets(part)) || fix.added.iter().any(|key| self.added.contains(key)) {
            return false;
        }
        for part in &fix.parts {
            let end = self.parts.entry(part.start).or_insert(part.end);
            *end = part.end.max(*end);
        }
        self.added.extend(fix.added.iter().cloned());
        true
    }

    /// Whether a part shares bytes with one that is taken; something new in one place is a part without bytes.
    fn meets(&self, part: &Range<usize>) -> bool {
        // Parts that are taken don't overlap, so that the last one that begins before the end is the one that may.
        if part.is_empty() {
            let last = self.parts.range(..=part.end).next_back();
            last.is_some_and(|(start, end)| *start == part.start || part.start < *end)
        } else {
            let last = self.parts.range(..part.end).next_back();
            last.is_some_and(|(start, end)| part.start <= *start || part.start < *end)
        }
    }
}
