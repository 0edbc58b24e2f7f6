//! Lists of allowed values.

use super::listed::{note, of_kind};
use super::{At, Changes, code};
use crate::model::{ConstraintKind, Field, Literal};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let (before, after) = match (allowed(base), allowed(head)) {
        (None, None) => return,
        (None, Some((index, values))) => {
            note(changes, &code::ENUM_ADDED, at, None, Some((index, Literal::List(values))));
            return;
        }
        (Some((index, values)), None) => {
            note(changes, &code::ENUM_DROPPED, at, Some((index, Literal::List(values))), None);
            return;
        }
        (Some(before), Some(after)) => (before, after),
    };
    let mut gone = only(&before.1, &after.1);
    let mut new = only(&after.1, &before.1);
    respelled(changes, at, (before.0, &mut gone), (after.0, &mut new));
    let same_set = gone.is_empty() && new.is_empty() && before.1.len() == after.1.len();
    if !gone.is_empty() {
        note(changes, &code::ENUM_VALUE_REMOVED, at, Some((before.0, Literal::List(gone))), None);
    }
    if !new.is_empty() {
        let change = note(changes, &code::ENUM_VALUE_ADDED, at, None, Some((after.0, Literal::List(new))));
        change.base.place = at.base.key("constraints").index(before.0).key("value");
    }
    let in_order = before.1.iter().zip(&after.1).all(|(one, other)| one.same(other) || is_respelled(one, other));
    if same_set && !in_order {
        let values = ((before.0, Literal::List(before.1)), (after.0, Literal::List(after.1)));
        note(changes, &code::ENUM_REORDERED, at, Some(values.0), Some(values.1));
    }
}

/// The values that every list of a field allows, and where the first list stands.
fn allowed(field: &Field) -> Option<(usize, Vec<Literal>)> {
    let mut found: Option<(usize, Vec<Literal>)> = None;
    for (index, constraint) in of_kind(field, ConstraintKind::Enum) {
        let values = if let Literal::List(values) = &constraint.value { values.clone() } else { Vec::new() };
        match &mut found {
            None => found = Some((index, values)),
            Some((_, allowed)) => allowed.retain(|value| values.iter().any(|other| other.same(value))),
        }
    }
    found
}

fn only(one: &[Literal], other: &[Literal]) -> Vec<Literal> {
    // Numbers and texts are looked up one by one: lists are short, and hashing would have to know that 1 is 1.0.
    one.iter().filter(|value| !other.iter().any(|item| item.same(value))).cloned().collect()
}

fn is_respelled(one: &Literal, other: &Literal) -> bool {
    matches!((one.text(), other.text()), (Some(one), Some(other)) if one != other && one.to_lowercase() == other.to_lowercase())
}

/// Values that differ in letter case only are one change, not one gone and one new.
fn respelled(
    changes: &mut Changes,
    at: &At,
    (base_index, gone): (usize, &mut Vec<Literal>),
    (head_index, new): (usize, &mut Vec<Literal>),
) {
    let mut pairs = (Vec::new(), Vec::new());
    gone.retain(|old| {
        let Some(index) = new.iter().position(|new| is_respelled(old, new)) else { return true };
        pairs.0.push(old.clone());
        pairs.1.push(new.remove(index));
        false
    });
    if !pairs.0.is_empty() {
        let values = ((base_index, Literal::List(pairs.0)), (head_index, Literal::List(pairs.1)));
        note(changes, &code::ENUM_VALUE_CASE_CHANGED, at, Some(values.0), Some(values.1));
    }
}
