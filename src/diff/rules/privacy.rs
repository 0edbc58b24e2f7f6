//! Who may see a field, and what its values ask of those who do.

use std::collections::BTreeSet;

use super::semantics::plain;
use super::{At, Changes, Relation, Stronger, code, order_of_quantities, text};
use crate::finding::change::ChangeMeta;
use crate::model::{Field, Literal, Privacy, Quantity};

/// Classifications that every organisation means alike, from the least guarded on. Others have no order.
const ORDER: &[&str] = &["public", "internal", "confidential", "restricted", "secret"];

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    if base.is_pii != head.is_pii {
        let meta = if head.is_pii { &code::PII_FLAG_RAISED } else { &code::PII_FLAG_LOWERED };
        let values = (Literal::Bool(base.is_pii), Literal::Bool(head.is_pii));
        changes.property(meta, at, "is_pii", Some(values.0), Some(values.1));
    }
    if base.internal != head.internal {
        let meta = if head.internal { &code::FIELD_VISIBILITY_RESTRICTED } else { &code::FIELD_VISIBILITY_WIDENED };
        let values = (Literal::Bool(base.internal), Literal::Bool(head.internal));
        changes.property(meta, at, "internal", Some(values.0), Some(values.1));
    }
    duties(changes, at, base, head);
    classification(changes, at, base, head);
}

fn classification(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let level = |field: &Field| {
        let word = field.classification.as_ref()?.to_lowercase();
        ORDER.iter().position(|level| *level == word)
    };
    // Without an order the stricter reading holds.
    let moved = match (level(base), level(head)) {
        (Some(base), Some(head)) if head < base => &code::CLASSIFICATION_LOWERED,
        (Some(base), Some(head)) if head == base => return,
        _ => &code::CLASSIFICATION_RAISED,
    };
    let metas = [&code::CLASSIFICATION_ADDED, &code::CLASSIFICATION_REMOVED, moved];
    let (before, after) = (base.classification.as_ref(), head.classification.as_ref());
    changes.optional(metas, at, "classification", before, after, text);
}

/// What personal data asks of those who hold it.
fn duties(changes: &mut Changes, at: &At, old: &Field, new: &Field) {
    if old.privacy == new.privacy {
        return;
    }
    let silent = Privacy::default();
    let (base, head) = (old.privacy.as_deref().unwrap_or(&silent), new.privacy.as_deref().unwrap_or(&silent));
    // That values are personal, or are so no longer, says it all about what they tell of a person.
    if old.is_pii == new.is_pii || !base.category.is_empty() && !head.category.is_empty() {
        set(changes, at, "category", &code::PII_CATEGORY_CHANGED, &base.category, &head.category);
    }
    masking(changes, at, base.masking.as_deref(), head.masking.as_deref());
    set(changes, at, "legal_basis", &code::LEGAL_BASIS_CHANGED, &base.legal_basis, &head.legal_basis);
    set(changes, at, "residency", &code::RESIDENCY_CHANGED, &base.residency, &head.residency);
    erasure(changes, at, base.erase_within.as_ref(), head.erase_within.as_ref());
}

fn note(
    changes: &mut Changes,
    at: &At,
    key: &'static str,
    meta: &'static ChangeMeta,
    (base, head): (Option<Literal>, Option<Literal>),
) {
    let change = changes.push(meta, at, base, head);
    change.base.place = at.base.key("privacy").key(key);
    change.head.place = at.head.key("privacy").key(key);
}

/// Words in any order. The first ones are a first statement, and to drop all of them takes a promise back.
fn set(
    changes: &mut Changes,
    at: &At,
    key: &'static str,
    changed: &'static ChangeMeta,
    base: &[String],
    head: &[String],
) {
    let words = |words: &[String]| words.iter().map(|word| plain(word)).collect::<BTreeSet<_>>();
    let meta = match (base.is_empty(), head.is_empty()) {
        _ if words(base) == words(head) => return,
        (true, _) => &code::CLASSIFICATION_ADDED,
        (_, true) => &code::CLASSIFICATION_REMOVED,
        _ => changed,
    };
    let shown = |words: &[String]| (!words.is_empty()).then(|| text(&format!("{key}: {}", words.join(", "))));
    note(changes, at, key, meta, (shown(base), shown(head)));
}

fn masking(changes: &mut Changes, at: &At, base: Option<&str>, head: Option<&str>) {
    let method = |word: Option<&str>| word.map(plain).filter(|word| !matches!(word.as_str(), "none" | "clear" | ""));
    let meta = match (method(base), method(head)) {
        (one, other) if one == other => return,
        (None, _) => &code::MASKING_ADDED,
        (_, None) => &code::MASKING_REMOVED,
        _ => &code::MASKING_METHOD_CHANGED,
    };
    note(changes, at, "masking", meta, (base.map(text), head.map(text)));
}

fn erasure(changes: &mut Changes, at: &At, base: Option<&Quantity>, head: Option<&Quantity>) {
    let meta = match (base, head) {
        (None, None) => return,
        (None, Some(_)) => &code::ERASURE_DUTY_ADDED,
        (Some(_), None) => &code::TERMS_LOOSENED,
        (Some(base), Some(head)) => match Stronger::Lower.relation(order_of_quantities(base, head)) {
            Relation::Same => return,
            Relation::Loosened => &code::TERMS_LOOSENED,
            // What can't be read may well be shorter.
            Relation::Tightened | Relation::Changed => &code::ERASURE_WINDOW_SHORTENED,
        },
    };
    let shown = |window: &Quantity| text(&format!("erase within {window}"));
    note(changes, at, "erase_within", meta, (base.map(shown), head.map(shown)));
}
