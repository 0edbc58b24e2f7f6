//! What is told of a migration, and where things go that the new edition has no key for.

use crate::format::written::{Note, Outcome};
use crate::model::Path;
use crate::source::{Entry, Node, Value};

/// What is told, in the order in which it was found.
#[derive(Debug, Default)]
pub(in crate::format) struct Notes {
    pub(in crate::format) all: Vec<Note>,
}

impl Notes {
    pub(in crate::format) fn add(&mut self, element: &Path, outcome: Outcome, message: impl Into<String>) {
        self.all.push(Note { element: element.clone(), outcome, message: message.into() });
    }

    /// Something is said in other words.
    pub(in crate::format) fn reworded(&mut self, element: &Path, message: impl Into<String>) {
        self.add(element, Outcome::Reworded, message);
    }

    /// Something stands among the custom properties now.
    pub(in crate::format) fn kept(&mut self, element: &Path, message: impl Into<String>) {
        self.add(element, Outcome::Kept, message);
    }
}

pub(in crate::format) const CUSTOM: &str = "customProperties";

/// Adds a custom property to an element. Its name gets a number where another property has it.
pub(in crate::format) fn keep(element: &mut Node, property: &str, value: Node) {
    if !matches!(element.get(CUSTOM).map(|list| &list.value), Some(Value::List(_))) {
        element.set(CUSTOM, Vec::new(), None);
    }
    let Some(list) = element.get_mut(CUSTOM).and_then(Node::items_mut) else { return };
    let is_taken = |name: &str| list.iter().any(|item| item.get("property").and_then(Node::text) == Some(name));
    let name = if is_taken(property) {
        // A list has fewer properties than numbers are tried.
        (2..=list.len() + 2).map(|number| format!("{property}{number}")).find(|name| !is_taken(name))
    } else {
        None
    };
    let name = name.unwrap_or_else(|| property.to_owned());
    list.push(Node::mapping().with("property", name).with("value", value));
}

/// Takes out the entries of a mapping whose keys are none of those given, in their order.
pub(in crate::format) fn take_unknown(element: &mut Node, known: &[&str]) -> Vec<Entry> {
    let Some(entries) = element.entries_mut() else { return Vec::new() };
    if entries.iter().all(|entry| known.contains(&&*entry.key)) {
        return Vec::new();
    }
    let (stay, go) = std::mem::take(entries).into_iter().partition(|entry| known.contains(&&*entry.key));
    *entries = stay;
    go
}
