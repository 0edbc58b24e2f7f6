//! What a condition can be at all: true, false or unknown. Only what is certain is ruled out.

use std::cmp::Ordering;
use std::ops::Range;

use super::ast::{Comparison, Expr, Kind, Truth};
use super::mistakes::{Mistake, Mistakes};
use super::scope::Scope;
use super::values::{Values, constant};
use crate::model::{DataType, Field, Literal};
use crate::source::words::quoted;

/// What a condition may be, as far as anybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outcomes {
    can_hold: bool,
    can_fail: bool,
    can_be_unknown: bool,
}

impl Outcomes {
    const ANY: Self = Self { can_hold: true, can_fail: true, can_be_unknown: true };
    const TRUE: Self = Self { can_hold: true, can_fail: false, can_be_unknown: false };
    const FALSE: Self = Self { can_hold: false, can_fail: true, can_be_unknown: false };

    fn of(truth: bool) -> Self {
        if truth { Self::TRUE } else { Self::FALSE }
    }

    fn not(self) -> Self {
        Self { can_hold: self.can_fail, can_fail: self.can_hold, ..self }
    }

    fn and(self, other: Self) -> Self {
        let (mine, others) = (self.can_hold || self.can_be_unknown, other.can_hold || other.can_be_unknown);
        Self {
            can_hold: self.can_hold && other.can_hold,
            can_fail: self.can_fail || other.can_fail,
            can_be_unknown: self.can_be_unknown && others || other.can_be_unknown && mine,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The field is taken as null where it may be: that it is promised never to be is no reason to call `is not null` a
    /// condition that always holds, since that is what such a condition checks.
    fn at(values: &Values<'_>) -> Self {
        let (empty, full) = (values.is_empty(), values.is_full() == Some(true));
        let nullable = values.field.nullable;
        Self {
            can_hold: !empty || nullable && values.at_null == Truth::True,
            can_fail: !full || values.at_null == Truth::False,
            can_be_unknown: nullable && values.at_null == Truth::Unknown,
        }
    }
}

/// Tells which parts of a condition always or never hold: the whole, or else parts of it.
pub(super) fn certainties(expr: &Expr, scope: &Scope<'_>, mistakes: &mut Vec<Mistake>) {
    let outcomes = outcomes(expr, scope);
    if !outcomes.can_hold {
        let (at, why) = contradiction(expr, scope);
        mistakes.push(
            Mistake::new(Mistakes::AlwaysFalse, at, format!("this is never true{why}"))
                .help("say what a good row looks like, or remove it"),
        );
    } else if !outcomes.can_fail && !outcomes.can_be_unknown {
        let why = Values::of(expr, scope)
            .map_or_else(String::new, |values| format!(": every value of {} keeps it", quoted(&values.field.name)));
        mistakes.push(
            Mistake::new(Mistakes::AlwaysTrue, expr.at.clone(), format!("this is always true{why}"))
                .help("say what a good row looks like, or remove it"),
        );
    } else if let Kind::All(parts) | Kind::Any(parts) = &expr.kind {
        for part in parts {
            certainties(part, scope, mistakes);
        }
    } else if let Kind::Not(inner) = &expr.kind {
        certainties(inner, scope, mistakes);
    }
}

/// Why a condition never holds, and the parts of it that say so.
fn contradiction(expr: &Expr, scope: &Scope<'_>) -> (Range<usize>, String) {
    if let (Kind::IsNull(_, false), Some(values)) = (&expr.kind, Values::of(expr, scope)) {
        return (expr.at.clone(), format!(": {} is promised never to be null", quoted(&values.field.name)));
    }
    if let Kind::All(parts) = &expr.kind {
        for (field, group) in groups(parts, scope) {
            let both =
                group.iter().filter_map(|part| Values::of(part, scope)).map(Some).reduce(|one, other| one?.and(other?));
            let is_empty = both.flatten().is_some_and(|values| !Outcomes::at(&values).can_hold);
            if let (true, Some(first), Some(last)) = (is_empty, group.first(), group.last()) {
                let all = if group.len() == 2 { "both" } else { "all of it" };
                let why = if group.len() == 1 {
                    String::new()
                } else {
                    format!(": no value of {} keeps {all}", quoted(&field.name))
                };
                return (first.at.start..last.at.end, why);
            }
        }
    }
    let why = Values::of(expr, scope)
        .map_or_else(String::new, |values| format!(": no value of {} keeps it", quoted(&values.field.name)));
    (expr.at.clone(), why)
}

fn outcomes(expr: &Expr, scope: &Scope<'_>) -> Outcomes {
    if let Some(values) = Values::of(expr, scope) {
        return Outcomes::at(&values);
    }
    match &expr.kind {
        Kind::Bool(value) => Outcomes::of(*value),
        Kind::Not(inner) => outcomes(inner, scope).not(),
        Kind::Compare(left, comparison, right) => compared(left, *comparison, right),
        Kind::All(parts) => joined(parts, scope, Values::and, Outcomes::and),
        Kind::Any(parts) => joined(parts, scope, Values::or, Outcomes::or),
        _ => Outcomes::ANY,
    }
}

/// Parts that are about the same field belong together: alone, each of them may hold.
fn joined<'a>(
    parts: &[Expr],
    scope: &Scope<'a>,
    join: fn(Values<'a>, Values<'a>) -> Option<Values<'a>>,
    outcome: fn(Outcomes, Outcomes) -> Outcomes,
) -> Outcomes {
    let mut known: Vec<Values<'a>> = Vec::new();
    let mut all: Option<Outcomes> = None;
    let mut add = |one: Outcomes| all = Some(all.map_or(one, |before| outcome(before, one)));
    for part in parts {
        let Some(values) = Values::of(part, scope).filter(|_| known.len() < MOST_FIELDS) else {
            add(outcomes(part, scope));
            continue;
        };
        match known.iter_mut().find(|one| std::ptr::eq(one.field, values.field)) {
            Some(before) => match join(before.clone(), values.clone()) {
                Some(both) => *before = both,
                None => add(Outcomes::at(&values)),
            },
            None => known.push(values),
        }
    }
    for values in &known {
        add(Outcomes::at(values));
    }
    all.unwrap_or(Outcomes::ANY)
}

/// In conditions on more fields than these nobody looks for pairs of them.
const MOST_FIELDS: usize = 50;

/// The parts that are about each field.
fn groups<'a, 'e>(parts: &'e [Expr], scope: &Scope<'a>) -> Vec<(&'a Field, Vec<&'e Expr>)> {
    let mut groups: Vec<(&'a Field, Vec<&'e Expr>)> = Vec::new();
    for part in parts {
        let Some(values) = Values::of(part, scope).filter(|_| groups.len() < MOST_FIELDS) else { continue };
        match groups.iter_mut().find(|(field, _)| std::ptr::eq(*field, values.field)) {
            Some((_, group)) => group.push(part),
            None => groups.push((values.field, vec![part])),
        }
    }
    groups
}

/// Two constants held against each other.
fn compared(left: &Expr, comparison: Comparison, right: &Expr) -> Outcomes {
    let Some((left, right)) = constant(left).zip(constant(right)) else { return Outcomes::ANY };
    let order = match (&left, &right) {
        (Literal::Text(one), Literal::Text(other)) if one == other => Some(Ordering::Equal),
        // What comes first of two texts, and whether letter case counts, is the database's business.
        (Literal::Text(_), _) | (_, Literal::Text(_)) => None,
        (Literal::Bool(one), Literal::Bool(other)) => Some(one.cmp(other)),
        _ => DataType::Float.order(&left, &right),
    };
    let Some(order) = order else { return Outcomes::ANY };
    Outcomes::of(comparison.holds(order))
}
