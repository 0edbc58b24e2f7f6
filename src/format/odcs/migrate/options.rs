//! Options of types: bounds that exclude their value were told by a boolean beside them before 3.1.

use super::notes::Notes;
use crate::model::{DataType, Path, Physical};
use crate::source::Node;

/// Makes bounds of the booleans.
pub(super) fn upgrade(element: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(options) = element.get_mut("logicalTypeOptions") else { return };
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(excludes) = options.get(exclusive).and_then(Node::boolean) else { continue };
        options.take(exclusive);
        let path = path.key(exclusive);
        if !excludes {
            notes.reworded(
                &path,
                format!("`{exclusive}: false` said nothing, and is a bound since 3.1: it is left out"),
            );
        } else if options.rename(bound, exclusive) {
            notes.reworded(&path, format!("`{exclusive}: true` with `{bound}` is `{exclusive}` with that bound"));
        } else {
            notes.reworded(&path, format!("`{exclusive}: true` without `{bound}` said nothing: it is left out"));
        }
    }
    if options.entries().is_empty() {
        element.take("logicalTypeOptions");
    }
}

/// Gives times and moments their own words, below an object or a property: 3.0 has `date` for all of them, and the physical
/// type tells which is meant.
pub(super) fn moments(element: &mut Node, path: &Path, notes: &mut Notes) {
    let physical = element.get("physicalType").and_then(Node::text).map(Physical::new);
    let meant = match physical.and_then(|physical| physical.kind.logical()) {
        Some(DataType::Time) => Some("time"),
        Some(DataType::Datetime | DataType::Timestamp) => Some("timestamp"),
        _ => None,
    };
    if let Some(word) = meant.filter(|_| element.get("logicalType").and_then(Node::text) == Some("date")) {
        element.set("logicalType", word, None);
        let message = format!("`logicalType: date` of a physical {word} is `{word}`, which came with 3.1");
        notes.reworded(&path.key("logicalType"), message);
    }
    for property in element.get_mut("properties").and_then(Node::items_mut).into_iter().flatten() {
        let path =
            property.get("name").and_then(Node::text).map_or_else(|| path.key("properties"), |name| path.field(name));
        moments(property, &path, notes);
    }
    if let Some(items) = element.get_mut("items") {
        moments(items, &path.key("items"), notes);
    }
}
