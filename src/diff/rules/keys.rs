//! Keys: primary keys and unique groups.

use std::collections::{BTreeSet, HashMap};

use super::align::Pairing;
use super::{At, Changes, code, text, texts};
use crate::diff::witness::{Keys, of_keys};
use crate::model::{Dataset, Field, Path};

type Set = BTreeSet<String>;

/// The fields that have another name now, by the one of before.
#[derive(Default)]
pub(super) struct Renames<'a>(HashMap<&'a str, &'a str>);

impl<'a> Renames<'a> {
    pub(super) fn of(fields: &Pairing<'a, Field>) -> Self {
        let renamed = fields.both.iter().filter(|(one, other, _)| one.name != other.name);
        Self(renamed.map(|(one, other, _)| (one.name.as_str(), other.name.as_str())).collect())
    }

    /// What a field is called now.
    pub(super) fn one(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| name.to_owned(), |name| (*name).to_owned())
    }

    /// What fields are called now, in their order.
    pub(super) fn all(&self, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.one(name)).collect()
    }
}

/// Compares the keys of a dataset. What was renamed keeps its place in a key.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, renames: &Renames<'_>) {
    let now = |name: &str| renames.one(name);
    let before: Vec<String> = base.primary_key().map(|field| now(&field.name)).collect();
    let after: Vec<String> = head.primary_key().map(|field| field.name.clone()).collect();
    let has_order = !base.key_order.is_empty() || !head.key_order.is_empty();
    let (key_before, key_after): (Set, Set) = (before.iter().cloned().collect(), after.iter().cloned().collect());
    let from = changes.list.len();
    // The order of flags is that of the fields, and said there.
    if has_order && key_before == key_after && before != after {
        changes.property(&code::PRIMARY_KEY_REORDERED, at, "primary_key", Some(texts(&before)), Some(texts(&after)));
    }
    primary_key(changes, at, (&key_before, &before), (&key_after, &after));
    let before = unique_sets(base, &now);
    let after = unique_sets(head, &|name| name.to_owned());
    unique(changes, at, (&before, &key_before), (&after, &key_after));
    let keys = |primary, unique, fields| Keys { primary, unique, fields };
    let fields: [Set; 2] = [
        base.fields.iter().map(|field| now(&field.name)).collect(),
        head.fields.iter().map(|field| field.name.clone()).collect(),
    ];
    let [old, new] = fields;
    of_keys(changes, from, [&keys(key_before, before, old), &keys(key_after, after, new)], head);
}

fn names(set: &Set) -> crate::model::Literal {
    texts(set)
}

/// A key as a set, and its fields in the order in which they stand.
type Key<'a> = (&'a Set, &'a [String]);

fn primary_key(changes: &mut Changes, at: &At, (base, before): Key<'_>, (head, after): Key<'_>) {
    let meta = match (base.is_empty(), head.is_empty()) {
        _ if base == head => return,
        (true, _) => &code::PRIMARY_KEY_ADDED,
        (_, true) => &code::PRIMARY_KEY_REMOVED,
        _ if base.is_subset(head) => &code::PRIMARY_KEY_COLUMN_ADDED,
        _ if head.is_subset(base) => &code::PRIMARY_KEY_COLUMN_REMOVED,
        _ => &code::PRIMARY_KEY_REPLACED,
    };
    let value = |names: &[String]| (!names.is_empty()).then(|| texts(names));
    let change = changes.push(meta, at, value(before), value(after));
    // A key has no line of its own: that of its first field is nearest.
    let place = |path: &Path, set: &Set| set.first().map(|name| path.field(name).key("is_primary_key"));
    change.base.place = place(&at.base, base).unwrap_or_else(|| at.base.clone());
    change.head.place = place(&at.head, head).unwrap_or_else(|| at.head.clone());
}

fn unique_sets(dataset: &Dataset, now: &impl Fn(&str) -> String) -> BTreeSet<Set> {
    let single = dataset.fields.iter().filter(|field| field.unique).map(|field| Set::from([now(&field.name)]));
    single.chain(dataset.unique.iter().map(|group| group.iter().map(|name| now(name)).collect())).collect()
}

fn unique(changes: &mut Changes, at: &At, base: (&BTreeSet<Set>, &Set), head: (&BTreeSet<Set>, &Set)) {
    // What a primary key or a smaller group promises anyway is no promise of its own.
    let implied = |set: &Set, (groups, key): (&BTreeSet<Set>, &Set)| {
        !key.is_empty() && key.is_subset(set)
            || groups.iter().any(|group| group.len() < set.len() && group.is_subset(set))
    };
    let only = |one: (&BTreeSet<Set>, &Set), other: (&BTreeSet<Set>, &Set)| -> Vec<Set> {
        let fresh = one.0.iter().filter(|set| !other.0.contains(*set));
        let in_key = |set: &Set| !other.1.is_empty() && other.1.is_subset(set);
        fresh.filter(|set| !in_key(set) && !implied(set, one)).cloned().collect()
    };
    let (mut gone, mut new) = (only(base, head), only(head, base));
    gone.retain(|old| {
        let Some(index) = new.iter().position(|new| old.is_subset(new) || new.is_subset(old)) else { return true };
        let new = new.remove(index);
        let meta = if old.is_subset(&new) { &code::UNIQUE_COLUMNS_EXTENDED } else { &code::UNIQUE_COLUMNS_REDUCED };
        note(changes, meta, at, Some(old), Some(&new));
        false
    });
    for set in &gone {
        note(changes, &code::UNIQUE_REMOVED, at, Some(set), None);
    }
    for set in &new {
        note(changes, &code::UNIQUE_ADDED, at, None, Some(set));
    }
}

fn note(
    changes: &mut Changes,
    meta: &'static crate::finding::change::ChangeMeta,
    at: &At,
    base: Option<&Set>,
    head: Option<&Set>,
) {
    // A single field is the element; a group belongs to the dataset.
    let sets = [base, head];
    let field = match sets {
        [Some(one), None] | [None, Some(one)] if one.len() == 1 => one.first(),
        _ => None,
    };
    match field {
        Some(field) => {
            let word = |set: Option<&Set>| Some(text(if set.is_some() { "unique" } else { "not unique" }));
            changes.property(meta, &at.field(field), "unique", word(base), word(head));
        }
        None => {
            changes.property(meta, at, "unique", base.map(names), head.map(names));
        }
    }
}
