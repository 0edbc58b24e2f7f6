//! What a contract promises of its data's quality.

use super::Quantity;
use super::words::words;

/// A promise about the quality of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// What is measured.
    pub metric: Metric,
    /// The bound: a share for most, a span of time for freshness, a count for volume.
    pub threshold: Quantity,
    /// How it is measured, for people.
    pub measurement_method: Option<String>,
    /// Whether a breach alerts people.
    pub alert_on_breach: bool,
    /// Of which rows it holds, and how it is measured; `None` where nothing is said of it.
    pub measuring: Option<Box<Measuring>>,
}

/// Of which rows an expectation holds, and how it is measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measuring {
    /// The rows that it is about, as a SQL boolean over the fields; all of them if not given.
    pub rows: Option<String>,
    /// The field whose newest value tells the age of the data. Means something for freshness alone.
    pub timestamp_field: Option<String>,
    /// How often the producer measures it.
    pub every: Option<Quantity>,
    /// The tool that measures it.
    pub engine: Option<String>,
}

words! {
    /// What is measured.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Metric {
        Freshness = "freshness", "the greatest age of the newest data, such as `15 minutes`";
        Completeness = "completeness", "the least share of values that are there, such as `99.5%`";
        Accuracy = "accuracy", "the least share of values that are right, such as `99.9%`";
        Availability = "availability", "the least share of time that the service answers, such as `99.9%`";
        Uniqueness = "uniqueness", "the least share of rows whose key occurs once, such as `100%`";
        Volume = "volume", "the least count of rows, such as `1000`";
    }
}

/// An expectation on rows or columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The name, unique in the contract.
    pub name: String,
    /// Technical or business.
    pub family: RuleFamily,
    /// The dataset, where the contract has several.
    pub dataset: Option<String>,
    /// The field that it is about.
    pub field: Option<String>,
    /// A named check, such as `not_null`.
    pub check: Option<String>,
    /// A SQL boolean over the fields of a row.
    pub expression: Option<String>,
    /// How many rows may break it, or what share must keep it.
    pub threshold: Option<Quantity>,
    /// How bad a breach is.
    pub severity: RuleSeverity,
    /// The quality dimension, such as `validity`.
    pub dimension: Option<String>,
    /// What it means, for people.
    pub description: Option<String>,
    /// Of which rows it holds, and how it is measured; `None` where nothing is said of it.
    pub measuring: Option<Box<Measuring>>,
}

/// Who cares about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleFamily {
    /// Nulls, types, uniqueness, timeliness.
    Technical,
    /// What the values mean: `amount >= 0`.
    Business,
}

words! {
    /// How bad the breach of a rule is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum RuleSeverity {
        Info = "info", "worth knowing";
        Warning = "warning", "worth a look";
        #[default]
        Error = "error", "the promise is broken";
        Critical = "critical", "somebody must act now";
    }
}
