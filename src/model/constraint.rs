//! What the values of a field must satisfy.

use super::Literal;
use super::words::words;

/// A condition on the values of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// Which condition.
    pub kind: ConstraintKind,
    /// Its bound, list, pattern or expression.
    pub value: Literal,
    /// What to tell people whose values break it.
    pub message: Option<String>,
    /// For which rows it holds, as a SQL boolean; for all of them if not given.
    pub when: Option<Box<str>>,
    /// Whether the store itself refuses what breaks it, so that none can be there. Otherwise it is declared only.
    pub enforced: bool,
    /// What a list of allowed values says beyond the values.
    pub listing: Option<Box<Listing>>,
}

impl Constraint {
    /// A condition on all rows that is declared only.
    pub fn new(kind: ConstraintKind, value: Literal) -> Self {
        Self { kind, value, message: None, when: None, enforced: false, listing: None }
    }

    /// Whether it is a list to which other values may come unannounced.
    pub fn is_open(&self) -> bool {
        self.listing.as_ref().is_some_and(|listing| listing.open)
    }
}

words! {
    /// The kinds of constraints.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum ConstraintKind {
        Min = "min", "the least value";
        Max = "max", "the greatest value";
        ExclusiveMin = "exclusive_min", "a value that every value exceeds";
        ExclusiveMax = "exclusive_max", "a value that every value stays below";
        Regex = "regex", "a regular expression that the text matches";
        Enum = "enum", "the list of allowed values";
        Const = "const", "the one allowed value";
        MinLength = "min_length", "the least length in characters";
        MaxLength = "max_length", "the greatest length in characters";
        MinItems = "min_items", "the least count of items";
        MaxItems = "max_items", "the greatest count of items";
        UniqueItems = "unique_items", "`true`: no item is there twice";
        MinProperties = "min_properties", "the least count of keys of a map";
        MaxProperties = "max_properties", "the greatest count of keys of a map";
        MultipleOf = "multiple_of", "a number that divides every value";
        Expression = "expression", "a SQL boolean over the fields of the row";
    }
}

/// What a list of allowed values says beyond the values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// Whether readers have to expect values that are not listed.
    pub open: bool,
    /// The listed value for which readers should take one that they do not know.
    pub fallback: Option<Literal>,
    /// What is said of single values.
    pub entries: Vec<ListedValue>,
}

impl Listing {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        !self.open && self.fallback.is_none() && self.entries.is_empty()
    }
}

/// What is said of an allowed value.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedValue {
    /// The value as rows have it.
    pub value: Literal,
    /// What people call it.
    pub label: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// What it is known by, whatever the value is called: a number, a code.
    pub id: Option<Literal>,
    /// Whether writers should stop using it.
    pub deprecated: bool,
}
