//! A value written in a contract: an example, a bound, an item of an enumeration, metadata.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;

/// A value of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// Text, dates and times included.
    Text(String),
    /// Several values.
    List(Vec<Literal>),
    /// Named values, in the order in which they were written.
    Map(Vec<(String, Literal)>),
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Literal {
    /// The value as a number, if it is one. Whole numbers beyond 2^53 lose digits.
    pub fn number(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "comparisons of bounds that large are rounded, as documented"
            )]
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text of a text value.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The order of two values of one kind: numbers by value, text by its characters (which orders ISO dates as well).
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            _ => self.number()?.partial_cmp(&other.number()?),
        }
    }

    /// Whether both mean the same value: `1` and `1.0` do, and so do mappings in another order.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.same(other))
            }
            (Self::Map(one), Self::Map(other)) => {
                // By an index: whoever writes a mapping of a hundred thousand keys has them looked up all the same.
                let known: HashMap<&str, &Self> = other.iter().map(|(key, value)| (key.as_str(), value)).collect();
                one.len() == other.len()
                    && one.iter().all(|(key, value)| known.get(key.as_str()).is_some_and(|second| value.same(second)))
            }
            _ => self == other || self.number().is_some() && self.number() == other.number(),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Int(value) => write!(out, "{value}"),
            Self::Float(value) => write!(out, "{value}"),
            Self::Text(text) => out.write_str(text),
            Self::List(items) => {
                out.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if index > 0 { ", " } else { "" })?;
                }
                out.write_str("]")
            }
            Self::Map(entries) => {
                out.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    write!(out, "{}{key}: {value}", if index > 0 { ", " } else { "" })?;
                }
                out.write_str("}")
            }
        }
    }
}
