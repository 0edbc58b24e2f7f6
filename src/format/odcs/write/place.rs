//! The elements of an ODCS file that can have custom properties of their own.

use std::collections::{HashMap, HashSet};

use crate::model::Literal;

/// An element of a contract, by its position among its like.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    /// The contract.
    Root,
    /// A source.
    Server(usize),
    /// A role.
    Role(usize),
    /// A dataset.
    Object(usize),
    /// A field of a dataset.
    Property(usize, Vec<Inner>),
    /// A rule of a dataset.
    Rule(usize, usize),
    /// A foreign key of a dataset.
    Relationship(usize, usize),
}

/// A step further into a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Inner {
    Field(usize),
    Items,
    Keys,
    Values,
}

/// What of each element the standard has no word for: keys and values of the native format.
pub(super) type Fragments = HashMap<Place, Vec<(String, Literal)>>;

/// The elements that have a place in the text.
pub(super) type Places = HashSet<Place>;
