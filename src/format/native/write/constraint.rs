//! What values satisfy.

use std::collections::HashMap;

use super::tree::Keys;
use crate::model::{Constraint, ConstraintKind, ListedValue, Literal};

/// A condition on values.
pub(in crate::format) fn constraint(constraint: &Constraint) -> Literal {
    let listing = constraint.listing.as_deref();
    let entries = listing.map_or(&[][..], |listing| &listing.entries);
    let value = match &constraint.value {
        Literal::List(values) if constraint.kind == ConstraintKind::Enum => listed(values, entries),
        value => value.clone(),
    };
    Keys::new()
        .text("type", Some(constraint.kind.name()))
        .put("value", value)
        .text("message", constraint.message.as_deref())
        .text("when", constraint.when.as_deref())
        .flag("enforced", constraint.enforced)
        .flag("open", listing.is_some_and(|listing| listing.open))
        .some("fallback", listing.and_then(|listing| listing.fallback.clone()))
        .done()
}

/// The values, each with what more is said of it.
fn listed(values: &[Literal], entries: &[ListedValue]) -> Literal {
    let spelling = |value: &Literal| format!("{value:?}");
    let mut waiting: HashMap<String, Vec<&ListedValue>> = HashMap::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        waiting.entry(spelling(&entry.value)).or_default().push(entry);
    }
    let mut write = |value: &Literal| match waiting.get_mut(&spelling(value)).and_then(Vec::pop) {
        Some(entry) => listed_value(entry),
        None => unlisted(value),
    };
    Literal::List(values.iter().map(&mut write).collect())
}

/// A value of which nothing more is said. A mapping with a `value` would be read as one with more said of it.
fn unlisted(value: &Literal) -> Literal {
    let is_taken = matches!(value, Literal::Map(entries) if entries.iter().any(|(key, _)| key == "value"));
    if is_taken { Keys::new().put("value", value.clone()).done() } else { value.clone() }
}

fn listed_value(entry: &ListedValue) -> Literal {
    Keys::new()
        .put("value", entry.value.clone())
        .text("label", entry.label.as_deref())
        .text("description", entry.description.as_deref())
        .some("id", entry.id.clone())
        .flag("deprecated", entry.deprecated)
        .done()
}
