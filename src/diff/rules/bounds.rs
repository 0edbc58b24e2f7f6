//! Bounds of values, lengths and counts: which side allows more.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::conditions::Scope;
use super::listed::note;
use super::{At, Changes, Codes, Relation, Stronger, allowed, code};
use crate::finding::change::{ChangeMeta, Grade};
use crate::model::{Constraint, ConstraintKind, DataType, Literal};

/// A count without a bound is one with the loosest: to add one tightens, to drop it loosens.
const fn count(tightened: &'static ChangeMeta, loosened: &'static ChangeMeta) -> Codes {
    Codes { added: tightened, removed: loosened, tightened, loosened, changed: &code::EXPRESSION_CHANGED }
}

const MINIMUM: Codes = Codes {
    added: &code::MINIMUM_ADDED,
    removed: &code::MINIMUM_REMOVED,
    tightened: &code::MINIMUM_RAISED,
    loosened: &code::MINIMUM_LOWERED,
    changed: &code::EXPRESSION_CHANGED,
};
const MAXIMUM: Codes = Codes {
    added: &code::MAXIMUM_ADDED,
    removed: &code::MAXIMUM_REMOVED,
    tightened: &code::MAXIMUM_LOWERED,
    loosened: &code::MAXIMUM_RAISED,
    changed: &code::EXPRESSION_CHANGED,
};
const MIN_LENGTH: Codes = count(&code::MIN_LENGTH_RAISED, &code::MIN_LENGTH_LOWERED);
const MAX_LENGTH: Codes = count(&code::MAX_LENGTH_LOWERED, &code::MAX_LENGTH_RAISED);
const MIN_ITEMS: Codes = count(&code::MIN_ITEMS_RAISED, &code::MIN_ITEMS_LOWERED);
const MAX_ITEMS: Codes = count(&code::MAX_ITEMS_LOWERED, &code::MAX_ITEMS_RAISED);
const MIN_PROPERTIES: Codes = count(&code::MIN_PROPERTIES_CHANGED, &code::MIN_PROPERTIES_CHANGED);
const MAX_PROPERTIES: Codes = count(&code::MAX_PROPERTIES_CHANGED, &code::MAX_PROPERTIES_CHANGED);

/// What is bounded, by the kinds of bounds that there are: one that may be reached, and one that may not.
type Bounded = (&'static Codes, Stronger, [ConstraintKind; 2]);

const BOUNDED: &[Bounded] = {
    use ConstraintKind as K;
    &[
        (&MINIMUM, Stronger::Higher, [K::Min, K::ExclusiveMin]),
        (&MAXIMUM, Stronger::Lower, [K::Max, K::ExclusiveMax]),
        (&MIN_LENGTH, Stronger::Higher, [K::MinLength; 2]),
        (&MAX_LENGTH, Stronger::Lower, [K::MaxLength; 2]),
        (&MIN_ITEMS, Stronger::Higher, [K::MinItems; 2]),
        (&MAX_ITEMS, Stronger::Lower, [K::MaxItems; 2]),
        (&MIN_PROPERTIES, Stronger::Higher, [K::MinProperties; 2]),
        (&MAX_PROPERTIES, Stronger::Lower, [K::MaxProperties; 2]),
    ]
};

/// Compares every bound. Values are those of `data_type`, which both sides have in common.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>, data_type: DataType) {
    for bounded in BOUNDED {
        one(changes, at, base, head, (bounded, data_type));
    }
}

/// The bound that counts: the strongest, where there are several.
struct Bound<'a> {
    index: usize,
    constraint: &'a Constraint,
    value: Literal,
    exclusive: bool,
}

impl Bound<'_> {
    fn shown(&self) -> (usize, Literal) {
        let value = self.constraint.value.clone();
        let is_exclusive = matches!(self.constraint.kind, ConstraintKind::ExclusiveMin | ConstraintKind::ExclusiveMax);
        (self.index, if is_exclusive { super::text(&format!("{value} (exclusive)")) } else { value })
    }
}

/// The order of two bounds: by their type, and otherwise as they are written.
fn order_of_values(one: &Literal, other: &Literal, data_type: DataType) -> Option<Ordering> {
    if data_type.same(one, other) {
        return Some(Ordering::Equal);
    }
    data_type.order(one, other).or_else(|| one.order(other))
}

fn order(one: &Bound<'_>, other: &Bound<'_>, stronger: Stronger, data_type: DataType) -> Relation {
    match stronger.relation(order_of_values(&one.value, &other.value, data_type)) {
        Relation::Same => match (one.exclusive, other.exclusive) {
            (false, true) => Relation::Tightened,
            (true, false) => Relation::Loosened,
            _ => Relation::Same,
        },
        relation => relation,
    }
}

fn strongest<'a>(scope: &Scope<'a>, (_, stronger, kinds): &Bounded, data_type: DataType) -> Option<Bound<'a>> {
    let mut found: Option<Bound<'a>> = None;
    for (index, constraint) in scope.constraints().filter(|(_, constraint)| kinds.contains(&constraint.kind)) {
        let exclusive = constraint.kind == kinds[1] && kinds[0] != kinds[1];
        let (value, exclusive) = reached(&constraint.value, exclusive, *stronger, scope.data_type);
        let bound = Bound { index, constraint, value, exclusive };
        if found.as_ref().is_none_or(|found| order(found, &bound, *stronger, data_type) == Relation::Tightened) {
            found = Some(bound);
        }
    }
    found
}

/// The bound as the outermost value that is allowed, where there is nothing between two values: above 0 is from 1 on,
/// between whole numbers, and so is from 0.5 on.
fn reached(value: &Literal, exclusive: bool, stronger: Stronger, data_type: DataType) -> (Literal, bool) {
    /// Beyond it, binary numbers have no digit behind the point.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    let higher = stronger == Stronger::Higher;
    let step = |whole: i128| match (exclusive, higher) {
        (false, _) => whole,
        (true, true) => whole.saturating_add(1),
        (true, false) => whole.saturating_sub(1),
    };
    match (data_type, value) {
        (DataType::Integer, Literal::Int(whole)) => (Literal::Int(step(*whole)), false),
        (DataType::Integer, Literal::Float(number)) if number.abs() < WHOLE => {
            let next = if higher { number.ceil() } else { number.floor() };
            #[expect(clippy::cast_possible_truncation, reason = "it is whole, and not beyond what an i128 holds")]
            let whole = next as i128;
            (Literal::Int(if number.fract() == 0.0 { step(whole) } else { whole }), false)
        }
        (DataType::Date, Literal::Text(text)) if exclusive => {
            let next = text.parse::<Date>().and_then(|date| if higher { date.tomorrow() } else { date.yesterday() });
            next.map_or_else(|_| (value.clone(), true), |date| (super::text(&date.to_string()), false))
        }
        _ => (value.clone(), exclusive),
    }
}

fn one(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>, (bounded, data_type): (&Bounded, DataType)) {
    let (codes, stronger, kinds) = bounded;
    let (before, after) = (strongest(base, bounded, data_type), strongest(head, bounded, data_type));
    // There is no count below 0: to say so says nothing.
    let is_count = kinds[0] == kinds[1];
    let nothing = |bound: &Bound<'_>| is_count && *stronger == Stronger::Higher && bound.value == Literal::Int(0);
    let (one, other) = (before.as_ref().filter(|one| !nothing(one)), after.as_ref().filter(|one| !nothing(one)));
    let (relation, meta) = match (one, other) {
        (None, None) => return,
        (None, Some(_)) => (Relation::Tightened, codes.added),
        (Some(_), None) => (Relation::Loosened, codes.removed),
        (Some(before), Some(after)) => {
            let relation = order(before, after, *stronger, data_type);
            let same_kind = before.constraint.kind == after.constraint.kind;
            let same_value = data_type.same(&before.value, &after.value);
            match relation {
                _ if same_value && !same_kind => (relation, &code::BOUND_EXCLUSIVITY_CHANGED),
                Relation::Same => return,
                Relation::Tightened => (relation, codes.tightened),
                Relation::Loosened => (relation, codes.loosened),
                Relation::Changed => (relation, codes.changed),
            }
        }
    };
    if is_implied(relation, (base, one), (head, other), (*stronger, kinds, data_type)) {
        return;
    }
    let change = note(changes, meta, at, before.as_ref().map(Bound::shown), after.as_ref().map(Bound::shown));
    if meta.reader == Grade::Computed {
        change.levels = relation.levels();
    }
}

/// Whether a bound keeps out nothing that the list of allowed values would let in: then it is no change that it came, moved
/// or went.
fn is_implied(
    relation: Relation,
    (base, before): (&Scope<'_>, Option<&Bound<'_>>),
    (head, after): (&Scope<'_>, Option<&Bound<'_>>),
    (stronger, kinds, data_type): (Stronger, &[ConstraintKind; 2], DataType),
) -> bool {
    let keeps = |bound: &Bound<'_>, value: &Literal| {
        let value = match kinds[0] {
            ConstraintKind::Min | ConstraintKind::Max => Some(value.clone()),
            ConstraintKind::MinLength | ConstraintKind::MaxLength => {
                let count = value.text().map(|text| text.chars().count());
                count.and_then(|count| i128::try_from(count).ok()).map(Literal::Int)
            }
            _ => None,
        };
        let of = if kinds[0] == kinds[1] { DataType::Integer } else { data_type };
        match value.and_then(|value| order_of_values(&bound.value, &value, of)) {
            Some(Ordering::Equal) => !bound.exclusive,
            Some(order) => (order == Ordering::Less) == (stronger == Stronger::Higher),
            None => false,
        }
    };
    let all = |scope: &Scope<'_>, bound: Option<&Bound<'_>>| match (allowed::closed(scope), bound) {
        (Some(values), Some(bound)) => values.iter().all(|value| keeps(bound, value)),
        (_, bound) => bound.is_none(),
    };
    match relation {
        Relation::Tightened => all(base, after),
        Relation::Loosened => all(head, before),
        Relation::Changed => all(base, after) && all(head, before),
        Relation::Same => false,
    }
}

/// The only value between the bounds of a field, where there is one.
pub(super) fn only_value(scope: &Scope<'_>) -> Option<Literal> {
    let [least, greatest, ..] = BOUNDED else { return None };
    let least = strongest(scope, least, scope.data_type)?;
    let greatest = strongest(scope, greatest, scope.data_type)?;
    let one = !least.exclusive && !greatest.exclusive && scope.data_type.same(&least.value, &greatest.value);
    one.then_some(least.value)
}
