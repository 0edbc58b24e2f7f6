//! What a document may look like, as data: the keys of each mapping, the kind of each value, and a sentence on each.
//!
//! One description serves three readers: [`check`] holds a tree against it and names what is wrong with the nearest right
//! word, [`json_schema`] writes it for editors and [`markdown`] for people.

mod check;
mod json_schema;
mod markdown;
pub mod mend;
mod order;
mod types;

pub use check::{CUT_OFF, check, is_cut_off};
pub use json_schema::json_schema;
pub use markdown::markdown;
pub use order::order;

/// Where the JSON Schema of contracts is published.
pub const SCHEMA_URL: &str = "https://pact.dev/schemas/contract.schema.json";

/// A mapping: its keys, and what it is called in the JSON Schema.
#[derive(Debug)]
pub struct Shape {
    /// The name of the definition in the JSON Schema, also used in messages: `field`, `subscriber`.
    pub name: &'static str,
    /// What the mapping says, in a sentence.
    pub doc: &'static str,
    /// The keys that it may have.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What the value means, in a sentence.
    pub doc: &'static str,
    /// Which values are right.
    pub kind: Kind,
    /// Whether the mapping is wrong without it.
    pub required: bool,
    /// A value for the documentation, as YAML.
    pub example: Option<&'static str>,
    /// Other words that people write for this key; they are named in messages, never accepted.
    pub also_called: &'static [&'static str],
    /// Words for the opposite of this key, whose value is `true` or `false`.
    pub opposites: &'static [&'static str],
}

impl Key {
    /// An optional key.
    pub const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, doc, kind, required: false, example: None, also_called: &[], opposites: &[] }
    }

    /// The same key, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same key with an example, written as YAML.
    #[must_use]
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = Some(example);
        self
    }

    /// The same key with words that people mistake for it.
    #[must_use]
    pub const fn also_called(mut self, words: &'static [&'static str]) -> Self {
        self.also_called = words;
        self
    }

    /// The same key with words that say the opposite.
    #[must_use]
    pub const fn opposites(mut self, words: &'static [&'static str]) -> Self {
        self.opposites = words;
        self
    }
}

/// Which values a key may have.
#[derive(Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// Text of a certain form.
    Form(&'static Form),
    /// One of a list of words, each with its meaning (which may be empty).
    Word(&'static [(&'static str, &'static str)]),
    /// `true` or `false`.
    Bool,
    /// A whole number that is not negative.
    Count,
    /// Any number.
    Number,
    /// Text, a number or a boolean.
    Scalar,
    /// Anything at all.
    Any,
    /// Anything at all. In a list, a mapping with the first key of the shape is an item with more said of it.
    AnyOrListed(&'static Shape),
    /// A list of values of one kind.
    List(&'static Kind),
    /// A list of values of one kind, or one such value.
    OneOrMany(&'static Kind),
    /// A mapping with fixed keys.
    Map(&'static Shape),
    /// A mapping from names that the author chooses to values of one kind.
    Dict(&'static Kind),
    /// A scalar of the first kind, or a mapping.
    Either(&'static Kind, &'static Shape),
}

impl Kind {
    /// The mapping that such a value is or contains.
    fn shape(&'static self) -> Option<&'static Shape> {
        match self {
            Self::Map(shape) | Self::Either(_, shape) | Self::AnyOrListed(shape) => Some(shape),
            Self::List(kind) | Self::OneOrMany(kind) | Self::Dict(kind) => kind.shape(),
            _ => None,
        }
    }
}

/// Text of a certain form.
#[derive(Debug)]
pub struct Form {
    /// What is right, to follow "expected": `a SemVer version such as 1.4.0`.
    pub expected: &'static str,
    /// The form as a regular expression for the JSON Schema; empty where none says it well.
    pub pattern: &'static str,
    /// Whether a text is right.
    pub accepts: fn(&str) -> bool,
}
