//! References to other datasets: of one field or of several, and what is promised of them.

use semver::VersionReq;

use super::align::Pairing;
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
fn all<'a>(dataset: &'a Dataset, fields: &[&Field], renames: &Renames<'_>) -> Vec<Reference<'a>> {
    let mut references: Vec<Reference<'a>> = Vec::new();
    for field in fields {
        let Some(target) = field.foreign_key_reference.clone() else { continue };
        let place = Place::Field(field.name.clone());
        references.push(Reference { fields: vec![renames.one(&field.name)], target, place, key: None });
    }
    for (index, key) in dataset.foreign_keys.iter().enumerate() {
        let fields = renames.all(&key.fields);
        let target = match key.referenced_fields.as_slice() {
            [field] => format!("{}.{field}", key.references),
            fields => format!("{} ({})", key.references, fields.join(", ")),
        };
        match references.iter_mut().find(|one| one.fields == fields && one.target == target) {
            Some(known) => known.key = Some(key),
            None => references.push(Reference { fields, target, place: Place::Group(index), key: Some(key) }),
        }
    }
    references
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
    let (before, after) = (all(base, &old, renames), all(head, &new, &Renames::default()));
    let same = |one: &Reference<'_>, other: &Reference<'_>| one.fields == other.fields && one.target == other.target;
    let is_in = |list: &[Reference<'_>], one: &Reference<'_>| list.iter().any(|other| same(one, other));
    let mut replaced: Vec<&Reference<'_>> = Vec::new();
    for one in &before {
        if let Some(other) = after.iter().find(|other| same(one, other)) {
            promises(changes, at, one, other);
            continue;
        }
        let other = after.iter().find(|other| other.fields == one.fields && !is_in(&before, other));
        let meta = if other.is_some() { &code::FOREIGN_KEY_TARGET_CHANGED } else { &code::FOREIGN_KEY_REMOVED };
        note(changes, meta, at, Some(one), other);
        replaced.extend(other);
    }
    for other in &after {
        if !is_in(&before, other) && !replaced.iter().any(|known| std::ptr::eq(*known, other)) {
            note(changes, &code::FOREIGN_KEY_ADDED, at, None, Some(other));
        }
    }
}

/// Compares what the parts of an object refer to.
pub(super) fn nested(changes: &mut Changes, at: &At, fields: &Pairing<'_, Field>) {
    for (one, other, _) in &fields.both {
        let at = at.renamed_field(&one.name, &other.name);
        let metas = [&code::FOREIGN_KEY_ADDED, &code::FOREIGN_KEY_REMOVED, &code::FOREIGN_KEY_TARGET_CHANGED];
        let (before, after) = (one.foreign_key_reference.as_ref(), other.foreign_key_reference.as_ref());
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
    let (before, after) = (old.version.as_deref(), new.version.as_deref());
    let requirement = |text: Option<&str>| text.and_then(|text| VersionReq::parse(text).ok());
    let (one, other) = (requirement(before), requirement(after));
    if one != other {
        // Within a major version, or where a side leaves it open, the key means the same.
        let is_other = matches!((one.as_ref().and_then(major), other.as_ref().and_then(major)), (Some(one), Some(other)) if one != other);
        let meta = if is_other { &code::CROSS_CONTRACT_REFERENCE_BUMPED } else { &code::CUSTOM_PROPERTY_CHANGED };
        note(meta, "version", before, after);
    }
}

/// The greatest major version that a requirement names. Below 1.0.0 the minor takes the major's place.
fn major(requirement: &VersionReq) -> Option<(u64, u64)> {
    let of = |one: &semver::Comparator| if one.major == 0 { (0, one.minor.unwrap_or(0)) } else { (one.major, 0) };
    requirement.comparators.iter().map(of).max()
}
