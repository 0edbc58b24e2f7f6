//! A shape written as a reference in Markdown: a table of keys for each mapping.

use std::fmt::Write as _;

use super::super::words::alternatives;
use super::{Key, Kind, Shape};

/// The reference of some shapes and of everything that they contain, each once, in the order in which a reader meets them.
pub fn markdown(shapes: &[&'static Shape]) -> String {
    let mut order: Vec<&'static Shape> = Vec::new();
    for shape in shapes {
        collect(shape, &mut order);
    }
    let mut text = String::new();
    for shape in order {
        let _ = write!(text, "## {}\n\n{}\n\n| key | value | meaning |\n|---|---|---|\n", shape.name, shape.doc);
        for key in shape.keys {
            let _ = writeln!(text, "{}", row(key));
        }
        let note = if shape.keys.iter().any(|key| key.required) { "\nKeys in bold are required.\n" } else { "" };
        let _ = writeln!(text, "{note}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Shapes are visited breadth first, so that the top level reads as an overview.
fn collect(root: &'static Shape, order: &mut Vec<&'static Shape>) {
    let mut waiting = std::collections::VecDeque::from([root]);
    while let Some(shape) = waiting.pop_front() {
        if order.iter().any(|known| std::ptr::eq(*known, shape)) {
            continue;
        }
        order.push(shape);
        waiting.extend(shape.keys.iter().filter_map(|key| key.kind.shape()));
    }
}

fn row(key: &Key) -> String {
    let name = if key.required { format!("**`{}`**", key.name) } else { format!("`{}`", key.name) };
    let mut meaning = key.doc.to_owned();
    if let Kind::Word(words) = &key.kind {
        for (word, meaning_of) in words.iter().filter(|(_, meaning)| !meaning.is_empty()) {
            let _ = write!(meaning, "<br>`{word}`: {meaning_of}");
        }
    }
    if let Some(example) = key.example {
        let _ = write!(meaning, "<br>Example: `{example}`");
    }
    format!("| {name} | {} | {} |", value(&key.kind), meaning.replace('|', "\\|"))
}

fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Form(form) => form.expected.to_owned(),
        Kind::Word(words) => alternatives(words.iter().map(|(word, _)| *word)),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Count => "a whole number".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Scalar => "text or a number".to_owned(),
        Kind::Any => "anything".to_owned(),
        Kind::AnyOrListed(shape) => format!("anything; in a list also {}", link(shape)),
        Kind::List(item) => format!("list of: {}", value(item)),
        Kind::OneOrMany(item) => format!("{}, or a list of it", value(item)),
        Kind::Map(shape) => link(shape),
        Kind::Dict(item) => format!("mapping from names to: {}", value(item)),
        Kind::Either(scalar, shape) => format!("{}, or {}", value(scalar), link(shape)),
    }
}

fn link(shape: &Shape) -> String {
    format!("[{}](#{})", shape.name, shape.name.replace(' ', "-"))
}
