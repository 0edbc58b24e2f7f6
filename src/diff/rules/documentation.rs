//! What is written for people and for other tools: descriptions, labels, metadata.

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

/// What other tools keep in a contract.
pub(super) fn metadata(changes: &mut Changes, at: &At, base: &[(String, Literal)], head: &[(String, Literal)]) {
    let (base, head) = (Literal::Map(base.to_vec()), Literal::Map(head.to_vec()));
    if !base.same(&head) {
        changes.property(&code::CUSTOM_PROPERTY_CHANGED, at, "metadata", Some(base), Some(head));
    }
}
