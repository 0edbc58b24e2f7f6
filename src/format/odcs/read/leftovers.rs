//! What the model has no word for: kept by its key, so that nothing of a file is lost.

use crate::format::values::literal;
use crate::model::Literal;
use crate::source::{Entry, Node};

/// The key of `metadata` under which leftovers stand.
pub(in crate::format) const ODCS: &str = "odcs";

/// The leftovers of one element, by their keys. Nearly always there are none, and nothing is allocated then.
#[derive(Debug, Default)]
pub(super) struct Leftovers(Vec<(String, Literal)>);

impl Leftovers {
    /// Keeps an entry as it is. What is null says nothing.
    pub(super) fn keep(&mut self, entry: &Entry) {
        if !entry.value.is_null() {
            self.0.push((entry.key.to_string(), literal(&entry.value)));
        }
    }

    /// Keeps what is left of something, under its key.
    pub(super) fn add(&mut self, key: &str, value: Literal) {
        self.0.push((key.to_owned(), value));
    }

    /// Keeps a list, if it has items.
    pub(super) fn list(&mut self, key: &str, items: Vec<Literal>) {
        if !items.is_empty() {
            self.add(key, Literal::List(items));
        }
    }

    /// Keeps what is left of a mapping, if anything is.
    pub(super) fn map(&mut self, key: &str, inner: Leftovers) {
        if !inner.0.is_empty() {
            self.add(key, Literal::Map(inner.0));
        }
    }

    /// The leftovers as one value.
    pub(super) fn into_literal(self) -> Literal {
        Literal::Map(self.0)
    }

    /// Puts the leftovers where an element keeps what is for other tools.
    pub(super) fn into_metadata(self, metadata: &mut Vec<(String, Literal)>) {
        if !self.0.is_empty() {
            metadata.push((ODCS.to_owned(), Literal::Map(self.0)));
        }
    }
}

/// What an item of a list says beyond the keys that were read, with the key that tells which item it is; `None` where it
/// says no more.
pub(super) fn rest_of(item: &Node, name: &str, read: &[&str]) -> Option<Literal> {
    let is_more = |entry: &&Entry| &*entry.key != name && !read.contains(&&*entry.key) && !entry.value.is_null();
    if !item.entries().iter().any(|entry| is_more(&entry)) {
        return None;
    }
    let mut rest = Leftovers::default();
    for entry in item.entries().iter().filter(|entry| &*entry.key == name || is_more(entry)) {
        rest.keep(entry);
    }
    Some(rest.into_literal())
}
