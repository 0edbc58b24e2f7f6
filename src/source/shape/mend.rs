//! How a tree can be mended that a shape does not allow, where one answer is right.

use super::check::Checker;
use super::{Form, Key, Kind, Shape};
use crate::model::Literal;
use crate::source::fix::{Edit, Fix, Place};
use crate::source::words::{misspelt, quoted};
use crate::source::{Entry, Node, Value, parse_scalar};

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
    // What is wrong within the value of a key that can't be another one speaks for itself, once the key is right.
    let is_certain = is_called(key.also_called, word) || misspelt(word, shape.keys.iter().map(|key| key.name)) == meant;
    let fits = || fits(&entry.value, key, root);
    if is_certain {
        return (is_like(&entry.value, &key.kind) || fits()).then(|| Fix::safe(title, vec![rename]));
    }
    fits().then(|| Fix::guess(title, vec![rename]))
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
pub fn again(entry: &Entry, entries: &[Entry]) -> Option<Fix> {
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

/// The fix of a type of a store that stands where a type of pact should: each gets its key.
pub(super) fn foreign_type(node: &Node, own: &str, mapping: &Node, shape: &Shape) -> Option<Fix> {
    const STORED: &str = "physical_type";
    let text = node.text()?;
    if !shape.keys.iter().any(|key| key.name == STORED) || mapping.entry(STORED).is_some() {
        return None;
    }
    let edits = vec![
        Edit::Value(Place::Span(node.span), Literal::Text(own.to_owned())),
        Edit::Insert(Place::Span(mapping.span), STORED.to_owned(), Literal::Text(text.to_owned())),
    ];
    Some(Fix::safe(format!("write `{own}`, and {} as `{STORED}`", quoted(text)), edits))
}

/// The fix of a text that does not have the form that it should have.
pub fn text(node: &Node, form: &Form) -> Option<Fix> {
    let (text, is_certain) = meant(node.text()?, form)?;
    let title = format!("write {}", quoted(&text));
    let edits = vec![Edit::Value(Place::Span(node.span), Literal::Text(text))];
    Some(if is_certain { Fix::safe(title, edits) } else { Fix::guess(title, edits) })
}

/// The text of a form that another text was most likely meant to be, and whether that is certain.
pub fn meant(text: &str, form: &Form) -> Option<(String, bool)> {
    let number = text.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let number = number.unwrap_or(text);
    let certain = [text.trim(), number].map(str::to_owned);
    let upper = text.to_uppercase();
    if let Some(text) = certain.into_iter().chain([upper]).find(|text| (form.accepts)(text)) {
        return Some((text, true));
    }
    let lower = text.trim().to_lowercase();
    let parts =
        number.split('.').map(|part| Some(part.trim_start_matches('0')).filter(|part| !part.is_empty()).unwrap_or("0"));
    let plain = parts.collect::<Vec<_>>().join(".");
    let guesses = [lower.replace(['-', ' '], "_"), format!("{plain}.0"), format!("{plain}.0.0"), plain, lower];
    // What is too long for a word was meant as something else.
    guesses.into_iter().find(|guess| text.len() < 200 && (form.accepts)(guess)).map(|guess| (guess, false))
}

/// The fix of a value of another type that says what a value of the right type would say.
pub(super) fn value(node: &Node, kind: &'static Kind) -> Option<Fix> {
    match kind {
        Kind::Bool => boolean(node),
        Kind::Number => number(node, false),
        Kind::Count => number(node, true),
        Kind::Text => quotes(node, |_| true),
        Kind::Form(form) => quotes(node, form.accepts),
        Kind::List(item) => list(node, item),
        _ => None,
    }
}

fn write(node: &Node, value: Literal, shown: &str) -> (String, Vec<Edit>) {
    (format!("write {}", quoted(shown)), vec![Edit::Value(Place::Span(node.span), value)])
}

/// `true` or `false` for a value that says it in another way.
pub fn boolean(node: &Node) -> Option<Fix> {
    let fix = |value: bool| write(node, Literal::Bool(value), if value { "true" } else { "false" });
    match &node.value {
        Value::Text(text) => {
            let is_one_of = |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
            let value = is_one_of(&["true", "yes", "on", "y"]);
            let (title, edits) = (value || is_one_of(&["false", "no", "off", "n"])).then(|| fix(value))?;
            Some(Fix::safe(title, edits))
        }
        Value::Int(number @ (0 | 1)) => {
            let (title, edits) = fix(*number == 1);
            Some(Fix::guess(title, edits))
        }
        _ => None,
    }
}

/// A number for a text that is one, and a whole number for one that is written with a fraction of nothing.
pub fn number(node: &Node, is_whole: bool) -> Option<Fix> {
    // More digits than a float has can't be told apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = match &node.value {
        Value::Text(text) => parse_scalar(text.trim()),
        other => other.clone(),
    };
    let literal = match value {
        Value::Int(number) => Literal::Int(number),
        Value::Float(number) if is_whole && number.fract() == 0.0 && number.abs() < EXACT =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number within the range")]
            Literal::Int(number as i128)
        }
        Value::Float(number) if !is_whole && number.is_finite() => Literal::Float(number),
        _ => return None,
    };
    let (title, edits) = write(node, literal.clone(), &literal.to_string());
    Some(Fix::safe(title, edits))
}

/// A text for a number or a boolean: in quotes as it stands, or as the beginning of a version.
pub fn quotes(node: &Node, accepts: impl Fn(&str) -> bool) -> Option<Fix> {
    let written = node.scalar_text().filter(|_| !matches!(node.value, Value::Text(_)))?;
    let more = ["", ".0", ".0.0"].into_iter().find(|more| accepts(&format!("{written}{more}")))?;
    let edits = vec![Edit::Quote(Place::Span(node.span), more)];
    Some(match more {
        "" => Fix::safe("put it in quotes", edits),
        // Not the value itself: `1.10` is the number 1.1, and stands for version 1.10.0.
        more => Fix::guess(format!("put it in quotes, with `{more}` behind it"), edits),
    })
}

/// A list for one text.
fn list(node: &Node, item: &'static Kind) -> Option<Fix> {
    node.text().filter(|text| !text.contains([',', '\n', ';']))?;
    let mut checker = Checker::silent();
    checker.value(node, "", item);
    let edits = vec![Edit::Value(Place::Span(node.span), Literal::List(vec![node.literal()]))];
    checker.is_content().then(|| Fix::safe("write it as a list", edits))
}

fn is_called(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| super::check::same_word(other, word))
}

/// Whether a value is a list, a mapping or neither, as a kind wants it.
fn is_like(value: &Node, kind: &Kind) -> bool {
    let is_map = matches!(value.value, Value::Map(_));
    let is_list = matches!(value.value, Value::List(_));
    match kind {
        Kind::Any | Kind::AnyOrListed(_) => true,
        Kind::List(_) => is_list,
        Kind::OneOrMany(item) => is_list || is_like(value, item),
        Kind::Map(_) | Kind::Dict(_) => is_map,
        Kind::Either(scalar, _) => is_map || is_like(value, scalar),
        Kind::Text | Kind::Bool | Kind::Number | Kind::Count | Kind::Scalar | Kind::Form(_) | Kind::Word(_) => {
            !is_map && !is_list && !value.is_null()
        }
    }
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
