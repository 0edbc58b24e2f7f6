//! Which logical type a property has: by its own word, by what its physical type means, by what it holds.

use crate::format::odcs::version::Version;
use crate::model::{DataType, Field, Physical, PhysicalType};
use crate::source::Node;

/// What tells the type of a property.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Typing<'a> {
    pub(super) logical: Option<&'a str>,
    pub(super) options: Option<&'a Node>,
    /// Whether there are `properties`, `items` and a `map`.
    pub(super) holds: Holds,
}

/// What a property holds, by its keys.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    #[default]
    Nothing,
    Properties,
    Items,
    Values,
}

impl Typing<'_> {
    fn option(&self, key: &str) -> Option<&Node> {
        self.options?.get(key)
    }

    fn format(&self) -> Option<&str> {
        self.option("format")?.text()
    }
}

/// The logical type of a property.
pub(super) fn data_type(typing: Typing<'_>, physical: Option<&Physical>, version: Option<Version>) -> DataType {
    let kind = physical.map(|physical| &physical.kind);
    let meant = kind.and_then(PhysicalType::logical);
    match typing.logical.unwrap_or_default() {
        "string" => match typing.format() {
            Some("uuid") => DataType::Uuid,
            Some("binary" | "byte") => DataType::Binary,
            _ => meant.filter(|meant| matches!(meant, DataType::Binary | DataType::Json)).unwrap_or(DataType::String),
        },
        "integer" => DataType::Integer,
        "number" => match typing.format() {
            Some("f32" | "f64") => DataType::Float,
            _ => meant.filter(|meant| *meant == DataType::Float).unwrap_or(DataType::Decimal),
        },
        "boolean" => DataType::Boolean,
        // Before 3.1 there was no other word for moments.
        "date" if version.is_some_and(|version| version < Version::V3_1_0) => match meant {
            Some(DataType::Time) => DataType::Time,
            Some(DataType::Datetime | DataType::Timestamp) => moment(physical),
            _ => DataType::Date,
        },
        "date" => DataType::Date,
        "time" => DataType::Time,
        "timestamp" => match typing.option("timezone").and_then(Node::boolean) {
            Some(false) => DataType::Datetime,
            Some(true) => DataType::Timestamp,
            None => moment(physical),
        },
        "object" => DataType::Object,
        "array" | "vector" => DataType::Array,
        "map" => DataType::Map,
        _ => unsaid(typing.holds, kind, meant),
    }
}

/// The physical type that says no more than the logical type of a field with its digits, where the standard has no other word
/// for them. It stands for these alone, and is no physical type of its own.
pub(in crate::format::odcs) fn plain_physical(field: &Field) -> Option<String> {
    match (field.data_type, field.precision, field.scale) {
        (DataType::Decimal, Some(precision), Some(scale)) => Some(format!("decimal({precision},{scale})")),
        (DataType::Decimal, Some(precision), None) => Some(format!("decimal({precision})")),
        (DataType::Json, ..) if field.fields.is_empty() => Some("json".to_owned()),
        _ => None,
    }
}

/// A moment is the same in every zone, unless its physical type says that it has none. A plain `timestamp` says nothing:
/// what it means differs from system to system.
fn moment(physical: Option<&Physical>) -> DataType {
    match physical {
        Some(Physical { text, kind: PhysicalType::Timestamp { zoned: false, .. } }) => {
            let name = text.split('(').next().unwrap_or_default().trim();
            if name.eq_ignore_ascii_case("timestamp") { DataType::Timestamp } else { DataType::Datetime }
        }
        _ => DataType::Timestamp,
    }
}

fn unsaid(holds: Holds, kind: Option<&PhysicalType>, meant: Option<DataType>) -> DataType {
    let meant = match kind {
        Some(PhysicalType::Vector { .. } | PhysicalType::Set { .. }) => Some(DataType::Array),
        _ => meant,
    };
    // What it holds is written out: a physical type that holds nothing is that of a text with something in it.
    let fits = |meant: &DataType| match holds {
        Holds::Nothing => true,
        Holds::Properties => matches!(meant, DataType::Object | DataType::Json),
        Holds::Items => *meant == DataType::Array,
        Holds::Values => *meant == DataType::Map,
    };
    meant.filter(fits).unwrap_or(match holds {
        Holds::Nothing => DataType::Unknown,
        Holds::Properties => DataType::Object,
        Holds::Items => DataType::Array,
        Holds::Values => DataType::Map,
    })
}

/// The physical type of a vector: its count of dimensions and the type of its elements.
pub(super) fn vector(options: Option<&Node>) -> Option<Physical> {
    let dimensions = options?.get("dimensions")?.integer()?;
    let element = match options?.get("elementType").and_then(Node::text) {
        // Eight bits, and not the eight bytes of PostgreSQL.
        Some("int8") => "tinyint",
        Some(element) => element,
        None => "float32",
    };
    Some(Physical::new(&format!("vector({element}, {dimensions})")))
}

/// The type of a vector's elements.
pub(super) fn element_type(options: Option<&Node>) -> DataType {
    match options.and_then(|options| options.get("elementType")).and_then(Node::text) {
        Some("int8" | "uint8" | "binary") => DataType::Integer,
        _ => DataType::Float,
    }
}
