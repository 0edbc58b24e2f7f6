//! Which values a field allows by its lists, open and closed; the one allowed value is a list of one.

use std::collections::{HashMap, HashSet};

use super::listed::note;
use super::{At, Changes};
use crate::finding::change::{Change, ChangeMeta};
use crate::model::{Constraint, ConstraintKind, DataType, Field, ListedValue, Listing, Literal};

/// What a field allows by all of its lists together.
pub(super) struct Allowed<'a> {
    /// Where the list stands that is shown.
    pub(super) index: usize,
    /// The values, without null: whether that is allowed says `nullable`.
    pub(super) values: Vec<Literal>,
    /// Whether other values may come.
    pub(super) open: bool,
    /// Whether one value was said to be the only one.
    pub(super) only: bool,
    /// What is said beyond the values.
    pub(super) listing: Option<&'a Listing>,
}

impl Allowed<'_> {
    /// What is said of each value, by the value.
    pub(super) fn entries(&self, data_type: DataType) -> HashMap<String, &ListedValue> {
        let entries = self.listing.iter().flat_map(|listing| &listing.entries);
        entries.map(|entry| (data_type.identity(&entry.value), entry)).collect()
    }

    /// The values, each with what it shares with its other spellings.
    pub(super) fn identified(&self, data_type: DataType) -> impl Iterator<Item = (String, &Literal)> {
        self.values.iter().map(move |value| (data_type.identity(value), value))
    }

    pub(super) fn fallback(&self) -> Option<&Literal> {
        self.listing.and_then(|listing| listing.fallback.as_ref())
    }

    /// The place of the list, and what is shown of it.
    pub(super) fn shown(&self) -> (usize, Literal) {
        // The value of a `const` is shown as it is.
        let value = match self.values.as_slice() {
            [one] if self.only => one.clone(),
            values => Literal::List(values.to_vec()),
        };
        (self.index, value)
    }
}

/// The values that a field allows for all rows, where it lists them and no others may come.
pub(super) fn closed(field: &Field) -> Option<Vec<Literal>> {
    let of_all_rows = field.constraints.iter().enumerate().filter(|(_, constraint)| constraint.when.is_none());
    allowed(of_all_rows, field.data_type).filter(|allowed| !allowed.open).map(|allowed| allowed.values)
}

/// What closed lists allow is what all of them do; an open one only counts where none is closed.
pub(super) fn allowed<'a>(
    constraints: impl Iterator<Item = (usize, &'a Constraint)>,
    data_type: DataType,
) -> Option<Allowed<'a>> {
    let mut found: Option<Allowed<'a>> = None;
    for (index, constraint) in constraints {
        let (only, values) = match (constraint.kind, &constraint.value) {
            (ConstraintKind::Const, value) => (true, vec![value.clone()]),
            (ConstraintKind::Enum, Literal::List(values)) => (false, values.clone()),
            _ => continue,
        };
        let mut seen = HashSet::with_capacity(values.len());
        let is_new = |value: &Literal| *value != Literal::Null && seen.insert(data_type.identity(value));
        let values: Vec<Literal> = values.into_iter().filter(is_new).collect();
        let (open, listing) = (constraint.is_open(), constraint.listing.as_deref());
        let next = Allowed { index, values, open, only, listing };
        found = Some(match found {
            Some(before) if next.open && !before.open => before,
            Some(mut before) if next.open == before.open => {
                let allowed: HashSet<String> = next.values.iter().map(|value| data_type.identity(value)).collect();
                before.values.retain(|value| allowed.contains(&data_type.identity(value)));
                Allowed { only: before.only || next.only, listing: before.listing.or(next.listing), ..before }
            }
            _ => next,
        });
    }
    // Both truth values are what the type allows anyway.
    found.filter(|allowed| data_type != DataType::Boolean || allowed.values.len() < 2 || allowed.listing.is_some())
}

/// Notes a change of some values of a list.
pub(super) fn lists<'c>(
    changes: &'c mut Changes,
    meta: &'static ChangeMeta,
    at: &At,
    (before, old): (&Allowed<'_>, Vec<Literal>),
    (after, new): (&Allowed<'_>, Vec<Literal>),
) -> &'c mut Change {
    note(changes, meta, at, Some((before.index, Literal::List(old))), Some((after.index, Literal::List(new))))
}
