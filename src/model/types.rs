//! The logical types of fields, and which physical types of live systems keep them.

use super::physical::{PhysicalType, plain_name};
use super::words::words;

words! {
    /// The logical type of a field.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum DataType {
        String = "string", "text";
        Integer = "integer", "a whole number";
        Float = "float", "a binary floating-point number";
        Decimal = "decimal", "a number with a fixed count of digits";
        Boolean = "boolean", "true or false";
        Date = "date", "a calendar date";
        Datetime = "datetime", "a date with a time of day, without a zone";
        Timestamp = "timestamp", "an instant, the same in every zone";
        Uuid = "uuid", "a universally unique identifier";
        Json = "json", "JSON of any shape";
        Array = "array", "a list of `items`";
        Object = "object", "named `fields`";
        Map = "map", "`values` by keys that the data chooses";
        Binary = "binary", "bytes";
        Time = "time", "a time of day";
        Unknown = "unknown", "a type that is not stated";
    }
}

impl DataType {
    /// Whether values of the type have an order that `min` and `max` can bound.
    pub fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Float | Self::Decimal | Self::Date | Self::Time | Self::Datetime | Self::Timestamp
        )
    }

    /// Whether values of the type are numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Decimal)
    }

    /// Whether values of this type and of another one can be held against each other as they are.
    pub fn is_compared_with(self, other: Self) -> bool {
        let is_moment = |kind| matches!(kind, Self::Date | Self::Datetime | Self::Timestamp);
        self == other || self.is_number() && other.is_number() || is_moment(self) && is_moment(other)
    }

    /// Whether a live column of a physical type keeps this type. Names are compared whole, never by their parts:
    /// `interval` is no `int`. `None` where pact does not know the physical type.
    pub fn accepts_live(self, physical: &str) -> Option<bool> {
        let live = live_type(physical)?;
        // A plain `timestamp` column is accepted where the contract promises an instant: many systems store UTC in one.
        Some(live == self || self == Self::Timestamp && live == Self::Datetime && is_plain_timestamp(physical))
    }
}

/// The logical type of a physical type name of a database, in any letter case and with any parameters:
/// `character varying(50)`, `TIMESTAMP(3) WITH TIME ZONE`, `integer[]`.
pub fn live_type(physical: &str) -> Option<DataType> {
    // A `NUMBER` of Oracle or Snowflake keeps whole numbers and others alike: it tells nothing.
    if plain_name(physical) == "number" {
        return None;
    }
    PhysicalType::parse(physical).logical()
}

fn is_plain_timestamp(physical: &str) -> bool {
    matches!(plain_name(physical).as_str(), "timestamp" | "timestamp without time zone")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_listed_under_its_own_name() {
        for (name, _) in DataType::ALL {
            assert_eq!(DataType::from_name(name).map(DataType::name), Some(*name));
        }
    }

    #[test]
    fn live_names_are_compared_whole() {
        let cases = [
            (DataType::String, "character varying(50)", Some(true)),
            (DataType::String, "VARCHAR", Some(true)),
            (DataType::Integer, "bigserial", Some(true)),
            (DataType::Integer, "interval", None),
            (DataType::Integer, "point", None),
            (DataType::Decimal, "numeric(10, 2)", Some(true)),
            (DataType::Float, "double  precision", Some(true)),
            (DataType::Float, "numeric", Some(false)),
            (DataType::Timestamp, "timestamp(3) with time zone", Some(true)),
            (DataType::Timestamp, "timestamp", Some(true)),
            (DataType::Timestamp, "datetime", Some(false)),
            (DataType::Datetime, "timestamptz", Some(false)),
            (DataType::Datetime, "timestamp without time zone", Some(true)),
            (DataType::Array, "integer[]", Some(true)),
            (DataType::Json, "jsonb", Some(true)),
            (DataType::Array, "array(row(id integer))", Some(true)),
            (DataType::Array, "STRUCT<a INT>[]", Some(true)),
            (DataType::Object, "row(id integer, name varchar(20))", Some(true)),
            (DataType::Object, "struct<id:int, at:array<string>>", Some(true)),
            (DataType::Map, "map(varchar, integer)", Some(true)),
            (DataType::Map, "MAP<STRING, INT>", Some(true)),
            (DataType::Object, "rowversion", None),
            (DataType::Integer, "bigint unsigned", Some(true)),
            (DataType::Integer, "NUMBER(12)", None),
            (DataType::String, "time with time zone", None),
            (DataType::String, "point", None),
        ];
        for (promised, physical, accepted) in cases {
            assert_eq!(promised.accepts_live(physical), accepted, "{} against {physical}", promised.name());
        }
    }
}
