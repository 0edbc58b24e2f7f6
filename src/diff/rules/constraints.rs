//! Constraints on values: bounds, lengths, patterns, expressions.

use std::cmp::Ordering;

use super::listed::{note, of_kind};
use super::{At, Changes, Codes, Relation, Stronger, code, enums, order_of_literals, patterns};
use crate::finding::change::ChangeMeta;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal};

/// A count without a bound is one with the loosest: to add one tightens, to drop it loosens.
const fn count_codes(tightened: &'static ChangeMeta, loosened: &'static ChangeMeta) -> Codes {
    bound_codes(tightened, loosened, tightened, loosened)
}

const fn bound_codes(
    added: &'static ChangeMeta,
    removed: &'static ChangeMeta,
    tightened: &'static ChangeMeta,
    loosened: &'static ChangeMeta,
) -> Codes {
    Codes { added, removed, tightened, loosened, changed: &code::EXPRESSION_CHANGED }
}

const MIN_LENGTH: Codes = count_codes(&code::MIN_LENGTH_RAISED, &code::MIN_LENGTH_LOWERED);
const MAX_LENGTH: Codes = count_codes(&code::MAX_LENGTH_LOWERED, &code::MAX_LENGTH_RAISED);
const MIN_ITEMS: Codes = count_codes(&code::MIN_ITEMS_RAISED, &code::MIN_ITEMS_LOWERED);
const MAX_ITEMS: Codes = count_codes(&code::MAX_ITEMS_LOWERED, &code::MAX_ITEMS_RAISED);
const MINIMUM: Codes =
    bound_codes(&code::MINIMUM_ADDED, &code::MINIMUM_REMOVED, &code::MINIMUM_RAISED, &code::MINIMUM_LOWERED);
const MAXIMUM: Codes =
    bound_codes(&code::MAXIMUM_ADDED, &code::MAXIMUM_REMOVED, &code::MAXIMUM_LOWERED, &code::MAXIMUM_RAISED);

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    use ConstraintKind as K;
    bound(changes, at, base, head, &MINIMUM, Stronger::Higher, [K::Min, K::ExclusiveMin]);
    bound(changes, at, base, head, &MAXIMUM, Stronger::Lower, [K::Max, K::ExclusiveMax]);
    count(changes, at, base, head, &MIN_LENGTH, Stronger::Higher, K::MinLength);
    count(changes, at, base, head, &MAX_LENGTH, Stronger::Lower, K::MaxLength);
    count(changes, at, base, head, &MIN_ITEMS, Stronger::Higher, K::MinItems);
    count(changes, at, base, head, &MAX_ITEMS, Stronger::Lower, K::MaxItems);
    enums::compare(changes, at, base, head);
    patterns::compare(changes, at, base, head);
    let expression = [&code::EXPRESSION_ADDED, &code::EXPRESSION_REMOVED, &code::EXPRESSION_CHANGED];
    all(changes, at, base, head, K::Expression, expression, same_code);
    multiple_of(changes, at, base, head);
    messages(changes, at, base, head);
}

/// The bound that counts: the strongest, where there are several.
struct Bound<'a> {
    index: usize,
    constraint: &'a Constraint,
    value: Literal,
    exclusive: bool,
}

fn strongest<'a>(field: &'a Field, stronger: Stronger, kinds: [ConstraintKind; 2]) -> Option<Bound<'a>> {
    let bounds = field.constraints.iter().enumerate().filter(|(_, constraint)| kinds.contains(&constraint.kind));
    let mut found: Option<Bound<'a>> = None;
    for (index, constraint) in bounds {
        let mut exclusive = constraint.kind == kinds[1] && kinds[0] != kinds[1];
        let mut value = constraint.value.clone();
        if field.data_type == DataType::Integer
            && let Some(whole) = whole(&value, stronger, exclusive)
        {
            value = Literal::Int(whole);
            exclusive = false;
        }
        let bound = Bound { index, constraint, value, exclusive };
        let wins = found.as_ref().is_none_or(|found| order(found, &bound, stronger) == Relation::Tightened);
        if wins {
            found = Some(bound);
        }
    }
    found
}

/// The bound of whole numbers that says the same: between them there is nothing, so above 0 is from 1 on, and so is from
/// 0.5 on.
fn whole(bound: &Literal, stronger: Stronger, exclusive: bool) -> Option<i128> {
    let bound = match bound {
        Literal::Int(whole) => *whole,
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53 are exact")]
        Literal::Float(value) if value.abs() < 9e15 => {
            if value.fract() != 0.0 {
                let inwards = if stronger == Stronger::Higher { value.ceil() } else { value.floor() };
                return Some(inwards as i128);
            }
            *value as i128
        }
        _ => return None,
    };
    let step = if stronger == Stronger::Higher { 1 } else { -1 };
    Some(if exclusive { bound.saturating_add(step) } else { bound })
}

fn order(one: &Bound<'_>, other: &Bound<'_>, stronger: Stronger) -> Relation {
    match stronger.relation(order_of_literals(&one.value, &other.value)) {
        Relation::Same => match (one.exclusive, other.exclusive) {
            (false, true) => Relation::Tightened,
            (true, false) => Relation::Loosened,
            _ => Relation::Same,
        },
        relation => relation,
    }
}

fn bound(
    changes: &mut Changes,
    at: &At,
    base: &Field,
    head: &Field,
    codes: &Codes,
    stronger: Stronger,
    kinds: [ConstraintKind; 2],
) {
    let shown = |bound: &Bound<'_>| {
        let exclusive = bound.constraint.kind == kinds[1];
        let value = bound.constraint.value.clone();
        let value = if exclusive { super::text(&format!("{value} (exclusive)")) } else { value };
        (bound.index, value)
    };
    let (before, after) = (strongest(base, stronger, kinds), strongest(head, stronger, kinds));
    let (values, mut relation) = ((before.as_ref().map(shown), after.as_ref().map(shown)), None);
    let meta = match (&before, &after) {
        (None, None) => return,
        (None, Some(_)) => codes.added,
        (Some(_), None) => codes.removed,
        (Some(before), Some(after)) => {
            let found = order(before, after, stronger);
            let same_kind = before.constraint.kind == after.constraint.kind;
            let same_value = order_of_literals(&before.value, &after.value) == Some(Ordering::Equal);
            match found {
                _ if same_value && !same_kind => {
                    relation = Some(found);
                    &code::BOUND_EXCLUSIVITY_CHANGED
                }
                Relation::Same => return,
                Relation::Tightened => codes.tightened,
                Relation::Loosened => codes.loosened,
                Relation::Changed => codes.changed,
            }
        }
    };
    let change = note(changes, meta, at, values.0, values.1);
    if let Some(relation) = relation {
        change.levels = relation.levels();
    }
}

fn count(
    changes: &mut Changes,
    at: &At,
    base: &Field,
    head: &Field,
    codes: &Codes,
    stronger: Stronger,
    kind: ConstraintKind,
) {
    // A least count of 0 forbids nothing.
    let is_bound = |bound: &Bound<'_>| stronger == Stronger::Lower || bound.value != Literal::Int(0);
    let before = strongest(base, stronger, [kind; 2]).filter(is_bound);
    let after = strongest(head, stronger, [kind; 2]).filter(is_bound);
    let order = |one: &Bound<'_>, other: &Bound<'_>| order_of_literals(&one.constraint.value, &other.constraint.value);
    if let Some(meta) = codes.of(before.as_ref(), after.as_ref(), stronger, order) {
        let shown = |bound: &Bound<'_>| (bound.index, bound.constraint.value.clone());
        note(changes, meta, at, before.as_ref().map(shown), after.as_ref().map(shown));
    }
}

/// Constraints that all hold at once and can't be ordered: what is gone, what is new; one of each is a change.
fn all(
    changes: &mut Changes,
    at: &At,
    base: &Field,
    head: &Field,
    kind: ConstraintKind,
    [added, removed, other]: [&'static ChangeMeta; 3],
    same: impl Fn(&Literal, &Literal) -> bool,
) {
    let only = |one: &Field, other: &Field| -> Vec<(usize, Literal)> {
        of_kind(one, kind)
            .filter(|(_, constraint)| !of_kind(other, kind).any(|(_, other)| same(&constraint.value, &other.value)))
            .map(|(index, constraint)| (index, constraint.value.clone()))
            .collect()
    };
    let (mut gone, mut new) = (only(base, head), only(head, base));
    if let ([_], [_]) = (gone.as_slice(), new.as_slice()) {
        note(changes, other, at, gone.pop(), new.pop());
        return;
    }
    for value in gone {
        note(changes, removed, at, Some(value), None);
    }
    for value in new {
        note(changes, added, at, None, Some(value));
    }
}

/// Whether two expressions differ in white space at most. Within quotes white space counts, so then the texts must be equal.
pub(super) fn same_code(one: &Literal, other: &Literal) -> bool {
    match (one.text(), other.text()) {
        (Some(one), Some(other)) => {
            one == other || !one.contains(['\'', '"']) && one.split_whitespace().eq(other.split_whitespace())
        }
        _ => one.same(other),
    }
}

/// Several numbers that all divide a value are compared one by one.
fn multiple_of(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let step = |field: &Field| {
        let mut steps = of_kind(field, ConstraintKind::MultipleOf);
        steps.next().filter(|_| steps.next().is_none()).map(|(_, constraint)| constraint.value.clone())
    };
    let other = match (step(base), step(head)) {
        (Some(before), Some(after)) if divides(&before, &after) => &code::MULTIPLE_OF_TIGHTENED,
        (Some(before), Some(after)) if divides(&after, &before) => &code::MULTIPLE_OF_LOOSENED,
        _ => &code::MULTIPLE_OF_CHANGED,
    };
    let metas = [&code::MULTIPLE_OF_TIGHTENED, &code::MULTIPLE_OF_LOOSENED, other];
    all(changes, at, base, head, ConstraintKind::MultipleOf, metas, Literal::same);
}

/// Whether one number divides another, up to what binary fractions can tell.
fn divides(one: &Literal, other: &Literal) -> bool {
    let (Some(one), Some(other)) = (one.number(), other.number()) else { return false };
    let quotient = other / one;
    one != 0.0 && (quotient - quotient.round()).abs() < 1e-9
}

/// What people are told whose values break a constraint.
fn messages(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    for (index, one) in head.constraints.iter().enumerate() {
        let before = base.constraints.iter().find(|other| other.kind == one.kind && other.value.same(&one.value));
        let Some(before) = before else { continue };
        let place = At { base: at.base.clone(), head: at.head.key("constraints").index(index) };
        let metas = [&code::SEMANTICS_TEXT_CHANGED; 3];
        changes.optional(metas, &place, "", before.message.as_ref(), one.message.as_ref(), super::text);
    }
}
