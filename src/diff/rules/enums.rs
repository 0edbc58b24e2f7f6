//! Lists of allowed values: which values came, went or are called otherwise.

use std::collections::{HashMap, HashSet};

use super::allowed::{Allowed, allowed, lists};
use super::conditions::Scope;
use super::listed::note;
use super::{At, Changes, bounds, code, listed_values};
use crate::finding::change::{ChangeMeta, Level};
use crate::model::{DataType, ListedValue, Literal};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>, data_type: DataType) {
    let (before, after) = (allowed(base.constraints(), data_type), allowed(head.constraints(), data_type));
    let is_only = |scope: &Scope<'_>, allowed: &Allowed<'_>| {
        // Bounds that leave room for one value allow what a list of that value does.
        let [value] = allowed.values.as_slice() else { return false };
        !allowed.open && bounds::only_value(scope).is_some_and(|only| data_type.same(&only, value))
    };
    match (before, after) {
        (None, None) => {}
        (None, Some(after)) if is_only(base, &after) => {}
        (Some(before), None) if is_only(head, &before) => {}
        (None, Some(after)) => {
            let meta = match &after {
                Allowed { only: true, .. } => &code::CONST_ADDED,
                Allowed { open: true, .. } => &code::ENUM_VALUE_ADDED_OPEN,
                _ => &code::ENUM_ADDED,
            };
            note(changes, meta, at, None, Some(after.shown()));
        }
        (Some(before), None) => {
            let meta = match &before {
                Allowed { only: true, .. } => &code::CONST_REMOVED,
                Allowed { open: true, .. } => &code::ENUM_VALUE_REMOVED,
                _ => &code::ENUM_DROPPED,
            };
            let change = note(changes, meta, at, Some(before.shown()), None);
            if before.open {
                change.levels.writer = Level::Minor;
            }
        }
        (Some(before), Some(after)) => both(changes, at, &before, &after, data_type),
    }
}

fn both(changes: &mut Changes, at: &At, before: &Allowed<'_>, after: &Allowed<'_>, data_type: DataType) {
    let renamed = match (before.open, after.open) {
        (false, true) => {
            note(changes, &code::ENUM_OPENED, at, Some(before.shown()), Some(after.shown()));
            HashMap::new()
        }
        (true, false) => {
            note(changes, &code::ENUM_CLOSED, at, Some(before.shown()), Some(after.shown()));
            HashMap::new()
        }
        _ => values(changes, at, before, after, data_type),
    };
    listed_values::compare(changes, at, (before, after), &renamed, data_type);
}

/// Compares the values of two lists that are both open, or both closed; gives the values that are called otherwise now.
fn values(
    changes: &mut Changes,
    at: &At,
    before: &Allowed<'_>,
    after: &Allowed<'_>,
    data_type: DataType,
) -> HashMap<String, String> {
    let only = |one: &Allowed<'_>, other: &Allowed<'_>| -> Vec<Literal> {
        let known: HashSet<String> = other.values.iter().map(|value| data_type.identity(value)).collect();
        one.values.iter().filter(|value| !known.contains(&data_type.identity(value))).cloned().collect()
    };
    let (mut gone, mut new) = (only(before, after), only(after, before));
    if let ([_], [_], [_], [_], true) =
        (before.values.as_slice(), after.values.as_slice(), gone.as_slice(), new.as_slice(), before.only || after.only)
    {
        note(changes, &code::CONST_CHANGED, at, Some(before.shown()), Some(after.shown()));
        return HashMap::new();
    }
    let respelled =
        matched(&mut gone, &mut new, |one| Some(one.text()?.to_lowercase()), |one| Some(one.text()?.to_lowercase()));
    pairs(changes, &code::ENUM_VALUE_CASE_CHANGED, at, (before, after), &respelled);
    let (old, now) = (before.entries(data_type), after.entries(data_type));
    let id = |entries: &HashMap<String, &ListedValue>, value: &Literal| {
        let entry = entries.get(&data_type.identity(value))?;
        Some(DataType::Json.identity(entry.id.as_ref()?))
    };
    let mut renamed = matched(&mut gone, &mut new, |one| id(&old, one), |other| id(&now, other));
    let label = |entries: &HashMap<String, &ListedValue>, value: &Literal| {
        entries.get(&data_type.identity(value)).filter(|entry| entry.id.is_none())?.label.clone()
    };
    renamed.extend(matched(&mut gone, &mut new, |one| label(&old, one), |other| label(&now, other)));
    pairs(changes, &code::ENUM_VALUE_RENAMED, at, (before, after), &renamed);
    let same_set = gone.is_empty() && new.is_empty();
    if !gone.is_empty() {
        let place = after.index;
        let change = note(changes, &code::ENUM_VALUE_REMOVED, at, Some((before.index, Literal::List(gone))), None);
        change.head.place = at.head.key("constraints").index(place).key("value");
        if after.open {
            // It is allowed still, as everything is.
            change.levels.writer = Level::Minor;
        }
    }
    if !new.is_empty() {
        // What counts is what readers were told before the value came.
        let told = before.open || before.fallback().is_some();
        let meta = if told { &code::ENUM_VALUE_ADDED_OPEN } else { &code::ENUM_VALUE_ADDED };
        let change = note(changes, meta, at, None, Some((after.index, Literal::List(new))));
        change.base.place = at.base.key("constraints").index(before.index).key("value");
    }
    let renamed: HashMap<String, String> = respelled
        .iter()
        .chain(&renamed)
        .map(|(one, other)| (data_type.identity(one), data_type.identity(other)))
        .collect();
    let now = |value: &Literal| {
        let value = data_type.identity(value);
        renamed.get(&value).cloned().unwrap_or(value)
    };
    if same_set && !before.values.iter().map(now).eq(after.values.iter().map(|value| data_type.identity(value))) {
        note(changes, &code::ENUM_REORDERED, at, Some(before.shown()), Some(after.shown()));
    }
    renamed
}

/// Values that one side lost and the other one got, and that share a property: each is one value.
fn matched(
    gone: &mut Vec<Literal>,
    new: &mut Vec<Literal>,
    of_old: impl Fn(&Literal) -> Option<String>,
    of_new: impl Fn(&Literal) -> Option<String>,
) -> Vec<(Literal, Literal)> {
    let mut by_property: HashMap<String, Vec<Literal>> = HashMap::new();
    for value in new.iter().rev() {
        if let Some(property) = of_new(value) {
            by_property.entry(property).or_default().push(value.clone());
        }
    }
    let mut found = Vec::new();
    gone.retain(|old| {
        let Some(other) = of_old(old).and_then(|property| by_property.get_mut(&property)?.pop()) else { return true };
        found.push((old.clone(), other));
        false
    });
    let taken: HashSet<String> = found.iter().map(|(_, other)| DataType::Json.identity(other)).collect();
    new.retain(|value| !taken.contains(&DataType::Json.identity(value)));
    found
}

fn pairs(
    changes: &mut Changes,
    meta: &'static ChangeMeta,
    at: &At,
    (before, after): (&Allowed<'_>, &Allowed<'_>),
    pairs: &[(Literal, Literal)],
) {
    if !pairs.is_empty() {
        let (old, new) = pairs.iter().cloned().unzip();
        lists(changes, meta, at, (before, old), (after, new));
    }
}
