//! The layout of JSON: a line for each value, two spaces for each level, as pact writes it anew.

use super::tree::{Collection, Document, Item, Value};

/// The text of a layout as JSON, where it is JSON.
pub(super) fn json(document: &Document<'_>, size: usize) -> String {
    let mut text = String::with_capacity(size + size / 8);
    value(&mut text, &document.root, 0);
    text.push('\n');
    text
}

fn value(text: &mut String, item: &Item<'_>, indent: usize) {
    match &item.value {
        Value::Nothing => {}
        Value::Scalar { text: scalar, .. } => text.push_str(scalar),
        Value::Block { content, .. } => text.push_str(content),
        Value::Collection(inner) => collection(text, inner, indent),
    }
}

fn collection(text: &mut String, collection: &Collection<'_>, indent: usize) {
    let line = |text: &mut String, indent: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', indent));
    };
    text.push(if collection.is_map { '{' } else { '[' });
    for (index, item) in collection.items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        line(text, indent + 2);
        if let Some(key) = &item.key {
            text.push_str(key.text);
            text.push_str(": ");
        }
        value(text, item, indent + 2);
    }
    if !collection.items.is_empty() {
        line(text, indent);
    }
    text.push(if collection.is_map { '}' } else { ']' });
}
