//! What a service answered, as plain data: before it is judged, and without anything that is not needed for that. It is
//! recorded in the ledger, and can be judged again later.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Ask, prometheus};

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

impl FailureKind {
    /// Whether anything answered at all.
    pub fn answered(self) -> bool {
        matches!(self, Self::Status | Self::Redirect | Self::NotJson | Self::Unexpected | Self::TooLarge)
    }
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
    /// Whether values may be null; `None` where the service does not say.
    #[serde(default)]
    pub nullable: Option<bool>,
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
}

impl DatasetMetrics {
    /// The number of rows, wherever it stands.
    pub fn rows(&self) -> Option<u64> {
        self.row_count.or_else(|| self.completeness.as_ref()?.total_rows)
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
}

/// What a service says of its own operation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Uptime {
    /// The share of time in which it answered, in percent, over a window of its choice.
    #[serde(default)]
    pub uptime_percentage: Option<f64>,
}

/// Reads the body of an answer with status 200.
pub fn read_answer(ask: Ask, body: &[u8]) -> Answer {
    let read = match ask {
        Ask::Health => parse(body).map(Answer::Health),
        Ask::Schema => parse(body).map(Answer::Schema),
        Ask::Metrics => metrics(body).map(Answer::Metrics),
    };
    read.unwrap_or_else(Answer::Failed)
}

/// JSON, or the text format of Prometheus.
fn metrics(body: &[u8]) -> Result<Metrics, Failure> {
    let is_text = body.trim_ascii_start().first().is_some_and(|first| !matches!(first, b'{' | b'[' | b'<' | b'"'));
    match std::str::from_utf8(body) {
        Ok(text) if is_text => prometheus::read(text).map_err(|error| Failure {
            kind: FailureKind::NotJson,
            detail: format!("an answer that is neither JSON nor Prometheus text: {error}"),
        }),
        _ => parse(body),
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        // A mapping that is cut off is no JSON either; only well-formed JSON can be of the wrong shape.
        let (kind, what) = if error.is_data() {
            (FailureKind::Unexpected, "JSON that is not what the convention says")
        } else if body.trim_ascii_start().starts_with(b"<") {
            return Failure { kind: FailureKind::NotJson, detail: "HTML or XML, not JSON".to_owned() };
        } else {
            (FailureKind::NotJson, "an answer that is not JSON")
        };
        Failure { kind, detail: format!("{what}: {error}") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(ask: Ask, body: &str) -> FailureKind {
        match read_answer(ask, body.as_bytes()) {
            Answer::Failed(failure) => failure.kind,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_json_is_told_from_what_has_another_shape() {
        assert_eq!(failure(Ask::Health, "<html>sign in</html>"), FailureKind::NotJson);
        assert_eq!(failure(Ask::Health, ""), FailureKind::NotJson);
        assert_eq!(failure(Ask::Schema, "{\"tables\":"), FailureKind::NotJson);
        assert_eq!(failure(Ask::Schema, "{\"tables\": [1]}"), FailureKind::Unexpected);
        assert_eq!(failure(Ask::Health, "[]"), FailureKind::Unexpected);
        assert_eq!(failure(Ask::Metrics, "{\"row_count\": -1}"), FailureKind::Unexpected);
    }

    #[test]
    fn deep_nesting_ends_in_a_failure() {
        let deep = format!("{{\"freshness\": {}", "[".repeat(200_000));
        assert_eq!(failure(Ask::Metrics, &deep), FailureKind::NotJson);
    }

    #[test]
    fn an_answer_survives_being_recorded() {
        let body = br#"{"timestamp": "x", "freshness": {"last_update": "2026-01-01T00:00:00Z", "is_fresh": true},
            "completeness": {"total_rows": 3, "field_completeness": {"a": 66.7, "b": null}}, "row_count": 3,
            "availability": {"status": "up", "uptime_percentage": 100}}"#;
        let answer = read_answer(Ask::Metrics, body);
        let recorded = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&recorded).unwrap(), answer);
        assert!(matches!(answer, Answer::Metrics(metrics) if metrics.only.rows() == Some(3)));
    }
}
