//! Does the live thing keep the promise? Pure: [`plan`] says what to ask, [`Observation`] is what was answered, [`judge`]
//! compares. Who asks is not known here, so an old answer can be judged again, and a consumer's stricter expectation
//! costs no second request.

pub mod data;
mod findings;
mod judge;
mod observation;
mod plan;
mod prometheus;
mod reading;
pub mod records;
mod rules;
mod score;

pub use findings::findings;
pub use judge::{CheckResult, Evidence, Outcome, Past, Promised, Subject, judge};
pub use observation::{
    Answer, BrokenRow, BrokenRows, Column, Completeness, DataAnswer, DatasetAnswer, DatasetMetrics, Example, Failure,
    FailureKind, Freshness, Health, Measured, Metrics, Observation, SchemaAnswer, Table, Uptime,
};
pub use plan::{Ask, Auth, DATA_KINDS, Place, Plan, Probe, plan, setting};
pub use reading::read_answer;
pub use rules::RULES;
pub use score::{Component, Score, score};

/// The kinds of checks. The names are those of the ledger, of JSON output and of `scoring.weights`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CheckKind {
    /// The service answers and says that it is well.
    Availability,
    /// It serves this contract, in a version that keeps the promise.
    Conformance,
    /// Columns, their types, and whether they may be null.
    Schema,
    /// The age of the newest data.
    Freshness,
    /// The share of values that are there.
    Completeness,
    /// The number of rows.
    Volume,
    /// How fast the service answers.
    Latency,
    /// Whether the end of the contract is near.
    Deprecation,
    /// Keys that occur once. Needs the data itself.
    Uniqueness,
    /// The share of values that are right. Needs the data itself.
    Accuracy,
    /// Rules on rows. Needs the data itself.
    Rules,
}

impl CheckKind {
    /// Every kind, in the order in which results are shown.
    pub const ALL: &[Self] = &[
        Self::Availability,
        Self::Conformance,
        Self::Schema,
        Self::Freshness,
        Self::Completeness,
        Self::Volume,
        Self::Latency,
        Self::Deprecation,
        Self::Uniqueness,
        Self::Accuracy,
        Self::Rules,
    ];

    /// The name in output and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Availability => "availability",
            Self::Conformance => "conformance",
            Self::Schema => "schema",
            Self::Freshness => "freshness",
            Self::Completeness => "completeness",
            Self::Volume => "volume",
            Self::Latency => "latency",
            Self::Deprecation => "deprecation",
            Self::Uniqueness => "uniqueness",
            Self::Accuracy => "accuracy",
            Self::Rules => "rules",
        }
    }
}

/// What came of a check. The order is from harmless to bad: the verdict of a contract is its worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Not applicable, with a reason.
    Omit,
    /// The promise is kept.
    Pass,
    /// The promise is kept, and something deserves a look.
    Warn,
    /// The data or the endpoint never answered.
    NotReceived,
    /// The promise is broken.
    Fail,
    /// pact could not decide.
    Error,
}

impl Verdict {
    /// The name in output and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Omit => "omit",
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::NotReceived => "not_received",
            Self::Fail => "fail",
            Self::Error => "error",
        }
    }

    /// Whether the promise was broken: only these count as violations.
    pub fn is_violation(self) -> bool {
        matches!(self, Self::Fail | Self::NotReceived)
    }
}
