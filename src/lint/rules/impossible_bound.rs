use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Assertion, Bound, Literal, Operator, Subject};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "impossible-bound",
        group: Group::Quality,
        severity: Severity::Error,
        by_default: true,
        summary: "The bound of a rule can never be kept, or always is.",
        page: include_str!("impossible_bound.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(assertion) = at.rule.assertion.as_deref() else { return };
    let Some((bound, (why, help))) = assertion.bound.as_ref().zip(wrong(assertion)) else { return };
    let message = format!("the rule {} {why}", quoted(&at.rule.name));
    findings.push(Finding::new(&RULE.meta, at.label_of(bound.operator.name()), message).help(help));
}

/// What results there can be.
#[derive(Clone, Copy, PartialEq)]
enum Results {
    Counts,
    Shares,
    Numbers,
}

/// What is wrong with a bound, if anything, and what to do.
fn wrong(assertion: &Assertion) -> Option<(&'static str, &'static str)> {
    let bound = assertion.bound.as_ref()?;
    let values: Vec<f64> = bound.values.iter().map(Literal::number).collect::<Option<_>>()?;
    let is_range = matches!(bound.operator, Operator::MustBeBetween | Operator::MustNotBeBetween);
    if values.len() != if is_range { 2 } else { 1 } || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let unit = assertion.unit.as_deref().map(|unit| unit.trim().to_lowercase());
    let results = match (&assertion.subject, unit.as_deref()) {
        (Subject::Query(_) | Subject::Engine(_), _) => Results::Numbers,
        (_, None | Some("" | "rows")) => Results::Counts,
        (_, Some("percent" | "%")) => Results::Shares,
        _ => return None,
    };
    if results == Results::Counts && values.iter().any(|value| value.fract() != 0.0) {
        let why = "counts rows, and its bound is no whole number";
        return Some((why, "write a whole number, or `unit: percent` if a share is meant (5 is 5 %, and 0.05 is not)"));
    }
    // A result near each value, and those at the ends: where none of them is told apart no other is.
    let near = values.iter().flat_map(|value| [value - 1.0, value - 0.5, *value, value + 0.5, value + 1.0]);
    let last = if results == Results::Shares { 100.0 } else { f64::MAX };
    let all: Vec<f64> = near
        .chain([0.0, last])
        .chain((results == Results::Numbers).then_some(f64::MIN))
        .filter(|one| results == Results::Numbers || (0.0..=last).contains(one))
        .filter(|one| results != Results::Counts || one.fract() == 0.0)
        .collect();
    let kept = all.iter().filter(|one| keeps(bound, &values, **one)).count();
    if kept == 0 {
        let help = "correct the bound: counts begin at 0, shares end at 100, and a range is written from low to high";
        return Some(("can never be kept", help));
    }
    (kept == all.len()).then_some((
        "is always kept: its bound excludes no result",
        "correct the bound: counts begin at 0, and shares end at 100",
    ))
}

fn keeps(bound: &Bound, values: &[f64], result: f64) -> bool {
    let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else { return false };
    #[expect(clippy::float_cmp, reason = "a bound is the very number that is written")]
    match bound.operator {
        Operator::MustBe => result == first,
        Operator::MustNotBe => result != first,
        Operator::MustBeGreaterThan => result > first,
        Operator::MustBeGreaterOrEqualTo => result >= first,
        Operator::MustBeLessThan => result < first,
        Operator::MustBeLessOrEqualTo => result <= first,
        Operator::MustBeBetween => first < result && result < last,
        Operator::MustNotBeBetween => result <= first || last <= result,
    }
}
