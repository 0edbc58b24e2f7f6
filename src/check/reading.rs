//! Bodies of answers, read key by key: what is odd is told in words for people, and spoils nothing but itself.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{
    Answer, Ask, Column, Completeness, DatasetMetrics, Failure, FailureKind, Freshness, Health, Metrics, SchemaAnswer,
    Table, Uptime, prometheus,
};
use crate::source::words::quoted;

type Object = Map<String, Json>;

/// Reads the body of an answer with status 200.
pub fn read_answer(ask: Ask, body: &[u8]) -> Answer {
    let read = match ask {
        Ask::Health => parse(body).and_then(|json| health(&json).map_err(|why| unexpected(&why))).map(Answer::Health),
        Ask::Schema => parse(body).and_then(|json| schema(&json).map_err(|why| unexpected(&why))).map(Answer::Schema),
        Ask::Metrics => metrics_or_text(body).map(Answer::Metrics),
        Ask::Data => Err(unexpected("no service answers for the data itself")),
    };
    read.unwrap_or_else(Answer::Failed)
}

/// JSON, or the text format of Prometheus.
fn metrics_or_text(body: &[u8]) -> Result<Metrics, Failure> {
    let is_text = body.trim_ascii_start().first().is_some_and(|first| !matches!(first, b'{' | b'[' | b'<' | b'"'));
    match std::str::from_utf8(body) {
        Ok(text) if is_text => prometheus::read(text).map_err(|error| Failure {
            kind: FailureKind::NotJson,
            detail: format!("an answer that is neither JSON nor Prometheus text: {error}"),
        }),
        _ => parse(body).and_then(|json| metrics(&json).map_err(|why| unexpected(&why))),
    }
}

fn parse(body: &[u8]) -> Result<Json, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        let detail = if body.trim_ascii().is_empty() {
            "an empty answer, which is not JSON".to_owned()
        } else if body.trim_ascii_start().starts_with(b"<") {
            "HTML or XML, not JSON".to_owned()
        } else if error.is_eof() {
            "an answer that is not JSON: it is cut off".to_owned()
        } else {
            format!("an answer that is not JSON: it goes wrong at line {}, column {}", error.line(), error.column())
        };
        Failure { kind: FailureKind::NotJson, detail }
    })
}

fn unexpected(why: &str) -> Failure {
    Failure { kind: FailureKind::Unexpected, detail: format!("JSON that is not what the convention says: {why}") }
}

/// A value as a message shows it.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        Json::String(text) => format!("the text {}", quoted(text)),
        other => quoted(&other.to_string()),
    }
}

fn object<'a>(value: &'a Json, place: &str) -> Result<&'a Object, String> {
    value.as_object().ok_or_else(|| format!("{place} is {}, not an object", shown(value)))
}

/// A value that has to be there.
fn required<'a>(object: &'a Object, key: &str, place: &str) -> Result<&'a Json, String> {
    object.get(key).ok_or_else(|| format!("{place} is missing"))
}

fn text(object: &Object, key: &str, place: &str) -> Result<String, String> {
    let value = required(object, key, place)?;
    value.as_str().map(str::to_owned).ok_or_else(|| format!("{place} is {}, not a text", shown(value)))
}

/// What a service says of what it serves. What is no text is kept as it is written, and judged as no such name or version.
fn said(object: &Object, key: &str) -> Option<String> {
    match object.get(key) {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    }
}

fn health(json: &Json) -> Result<Health, String> {
    let json = object(json, "the answer")?;
    Ok(Health {
        status: text(json, "status", "`status`")?,
        contract_name: said(json, "contract_name"),
        contract_version: said(json, "contract_version"),
    })
}

fn schema(json: &Json) -> Result<SchemaAnswer, String> {
    let json = object(json, "the answer")?;
    let mut tables = BTreeMap::new();
    for (name, table) in object(required(json, "tables", "`tables`")?, "`tables`")? {
        let place = format!("tables.{name}");
        let table = object(table, &quoted(&place))?;
        let place = format!("{place}.columns");
        let columns = required(table, "columns", &quoted(&place))?;
        let list = columns.as_array().ok_or_else(|| format!("{} is {}, not a list", quoted(&place), shown(columns)))?;
        let columns = list.iter().enumerate().map(|(index, column)| self::column(column, &format!("{place}[{index}]")));
        tables.insert(name.clone(), Table { columns: columns.collect::<Result<_, _>>()? });
    }
    Ok(SchemaAnswer {
        contract_name: said(json, "contract_name"),
        contract_version: said(json, "contract_version"),
        tables,
    })
}

fn column(json: &Json, place: &str) -> Result<Column, String> {
    let json = object(json, &quoted(place))?;
    let nullable = match json.get("nullable") {
        None | Some(Json::Null) => None,
        Some(Json::Bool(nullable)) => Some(*nullable),
        Some(other) => {
            return Err(format!("{} is {}, not true or false", quoted(&format!("{place}.nullable")), shown(other)));
        }
    };
    Ok(Column {
        name: text(json, "name", &quoted(&format!("{place}.name")))?,
        physical: text(json, "type", &quoted(&format!("{place}.type")))?,
        declared: None,
        nullable,
        is_counted: false,
    })
}

fn metrics(json: &Json) -> Result<Metrics, String> {
    let json = object(json, "the answer")?;
    let mut metrics = Metrics { only: numbers(json, ""), ..Metrics::default() };
    match json.get("datasets") {
        None | Some(Json::Null) => {}
        Some(Json::Object(datasets)) => {
            for (name, value) in datasets {
                let place = format!("datasets.{name}");
                let own = match value {
                    Json::Object(own) => numbers(own, &format!("{place}.")),
                    other => {
                        let mut own = DatasetMetrics::default();
                        for key in ["freshness", "completeness", "row_count"] {
                            own.unreadable.insert(key.to_owned(), odd(&place, other, "an object"));
                        }
                        own
                    }
                };
                metrics.datasets.insert(name.clone(), own);
            }
        }
        Some(other) => {
            metrics.only.unreadable.insert("datasets".to_owned(), odd("datasets", other, "an object"));
        }
    }
    metrics.availability = match json.get("availability") {
        None | Some(Json::Null) => None,
        Some(Json::Object(own)) => {
            let (uptime_percentage, unreadable) = match own.get("uptime_percentage").map(|value| (value, number(value)))
            {
                None => (None, None),
                Some((_, Ok(number))) => (number, None),
                Some((value, Err(()))) => (None, Some(odd("availability.uptime_percentage", value, "a number"))),
            };
            Some(Uptime { uptime_percentage, unreadable })
        }
        Some(other) => {
            Some(Uptime { uptime_percentage: None, unreadable: Some(odd("availability", other, "an object")) })
        }
    };
    Ok(metrics)
}

/// The sentence about a value of `/metrics` that can't be used.
fn odd(place: &str, value: &Json, wanted: &str) -> String {
    format!("{} in /metrics is {}, not {wanted}", quoted(place), shown(value))
}

fn number(value: &Json) -> Result<Option<f64>, ()> {
    if value.is_null() { Ok(None) } else { value.as_f64().filter(|number| number.is_finite()).map(Some).ok_or(()) }
}

/// A count of rows: a whole number, however it is written.
fn count(value: &Json) -> Result<Option<u64>, ()> {
    match (value.as_u64(), value) {
        (Some(count), _) => Ok(Some(count)),
        (None, Json::Null) => Ok(None),
        _ => value.as_f64().and_then(prometheus::whole).map(Some).ok_or(()),
    }
}

/// The numbers of a dataset. `within` is where they stand.
fn numbers(json: &Object, within: &str) -> DatasetMetrics {
    let mut numbers = DatasetMetrics::default();
    let place = |key: &str| format!("{within}{key}");
    if let Some(value) = json.get("row_count") {
        match count(value) {
            Ok(count) => numbers.row_count = count,
            Err(()) => numbers.is_odd("row_count", odd(&place("row_count"), value, "a number of rows")),
        }
    }
    match json.get("freshness") {
        None | Some(Json::Null) => {}
        Some(Json::Object(own)) => numbers.freshness = Some(freshness(own, &mut numbers.unreadable, within)),
        Some(other) => numbers.is_odd("freshness", odd(&place("freshness"), other, "an object")),
    }
    match json.get("completeness") {
        None | Some(Json::Null) => {}
        Some(Json::Object(own)) => {
            let mut completeness = Completeness::default();
            if let Some(value) = own.get("total_rows") {
                if let Ok(count) = count(value) {
                    completeness.total_rows = count;
                } else {
                    let sentence = odd(&place("completeness.total_rows"), value, "a number of rows");
                    numbers.is_odd("total_rows", sentence);
                }
            }
            let key = "completeness.field_completeness";
            match own.get("field_completeness") {
                None | Some(Json::Null) => {}
                Some(Json::Object(shares)) => {
                    for (field, value) in shares {
                        if let Ok(share) = number(value) {
                            completeness.field_completeness.insert(field.clone(), share);
                        } else {
                            let sentence = odd(&place(&format!("{key}.{field}")), value, "a number");
                            completeness.unreadable.insert(field.clone(), sentence);
                        }
                    }
                }
                Some(other) => numbers.is_odd("completeness", odd(&place(key), other, "an object")),
            }
            numbers.completeness = Some(completeness);
        }
        Some(other) => numbers.is_odd("completeness", odd(&place("completeness"), other, "an object")),
    }
    numbers
}

/// The older key counts only where the newer one is missing, and so does what is odd of it.
fn freshness(own: &Object, unreadable: &mut BTreeMap<String, String>, within: &str) -> Freshness {
    let mut freshness = Freshness::default();
    match own.get("last_update") {
        None | Some(Json::Null) => match own.get("seconds_since_update").map(|value| (value, number(value))) {
            None => {}
            Some((_, Ok(seconds))) => freshness.seconds_since_update = seconds,
            Some((value, Err(()))) => {
                let place = format!("{within}freshness.seconds_since_update");
                unreadable.insert("freshness".to_owned(), odd(&place, value, "a number"));
            }
        },
        Some(Json::String(text)) => {
            freshness.last_update = Some(text.clone());
            freshness.seconds_since_update = own.get("seconds_since_update").and_then(Json::as_f64);
        }
        Some(other) => {
            let place = format!("{within}freshness.last_update");
            unreadable.insert("freshness".to_owned(), odd(&place, other, "a time"));
        }
    }
    freshness
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(ask: Ask, body: &str) -> (FailureKind, String) {
        match read_answer(ask, body.as_bytes()) {
            Answer::Failed(failure) => (failure.kind, failure.detail),
            other => panic!("{other:?}"),
        }
    }

    fn metrics_of(body: &str) -> Metrics {
        match read_answer(Ask::Metrics, body.as_bytes()) {
            Answer::Metrics(metrics) => metrics,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_json_is_told_from_what_has_another_shape() {
        for (ask, body, expected) in [
            (Ask::Health, "<html>sign in</html>", "HTML or XML, not JSON"),
            (Ask::Health, "", "an empty answer, which is not JSON"),
            (Ask::Schema, "{\"tables\":", "an answer that is not JSON: it is cut off"),
            (Ask::Schema, "{\"tables\" 1}", "an answer that is not JSON: it goes wrong at line 1, column 11"),
        ] {
            assert_eq!(failure(ask, body), (FailureKind::NotJson, expected.to_owned()));
        }
    }

    #[test]
    fn only_objects_are_taken_for_objects() {
        for (ask, body, expected) in [
            (Ask::Health, r#"["healthy","seq","1.0.0"]"#, "the answer is a list, not an object"),
            (Ask::Health, "{}", "`status` is missing"),
            (Ask::Health, r#"{"status": 1}"#, "`status` is `1`, not a text"),
            (Ask::Schema, r#"["a", "1.0.0", {}]"#, "the answer is a list, not an object"),
            (Ask::Schema, r#"{"tables": [1]}"#, "`tables` is a list, not an object"),
            (Ask::Schema, r#"{"tables": {"a": [[]]}}"#, "`tables.a` is a list, not an object"),
            (Ask::Schema, r#"{"tables": {"a": {}}}"#, "`tables.a.columns` is missing"),
            (Ask::Schema, r#"{"tables": {"a": {"columns": {}}}}"#, "`tables.a.columns` is an object, not a list"),
            (
                Ask::Schema,
                r#"{"tables": {"a": {"columns": [["id", "int"]]}}}"#,
                "`tables.a.columns[0]` is a list, not an object",
            ),
            (
                Ask::Schema,
                r#"{"tables": {"a": {"columns": [{"name": "id", "type": "int", "nullable": "no"}]}}}"#,
                "`tables.a.columns[0].nullable` is the text `no`, not true or false",
            ),
            (Ask::Metrics, "[null, 1]", "the answer is a list, not an object"),
        ] {
            let (kind, detail) = failure(ask, body);
            assert_eq!(kind, FailureKind::Unexpected);
            assert_eq!(detail, format!("JSON that is not what the convention says: {expected}"));
        }
    }

    #[test]
    fn an_odd_number_spoils_nothing_but_itself() {
        let metrics = metrics_of(
            r#"{"row_count": 1000.0, "freshness": {"last_update": 5}, "availability": "up",
            "completeness": {"total_rows": -1, "field_completeness": {"a": "50", "b": 50}}}"#,
        );
        assert_eq!(metrics.only.rows(), Some(1000));
        assert_eq!(
            metrics.only.unreadable.values().collect::<Vec<_>>(),
            [
                "`freshness.last_update` in /metrics is `5`, not a time",
                "`completeness.total_rows` in /metrics is `-1`, not a number of rows"
            ]
        );
        let completeness = metrics.only.completeness.unwrap();
        assert_eq!(completeness.field_completeness["b"], Some(50.0));
        let sentence = "`completeness.field_completeness.a` in /metrics is the text `50`, not a number";
        assert_eq!(completeness.unreadable["a"], sentence);
        let sentence = "`availability` in /metrics is the text `up`, not an object";
        assert_eq!(metrics.availability.unwrap().unreadable.as_deref(), Some(sentence));
        let several = metrics_of(r#"{"datasets": {"a": [1], "b": {"row_count": 1.5}}}"#);
        assert_eq!(several.datasets["a"].unreadable["row_count"], "`datasets.a` in /metrics is a list, not an object");
        let sentence = "`datasets.b.row_count` in /metrics is `1.5`, not a number of rows";
        assert_eq!(several.datasets["b"].unreadable["row_count"], sentence);
    }

    #[test]
    fn deep_nesting_ends_in_a_failure() {
        let deep = format!("{{\"freshness\": {}", "[".repeat(200_000));
        assert_eq!(failure(Ask::Metrics, &deep).0, FailureKind::NotJson);
    }

    #[test]
    fn an_answer_survives_being_recorded() {
        let body = br#"{"timestamp": "x", "freshness": {"last_update": "2026-01-01T00:00:00Z", "is_fresh": true},
            "completeness": {"total_rows": 3, "field_completeness": {"a": 66.7, "b": null, "c": []}}, "row_count": 3,
            "datasets": {"d": 1}, "availability": {"status": "up", "uptime_percentage": 100}}"#;
        let answer = read_answer(Ask::Metrics, body);
        let recorded = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&recorded).unwrap(), answer);
        assert!(matches!(answer, Answer::Metrics(metrics) if metrics.only.rows() == Some(3)));
    }
}
