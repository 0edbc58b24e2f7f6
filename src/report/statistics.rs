//! How often each rule speaks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::json::summary_json;
use super::{Report, human};
use crate::finding::Severity;

/// Findings of one rule with one severity.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    code: &'static str,
    severity: Severity,
    group: &'static str,
    count: usize,
    /// How many of them `pact lint --fix` mends.
    fixable: usize,
}

/// The most frequent first.
fn rows(report: &Report<'_>, group: &dyn Fn(&str) -> Option<&'static str>) -> Vec<Row> {
    let mut counts: BTreeMap<(&str, Severity), Row> = BTreeMap::new();
    for finding in report.findings.iter().map(|located| located.finding) {
        let (code, severity) = (finding.code, finding.severity);
        let row = counts.entry((code, severity)).or_insert_with(|| {
            let group = group(code).unwrap_or_default();
            Row { code, severity, group, count: 0, fixable: 0 }
        });
        row.count += 1;
        row.fixable += usize::from(finding.fix.as_ref().is_some_and(|fix| fix.is_safe));
    }
    let mut rows: Vec<Row> = counts.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// A line for each rule, and the counts of all. `group` gives the group of a rule.
pub fn text(report: &Report<'_>, group: &dyn Fn(&str) -> Option<&'static str>) -> String {
    let rows = rows(report, group);
    let widest = |width: fn(&Row) -> usize| rows.iter().map(width).max().unwrap_or_default();
    let (count, code) = (widest(|row| row.count.to_string().len()), widest(|row| row.code.len()));
    let mut text = String::new();
    for row in &rows {
        let mark = match row.fixable {
            0 => "   ",
            fixable if fixable == row.count => "[*]",
            _ => "[-]",
        };
        let severity = row.severity.name();
        let _ = writeln!(text, "{:count$}  {severity:7}  {mark}  {:code$}  {}", row.count, row.code, row.group);
    }
    if !rows.is_empty() {
        text.push('\n');
    }
    text.push_str(&human::summary(report));
    if rows.iter().any(|row| row.fixable > 0) {
        text.push_str("[*] can be mended with `pact lint --fix`, [-] some of them.\n");
    }
    text
}

/// The same as JSON.
pub fn json(report: &Report<'_>, group: &dyn Fn(&str) -> Option<&'static str>) -> Json {
    let row = |row: Row| {
        json!({
            "code": row.code,
            "severity": row.severity.name(),
            "group": row.group,
            "count": row.count,
            "fixable": row.fixable,
        })
    };
    let rows: Vec<Json> = rows(report, group).into_iter().map(row).collect();
    json!({ "format": "pact.statistics/1", "statistics": rows, "summary": summary_json(report) })
}
