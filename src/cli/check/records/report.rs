//! What came of records, for people and as JSON (`pact.records/1`, documented in `docs/output.md`).

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::Checked;
use crate::check::records::{Count, Finding};
use crate::check::{CheckResult, Verdict};
use crate::cli::check::human::{coloured, sentence};
use crate::cli::output::Output;
use crate::model::RuleSeverity;
use crate::report::{pretty, sanitize};

/// A line for each expectation that deserves a look, with the first records that break it, and the numbers. With `-v` all
/// of them.
pub(super) fn human(checked: &Checked<'_>, output: Output) -> String {
    let mut text = String::new();
    let verdict = checked.verdict();
    if !output.quiet || verdict > Verdict::Pass {
        let _ = writeln!(
            text,
            "{}  {} {}, {}",
            coloured(verdict, verdict.name()),
            sanitize::line(&checked.contract.name),
            checked.contract.version,
            sanitize::line(&checked.source),
        );
        let all = output.verbose > 0;
        for (line, reason) in &checked.tally.broken_examples {
            let _ =
                writeln!(text, "  {}  line {line}: {}", coloured(Verdict::Fail, "no record"), sanitize::line(reason));
        }
        for finding in &checked.findings {
            result(&mut text, &finding.result, all);
            if finding.result.verdict > Verdict::Pass {
                examples(&mut text, finding);
            }
        }
        for one in &checked.whole {
            result(&mut text, one, all);
        }
        coerced(&mut text, checked);
        if !all {
            unsaid(&mut text, checked);
        }
        text.push('\n');
    }
    if !output.quiet {
        text.push_str(&summary(checked));
    }
    if output.has_color() { text } else { anstream::adapter::strip_str(&text).to_string() }
}

fn result(text: &mut String, result: &CheckResult, all: bool) {
    if !all && matches!(result.verdict, Verdict::Pass | Verdict::Omit) {
        return;
    }
    let severity = result.severity.map_or("", RuleSeverity::name);
    let verdict = coloured(result.verdict, &format!("{:<12}", result.verdict.name()));
    let element = sanitize::line(&result.element.to_string());
    let said = sentence(result.consumer.as_deref(), &result.expected, &result.actual, result.verdict == Verdict::Omit);
    let _ = writeln!(text, "  {verdict}  {severity:<8}  {:<12}  {element}: {said}", result.kind.name());
}

fn examples(text: &mut String, finding: &Finding<'_>) {
    for example in finding.count.map_or(&[][..], |count| count.examples.as_slice()) {
        let values: Vec<String> = example.values.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let values =
            if values.is_empty() { String::new() } else { format!(": {}", sanitize::line(&values.join(", "))) };
        let _ = writeln!(text, "{:26}line {}{values}", "", example.line);
    }
}

fn coerced(text: &mut String, checked: &Checked<'_>) {
    for ((field, how), count) in &checked.tally.coerced {
        let (field, how) = (sanitize::line(field), how.name().replace('_', " "));
        let _ = writeln!(text, "  {:<12}  {field}: {count} {how}", "coerced");
    }
}

/// How many expectations have nothing worse to say.
fn unsaid(text: &mut String, checked: &Checked<'_>) {
    let count = |wanted| checked.results().filter(|result| result.verdict == wanted).count();
    for (verdict, note) in [(Verdict::Pass, ""), (Verdict::Omit, " (-v tells why)")] {
        let count = count(verdict);
        if count > 0 {
            let _ = writeln!(text, "  {}  {count}{note}", coloured(verdict, &format!("{:<12}", verdict.name())));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn summary(checked: &Checked<'_>) -> String {
    let tally = checked.tally;
    let seconds = checked.took.as_secs_f64();
    let records = if tally.records() == 1 { "1 record".to_owned() } else { format!("{} records", tally.records()) };
    let mut text = format!("Checked {records} in {seconds:.1} s");
    if tally.bytes > 10_000_000 {
        let _ = write!(text, " ({:.0} MB/s)", tally.bytes as f64 / 1e6 / seconds);
    }
    let _ = write!(text, ": {} good, {} bad", tally.good, tally.bad);
    if tally.broken > 0 {
        let lines = if tally.broken == 1 { "1 line is".to_owned() } else { format!("{} lines are", tally.broken) };
        let _ = write!(text, "; {lines} no record");
    }
    if !checked.is_complete {
        text.push_str("; stopped there, and the rest was not looked at");
    }
    text.push_str(".\n");
    text
}

/// The same as JSON.
pub(super) fn json(checked: &Checked<'_>) -> String {
    let tally = checked.tally;
    pretty(&json!({
        "format": "pact.records/1",
        "contract": checked.contract.name,
        "version": checked.contract.version_text(),
        "dataset": checked.dataset.name,
        "source": checked.source,
        "verdict": checked.verdict().name(),
        "results": checked.findings.iter().map(|finding| entry(&finding.result, Some(finding))).chain(checked.whole.iter().map(|one| entry(one, None))).collect::<Vec<_>>(),
        "no_records": tally.broken_examples.iter().map(|(line, reason)| json!({ "line": line, "reason": reason })).collect::<Vec<_>>(),
        "unknown_fields": tally.extra.iter().map(|(name, records)| json!({ "field": name, "records": records })).collect::<Vec<_>>(),
        "coerced": tally.coerced.iter().map(|((field, how), count)| json!({ "field": field, "how": how.name(), "count": count })).collect::<Vec<_>>(),
        "summary": {
            "lines": tally.lines,
            "records": tally.records(),
            "good": tally.good,
            "bad": tally.bad,
            "no_records": tally.broken,
            "bytes": tally.bytes,
            "complete": checked.is_complete,
            "elapsed_ms": u64::try_from(checked.took.as_millis()).unwrap_or(u64::MAX),
        },
    }))
}

fn entry(result: &CheckResult, finding: Option<&Finding<'_>>) -> Json {
    let element = result.element.to_string();
    let count = finding.and_then(|finding| finding.count);
    let number = |pick: fn(&Count) -> u64| count.map(pick);
    json!({
        "expectation": finding.map(|finding| finding.id),
        "kind": result.kind.name(),
        "verdict": result.verdict.name(),
        "severity": result.severity.map(RuleSeverity::name),
        "element": (!element.is_empty()).then_some(element),
        "consumer": result.consumer,
        "expected": result.expected,
        "actual": result.actual,
        "records": number(|count| count.records),
        "broken": number(|count| count.broken),
        "failed": number(|count| count.failed),
        "examples": count.map_or(&[][..], |count| count.examples.as_slice()).iter().map(|example| json!({
            "line": example.line,
            "values": example.values.iter().map(|(field, value)| json!({ "field": field, "value": value })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
