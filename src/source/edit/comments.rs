//! The comments of a text, which no tree has.

use std::collections::HashMap;
use std::ops::Range;

use super::places::Places;
use crate::source::{Node, Span, Value};

/// The places of all comments of a text, in their order. `tree` is what the text means: a `#` in a scalar begins none.
pub fn comments(text: &str, tree: &Node) -> Vec<Range<usize>> {
    let places = Places { text };
    let mut scalars = scalars(tree).into_iter().peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hash) = text.get(at..).and_then(|rest| rest.find('#')).map(|offset| at + offset) {
        while scalars.next_if(|span| span.end as usize <= hash).is_some() {}
        let inside = scalars.peek().filter(|span| (span.start as usize) <= hash);
        if let Some(scalar) = inside {
            at = scalar.end as usize;
        } else if hash == 0 || places.slice(0, hash).ends_with(['\n', ' ', '\t', '\u{feff}']) {
            let (end, next) = places.line_end(hash);
            found.push(hash..hash + places.slice(hash, end).trim_end().len());
            at = next;
        } else {
            at = hash + 1;
        }
    }
    found
}

/// The places of all keys and scalars, in the order of the text, none of them in another.
pub(super) fn scalars(tree: &Node) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut waiting = vec![tree];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::List(items) => waiting.extend(items),
            Value::Map(entries) => {
                spans.extend(entries.iter().map(|entry| entry.key_span));
                waiting.extend(entries.iter().map(|entry| &entry.value));
            }
            _ => spans.push(node.span),
        }
    }
    spans.retain(|span| span.start < span.end);
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The comments of one text that another one does not have, as often as it has them.
pub(super) fn missing(old: &str, comments: &[Range<usize>], new: &str, others: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut there: HashMap<&str, usize> = HashMap::new();
    for comment in others {
        *there.entry(new.get(comment.clone()).unwrap_or("")).or_default() += 1;
    }
    let mut is_missing = |comment: &&Range<usize>| match there.get_mut(old.get((*comment).clone()).unwrap_or("")) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    comments.iter().filter(|comment| is_missing(comment)).cloned().collect()
}
