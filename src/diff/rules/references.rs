//! References to other datasets: of one field or of several, and what is promised of them.

use std::collections::{HashMap, HashSet};

use semver::VersionReq;

use super::align::Pairing;
use super::documentation::metadata;
use super::keys::Renames;
use super::{At, Changes, code, text};
use crate::finding::change::ChangeMeta;
use crate::model::{Dataset, Field, ForeignKey, Path};

/// A reference, however it is written.
struct Reference<'a> {
    /// The fields that refer, as they are called now.
    fields: Vec<String>,
    /// What they refer to: `customers.id`, or `shops (region, code)`.
    target: String,
    /// What makes it the same in both versions: a contract that is called otherwise still refers to itself.
    canonical: String,
    /// Where that is said, below the dataset.
    place: Place,
    /// What else is said of it.
    key: Option<&'a ForeignKey>,
}

#[derive(Clone)]
enum Place {
    Field(String),
    Group(usize),
}

impl Reference<'_> {
    /// What makes two references the same.
    fn identity(&self) -> (&[String], &str) {
        (&self.fields, &self.canonical)
    }

    fn shown(&self) -> String {
        if self.fields.len() == 1 {
            self.target.clone()
        } else {
            format!("{} -> {}", self.fields.join(", "), self.target)
        }
    }

    fn place(&self, dataset: &Path) -> Path {
        match &self.place {
            Place::Field(name) => dataset.field(name).key("foreign_key_reference"),
            Place::Group(index) => dataset.key("foreign_keys").index(*index),
        }
    }
}

/// The references of a dataset: those of its fields, and those that are written as a list. One that is there twice is one.
fn all<'a>(dataset: &'a Dataset, fields: &[&Field], renames: &Renames<'_>, own: &str) -> Vec<Reference<'a>> {
    let mut references: Vec<Reference<'a>> = Vec::new();
    let mut known: HashMap<(Vec<String>, String), usize> = HashMap::new();
    for field in fields {
        let Some(target) = field.foreign_key_reference.clone() else { continue };
        let place = Place::Field(field.name.clone());
        let fields = vec![renames.one(&field.name)];
        known.insert((fields.clone(), target.clone()), references.len());
        let canonical = canonical(&target, own);
        references.push(Reference { fields, target, canonical, place, key: None });
    }
    for (index, key) in dataset.foreign_keys.iter().enumerate() {
        let fields = renames.all(&key.fields);
        let target = match key.referenced_fields.as_slice() {
            [field] => format!("{}.{field}", key.references),
            fields => format!("{} ({})", key.references, fields.join(", ")),
        };
        let same = known.get(&(fields.clone(), target.clone())).and_then(|index| references.get_mut(*index));
        if let Some(known) = same {
            known.key = Some(key);
        } else {
            let canonical = canonical(&target, own);
            references.push(Reference { fields, target, canonical, place: Place::Group(index), key: Some(key) });
        }
    }
    references
}

/// A target, where the contract itself has no name.
fn canonical(target: &str, own: &str) -> String {
    match target.strip_prefix(own) {
        Some(rest) if rest.starts_with('.') => rest.to_owned(),
        _ => target.to_owned(),
    }
}

/// Whether the words are the same as before, and what they led to is gone: that is told of what is gone.
fn is_left_behind(canonical: &str, now: &str) -> bool {
    canonical.strip_prefix('.').is_some_and(|rest| rest == now)
}

/// Compares the references of a dataset.
pub(super) fn compare(
    changes: &mut Changes,
    at: &At,
    base: &Dataset,
    head: &Dataset,
    (fields, renames): (&Pairing<'_, Field>, &Renames<'_>),
) {
    // A field that came or went took its own reference with it.
    let old: Vec<&Field> = fields.both.iter().map(|(one, _, _)| *one).collect();
    let new: Vec<&Field> = fields.both.iter().map(|(_, other, _)| *other).collect();
    let [before, now] = changes.names.clone();
    let (before, after) = (all(base, &old, renames, &before), all(head, &new, &Renames::default(), &now));
    // What was there before has its own partner: one by the same fields is then another reference.
    let is_old: HashSet<_> = before.iter().map(Reference::identity).collect();
    let mut by_identity: HashMap<_, &Reference<'_>> = HashMap::new();
    let mut by_fields: HashMap<&[String], Vec<&Reference<'_>>> = HashMap::new();
    for other in after.iter().rev() {
        by_identity.insert(other.identity(), other);
        if !is_old.contains(&other.identity()) {
            by_fields.entry(&other.fields).or_default().push(other);
        }
    }
    for one in &before {
        if let Some(other) = by_identity.get(&one.identity()) {
            promises(changes, at, one, other);
        } else if let Some(other) = by_fields.get_mut(one.fields.as_slice()).and_then(Vec::pop) {
            if !is_left_behind(&one.canonical, &other.target) {
                note(changes, &code::FOREIGN_KEY_TARGET_CHANGED, at, Some(one), Some(other));
            }
        } else {
            note(changes, &code::FOREIGN_KEY_REMOVED, at, Some(one), None);
        }
    }
    let new: HashSet<_> = by_fields.into_values().flatten().map(Reference::identity).collect();
    for other in after.iter().filter(|other| new.contains(&other.identity())) {
        note(changes, &code::FOREIGN_KEY_ADDED, at, None, Some(other));
    }
}

/// Compares what the parts of an object refer to.
pub(super) fn nested(changes: &mut Changes, at: &At, fields: &Pairing<'_, Field>) {
    for (one, other, _) in &fields.both {
        let at = at.renamed_field(&one.name, &other.name);
        let metas = [&code::FOREIGN_KEY_ADDED, &code::FOREIGN_KEY_REMOVED, &code::FOREIGN_KEY_TARGET_CHANGED];
        let (before, after) = (one.foreign_key_reference.as_ref(), other.foreign_key_reference.as_ref());
        let [old, new] = &changes.names;
        let (was, is) = (before.map(|to| canonical(to, old)), after.map(|to| canonical(to, new)));
        if was == is || was.as_deref().zip(after).is_some_and(|(was, after)| is_left_behind(was, after)) {
            continue;
        }
        changes.optional(metas, &at, "foreign_key_reference", before, after, text);
    }
}

fn note(
    changes: &mut Changes,
    meta: &'static ChangeMeta,
    at: &At,
    base: Option<&Reference<'_>>,
    head: Option<&Reference<'_>>,
) {
    let Some(known) = head.or(base) else { return };
    let element = element(at, base.unwrap_or(known), known);
    let value = |one: Option<&Reference<'_>>| one.map(|one| text(&one.shown()));
    let change = changes.push(meta, &element, value(base), value(head));
    change.base.place = base.map_or_else(|| element.base.clone(), |one| one.place(&at.base));
    change.head.place = head.map_or_else(|| element.head.clone(), |one| one.place(&at.head));
}

/// The reference of one field is that field's; one of several is the dataset's.
fn element(at: &At, base: &Reference<'_>, head: &Reference<'_>) -> At {
    let own = |one: &Reference<'_>| match (&one.place, one.key, one.fields.as_slice()) {
        (Place::Field(name), _, _) => Some(name.clone()),
        (_, Some(key), [_]) => key.fields.first().cloned(),
        _ => None,
    };
    match (own(base), own(head)) {
        (Some(base), Some(head)) => at.renamed_field(&base, &head),
        _ => at.clone(),
    }
}

/// Compares what is promised of a reference that both sides have.
fn promises(changes: &mut Changes, at: &At, base: &Reference<'_>, head: &Reference<'_>) {
    let plain = ForeignKey::default();
    let (old, new) = (base.key.unwrap_or(&plain), head.key.unwrap_or(&plain));
    let element = element(at, base, head);
    let mut note = |meta: &'static ChangeMeta, key: &'static str, before: Option<&str>, after: Option<&str>| {
        let change = changes.push(meta, &element, before.map(text), after.map(text));
        let place = |one: &Reference<'_>, dataset: &Path| {
            let place = one.place(dataset);
            if matches!(one.place, Place::Group(_)) { place.key(key) } else { place }
        };
        change.base.place = place(base, &at.base);
        change.head.place = place(head, &at.head);
    };
    let (before, after) = (old.cardinality, new.cardinality);
    let sides = || before.several().into_iter().zip(after.several());
    let names = (Some(before.name()), Some(after.name()));
    if sides().any(|(before, after)| !before && after) {
        note(&code::CARDINALITY_LOOSENED, "cardinality", names.0, names.1);
    }
    if sides().any(|(before, after)| before && !after) {
        note(&code::CARDINALITY_TIGHTENED, "cardinality", names.0, names.1);
    }
    for (key, before, after) in
        [("on_delete", old.on_delete, new.on_delete), ("on_update", old.on_update, new.on_update)]
    {
        if before != after {
            note(&code::REFERENCE_ACTION_CHANGED, key, Some(before.name()), Some(after.name()));
        }
    }
    if old.id != new.id {
        note(&code::CUSTOM_PROPERTY_CHANGED, "id", old.id.as_deref(), new.id.as_deref());
    }
    let (before, after) = (old.version.as_deref(), new.version.as_deref());
    let requirement = |text: Option<&str>| text.and_then(|text| VersionReq::parse(text).ok());
    let (one, other) = (requirement(before), requirement(after));
    if one != other {
        // Within a major version, or where a side leaves it open, the key means the same.
        let is_other = matches!((one.as_ref().and_then(major), other.as_ref().and_then(major)), (Some(one), Some(other)) if one != other);
        let meta = if is_other { &code::CROSS_CONTRACT_REFERENCE_BUMPED } else { &code::CUSTOM_PROPERTY_CHANGED };
        note(meta, "version", before, after);
    }
    let from = changes.list.len();
    metadata(changes, &element, &old.metadata, &new.metadata);
    for change in changes.list.iter_mut().skip(from) {
        change.base.place = base.place(&at.base);
        change.head.place = head.place(&at.head);
    }
}

/// The greatest major version that a requirement names. Below 1.0.0 the minor takes the major's place.
fn major(requirement: &VersionReq) -> Option<(u64, u64)> {
    let of = |one: &semver::Comparator| if one.major == 0 { (0, one.minor.unwrap_or(0)) } else { (one.major, 0) };
    requirement.comparators.iter().map(of).max()
}
