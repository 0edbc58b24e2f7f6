//! How a tree can be mended that a shape does not allow, where one answer is right.

use super::check::Checker;
use super::{Form, Key, Kind, Shape};
use crate::model::Literal;
use crate::source::fix::{Edit, Fix, Place};
use crate::source::words::{misspelt, quoted};
use crate::source::{Entry, Node, Value};

/// The fix of a key that the mapping can't have, by the key that is called so elsewhere, or that is spelt much like it.
pub(super) fn renamed(
    entry: &Entry,
    entries: &[Entry],
    shape: &'static Shape,
    meant: Option<&'static str>,
    root: &'static Shape,
) -> Option<Fix> {
    let word = &*entry.key;
    let is_free = |name: &str| !entries.iter().any(|entry| &*entry.key == name);
    let key = shape.keys.iter().find(|key| Some(key.name) == meant && is_free(key.name))?;
    let title = format!("rename {} to `{}`", quoted(word), key.name);
    let rename = Edit::Rename(Place::Span(entry.key_span), key.name.to_owned());
    if is_called(key.opposites, word) {
        let value = entry.value.boolean()?;
        let title = format!("write `{}: {}` for {}", key.name, !value, quoted(&format!("{word}: {value}")));
        return Some(Fix::safe(title, vec![rename, Edit::Value(Place::Span(entry.value.span), Literal::Bool(!value))]));
    }
    if !fits(&entry.value, key, root) {
        return None;
    }
    let is_certain = is_called(key.also_called, word) || misspelt(word, shape.keys.iter().map(|key| key.name)) == meant;
    Some(if is_certain { Fix::safe(title, vec![rename]) } else { Fix::guess(title, vec![rename]) })
}

/// The fix of a key in the wrong place: it goes to where it belongs, where that is one place. `around` are the mappings that
/// the key stands in, the outermost first; `homes` is how many mappings have such a key.
pub(super) fn moved(
    entry: &Entry,
    around: &[(&Node, &'static Shape)],
    shape: &'static Shape,
    homes: usize,
    root: &'static Shape,
) -> Option<Fix> {
    let word = &*entry.key;
    let has = |shape: &Shape| shape.keys.iter().any(|key| key.name == word);
    let enclosing = around.iter().rev().find(|(_, shape)| has(shape));
    let key = |shape: &'static Shape| shape.keys.iter().find(|key| key.name == word);
    let certain = |title: String, edit: Edit| {
        let near = misspelt(word, shape.keys.iter().map(|key| key.name)).is_some();
        if homes == 1 && !near { Fix::safe(title, vec![edit]) } else { Fix::guess(title, vec![edit]) }
    };
    let from = Place::Span(entry.key_span);
    if let Some((node, shape)) = enclosing {
        if node.entry(word).is_some() || !fits(&entry.value, key(shape)?, root) {
            return None;
        }
        let title = format!("move {} to the {}", quoted(word), shape.name);
        return Some(certain(title, Edit::Move(from, Place::Span(node.span))));
    }
    // One of the mappings right below this one, or below the whole.
    let (top, top_shape) = around.first()?;
    let inner = top_shape.keys.iter().filter_map(|outer| match &outer.kind {
        Kind::Map(shape) | Kind::Either(_, shape) if has(shape) => Some((outer.name, *shape)),
        _ => None,
    });
    let mut inner: Vec<(&'static str, &'static Shape)> = inner.collect();
    let (outer, shape) = inner.pop().filter(|_| inner.is_empty())?;
    if !fits(&entry.value, key(shape)?, root) {
        return None;
    }
    let title = format!("move {} into `{outer}`", quoted(word));
    match top.get(outer) {
        Some(mapping) if mapping.entry(word).is_some() => None,
        Some(mapping) if matches!(mapping.value, Value::Map(_)) => {
            Some(certain(title, Edit::Move(from, Place::Span(mapping.span))))
        }
        Some(_) => None,
        None => Some(certain(title, Edit::MoveBelow(from, Place::Span(top.span), outer.to_owned()))),
    }
}

/// The fix of a key that was given before: it goes where it says the same again.
pub(super) fn again(entry: &Entry, entries: &[Entry]) -> Option<Fix> {
    let first = entries.iter().find(|other| other.key == entry.key)?;
    let remove = Edit::Remove(Place::Span(entry.key_span));
    first
        .value
        .is_same(&entry.value)
        .then(|| Fix::safe(format!("remove the second {}", quoted(&entry.key)), vec![remove]))
}

/// The fix of a word that is none of those known: the one that is spelt much like it.
pub(super) fn word(node: &Node, known: &[&'static str]) -> Option<Fix> {
    let text = node.text()?;
    let near = misspelt(text, known.iter().copied());
    let word = near.or_else(|| crate::source::words::nearest(text, known.iter().copied()))?;
    let title = format!("write `{word}` for {}", quoted(text));
    let edit = Edit::Value(Place::Span(node.span), Literal::Text(word.to_owned()));
    Some(if near.is_some() { Fix::safe(title, vec![edit]) } else { Fix::guess(title, vec![edit]) })
}

/// The fix of a text that does not have the form that it should have.
pub(super) fn text(node: &Node, form: &Form) -> Option<Fix> {
    let text = node.text()?;
    let write = |text: String, is_safe: bool| {
        let title = format!("write {}", quoted(&text));
        let edits = vec![Edit::Value(Place::Span(node.span), Literal::Text(text))];
        Some(if is_safe { Fix::safe(title, edits) } else { Fix::guess(title, edits) })
    };
    let certain = [text.trim(), text.trim_start_matches(['v', 'V'])].map(str::to_owned);
    let upper = text.to_uppercase();
    if let Some(text) = certain.into_iter().chain([upper]).find(|text| (form.accepts)(text)) {
        return write(text, true);
    }
    let lower = text.trim().to_lowercase();
    let guesses = [lower.replace(['-', ' '], "_"), format!("{text}.0"), format!("{text}.0.0"), lower];
    // What is too long for a word was meant as something else.
    guesses.into_iter().find(|guess| text.len() < 200 && (form.accepts)(guess)).and_then(|guess| write(guess, false))
}

/// The fix of a value of another type that says what a value of the right type would say.
pub(super) fn value(node: &Node, kind: &'static Kind) -> Option<Fix> {
    let place = || Place::Span(node.span);
    let write = |value: Literal, shown: &str, is_safe: bool| {
        let (title, edits) = (format!("write {}", quoted(shown)), vec![Edit::Value(place(), value)]);
        Some(if is_safe { Fix::safe(title, edits) } else { Fix::guess(title, edits) })
    };
    match (kind, &node.value) {
        (Kind::Bool, Value::Text(text)) => {
            let value = match text.trim().to_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => true,
                "false" | "no" | "off" | "n" => false,
                _ => return None,
            };
            write(Literal::Bool(value), &value.to_string(), true)
        }
        (Kind::Bool, Value::Int(number @ (0 | 1))) => {
            write(Literal::Bool(*number == 1), &(*number == 1).to_string(), false)
        }
        (Kind::Number | Kind::Count, Value::Text(text)) => match crate::source::parse_scalar(text.trim()) {
            Value::Int(number) => write(Literal::Int(number), &number.to_string(), true),
            Value::Float(number) if matches!(kind, Kind::Number) && number.is_finite() => {
                write(Literal::Float(number), text.trim(), true)
            }
            _ => None,
        },
        (Kind::Count, Value::Float(number))
            if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number) =>
        {
            // Whole, and within what 32 bits hold.
            #[expect(clippy::cast_possible_truncation, reason = "looked at above")]
            let whole = *number as i128;
            write(Literal::Int(whole), &whole.to_string(), true)
        }
        (Kind::Text, Value::Int(_) | Value::Float(_) | Value::Bool(_)) => {
            Some(Fix::safe("put it in quotes", vec![Edit::Quote(place(), "")]))
        }
        (Kind::Form(form), Value::Int(_) | Value::Float(_) | Value::Bool(_)) => {
            let written = node.scalar_text()?;
            let fit = ["", ".0", ".0.0"].into_iter().find(|more| (form.accepts)(&format!("{written}{more}")))?;
            Some(match fit {
                "" => Fix::safe("put it in quotes", vec![Edit::Quote(place(), fit)]),
                more => Fix::guess(format!("write `{written}{more}`"), vec![Edit::Quote(place(), more)]),
            })
        }
        (Kind::List(item), _) if !matches!(node.value, Value::Map(_) | Value::Null) => {
            let is_one = match &node.value {
                Value::Text(text) => !text.contains([',', '\n', ';']),
                _ => false,
            };
            let mut checker = Checker::silent();
            checker.value(node, "", item);
            (is_one && checker.is_content()).then(|| {
                Fix::safe("write it as a list", vec![Edit::Value(place(), Literal::List(vec![node.literal()]))])
            })
        }
        _ => None,
    }
}

fn is_called(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| super::check::same_word(other, word))
}

/// Whether a value is right below a key, with everything in it.
fn fits(value: &Node, key: &'static Key, root: &'static Shape) -> bool {
    if value.is_null() {
        return !key.required;
    }
    let mut checker = Checker::silent_in(root);
    checker.value(value, key.name, &key.kind);
    checker.is_content()
}
