//! Comments that would be gone with what they stood in: they get lines of their own, at the nearest place.

use std::ops::Range;

use super::comments::{comments as all, missing, scalars};
use super::places::Places;
use super::{Edits, Shifts};
use crate::source::{Node, Span, parse};

/// A changed text with all comments of the old one that a place is found for, and the places of the others in the old text.
/// `tree` is what the changed text means.
pub(super) fn comments(
    old: &str,
    of_old: &[Range<usize>],
    new: String,
    tree: &Node,
    shifts: &Shifts,
) -> (String, Vec<Range<usize>>) {
    let gone = missing(old, of_old, &new, &all(&new, tree));
    if gone.is_empty() {
        return (new, gone);
    }
    let scalars = scalars(tree);
    let mut edits = Edits::default();
    let mut lost = Vec::new();
    for comment in gone {
        let text = old.get(comment.clone()).unwrap_or("");
        match shifts.of(comment.start).and_then(|at| place(&new, at, &scalars)) {
            Some(at) => edits.insert(at, line(&new, at, text)),
            None => lost.push(comment),
        }
    }
    let with = edits.apply(&new, 0..new.len()).ok().map(|(text, _)| text);
    if let Some(text) = with.filter(|text| parse(text).is_ok_and(|with| with.is_same(tree))) {
        return (text, lost);
    }
    let lost = missing(old, of_old, &new, &all(&new, tree));
    (new, lost)
}

/// The beginning of the line at a place, or of the first one behind it on which something begins.
fn place(text: &str, at: usize, scalars: &[Span]) -> Option<usize> {
    let places = Places { text };
    let mut line = places.line_start(at);
    loop {
        // No comment can stand in a text of several lines.
        let before = scalars.partition_point(|span| (span.start as usize) < line).checked_sub(1);
        let inside = before.and_then(|index| scalars.get(index)).filter(|span| span.end as usize > line);
        if let Some(span) = inside {
            let (_, next) = places.line_end(span.end as usize - 1);
            line = next.max(line + 1);
            if line >= text.len() {
                return Some(text.len());
            }
            continue;
        }
        let (end, next) = places.line_end(line);
        if next >= text.len() || !places.slice(line, end).trim().is_empty() {
            return Some(line.min(text.len()));
        }
        line = next;
    }
}

/// A comment as a line before a place, which begins a line or ends the text.
fn line(text: &str, at: usize, comment: &str) -> String {
    let places = Places { text };
    let newline = places.newline();
    if at == text.len() && !text.is_empty() && !text.ends_with('\n') {
        return format!("{newline}{comment}");
    }
    let (end, _) = places.line_end(at);
    let line = places.slice(at, end);
    let indent = line.len() - line.trim_start_matches(' ').len();
    format!("{}{comment}{newline}", " ".repeat(indent))
}
