//! What is told of a conversion, and what of the old contract has found a place in the new one.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};

use crate::format::odcs::migrate::{self, keep};
use crate::format::written::{Note, Outcome};
use crate::model::Path;
use crate::source::{Entry, Node, Span, Value};

/// What the contract becomes in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::format) enum Target {
    /// A file of the ODCS.
    #[default]
    Odcs,
    /// A file of the native format, by way of the ODCS.
    Native,
}

/// For so many values that are gone the place is told. The others are counted.
const MOST: usize = 20;

/// What is told, in the order in which it was found.
#[derive(Debug, Default)]
pub(super) struct Notes {
    told: migrate::Notes,
    /// Where values stand that the new contract says in other words.
    carried: HashSet<Span>,
    pub(super) target: Target,
    /// The type of the servers, where they have one in common.
    pub(super) platform: Option<String>,
    /// References to definitions in other files.
    pub(super) elsewhere: Vec<(Path, String)>,
    /// What fields take their values from.
    pub(super) pulls_from: Vec<String>,
}

impl Deref for Notes {
    type Target = migrate::Notes;

    fn deref(&self) -> &migrate::Notes {
        &self.told
    }
}

impl DerefMut for Notes {
    fn deref_mut(&mut self) -> &mut migrate::Notes {
        &mut self.told
    }
}

impl Notes {
    pub(super) fn new(target: Target) -> Self {
        Self { target, ..Self::default() }
    }

    /// Something has a word of its own in ODCS. Where ODCS is only on the way, that is nothing to tell.
    pub(super) fn reworded(&mut self, element: &Path, message: impl Into<String>) {
        if self.target == Target::Odcs {
            self.told.reworded(element, message);
        }
    }

    /// Something means the same in other words, whatever the contract becomes.
    pub(super) fn meant(&mut self, element: &Path, message: impl Into<String>) {
        self.told.reworded(element, message);
    }

    /// Something has a word in ODCS, and none in the native format.
    pub(super) fn standard_only(&mut self, element: &Path, what: &str, odcs: &str) {
        match self.target {
            Target::Odcs => self.told.reworded(element, format!("{what} {odcs}")),
            Target::Native => self.told.kept(element, format!("{what} stand in `metadata`")),
        }
    }

    /// The new contract says in its own words what a value said.
    pub(super) fn carry(&mut self, old: &Node) {
        leaves(old, &mut |leaf| {
            self.carried.insert(leaf.span);
        });
    }

    /// What the new contract says, in the words of the old one.
    pub(super) fn carry_all(&mut self, new: &Node) {
        self.carry(new);
    }

    /// What of a value has no place in the new contract.
    pub(super) fn left(&self, old: &Node) -> Option<Node> {
        let value = match &old.value {
            Value::Null => return None,
            Value::List(items) => Value::List(items.iter().filter_map(|item| self.left(item)).collect()),
            Value::Map(entries) => {
                let left = |entry: &Entry| {
                    Some(Entry { key: entry.key.clone(), key_span: entry.key_span, value: self.left(&entry.value)? })
                };
                Value::Map(entries.iter().filter_map(left).collect())
            }
            _ if self.carried.contains(&old.span) => return None,
            scalar => scalar.clone(),
        };
        let is_empty = match &value {
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        };
        (!is_empty).then_some(Node { span: old.span, value })
    }

    /// Tells of every value of the old contract that has no place in the new one: nothing is left out without a note.
    pub(super) fn lost(&mut self, old: &Node, text: &str) {
        let mut gone = Vec::new();
        let mut count = 0_usize;
        walk(old, &Path::root(), &mut |leaf, path| {
            if !leaf.is_null() && !self.carried.contains(&leaf.span) {
                count += 1;
                if gone.len() < MOST {
                    gone.push((path.clone(), leaf.span, leaf.described()));
                }
            }
        });
        for (path, span, described) in gone {
            let before = text.get(..span.start as usize).unwrap_or_default();
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            let message = format!("line {line} has {described}, which the new contract does not say");
            self.told.add(&path, Outcome::Lost, message);
        }
        if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
            self.told.add(&Path::root(), Outcome::Lost, format!("{more} more values are not said by the new contract"));
        }
    }

    /// Everything that was told, in words that fit what the contract becomes.
    pub(super) fn finish(self) -> Vec<Note> {
        let mut all = self.told.all;
        if self.target == Target::Native {
            for note in &mut all {
                for (from, to) in IN_NATIVE_WORDS {
                    if note.message.contains(from) {
                        note.message = note.message.replace(from, to);
                    }
                }
            }
        }
        all
    }

    /// Upgrades rules; what only their form in ODCS is about is told for ODCS alone.
    pub(super) fn of_rules(&mut self, upgrade: impl FnOnce(&mut migrate::Notes)) {
        let before = self.told.all.len();
        upgrade(&mut self.told);
        if self.target == Target::Native {
            let new = self.told.all.split_off(before.min(self.told.all.len()));
            self.told.all.extend(new.into_iter().filter(|note| note.outcome != Outcome::Reworded));
        }
    }
}

/// What is said of the ODCS, in the words of the native format.
const IN_NATIVE_WORDS: &[(&str, &str)] = &[
    ("ODCS has no ", "the native format has no "),
    ("3.2 has no ", "the native format has no "),
    ("it is a custom property of the team now", "it is in `metadata` now"),
    ("is a custom property of its property", "is in `metadata` of its field"),
    ("is a custom property of its element now", "is in `metadata` of its element now"),
    ("is a custom property of the server now", "is in `metadata` now"),
    ("is a custom property of `description` now", "is in `metadata` now"),
    ("they are custom properties", "they are in `metadata`"),
    ("are a custom property", "are in `metadata`"),
    ("is a custom property", "is in `metadata`"),
    ("is the custom property", "is in `metadata` as"),
    ("the custom property", "`metadata`"),
    (" in ODCS", ""),
];

/// Adds to what pact keeps in an element, in the words of the native format.
pub(super) fn in_pact(element: &mut Node, key: &str, value: impl Into<Node>) {
    const PACT: &str = "pact";
    let is_own =
        |item: &Node| item.get("property").and_then(Node::text) == Some(PACT) && item.entry("vendor").is_some();
    let value = value.into();
    let items = element.get_mut(migrate::CUSTOM).and_then(Node::items_mut);
    if let Some(fragment) = items.and_then(|items| items.iter_mut().find(|item| is_own(item))?.get_mut("value")) {
        return fragment.add(key, value);
    }
    let fragment = Node::mapping().with(key, value);
    let own = Node::mapping().with("property", PACT).with("vendor", PACT).with("value", fragment);
    if let Some(items) = element.get_mut(migrate::CUSTOM).and_then(Node::items_mut) {
        items.push(own);
    } else {
        element.set(migrate::CUSTOM, vec![own], None);
    }
}

/// Keeps a value that ODCS tools know under a name that is customary, and that the native format has a word for.
pub(super) fn customary(element: &mut Node, name: &str, value: Node, notes: &mut Notes) {
    if notes.target == Target::Odcs {
        keep(element, name, value);
    } else {
        notes.carry(&value);
    }
}

fn leaves(node: &Node, act: &mut dyn FnMut(&Node)) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| leaves(item, act)),
        Value::Map(entries) => entries.iter().for_each(|entry| leaves(&entry.value, act)),
        _ => act(node),
    }
}

fn walk(node: &Node, path: &Path, act: &mut dyn FnMut(&Node, &Path)) {
    match &node.value {
        Value::List(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &path.index(index), act));
        }
        Value::Map(entries) => {
            for entry in entries {
                walk(&entry.value, &path.key(entry.key.to_string()), act);
            }
        }
        _ => act(node, path),
    }
}
