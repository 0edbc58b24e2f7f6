//! Whether the store itself refuses what breaks a constraint.

use std::collections::HashMap;

use super::conditions::Scope;
use super::{At, Changes, code, text};
use crate::model::{Constraint, ConstraintKind};

/// Compares the constraints of some kinds that stand for each other: those that say the same, and otherwise the only ones.
pub(super) fn compare<'a>(
    changes: &mut Changes,
    at: &At,
    base: &Scope<'a>,
    head: &Scope<'a>,
    kinds: &[ConstraintKind],
) {
    let any = |scope: &Scope<'_>| scope.constraints().any(|(_, constraint)| constraint.enforced);
    if !any(base) && !any(head) {
        return;
    }
    let of = |scope: &Scope<'a>| -> Vec<Placed<'a>> {
        scope.constraints().filter(|(_, constraint)| kinds.contains(&constraint.kind)).collect()
    };
    let content = |constraint: &Constraint| (constraint.kind, head.data_type.identity(&constraint.value));
    let mut by_content: HashMap<_, Vec<Placed<'a>>> = HashMap::new();
    for placed in of(head) {
        by_content.entry(content(placed.1)).or_default().push(placed);
    }
    let mut before = of(base);
    before.retain(|one| {
        let Some(other) = by_content.get_mut(&content(one.1)).and_then(Vec::pop) else { return true };
        note(changes, at, *one, other);
        false
    });
    let after: Vec<Placed<'a>> = by_content.into_values().flatten().collect();
    if let ([one], [other]) = (before.as_slice(), after.as_slice()) {
        note(changes, at, *one, *other);
    }
}

/// A constraint with its position.
type Placed<'a> = (usize, &'a Constraint);

fn note(changes: &mut Changes, at: &At, one: Placed<'_>, other: Placed<'_>) {
    let meta = match (one.1.enforced, other.1.enforced) {
        (true, false) => &code::CONSTRAINT_ENFORCEMENT_WEAKENED,
        (false, true) => &code::CONSTRAINT_ENFORCEMENT_STRENGTHENED,
        _ => return,
    };
    let word = |constraint: &Constraint| {
        let backed = if constraint.enforced { "enforced" } else { "declared only" };
        text(&format!("{} {}, {backed}", constraint.kind.name(), constraint.value))
    };
    let change = changes.push(meta, at, Some(word(&one.1)), Some(word(&other.1)));
    change.base.place = at.base.key("constraints").index(one.0).key("enforced");
    change.head.place = at.head.key("constraints").index(other.0).key("enforced");
}
