//! What lists of allowed values say beyond the values: labels, numbers, deprecations, and what unknown values stand for.

use std::collections::{HashMap, HashSet};

use super::allowed::{Allowed, lists};
use super::{At, Changes, code, text};
use crate::finding::change::ChangeMeta;
use crate::model::{DataType, ListedValue, Literal};

/// Compares what is said of values that both sides list. `renamed` has those that are called otherwise now.
pub(super) fn compare(
    changes: &mut Changes,
    at: &At,
    (before, after): (&Allowed<'_>, &Allowed<'_>),
    renamed: &HashMap<String, String>,
    data_type: DataType,
) {
    if before.listing.is_none() && after.listing.is_none() {
        return;
    }
    values(changes, at, (before, after), renamed, data_type);
    let now = |value: &Literal| {
        let value = data_type.identity(value);
        renamed.get(&value).cloned().unwrap_or(value)
    };
    let meta: &ChangeMeta = match (before.fallback(), after.fallback()) {
        (Some(one), Some(other)) if now(one) != data_type.identity(other) => &code::ENUM_FALLBACK_REMOVED,
        (Some(_), None) => &code::ENUM_FALLBACK_REMOVED,
        // It is of use from the next value on.
        (None, Some(_)) => &code::ENUM_LABEL_CHANGED,
        _ => return,
    };
    let change = changes.push(meta, at, before.fallback().cloned(), after.fallback().cloned());
    let place = |path: &crate::model::Path, index| path.key("constraints").index(index).key("fallback");
    change.base.place = place(&at.base, before.index);
    change.head.place = place(&at.head, after.index);
}

fn values(
    changes: &mut Changes,
    at: &At,
    (before, after): (&Allowed<'_>, &Allowed<'_>),
    renamed: &HashMap<String, String>,
    data_type: DataType,
) {
    let (old, new) = (before.entries(data_type), after.entries(data_type));
    let labels: HashMap<&str, String> =
        old.iter().filter_map(|(value, entry)| Some((entry.label.as_deref()?, value.clone()))).collect();
    // One finding for each kind, with all the values that it is about, in the order of the list.
    let mut found: Vec<(&'static ChangeMeta, Vec<Literal>, Vec<Literal>)> = Vec::new();
    let mut note = |meta: &'static ChangeMeta, before: Literal, after: Literal| match found
        .iter_mut()
        .find(|(known, ..)| known.code == meta.code)
    {
        Some((_, befores, afters)) => {
            befores.push(before);
            afters.push(after);
        }
        None => found.push((meta, vec![before], vec![after])),
    };
    let listed: HashSet<String> = after.identified(data_type).map(|(identity, _)| identity).collect();
    for (identity, value) in before.identified(data_type) {
        let now = renamed.get(&identity).unwrap_or(&identity);
        if !listed.contains(now) {
            continue;
        }
        let nothing = ListedValue { value: value.clone(), label: None, description: None, id: None, deprecated: false };
        let (one, other) = (old.get(&identity).copied().unwrap_or(&nothing), new.get(now).copied().unwrap_or(&nothing));
        if means_another(one, other, &labels, &identity) {
            note(&code::ENUM_VALUE_REMAPPED, meaning(one), meaning(other));
        } else if (&one.label, &one.description, one.id.is_some())
            != (&other.label, &other.description, other.id.is_some())
        {
            note(&code::ENUM_LABEL_CHANGED, described(one), described(other));
        }
        let state = |entry: &ListedValue| {
            text(&format!("{}, {}", value, if entry.deprecated { "deprecated" } else { "in use" }))
        };
        match (one.deprecated, other.deprecated) {
            (false, true) => note(&code::ENUM_VALUE_DEPRECATED, state(one), state(other)),
            (true, false) => note(&code::ENUM_LABEL_CHANGED, state(one), state(other)),
            _ => {}
        }
    }
    for (meta, befores, afters) in found {
        lists(changes, meta, at, (before, befores), (after, afters));
    }
}

/// Whether a value stands for another thing than before: it has another number, or the name of another value.
fn means_another(one: &ListedValue, other: &ListedValue, labels: &HashMap<&str, String>, identity: &str) -> bool {
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => !DataType::Json.same(one, other),
        _ if one.label == other.label => false,
        _ => {
            let taken = other.label.as_deref().and_then(|label| labels.get(label));
            one.label.is_some() && taken.is_some_and(|owner| owner != identity)
        }
    }
}

/// A value with what it stands for.
fn meaning(entry: &ListedValue) -> Literal {
    let words = [entry.id.as_ref().map(ToString::to_string), entry.label.clone()];
    let words: Vec<String> = words.into_iter().flatten().collect();
    text(&format!("{}: {}", entry.value, words.join(" ")))
}

/// A value with what people read about it.
fn described(entry: &ListedValue) -> Literal {
    let id = entry.id.as_ref().map(ToString::to_string);
    let words = [id.as_ref(), entry.label.as_ref(), entry.description.as_ref()];
    let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
    if words.is_empty() { entry.value.clone() } else { text(&format!("{}: {}", entry.value, words.join(", "))) }
}
