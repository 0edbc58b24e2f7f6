//! Items put into their canonical order, and comments where the canonical layout has room for them.

use std::mem;

use super::Order;
use super::print::{STEP, unfolds};
use super::tree::{Collection, Document, Item, Line, Value};

impl Document<'_> {
    /// Tells the comments about the whole from those about the first item: the last group of several is about the item.
    pub(super) fn take_head(&mut self) {
        let Value::Collection(Collection { items, .. }) = &mut self.root.value else { return };
        let Some(first) = items.first_mut() else { return };
        let is_last_group = |index: usize| index > 0 && first.above.get(index).is_some_and(|line| line.blank);
        let begin = (0..first.above.len()).rev().find(|index| is_last_group(*index));
        let head = match begin {
            Some(begin) if !first.blank => first.above.drain(..begin),
            _ => first.above.drain(..),
        };
        self.head.extend(head);
    }

    /// Puts everything in order.
    pub(super) fn arrange(&mut self, order: &Order) {
        arrange_in(&mut self.root, order, 0);
    }
}

/// Arranges a key or an item that stands at a column, and everything in it.
fn arrange(item: &mut Item<'_>, order: &Order, column: usize) {
    if item.beside.is_some_and(is_exception) && unfolds(item, column) {
        // Beside the key or the dash it would be about that line alone, and no longer about what was in the brackets.
        let blank = mem::take(&mut item.blank);
        item.above.extend(item.beside.take().map(|text| Line { text, blank }));
    }
    arrange_in(item, order, column + STEP);
}

/// Arranges what is in an item, from a column on.
fn arrange_in(item: &mut Item<'_>, order: &Order, column: usize) {
    let is_in_list = item.key.is_none();
    let Value::Collection(collection) = &mut item.value else { return };
    sort(collection, order);
    if collection.items.is_empty() {
        // There is no line between two brackets.
        item.above.append(&mut collection.below);
    }
    for inner in &mut collection.items {
        arrange(inner, order, column);
    }
    let is_for_whole = |first: &&mut Item<'_>| is_in_list && !first.above.iter().any(|line| is_exception(line.text));
    if let Some(first) = collection.items.first_mut().filter(is_for_whole) {
        // The first key stands on the line of the dash, and its comments above that. What an exception is for is told by its
        // place: above the dash it would be for the whole item.
        let above = mem::take(&mut first.above);
        item.above.extend(above);
    }
}

/// Whether a comment is an exception from a rule.
fn is_exception(comment: &str) -> bool {
    comment.trim_start_matches('#').trim_start().starts_with("pact:")
}

/// Sorts the keys of a mapping. Merge keys come first, as their readers have them.
fn sort(collection: &mut Collection<'_>, order: &Order) {
    let place =
        |item: &Item<'_>| item.key.as_ref().map(|key| if key.text == "<<" { (0, 0) } else { (1, order.rank(key.at)) });
    if !collection.is_map || collection.items.is_sorted_by_key(place) {
        return;
    }
    let first = collection.items.first().and_then(|item| item.key.as_ref()).map(|key| key.at);
    collection.items.sort_by_key(place);
    // Nothing stands apart from what is above it at the beginning: the item that now is first gives that to the one that was.
    let Some(gap) = collection.items.first_mut().map(|item| mem::replace(item.gap(), false)) else { return };
    let old = collection.items.iter_mut().find(|item| item.key.as_ref().map(|key| key.at) == first);
    if let Some(old) = old {
        let before = mem::replace(old.gap(), gap);
        if let Some(now) = collection.items.first_mut() {
            *now.gap() = before;
        }
    }
}
