//! Changes as JSON Lines. The shape is documented in `docs/output.md`.

use serde_json::json;

use super::{ChangeReport, json as document};
use crate::report::jsonl::{items, taken};
use crate::report::tagged;

/// A line for each verdict, each change and each document that can't be compared and each stale exception, and a last one with the numbers. Each has
/// the name of its contract, so that no line needs another. The keys are those of the document.
pub fn jsonl(report: &ChangeReport<'_>) -> String {
    let mut document = document(report);
    let mut text = String::new();
    for mut contract in items(&mut document, "contracts") {
        let (verdict, changes) = (taken(&mut contract, "verdict"), items(&mut contract, "changes"));
        let name = json!({ "contract": contract["contract"], "subscription": contract["subscription"] });
        if !verdict.is_null() {
            text.push_str(&tagged("verdict", [contract, verdict]));
        }
        for change in changes {
            text.push_str(&tagged("change", [name.clone(), change]));
        }
    }
    for (key, kind) in [("problems", "problem"), ("exceptions", "exception")] {
        text.extend(items(&mut document, key).into_iter().map(|finding| tagged(kind, [finding])));
    }
    let summary = taken(&mut document, "summary");
    text.push_str(&tagged("summary", [document, summary]));
    text
}
