//! Something that the data has to satisfy.

use jiff::SignedDuration;

use super::{Column, Condition};
use crate::check::CheckKind;
use crate::model::{Bound, Path, RuleSeverity, Statistic, Subscriber};

/// Something that the rows of a dataset have to satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation<'a> {
    /// A name that stays the same from run to run, unique among the expectations of a contract: `orders.amount min`.
    pub id: String,
    /// What it is: the key of the constraint or the name of the check, such as `min` or `not_null`.
    pub check: &'static str,
    /// The kind of check that it belongs to.
    pub kind: CheckKind,
    /// The element of the contract that it is about.
    pub element: Path,
    /// The field of the dataset that it is about, by its name.
    pub field: Option<&'a str>,
    /// What is measured; or why nothing is.
    pub measure: Result<Measure<'a>, Unmeasured>,
    /// What the result has to be.
    pub demand: Demand<'a>,
    /// What was promised, to follow "promised".
    pub promised: String,
    /// How bad a breach is.
    pub severity: RuleSeverity,
    /// The quality dimension, such as `validity`.
    pub dimension: Option<&'a str>,
    /// Free labels of the rule or the field.
    pub tags: &'a [String],
    /// The name of the rule, where it is one.
    pub rule: Option<&'a str>,
    /// The consumer whose own expectation it is; `None` for the contract's.
    pub consumer: Option<&'a Subscriber>,
}

/// Why nothing is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmeasured {
    /// What is expected is nothing that data is asked for here. The reason, to follow "not checked:".
    Elsewhere(String),
    /// What the contract says can't be understood: nobody could check it. What is wrong with it.
    Mistaken(String),
    /// Whoever asks may not read it. Why, and what would let them.
    Denied(String),
}

impl Unmeasured {
    /// The reason.
    pub fn reason(&self) -> &str {
        match self {
            Self::Elsewhere(reason) | Self::Mistaken(reason) | Self::Denied(reason) => reason,
        }
    }

    /// The same for another reason.
    #[must_use]
    pub fn with(&self, reason: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Elsewhere(own) => Self::Elsewhere(reason(own)),
            Self::Mistaken(own) => Self::Mistaken(reason(own)),
            Self::Denied(own) => Self::Denied(reason(own)),
        }
    }

    pub(in crate::check) fn elsewhere(reason: impl Into<String>) -> Self {
        Self::Elsewhere(reason.into())
    }
}

impl From<String> for Unmeasured {
    fn from(mistake: String) -> Self {
        Self::Mistaken(mistake)
    }
}

impl From<&str> for Unmeasured {
    fn from(mistake: &str) -> Self {
        Self::Mistaken(mistake.to_owned())
    }
}

/// What is measured of the rows of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure<'a> {
    /// How many rows break a condition, of those that keep another, or of all.
    Broken {
        /// The condition.
        condition: Condition<'a>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// How many rows there are, of those that keep a condition, or in all.
    Rows(Option<Condition<'a>>),
    /// How many rows have values that an earlier row has. Rows with a null among them are not counted, as in a unique
    /// constraint of SQL.
    Duplicates {
        /// The columns whose values together are held against those of other rows.
        columns: Vec<Column<'a>>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// How many rows have values that another row has, be it before or behind. Rows with a null among them are not counted.
    Shared {
        /// The columns whose values together are held against those of other rows.
        columns: Vec<Column<'a>>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// How many values of these columns together are null.
    Missing {
        /// The columns; those that are not there are left out.
        columns: Vec<Column<'a>>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// The newest value, as seconds since 1970.
    Newest {
        /// The column, of dates or moments.
        column: Column<'a>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// A number that tells of what shape the values of a column are; of a share, how many of the values are among those asked for.
    Statistic {
        /// What of them.
        statistic: &'a Statistic,
        /// The column.
        column: Column<'a>,
        /// The rows that it is about.
        rows: Option<Condition<'a>>,
    },
    /// How many rows refer to a row that is not there. Rows with a null among the columns refer to nothing.
    Orphans {
        /// The columns that refer.
        columns: Vec<Column<'a>>,
        /// What they refer to.
        referred: Referred<'a>,
    },
    /// The one value of a query that the contract has.
    Query(&'a str),
}

/// The columns that a reference leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Referred<'a> {
    /// The contract.
    pub contract: &'a str,
    /// Its dataset.
    pub dataset: &'a str,
    /// The columns there.
    pub columns: Vec<Column<'a>>,
}

/// What a measured number has to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Demand<'a> {
    /// So many rows may break it.
    AtMost(f64),
    /// The number itself has to be as large as this.
    AtLeast(f64),
    /// At least this share of the rows, in percent, has to keep it.
    Share(f64),
    /// The number is a moment, no older than this.
    Age(SignedDuration),
    /// The number itself, or its share of the rows in percent, has to keep a bound.
    Bound(&'a Bound, Unit),
}

/// In what a measured number is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// As a count of rows, or as the value itself.
    Count,
    /// As a share of the rows in percent.
    Percent,
    /// As a share of the values, from 0 to 1.
    Part,
}
