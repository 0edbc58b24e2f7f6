use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Assertion, Bound, Literal, Operator, Statistic, Subject};
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
    /// From 0 to 100.
    Shares,
    /// From 0 to 1.
    Parts,
    /// From 0 on.
    Distances,
    Numbers,
}

impl Results {
    /// `None` where nobody can tell.
    fn of(assertion: &Assertion) -> Option<Self> {
        let unit = assertion.unit.as_deref().map(|unit| unit.trim().to_lowercase());
        Some(match (&assertion.subject, unit.as_deref()) {
            (Subject::Query(_) | Subject::Engine(_), _) => Self::Numbers,
            (Subject::Statistic(Statistic::StandardDeviation), _) => Self::Distances,
            (Subject::Statistic(statistic), _) if statistic.is_of_numbers() => Self::Numbers,
            (Subject::Statistic(Statistic::Share(_)), None | Some("")) => Self::Parts,
            (_, None | Some("" | "rows")) => Self::Counts,
            (_, Some("percent" | "%")) => Self::Shares,
            _ => return None,
        })
    }

    /// The least and the greatest.
    fn ends(self) -> (f64, f64) {
        match self {
            Self::Counts | Self::Distances => (0.0, f64::MAX),
            Self::Shares => (0.0, 100.0),
            Self::Parts => (0.0, 1.0),
            Self::Numbers => (f64::MIN, f64::MAX),
        }
    }

    /// What of a bound tells how to correct it.
    fn help(self) -> &'static str {
        match self {
            Self::Parts => {
                "correct the bound: shares lie between 0 and 1 (5 % is 0.05), or up to 100 with `unit: percent`"
            }
            Self::Distances => {
                "correct the bound: no standard deviation is less than 0, and a range is written from low to high"
            }
            Self::Numbers => "correct the bound: a range is written from low to high",
            Self::Counts | Self::Shares => {
                "correct the bound: counts begin at 0, shares end at 100, and a range is written from low to high"
            }
        }
    }
}

/// What is wrong with a bound, if anything, and what to do.
fn wrong(assertion: &Assertion) -> Option<(&'static str, &'static str)> {
    let bound = assertion.bound.as_ref()?;
    let is_near = bound.operator == Operator::Near;
    let values: Vec<f64> = if is_near {
        let (usual, allowed) = bound.near()?;
        vec![usual - allowed, usual + allowed]
    } else {
        bound.values.iter().map(Literal::number).collect::<Option<_>>()?
    };
    let is_range = is_near || matches!(bound.operator, Operator::MustBeBetween | Operator::MustNotBeBetween);
    if values.len() != if is_range { 2 } else { 1 } || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let results = Results::of(assertion)?;
    if results == Results::Counts && !is_near && values.iter().any(|value| value.fract() != 0.0) {
        let counts_values = matches!(assertion.subject, Subject::Statistic(_));
        return Some(if counts_values {
            ("counts values, and its bound is no whole number", "write a whole number")
        } else {
            (
                "counts rows, and its bound is no whole number",
                "write a whole number, or `unit: percent` if a share is meant (5 is 5 %, and 0.05 is not)",
            )
        });
    }
    // A result near each value, one between two of them, and those at the ends: where none of them is told apart no other is.
    let near = values
        .iter()
        .flat_map(|value| [value - 1.0, value - 0.5, value.floor(), *value, value.ceil(), value + 0.5, value + 1.0]);
    let between = is_range.then(|| values.iter().sum::<f64>() / 2.0);
    let (first, last) = results.ends();
    let all: Vec<f64> = near
        .chain(between)
        .chain([first, last])
        .filter(|one| (first..=last).contains(one))
        .filter(|one| results != Results::Counts || one.fract() == 0.0)
        .collect();
    let kept = all.iter().filter(|one| keeps(bound, &values, **one)).count();
    if kept == 0 {
        return Some(("can never be kept", results.help()));
    }
    (kept == all.len()).then_some(("is always kept: its bound excludes no result", results.help()))
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
        Operator::Near => first <= result && result <= last,
    }
}
