//! Rules that say two things, or half of one: what would be passed over is named.

use crate::model::{MeasuredMetric, Operator};
use crate::source::words::{alternatives, quoted};
use crate::source::{Entry, Node, Problem, Value};

/// The ways to say what is measured.
const SUBJECTS: [&str; 3] = ["metric", "query", "implementation"];

/// Everything in the rules of a contract and its datasets that means nothing beside what else they say.
pub(super) fn ambiguous(tree: &Node) -> Vec<Problem> {
    let datasets = tree.get("datasets").map(Node::items).unwrap_or_default();
    let lists = std::iter::once(tree).chain(datasets).filter_map(|around| around.get("rules"));
    let families = lists.flat_map(|rules| ["technical", "business"].into_iter().filter_map(|key| rules.get(key)));
    families.flat_map(Node::items).flat_map(of_rule).collect()
}

fn of_rule(rule: &Node) -> Vec<Problem> {
    let given = |key: &str| rule.entry(key).filter(|entry| !entry.value.is_null());
    let subjects: Vec<&Entry> = SUBJECTS.into_iter().filter_map(given).collect();
    let bounds: Vec<&Entry> = Operator::ALL.iter().filter_map(|(name, _)| given(name)).collect();
    let mut problems = Vec::new();
    if let [first, second, ..] = subjects.as_slice() {
        let message = format!("a rule measures one thing, and this one has `{}` and `{}`", first.key, second.key);
        problems.push(
            Problem::new("invalid-value", second.key_span, message)
                .help("keep one of the two, or write a rule for each"),
        );
    }
    if let [first, second, ..] = bounds.as_slice() {
        let message = format!("a rule has one bound, and this one has `{}` and `{}`", first.key, second.key);
        problems.push(
            Problem::new("invalid-value", second.key_span, message)
                .help("`must_be_between` takes two numbers; else write a rule for each bound"),
        );
    }
    if let ([], [bound, ..]) = (subjects.as_slice(), bounds.as_slice()) {
        let message = format!("`{}` bounds what a rule measures, and this one measures nothing", bound.key);
        let help = "say what is measured, with `metric`, `query` or `implementation`";
        problems.push(Problem::new("misplaced-key", bound.key_span, message).help(help));
    }
    problems.extend(bounds.iter().filter_map(|bound| range(bound)));
    problems.extend(half(given("baseline"), given("deviation")));
    problems.extend(arguments(rule));
    problems
}

/// A range has two ends.
fn range(bound: &Entry) -> Option<Problem> {
    let is_range = matches!(&*bound.key, "must_be_between" | "must_not_be_between");
    let Value::List(ends) = &bound.value.value else { return None };
    (is_range && ends.len() != 2).then(|| {
        let message = format!("`{}` takes two numbers, and here are {}", bound.key, ends.len());
        Problem::new("invalid-value", bound.key_span, message).help(format!("write `{}: [10, 20]`", bound.key))
    })
}

/// What is usual says nothing without how far from it is odd, and the other way round.
fn half(baseline: Option<&Entry>, deviation: Option<&Entry>) -> Option<Problem> {
    Some(match (baseline, deviation) {
        (Some(baseline), None) => {
            let message = "`baseline` says what is usual, and nothing says how far from it is too far";
            let help = "add a `deviation`: a number, or a share of the baseline such as `10%`";
            Problem::new("invalid-value", baseline.key_span, message).help(help)
        }
        (None, Some(deviation)) => {
            let message = "`deviation` says how far from a `baseline` a result may be, and there is none";
            Problem::new("misplaced-key", deviation.key_span, message).help("add the usual result as `baseline`")
        }
        _ => return None,
    })
}

/// Arguments that the metric has no use for.
fn arguments(rule: &Node) -> Vec<Problem> {
    let Some(arguments) = rule.get("arguments") else { return Vec::new() };
    let name = rule.get("metric").and_then(Node::text);
    let metric = name.and_then(MeasuredMetric::from_name);
    if name.is_some() && metric.is_none() {
        // The name is no metric, which is said there.
        return Vec::new();
    }
    let taken: &[&str] = match metric {
        Some(MeasuredMetric::MissingValues) => &["missing_values"],
        Some(MeasuredMetric::InvalidValues) => &["valid_values", "pattern"],
        Some(MeasuredMetric::DuplicateValues) => &["fields"],
        Some(MeasuredMetric::Quantile) => &["quantile"],
        Some(MeasuredMetric::Share) => &["values"],
        Some(
            MeasuredMetric::NullValues
            | MeasuredMetric::RowCount
            | MeasuredMetric::Mean
            | MeasuredMetric::StandardDeviation
            | MeasuredMetric::Minimum
            | MeasuredMetric::Maximum
            | MeasuredMetric::DistinctValues,
        )
        | None => &[],
    };
    let known = ["missing_values", "valid_values", "pattern", "fields", "quantile", "values"];
    let useless = arguments
        .entries()
        .iter()
        .filter(|entry| known.contains(&&*entry.key) && !taken.contains(&&*entry.key) && !entry.value.is_null());
    let one = |entry: &Entry| {
        let (who, help) = match (name, taken) {
            (None, _) => ("a rule without a `metric`".to_owned(), "add the `metric` that they are for".to_owned()),
            (Some(name), []) => {
                (format!("the metric {}", quoted(name)), "remove it: this metric takes none".to_owned())
            }
            (Some(name), taken) => {
                (format!("the metric {}", quoted(name)), format!("it takes {}", alternatives(taken.iter().copied())))
            }
        };
        let message = format!("{who} has no use for `{}`", entry.key);
        Problem::new("misplaced-key", entry.key_span, message).help(help)
    };
    useless.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    fn problems(rule: &str) -> Vec<(&'static str, String)> {
        let text = format!("name: x\nrules:\n  technical:\n    - {{name: r, {rule}}}\n");
        let found = ambiguous(&parse(&text).expect("YAML"));
        found.into_iter().map(|problem| (problem.code, problem.message)).collect()
    }

    #[test]
    fn what_would_be_passed_over_is_named() {
        let cases = [
            (
                "metric: row_count, query: SELECT 1",
                "invalid-value",
                "a rule measures one thing, and this one has `metric` and `query`",
            ),
            (
                "metric: row_count, must_be: 1, must_not_be: 2",
                "invalid-value",
                "a rule has one bound, and this one has `must_be` and `must_not_be`",
            ),
            (
                "metric: row_count, must_be_between: [1]",
                "invalid-value",
                "`must_be_between` takes two numbers, and here are 1",
            ),
            (
                "check: not_null, must_be: 1",
                "misplaced-key",
                "`must_be` bounds what a rule measures, and this one measures nothing",
            ),
            (
                "metric: row_count, arguments: {pattern: a}",
                "misplaced-key",
                "the metric `row_count` has no use for `pattern`",
            ),
            (
                "metric: duplicate_values, arguments: {pattern: a}",
                "misplaced-key",
                "the metric `duplicate_values` has no use for `pattern`",
            ),
            (
                "metric: mean, must_be: 1, baseline: 2, deviation: 3",
                "invalid-value",
                "a rule has one bound, and this one has `must_be` and `baseline`",
            ),
            (
                "metric: mean, baseline: 2",
                "invalid-value",
                "`baseline` says what is usual, and nothing says how far from it is too far",
            ),
            (
                "metric: mean, deviation: 2",
                "misplaced-key",
                "`deviation` says how far from a `baseline` a result may be, and there is none",
            ),
            (
                "metric: mean, arguments: {quantile: 0.5}, must_be: 1",
                "misplaced-key",
                "the metric `mean` has no use for `quantile`",
            ),
            (
                "query: SELECT 1, arguments: {fields: [a]}",
                "misplaced-key",
                "a rule without a `metric` has no use for `fields`",
            ),
        ];
        for (rule, code, message) in cases {
            assert_eq!(problems(rule), [(code, message.to_owned())], "{rule}");
        }
    }

    #[test]
    fn what_says_one_thing_is_silent() {
        for rule in [
            "check: not_null",
            "metric: row_count, must_be_between: [1, 2]",
            "metric: invalid_values, arguments: {valid_values: [1], pattern: a}, must_be: 0",
            "metric: row_count, query:, must_be: 0",
            "metric: quantile, arguments: {quantile: 0.95}, baseline: 5, deviation: 10%",
            "metric: share, arguments: {values: [a]}, must_be_greater_than: 0.5",
            "engine: soda, implementation: {type: x}",
            "metric: rowcount, arguments: {fields: [a]}",
        ] {
            assert_eq!(problems(rule), [], "{rule}");
        }
    }
}
