//! Patterns: sets of texts.

use std::collections::HashSet;

use super::conditions::Scope;
use super::listed::note;
use super::{At, Changes, Relation, code};
use crate::diff::language::Difference;
use crate::diff::witness::of_text;
use crate::finding::change::{Legal, Sureness};
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Scope<'_>, head: &Scope<'_>) {
    let (mut gone, mut new) = (only(base, head), only(head, base));
    if gone.is_empty() && new.is_empty() {
        return;
    }
    let (before, after) = (all(base), all(head));
    // Patterns of one field hold at once, so what counts is what they allow together.
    let [left, came] = [changes.languages.difference(&before, &after), changes.languages.difference(&after, &before)];
    let relation = relation(&left, &came);
    let from = changes.list.len();
    if let ([_], [_]) = (gone.as_slice(), new.as_slice()) {
        let meta = match relation {
            Some(Relation::Same) => return,
            Some(Relation::Tightened) => &code::PATTERN_NARROWED,
            Some(Relation::Loosened) => &code::PATTERN_WIDENED,
            Some(Relation::Changed) | None => &code::PATTERN_CHANGED,
        };
        let change = note(changes, meta, at, gone.pop(), new.pop());
        if relation.is_none() {
            change.sure = Sureness::Review;
        }
    } else if relation != Some(Relation::Same) {
        for value in gone {
            note(changes, &code::PATTERN_REMOVED, at, Some(value), None);
        }
        for value in new {
            note(changes, &code::PATTERN_ADDED, at, None, Some(value));
        }
    }
    witnesses(changes, from, at, [base, head], [&left, &came]);
}

/// Both sides apart, the text that readers meet first.
fn witnesses(changes: &mut Changes, from: usize, at: &At, fields: [&Field; 2], [left, came]: [&Difference; 2]) {
    let Changes { list, languages, .. } = changes;
    for change in list.iter_mut().skip(from) {
        let sides = [(Legal::Head, came, change.levels.reader), (Legal::Base, left, change.levels.writer)];
        change.witness = sides.into_iter().find_map(|(legal_in, difference, level)| {
            let text = match difference {
                Difference::Text(text) => Some(text.as_str()),
                Difference::Unknown => None,
                Difference::Nothing => return None,
            };
            let is_worst = level == crate::finding::change::Level::Major;
            is_worst.then(|| of_text(languages, &at.head, legal_in, fields, text)).flatten()
        });
    }
}

/// The relation of what both sides allow; `None` where it can't be told.
fn relation(left: &Difference, came: &Difference) -> Option<Relation> {
    match (left, came) {
        (Difference::Unknown, _) | (_, Difference::Unknown) => None,
        (Difference::Nothing, Difference::Nothing) => Some(Relation::Same),
        (Difference::Text(_), Difference::Nothing) => Some(Relation::Tightened),
        (Difference::Nothing, Difference::Text(_)) => Some(Relation::Loosened),
        (Difference::Text(_), Difference::Text(_)) => Some(Relation::Changed),
    }
}

fn only(one: &Scope<'_>, other: &Scope<'_>) -> Vec<(usize, Literal)> {
    let identity = |constraint: &Constraint| DataType::String.identity(&constraint.value);
    let known: HashSet<String> = other.of_kind(ConstraintKind::Regex).map(|(_, pattern)| identity(pattern)).collect();
    let missing = one.of_kind(ConstraintKind::Regex).filter(|(_, pattern)| !known.contains(&identity(pattern)));
    missing.map(|(index, pattern)| (index, pattern.value.clone())).collect()
}

fn all<'a>(scope: &Scope<'a>) -> Vec<&'a str> {
    scope.of_kind(ConstraintKind::Regex).filter_map(|(_, pattern)| pattern.value.text()).collect()
}
