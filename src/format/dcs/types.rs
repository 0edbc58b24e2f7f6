//! Types of fields.

use crate::model::{DataType, PhysicalType};

/// Whether pact knows a type: one of the specification, or one of a database.
pub(super) fn is_known(word: &str) -> bool {
    matches!(word, "" | "bytes" | "variant" | "json" | "null")
        || logical(word).is_some()
        || !matches!(PhysicalType::parse(word), PhysicalType::Other(_))
}

/// The logical type of the ODCS for a type of the specification or of a database; `None` for one that ODCS has no word for.
pub(super) fn logical(word: &str) -> Option<&'static str> {
    Some(match word {
        "string" | "text" | "varchar" => "string",
        "int" | "integer" | "long" | "bigint" => "integer",
        "number" | "decimal" | "numeric" | "float" | "double" => "number",
        "timestamp" | "timestamp_tz" | "timestamp_ntz" => "timestamp",
        "boolean" => "boolean",
        "date" => "date",
        "time" => "time",
        "object" | "record" | "struct" => "object",
        "array" => "array",
        "map" => "map",
        _ => return of_database(word),
    })
}

fn of_database(word: &str) -> Option<&'static str> {
    if matches!(word, "bytes" | "variant" | "json" | "null") {
        return None;
    }
    Some(match PhysicalType::parse(word).logical()? {
        DataType::String => "string",
        DataType::Integer => "integer",
        DataType::Decimal | DataType::Float => "number",
        DataType::Boolean => "boolean",
        DataType::Date => "date",
        DataType::Time => "time",
        DataType::Datetime | DataType::Timestamp => "timestamp",
        _ => return None,
    })
}

/// The options that a logical type may have.
pub(super) fn options(logical: &str) -> &'static [&'static str] {
    match logical {
        "string" => &["minLength", "maxLength", "pattern", "format"],
        "integer" | "number" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        "date" | "timestamp" | "time" => &["format"],
        _ => &[],
    }
}
