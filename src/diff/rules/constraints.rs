//! Constraints on values: bounds, lists, patterns, expressions.

use std::collections::{HashMap, HashSet};

use super::conditions::{self, Scope};
use super::listed::note;
use super::{At, Changes, bounds, code, enforcement, enums, patterns, sql};
use crate::finding::change::ChangeMeta;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal};

/// Compares what values must satisfy, rows by rows.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    if base.constraints.is_empty() && head.constraints.is_empty() {
        return;
    }
    for (base, head) in conditions::scopes(changes, at, base, head) {
        scope(changes, at, &base, &head);
    }
    messages(changes, at, base, head);
}

/// Kinds of constraints that stand for each other.
const FAMILIES: &[&[ConstraintKind]] = {
    use ConstraintKind as K;
    &[
        &[K::Min, K::ExclusiveMin],
        &[K::Max, K::ExclusiveMax],
        &[K::MinLength],
        &[K::MaxLength],
        &[K::MinItems],
        &[K::MaxItems],
        &[K::UniqueItems],
        &[K::MinProperties],
        &[K::MaxProperties],
        &[K::Enum, K::Const],
        &[K::Regex],
        &[K::Expression],
        &[K::MultipleOf],
    ]
};

fn scope(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>) {
    use ConstraintKind as K;
    let data_type = common(base.data_type, head.data_type);
    bounds::compare(changes, at, base, head, data_type);
    unique_items(changes, at, base, head);
    enums::compare(changes, at, base, head, data_type);
    patterns::compare(changes, at, base, head);
    let expression = [&code::EXPRESSION_ADDED, &code::EXPRESSION_REMOVED, &code::EXPRESSION_CHANGED];
    all(changes, at, base, head, K::Expression, expression, plain_code);
    multiple_of(changes, at, base, head);
    for kinds in FAMILIES {
        enforcement::compare(changes, at, base, head, kinds);
    }
}

/// The type that values of both sides have in common.
fn common(base: DataType, head: DataType) -> DataType {
    let is_temporal = |kind| matches!(kind, DataType::Date | DataType::Datetime | DataType::Timestamp);
    match (base, head) {
        _ if base == head => head,
        _ if base.is_number() && head.is_number() => DataType::Decimal,
        _ if is_temporal(base) && is_temporal(head) => DataType::Datetime,
        _ => DataType::String,
    }
}

fn unique_items(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>) {
    let stated = |scope: &Scope<'_>| {
        let mut all = scope.of_kind(ConstraintKind::UniqueItems);
        all.find(|(_, one)| one.value == Literal::Bool(true)).map(|(index, _)| (index, super::text("unique items")))
    };
    match (stated(base), stated(head)) {
        (None, Some(new)) => note(changes, &code::UNIQUE_ITEMS_ADDED, at, None, Some(new)),
        (Some(gone), None) => note(changes, &code::UNIQUE_ITEMS_REMOVED, at, Some(gone), None),
        _ => return,
    };
}

/// Constraints that all hold at once and can't be ordered: what is gone, what is new; one of each is a change.
fn all(
    changes: &mut Changes,
    at: &At,
    base: &Scope<'_>,
    head: &Scope<'_>,
    kind: ConstraintKind,
    [added, removed, other]: [&'static ChangeMeta; 3],
    plain: impl Fn(&Literal) -> String,
) {
    let only = |one: &Scope<'_>, other: &Scope<'_>| -> Vec<(usize, Literal)> {
        let known: HashSet<String> = other.of_kind(kind).map(|(_, constraint)| plain(&constraint.value)).collect();
        one.of_kind(kind)
            .filter(|(_, constraint)| !known.contains(&plain(&constraint.value)))
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

/// An expression in a form that all of its spellings share.
fn plain_code(code: &Literal) -> String {
    code.text().map_or_else(|| DataType::Json.identity(code), sql::normal)
}

/// Whether two expressions differ in their spelling at most.
pub(super) fn same_code(one: &Literal, other: &Literal) -> bool {
    plain_code(one) == plain_code(other)
}

/// Several numbers that all divide a value are compared one by one.
fn multiple_of(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>) {
    let step = |scope: &Scope<'_>| {
        let mut steps = scope.of_kind(ConstraintKind::MultipleOf);
        steps.next().filter(|_| steps.next().is_none()).map(|(_, constraint)| constraint.value.clone())
    };
    let other = match (step(base), step(head)) {
        (Some(before), Some(after)) if divides(&before, &after) => &code::MULTIPLE_OF_TIGHTENED,
        (Some(before), Some(after)) if divides(&after, &before) => &code::MULTIPLE_OF_LOOSENED,
        _ => &code::MULTIPLE_OF_CHANGED,
    };
    let metas = [&code::MULTIPLE_OF_TIGHTENED, &code::MULTIPLE_OF_LOOSENED, other];
    all(changes, at, base, head, ConstraintKind::MultipleOf, metas, |step| DataType::Decimal.identity(step));
}

/// Whether one number divides another, up to what binary fractions can tell.
fn divides(one: &Literal, other: &Literal) -> bool {
    let (Some(one), Some(other)) = (one.number(), other.number()) else { return false };
    let quotient = other / one;
    one != 0.0 && (quotient - quotient.round()).abs() < 1e-9
}

/// What people are told whose values break a constraint.
fn messages(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    if !head.constraints.iter().chain(&base.constraints).any(|constraint| constraint.message.is_some()) {
        return;
    }
    let content = |constraint: &Constraint| (constraint.kind, head.data_type.identity(&constraint.value));
    let mut known: HashMap<_, &Constraint> = HashMap::new();
    for constraint in &base.constraints {
        known.entry(content(constraint)).or_insert(constraint);
    }
    for (index, one) in head.constraints.iter().enumerate() {
        let Some(before) = known.get(&content(one)) else { continue };
        let place = At { base: at.base.clone(), head: at.head.key("constraints").index(index) };
        let metas = [&code::SEMANTICS_TEXT_CHANGED; 3];
        changes.optional(metas, &place, "", before.message.as_ref(), one.message.as_ref(), super::text);
    }
}
