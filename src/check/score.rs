//! How well the promises are kept, as one number and by kind of check.

use super::{CheckKind, CheckResult, Verdict};
use crate::model::Scoring;

/// A score from 0 to 100, overall and by kind of check.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// The weighted mean of the components; `None` where nothing was decided that has a weight, or something could not be
    /// decided.
    pub overall: Option<f64>,
    /// The parts.
    pub components: Vec<Component>,
}

/// The part of one kind of check.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// The kind.
    pub kind: CheckKind,
    /// 100 where everything passed, 50 where something deserves a look, 0 where a promise is broken.
    pub value: f64,
    /// Its weight in the overall score.
    pub weight: f64,
}

/// Scores results by the weights of a contract. Where it has none, every kind weighs the same; where it has some, a kind
/// without one weighs nothing. What is omitted is left out, and so are consumers' own expectations: the score is that of the
/// contract's promise. A kind that could not be decided has no component, and then there is no overall score: it could be
/// anything.
pub fn score(results: &[CheckResult], scoring: &Scoring) -> Score {
    let weight = |kind: CheckKind| {
        let own = scoring.weights.iter().find(|(name, _)| name == kind.name()).map(|(_, weight)| *weight);
        own.unwrap_or(if scoring.weights.is_empty() { 1.0 } else { 0.0 }).max(0.0)
    };
    let own = |kind: CheckKind| results.iter().filter(move |result| result.kind == kind && result.consumer.is_none());
    let is_undecided = |kind: CheckKind| own(kind).any(|result| result.verdict == Verdict::Error);
    let value = |kind: CheckKind| {
        if is_undecided(kind) {
            return None;
        }
        own(kind).filter_map(|result| points(result.verdict)).min_by(f64::total_cmp)
    };
    let components: Vec<Component> = CheckKind::ALL
        .iter()
        .filter_map(|kind| Some(Component { kind: *kind, value: value(*kind)?, weight: weight(*kind) }))
        .collect();
    let total: f64 = components.iter().map(|component| component.weight).sum();
    let sum: f64 = components.iter().map(|component| component.weight * component.value).sum();
    let decided = !CheckKind::ALL.iter().any(|kind| is_undecided(*kind));
    let overall = (decided && total > 0.0 && total.is_finite()).then(|| (sum / total * 10.0).round() / 10.0);
    Score { overall, components }
}

fn points(verdict: Verdict) -> Option<f64> {
    match verdict {
        Verdict::Pass => Some(100.0),
        Verdict::Warn => Some(50.0),
        Verdict::Fail | Verdict::NotReceived => Some(0.0),
        Verdict::Omit | Verdict::Error => None,
    }
}
