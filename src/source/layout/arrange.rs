//! Items put into their canonical order, and comments where the canonical layout has room for them.

use std::mem;

use super::Order;
use super::tree::{Collection, Document, Item, Value};

impl<'t> Document<'t> {
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
        arrange(&mut self.root, order);
    }
}

fn arrange(item: &mut Item<'_>, order: &Order) {
    let is_in_list = item.key.is_none();
    let Value::Collection(collection) = &mut item.value else { return };
    sort(collection, order);
    if collection.items.is_empty() {
        // There is no line between two brackets.
        item.above.append(&mut collection.below);
    }
    for inner in &mut collection.items {
        arrange(inner, order);
    }
    if let Some(first) = collection.items.first_mut().filter(|_| is_in_list) {
        // The first key stands on the line of the dash, and its comments above that.
        let above = mem::take(&mut first.above);
        item.above.extend(above);
    }
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
