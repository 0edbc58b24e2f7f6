//! For which rows a constraint holds: constraints meet those of the same rows, and one that holds for other rows than before
//! is known as that.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Deref;

use super::{At, Changes, code, sql, text};
use crate::model::{Constraint, ConstraintKind, Field, Literal};

/// The constraints of a field that hold for the same rows.
pub(super) struct Scope<'a> {
    field: &'a Field,
    /// Their positions; all of them if not given.
    picked: Option<Vec<usize>>,
}

impl<'a> Scope<'a> {
    /// All constraints of a field.
    pub(super) fn all(field: &'a Field) -> Self {
        Self { field, picked: None }
    }

    /// Every constraint, with its position.
    pub(super) fn constraints(&self) -> impl Iterator<Item = (usize, &'a Constraint)> + '_ {
        let all = if self.picked.is_none() { self.field.constraints.as_slice() } else { &[] };
        let picked = self.picked.iter().flatten();
        let picked = picked.filter_map(|index| Some((*index, self.field.constraints.get(*index)?)));
        all.iter().enumerate().chain(picked)
    }

    /// Every constraint of a kind, with its position.
    pub(super) fn of_kind(&self, kind: ConstraintKind) -> impl Iterator<Item = (usize, &'a Constraint)> + '_ {
        self.constraints().filter(move |(_, constraint)| constraint.kind == kind)
    }
}

impl Deref for Scope<'_> {
    type Target = Field;

    fn deref(&self) -> &Field {
        self.field
    }
}

/// Constraints of both sides that hold for the same rows, and those that are the same but for their rows, which are noted.
pub(super) fn scopes<'a>(
    changes: &mut Changes,
    at: &At,
    base: &'a Field,
    head: &'a Field,
) -> Vec<(Scope<'a>, Scope<'a>)> {
    let conditional = |field: &Field| field.constraints.iter().any(|constraint| constraint.when.is_some());
    if !conditional(base) && !conditional(head) {
        return vec![(Scope::all(base), Scope::all(head))];
    }
    let mut groups = Vec::new();
    let moved = moved(base, head);
    for (before, after) in &moved {
        let ([(one, _), (other, _)], relation) = ([before, after], relation(before.1, after.1));
        note(changes, at, *before, *after, relation);
        groups.push((vec![*one], vec![*other]));
    }
    let mut by_rows: BTreeMap<Option<String>, [Vec<usize>; 2]> = BTreeMap::new();
    let gone: HashSet<usize> = moved.iter().map(|(before, _)| before.0).collect();
    let new: HashSet<usize> = moved.iter().map(|(_, after)| after.0).collect();
    for (side, (field, done)) in [(base, gone), (head, new)].into_iter().enumerate() {
        for (index, constraint) in field.constraints.iter().enumerate().filter(|(index, _)| !done.contains(index)) {
            if let Some(picked) = by_rows.entry(normal(constraint)).or_default().get_mut(side) {
                picked.push(index);
            }
        }
    }
    groups.extend(by_rows.into_values().map(<(_, _)>::from));
    let scope = |field, picked| Scope { field, picked: Some(picked) };
    groups.into_iter().map(|(one, other)| (scope(base, one), scope(head, other))).collect()
}

fn normal(constraint: &Constraint) -> Option<String> {
    constraint.when.as_deref().map(sql::normal)
}

/// A constraint with its position.
type Placed<'a> = (usize, &'a Constraint);

/// Constraints that only one side has for these rows, each with one that is the same for other rows.
fn moved<'a>(base: &'a Field, head: &'a Field) -> Vec<(Placed<'a>, Placed<'a>)> {
    type ByContent<'a> = HashMap<(ConstraintKind, String), Vec<(Option<String>, Placed<'a>)>>;
    let by_content = |field: &'a Field| {
        let mut all: ByContent<'a> = HashMap::new();
        for (index, constraint) in field.constraints.iter().enumerate() {
            let content = (constraint.kind, head.data_type.identity(&constraint.value));
            all.entry(content).or_default().push((normal(constraint), (index, constraint)));
        }
        all
    };
    let (before, after) = (by_content(base), by_content(head));
    let mut moved = Vec::new();
    for (content, ones) in &before {
        let Some(others) = after.get(content) else { continue };
        let only =
            |ones: &[(Option<String>, Placed<'a>)], others: &[(Option<String>, Placed<'a>)]| -> Vec<Placed<'a>> {
                let others: HashSet<&Option<String>> = others.iter().map(|(rows, _)| rows).collect();
                let fresh = ones.iter().filter(|(rows, _)| !others.contains(rows));
                fresh.map(|(_, placed)| *placed).collect()
            };
        moved.extend(only(ones, others).into_iter().zip(only(others, ones)));
    }
    moved.sort_by_key(|(before, after)| (before.0, after.0));
    moved
}

/// How the rows relate: `Less` where it holds for fewer now.
fn relation(base: &Constraint, head: &Constraint) -> Option<Ordering> {
    match (base.when.as_deref(), head.when.as_deref()) {
        (None, None) => Some(Ordering::Equal),
        (None, Some(_)) => Some(Ordering::Less),
        (Some(_), None) => Some(Ordering::Greater),
        (Some(base), Some(head)) => sql::rows(base, head),
    }
}

fn note(changes: &mut Changes, at: &At, before: Placed<'_>, after: Placed<'_>, relation: Option<Ordering>) {
    let meta = match relation {
        Some(Ordering::Equal) => return,
        Some(Ordering::Less) => &code::CONDITION_SCOPE_NARROWED,
        Some(Ordering::Greater) => &code::CONDITION_SCOPE_WIDENED,
        // Which of them has more rows can't be decided: somebody has to look.
        None => &code::EXPRESSION_CHANGED,
    };
    let shown = |(_, constraint): Placed<'_>| -> Literal {
        let rows = constraint.when.as_ref().map_or_else(|| "all rows".to_owned(), |when| format!("when {when}"));
        text(&format!("{} {}, {rows}", constraint.kind.name(), constraint.value))
    };
    let change = changes.push(meta, at, Some(shown(before)), Some(shown(after)));
    change.base.place = at.base.key("constraints").index(before.0).key("when");
    change.head.place = at.head.key("constraints").index(after.0).key("when");
}
