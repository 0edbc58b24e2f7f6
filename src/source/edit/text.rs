//! New text: how a value is written that stands nowhere yet.

use std::borrow::Cow;

use crate::model::Literal;
use crate::source::{Entry, Node, Value, emit, parse, parse_scalar};

/// How far a level is indented.
pub(super) const STEP: usize = 2;

/// Whether a value is written on lines of its own.
pub(super) fn is_block(node: &Node) -> bool {
    !(is_short(node) || node.entries().is_empty() && node.items().is_empty())
}

/// Whether a list is short enough for one line: a few scalars.
fn is_short(node: &Node) -> bool {
    let items = node.items();
    let is_plain = |item: &Node| match &item.value {
        Value::Text(text) => text.len() <= 24 && !text.contains('\n'),
        Value::List(_) | Value::Map(_) => false,
        _ => true,
    };
    !items.is_empty() && items.len() <= 4 && items.iter().all(is_plain)
}

/// A value behind a key or a dash at a column; a text of several lines is a block whose lines are indented beyond it.
pub(super) fn scalar(node: &Node, column: usize, newline: &str) -> String {
    if !matches!(node.value, Value::Text(_)) {
        return flow(node, false);
    }
    let written = emit::yaml(&Literal::Map(vec![("k".to_owned(), node.literal())]));
    let value = written.strip_prefix("k:").unwrap_or(&written).trim_start_matches(' ');
    shifted(value.trim_end_matches('\n'), 0, column, newline)
}

/// A text whose lines but the first are moved from one column to another.
pub(super) fn shifted(text: &str, from: usize, to: usize, newline: &str) -> String {
    let mut lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
    let mut shifted = lines.next().unwrap_or("").to_owned();
    for line in lines {
        shifted.push_str(newline);
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if blanks == line.len() {
            continue;
        }
        let wanted = if to >= from { blanks + (to - from) } else { blanks.saturating_sub(from - to) };
        shifted.push_str(&" ".repeat(wanted));
        shifted.push_str(line.get(blanks..).unwrap_or(""));
    }
    shifted
}

/// A value in flow style, on one line; as JSON writes it where that is asked for.
pub(super) fn flow(node: &Node, is_json: bool) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) if !value.is_finite() && !is_json => {
            emit::yaml(&Literal::Float(*value)).trim_end().to_owned()
        }
        Value::Float(value) => emit::json(&Literal::Float(*value)).trim_end().to_owned(),
        Value::Text(text) => self::text(text, is_json).into_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, is_json)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |entry: &Entry| format!("{}: {}", key(&entry.key, is_json), flow(&entry.value, is_json));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key.
pub(super) fn key(key: &str, is_json: bool) -> Cow<'_, str> {
    text(key, is_json)
}

/// A text on one line: plain where that is the same text for every reader, in double quotes otherwise.
pub(super) fn text(text: &str, is_json: bool) -> Cow<'_, str> {
    if is_json || !is_plain(text) { quoted(text).into() } else { text.into() }
}

/// Whether a text is a plain word, or a few of them.
fn is_plain(text: &str) -> bool {
    // What readers of YAML 1.1 take for something else.
    let ambiguous = ["yes", "no", "on", "off", "y", "n"];
    let is_word = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/' | ' ' | '$' | '@' | '(' | ')')
    };
    text.chars().next().is_some_and(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(is_word)
        && !ambiguous.iter().any(|word| word.eq_ignore_ascii_case(text))
        && matches!(parse_scalar(text), Value::Text(_))
}

/// A text in double quotes. JSON's escapes are YAML's as well.
fn quoted(text: &str) -> String {
    emit::json(&Literal::Text(text.to_owned())).trim_end().to_owned()
}

/// Whether a piece of text alone has a value, so that it may stand elsewhere as it is.
pub(super) fn stands_for(slice: &str, node: &Node, in_flow: bool) -> bool {
    let is_quoted = slice.starts_with(['"', '\'']);
    !slice.is_empty()
        && !slice.contains('\n')
        && (is_quoted || !in_flow || !slice.contains([',', '[', ']', '{', '}']))
        && parse(slice).is_ok_and(|other| other.is_same(node))
}
