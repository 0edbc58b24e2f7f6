//! What edits do to a tree.

use std::collections::{HashMap, HashSet};

use crate::model::Literal;
use crate::source::{Entry, Node, Value};

/// What is to change in one tree, by the nodes that it is about.
#[derive(Debug, Default)]
pub(super) struct Changes {
    values: HashMap<Id, Literal>,
    /// New names of the keys that values stand under.
    keys: HashMap<Id, String>,
    gone: HashSet<Id>,
    /// What comes into mappings, behind what they have.
    added: HashMap<Id, Vec<Entry>>,
}

/// A node of the tree, by where it is in memory: two uses of one anchor have the same place in the text.
pub(super) type Id = *const Node;

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.keys.is_empty() && self.gone.is_empty() && self.added.is_empty()
    }

    pub(super) fn value(&mut self, node: &Node, value: Literal) {
        self.values.insert(node, value);
    }

    pub(super) fn rename(&mut self, node: &Node, key: String) {
        self.keys.insert(node, key);
    }

    pub(super) fn remove(&mut self, node: &Node) {
        self.gone.insert(node);
    }

    pub(super) fn add(&mut self, mapping: &Node, entry: Entry) {
        self.added.entry(mapping).or_default().push(entry);
    }

    /// Everything of other changes too. Who asks has made sure that they are about different places.
    pub(super) fn extend(&mut self, others: Self) {
        self.values.extend(others.values);
        self.keys.extend(others.keys);
        self.gone.extend(others.gone);
        for (id, entries) in others.added {
            self.added.entry(id).or_default().extend(entries);
        }
    }

    /// The tree as it is to be: what stays keeps its place.
    pub(super) fn applied(&self, node: &Node) -> Node {
        let id: Id = node;
        if let Some(value) = self.values.get(&id) {
            return new(value);
        }
        let value = match &node.value {
            Value::List(items) => {
                let stay = items.iter().filter(|item| !self.gone.contains(&std::ptr::from_ref(*item)));
                Value::List(stay.map(|item| self.applied(item)).collect())
            }
            Value::Map(entries) => {
                let stay = entries.iter().filter(|entry| !self.gone.contains(&std::ptr::from_ref(&entry.value)));
                let mut entries: Vec<Entry> = stay.map(|entry| self.entry(entry)).collect();
                entries.extend(self.added.get(&id).into_iter().flatten().cloned());
                Value::Map(entries)
            }
            // A key without a value is a mapping that has nothing yet.
            Value::Null if self.added.contains_key(&id) => {
                return Value::Map(self.added.get(&id).into_iter().flatten().cloned().collect()).into();
            }
            other => other.clone(),
        };
        Node { span: node.span, value }
    }

    fn entry(&self, entry: &Entry) -> Entry {
        let key = self.keys.get(&std::ptr::from_ref(&entry.value));
        Entry {
            key: key.map_or_else(|| entry.key.clone(), |key| key.as_str().into()),
            key_span: entry.key_span,
            value: self.applied(&entry.value),
        }
    }
}

/// A node that stands nowhere yet.
pub(super) fn new(value: &Literal) -> Node {
    match value {
        Literal::Null => Value::Null.into(),
        Literal::Bool(value) => Value::Bool(*value).into(),
        Literal::Int(value) => Value::Int(*value).into(),
        Literal::Float(value) => Value::Float(*value).into(),
        Literal::Text(text) => Value::Text(text.as_str().into()).into(),
        Literal::List(items) => Value::List(items.iter().map(new).collect()).into(),
        Literal::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| Entry::new(key.as_str(), new(value))).collect()).into()
        }
    }
}
