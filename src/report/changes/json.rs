//! Changes as JSON. The shape is documented in `docs/output.md`; its version is part of it.

use serde_json::{Value as Json, json};

use super::{ChangeReport, Placed, State};
use crate::finding::change::{Affected, Against, Change, Level, OpenGate, Side, Via};
use crate::model::Literal;
use crate::report::{Spot, finding_json};

/// The format's name and version.
const FORMAT: &str = "pact.diff/1";

/// A comparison as JSON.
pub fn json(report: &ChangeReport<'_>) -> Json {
    json!({
        "format": FORMAT,
        "base": state(&report.base),
        "head": state(&report.head),
        "contracts": report.contracts.iter().map(|placed| contract(report, placed)).collect::<Vec<_>>(),
        "problems": report.problems.findings.iter().map(finding_json).collect::<Vec<_>>(),
        "exceptions": report.exceptions.findings.iter().map(finding_json).collect::<Vec<_>>(),
        "summary": {
            "contracts": report.of(false).count(),
            "subscriptions": report.of(true).count(),
            "major": report.count(Level::Major),
            "minor": report.count(Level::Minor),
            "patch": report.count(Level::Patch),
            "none": report.count(Level::None),
            "failing": report.failing(false) + report.failing(true),
            "accepted": report.accepted,
        },
    })
}

fn state(state: &State) -> Json {
    json!({ "name": state.name, "commit": state.commit })
}

fn contract(report: &ChangeReport<'_>, placed: &Placed<'_>) -> Json {
    let verdict = placed.diff.verdict.as_ref().map(|verdict| {
        let remark = |remark: &crate::finding::change::Remark| {
            json!({
                "code": remark.meta.code,
                "severity": remark.severity.name(),
                "message": remark.message,
                "help": remark.help,
            })
        };
        json!({
            "base_version": verdict.base_text(),
            "head_version": verdict.head_text(),
            "protects": verdict.mode.name(),
            "declared": verdict.declared.name(),
            "required": verdict.required.name(),
            "write": verdict.write.as_ref().map(ToString::to_string),
            "ungated": verdict.ungated,
            "fails": verdict.fails(),
            "open_gates": verdict.open.iter().map(gate).collect::<Vec<_>>(),
            "against": verdict.against.iter().map(|one| against(placed, one)).collect::<Vec<_>>(),
            "remarks": verdict.remarks.iter().map(remark).collect::<Vec<_>>(),
            "location": placed.version.as_ref().map(|spot| json!({
                "file": spot.file.path().to_string_lossy(),
                "line": spot.start().line,
                "column": spot.start().column,
            })),
        })
    });
    let changes = placed.changes().into_iter().map(|(change, places)| {
        let sides = (side(&report.base, &change.base, places.base), side(&report.head, &change.head, places.head));
        one(change, placed.diff.level(change), sides)
    });
    json!({
        "contract": placed.diff.name,
        "subscription": placed.diff.subscription,
        "verdict": verdict,
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn gate(gate: &OpenGate) -> Json {
    let changes: Vec<Json> = gate.changes.iter().map(|(code, path)| json!({ "code": code, "path": path })).collect();
    json!({ "gate": gate.gate, "teams": gate.teams, "fails": gate.fails, "changes": changes })
}

/// What changed since an older version. Its document is not among those that are shown: values have no places.
fn against(placed: &Placed<'_>, against: &Against) -> Json {
    let changes: Vec<Json> = against
        .changes
        .iter()
        .map(|change| {
            json!({
                "code": change.meta.code,
                "path": change.element(),
                "level": placed.diff.level(change).name(),
                "levels": { "reader": change.levels.reader.name(), "writer": change.levels.writer.name() },
                "sure": change.sure.name(),
                "base": change.base.value.as_ref().map(literal),
                "head": change.head.value.as_ref().map(literal),
                "fingerprint": change.fingerprint(),
            })
        })
        .collect();
    let pins: Vec<Json> = against.pins.iter().map(|(team, pin)| json!({ "team": team, "pin": pin })).collect();
    json!({ "version": against.version.to_string(), "pinned_by": pins, "changes": changes })
}

fn one(change: &Change, level: Level, (base, head): (Json, Json)) -> Json {
    json!({
        "code": change.meta.code,
        "path": change.element(),
        "level": level.name(),
        "levels": { "reader": change.levels.reader.name(), "writer": change.levels.writer.name() },
        "sure": change.sure.name(),
        "gates": change.meta.gates,
        "base": base,
        "head": head,
        "why": change.meta.why,
        "witness": change.witness.as_ref().map(|witness| json!({
            "legal_in": witness.legal_in.name(),
            "value": witness.value.as_ref().map(literal),
            "text": witness.text,
        })),
        "help": change.help,
        "affects": change.affects.iter().map(affected).collect::<Vec<_>>(),
        "forbidden": change.forbidden,
        "accepted": change.accepted.as_ref().map(|accepted| json!({
            "reason": accepted.reason,
            "until": accepted.until.to_string(),
            "approved_by": accepted.approved_by,
        })),
        "fingerprint": change.fingerprint(),
        "explain": format!("pact explain {}", change.meta.code),
    })
}

/// A side; null where the contract is not there.
fn side(state: &State, side: &Side, spot: Option<Spot<'_>>) -> Json {
    let Some(spot) = spot else { return Json::Null };
    json!({
        "ref": state.name,
        "file": spot.file.path().to_string_lossy(),
        "line": spot.start().line,
        "column": spot.start().column,
        "path": side.path.to_string(),
        "value": side.value.as_ref().map(literal),
    })
}

fn affected(affected: &Affected) -> Json {
    let via = match &affected.via {
        Via::Everything => json!({ "kind": "all_fields" }),
        Via::Contract => json!({ "kind": "contract" }),
        Via::Fields(fields) => json!({ "kind": "fields", "fields": fields }),
        Via::Lineage { path } => json!({ "kind": "lineage", "path": path }),
        Via::Reference { contract, field } => {
            json!({ "kind": "reference", "contract": contract, "field": field })
        }
    };
    json!({
        "team": affected.team,
        "use_case": affected.use_case,
        "contact": affected.contact,
        "pin": affected.pin,
        "via": via,
    })
}

/// A value as JSON. Numbers that JSON can't hold become text.
fn literal(value: &Literal) -> Json {
    match value {
        Literal::Null => Json::Null,
        Literal::Bool(value) => json!(value),
        Literal::Int(value) => i64::try_from(*value).map_or_else(|_| json!(value.to_string()), |value| json!(value)),
        Literal::Float(value) if value.is_finite() => json!(value),
        Literal::Float(value) => json!(value.to_string()),
        Literal::Text(text) => json!(text),
        Literal::List(items) => items.iter().map(literal).collect(),
        Literal::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), literal(value))).collect(),
    }
}
