//! What came of the lines of a piece.

use std::ops::Range;

use super::coerce::Change;
use crate::expression::eval::{Failed, Moment};

/// Why a line is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub String);

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A record that keeps everything.
    Good,
    /// A record that breaks what these places of [`Judged::breaches`] say.
    Bad(Range<usize>),
    /// No record.
    Broken(Broken),
}

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its number in the piece, from 1.
    pub number: u64,
    /// Where it stands in the piece, without its end.
    pub at: Range<usize>,
    /// What came of it, as far as it stands alone: keys that occur twice are found later.
    pub fate: Fate,
    /// What was coerced in it, as a place of [`Judged::coerced`].
    pub coerced: Option<usize>,
}

/// An expectation that a record breaks, or that could not be evaluated for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) expectation: usize,
    pub(super) failed: Option<Failed>,
}

/// What came of a piece of whole lines.
#[derive(Debug, Default)]
pub struct Judged<'c> {
    /// The lines, without blank ones.
    pub lines: Vec<Line>,
    /// How many lines there are, blank ones included.
    pub count: u64,
    pub(super) breaches: Vec<Breach>,
    /// For each record, a key for each promise of uniqueness; `None` where the record is not about it.
    pub(super) keys: Vec<Option<u128>>,
    /// How many records each expectation is about.
    pub(super) counted: Vec<u64>,
    /// How many records have a value, by fields.
    pub(super) present: Vec<u64>,
    /// The newest time.
    pub(super) newest: Option<Moment>,
    /// Rewritten records, with what was changed.
    pub(super) coerced: Vec<(String, Vec<Change<'c>>)>,
    /// Names of fields that the contract does not know, with how many records have them.
    pub(super) extra: Vec<(String, u64)>,
}
