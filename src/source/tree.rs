//! The tree that a YAML text becomes: every node and key with its place.

use super::Span;

/// A node of the tree with its place. For a mapping or list the span runs from its first to its last child.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the node stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is, by the core schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; `yes` and `no` are text.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction or exponent, infinities and NaN.
    Float(f64),
    /// Text: quoted, block or plain.
    Text(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file, duplicate keys included.
    Map(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as text, whatever its type in YAML.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value of a key, if this is a mapping that has it; the first one where it is given twice.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The items of a list, or the node itself where one value may stand for a list of one. Null is no item.
    pub fn one_or_many(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The text of a text node.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The value of a boolean node.
    pub fn boolean(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// The value of a whole number.
    pub fn integer(&self) -> Option<i128> {
        if let Value::Int(value) = self.value { Some(value) } else { None }
    }

    /// Whether the node is null or empty.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// A scalar as text, in the way people write it; `None` for null, lists and mappings.
    pub fn scalar_text(&self) -> Option<String> {
        match &self.value {
            Value::Bool(value) => Some(if *value { "true" } else { "false" }.to_owned()),
            Value::Int(value) => Some(value.to_string()),
            // Debug keeps the fraction: `1.0`.
            Value::Float(value) => Some(format!("{value:?}")),
            Value::Text(text) => Some(text.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// What the node is, in words for a message: `the number 1.5`, `a list`.
    pub fn described(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => format!("the boolean {value}"),
            Value::Int(value) => format!("the number {value}"),
            Value::Float(value) => format!("the number {value:?}"),
            Value::Text(text) => format!("the text {}", super::words::quoted(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        }
    }
}
