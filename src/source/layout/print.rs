//! A layout to text.

use super::tree::{Collection, Document, Item, Key, Line, Value};

/// How far a level is indented.
pub(super) const STEP: usize = 2;
/// How many columns a list or a mapping on one line may reach.
const WIDTH: usize = 120;

/// The text of a layout, behind a mark of byte order.
pub(super) fn print(document: &Document<'_>, mark: &str, size: usize) -> String {
    let mut printer = Printer { text: String::with_capacity(size + size / 8), is_inline: false };
    if let Some(above) = &document.above_mark {
        printer.lines(above, 0);
        printer.blank(document.is_mark_apart);
        printer.text.push_str("---\n");
    }
    let root = &document.root;
    printer.lines(&document.head, 0);
    printer.lines(&root.above, 0);
    match &root.value {
        Value::Nothing if root.properties.is_empty() => {}
        Value::Collection(collection) if !is_inline(collection, 0) => {
            let beside = root.beside.map(|text| Line { text, blank: false });
            printer.lines(beside.as_slice(), 0);
            if !root.properties.is_empty() {
                printer.text.push_str(&root.properties.join(" "));
                printer.text.push('\n');
            }
            printer.collection(collection, 0, !document.head.is_empty() || !root.above.is_empty());
        }
        _ => {
            printer.is_inline = true;
            printer.value(root, 0, 0);
        }
    }
    printer.lines(&document.tail, 0);
    if mark.is_empty() { printer.text } else { format!("{mark}{}", printer.text) }
}

struct Printer {
    text: String,
    /// Whether the line is begun already, by a dash.
    is_inline: bool,
}

impl Printer {
    fn indent(&mut self, indent: usize) {
        if !std::mem::take(&mut self.is_inline) {
            self.spaces(indent);
        }
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    fn blank(&mut self, is_blank: bool) {
        if is_blank && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Comments on lines of their own.
    fn lines(&mut self, lines: &[Line<'_>], indent: usize) {
        for line in lines {
            self.blank(line.blank);
            self.spaces(indent);
            self.text.push_str(line.text);
            self.text.push('\n');
        }
    }

    /// The items of a collection, each on lines of its own. Blank lines may stand before all but the first, unless something
    /// stands above that.
    fn collection(&mut self, collection: &Collection<'_>, indent: usize, is_apart: bool) {
        for (index, item) in collection.items.iter().enumerate() {
            let is_apart = is_apart || index > 0;
            for (index, line) in item.above.iter().enumerate() {
                self.lines(&[Line { blank: line.blank && (is_apart || index > 0), ..*line }], indent);
            }
            self.blank(item.blank && (is_apart || !item.above.is_empty()));
            self.indent(indent);
            if let Some(key) = &item.key {
                let begin = self.text.len();
                self.key(key);
                let width = self.text.get(begin..).map_or(0, |key| key.chars().count());
                self.value(item, indent, indent + width);
            } else {
                self.text.push('-');
                self.value(item, indent, indent + 1);
            }
        }
        self.lines(&collection.below, indent);
    }

    fn key(&mut self, key: &Key<'_>) {
        for property in &key.properties {
            self.text.push_str(property);
            self.text.push(' ');
        }
        self.text.push_str(key.text);
        // Of an alias a colon would be part.
        self.text.push_str(if key.text.starts_with('*') { " :" } else { ":" });
    }

    /// A value behind a key or a dash that stands at a column and ends at another, with the end of its line.
    fn value(&mut self, item: &Item<'_>, indent: usize, mut column: usize) {
        let is_root = self.is_inline;
        self.is_inline = false;
        for property in &item.properties {
            self.word(property, is_root);
            column += 1 + property.chars().count();
        }
        let is_root = is_root && item.properties.is_empty();
        match &item.value {
            Value::Nothing => self.beside(item),
            Value::Scalar { text, is_below } => {
                self.scalar(text, *is_below, indent, column, is_root);
                self.beside(item);
            }
            Value::Block { header, content, indent: from } => {
                let header: String =
                    header.chars().map(|letter| if letter.is_ascii_digit() { '2' } else { letter }).collect();
                self.word(&header, is_root);
                self.beside(item);
                self.block(content, *from, indent + STEP);
            }
            Value::Collection(collection) if is_inline(collection, column + 1) => {
                if !is_root {
                    self.text.push(' ');
                }
                flow(&mut self.text, collection);
                self.beside(item);
            }
            Value::Collection(collection) => {
                let is_bare = item.properties.is_empty() && item.beside.is_none();
                let has_above = collection.items.first().is_some_and(|first| !first.above.is_empty());
                let is_compact = item.key.is_none() && is_bare && !has_above;
                if is_compact {
                    self.text.push(' ');
                    self.is_inline = true;
                } else {
                    self.beside(item);
                }
                self.collection(collection, indent + STEP, false);
            }
        }
    }

    fn word(&mut self, word: &str, is_first: bool) {
        if !is_first {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// The comment at the end of a line, and the end.
    fn beside(&mut self, item: &Item<'_>) {
        if let Some(comment) = item.beside {
            self.text.push(' ');
            self.text.push_str(comment);
        }
        self.text.push('\n');
    }

    /// A value in one piece. What is long stays below its key where it was written there.
    fn scalar(&mut self, text: &str, is_below: bool, indent: usize, column: usize, is_first: bool) {
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or("");
        let is_long = text.len() > first.len() || column + 1 + first.chars().count() > WIDTH;
        if is_below && is_long && !is_first {
            self.text.push('\n');
            self.spaces(indent + STEP);
        } else if !is_first {
            self.text.push(' ');
        }
        self.text.push_str(without_blanks(first, text.len() > first.len()));
        let count = text.bytes().filter(|byte| *byte == b'\n').count();
        for (index, line) in lines.enumerate() {
            let line = line.trim_start_matches([' ', '\t']);
            self.text.push('\n');
            if !line.is_empty() {
                self.spaces(indent + STEP);
                self.text.push_str(without_blanks(line, index + 1 < count));
            }
        }
    }

    fn block(&mut self, content: &str, from: usize, to: usize) {
        if content.is_empty() {
            return;
        }
        for line in content.strip_suffix('\n').unwrap_or(content).split('\n') {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            if blanks < line.len() || blanks > from {
                self.spaces(to);
                self.text.push_str(line.get(from.min(blanks)..).unwrap_or(""));
            }
            self.text.push('\n');
        }
    }
}

/// A line of a text of several lines without the blanks at its end, which mean nothing but behind a backslash.
fn without_blanks(line: &str, is_followed: bool) -> &str {
    let tidy = line.trim_end_matches([' ', '\t']);
    if is_followed && !tidy.ends_with('\\') { tidy } else { line }
}

/// Whether what an item that stands at a column has in brackets or braces gets lines of its own.
pub(super) fn unfolds(item: &Item<'_>, column: usize) -> bool {
    let words = |properties: &[&str]| properties.iter().map(|word| 1 + word.chars().count()).sum::<usize>();
    let key = item.key.as_ref().map_or(1, |key| {
        let colon = if key.text.starts_with('*') { 2 } else { 1 };
        words(&key.properties) + key.text.chars().count() + colon
    });
    let column = column + key + words(&item.properties);
    matches!(&item.value, Value::Collection(collection) if collection.is_flow && !is_inline(collection, column + 1))
}

/// Whether a collection stands on the line of its key, from a column on.
fn is_inline(collection: &Collection<'_>, column: usize) -> bool {
    collection.items.is_empty() || fits(collection, &mut WIDTH.saturating_sub(column))
}

/// Whether a collection in brackets has room on one line: comments have none.
fn fits(collection: &Collection<'_>, room: &mut usize) -> bool {
    let mut take = |letters: usize| {
        let is_there = letters <= *room;
        *room = room.saturating_sub(letters);
        is_there
    };
    if !collection.is_flow || !collection.below.is_empty() || !take(2) {
        return false;
    }
    collection.items.iter().enumerate().all(|(index, item)| {
        let words = |properties: &[&str]| properties.iter().map(|word| word.chars().count() + 1).sum::<usize>();
        let key = item.key.as_ref().map_or(0, |key| words(&key.properties) + key.text.chars().count() + 2);
        let before = key + words(&item.properties) + if index > 0 { 2 } else { 0 };
        if !item.above.is_empty() || item.beside.is_some() || before > *room {
            return false;
        }
        *room -= before;
        match &item.value {
            Value::Nothing => true,
            Value::Scalar { text, .. } => {
                let letters = text.chars().take(WIDTH + 1).count();
                let is_there = letters <= *room && !text.contains('\n');
                *room = room.saturating_sub(letters);
                is_there
            }
            Value::Block { .. } => false,
            Value::Collection(inner) => fits(inner, room),
        }
    })
}

/// A collection on one line.
fn flow(text: &mut String, collection: &Collection<'_>) {
    text.push(if collection.is_map { '{' } else { '[' });
    for (index, item) in collection.items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        let mut words: Vec<&str> = Vec::new();
        if let Some(key) = &item.key {
            words.extend(&key.properties);
            words.push(key.text);
        }
        text.push_str(&words.join(" "));
        let has_value = !item.properties.is_empty() || !matches!(item.value, Value::Nothing);
        if let Some(key) = item.key.as_ref().filter(|_| has_value) {
            text.push_str(if key.text.starts_with('*') { " : " } else { ": " });
        }
        text.push_str(&item.properties.join(" "));
        if !item.properties.is_empty() && !matches!(item.value, Value::Nothing) {
            text.push(' ');
        }
        match &item.value {
            Value::Scalar { text: scalar, .. } => text.push_str(scalar),
            Value::Collection(inner) => flow(text, inner),
            Value::Nothing | Value::Block { .. } => {}
        }
    }
    text.push(if collection.is_map { '}' } else { ']' });
}
