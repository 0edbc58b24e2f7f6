//! How a file of the standard can be mended, where one answer is right.

use super::super::keys::{Habit, Instead, Kind, METRIC_OF_RULE};
use super::variant::Tables;
use super::walk::Checker;
use crate::model::Literal;
use crate::source::fix::{Edit, Fix, Place};
pub(super) use crate::source::shape::mend::{again, text};
use crate::source::shape::mend::{boolean, number, quotes};
use crate::source::words::{misspelt, quoted};
use crate::source::{Entry, Node};

/// The fix of a key that is called so in other formats.
pub(super) fn by_habit(
    checker: &Checker,
    entry: &Entry,
    entries: &[Entry],
    habit: &Habit,
    tables: &Tables,
) -> Option<Fix> {
    match habit.instead {
        Instead::Key(key) => {
            renamed(checker, entry, entries, key, tables).map(|(title, edits)| Fix::safe(title, edits))
        }
        // The standard has no word for it, but one for the opposite.
        Instead::Depends(_) if habit.words.contains(&"nullable") => {
            let value = entry.value.boolean()?;
            tables.find("required", checker.version).filter(|_| is_free(entries, "required"))?;
            let title = format!("write `required: {}` for {}", !value, quoted(&format!("{}: {value}", entry.key)));
            let rename = Edit::Rename(Place::Span(entry.key_span), "required".to_owned());
            let value = Edit::Value(Place::Span(entry.value.span), Literal::Bool(!value));
            Some(Fix::safe(title, vec![rename, value]))
        }
        _ => None,
    }
}

/// The fix of a key that is spelt much like another.
pub(super) fn by_spelling(
    checker: &Checker,
    entry: &Entry,
    entries: &[Entry],
    near: &'static str,
    tables: &Tables,
) -> Option<Fix> {
    let (title, edits) = renamed(checker, entry, entries, near, tables)?;
    let known = tables.keys().filter(|(_, key)| key.since <= checker.version).map(|(_, key)| key.name);
    let is_certain = misspelt(&entry.key, known) == Some(near);
    Some(if is_certain { Fix::safe(title, edits) } else { Fix::guess(title, edits) })
}

fn renamed(
    checker: &Checker,
    entry: &Entry,
    entries: &[Entry],
    name: &'static str,
    tables: &Tables,
) -> Option<(String, Vec<Edit>)> {
    let (_, key) = tables.find(name, checker.version).filter(|_| is_free(entries, name))?;
    let mut scratch = Checker::silent(checker.version);
    scratch.value(&entry.value, entry.key_span, key, &key.kind);
    let rename = Edit::Rename(Place::Span(entry.key_span), name.to_owned());
    scratch.is_content().then(|| (format!("rename {} to `{name}`", quoted(&entry.key)), vec![rename]))
}

fn is_free(entries: &[Entry], name: &str) -> bool {
    !entries.iter().any(|entry| &*entry.key == name)
}

/// The fix of a rule that says what is measured as it was said before 3.1.
pub(super) fn metric_for_rule(rule: &Node, entry: &Entry) -> Option<Fix> {
    let old = entry.value.text().filter(|_| rule.entry("metric").is_none())?;
    let (_, metric) = METRIC_OF_RULE.iter().find(|(known, _)| *known == old)?;
    // Counting what is right and counting what is wrong are not the same.
    if old == "validValues" {
        return None;
    }
    let title = format!("write {}", quoted(&format!("metric: {metric}")));
    let rename = Edit::Rename(Place::Span(entry.key_span), "metric".to_owned());
    let value = Edit::Value(Place::Span(entry.value.span), Literal::Text((*metric).to_owned()));
    Some(Fix::safe(title, vec![rename, value]))
}

/// The fix of a word that is none of those known: the one that was meant.
pub(super) fn word(node: &Node, text: &str, known: &[&'static str], meant: &str) -> Fix {
    let title = format!("write `{meant}` for {}", quoted(text));
    let edits = vec![Edit::Value(Place::Span(node.span), Literal::Text(meant.to_owned()))];
    let is_certain = misspelt(text, known.iter().copied()) == Some(meant);
    if is_certain { Fix::safe(title, edits) } else { Fix::guess(title, edits) }
}

/// The fix of a value of another type that says what a value of the right type would say.
pub(super) fn value(node: &Node, kind: &'static Kind) -> Option<Fix> {
    match kind {
        Kind::Bool => boolean(node),
        Kind::Text => quotes(node, |_| true),
        Kind::Form(form) => quotes(node, form.accepts),
        Kind::Number | Kind::Positive => number(node, false),
        Kind::Whole(_) => number(node, true),
        _ => None,
    }
}
