//! What a contract promises of its data's quality and of its operation.

use super::Quantity;

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
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// The greatest age of the newest data.
    Freshness,
    /// The least share of values that are there.
    Completeness,
    /// The least share of values that are right.
    Accuracy,
    /// The least share of time that the service answers.
    Availability,
    /// The least share of rows whose key occurs once.
    Uniqueness,
    /// The least count of rows.
    Volume,
}

impl Metric {
    /// Every metric, with its name in contracts and what it promises.
    pub const ALL: &[(&'static str, &'static str)] = &[
        ("freshness", "the greatest age of the newest data, such as `15 minutes`"),
        ("completeness", "the least share of values that are there, such as `99.5%`"),
        ("accuracy", "the least share of values that are right, such as `99.9%`"),
        ("availability", "the least share of time that the service answers, such as `99.9%`"),
        ("uniqueness", "the least share of rows whose key occurs once, such as `100%`"),
        ("volume", "the least count of rows, such as `1000`"),
    ];

    /// The metric of a name as contracts write it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "freshness" => Self::Freshness,
            "completeness" => Self::Completeness,
            "accuracy" => Self::Accuracy,
            "availability" => Self::Availability,
            "uniqueness" => Self::Uniqueness,
            "volume" => Self::Volume,
            _ => return None,
        })
    }

    /// The name as contracts write it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
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
}

/// Who cares about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleFamily {
    /// Nulls, types, uniqueness, timeliness.
    Technical,
    /// What the values mean: `amount >= 0`.
    Business,
}

/// How bad the breach of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum RuleSeverity {
    /// Worth knowing.
    Info,
    /// Worth a look.
    Warning,
    /// The promise is broken.
    #[default]
    Error,
    /// Somebody must act now.
    Critical,
}

impl RuleSeverity {
    /// Every severity with its name in contracts and what it means.
    pub const ALL: &[(&'static str, &'static str)] = &[
        ("info", "worth knowing"),
        ("warning", "worth a look"),
        ("error", "the promise is broken"),
        ("critical", "somebody must act now"),
    ];

    /// The severity of a name as contracts write it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "info" => Self::Info,
            "warning" => Self::Warning,
            "error" => Self::Error,
            "critical" => Self::Critical,
            _ => return None,
        })
    }

    /// The name as contracts write it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Promises about operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceLevels {
    /// The time of day, with its zone, by which new data is there: `06:00 Europe/Amsterdam`.
    pub ready_by: Option<String>,
    /// How often new data comes.
    pub cadence: Option<Quantity>,
    /// The least share of values that are there.
    pub completeness_min: Option<Quantity>,
    /// How many rows are expected.
    pub volume: Volume,
    /// The time within which half of the requests are answered.
    pub latency_p50: Option<Quantity>,
    /// The time within which 95 of 100 requests are answered.
    pub latency_p95: Option<Quantity>,
    /// The least share of time that the service answers.
    pub availability: Option<Quantity>,
    /// Recovery point objective: how much data, as time, may be lost.
    pub rpo: Option<Quantity>,
    /// Recovery time objective: how long a recovery may take.
    pub rto: Option<Quantity>,
    /// How long data is kept.
    pub retention: Option<Quantity>,
}

/// How many rows a delivery has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volume {
    /// The usual count.
    pub baseline: Option<Quantity>,
    /// The least count.
    pub floor: Option<Quantity>,
    /// How far a count may lie from the baseline, as a share.
    pub deviation: Option<Quantity>,
}
