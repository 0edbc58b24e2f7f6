//! Options of types: bounds that exclude their value were told by a boolean beside them before 3.1.

use super::notes::Notes;
use crate::model::Path;
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
