//! Comments that go along with what they are about.

use std::ops::Range;

use super::places::has_place;
use super::rewrite::Rewriter;
use crate::source::Node;

impl<'t> Rewriter<'t> {
    /// The places of the comments in a piece of the old text.
    fn comments_in(&self, bytes: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        let first = self.comments.partition_point(|comment| comment.start < bytes.start);
        self.comments.iter().skip(first).take_while(move |comment| comment.start < bytes.end).cloned()
    }

    /// The comments in a piece of the old text that stay where they are.
    pub(super) fn staying(&self, start: usize, end: usize) -> impl Iterator<Item = &'t str> + use<'_, 't> {
        let places = self.places;
        self.comments_in(start..end)
            .filter(|comment| !self.gone.contains(&comment.start))
            .map(move |comment| places.slice(comment.start, comment.end))
    }

    /// Notes that comments were written elsewhere.
    pub(super) fn carry(&self, bytes: Range<usize>) {
        let starts: Vec<usize> = self.comments_in(bytes).map(|comment| comment.start).collect();
        self.carried.borrow_mut().extend(starts);
    }

    /// The comment beside a value that is written elsewhere, with the blanks before it.
    pub(super) fn beside_value(&self, value: &Node, text: &str) -> String {
        if !has_place(value.span) || value.span.start == value.span.end || text.contains('\n') {
            return String::new();
        }
        let start = value.span.start as usize;
        let end = self.places.end_of(value, start);
        let (line, _) = self.places.line_end(end);
        let Some(comment) = self.comments_in(end..line).next() else { return String::new() };
        if !self.places.slice(end, comment.start).trim().is_empty() {
            return String::new();
        }
        self.carry(comment.clone());
        self.places.slice(end, comment.end).to_owned()
    }

    /// The comments between the key of a value that is written elsewhere and the value: beside the key, and on lines of their
    /// own.
    pub(super) fn between(&self, value: &Node) -> (String, Vec<&'t str>) {
        let key = self.keys.get(&value.span).filter(|_| has_place(value.span));
        let Some(key) = key.filter(|key| key.end <= value.span.start) else { return (String::new(), Vec::new()) };
        let between = key.end as usize..value.span.start as usize;
        let (line, _) = self.places.line_end(between.start);
        self.carry(between.clone());
        let mut beside = String::new();
        let mut others = Vec::new();
        for comment in self.comments_in(between) {
            let text = self.places.slice(comment.start, comment.end);
            if comment.start < line {
                beside = format!(" {text}");
            } else {
                others.push(text);
            }
        }
        (beside, others)
    }

    /// The comments on the lines above the key of a value that is written elsewhere, for a key at a column.
    pub(super) fn above(&self, value: &Node, column: usize) -> String {
        let Some(key) = self.keys.get(&value.span).filter(|_| has_place(value.span)) else { return String::new() };
        let start = key.start as usize;
        if !self.places.begins_line(start) {
            return String::new();
        }
        let place = self.places.column(start);
        let mut first = self.places.line_start(start);
        let mut lines = Vec::new();
        while let Some(end) = first.checked_sub(1) {
            let line = self.places.line_start(end);
            let Some(comment) = self.comments_in(line..end).next() else { break };
            if !self.places.begins_line(comment.start) || self.places.column(comment.start) != place {
                break;
            }
            lines.push(comment);
            first = line;
        }
        if self.places.slice(0, first).trim_start_matches('\u{feff}').is_empty() {
            // The header of the file is about the whole of it.
            return String::new();
        }
        let mut above = String::new();
        for comment in lines.into_iter().rev() {
            above.push_str(self.places.slice(comment.start, comment.end));
            above.push_str(self.newline);
            above.push_str(&" ".repeat(column));
            self.carry(comment);
        }
        above
    }

    /// Takes the comments away that were written elsewhere.
    pub(super) fn leave_carried(&mut self) {
        let mut gone: Vec<Range<usize>> =
            self.comments.iter().filter(|comment| self.gone.contains(&comment.start)).cloned().collect();
        let edits = self.edits.covering();
        gone.retain(|comment| {
            let behind = edits.partition_point(|edit| edit.start < comment.end);
            behind.checked_sub(1).and_then(|index| edits.get(index)).is_none_or(|edit| edit.end <= comment.start)
        });
        for comment in gone {
            if self.places.begins_line(comment.start) {
                self.edits.delete(self.places.line_start(comment.start)..self.places.line_end(comment.end).1);
            } else {
                let before = self.places.slice(0, comment.start).trim_end_matches([' ', '\t']).len();
                self.edits.delete(before..comment.end);
            }
        }
    }
}
