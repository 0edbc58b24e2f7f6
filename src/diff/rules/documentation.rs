//! What is written for people and for other tools: descriptions, labels, metadata.

use std::collections::{BTreeSet, HashMap};

use super::{At, Changes, code, text, texts};
use crate::finding::change::ChangeMeta;
use crate::model::Literal;

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

/// What other tools keep in a contract: what differs of it.
pub(super) fn metadata(changes: &mut Changes, at: &At, base: &[(String, Literal)], head: &[(String, Literal)]) {
    let (gone, new) = (differing(base, head), differing(head, base));
    if !gone.is_empty() || !new.is_empty() {
        let shown = |entries: Vec<(String, Literal)>| (!entries.is_empty()).then_some(Literal::Map(entries));
        changes.property(&code::CUSTOM_PROPERTY_CHANGED, at, "metadata", shown(gone), shown(new));
    }
}

/// The entries that the other side does not have. What is kept of another format is a mapping below its name: of that, too,
/// what differs.
fn differing(own: &[(String, Literal)], other: &[(String, Literal)]) -> Vec<(String, Literal)> {
    let known: HashMap<&str, &Literal> = other.iter().rev().map(|(key, value)| (key.as_str(), value)).collect();
    let differs = |(key, value): &(String, Literal)| match (value, known.get(key.as_str())) {
        (Literal::Map(own), Some(Literal::Map(other))) => {
            let rest: HashMap<&str, &Literal> = other.iter().map(|(key, value)| (key.as_str(), value)).collect();
            let is_same = |(key, value): &(String, Literal)| rest.get(key.as_str()).is_some_and(|one| value.same(one));
            let left: Vec<_> = own.iter().filter(|entry| !is_same(entry)).cloned().collect();
            (!left.is_empty()).then(|| (key.clone(), Literal::Map(left)))
        }
        (value, Some(other)) if value.same(other) => None,
        (value, _) => Some((key.clone(), value.clone())),
    };
    own.iter().filter_map(differs).collect()
}
