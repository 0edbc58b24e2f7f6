//! Results for a person at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Checked, Run};
use crate::check::{Answer, CheckResult, Verdict};
use crate::cli::output::Output;
use crate::report::{counted, sanitize};

/// A block for each contract, what was not checked, and a summary. Without `-v` what passed is named on one line,
/// with `-q` not at all.
pub(super) fn human(run: &Run<'_>, output: Output) -> String {
    let mut text = String::new();
    for checked in &run.checked {
        if output.quiet && checked.outcome.verdict() <= Verdict::Pass {
            continue;
        }
        contract(&mut text, checked, output);
    }
    for unchecked in run.unchecked.iter().filter(|unchecked| !output.quiet || unchecked.failed) {
        let verdict = if unchecked.failed { Verdict::Error } else { Verdict::Omit };
        let (name, reason) = (sanitize::line(&unchecked.name), sanitize::line(&unchecked.reason));
        let _ = writeln!(text, "{}  {name}: not checked, {reason}", coloured(verdict, verdict.name()));
    }
    if !output.quiet {
        if !run.unchecked.is_empty() {
            text.push('\n');
        }
        text.push_str(&summary(run));
    }
    text
}

fn contract(text: &mut String, checked: &Checked<'_>, output: Output) {
    let all = output.verbose > 0;
    let outcome = &checked.outcome;
    let verdict = outcome.verdict();
    let score = outcome.score.overall.map_or_else(String::new, |score| format!(", score {score}"));
    let at = checked.environment.map_or_else(String::new, |name| format!(" ({})", sanitize::line(name)));
    let recorded = checked.recorded.as_ref().map_or_else(String::new, |(seq, _)| format!(", recorded as {seq}"));
    let _ = writeln!(
        text,
        "{}  {} {}{at}{score}{recorded}",
        coloured(verdict, verdict.name()),
        sanitize::line(&checked.contract.name),
        checked.contract.version,
    );
    samples(text, checked);
    let mut said: Vec<&CheckResult> = Vec::new();
    for result in &outcome.results {
        if !all && matches!(result.verdict, Verdict::Pass | Verdict::Omit) {
            continue;
        }
        // What comes of one silent service is one line, not one for each promise.
        if !all && matches!(result.verdict, Verdict::NotReceived | Verdict::Error) {
            if said.iter().any(|first| says_the_same(first, result)) {
                continue;
            }
            said.push(result);
        }
        line(text, result, &also(&outcome.results, result, all));
    }
    if !all && !output.quiet {
        kinds(text, &outcome.results, Verdict::Pass, "");
        kinds(text, &outcome.results, Verdict::Omit, " (-v tells why)");
    }
    text.push('\n');
}

/// Of which datasets only some rows were looked at.
fn samples(text: &mut String, checked: &Checked<'_>) {
    for observation in &checked.observations {
        let Answer::Data(data) = &observation.answer else { continue };
        for (name, dataset) in &data.datasets {
            if let (Some(rows), Some(all)) = (dataset.rows, dataset.sample_of.filter(|all| Some(*all) > dataset.rows)) {
                let name = sanitize::line(name);
                let _ =
                    writeln!(text, "  a sample: {rows} of {all} rows of {name}, and nothing is known of the others");
            }
        }
    }
}

/// Whether two results of different kinds come of the same silence.
fn says_the_same(one: &CheckResult, other: &CheckResult) -> bool {
    one.kind != other.kind && one.verdict == other.verdict && one.actual == other.actual
}

/// The other kinds of checks that have the same to say.
fn also(results: &[CheckResult], result: &CheckResult, all: bool) -> Vec<&'static str> {
    if all || !matches!(result.verdict, Verdict::NotReceived | Verdict::Error) {
        return Vec::new();
    }
    let same = results.iter().filter(|other| says_the_same(result, other));
    let mut kinds: Vec<&str> = same.map(|other| other.kind.name()).collect();
    kinds.dedup();
    kinds
}

fn line(text: &mut String, result: &CheckResult, also: &[&str]) {
    let severity = result.severity.map_or("", |severity| severity.name());
    let verdict = coloured(result.verdict, &format!("{:<12}", result.verdict.name()));
    let element = result.element.to_string();
    let _ = write!(text, "  {verdict}  {severity:<8}  {:<12}  ", result.kind.name());
    if !element.is_empty() {
        let _ = write!(text, "{}: ", sanitize::line(&element));
    }
    let whose = result.consumer.as_deref();
    let sentence = sentence(whose, &result.expected, &result.actual, result.verdict == Verdict::Omit);
    // Without it a kept promise would look like a broken one.
    let used = result.consumed.filter(|_| result.verdict == Verdict::Warn);
    let used = used.map_or_else(String::new, |share| format!(", which uses up {share:.0}% of what it allows"));
    let _ = writeln!(text, "{sentence}{used}");
    let shown = result.verdict >= Verdict::Warn;
    for example in result.evidence.iter().filter(|_| shown).flat_map(|evidence| &evidence.examples) {
        let values: Vec<String> = example.values.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let place = example.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        let _ = writeln!(text, "{:28}such as {}", "", sanitize::line(&format!("{place}{}", values.join(", "))));
    }
    if !also.is_empty() {
        let _ = writeln!(text, "{:28}and so nothing is known of {}", "", also.join(", "));
    }
    if !result.affected.is_empty() {
        let _ = writeln!(text, "{:28}affects {}", "", sanitize::line(&result.affected.join(", ")));
    }
}

/// What somebody may expect, and what was found or why nothing was checked.
pub(in crate::cli) fn sentence(consumer: Option<&str>, expected: &str, actual: &str, omitted: bool) -> String {
    let (expected, actual) = (sanitize::line(expected), sanitize::line(actual));
    let found = if omitted { "not checked:" } else { "found" };
    match consumer {
        Some(team) => format!("{} expects {expected}; {found} {actual}", sanitize::line(team)),
        None => format!("promised {expected}; {found} {actual}"),
    }
}

/// One line with the kinds of a verdict that have nothing worse.
fn kinds(text: &mut String, results: &[CheckResult], verdict: Verdict, note: &str) {
    let mut kinds: Vec<&str> = Vec::new();
    for result in results.iter().filter(|result| result.verdict == verdict) {
        let name = result.kind.name();
        let worse = results.iter().any(|other| other.kind == result.kind && other.verdict > verdict);
        if !worse && !kinds.contains(&name) {
            kinds.push(name);
        }
    }
    if !kinds.is_empty() {
        let _ = writeln!(
            text,
            "  {}  {:<8}  {}{note}",
            coloured(verdict, &format!("{:<12}", verdict.name())),
            "",
            kinds.join(", ")
        );
    }
}

/// What was checked, what came of it, and how long it took.
pub(super) fn summary(run: &Run<'_>) -> String {
    let of =
        |wanted: fn(Verdict) -> bool| run.checked.iter().filter(|checked| wanted(checked.outcome.verdict())).count();
    if run.checked.is_empty() {
        return "No contract is in force, so nothing was checked.\n".to_owned();
    }
    let mut text = format!("Checked {} in {:.1} s:", counted(run.checked.len(), "contract"), run.took.as_secs_f64());
    let passed = of(|verdict| matches!(verdict, Verdict::Pass | Verdict::Warn));
    let _ = write!(text, " {passed} passed");
    let violations = run.violations();
    if violations > 0 {
        let broken = run.checked.iter().filter(|checked| checked.outcome.violations().next().is_some()).count();
        let _ = write!(text, ", {broken} with {}", counted(violations, "violation"));
    }
    let undecided = of(|verdict| matches!(verdict, Verdict::Error | Verdict::Omit));
    if undecided > 0 {
        let _ = write!(text, ", {undecided} undecided");
    }
    if !run.unchecked.is_empty() {
        let _ = write!(text, "; {} not checked", run.unchecked.len());
    }
    text.push_str(".\n");
    text
}

pub(super) fn coloured(verdict: Verdict, text: &str) -> String {
    let color = match verdict {
        Verdict::Omit => AnsiColor::BrightBlack,
        Verdict::Pass => AnsiColor::Green,
        Verdict::Warn => AnsiColor::Yellow,
        Verdict::NotReceived | Verdict::Fail => AnsiColor::Red,
        Verdict::Error => AnsiColor::Magenta,
    };
    let style = Style::new().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CheckKind;
    use crate::model::Path;

    #[test]
    fn one_silence_is_said_once_and_two_fields_are_two_matters() {
        let result = |kind: CheckKind, field: &str| CheckResult {
            kind,
            verdict: Verdict::NotReceived,
            severity: None,
            element: Path::dataset("orders").field(field),
            consumer: None,
            expected: String::new(),
            actual: "no answer".to_owned(),
            consumed: None,
            affected: Vec::new(),
            evidence: None,
        };
        let (amount, note) = (result(CheckKind::Completeness, "amount"), result(CheckKind::Completeness, "note"));
        assert!(!says_the_same(&amount, &note));
        let schema = result(CheckKind::Schema, "amount");
        assert!(says_the_same(&schema, &amount));
        assert_eq!(also(&[schema.clone(), amount, note], &schema, false), ["completeness"]);
    }
}
