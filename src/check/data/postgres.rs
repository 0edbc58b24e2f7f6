//! The columns of `PostgreSQL` as values of the fields that promise them.

use jiff::civil::{Date, Time};

use super::dialect::number;
use super::{Denied, Dialect, Live};
use crate::model::{DataType, Field, Literal, live_type};

impl Live {
    /// The column of a field in `PostgreSQL`. `physical` is its type, in the words of the database.
    pub fn in_postgres(field: &Field, column: &str, physical: &str) -> Self {
        let is_json = is_json(physical);
        let as_json =
            is_nested_in_postgres(physical).then(|| format!("to_jsonb({})", Dialect::Postgres.name_of(&field.name)));
        let within = if is_json { field.fields.clone() } else { Vec::new() };
        let read = value(column, physical, field.data_type);
        let value = without_missing(field, column, physical, &read).unwrap_or(read);
        let live =
            Self { is_json, is_array: physical.ends_with("[]"), as_json, within, ..Self::of(field, column, value) };
        live.of_type(field, physical)
    }
}

impl Denied {
    /// A field whose column in `PostgreSQL` may not be read.
    pub fn in_postgres(field: &Field, physical: &str, why: &str) -> Self {
        let is_open = is_json(physical) || physical.ends_with("[]");
        Self { field: field.name.clone(), why: why.to_owned(), is_open }
    }
}

fn is_json(physical: &str) -> bool {
    matches!(physical.to_lowercase().as_str(), "json" | "jsonb")
}

/// Whether a type of `PostgreSQL` has others within it, which it writes as texts of its own: `{a,b}`, `(1,2)`.
pub fn is_nested_in_postgres(physical: &str) -> bool {
    physical.ends_with("[]") || physical.starts_with("row(")
}

/// A column as a value of the type that a field promises, where the database has several for it: what is text there compares, sorts
/// and is measured as text.
fn value(column: &str, physical: &str, promised: DataType) -> String {
    let name = Dialect::Postgres.name_of(column);
    let is_text = physical == "text" || physical.starts_with("character varying");
    match (promised, physical) {
        // Enums take no other words, fixed lengths are filled up with blanks, and `citext` takes capitals for small letters.
        // As it is shown: cast to a text, an address has the length of its network behind it.
        (DataType::String, "inet") => format!("CASE WHEN {name} IS NOT NULL THEN format('%s', {name}) END"),
        (DataType::String, _) if !is_text => format!("{name}::text"),
        (DataType::Integer | DataType::Float | DataType::Decimal, "oid") => format!("{name}::bigint"),
        // Written with the digits that it keeps: as a double, 0.1 would not be 0.1. No number is compared with money.
        (DataType::Integer | DataType::Float | DataType::Decimal, "real" | "money")
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
            let words = words.filter_map(Literal::text).filter(|word| is_of_time(kind, word));
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

/// Whether a text is a date, a time or a moment that `PostgreSQL` can read as well. A date may stand for its midnight.
fn is_of_time(kind: DataType, text: &str) -> bool {
    // A zone may stand in brackets elsewhere.
    let is_time = |text: &str| !text.contains('[') && text.parse::<Time>().is_ok();
    let is_day = |text: &str| text.parse::<Date>().is_ok();
    match (kind, text.split_at_checked(10)) {
        (DataType::Time, _) => is_time(text),
        (DataType::Date, Some((day, ""))) => is_day(day),
        (DataType::Date, _) | (_, None) => false,
        (_, Some((day, ""))) => is_day(day),
        (_, Some((day, rest))) => {
            let time = rest.strip_prefix(['T', ' ']).unwrap_or_default();
            let time = match time.rsplit_once(['+', '-']) {
                Some((time, zone)) if zone.len() == 5 && is_time(zone) => time,
                _ => time.strip_suffix('Z').unwrap_or(time),
            };
            is_day(day) && is_time(time)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_moments_that_the_database_can_read() {
        for (kind, word, is) in [
            (DataType::Date, "9999-12-31", true),
            (DataType::Date, "9999-12-31T00:00:00", false),
            (DataType::Date, "2026-02-30", false),
            (DataType::Date, "0000-00-00", false),
            (DataType::Date, "31.12.9999", false),
            (DataType::Time, "00:00:00", true),
            (DataType::Time, "25:00", false),
            (DataType::Timestamp, "9999-12-31T00:00:00Z", true),
            (DataType::Timestamp, "9999-12-31 00:00:00.5+01:00", true),
            (DataType::Timestamp, "9999-12-31", true),
            (DataType::Timestamp, "9999-12-31T00:00:00[Etc/UTC]", false),
            (DataType::Timestamp, "-001000-01-01T00:00:00Z", false),
            (DataType::Datetime, "2026-01-05T08:00", true),
            (DataType::Datetime, "never", false),
            (DataType::Datetime, "nevernever", false),
        ] {
            assert_eq!(is_of_time(kind, word), is, "{word}");
        }
    }
}
