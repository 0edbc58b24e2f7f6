//! Trees that are made or changed: for a text that is to be written.

use std::collections::HashMap;

use super::{Entry, Node, Span, Value};
use crate::model::Literal;

impl From<Value> for Node {
    /// A node that stands nowhere yet.
    fn from(value: Value) -> Self {
        Self { span: Span::default(), value }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Value::Text(text.into()).into()
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Value::Text(text.into()).into()
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Value::Bool(value).into()
    }
}

impl From<i32> for Node {
    fn from(value: i32) -> Self {
        Value::Int(value.into()).into()
    }
}

impl From<Vec<Node>> for Node {
    fn from(items: Vec<Node>) -> Self {
        Value::List(items).into()
    }
}

impl Entry {
    /// A key with its value that stands nowhere yet.
    pub fn new(key: impl Into<Box<str>>, value: impl Into<Node>) -> Self {
        Self { key: key.into(), key_span: Span::default(), value: value.into() }
    }
}

impl Node {
    /// A mapping without keys that stands nowhere yet.
    pub fn mapping() -> Self {
        Value::Map(Vec::new()).into()
    }

    /// The same mapping with one more key, at its end.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Node>) -> Self {
        self.add(key, value);
        self
    }

    /// Adds a key at the end of a mapping. What is no mapping stays as it is.
    pub fn add(&mut self, key: &str, value: impl Into<Node>) {
        if let Value::Map(entries) = &mut self.value {
            entries.push(Entry::new(key, value));
        }
    }

    /// The entries of a mapping, to change them.
    pub fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        if let Value::Map(entries) = &mut self.value { Some(entries) } else { None }
    }

    /// The items of a list, to change them.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Node>> {
        if let Value::List(items) = &mut self.value { Some(items) } else { None }
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let entry = self.entries_mut()?.iter_mut().find(|entry| &*entry.key == key)?;
        Some(&mut entry.value)
    }

    /// Removes a key and gives its value.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let entries = self.entries_mut()?;
        let index = entries.iter().position(|entry| &*entry.key == key)?;
        Some(entries.remove(index).value)
    }

    /// Gives a key another name, unless that is taken. Whether it did.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        if self.entry(to).is_some() {
            return false;
        }
        let entry = self.entries_mut().and_then(|entries| entries.iter_mut().find(|entry| &*entry.key == from));
        entry.map(|entry| entry.key = to.into()).is_some()
    }

    /// Gives a key a value; a key that is not there is added at the end, or behind another.
    pub fn set(&mut self, key: &str, value: impl Into<Node>, behind: Option<&str>) {
        if let Some(there) = self.get_mut(key) {
            *there = value.into();
        } else if let Some(entries) = self.entries_mut() {
            let index = behind.and_then(|behind| entries.iter().position(|entry| &*entry.key == behind));
            entries.insert(index.map_or(entries.len(), |index| index + 1), Entry::new(key, value));
        }
    }

    /// Whether two trees say the same, wherever their texts stand.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(some), Value::List(others)) => {
                some.len() == others.len() && some.iter().zip(others).all(|(one, other)| one.is_same(other))
            }
            (Value::Map(some), Value::Map(others)) if some.len() == others.len() => {
                let mut pairs = some.iter().zip(others);
                if pairs.all(|(one, other)| one.key == other.key) {
                    return some.iter().zip(others).all(|(one, other)| one.value.is_same(&other.value));
                }
                // The order of keys says nothing.
                let by_key: HashMap<&str, &Node> = others.iter().map(|entry| (&*entry.key, &entry.value)).collect();
                let has_same = |entry: &Entry| by_key.get(&*entry.key).is_some_and(|other| entry.value.is_same(other));
                by_key.len() == some.len() && some.iter().all(has_same)
            }
            // NaN is the same as NaN here.
            (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
            (one, other) => one == other,
        }
    }

    /// The value alone, as it is written anew.
    pub fn literal(&self) -> Literal {
        match &self.value {
            Value::Null => Literal::Null,
            Value::Bool(value) => Literal::Bool(*value),
            Value::Int(value) => Literal::Int(*value),
            Value::Float(value) => Literal::Float(*value),
            Value::Text(text) => Literal::Text(text.to_string()),
            Value::List(items) => Literal::List(items.iter().map(Node::literal).collect()),
            Value::Map(entries) => {
                Literal::Map(entries.iter().map(|entry| (entry.key.to_string(), entry.value.literal())).collect())
            }
        }
    }
}
