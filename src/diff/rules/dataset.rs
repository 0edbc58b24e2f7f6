//! Datasets: which there are, what they are, and everything below them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::align::{self, Match, Pairing};
use super::documentation::{description, metadata, tags, words};
use super::field::deprecation;
use super::keys::{self, Renames};
use super::names::{self, Names};
use super::{
    At, Changes, Targets, code, expectations, field, moves, quality, references, rows, service_levels, storage, text,
    texts,
};
use crate::diff::lattice::Profile;
use crate::model::{Contract, Dataset, Field, Path};
use crate::source::words::quoted;

pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract) {
    // The one dataset of the short form has the contract's name: that changes with it and is no change of its own.
    let is_whole = |contract: &Contract| contract.datasets.iter().all(|dataset| dataset.name == contract.name);
    let short = (base.short_form || head.short_form) && is_whole(base) && is_whole(head);
    if let ([one], [other], true) = (base.datasets.as_slice(), head.datasets.as_slice(), short) {
        changes.profile = profile((base, one), (head, other));
        changes.targets = Targets::of(base, head, std::iter::once((one, other)));
        dataset(changes, one, other);
        changes.profile = Profile::default();
        return expectations::compare(changes, base, head, &[(one, other)]);
    }
    let pairing = align::datasets(&base.datasets, &head.datasets);
    changes.targets = Targets::of(base, head, pairing.both.iter().map(|(one, other, _)| (*one, *other)));
    for gone in &pairing.removed {
        let at = At::both(&Path::dataset(&gone.name));
        let change = changes.push(&code::DATASET_REMOVED, &at, Some(text(&gone.name)), None);
        let into = pairing.both.iter().find(|(one, other, _)| is_all_in(one, other, gone));
        change.help = into.map(|(_, other, _)| {
            let (name, gone) = (quoted(&other.name), &gone.name);
            format!("did you mean that it was merged into {name}? add `previously: [{gone}]` to {name}")
        });
    }
    for new in &pairing.added {
        let at = At::both(&Path::dataset(&new.name));
        let change = changes.push(&code::DATASET_ADDED, &at, None, Some(text(&new.name)));
        let from = pairing.both.iter().find(|(one, other, _)| is_all_in(other, one, new));
        change.help = from.map(|(one, ..)| {
            let (whole, name) = (quoted(&one.name), quoted(&new.name));
            format!("did you mean that it was split from {whole}? add `previously: [{}]` to {name}", one.name)
        });
    }
    parts(changes, &pairing);
    for (one, other, why) in &pairing.both {
        changes.profile = profile((base, one), (head, other));
        let at = At { base: Path::dataset(&one.name), head: Path::dataset(&other.name) };
        named(changes, &at, one, other, *why);
        let split = pairing.split.iter().find(|(whole, _)| std::ptr::eq(*whole, *one));
        let merged = pairing.merged.iter().find(|(_, whole)| std::ptr::eq(*whole, *other));
        let left = without_parts(one, other, split.map_or(&[], |(_, parts)| parts));
        let right = without_parts(other, one, merged.map_or(&[], |(parts, _)| parts));
        dataset(changes, &left, &right);
    }
    changes.profile = Profile::default();
    let pairs: Vec<(&Dataset, &Dataset)> = pairing.both.iter().map(|(one, other, _)| (*one, *other)).collect();
    expectations::compare(changes, base, head, &pairs);
}

/// Whether what `whole` has and `rest` has not is in another dataset, with the same types, and is more than one field.
fn is_all_in(rest: &Dataset, whole: &Dataset, other: &Dataset) -> bool {
    let known = |dataset: &Dataset| -> HashSet<(String, String)> {
        dataset.fields.iter().map(|field| (field.name.clone(), field.type_text())).collect()
    };
    let names: HashSet<&str> = rest.fields.iter().map(|field| field.name.as_str()).collect();
    let missing: Vec<&Field> = whole.fields.iter().filter(|field| !names.contains(field.name.as_str())).collect();
    let others = if missing.len() > 1 { known(other) } else { HashSet::new() };
    missing.len() > 1 && missing.iter().all(|field| others.contains(&(field.name.clone(), field.type_text())))
}

/// The worse of both sides: a change can't make itself harmless by another medium.
fn profile(base: (&Contract, &Dataset), head: (&Contract, &Dataset)) -> Profile {
    Profile::of(base.0, base.1).worst(Profile::of(head.0, head.1))
}

/// Datasets that were taken apart or put together.
fn parts(changes: &mut Changes, pairing: &Pairing<'_, Dataset>) {
    let names = |parts: &[&Dataset]| texts(parts.iter().map(|part| &part.name));
    let first = |parts: &[&Dataset]| Path::dataset(parts.first().map_or("", |part| &part.name));
    for (whole, parts) in &pairing.split {
        let at = At::both(&Path::dataset(&whole.name));
        let change = changes.push(&code::DATASET_SPLIT, &at, Some(text(&whole.name)), Some(names(parts)));
        change.head.place = first(parts);
    }
    for (parts, whole) in &pairing.merged {
        let at = At { base: first(parts), head: Path::dataset(&whole.name) };
        changes.push(&code::DATASET_MERGED, &at, Some(names(parts)), Some(text(&whole.name)));
    }
}

/// A dataset without the fields that went to what was split from it, or came from what was merged into it: these are no
/// changes of their own.
fn without_parts<'a>(dataset: &'a Dataset, other_side: &Dataset, parts: &[&Dataset]) -> Cow<'a, Dataset> {
    if parts.is_empty() {
        return Cow::Borrowed(dataset);
    }
    let there: HashSet<&str> = other_side.fields.iter().map(|field| field.name.as_str()).collect();
    let of_parts: HashSet<&str> = parts.iter().flat_map(|part| &part.fields).map(|field| field.name.as_str()).collect();
    let is_elsewhere = |field: &Field| of_parts.contains(&*field.name) && !there.contains(&*field.name);
    if !dataset.fields.iter().any(is_elsewhere) {
        return Cow::Borrowed(dataset);
    }
    let mut left = dataset.clone();
    left.fields.retain(|field| !is_elsewhere(field));
    Cow::Owned(left)
}

/// Everything about a dataset but its name.
fn dataset(changes: &mut Changes, base: &Dataset, head: &Dataset) {
    let at = At { base: Path::dataset(&base.name), head: Path::dataset(&head.name) };
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, &at, before, after, &code::DATASET_DESCRIPTION_CHANGED);
    words(changes, &at, "title", base.title.as_slice(), head.title.as_slice(), &code::DATASET_DESCRIPTION_CHANGED);
    tags(changes, &at, &base.tags, &head.tags);
    metadata(changes, &at, &base.metadata, &head.metadata);
    let codes = [&code::DATASET_DEPRECATED, &code::DATASET_UNDEPRECATED];
    deprecation(changes, &at, codes, base.deprecated.as_deref(), head.deprecated.as_deref());
    let (before, after) = (base.id.as_ref(), head.id.as_ref());
    changes.optional([&code::CUSTOM_PROPERTY_CHANGED; 3], &at, "id", before, after, text);
    reserved(changes, &at, base, head);
    let from = changes.list.len();
    let fields = field::of_dataset(changes, &at, base, head);
    moves::collapse(changes, from, base, head);
    let renames = Renames::of(&fields);
    storage::compare(changes, &at, base, head, &renames);
    rows::compare(changes, &at, base, head, &renames);
    keys::compare(changes, &at, base, head, &renames);
    references::compare(changes, &at, base, head, (&fields, &renames));
    quality::compare(changes, &at, &base.quality, &head.quality);
    service_levels::compare(changes, &at.key("service_levels"), &base.service_levels, &head.service_levels);
}

/// The name by which queries know a dataset is the physical one; without one it is the logical one.
fn named(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, why: Match) {
    let codes = names::Codes {
        renamed: &code::DATASET_PHYSICAL_NAME_CHANGED,
        aliased: &code::DATASET_PHYSICAL_NAME_ALIASED,
        physical: &code::DATASET_PHYSICAL_NAME_CHANGED,
        logical: &code::DATASET_LOGICAL_NAME_CHANGED,
        case: &code::DATASET_PHYSICAL_NAME_CHANGED,
        noun: "dataset",
    };
    names::compare(changes, at, &codes, &names_of(base), &names_of(head), why);
}

fn names_of(dataset: &Dataset) -> Names<'_> {
    Names { name: &dataset.name, physical_name: dataset.physical_name.as_deref(), aliases: &dataset.aliases }
}

/// Names that no new field may have. A field that took one is named where it was added.
fn reserved(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset) {
    let only = |one: &Dataset, other: &Dataset| -> Vec<String> {
        one.reserved.iter().filter(|name| !other.reserved.contains(name)).cloned().collect()
    };
    let (mut gone, mut new) = (only(base, head), only(head, base));
    gone.retain(|name| !head.fields.iter().any(|field| field.is_called(name)));
    // To reserve the name of what is removed belongs to its removal.
    new.retain(|name| !base.fields.iter().any(|field| field.is_called(name)));
    if !gone.is_empty() {
        changes.property(&code::FIELD_RESERVATION_REMOVED, at, "reserved", Some(texts(&gone)), None);
    }
    if !new.is_empty() {
        changes.property(&code::CUSTOM_PROPERTY_CHANGED, at, "reserved", None, Some(texts(&new)));
    }
}
