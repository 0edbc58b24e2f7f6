//! Single values of a tree, by their keys.

use crate::model::{Literal, Quantity};
use crate::source::{Node, Value};

pub(in crate::format) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(str::to_owned)
}

pub(in crate::format) fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key)?.boolean()
}

pub(in crate::format) fn count(node: &Node, key: &str) -> Option<u32> {
    node.get(key)?.integer()?.try_into().ok()
}

pub(in crate::format) fn word<T>(node: &Node, key: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
    from_name(node.get(key)?.text()?)
}

pub(in crate::format) fn quantity(node: &Node, key: &str) -> Option<Quantity> {
    node.get(key)?.scalar_text().map(Quantity::new)
}

/// The text of a scalar of any type: `7` and `"7"` are the same name.
pub(in crate::format) fn scalar(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.scalar_text()
}

/// The scalars of a list, or the one that stands for a list of one.
pub(in crate::format) fn literals(node: Option<&Node>) -> Vec<Literal> {
    let items = node.filter(|node| !node.is_null()).map(Node::one_or_many).unwrap_or_default();
    items.iter().map(literal).collect()
}

/// The texts of a list, or the one text that stands for a list of one.
pub(in crate::format) fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.map(Node::one_or_many).unwrap_or_default();
    items.iter().filter_map(Node::text).map(str::to_owned).collect()
}

pub(in crate::format) fn each<T>(node: Option<&Node>, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
    let items = node.map(Node::items).unwrap_or_default();
    // Nearly always all of them are sound. A list that grows as it is filled copies its fields several times over.
    let mut all = Vec::with_capacity(items.len());
    all.extend(items.iter().filter_map(read));
    all
}

pub(in crate::format) fn dict<T>(node: Option<&Node>, read: impl Fn(&Node) -> T) -> Vec<(String, T)> {
    let entries = node.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.to_string(), read(&entry.value))).collect()
}

pub(in crate::format) fn literal(node: &Node) -> Literal {
    match &node.value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::Int(value) => Literal::Int(*value),
        Value::Float(value) => Literal::Float(*value),
        Value::Text(text) => Literal::Text(text.to_string()),
        Value::List(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Map(_) => Literal::Map(dict(Some(node), literal)),
    }
}
