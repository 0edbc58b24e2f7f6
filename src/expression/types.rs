//! Types as far as SQL dialects agree on them: families whose values can be held against each other.

use crate::model::{DataType, live_type};

/// A family of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Nobody knows: it goes with everything.
    Unknown,
    /// The type of `null`: it goes with everything.
    Null,
    /// True or false.
    Boolean,
    /// Numbers of any kind.
    Number,
    /// Text.
    Text,
    /// A calendar date, and moments with a date.
    Moment,
    /// A time of day.
    Time,
    /// A span of time.
    Interval,
    /// A universally unique identifier.
    Uuid,
    /// Bytes.
    Binary,
    /// A list.
    List,
    /// Named fields, or values by keys.
    Record,
}

impl Type {
    /// The family of a logical type.
    pub fn of(data_type: DataType) -> Self {
        match data_type {
            DataType::String => Self::Text,
            DataType::Integer | DataType::Float | DataType::Decimal => Self::Number,
            DataType::Boolean => Self::Boolean,
            DataType::Date | DataType::Datetime | DataType::Timestamp => Self::Moment,
            DataType::Time => Self::Time,
            DataType::Uuid => Self::Uuid,
            DataType::Binary => Self::Binary,
            DataType::Array => Self::List,
            DataType::Object | DataType::Map => Self::Record,
            // Operators of JSON are those of each engine.
            DataType::Json | DataType::Unknown => Self::Unknown,
        }
    }

    /// The family of a type by its name in SQL.
    pub fn named(name: &str) -> Self {
        if name.eq_ignore_ascii_case("interval") {
            return Self::Interval;
        }
        live_type(name).map_or(Self::Unknown, Self::of)
    }

    /// A value of the family, in words.
    pub fn described(self) -> &'static str {
        match self {
            Self::Unknown => "a value of a type that is not known",
            Self::Null => "null",
            Self::Boolean => "a condition",
            Self::Number => "a number",
            Self::Text => "text",
            Self::Moment => "a date or moment",
            Self::Time => "a time of day",
            Self::Interval => "a span of time",
            Self::Uuid => "a UUID",
            Self::Binary => "bytes",
            Self::List => "a list",
            Self::Record => "an object",
        }
    }

    /// Whether it goes with everything.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unknown | Self::Null)
    }

    /// Whether values of both can be held against each other in every dialect, or in enough of them that nobody may call it
    /// wrong: identifiers and bytes are kept as text in many systems.
    pub fn goes_with(self, other: Self) -> bool {
        let is_texty = |one| matches!(one, Self::Text | Self::Uuid | Self::Binary);
        self == other || self.is_open() || other.is_open() || is_texty(self) && is_texty(other)
    }
}
