//! What is written for people and for other tools: descriptions, labels, metadata.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{At, Changes, code, text, texts};
use crate::finding::change::ChangeMeta;
use crate::model::{DataType, Literal};

/// What something means, in words. `reworded` is the code for other words.
pub(super) fn description(
    changes: &mut Changes,
    at: &At,
    base: Option<&String>,
    head: Option<&String>,
    reworded: &'static ChangeMeta,
) {
    // How the words are broken into lines has no meaning.
    let plain = |text: Option<&String>| text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let (base, head) = (plain(base), plain(head));
    let metas = [&code::DESCRIPTION_ADDED, &code::DESCRIPTION_REMOVED, reworded];
    changes.optional(metas, at, "description", base.as_ref(), head.as_ref(), text);
}

/// Free labels, in whatever order.
pub(super) fn tags(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let sorted = |tags: &[String]| {
        let mut tags = tags.to_vec();
        tags.sort();
        tags.dedup();
        tags
    };
    if sorted(base) != sorted(head) {
        changes.property(&code::TAGS_CHANGED, at, "tags", Some(texts(base)), Some(texts(head)));
    }
}

/// What is written for people in a word or in several, in whatever order: a title, synonyms.
pub(super) fn words(
    changes: &mut Changes,
    at: &At,
    key: &'static str,
    base: &[String],
    head: &[String],
    meta: &'static ChangeMeta,
) {
    let plain = |words: &[String]| {
        words.iter().map(|word| word.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<BTreeSet<_>>()
    };
    if plain(base) != plain(head) {
        let shown = |words: &[String]| match words {
            [] => None,
            [only] => Some(text(only)),
            several => Some(texts(several)),
        };
        changes.property(meta, at, key, shown(base), shown(head));
    }
}

/// What other tools keep in a contract: a change for each entry that differs, with what differs of it.
pub(super) fn metadata(changes: &mut Changes, at: &At, base: &[(String, Literal)], head: &[(String, Literal)]) {
    each(changes, at, &at.key("metadata"), base, head, 0);
}

/// How deep what is kept of another format lies: below the name of that format.
const DEPTH_OF_FORMATS: usize = 1;

fn each(
    changes: &mut Changes,
    at: &At,
    place: &At,
    base: &[(String, Literal)],
    head: &[(String, Literal)],
    depth: usize,
) {
    let (before, after) = (by_key(base), by_key(head));
    let new = head.iter().filter(|(key, _)| !before.contains_key(key.as_str()));
    for (key, _) in base.iter().chain(new) {
        let place = place.named(key);
        match (before.get(key.as_str()).copied(), after.get(key.as_str()).copied()) {
            (Some(Literal::Map(base)), Some(Literal::Map(head))) if depth < DEPTH_OF_FORMATS => {
                each(changes, at, &place, base, head, depth + 1);
            }
            (base, head) => {
                let gone = base.and_then(|base| differing(base, head));
                let now = head.and_then(|head| differing(head, base));
                if gone.is_none() && now.is_none() {
                    continue;
                }
                let place = innermost(place, gone.as_ref(), now.as_ref());
                let shown = |value: Option<Literal>| value.map(|value| Literal::Map(vec![(key.clone(), value)]));
                let change = changes.push(&code::CUSTOM_PROPERTY_CHANGED, at, shown(gone), shown(now));
                (change.base.place, change.head.place) = (place.base, place.head);
            }
        }
    }
}

fn by_key(entries: &[(String, Literal)]) -> HashMap<&str, &Literal> {
    entries.iter().rev().map(|(key, value)| (key.as_str(), value)).collect()
}

/// What the other side does not have of a value: entries of mappings, items of lists of mappings; else the whole of it.
fn differing(own: &Literal, other: Option<&Literal>) -> Option<Literal> {
    match (own, other) {
        (own, Some(other)) if own.same(other) => None,
        (Literal::Map(own), Some(Literal::Map(other))) => {
            let known = by_key(other);
            let rest = |(key, value): &(String, Literal)| {
                Some((key.clone(), differing(value, known.get(key.as_str()).copied())?))
            };
            let left: Vec<_> = own.iter().filter_map(rest).collect();
            (!left.is_empty()).then_some(Literal::Map(left))
        }
        (Literal::List(own), Some(Literal::List(other)))
            if own.iter().chain(other).all(|item| matches!(item, Literal::Map(_))) =>
        {
            let known: HashSet<String> = other.iter().map(|item| DataType::Json.identity(item)).collect();
            let left: Vec<_> =
                own.iter().filter(|item| !known.contains(&DataType::Json.identity(item))).cloned().collect();
            (!left.is_empty()).then_some(Literal::List(left))
        }
        (own, _) => Some(own.clone()),
    }
}

/// Where all of a difference is: below the only key of a mapping, at the only item of a list by what names it.
fn innermost(mut place: At, base: Option<&Literal>, head: Option<&Literal>) -> At {
    let mut sides: Vec<&Literal> = base.into_iter().chain(head).collect();
    loop {
        let Some(inner) = sides.iter().map(|side| only(side)).collect::<Option<Vec<_>>>() else { return place };
        let Some((name, _)) = inner.first().filter(|(name, _)| inner.iter().all(|(other, _)| other == name)) else {
            return place;
        };
        place = place.named(name);
        if sides.iter().any(|side| matches!(side, Literal::List(_))) {
            return place;
        }
        sides = inner.into_iter().map(|(_, value)| value).collect();
    }
}

/// The only part of a value, and what it is called.
fn only(value: &Literal) -> Option<(&str, &Literal)> {
    match value {
        Literal::Map(entries) => match entries.as_slice() {
            [(key, value)] => Some((key, value)),
            _ => None,
        },
        Literal::List(items) => match items.as_slice() {
            [item @ Literal::Map(entries)] => Some((entries.first()?.1.text()?, item)),
            _ => None,
        },
        _ => None,
    }
}

/// Metadata without what is kept of elements that came or went: that they did is told of the elements themselves.
pub(super) fn without(metadata: &[(String, Literal)], names: &HashSet<&str>) -> Vec<(String, Literal)> {
    let entry = |(key, value): &(String, Literal)| Some((key.clone(), rest_without(value, names)?));
    metadata
        .iter()
        .filter_map(|(key, value)| match value {
            Literal::Map(kept) => {
                let kept: Vec<_> = kept.iter().filter_map(entry).collect();
                (!kept.is_empty()).then(|| (key.clone(), Literal::Map(kept)))
            }
            value => Some((key.clone(), value.clone())),
        })
        .collect()
}

fn rest_without(value: &Literal, names: &HashSet<&str>) -> Option<Literal> {
    match value {
        Literal::Map(entries) if !entries.is_empty() => {
            let rest: Vec<_> =
                entries.iter().filter_map(|(key, value)| Some((key.clone(), rest_without(value, names)?))).collect();
            (!rest.is_empty()).then_some(Literal::Map(rest))
        }
        Literal::List(items) if !items.is_empty() => {
            let is_gone = |item: &&Literal| match item {
                Literal::Map(entries) => {
                    entries.first().and_then(|(_, name)| name.text()).is_some_and(|name| names.contains(name))
                }
                _ => false,
            };
            let rest: Vec<_> = items.iter().filter(|item| !is_gone(item)).cloned().collect();
            (!rest.is_empty()).then_some(Literal::List(rest))
        }
        value => Some(value.clone()),
    }
}
