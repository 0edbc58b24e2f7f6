//! What the constraints of a field give a search for values to go by.

use crate::model::{Constraint, ConstraintKind, Field, Literal};

/// The bounds of some kinds, of both sides.
pub(super) fn bounds<'a>(fields: [&'a Field; 2], kinds: &'a [&'a str]) -> impl Iterator<Item = &'a Literal> {
    let constraints = fields.into_iter().flat_map(|field| field.constraints.iter());
    constraints
        .filter(|constraint| kinds.contains(&constraint.kind.name()))
        .map(|constraint| &constraint.value)
        .take(16)
}

/// The patterns of a field.
pub(super) fn patterns(field: &Field) -> Vec<&str> {
    let is_pattern = |one: &&Constraint| one.kind == ConstraintKind::Regex && one.when.is_none();
    let of_kind = field.constraints.iter().filter(is_pattern);
    of_kind.filter_map(|constraint| constraint.value.text()).collect()
}
