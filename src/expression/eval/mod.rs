//! Conditions held against one row at a time, where no database does it.
//!
//! An expression is compiled once, with the types of its fields: what makes no sense or is not known is an error then, so that
//! nothing passes that was not evaluated. What it means is what `PostgreSQL`, SQLite and `DataFusion` agree on, with three
//! values of truth; where they differ, the names say which way was taken.

mod compile;
mod constants;
mod functions;
mod node;
mod number;
mod run;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

use jiff::Timestamp;

use super::{Expr, Name};
use crate::model::DataType;
use node::Node;

pub use number::Number;
pub use value::{Moment, Span, Value, time_of_day};

/// Compiles a regular expression of a contract, within bounds.
///
/// # Errors
///
/// It is none, or is too large; to follow "not checked:".
pub fn pattern(text: &str) -> Result<regex::Regex, String> {
    constants::regex(text, false)
}

/// Where the value of a name is found in a row, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The place in the row.
    pub slot: usize,
    /// The type of the values there.
    pub data_type: DataType,
}

/// Why a condition could not be evaluated for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// Something was divided by zero.
    DivisionByZero,
    /// A number or a date became larger than can be written.
    Overflow,
    /// A text was to be read as a value of another type, and is none.
    Cast,
    /// A function was given what it has no value for.
    Argument,
}

impl fmt::Display for Failed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::DivisionByZero => "division by zero",
            Self::Overflow => "a number or a date beyond all bounds",
            Self::Cast => "a text that can't be read as a value of the type of a cast",
            Self::Argument => "an argument for which a function has no value",
        })
    }
}

/// A condition that is ready to be held against rows.
#[derive(Debug)]
pub struct Program {
    root: Node,
}

impl Program {
    /// Compiles the expression of a text. `find` says where the value of a name is, or why there is none; `now` is the moment
    /// that the clock shows.
    ///
    /// # Errors
    ///
    /// What of it can't be evaluated, to follow "not checked:".
    pub fn new(
        text: &str,
        expr: &Expr,
        now: Timestamp,
        find: &dyn Fn(&[Name]) -> Result<Place, String>,
    ) -> Result<Self, String> {
        let root = compile::Compiler { text, now, find }.condition(expr)?;
        Ok(Self { root })
    }

    /// Whether a row keeps it; `None` where that is unknown because a value is null.
    ///
    /// # Errors
    ///
    /// There is no answer for this row.
    pub fn holds<'v>(&'v self, row: &'v [Value<'v>]) -> Result<Option<bool>, Failed> {
        self.root.truth(row)
    }
}
