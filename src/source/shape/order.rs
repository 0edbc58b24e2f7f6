//! The order of keys: that in which the shape of each mapping has them.

use super::{Kind, Shape};
use crate::source::layout::Order;
use crate::source::{Node, Span};

/// The order of the keys of a tree that a shape describes. The keys of mappings that it does not describe stay as they are.
pub fn order(tree: &Node, shape: &'static Shape) -> Order {
    let mut order = Order::default();
    map(tree, shape, &mut order);
    order
}

fn map(node: &Node, shape: &'static Shape, order: &mut Order) {
    let find = |name: &str| shape.keys.iter().position(|key| key.name == name);
    // What a merge key brought stands elsewhere, and is put in order there.
    let own = node.entries().iter().filter(|entry| entry.key_span.start >= node.span.start);
    let keys: Vec<(Span, Option<usize>)> = own.clone().map(|entry| (entry.key_span, find(&entry.key))).collect();
    order.add(&keys);
    for (entry, (span, index)) in own.zip(keys) {
        if let Some(key) = index.and_then(|index| shape.keys.get(index)) {
            value(&entry.value, &key.kind, span.end, order);
        }
    }
}

/// Goes into a value that stands behind an offset: that of an alias does not.
fn value(node: &Node, kind: &'static Kind, behind: u32, order: &mut Order) {
    if node.span.start < behind {
        return;
    }
    let start = node.span.start;
    match kind {
        Kind::Map(shape) | Kind::Either(_, shape) => map(node, shape, order),
        Kind::List(kind) => node.items().iter().for_each(|item| value(item, kind, start, order)),
        Kind::OneOrMany(kind) => node.one_or_many().iter().for_each(|item| value(item, kind, start, order)),
        Kind::Dict(kind) => {
            let own = node.entries().iter().filter(|entry| entry.key_span.start >= start);
            own.for_each(|entry| value(&entry.value, kind, entry.key_span.end, order));
        }
        Kind::AnyOrListed(shape) => {
            let first = shape.keys.first().map_or("", |key| key.name);
            let listed = node.items().iter().filter(|item| item.entry(first).is_some() && item.span.start >= start);
            listed.for_each(|item| map(item, shape, order));
        }
        _ => {}
    }
}
