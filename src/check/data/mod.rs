//! What the data itself has to satisfy, and how that is measured.
//!
//! [`expectations`] says what a contract and its consumers expect of a dataset: each is a [`Measure`] of its rows, independent
//! of who measures it. A database or an engine for files gets [`queries`] in the words of its [`Dialect`], as few as can be; a
//! stream of records is held against the same conditions one record at a time. What was measured is judged elsewhere, so that
//! it can be judged again, and for each consumer.

mod asked;
mod column;
mod compile;
mod condition;
mod dialect;
mod examples;
mod expectation;
mod files;
mod forms;
mod keys;
mod pattern;
mod postgres;
mod qualities;
mod query;
mod relation;
mod rows;
mod split;
mod sql;
mod statistics;
mod words;

pub use asked::{Memory, Query, Serves};
pub use column::{Column, Inner};
pub use compile::expectations;
pub use condition::Condition;
pub use dialect::Dialect;
pub use examples::{RowExamples, examples, row_examples};
pub use expectation::{Demand, Expectation, Measure, Referred, Unit, Unmeasured};
pub use files::{FileWords, file_relation};
pub use postgres::is_nested_in_postgres;
pub use query::{Queries, Wanted, queries};
pub use relation::{Denied, Live, Other, Relation};
pub use rows::FILTER;
pub use split::{CODES, OWN_COLUMNS, Split, sorts_rows};
pub use sql::Unsupported;
