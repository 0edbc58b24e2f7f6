//! A text made to mean another tree.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::places::{Places, has_place};
use super::{Edits, Refused, comments, rescue, text};
use crate::source::{Entry, Node, Span, Value, parse};

/// Changes a text so that it means another tree, and nothing else of it.
///
/// `old` is the tree of the text. In `new` whatever was in the text still has the span of its node or key, changed or moved as
/// it may be; what is new has the empty span.
///
/// # Errors
///
/// The text can't be changed in place: see [`Refused`].
pub fn rewrite(text: &str, old: &Node, new: &Node) -> Result<Rewritten, Refused> {
    let mut rewriter = Rewriter::new(text, old);
    let root = Place { after: 0, column: None, in_flow: false };
    rewriter.value(old, new, root);
    // Which comments go along with what moves is known only now.
    let carried = rewriter.carried.take();
    if !carried.is_empty() {
        rewriter.gone = Rc::new(carried);
        rewriter.edits = Edits::default();
        rewriter.refused = None;
        rewriter.value(old, new, root);
        rewriter.leave_carried();
    }
    if let Some(refused) = rewriter.refused {
        return Err(refused);
    }
    let edits = rewriter.edits.clone().sorted();
    let (changed, shifts) = rewriter.edits.apply(text, 0..text.len())?;
    let tree = parse(&changed).ok().filter(|tree| tree.is_same(new)).ok_or(Refused::OtherMeaning)?;
    let (text_with_comments, lost) = rescue::comments(text, &rewriter.comments, changed.clone(), &tree, &shifts);
    let edits = if text_with_comments == changed { edits } else { between(text, &text_with_comments) };
    Ok(Rewritten { text: text_with_comments, edits, lost })
}

/// The one edit that makes one text of another: everything between their common beginning and their common end.
fn between(old: &str, new: &str) -> Vec<(Range<usize>, String)> {
    let same = |(one, other): &(char, char)| one == other;
    let length = |(letter, _): (char, char)| letter.len_utf8();
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
    let (old_rest, new_rest) = (old.get(start..).unwrap_or(""), new.get(start..).unwrap_or(""));
    let end: usize = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(length).sum();
    let text = new_rest.get(..new_rest.len() - end).unwrap_or("");
    vec![(start..old.len() - end, text.to_owned())]
}

/// A changed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The whole text.
    pub text: String,
    /// The edits that make it of the old text, in their order: what to put in the place of which bytes.
    pub edits: Vec<(Range<usize>, String)>,
    /// The comments of the old text that found no place in the new one.
    pub lost: Vec<Range<usize>>,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Where its text may begin: behind a colon or a dash.
    pub(super) after: usize,
    /// The column of its key or dash; none for the root.
    pub(super) column: Option<usize>,
    /// Whether it stands in a collection in flow style.
    pub(super) in_flow: bool,
}

/// Something new in a collection, behind one of its old parts or before all of them.
pub(super) struct Addition<'n> {
    pub(super) behind: Option<usize>,
    pub(super) key: Option<&'n str>,
    pub(super) value: &'n Node,
}

pub(super) struct Rewriter<'t> {
    pub(super) places: Places<'t>,
    pub(super) is_json: bool,
    pub(super) newline: &'static str,
    /// Whether lists of the text are indented below their keys.
    pub(super) indents_lists: bool,
    /// The collections of the old tree by their places.
    pub(super) collections: Rc<HashMap<Span, &'t Node>>,
    /// Where the key of a value stands, by the place of the value.
    pub(super) keys: Rc<HashMap<Span, Span>>,
    /// The comments of the old text, in their order.
    pub(super) comments: Rc<Vec<Range<usize>>>,
    /// Where comments begin that were written elsewhere, with what they are about.
    pub(super) carried: Rc<RefCell<HashSet<usize>>>,
    /// Those of them that are not to be kept where they stood.
    pub(super) gone: Rc<HashSet<usize>>,
    pub(super) edits: Edits,
    pub(super) refused: Option<Refused>,
}

impl<'t> Rewriter<'t> {
    fn new(text: &'t str, old: &'t Node) -> Self {
        let places = Places { text };
        let is_json = places.is_flow(old)
            && old.entries().first().is_none_or(|entry| places.byte(entry.key_span.start as usize) == Some(b'"'));
        let mut collections = HashMap::new();
        let mut keys = HashMap::new();
        let mut indents_lists = true;
        let mut waiting = vec![old];
        while let Some(node) = waiting.pop() {
            if !node.items().is_empty() || !node.entries().is_empty() {
                collections.insert(node.span, node);
            }
            // The place of a list that is not indented is told without its first dash.
            if !node.items().is_empty() && !places.is_flow(node) && places.byte(node.span.start as usize) != Some(b'-')
            {
                indents_lists = false;
            }
            waiting.extend(node.items());
            keys.extend(node.entries().iter().map(|entry| (entry.value.span, entry.key_span)));
            waiting.extend(node.entries().iter().map(|entry| &entry.value));
        }
        let newline = places.newline();
        Self {
            places,
            is_json,
            newline,
            indents_lists,
            collections: Rc::new(collections),
            keys: Rc::new(keys),
            comments: Rc::new(comments(places.text, old)),
            carried: Rc::default(),
            gone: Rc::default(),
            edits: Edits::default(),
            refused: None,
        }
    }

    /// The same text, with no edits yet.
    pub(super) fn beside(&self) -> Self {
        Self {
            places: self.places,
            is_json: self.is_json,
            newline: self.newline,
            indents_lists: self.indents_lists,
            collections: Rc::clone(&self.collections),
            keys: Rc::clone(&self.keys),
            comments: Rc::clone(&self.comments),
            carried: Rc::clone(&self.carried),
            gone: Rc::clone(&self.gone),
            edits: Edits::default(),
            refused: None,
        }
    }

    /// Changes a value.
    pub(super) fn value(&mut self, old: &'t Node, new: &Node, place: Place) {
        if Places::is_foreign(old, place.after) {
            // It is changed where its anchor stands; whether that is what was asked for, the tree of the result tells.
            return;
        }
        let is_kept = old.span == new.span && has_place(new.span);
        match (&old.value, &new.value) {
            (Value::Map(_), Value::Map(_)) if is_kept && keeps(old, new) => {
                if self.places.is_flow(old) {
                    self.flow_map(old, new);
                } else {
                    self.block_map(old, new);
                }
            }
            (Value::List(_), Value::List(_)) if is_kept && keeps(old, new) => {
                if self.places.is_flow(old) {
                    self.flow_list(old, new);
                } else {
                    self.block_list(old, new, place);
                }
            }
            _ if old.is_same(new) => {}
            _ => self.replace(old, new, place),
        }
    }

    /// Changes the text of a key, in the quotes that it has.
    pub(super) fn rename(&mut self, old: &Entry, key: &str) {
        if &*old.key == key {
            return;
        }
        let range = old.key_span.range();
        let quote =
            self.places.slice(range.start, range.end).chars().next().filter(|first| matches!(first, '"' | '\''));
        let text = in_quotes(key, quote, self.is_json);
        self.edits.replace(range, text);
    }

    /// Puts a text in the place of a value. A comment beside the value stays on its line.
    fn replace_with(&mut self, start: usize, end: usize, text: &str) {
        let (line, _) = self.places.line_end(end);
        let beside = self.places.slice(end, line);
        let beside = if self.staying(end, line).next().is_some() { beside } else { "" };
        match text.split_once(self.newline) {
            Some((first, others)) if beside.trim_start().starts_with('#') => {
                self.edits.replace(start..line, format!("{first}{beside}{}{others}", self.newline));
            }
            _ => self.edits.replace(start..end, text),
        }
    }

    /// Puts another value in the place of one.
    fn replace(&mut self, old: &'t Node, new: &Node, place: Place) {
        let end = self.places.end_of(old, place.after);
        let is_text = |node: &Node| !matches!(node.value, Value::List(_) | Value::Map(_));
        let start = old.span.start as usize;
        let is_empty = old.span.start == old.span.end;
        // One scalar for another, on one line: only that piece of text changes.
        let is_piece =
            is_text(old) && !is_empty && parse(self.places.slice(start, end)).is_ok_and(|node| node.is_same(old));
        if is_piece && (is_text(new) || place.in_flow) || self.places.is_flow(old) && place.in_flow {
            let quote = self.places.slice(start, end).chars().next().filter(|first| matches!(first, '"' | '\''));
            let text = match &new.value {
                Value::Text(text) if !has_place(new.span) && !text.contains('\n') => {
                    in_quotes(text, quote, self.is_json)
                }
                _ if place.in_flow => self.flow_text(new, None),
                _ => self.scalar_text(new, place.column.unwrap_or(0)),
            };
            return if place.in_flow {
                self.edits.replace(start..end, text);
            } else {
                self.replace_with(start, end, &text);
            };
        }
        if place.in_flow {
            let text = self.flow_text(new, None);
            return self.edits.replace(place.after..end, format!(" {text}"));
        }
        let Some(column) = place.column else {
            let text = self.block_text(new, 0);
            return self.edits.replace(start..end, text);
        };
        let is_item = self.places.byte(place.after.saturating_sub(1)) == Some(b'-');
        if !self.is_block(new) || is_item {
            let text = if self.is_block(new) {
                self.block_text(new, column + text::STEP)
            } else {
                self.scalar_text(new, column)
            };
            return self.replace_with(place.after, end, &format!(" {text}"));
        }
        // A block in the place of a block stays where it is, and the comment above it with it.
        let first = if matches!(old.value, Value::List(_)) { self.places.dash(place.after) } else { Some(start) };
        let first = first.filter(|first| !is_text(old) && *first > place.after && self.places.begins_line(*first));
        let wanted = self.inner(new, column);
        if let Some(first) = first {
            let there = self.places.column(first);
            let wanted = if there > column { there } else { wanted };
            let text = self.block_text(new, wanted);
            // Comments beside and below the last line could become a part of the new last line, where that is of a text.
            let end = self.places.comments_end(end, column);
            self.edits.replace(first..end, format!("{}{text}", " ".repeat(wanted - there)));
        } else {
            let text = self.block_text(new, wanted);
            let text = format!("{}{}{text}", self.newline, " ".repeat(wanted));
            let below = self.places.comments_end(end, column);
            if below > self.places.line_end(end).0 {
                return self.edits.replace(place.after..below, text);
            }
            self.replace_with(place.after, end, &text);
        }
    }
}

/// A text in the quotes that another had.
fn in_quotes(text: &str, quote: Option<char>, is_json: bool) -> String {
    match quote {
        Some('\'') if !text.chars().any(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        Some(_) => text::text(text, true).into_owned(),
        None => text::text(text, is_json).into_owned(),
    }
}

/// Whether a collection still has something that it had.
pub(super) fn keeps(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Map(some), Value::Map(others)) => {
            let first = some.first().map(|entry| entry.key_span.start);
            // Entries of others come from merges or were moved here.
            others
                .iter()
                .any(|entry| has_place(entry.key_span) && first.is_some_and(|first| entry.key_span.start >= first))
        }
        (Value::List(some), Value::List(others)) => !some.is_empty() && others.iter().any(|item| has_place(item.span)),
        _ => false,
    }
}
