//! The order of the keys of a file: that of the examples of the standard, and behind it that of the tables of keys.

use super::check::tables;
use super::keys::{CONTRACT, Key, Kind, Shape};
use super::version::Version;
use super::write::order_of;
use crate::source::layout::Order;
use crate::source::{Node, Span};

/// The order of the keys of a tree. A file of an edition that pact does not read stays as it is.
pub(in crate::format) fn order(tree: &Node) -> Order {
    let mut order = Order::default();
    if let Some(version) = Version::declared(tree) {
        map(tree, &CONTRACT, version, &mut order);
    }
    order
}

fn map(node: &Node, shape: &'static Shape, version: Version, order: &mut Order) {
    let first = order_of(shape);
    let tables = tables(shape, node, version);
    let find = |name: &str| -> (Option<usize>, Option<&'static Key>) {
        let known = tables.keys().find(|(_, key)| key.name == name);
        let example = first.iter().position(|(key, _)| *key == name);
        (example.or_else(|| known.map(|(index, _)| first.len() + index)), known.map(|(_, key)| key))
    };
    // What a merge key brought stands elsewhere, and is put in order there.
    let own = node.entries().iter().filter(|entry| entry.key_span.start >= node.span.start);
    let found: Vec<_> = own.map(|entry| (entry, find(&entry.key))).collect();
    let keys: Vec<(Span, Option<usize>)> = found.iter().map(|(entry, (rank, _))| (entry.key_span, *rank)).collect();
    order.add(&keys);
    for (entry, (_, key)) in found {
        if let Some(key) = key {
            value(&entry.value, &key.kind, entry.key_span.end, version, order);
        }
    }
}

/// Goes into a value that stands behind an offset: that of an alias does not.
fn value(node: &Node, kind: &'static Kind, behind: u32, version: Version, order: &mut Order) {
    if node.span.start < behind {
        return;
    }
    match kind {
        Kind::Map(shape) => map(node, shape, version, order),
        Kind::List(list) => {
            node.items().iter().for_each(|item| value(item, &list.item, node.span.start, version, order));
        }
        Kind::Or(one, other) => [one, other].into_iter().for_each(|kind| value(node, kind, behind, version, order)),
        Kind::Until(edition, before, from) => {
            value(node, if version < *edition { before } else { from }, behind, version, order);
        }
        _ => {}
    }
}
