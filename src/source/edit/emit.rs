//! New text: how a value is written that no text has yet.

use std::borrow::Cow;

use crate::source::{Node, Value, parse, parse_scalar};

/// How far a level is indented.
pub(super) const STEP: usize = 2;

/// The text of a whole document in block style, with an end to its last line.
pub fn emit(tree: &Node) -> String {
    let text = match &tree.value {
        Value::Map(entries) if !entries.is_empty() => block(tree, 0, "\n"),
        Value::List(items) if !items.is_empty() => block(tree, 0, "\n"),
        _ => scalar(tree, 0, "\n"),
    };
    text + "\n"
}

/// A collection in block style, from its first key or dash on, which stands at a column.
pub(super) fn block(node: &Node, column: usize, newline: &str) -> String {
    let between = format!("{newline}{}", " ".repeat(column));
    match &node.value {
        Value::Map(entries) => {
            let lines: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}:{}", key(&entry.key, false), value(&entry.value, column, newline)))
                .collect();
            lines.join(&between)
        }
        Value::List(items) => {
            let lines: Vec<String> = items.iter().map(|item| format!("- {}", self::item(item, column, newline))).collect();
            lines.join(&between)
        }
        _ => scalar(node, column, newline),
    }
}

/// What stands behind the colon of a key at a column, the blank included.
pub(super) fn value(node: &Node, column: usize, newline: &str) -> String {
    if is_block(node) {
        let column = column + STEP;
        format!("{newline}{}{}", " ".repeat(column), block(node, column, newline))
    } else {
        format!(" {}", scalar(node, column, newline))
    }
}

/// What stands behind the dash of an item, whose dash is at a column.
pub(super) fn item(node: &Node, column: usize, newline: &str) -> String {
    if is_block(node) { block(node, column + STEP, newline) } else { scalar(node, column, newline) }
}

/// Whether a value is written on lines of its own.
pub(super) fn is_block(node: &Node) -> bool {
    !(node.entries().is_empty() && node.items().is_empty()) && !is_short(node)
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

/// A value on one line, or a text of several lines as a block whose lines are indented beyond a column.
pub(super) fn scalar(node: &Node, column: usize, newline: &str) -> String {
    match &node.value {
        Value::Text(text) if is_literal(text) => {
            let between = format!("{newline}{}", " ".repeat(column + STEP));
            let (body, chomping) = match text.strip_suffix('\n') {
                Some(body) => (body, ""),
                None => (&**text, "-"),
            };
            let mut block = format!("|{chomping}");
            for line in body.split('\n') {
                block.push_str(if line.is_empty() { newline } else { &between });
                block.push_str(line);
            }
            block
        }
        _ => flow(node, false),
    }
}

/// Whether a text reads best as it is, on several lines.
fn is_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_sound = |line: &str| {
        !line.ends_with([' ', '\t', '\r']) && !line.chars().any(|letter| letter.is_control() && letter != '\t')
    };
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && body.split('\n').all(is_sound)
        && !body.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// A value in flow style, on one line; as JSON writes it where that is asked for.
pub(super) fn flow(node: &Node, is_json: bool) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) if value.is_nan() => ".nan".to_owned(),
        Value::Float(value) if value.is_infinite() => if *value > 0.0 { ".inf" } else { "-.inf" }.to_owned(),
        // Debug keeps the fraction: `1.0`.
        Value::Float(value) => format!("{value:?}"),
        Value::Text(text) => self::text(text, is_json).into_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, is_json)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", key(&entry.key, is_json), flow(&entry.value, is_json)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A value in flow style over several lines, as JSON files have it.
pub(super) fn pretty(node: &Node, column: usize, newline: &str, is_json: bool) -> String {
    let (open, close, parts): (_, _, Vec<String>) = match &node.value {
        Value::List(items) if !items.is_empty() => {
            ('[', ']', items.iter().map(|item| pretty(item, column + STEP, newline, is_json)).collect())
        }
        Value::Map(entries) if !entries.is_empty() => {
            let entry = |entry: &crate::source::Entry| {
                let value = pretty(&entry.value, column + STEP, newline, is_json);
                format!("{}: {value}", key(&entry.key, is_json))
            };
            ('{', '}', entries.iter().map(entry).collect())
        }
        _ => return flow(node, is_json),
    };
    let inner = " ".repeat(column + STEP);
    let body = parts.join(&format!(",{newline}{inner}"));
    format!("{open}{newline}{inner}{body}{newline}{}{close}", " ".repeat(column))
}

/// A key.
pub(super) fn key(key: &str, is_json: bool) -> Cow<'_, str> {
    // The key of a merge is no name.
    if key == "<<" { quoted(key).into() } else { text(key, is_json) }
}

/// A text on one line: plain where that is the same text everywhere, in quotes otherwise.
pub(super) fn text(text: &str, is_json: bool) -> Cow<'_, str> {
    if is_json || !is_plain(text) { quoted(text).into() } else { text.into() }
}

fn is_plain(text: &str) -> bool {
    let ambiguous = ["yes", "no", "on", "off", "y", "n", "=", "<<"];
    let begins_well = text.chars().next().is_some_and(|first| first.is_alphanumeric() || matches!(first, '_' | '/' | '$' | '^' | '.' | '('));
    begins_well
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains([',', '[', ']', '{', '}', '\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'])
        && !text.chars().any(char::is_control)
        && !ambiguous.iter().any(|word| word.eq_ignore_ascii_case(text))
        && matches!(parse_scalar(text), Value::Text(_))
        // What YAML 1.1 takes for a number or a time, its readers take for one still.
        && !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b':' | b'-' | b'+' | b'e' | b'E'))
}

/// A text in double quotes. JSON's escapes are YAML's as well.
fn quoted(text: &str) -> String {
    let mut quoted = serde_json::Value::from(text).to_string();
    // What YAML takes for no character or for a line end has to be escaped there.
    if quoted.contains(['\u{7f}', '\u{feff}', '\u{2028}', '\u{2029}']) || quoted.contains(|letter: char| ('\u{80}'..'\u{a0}').contains(&letter)) {
        quoted = quoted
            .chars()
            .map(|letter| match letter {
                '\u{7f}'..'\u{a0}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(letter)),
                other => other.to_string(),
            })
            .collect();
    }
    quoted
}

/// Whether a piece of text alone has a value, so that it may stand elsewhere as it is.
pub(super) fn stands_for(slice: &str, node: &Node, in_flow: bool) -> bool {
    let is_quoted = slice.starts_with(['"', '\'']);
    !slice.is_empty()
        && !slice.contains('\n')
        && (is_quoted || !in_flow || !slice.contains([',', '[', ']', '{', '}']))
        && parse(slice).is_ok_and(|other| other.is_same(node))
}
