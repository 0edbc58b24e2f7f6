//! Physical types: what a type is called in a store, and what the name means whatever its spelling.
//!
//! `VARCHAR(50)` and `character varying(50)` are one type. Some names mean different things in different systems; pact takes
//! the meaning that most of them share:
//!
//! - `int8` is PostgreSQL's: 8 bytes, as `int2` and `int4` count bytes. `int16` to `int256` and all of `uint8` to `uint256`
//!   count bits.
//! - `int` and `integer` have 32 bits. `float` has 32 bits, as in files and engines; `float(25)` and above has 64.
//! - `decimal`, `numeric` and `number` without digits are unbounded. `decimal(10)` has no digits behind the point.
//! - `char` without a length has one character. `text`, `string`, `clob` and `varchar` without a length are unbounded.
//! - `timestamp` without anything has no zone. Times without a count of digits keep microseconds.
//! - `json` and `jsonb` keep the same values, as do `bytea`, `blob` and `bytes`.
//! - The width in `int(11)` is one of display and means nothing.

mod names;
mod parse;
mod room;
mod show;
mod within;

use super::DataType;

/// A physical type as a contract states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Physical {
    /// As it is written.
    pub text: String,
    /// What it means.
    pub kind: PhysicalType,
}

impl Physical {
    /// The physical type of a text. Every text is one: what pact does not know is kept as it is.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), kind: PhysicalType::parse(text) }
    }
}

/// The digits of a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digits {
    /// How many there are.
    pub precision: u32,
    /// How many of them stand behind the point; negative where even whole numbers are rounded.
    pub scale: i32,
}

impl Digits {
    /// How many stand before the point.
    pub fn whole(self) -> i64 {
        i64::from(self.precision) - i64::from(self.scale)
    }
}

/// The fractional-second digits of times that do not say how many they have.
pub const SECOND_DIGITS: u32 = 6;

/// What a physical type means, apart from its spelling. A logical type is one as well, with nothing said of widths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhysicalType {
    /// A whole number.
    Integer {
        /// The width; `None` where nothing bounds it.
        bits: Option<u32>,
        /// Whether it may be negative.
        signed: bool,
    },
    /// A binary floating-point number.
    Float {
        /// The width; `None` where it is not said, which is the widest.
        bits: Option<u32>,
    },
    /// A number of decimal digits; without them any number.
    Decimal(Option<Digits>),
    /// True or false.
    Boolean,
    /// Text.
    Text {
        /// The greatest length; `None` where there is none.
        length: Option<u32>,
        /// Whether every value has that length, filled up with blanks.
        fixed: bool,
    },
    /// One of several texts.
    Enum(Vec<String>),
    /// Bytes.
    Binary {
        /// The greatest length in bytes; `None` where there is none.
        length: Option<u32>,
        /// Whether every value has that length.
        fixed: bool,
    },
    /// A calendar date.
    Date,
    /// A time of day.
    Time {
        /// Digits of a second, where they are given.
        digits: Option<u32>,
        /// Whether it has a zone.
        zoned: bool,
    },
    /// A date with a time of day.
    Timestamp {
        /// Digits of a second, where they are given.
        digits: Option<u32>,
        /// Whether it is an instant, the same in every zone.
        zoned: bool,
    },
    /// A span of time, with its fields or its unit.
    Interval(String),
    /// A universally unique identifier.
    Uuid,
    /// JSON of any shape.
    Json,
    /// A list of items.
    Array(Box<PhysicalType>),
    /// Items in no order.
    Set {
        /// Whether each is there once at most.
        distinct: bool,
        /// The items.
        item: Box<PhysicalType>,
    },
    /// Values by keys.
    Map(Box<PhysicalType>, Box<PhysicalType>),
    /// Named members.
    Struct(Vec<(String, PhysicalType)>),
    /// A value of one of several types.
    Union(Vec<PhysicalType>),
    /// Nothing but null: a type that nobody has stated yet.
    Void,
    /// A shape on a plane or on the globe.
    Geometry {
        /// Which shape, such as `point`; `None` for any.
        shape: Option<String>,
        /// The reference system, such as `4326`.
        srid: Option<String>,
        /// Whether distances are those on the globe.
        geodetic: bool,
    },
    /// Numbers of a fixed count, as embeddings are.
    Vector {
        /// How many.
        dimensions: Option<u32>,
        /// Of which type.
        element: Box<PhysicalType>,
    },
    /// A type that pact does not know: in lower case, with single spaces.
    Other(String),
}

impl PhysicalType {
    /// The meaning of a text. What pact does not know is [`PhysicalType::Other`].
    pub fn parse(text: &str) -> Self {
        parse::parse(text)
    }

    /// The meaning of a logical type. What holds others holds anything: their own types are compared on their own.
    pub fn of_logical(data_type: DataType, precision: Option<u32>, scale: Option<u32>) -> Self {
        let anything = || Box::new(Self::Void);
        match data_type {
            DataType::String => Self::Text { length: None, fixed: false },
            DataType::Integer => Self::Integer { bits: None, signed: true },
            DataType::Float => Self::Float { bits: None },
            DataType::Decimal => Self::Decimal(precision.map(|precision| Digits {
                precision,
                scale: scale.and_then(|scale| scale.try_into().ok()).unwrap_or(0),
            })),
            DataType::Boolean => Self::Boolean,
            DataType::Date => Self::Date,
            DataType::Time => Self::Time { digits: precision, zoned: false },
            DataType::Datetime => Self::Timestamp { digits: precision, zoned: false },
            DataType::Timestamp => Self::Timestamp { digits: precision, zoned: true },
            DataType::Uuid => Self::Uuid,
            DataType::Json => Self::Json,
            DataType::Array => Self::Array(anything()),
            DataType::Object => Self::Struct(Vec::new()),
            DataType::Map => Self::Map(anything(), anything()),
            DataType::Binary => Self::Binary { length: None, fixed: false },
            DataType::Unknown => Self::Void,
        }
    }

    /// The logical type that values of this type have; `None` where there is none.
    pub fn logical(&self) -> Option<DataType> {
        Some(match self {
            Self::Integer { .. } => DataType::Integer,
            Self::Float { .. } => DataType::Float,
            Self::Decimal(_) => DataType::Decimal,
            Self::Boolean => DataType::Boolean,
            Self::Text { .. } | Self::Enum(_) => DataType::String,
            Self::Binary { .. } => DataType::Binary,
            Self::Date => DataType::Date,
            Self::Time { zoned: false, .. } => DataType::Time,
            Self::Timestamp { zoned: false, .. } => DataType::Datetime,
            Self::Timestamp { zoned: true, .. } => DataType::Timestamp,
            Self::Uuid => DataType::Uuid,
            Self::Json => DataType::Json,
            Self::Array(_) => DataType::Array,
            Self::Map(..) => DataType::Map,
            Self::Struct(_) => DataType::Object,
            Self::Time { zoned: true, .. }
            | Self::Interval(_)
            | Self::Set { .. }
            | Self::Union(_)
            | Self::Void
            | Self::Geometry { .. }
            | Self::Vector { .. }
            | Self::Other(_) => return None,
        })
    }
}

pub(super) use parse::plain_name;

#[cfg(test)]
mod tests;
