//! Witnesses: the smallest row, value or moment that only one side of a change allows. It is what convinces somebody who
//! reads a change, and so each is held against both sides before it is shown: what can't be checked is no witness.
//!
//! Values are invented from types and constraints; examples of the contract, which may be somebody's data, are never used.

mod candidates;
mod constraints;
mod fields;
mod keys;
mod numbers;
mod promises;

use crate::finding::change::{Legal, Level, Levels, Witness};
use crate::model::Literal;

pub(super) use fields::{of_field, of_text};
pub(super) use keys::{Keys, of_keys};
pub(super) use promises::of_promises;

/// The sides on which something new can be legal, the one that hits readers first. What is no worse than minor for both
/// adds something optional, and forbids nothing.
fn sides(levels: Levels) -> &'static [Legal] {
    match (levels.reader == Level::Major, levels.writer == Level::Major) {
        (true, true) => &[Legal::Head, Legal::Base],
        (true, false) => &[Legal::Head],
        (false, true) => &[Legal::Base],
        (false, false) => &[],
    }
}

fn witness(legal_in: Legal, value: Option<Literal>, text: String) -> Witness {
    Witness { legal_in, value, text }
}

/// At most so many characters of a text are shown.
const LONGEST_TEXT: usize = 40;

/// A value as it is shown: texts in quotes, so that `'1'` is no number.
fn shown(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".to_owned(),
        Literal::Text(text) => match text.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => format!("'{}…'", text.get(..end).unwrap_or_default()),
            None => format!("'{text}'"),
        },
        Literal::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// A count with its noun: `1 character`, `51 characters`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
