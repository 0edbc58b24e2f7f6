//! What stands in the cells of a table about a field, before it is made harmless.

use std::fmt::Write as _;

use super::Entry;

/// The type, with the unit of numbers.
pub(super) fn typed(entry: &Entry<'_>) -> String {
    let unit = entry.field.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    entry.field.type_text() + &unit
}

/// What the field is to keys.
pub(super) fn keys(entry: &Entry<'_>) -> String {
    entry.keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ")
}

/// Whether it is personal data, and how well it is guarded.
pub(super) fn guarded(entry: &Entry<'_>) -> String {
    let pii = entry.field.is_pii.then_some("PII");
    pii.into_iter().chain(entry.field.classification.as_deref()).collect::<Vec<_>>().join(", ")
}

/// The description, behind what readers should know first: that the field is going away, and what it refers to.
pub(super) fn described(entry: &Entry<'_>) -> String {
    let mut text = String::new();
    if let Some(deprecated) = &entry.field.deprecated {
        let instead = deprecated.replaced_by.as_ref().map_or_else(String::new, |instead| format!(", use {instead}"));
        let _ = write!(text, "Deprecated{instead}. ");
    }
    if !entry.field.aliases().is_empty() {
        let _ = write!(text, "Also called {}. ", entry.field.aliases().join(" and "));
    }
    if !entry.references.is_empty() {
        let _ = write!(text, "Refers to {}. ", entry.references.join(" and "));
    }
    text.push_str(entry.field.description.as_deref().unwrap_or_default());
    text.trim_end().to_owned()
}
