//! Who may see a field, and what its values ask of those who do.

use super::{At, Changes, code, text};
use crate::model::{Field, Literal};

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
