//! The dialects of SQL, and how each writes names, texts and moments.

use crate::model::DataType;

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// That of the embedded engine for files.
    DataFusion,
    /// `PostgreSQL`.
    Postgres,
    /// SQLite, with a function `regexp`.
    Sqlite,
}

impl Dialect {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DataFusion => "the engine for files",
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        }
    }

    /// A moment in SQLite, which has no type for it: as text in UTC, so that texts sort as moments do.
    pub(super) fn moment_in_sqlite(sql: &str) -> String {
        format!("strftime('%Y-%m-%d %H:%M:%f', {sql})")
    }

    /// A name in quotes, whatever letters it has.
    pub fn name_of(self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    /// A column as a value of the type that a field promises, where the database has several for it: what is text there compares,
    /// sorts and is measured as text.
    pub fn value_of(self, column: &str, physical: &str, promised: DataType) -> String {
        let name = self.name_of(column);
        if self != Self::Postgres {
            return name;
        }
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

    /// A text in quotes.
    pub fn text_of(self, text: &str) -> String {
        let plain = format!("'{}'", text.replace('\'', "''"));
        // A backslash is a letter like others, whatever `standard_conforming_strings` says.
        match self {
            Self::Postgres if text.contains('\\') => format!("E{}", plain.replace('\\', "\\\\")),
            _ => plain,
        }
    }
}
