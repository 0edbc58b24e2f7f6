//! The lattice of types: what each may become, what that is called, and how bad it is by the medium. Logical types and
//! physical ones stand in one table: a logical type is one of which no width is known.

mod levels;
mod pairs;
mod profile;
mod within;

use crate::finding::change::ChangeMeta;
use crate::model::{PhysicalType, Step};

pub use levels::{Cell, ROWS, Row, SetRelation, row_of};
pub use profile::{Profile, Reading, SOURCES, Writing};

/// What became of a type.
#[derive(Debug, PartialEq)]
pub(super) enum Moved<'a> {
    /// It is the same.
    Same,
    /// It is another one.
    To(Found),
    /// It holds others, which may be other ones.
    Inside(Vec<Part<'a>>),
}

/// A part of a type on both sides: an item, a value, a member.
#[derive(Debug, PartialEq)]
pub(super) struct Part<'a> {
    pub(super) step: Step,
    pub(super) base: Option<&'a PhysicalType>,
    pub(super) head: Option<&'a PhysicalType>,
}

/// A kind of change between two types.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) meta: &'static ChangeMeta,
    /// Whether values are gone that the kind of change alone would keep: the parameters leave no room for them.
    pub(super) loses: bool,
    /// Whether values come besides that were not there before: then neither side holds the other.
    pub(super) gains: bool,
}

impl Found {
    fn new(meta: &'static ChangeMeta) -> Self {
        Self { meta, loses: false, gains: false }
    }

    fn losing(meta: &'static ChangeMeta) -> Self {
        Self { meta, loses: true, gains: false }
    }
}

/// What became of a type.
pub(super) fn between<'a>(base: &'a PhysicalType, head: &'a PhysicalType) -> Moved<'a> {
    if base == head {
        return Moved::Same;
    }
    within::compare(base, head).unwrap_or_else(|| Moved::To(pairs::compare(base, head)))
}

#[cfg(test)]
mod tests;
