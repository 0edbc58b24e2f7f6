//! Findings as JSON Lines: an object on each line, for programs that read as it comes. The shape is documented in
//! `docs/output.md`.

use serde_json::{Map, Value as Json, json};

use super::json::compact;
use super::{Report, json as document};

/// A line for each finding, and a last one with the numbers; `format` names the shape, such as `pact.lint/1`.
pub fn jsonl(report: &Report<'_>, format: &str) -> String {
    let mut document = document(report, format);
    let mut text = String::new();
    for finding in items(&mut document, "findings") {
        text.push_str(&tagged("finding", [finding]));
    }
    let summary = taken(&mut document, "summary");
    text.push_str(&tagged("summary", [document, summary]));
    text
}

/// One line: an object with its `kind`, and the keys of all parts that are objects.
pub fn tagged<const N: usize>(kind: &str, parts: [Json; N]) -> String {
    let mut line = Map::new();
    line.insert("kind".to_owned(), json!(kind));
    for part in parts {
        if let Json::Object(part) = part {
            line.extend(part);
        }
    }
    compact(&Json::Object(line))
}

/// Takes a list out of a document.
pub(super) fn items(document: &mut Json, key: &str) -> Vec<Json> {
    let taken = document.as_object_mut().and_then(|document| document.shift_remove(key));
    if let Some(Json::Array(items)) = taken { items } else { Vec::new() }
}

/// Takes a value out of a document; null where it is not there.
pub(super) fn taken(document: &mut Json, key: &str) -> Json {
    document.as_object_mut().and_then(|document| document.shift_remove(key)).unwrap_or_default()
}
