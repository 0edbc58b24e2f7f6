//! What is told of a migration, and where things go that the new edition has no key for.

use crate::format::written::{Note, Outcome};
use std::collections::{HashMap, HashSet};

use crate::model::Path;
use crate::source::words::{alternatives, quoted};
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
    keep_all(element, vec![Entry::new(property, value)]);
}

/// Adds custom properties to an element. A name gets a number where another property has it.
pub(in crate::format) fn keep_all(element: &mut Node, properties: Vec<Entry>) {
    if !matches!(element.get(CUSTOM).map(|list| &list.value), Some(Value::List(_))) {
        element.set(CUSTOM, Vec::new(), None);
    }
    let Some(list) = element.get_mut(CUSTOM).and_then(Node::items_mut) else { return };
    let names = list.iter().filter_map(|item| item.get("property").and_then(Node::text).map(str::to_owned));
    let mut taken: HashSet<String> = names.collect();
    let mut numbers: HashMap<Box<str>, usize> = HashMap::new();
    for property in properties {
        let mut name = property.key.to_string();
        let number = numbers.entry(property.key.clone()).or_insert(2);
        while !taken.insert(name.clone()) {
            name = format!("{}{number}", property.key);
            *number += 1;
        }
        list.push(Node::mapping().with("property", name).with("value", property.value));
    }
}

/// The keys of entries as a sentence lists them, the first dozen of them.
pub(in crate::format) fn listed(entries: &[Entry]) -> String {
    const MOST: usize = 12;
    let mut names: Vec<String> = entries.iter().take(MOST).map(|entry| quoted(&entry.key)).collect();
    if let Some(more) = entries.len().checked_sub(MOST).filter(|more| *more > 0) {
        names.push(format!("{more} other keys"));
    }
    alternatives(names.iter().map(String::as_str))
}

/// Takes out the entries of a mapping whose keys are not known, in their order.
pub(in crate::format) fn take_unknown(element: &mut Node, is_known: impl Fn(&str) -> bool) -> Vec<Entry> {
    let Some(entries) = element.entries_mut() else { return Vec::new() };
    if entries.iter().all(|entry| is_known(&entry.key)) {
        return Vec::new();
    }
    let (stay, go) = std::mem::take(entries).into_iter().partition(|entry| is_known(&entry.key));
    *entries = stay;
    go
}
