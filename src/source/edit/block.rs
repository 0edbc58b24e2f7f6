//! Changes of collections in block style: whole lines come and go.

use std::collections::{HashMap, HashSet, VecDeque};

use super::places::{has_place, is_within};
use super::rewrite::{Addition, Place, Rewriter};
use crate::source::{Entry, Node, Span};

/// A part of a collection.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Its key or dash.
    start: usize,
    /// What stands between its key and its value: comments, most often.
    between: (usize, usize),
    /// Where it ends.
    end: usize,
}

impl<'t> Rewriter<'t> {
    pub(super) fn block_map(&mut self, old: &'t Node, new: &Node) {
        let own: Vec<&'t Entry> = old.entries().iter().filter(|entry| is_within(entry.key_span, old)).collect();
        let merged: HashSet<Span> =
            old.entries().iter().filter(|entry| !is_within(entry.key_span, old)).map(|entry| entry.key_span).collect();
        let index: HashMap<Span, usize> =
            own.iter().enumerate().map(|(index, entry)| (entry.key_span, index)).collect();
        let Some(first) = own.first() else { return };
        let column = self.places.column(first.key_span.start as usize);
        let mut kept = vec![false; own.len()];
        let mut additions = Vec::new();
        let mut behind = None;
        for entry in new.entries() {
            match index.get(&entry.key_span).and_then(|index| Some((*index, own.get(*index)?))) {
                Some((index, before)) => {
                    if let Some(kept) = kept.get_mut(index) {
                        *kept = true;
                    }
                    behind = Some(index);
                    self.rename(before, &entry.key);
                    let after = self.places.after_key(before);
                    self.value(&before.value, &entry.value, Place { after, column: Some(column), in_flow: false });
                }
                None if merged.contains(&entry.key_span) => {}
                None => additions.push(Addition { behind, key: Some(&entry.key), value: &entry.value }),
            }
        }
        let part = |entry: &&Entry| {
            let after = self.places.after_key(entry);
            let end = self.places.end_of(&entry.value, after);
            let value = (entry.value.span.start as usize).clamp(after, end);
            // The text of a block begins behind its first line, which may be a comment for all that is known.
            let has_between = !entry.value.entries().is_empty() || !entry.value.items().is_empty();
            let between = if has_between { (after, value) } else { (after, after) };
            Part { start: entry.key_span.start as usize, between, end }
        };
        let parts: Vec<Part> = own.iter().map(part).collect();
        self.remove_lines(&parts, &kept, column);
        self.add_lines(&parts, &kept, &additions, column);
    }

    pub(super) fn block_list(&mut self, old: &'t Node, new: &Node, place: Place) {
        let mut parts = Vec::with_capacity(old.items().len());
        let mut after = place.after;
        for item in old.items() {
            let Some(dash) = self.places.dash(after) else {
                self.refused = Some(super::Refused::OtherMeaning);
                return;
            };
            after = self.places.end_of(item, dash + 1).max(dash + 1);
            parts.push(Part { start: dash, between: (dash, dash), end: after });
        }
        let Some(column) = parts.first().map(|part| self.places.column(part.start)) else { return };
        let mut index: HashMap<Span, VecDeque<usize>> = HashMap::new();
        for (position, item) in old.items().iter().enumerate() {
            index.entry(item.span).or_default().push_back(position);
        }
        let mut kept = vec![false; parts.len()];
        let mut additions = Vec::new();
        let mut behind = None;
        for item in new.items() {
            let position =
                Some(item.span).filter(|span| has_place(*span)).and_then(|span| index.get_mut(&span)?.pop_front());
            // What comes earlier than it did is written anew.
            let position = position.filter(|position| behind.is_none_or(|behind| *position > behind));
            let before =
                position.and_then(|position| Some((position, old.items().get(position)?, parts.get(position)?)));
            match before {
                Some((position, before, part)) => {
                    if let Some(kept) = kept.get_mut(position) {
                        *kept = true;
                    }
                    behind = Some(position);
                    let place = Place { after: part.start + 1, column: Some(column), in_flow: false };
                    self.value(before, item, place);
                }
                None => additions.push(Addition { behind, key: None, value: item }),
            }
        }
        self.remove_lines(&parts, &kept, column);
        self.add_lines(&parts, &kept, &additions, column);
    }

    /// Takes the lines of parts away. Comments beside them stay.
    fn remove_lines(&mut self, parts: &[Part], kept: &[bool], column: usize) {
        let indent = " ".repeat(column);
        let is_kept = |index: usize| kept.get(index).copied().unwrap_or(false);
        let mut from = 0;
        if let Some(first) = parts.first().filter(|part| !is_kept(0) && !self.places.begins_line(part.start)) {
            // It shares its line with a dash: what is kept next takes its place.
            let Some(next) = (0..parts.len()).find(|index| is_kept(*index)) else { return };
            let gaps = parts.iter().zip(parts.iter().skip(1)).take(next);
            let comments: String = gaps
                .flat_map(|(part, next)| self.staying(part.end, next.start))
                .map(|comment| format!("{comment}{}{indent}", self.newline))
                .collect();
            if let Some(next) = parts.get(next) {
                self.edits.replace(first.start..next.start, comments);
            }
            from = next;
        }
        for (_, part) in parts.iter().enumerate().filter(|(index, _)| *index >= from && !is_kept(*index)) {
            let start = self.places.line_start(part.start);
            let (line, next) = self.places.line_end(self.places.comments_end(part.end, column));
            let between = self.staying(part.between.0, part.between.1);
            let comments: Vec<String> =
                between.chain(self.staying(part.end, line)).map(|comment| format!("{indent}{comment}")).collect();
            if comments.is_empty() {
                self.edits.delete(start..next);
            } else {
                self.edits.replace(start..line, comments.join(self.newline));
            }
        }
    }

    /// Adds lines for what is new.
    fn add_lines(&mut self, parts: &[Part], kept: &[bool], additions: &[Addition<'_>], column: usize) {
        let indent = " ".repeat(column);
        for addition in additions {
            let text = match addition.key {
                Some(key) => self.entry_text(key, addition.value, column),
                None => format!("- {}", self.item_text(addition.value, column)),
            };
            match addition.behind.and_then(|index| parts.get(index)) {
                Some(part) => {
                    let (line, next) = self.places.line_end(self.places.comments_end(part.end, column));
                    if line == next {
                        // The last line of the text has no end.
                        self.edits.insert(next, format!("{}{indent}{text}", self.newline));
                    } else {
                        self.edits.insert(next, format!("{indent}{text}{}", self.newline));
                    }
                }
                None => {
                    let first = parts.iter().zip(kept).find(|(_, kept)| **kept).map(|(part, _)| part.start);
                    if let Some(first) = first {
                        self.edits.insert(first, format!("{text}{}{indent}", self.newline));
                    }
                }
            }
        }
    }
}
