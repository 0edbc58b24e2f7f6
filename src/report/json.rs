//! Findings as JSON. The shape is documented in `docs/output.md`; its version is part of it.

use serde_json::{Value as Json, json};

use super::{Located, Report, Spot, sanitize};
use crate::finding::Severity;
use crate::source::{SourceFile, Span};

/// A report as JSON; `format` names the shape and its version, such as `pact.lint/1`.
pub fn json(report: &Report<'_>, format: &str) -> Json {
    json!({
        "format": format,
        "findings": report.findings.iter().map(finding_json).collect::<Vec<_>>(),
        "summary": summary_json(report),
    })
}

/// The numbers of a report.
pub(super) fn summary_json(report: &Report<'_>) -> Json {
    json!({
        "files": report.summary.files,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "infos": report.count(Severity::Info),
        "ignored": report.summary.ignored,
        "baseline": report.summary.baseline,
    })
}

/// A document as it is printed, on lines that a person can read.
pub fn pretty(json: &Json) -> String {
    sanitize::json(&format!("{json:#}\n"))
}

/// A document on one line.
pub(super) fn compact(json: &Json) -> String {
    sanitize::json(&format!("{json}\n"))
}

/// One finding as JSON.
pub fn finding_json(located: &Located<'_>) -> Json {
    let finding = located.finding;
    let mut json = json!({
        "code": finding.code,
        "severity": finding.severity.name(),
        "message": finding.message,
        "help": finding.help,
        "contract": located.contract,
        "element": (!located.element.is_empty()).then_some(&located.element),
        "location": place(&located.spot),
    });
    if !located.related.is_empty() {
        json["related"] = located
            .related
            .iter()
            .map(|spot| {
                let mut json = place(spot);
                json["note"] = json!(spot.note);
                json
            })
            .collect();
    }
    if let Some(mend) = &located.mend {
        let edit = |(span, text): &(Span, String)| json!({ "start": point(located.spot.file, span.start), "end": point(located.spot.file, span.end), "text": text });
        let edits: Vec<Json> = mend.edits.iter().map(edit).collect();
        json["fix"] = json!({ "title": mend.fix.title, "safe": mend.fix.is_safe, "edits": edits });
    }
    json
}

/// A place between two bytes of a file.
fn point(file: &SourceFile, offset: u32) -> Json {
    let position = file.position(offset);
    json!({ "offset": offset, "line": position.line, "column": position.column })
}

fn place(spot: &Spot<'_>) -> Json {
    let (start, end) = (spot.start(), spot.end());
    json!({
        "file": spot.file.path().to_string_lossy(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
