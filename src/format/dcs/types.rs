//! Types of fields.

/// The logical type of the ODCS for a type of the specification; `None` for one that ODCS has no word for.
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
