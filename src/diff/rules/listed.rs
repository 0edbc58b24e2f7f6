//! Constraints where they stand in a field's list: what the comparisons of all kinds of constraints share.

use super::{At, Changes};
use crate::finding::change::{Change, ChangeMeta};
use crate::model::Literal;

/// Notes a change of a constraint, shown where its value stands.
pub(super) fn note<'c>(
    changes: &'c mut Changes,
    meta: &'static ChangeMeta,
    at: &At,
    base: Option<(usize, Literal)>,
    head: Option<(usize, Literal)>,
) -> &'c mut Change {
    let places = (base.as_ref().map(|(index, _)| *index), head.as_ref().map(|(index, _)| *index));
    let change = changes.push(meta, at, base.map(|(_, value)| value), head.map(|(_, value)| value));
    if let Some(index) = places.0 {
        change.base.place = at.base.key("constraints").index(index).key("value");
    }
    if let Some(index) = places.1 {
        change.head.place = at.head.key("constraints").index(index).key("value");
    }
    change
}
