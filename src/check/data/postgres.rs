//! The columns of `PostgreSQL` as values of the fields that promise them.

use super::dialect::number;
use super::{Dialect, Live};
use crate::model::values::fits;
use crate::model::{DataType, Field, Literal, live_type};

impl Live {
    /// The column of a field in `PostgreSQL`. `physical` is its type, in the words of the database.
    pub fn in_postgres(field: &Field, column: &str, physical: &str) -> Self {
        let is_json = matches!(physical.to_lowercase().as_str(), "json" | "jsonb");
        let read = value(column, physical, field.data_type);
        let value = without_missing(field, column, physical, &read).unwrap_or(read);
        Self { is_json, ..Self::of(field, column, value) }
    }
}

/// A column as a value of the type that a field promises, where the database has several for it: what is text there compares, sorts
/// and is measured as text.
fn value(column: &str, physical: &str, promised: DataType) -> String {
    let name = Dialect::Postgres.name_of(column);
    let is_text = physical == "text" || physical.starts_with("character varying");
    match (promised, physical) {
        // Enums take no other words, fixed lengths are filled up with blanks, and `citext` takes capitals for small letters.
        (DataType::String, _) if !is_text => format!("{name}::text"),
        // Written with the digits that it keeps: as a double, 0.1 would not be 0.1.
        (DataType::Integer | DataType::Float | DataType::Decimal, "real")
        | (DataType::Integer | DataType::Decimal, "double precision") => format!("{name}::numeric"),
        // Nothing equals it.
        (DataType::Json | DataType::Object | DataType::Map | DataType::Array, "json") => format!("{name}::jsonb"),
        _ => name,
    }
}

/// A value that is null where it is one of the words that stand for a missing value of the field; `None` where none of them can be a value
/// of the column, which holds numbers and moments however they are written.
fn without_missing(field: &Field, column: &str, physical: &str, value: &str) -> Option<String> {
    let live = live_type(physical);
    let words = field.missing_values().iter();
    let (subject, words): (String, Vec<String>) = match live {
        Some(kind) if kind.is_number() => (value.to_owned(), words.filter_map(number).collect()),
        Some(DataType::Boolean) => {
            let words = words.filter(|word| matches!(word, Literal::Bool(_)));
            (value.to_owned(), words.map(ToString::to_string).collect())
        }
        Some(kind @ (DataType::Date | DataType::Time | DataType::Datetime | DataType::Timestamp)) => {
            let of_type = Field { data_type: kind, ..field.clone() };
            // As `PostgreSQL` can read it, too: neither before the year 1 nor with the name of a zone.
            let is_plain = |text: &&str| text.starts_with(|first: char| first.is_ascii_digit()) && !text.contains('[');
            let words = words.filter(|word| fits(word, &of_type)).filter_map(|word| word.text().filter(is_plain));
            let as_type = match kind {
                DataType::Date => "date",
                DataType::Time => "time",
                DataType::Datetime => "timestamp",
                _ => "timestamptz",
            };
            (value.to_owned(), words.map(|word| format!("{}::{as_type}", Dialect::Postgres.text_of(word))).collect())
        }
        Some(DataType::Json) => {
            (format!("{}#>>'{{}}'", Dialect::Postgres.name_of(column)), Dialect::Postgres.missing(field).collect())
        }
        _ if field.data_type == DataType::String => (value.to_owned(), Dialect::Postgres.missing(field).collect()),
        _ => (format!("{}::text", Dialect::Postgres.name_of(column)), Dialect::Postgres.missing(field).collect()),
    };
    if words.is_empty() {
        return None;
    }
    Some(format!("CASE WHEN {subject} IN ({}) THEN NULL ELSE {value} END", words.join(", ")))
}
