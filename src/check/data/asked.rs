//! What is asked of a database: queries, and what their answers are good for.

use super::{Dialect, Relation};

/// A query, and what its answer is good for.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The SQL. It only reads.
    pub sql: String,
    /// SQL that asks the same, takes longer, and needs less memory.
    pub frugal: Option<String>,
    /// What each column of its one row tells.
    pub serves: Vec<Serves>,
}

/// What a column of an answer tells. Expectations are named by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// How many rows were looked at.
    Rows,
    /// How many rows there are, where only some were looked at.
    Total,
    /// How many values of the field of this position in the dataset are not null.
    Filled(usize),
    /// The newest value of the field of this position in the dataset, as text.
    Newest(usize),
    /// The number that an expectation measures.
    Number(usize),
    /// How many rows an expectation is about.
    Of(usize),
    /// How many rows share a key, and behind a blank hashes of some of these keys, in one text. A number alone where it was asked for in
    /// less memory.
    Keys(usize),
}

/// How much memory queries may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// As much as they need: what can be asked together is.
    Enough,
    /// As little as can be: each key is asked for alone.
    Short,
}

/// How something is asked for.
pub(super) enum Asked {
    /// As columns of the query that passes over all rows.
    InPass(Vec<(Serves, String)>),
    /// By a query of its own.
    Alone(Query),
}

pub(super) fn aggregate(columns: &[(Serves, String)], relation: &Relation, dialect: Dialect) -> Query {
    let named = columns.iter().enumerate().map(|(index, (_, sql))| format!("{sql} AS c{index}"));
    let sql = format!("SELECT {}\nFROM {}", named.collect::<Vec<_>>().join(",\n       "), relation.rows(dialect));
    Query { sql, frugal: None, serves: columns.iter().map(|(serves, _)| *serves).collect() }
}

pub(super) fn count_where(condition: &str) -> String {
    format!("count(*) FILTER (WHERE {condition})")
}
