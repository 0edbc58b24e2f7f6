//! Where data lies: databases and files that answer SQL. What is asked, and in which dialect, is decided elsewhere.

pub mod buckets;
#[cfg(feature = "engine")]
mod engine;
pub mod files;
#[cfg(not(feature = "engine"))]
mod no_engine;
pub mod postgres;
mod spread;
pub mod sqlite;
pub mod write;

use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

#[cfg(feature = "engine")]
pub use engine::Files;
use files::BrokenRows;
#[cfg(not(feature = "engine"))]
pub use no_engine::Files;

/// A column of a table as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveColumn {
    /// Its name.
    pub name: String,
    /// Its type, in the words of the database: what a domain is made of, and what is within a composite type or an enum.
    pub physical: String,
    /// What the database calls the type, where it has a name of its own for each; `None` where only `physical` is known.
    pub declared: Option<String>,
    /// Whether it may be null; `None` where the database does not say.
    pub nullable: Option<bool>,
    /// What its values are.
    pub values: Values,
    /// Why nobody here may read its values, and what would let them; `None` where they may be read.
    pub denied: Option<String>,
}

/// What the values of a column are before anybody reads them as anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// Of the type of the column.
    #[default]
    Typed,
    /// Text that nothing binds to be of a type, as in CSV.
    Text,
    /// JSON.
    Json,
}

/// What a database sees to by itself in a table: no row gets in that breaks it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enforced {
    /// What tells the table from others in the same place.
    pub table: String,
    /// The columns that are never null.
    pub not_null: Vec<String>,
    /// Columns whose values together no two rows share. Rows with a null among them may.
    pub unique: Vec<Vec<String>>,
    /// Rows whose columns refer to rows that are there.
    pub references: Vec<Reference>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The table referred to, as in [`Enforced::table`].
    pub table: String,
    /// The columns, each with the one that it refers to.
    pub columns: Vec<(String, String)>,
}

/// A value in an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Another number.
    Float(f64),
    /// A number by its decimal digits.
    Decimal(String),
    /// Text, and everything else as text.
    Text(String),
}

impl Cell {
    /// The value as a number. Whole numbers beyond 2^53 lose digits.
    pub fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 are judged as roughly as that")]
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::Decimal(digits) => digits.parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Bool(value) => Some(f64::from(u8::from(*value))),
            // What looks like a number may be a code: `007`.
            Self::Text(_) | Self::Null => None,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Int(value) => write!(out, "{value}"),
            Self::Float(value) => write!(out, "{value:?}"),
            Self::Decimal(text) | Self::Text(text) => out.write_str(text),
        }
    }
}

/// Why there is no answer. Sentences are for people: without secrets, and without the SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// What the source says can't be understood: nothing was asked.
    Mistaken(String),
    /// Nobody is there, or does not let us in: nothing else will be answered either.
    Lost(String),
    /// This table may not be read, and others may be.
    Denied(String),
    /// This question can't be answered; the next one may be.
    Refused(String),
    /// Somebody else keeps a table locked: whatever is asked of it has no answer now.
    Locked(String),
    /// It needs more memory than it may have; another way to ask the same may not.
    OutOfMemory(String),
    /// It took longer than it may. The database was told to stop.
    TimedOut(String),
}

impl Trouble {
    /// The sentence.
    pub fn reason(&self) -> &str {
        match self {
            Self::Mistaken(reason)
            | Self::Lost(reason)
            | Self::Denied(reason)
            | Self::Refused(reason)
            | Self::Locked(reason)
            | Self::OutOfMemory(reason)
            | Self::TimedOut(reason) => reason,
        }
    }
}

/// What is said of a condition with a sum or the like in it.
const OF_ONE_ROW: &str = "a condition is about one row at a time, and has no sum, count or the like over many rows; a rule with a `query` may have one";

/// The parts of a name with dots in it, such as `shop.orders`. In double quotes a dot is a letter, and two quotes are one.
pub fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                parts.last_mut().into_iter().for_each(|part| part.push('"'));
            }
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(letter)),
        }
    }
    parts
}

/// A place where data lies. It is only ever read.
pub trait Database {
    /// The columns of a table; `None` where there is no such table.
    ///
    /// # Errors
    ///
    /// The database can't be asked.
    fn columns(&mut self, table: &str) -> Result<Option<Vec<LiveColumn>>, Trouble>;

    /// The names of the tables, to suggest one; the first hundred of them.
    ///
    /// # Errors
    ///
    /// The database can't be asked.
    fn tables(&mut self) -> Result<Vec<String>, Trouble>;

    /// Gives a query a name under which SQL knows it as a table. Databases, whose tables have names, need none.
    ///
    /// # Errors
    ///
    /// The query is wrong.
    fn define(&mut self, name: &str, query: &str) -> Result<(), Trouble> {
        let _ = (name, query);
        Ok(())
    }

    /// Shows the rows of a query one by one, however many there are, until that is enough.
    ///
    /// # Errors
    ///
    /// The query can't be answered.
    fn each(&mut self, sql: &str, visit: &mut dyn FnMut(Vec<Cell>) -> ControlFlow<()>) -> Result<(), Trouble>;

    /// Whether a file is one of those that the tables are made of, so that nothing may be written over it.
    fn is_made_of(&self, path: &Path) -> bool {
        let _ = path;
        false
    }

    /// Writes the rows of a query as Parquet; how many they were.
    ///
    /// # Errors
    ///
    /// The query can't be answered, the file can't be written, or nothing here writes Parquet.
    fn write_parquet(&mut self, sql: &str, path: &Path) -> Result<u64, Trouble> {
        let _ = (sql, path);
        Err(Trouble::Refused("rows of a database are written as CSV and NDJSON only".to_owned()))
    }

    /// What the database sees to by itself in a table; nothing where it does not say, and of views.
    ///
    /// # Errors
    ///
    /// The database can't be asked.
    fn enforced(&mut self, table: &str) -> Result<Enforced, Trouble> {
        let _ = table;
        Ok(Enforced::default())
    }

    /// The rows of a query, at most so many.
    ///
    /// # Errors
    ///
    /// The query can't be answered.
    fn rows(&mut self, sql: &str, most: usize) -> Result<Vec<Vec<Cell>>, Trouble>;

    /// The rows of a table that could not be read as rows, and are in no answer; none but in text files. Known from the last query
    /// that read the whole table; the table is read for it where there was none.
    ///
    /// # Errors
    ///
    /// The files can't be read.
    fn broken_rows(&mut self, table: &str) -> Result<BrokenRows, Trouble> {
        let _ = table;
        Ok(BrokenRows::default())
    }
}
