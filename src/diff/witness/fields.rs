//! Values of a field that only one side allows.

use super::candidates::{self, Topic};
use super::{LONGEST_TEXT, counted, shown, sides, witness};
use crate::diff::change::{At, Changes};
use crate::diff::language::Languages;
use crate::finding::change::{Legal, Witness};
use crate::model::values::{accepts, digits, fits, has_digits_of, has_room_in, satisfies};
use crate::model::{DataType, Field, Literal, Path, Step};

/// What one search may cost: values tried, times what it costs to try one. A list of 100,000 allowed values leaves room for
/// a few.
const WORK: usize = 200_000;
/// At most so many values are tried.
const MOST_TRIED: usize = 200;

/// Finds witnesses for the changes of a field that were noted from a position on.
pub(in crate::diff) fn of_field(changes: &mut Changes, from: usize, at: &At, base: &Field, head: &Field) {
    let Changes { list, languages, .. } = changes;
    for change in list.iter_mut().skip(from) {
        // Changes of nested fields stand here as well, and have been through this.
        if change.witness.is_some() || change.head.path != at.head {
            continue;
        }
        let Some(topic) = Topic::of(change.meta.code) else { continue };
        change.witness = sides(change.levels).iter().find_map(|legal_in| {
            let (legal, illegal, noted) = match legal_in {
                Legal::Head => (head, base, change.head.value.as_ref()),
                Legal::Base => (base, head, change.base.value.as_ref()),
            };
            let mut search = Search { topic, legal, illegal, languages };
            let value = search.find(noted)?;
            Some(Box::new(witness(*legal_in, Some(value.clone()), describe(topic, &at.head, &value))))
        });
    }
}

/// A text that the patterns of both sides tell apart, as a witness if everything else that the sides say allows it.
pub(in crate::diff) fn of_text(
    languages: &mut Languages,
    path: &Path,
    legal_in: Legal,
    [base, head]: [&Field; 2],
    text: Option<&str>,
) -> Option<Box<Witness>> {
    let (legal, illegal) = if legal_in == Legal::Head { (head, base) } else { (base, head) };
    let topic = Topic::Pattern;
    let mut search = Search { topic, legal, illegal, languages };
    let plain = text.map(|text| Literal::Text(text.to_owned())).filter(|value| search.tells_apart(value));
    let value = plain.or_else(|| {
        let text = candidates::text_of_pattern(legal, illegal, search.languages)?;
        Some(Literal::Text(text)).filter(|value| search.tells_apart(value))
    })?;
    Some(Box::new(witness(legal_in, Some(value.clone()), describe(topic, path, &value))))
}

struct Search<'a> {
    topic: Topic,
    legal: &'a Field,
    illegal: &'a Field,
    languages: &'a mut Languages,
}

impl Search<'_> {
    /// The first value that tells the sides apart.
    fn find(&mut self, noted: Option<&Literal>) -> Option<Literal> {
        let most = (WORK / (cost(self.legal) + cost(self.illegal))).clamp(1, MOST_TRIED);
        let found = candidates::of(self.topic, self.legal, self.illegal, noted).into_iter().take(most);
        let found = found.into_iter().find(|value| self.tells_apart(value));
        found.or_else(|| {
            let text = candidates::text_of_length(self.topic, self.legal, self.illegal, self.languages)?;
            Some(Literal::Text(text)).filter(|value| self.tells_apart(value))
        })
    }

    /// Whether one side allows a value and the other does not, for the reason that the change is about.
    fn tells_apart(&mut self, value: &Literal) -> bool {
        let Self { topic, legal, illegal, .. } = *self;
        let mut matches = |pattern: &str, text: &str| self.languages.matches(pattern, text);
        // A decimal may be written in quotes; as an example that would look like a text.
        if topic == Topic::Type && legal.data_type == DataType::Decimal && value.text().is_some() {
            return false;
        }
        let reason = match topic {
            Topic::Null => true,
            Topic::Type => {
                let room = [has_digits_of(illegal, value), has_room_in(illegal, value)];
                !fits(value, illegal) || room.contains(&Some(false))
            }
            _ => illegal.constraints.iter().any(|constraint| {
                topic.is_about(constraint.kind) && satisfies(value, constraint, illegal, &mut matches) == Some(false)
            }),
        };
        reason
            && accepts(legal, value, &mut matches) == Some(true)
            && accepts(illegal, value, &mut matches) == Some(false)
    }
}

/// What it costs to hold a value against a field.
fn cost(field: &Field) -> usize {
    let of_constraint = |value: &Literal| if let Literal::List(values) = value { values.len() } else { 1 };
    1 + field.constraints.iter().map(|constraint| of_constraint(&constraint.value)).sum::<usize>()
}

/// A value that a field accepts, to stand in a row.
pub(super) fn sample(field: &Field, languages: &mut Languages) -> Option<Literal> {
    let mut matches = |pattern: &str, text: &str| languages.matches(pattern, text);
    let most = (WORK / 10 / cost(field)).clamp(1, 20);
    let mut samples = candidates::samples(field).into_iter().take(most);
    samples.find(|value| accepts(field, value, &mut matches) == Some(true))
}

/// A witness in words.
fn describe(topic: Topic, path: &Path, value: &Literal) -> String {
    let name = path.last_field();
    match (topic, value) {
        (Topic::Null, _) if matches!(path.steps().last(), Some(Step::Items | Step::Values)) => {
            format!("a row with a NULL in {name}")
        }
        (Topic::Null, _) => format!("a row with {name} = NULL"),
        (Topic::Length, Literal::Text(text)) => match text.chars().count() {
            0 => "an empty text".to_owned(),
            count => format!("a text of {}", counted(count, "character")),
        },
        (Topic::Items, Literal::List(items)) => match items.len() {
            0 => "an empty list".to_owned(),
            count => format!("a list of {}", counted(count, "item")),
        },
        // Made up for its length alone.
        (Topic::Type, Literal::Text(text)) if text.len() > 5 && text.bytes().all(|byte| byte == b'a') => {
            format!("a text of {}", counted(text.len(), "character"))
        }
        (_, Literal::Text(text)) if text.chars().count() > LONGEST_TEXT => {
            format!("{name} = {} ({})", shown(value), counted(text.chars().count(), "character"))
        }
        (Topic::Type, Literal::Int(_) | Literal::Float(_)) => {
            let places = match digits(value) {
                Some((_, behind)) if behind > 1 => format!(" ({} behind the point)", counted(behind as usize, "digit")),
                Some((whole, _)) if whole > 4 => format!(" ({})", counted(whole as usize, "digit")),
                _ => String::new(),
            };
            format!("{name} = {}{places}", shown(value))
        }
        _ => format!("{name} = {}", shown(value)),
    }
}
