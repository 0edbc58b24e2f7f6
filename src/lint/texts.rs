//! What rules about how a text is written share: its scalars, and what stands between them.

use super::at::TextAt;
use crate::source::{Node, Span, Value};

/// Calls `visit` with every value and the key that it stands under; the items of a list stand under the key of the list.
/// Where it says no, what is below is passed over.
pub(super) fn walk<'a>(tree: &'a Node, mut visit: impl FnMut(&'a str, &'a Node) -> bool) {
    let mut waiting = vec![("", tree)];
    while let Some((key, node)) = waiting.pop() {
        if !visit(key, node) {
            continue;
        }
        match &node.value {
            Value::List(items) => waiting.extend(items.iter().rev().map(|item| (key, item))),
            Value::Map(entries) => waiting.extend(entries.iter().rev().map(|entry| (&*entry.key, &entry.value))),
            _ => {}
        }
    }
}

/// The places of all keys and scalars, in the order of the text.
pub(super) fn scalars(tree: &Node) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(tree, |_, node| {
        match &node.value {
            Value::List(_) => {}
            Value::Map(entries) => spans.extend(entries.iter().map(|entry| entry.key_span)),
            _ => spans.push(node.span),
        }
        true
    });
    spans.retain(|span| span.start < span.end);
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// What stands between keys, scalars and comments: punctuation, blanks, anchors.
pub(super) fn between(at: &TextAt<'_>) -> Vec<Span> {
    let mut taken = scalars(at.tree);
    taken.extend(at.comments());
    taken.sort_unstable();
    let mut gaps = Vec::with_capacity(taken.len() + 1);
    let mut end = 0;
    for span in taken {
        if span.start > end {
            gaps.push(Span { start: end, end: span.start });
        }
        end = end.max(span.end);
    }
    let whole = Span::new(0, at.file.text().len()).end;
    if whole > end {
        gaps.push(Span { start: end, end: whole });
    }
    gaps
}
