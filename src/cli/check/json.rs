//! Results as JSON (`pact.check/1`, documented in `docs/output.md`).

use serde_json::{Value as Json, json};

use super::{Checked, Run};
use crate::check::{CheckResult, Observation, Verdict};
use crate::cli::workspace::Documents;
use crate::model::RuleSeverity;
use crate::report::tagged;

/// A whole run.
pub(super) fn json(run: &Run<'_>, documents: &Documents) -> Json {
    let undecided = run.checked.iter().filter(|one| one.outcome.verdict() == Verdict::Error).count();
    json!({
        "format": "pact.check/1",
        "contracts": run.checked.iter().map(|checked| contract(checked, documents)).collect::<Vec<_>>(),
        "not_checked": run.unchecked.iter().map(|unchecked| json!({
            "name": unchecked.name,
            "reason": unchecked.reason,
            "failed": unchecked.failed,
        })).collect::<Vec<_>>(),
        "summary": {
            "checked": run.checked.len(),
            "not_checked": run.unchecked.len(),
            "violations": run.violations(),
            "undecided": undecided,
            "elapsed_ms": u64::try_from(run.took.as_millis()).unwrap_or(u64::MAX),
        },
    })
}

/// The same as JSON Lines: a line for each contract, for each that was not checked, and one with the numbers.
pub(super) fn lines(run: &Run<'_>, documents: &Documents) -> String {
    let mut document = json(run, documents);
    let mut text = String::new();
    for (key, kind) in [("contracts", "contract"), ("not_checked", "not_checked")] {
        if let Json::Array(items) = document[key].take() {
            text.extend(items.into_iter().map(|item| tagged(kind, [item])));
        }
    }
    let summary = document["summary"].take();
    text + &tagged("summary", [json!({ "format": document["format"] }), summary])
}

fn contract(checked: &Checked<'_>, documents: &Documents) -> Json {
    let outcome = &checked.outcome;
    let file = documents.get(checked.contract.source).map(|document| document.file.path().to_string_lossy());
    json!({
        "contract": checked.contract.name,
        "version": checked.contract.version_text(),
        "file": file,
        "environment": checked.environment,
        "verdict": outcome.verdict().name(),
        "score": {
            "overall": outcome.score.overall,
            "components": outcome.score.components.iter().map(|component| json!({
                "kind": component.kind.name(),
                "value": component.value,
                "weight": component.weight,
            })).collect::<Vec<_>>(),
        },
        "execution": checked.recorded.as_ref().map(|(seq, id)| json!({"seq": seq, "id": id})),
        "results": outcome.results.iter().map(result).collect::<Vec<_>>(),
        "observations": checked.observations.iter().map(observation).collect::<Vec<_>>(),
    })
}

fn result(result: &CheckResult) -> Json {
    let element = result.element.to_string();
    json!({
        "kind": result.kind.name(),
        "verdict": result.verdict.name(),
        "severity": result.severity.map(RuleSeverity::name),
        "element": (!element.is_empty()).then_some(element),
        "consumer": result.consumer,
        "expected": result.expected,
        "actual": result.actual,
        "consumed": result.consumed,
        "affected": result.affected,
        "evidence": result.evidence.as_deref().map(|evidence| json!({
            "id": evidence.id,
            "check": evidence.check,
            "rule": evidence.rule,
            "dimension": evidence.dimension,
            "value": evidence.value,
            "rows": evidence.rows,
            "examples": evidence.examples,
        })),
    })
}

fn observation(observation: &Observation) -> Json {
    json!({
        "ask": observation.ask.name(),
        "url": observation.url,
        "asked_at": format!("{:.3}", observation.asked_at),
        "elapsed_ms": u64::try_from(observation.elapsed.as_millis()).unwrap_or(0),
        "answer": observation.answer,
    })
}
