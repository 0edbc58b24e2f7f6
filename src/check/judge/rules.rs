//! Rules on rows. What a data service tells of itself answers those about the number of rows and about nulls; all others need
//! the data, and are named with the reason, so that nobody takes them for checked.

use std::cmp::Ordering;

use super::completeness::{Share, share_of};
use super::data::shown;
use super::unmeasured::NEEDS_DATA;
use super::volume::{self, counted};
use super::{Bench, CheckResult};
use crate::check::{CheckKind, DatasetMetrics, Verdict};
use crate::model::{Assertion, Bound, DataType, Dataset, Literal, Operator, Path, Rule, RuleSeverity, Subject};
use crate::source::words::quoted;

pub(super) fn judge(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    let mut left: Vec<(String, usize)> = Vec::new();
    let mut leave = |reason: String| match left.iter_mut().find(|(known, _)| *known == reason) {
        Some((_, count)) => *count += 1,
        None => left.push((reason, 1)),
    };
    for (index, dataset) in contract.datasets.iter().enumerate() {
        // A rule of the contract that names no dataset is about the first.
        let is_about = |rule: &&Rule| rule.dataset.as_ref().map_or(index == 0, |name| *name == dataset.name);
        for rule in dataset.rules.iter().chain(contract.rules.iter().filter(is_about)) {
            match measured(rule) {
                Ok(question) => ask(bench, dataset, rule, &question).map_or_else(&mut leave, |()| {}),
                Err(reason) => leave(reason),
            }
        }
    }
    let is_lost = |rule: &&Rule| rule.dataset.as_ref().is_some_and(|name| contract.dataset(name).is_none());
    contract.rules.iter().filter(is_lost).for_each(|_| leave("there is no such dataset".to_owned()));
    let mut constraints = 0;
    for dataset in &contract.datasets {
        dataset.walk(&mut |_, field| constraints += field.constraints.len());
    }
    let named = left.into_iter().map(|(reason, count)| (reason, count, "rule", "rules"));
    let constraints = (NEEDS_DATA.to_owned(), constraints, "constraint", "schema");
    for (reason, count, what, key) in named.chain([constraints]) {
        let expected = match count {
            0 => continue,
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        bench.add(CheckResult::new(CheckKind::Rules, Verdict::Omit, Path::of(key), &expected, &reason));
    }
}

/// What a service is asked for a rule.
enum Question<'a> {
    Rows(&'a Bound),
    /// Null values of a field: their count, or their share in percent.
    Nulls(&'a str, &'a Bound, bool),
}

/// What a service can answer of a rule, or why it can't.
fn measured(rule: &Rule) -> Result<Question<'_>, String> {
    let needs_data = || NEEDS_DATA.to_owned();
    let Some(Assertion { subject, bound, unit }) = rule.assertion.as_deref() else {
        let is_executable = rule.check.is_some() || rule.expression.is_some();
        return Err(if is_executable {
            needs_data()
        } else {
            "it is in words alone, which nothing can execute".to_owned()
        });
    };
    let measuring = rule.measuring.as_deref();
    if let Subject::Engine(_) = subject {
        let engine = measuring.and_then(|measuring| measuring.engine.as_deref());
        return Err(match engine {
            Some(engine) => format!("{} measures it, and pact does not run that", quoted(engine)),
            None => "a tool of its own measures it".to_owned(),
        });
    }
    let bound = bound.as_ref().ok_or("it has no bound that the result could be held against")?;
    if measuring.is_some_and(|measuring| measuring.rows.is_some()) {
        return Err(needs_data());
    }
    let is_share = unit.as_deref().is_some_and(|unit| unit.eq_ignore_ascii_case("percent") || unit == "%");
    match (subject, rule.field.as_deref()) {
        (Subject::RowCount, None) if !is_share => Ok(Question::Rows(bound)),
        (Subject::NullValues, Some(field)) => Ok(Question::Nulls(field, bound, is_share)),
        _ => Err(needs_data()),
    }
}

/// Judges a rule from what the service told, or says why that is not enough.
fn ask(bench: &mut Bench<'_>, dataset: &Dataset, rule: &Rule, question: &Question<'_>) -> Result<(), String> {
    let path = Path::dataset(&dataset.name);
    let (element, expected, field) = match question {
        Question::Rows(bound) => (path, format!("a row count {}", said(bound, "")), None),
        Question::Nulls(name, bound, is_share) => {
            // Nested fields have no live column of their own.
            let field = dataset.field(name).ok_or_else(|| NEEDS_DATA.to_owned())?;
            let what = if *is_share { "a share of null values" } else { "a count of null values" };
            let expected = format!("{what} {}", said(bound, if *is_share { "%" } else { "" }));
            (path.field(&field.name), expected, Some(field))
        }
    };
    let metrics = match bench.dataset_metrics(dataset) {
        Ok(metrics) => metrics,
        Err(failure) => {
            bench.unanswered(CheckKind::Rules, element, &expected, &failure);
            return Ok(());
        }
    };
    let (kept, actual) = match (question, field) {
        (Question::Nulls(_, bound, is_share), Some(field)) => {
            match nulls(metrics, field.column_name(), bound, *is_share)? {
                Ok(found) => found,
                Err((verdict, why)) => {
                    let affected = bench.affected(Some(dataset), Some(&field.name));
                    let result = CheckResult::new(CheckKind::Rules, verdict, element, &expected, &why);
                    bench.add(result.affecting(affected));
                    return Ok(());
                }
            }
        }
        (Question::Rows(bound) | Question::Nulls(_, bound, _), _) => match volume::rows_of(metrics) {
            #[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 rows are compared as roughly as that")]
            Some(Ok(rows)) => (holds(bound, rows as f64)?, counted(rows)),
            other => {
                let (verdict, why) = match other {
                    Some(Err(why)) => (Verdict::Error, why),
                    _ => (Verdict::NotReceived, "no `row_count` in /metrics".to_owned()),
                };
                let affected = bench.affected(Some(dataset), None);
                let result = CheckResult::new(CheckKind::Rules, verdict, element, &expected, &why);
                bench.add(result.affecting(affected));
                return Ok(());
            }
        },
    };
    let verdict = match rule.severity {
        _ if kept => Verdict::Pass,
        // What is worth a look is no broken promise.
        RuleSeverity::Info | RuleSeverity::Warning => Verdict::Warn,
        RuleSeverity::Error | RuleSeverity::Critical => Verdict::Fail,
    };
    let affected = bench.affected(Some(dataset), field.map(|field| field.name.as_str()));
    let expected = format!("{expected} ({})", quoted(&rule.name));
    let mut result = CheckResult::new(CheckKind::Rules, verdict, element, &expected, &actual).affecting(affected);
    result.severity = (!kept).then_some(rule.severity);
    bench.add(result);
    Ok(())
}

/// Whether a bound on null values is kept, with what was found; or a verdict that is none about the promise.
type Judged = Result<(bool, String), (Verdict, String)>;

fn nulls(metrics: &DatasetMetrics, column: &str, bound: &Bound, is_share: bool) -> Result<Judged, String> {
    if let Some(why) = metrics.why_not("completeness") {
        return Ok(Err((Verdict::Error, why.to_owned())));
    }
    let rows = volume::rows_of(metrics).and_then(Result::ok);
    if rows == Some(0) {
        return Err("there are no rows".to_owned());
    }
    let share = match metrics.completeness.as_ref().map(|completeness| share_of(column, completeness)) {
        // What a share leaves of 100 has no more digits than the share itself.
        Some(Share::Known(share)) => ((100.0 - share) * 1e9).round() / 1e9,
        Some(Share::Nonsense(share)) => return Ok(Err((Verdict::Error, format!("the service reports {share}%")))),
        Some(Share::Unreadable(why)) => return Ok(Err((Verdict::Error, why.to_owned()))),
        Some(Share::Unknown) | None => {
            return Ok(Err((Verdict::NotReceived, "no share for this field in /metrics".to_owned())));
        }
    };
    let found = format!("{share}% null");
    if is_share {
        return Ok(Ok((holds(bound, share)?, found)));
    }
    if share == 0.0 {
        return Ok(Ok((holds(bound, 0.0)?, "no nulls".to_owned())));
    }
    #[expect(clippy::cast_precision_loss, reason = "the count is a rough one anyway")]
    let rows = rows.ok_or("a service tells the share of nulls, and this one not how many rows there are")? as f64;
    // Services round: two digits behind the point are what can be counted on.
    let count = |share: f64| (share.clamp(0.0, 100.0) / 100.0 * rows).round().max(1.0);
    let counts = [share - 0.005, share, share + 0.005].map(count);
    let kept = [holds(bound, counts[0])?, holds(bound, counts[1])?, holds(bound, counts[2])?];
    if kept.iter().any(|one| *one != kept[0]) {
        return Err("the share of nulls that a service tells is too rough for so near a bound".to_owned());
    }
    Ok(Ok((kept[0], format!("{found}, about {}", counted_rows(counts[1])))))
}

fn counted_rows(count: f64) -> String {
    if count <= 1.0 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// Whether a number is within a bound.
pub(in crate::check) fn holds(bound: &Bound, number: f64) -> Result<bool, String> {
    let value = |value: &Literal| match value {
        Literal::Bool(value) => Some(f64::from(u8::from(*value))),
        // Digits that YAML would lose stand in quotes.
        Literal::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        value => value.number(),
    };
    if bound.operator == Operator::Near {
        let (usual, allowed) = bound.near().ok_or("its baseline or its deviation is no number")?;
        // 0.75 is no more than 0.05 away from 0.7, whatever binary numbers say.
        return Ok((number - usual).abs() <= allowed + 1e-9 * usual.abs().max(allowed));
    }
    let values: Option<Vec<f64>> = bound.values.iter().map(value).collect();
    let is = |value: f64| (number - value).abs() < 1e-9;
    Ok(match (bound.operator, values.as_deref()) {
        (Operator::MustBe, Some([value])) => is(*value),
        (Operator::MustNotBe, Some([value])) => !is(*value),
        (Operator::MustBeGreaterThan, Some([value])) => number > *value,
        (Operator::MustBeGreaterOrEqualTo, Some([value])) => number >= *value,
        (Operator::MustBeLessThan, Some([value])) => number < *value,
        (Operator::MustBeLessOrEqualTo, Some([value])) => number <= *value,
        (Operator::MustBeBetween, Some([least, most])) => *least < number && number < *most,
        (Operator::MustNotBeBetween, Some([least, most])) => number <= *least || *most <= number,
        _ => return Err("its bound is no number".to_owned()),
    })
}

/// Whether a text is within a bound: one that looks like a number is none, and texts have no order.
pub(super) fn holds_text(bound: &Bound, text: &str) -> Result<bool, String> {
    let found = Literal::Text(text.to_owned());
    let is = |value: &Literal| found == *value || DataType::Timestamp.order(&found, value) == Some(Ordering::Equal);
    match (bound.operator, bound.values.as_slice()) {
        (Operator::MustBe, [value]) => Ok(is(value)),
        (Operator::MustNotBe, [value]) => Ok(!is(value)),
        _ => Err(format!("the query gives the text {}, and a number is expected", quoted(text))),
    }
}

/// A bound as it follows a noun: "a row count" or "a share".
pub(super) fn said(bound: &Bound, unit: &str) -> String {
    let value = |index: usize| bound.values.get(index).map_or_else(String::new, |value| format!("{value}{unit}"));
    let (one, other) = (value(0), value(1));
    match bound.operator {
        Operator::MustBe => format!("of {one}"),
        Operator::MustNotBe => format!("other than {one}"),
        Operator::MustBeGreaterThan => format!("of more than {one}"),
        Operator::MustBeGreaterOrEqualTo => format!("of at least {one}"),
        Operator::MustBeLessThan => format!("of less than {one}"),
        Operator::MustBeLessOrEqualTo => format!("of at most {one}"),
        Operator::MustBeBetween => format!("between {one} and {other}"),
        Operator::MustNotBeBetween => format!("not between {one} and {other}"),
        Operator::Near => {
            let limits = bound.near().map(|(usual, allowed)| [usual - allowed, usual + allowed].map(shown));
            let by = match bound.values.get(1) {
                // Percent of percent.
                Some(Literal::Text(share)) if unit == "%" && share.contains('%') => format!("{share} of it"),
                Some(Literal::Text(text)) => text.clone(),
                _ => other,
            };
            match limits {
                Some([least, most]) => {
                    format!("of {least}{unit} to {most}{unit}, the baseline {one} give or take {by}")
                }
                None => format!("of the baseline {one}, give or take {by}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_numbers() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let bound = |operator, values: &[Literal]| Bound { operator, values: values.to_vec() };
        for (bound, found, kept) in [
            (bound(Operator::MustBe, &[text("007")]), "007", Ok(true)),
            (bound(Operator::MustBe, &[text("7")]), "007", Ok(false)),
            (bound(Operator::MustBe, &[Literal::Int(7)]), "7", Ok(false)),
            (bound(Operator::MustNotBe, &[text("x")]), "y", Ok(true)),
            (bound(Operator::MustBe, &[text("2026-01-05T00:00:00Z")]), "2026-01-05T01:00:00+01:00", Ok(true)),
            (bound(Operator::MustNotBe, &[text("2026-01-05")]), "2026-01-05", Ok(false)),
            (bound(Operator::MustBeGreaterThan, &[Literal::Int(5)]), "9", Err(())),
        ] {
            assert_eq!(holds_text(&bound, found).map_err(|_| ()), kept, "{bound:?} {found}");
        }
        assert_eq!(holds(&bound(Operator::MustBe, &[Literal::Bool(true)]), 1.0), Ok(true));
        assert_eq!(holds(&bound(Operator::MustBeLessThan, &[text("7")]), 7.0), Ok(false));
        assert!(holds(&bound(Operator::MustBeLessThan, &[text("seven")]), 7.0).is_err());
    }
}
