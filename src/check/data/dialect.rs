//! The dialects of SQL, and how each writes names, texts and moments.

use crate::model::{Field, Literal};

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

    /// The words that stand for a missing value of a field, as texts.
    pub(super) fn missing(self, field: &Field) -> impl Iterator<Item = String> {
        let words = field.missing_values().iter().filter(|word| **word != Literal::Null);
        words.map(move |word| self.text_of(word.text().unwrap_or(&word.to_string())))
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

/// A literal as a number, which may stand there as text; `None` where it is none.
pub(super) fn number(word: &Literal) -> Option<String> {
    let text = word.text().map_or_else(|| word.to_string(), |text| text.trim().to_owned());
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| text)
}
