//! What stands in the cells of a table about a field, before it is made harmless.

use std::fmt::Write as _;

use super::Entry;

/// The type, with the unit of numbers.
pub(super) fn typed(entry: &Entry<'_>) -> String {
    let unit = entry.field.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    entry.field.type_text() + &unit
}

/// What the field is to keys, and what it refers to.
pub(super) fn keys(entry: &Entry<'_>) -> String {
    let names = entry.keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ");
    let target = entry.field.foreign_key_reference.as_ref();
    names + &target.map_or_else(String::new, |target| format!(" to {target}"))
}

/// Whether it is personal data, and how well it is guarded.
pub(super) fn guarded(entry: &Entry<'_>) -> String {
    let pii = entry.field.is_pii.then_some("PII");
    pii.into_iter().chain(entry.field.classification.as_deref()).collect::<Vec<_>>().join(", ")
}

/// The description; a deprecated field says so first.
pub(super) fn described(entry: &Entry<'_>) -> String {
    let mut text = String::new();
    if let Some(deprecated) = &entry.field.deprecated {
        text.push_str("Deprecated");
        if let Some(instead) = &deprecated.replaced_by {
            let _ = write!(text, ", use {instead}");
        }
        text.push_str(". ");
    }
    text + entry.field.description.as_deref().unwrap_or_default()
}
