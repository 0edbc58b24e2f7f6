//! What a service answered, as plain data: before it is judged, and without anything that is not needed for that. It is
//! recorded in the ledger, and can be judged again later.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Ask;

/// One question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What was asked.
    pub ask: Ask,
    /// The address as in the contract: variables of the environment are not filled in.
    pub url: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How long the whole answer took.
    pub elapsed: SignedDuration,
    /// What came back.
    pub answer: Answer,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Of `/health`.
    Health(Health),
    /// Of `/schema`.
    Schema(SchemaAnswer),
    /// Of `/metrics`.
    Metrics(Metrics),
    /// Of the data itself.
    Data(DataAnswer),
    /// Nothing that can be used.
    Failed(Failure),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure.
    pub kind: FailureKind,
    /// One sentence for people, without secrets.
    pub detail: String,
}

/// The ways in which a question stays without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// Nobody listens there.
    Refused,
    /// The host is not known, the connection broke, or TLS failed.
    Unreachable,
    /// The answer was not complete in time.
    TimedOut,
    /// An HTTP status other than 200.
    Status,
    /// A redirect, which pact does not follow.
    Redirect,
    /// No JSON.
    NotJson,
    /// JSON that is not what the convention says.
    Unexpected,
    /// More than pact reads.
    TooLarge,
    /// pact never asked: the run was over, or a variable is not set.
    NotAsked,
}

/// The answer of `/health`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Health {
    /// `healthy`, or what is wrong.
    pub status: String,
    /// The contract that the service serves.
    #[serde(default)]
    pub contract_name: Option<String>,
    /// Its version.
    #[serde(default)]
    pub contract_version: Option<String>,
}

/// The answer of `/schema`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SchemaAnswer {
    /// The contract that the service serves.
    #[serde(default)]
    pub contract_name: Option<String>,
    /// Its version.
    #[serde(default)]
    pub contract_version: Option<String>,
    /// The tables by name.
    pub tables: BTreeMap<String, Table>,
}

/// A live table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A live column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its physical type.
    #[serde(rename = "type")]
    pub physical: String,
    /// What a database calls the type, where it has a name of its own for each; `None` where only `physical` is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// Whether values may be null; `None` where the service does not say.
    #[serde(default)]
    pub nullable: Option<bool>,
    /// Whether its type binds no value, so that each value is held against the promised type instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_counted: bool,
}

/// The answer of `/metrics`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metrics {
    /// The numbers of the only dataset.
    #[serde(flatten)]
    pub only: DatasetMetrics,
    /// The numbers of each dataset, where there are several.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub datasets: BTreeMap<String, DatasetMetrics>,
    /// What the service says of its own operation.
    #[serde(default)]
    pub availability: Option<Uptime>,
}

/// The numbers of a dataset.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DatasetMetrics {
    /// The age of the data.
    #[serde(default)]
    pub freshness: Option<Freshness>,
    /// Which values are there.
    #[serde(default)]
    pub completeness: Option<Completeness>,
    /// The number of rows.
    #[serde(default)]
    pub row_count: Option<u64>,
    /// What was sent and can't be used, by key, each with a sentence that says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unreadable: BTreeMap<String, String>,
}

impl DatasetMetrics {
    /// The number of rows, wherever it stands.
    pub fn rows(&self) -> Option<u64> {
        self.row_count.or_else(|| self.completeness.as_ref()?.total_rows)
    }

    /// Why the value of a key (`freshness`, `completeness`, `row_count`, `total_rows`) can't be used, if it was sent.
    pub fn why_not(&self, key: &str) -> Option<&str> {
        self.unreadable.get(key).map(String::as_str)
    }

    /// Notes that the value of a key can't be used.
    pub(super) fn is_odd(&mut self, key: &str, sentence: String) {
        self.unreadable.insert(key.to_owned(), sentence);
    }
}

/// The age of the data.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Freshness {
    /// When the newest data came (RFC 3339; UTC where no zone is given).
    #[serde(default)]
    pub last_update: Option<String>,
    /// The same as an age, for services that know no clock time.
    #[serde(default)]
    pub seconds_since_update: Option<f64>,
}

/// Which values are there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Completeness {
    /// The number of rows.
    #[serde(default)]
    pub total_rows: Option<u64>,
    /// The share of values that are not null by column, in percent; null where there are no rows.
    #[serde(default)]
    pub field_completeness: BTreeMap<String, Option<f64>>,
    /// The columns whose share can't be used, each with a sentence that says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unreadable: BTreeMap<String, String>,
}

/// What a service says of its own operation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Uptime {
    /// The share of time in which it answered, in percent, over a window of its choice.
    #[serde(default)]
    pub uptime_percentage: Option<f64>,
    /// Why it can't be used, where it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// What was measured of the data itself, by dataset.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DataAnswer {
    /// What was measured of each.
    pub datasets: BTreeMap<String, DatasetAnswer>,
    /// Whether only columns and their types were looked at, and no row.
    #[serde(default)]
    pub is_metadata_only: bool,
    /// Whether only some of the expectations were asked for: nothing else is judged then.
    #[serde(default)]
    pub is_choice: bool,
    /// Why there was nothing to look at, by dataset.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lost: BTreeMap<String, String>,
}

/// What was measured of the rows of a dataset.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DatasetAnswer {
    /// How many rows were looked at; `None` where that could not be found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Why no row could be looked at, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// How many rows there are, where only some of them were looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_of: Option<u64>,
    /// What stands between the rows and is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<BrokenRows>,
    /// How many values of a field are there, by the name of the field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filled: BTreeMap<String, u64>,
    /// The newest value of a field, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub newest: BTreeMap<String, String>,
    /// The fields whose columns may not be read, each with why, and what would let us.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub denied: BTreeMap<String, String>,
    /// The fields whose columns are asked for, where only some of the expectations are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen_fields: Vec<String>,
    /// What was measured for an expectation, by its `id`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measured: BTreeMap<String, Measured>,
}

/// Rows of files that could not be read as rows, such as those with too many cells. They were not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BrokenRows {
    /// How many there are.
    pub count: u64,
    /// The first ones.
    pub first: Vec<BrokenRow>,
}

/// A row that could not be read as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BrokenRow {
    /// The file.
    pub file: String,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What is wrong with it, to follow a place and a colon.
    pub what: String,
}

/// What was measured for one expectation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// A number.
    Number {
        /// The number: most often the count of rows that break the expectation.
        value: f64,
        /// How many rows the expectation is about, where that is not all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<u64>,
        /// Rows that break it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        examples: Vec<Example>,
    },
    /// The one value of a query, where it is a text.
    Text(String),
    /// Nothing, since the database lets nothing in that breaks it.
    Enforced,
    /// Nothing, since the source can't; the reason.
    Left(String),
    /// Nothing, since it went wrong; what did.
    Failed(String),
}

/// A row that breaks an expectation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Example {
    /// Where it is, as far as that can be told: `data/orders.csv:17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Some of its values by the names of the fields. Personal data is masked.
    pub values: BTreeMap<String, String>,
}
