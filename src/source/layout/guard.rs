//! A new text held against the old one.

use super::Refused;
use crate::source::edit::comments;
use crate::source::{Entry, Node, Value, parse};

/// The tree of a text that means the same as another one and has the same comments.
///
/// # Errors
///
/// It does not.
pub(super) fn check(old: &str, tree: &Node, new: &str) -> Result<Node, Refused> {
    let now = parse(new).map_err(|_| Refused::OtherMeaning)?;
    if !is_same(tree, &now) {
        return Err(Refused::OtherMeaning);
    }
    if all_comments(old, tree) != all_comments(new, &now) {
        return Err(Refused::Comments);
    }
    Ok(now)
}

/// The comments of a text, sorted.
fn all_comments<'t>(text: &'t str, tree: &Node) -> Vec<&'t str> {
    let mut all: Vec<&str> = comments(text, tree).into_iter().filter_map(|range| text.get(range)).collect();
    all.sort_unstable();
    all
}

/// Whether two trees are equal but for the order of keys. Of keys that are given twice the order counts.
fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(some), Value::List(others)) => {
            some.len() == others.len() && some.iter().zip(others).all(|(one, other)| is_same(one, other))
        }
        (Value::Map(some), Value::Map(others)) => {
            let (some, others) = (sorted(some), sorted(others));
            let is_same = |(one, other): (&&Entry, &&Entry)| one.key == other.key && is_same(&one.value, &other.value);
            some.len() == others.len() && some.iter().zip(&others).all(is_same)
        }
        // NaN is the same as NaN here.
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}

fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_key(|entry| &entry.key);
    entries
}
