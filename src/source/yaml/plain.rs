//! The plain part of YAML: what nearly every line of nearly every contract is written in.
//!
//! The crate weighs every character against all that YAML may mean, and takes two thirds of the time of a whole run for that.
//! Here only what can mean one thing is read: block mappings with plain keys, block lists, and values that begin and end on
//! their line. A value that is more is given to the crate, piece by piece; a text that is more is left to it as a whole. So
//! nothing here judges what is YAML and what is not, and a test holds every tree made here against the crate's.

use memchr::{memchr, memchr3};

use super::{Builder, MAX_DEPTH, parse_scalar};
use crate::source::{Entry, Node, Span, Value};

/// How deep flow collections nest here.
const MAX_FLOW: usize = 8;
/// The longest key that is read here, in bytes.
const MAX_KEY: usize = 500;

/// What a key that is read here is made of; to look it up is quicker than to ask.
const KEY_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0u8;
    loop {
        bytes[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'$' | 0x80..);
        if byte == u8::MAX {
            break bytes;
        }
        byte += 1;
    }
};

/// The tree of a text; `None` where the crate has to look at the whole of it.
pub(super) fn tree(text: &str, skipped: usize) -> Option<Node> {
    if !is_readable(text) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        skipped,
        levels: Vec::new(),
        waiting: None,
        builder: Builder::new(text, skipped),
    };
    reader.document()?;
    reader.builder.root
}

/// Whether every character stands for itself: there are no tabs, no control characters, and no line ends but the usual.
fn is_readable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_odd = |byte: &u8| *byte < b' ' && *byte != b'\n' || *byte == 0x7f;
    // Without a branch for each byte this is done by the dozen.
    if bytes.iter().fold(false, |odd, byte| odd | is_odd(byte)) {
        let is_line_end = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        if !(0..bytes.len()).all(|at| !is_odd(&bytes[at]) || is_line_end(at)) {
            return false;
        }
    }
    let is_letter = |letter: char| !matches!(letter, '\u{80}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    text.is_ascii() || text.chars().all(is_letter)
}

/// A block collection that is still open.
#[derive(Clone, Copy)]
struct Level {
    /// The column of its keys or dashes.
    column: usize,
    is_list: bool,
}

struct Reader<'text> {
    text: &'text str,
    bytes: &'text [u8],
    at: usize,
    skipped: usize,
    levels: Vec<Level>,
    /// Where the value of a key or dash at the end of a line stands, if it does not stand below.
    waiting: Option<Span>,
    builder: Builder<'text>,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<()> {
        let mut is_first = true;
        while let Some(column) = self.next_line() {
            if is_first && self.skip_marker(column) {
                is_first = false;
                continue;
            }
            let begins = self.settle(column, self.levels.is_empty() && self.builder.root.is_none())?;
            is_first = false;
            self.line(column, begins)?;
        }
        self.say_nothing()?;
        while !self.levels.is_empty() {
            self.close()?;
        }
        Some(())
    }

    /// Goes to the next line that says something, and tells the column at which it begins.
    fn next_line(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.byte()? {
                b'\n' => self.at += 1,
                b'\r' => self.at += 2,
                b'#' => self.skip_line(),
                _ => return Some(self.at - start),
            }
        }
    }

    /// Passes over the `---` before the only document.
    fn skip_marker(&mut self, column: usize) -> bool {
        let is_marker = column == 0 && self.text[self.at..].lines().next().is_some_and(|line| line.trim_end() == "---");
        if is_marker {
            self.skip_line();
        }
        is_marker
    }

    /// Closes what ends before a line that begins at a column. Whether a collection begins there.
    fn settle(&mut self, column: usize, is_start: bool) -> Option<bool> {
        let is_dash = self.is_dash();
        if let (Some(_), Some(top)) = (self.waiting, self.levels.last()) {
            // The items of a key may stand right below it.
            if column > top.column || column == top.column && !top.is_list && is_dash {
                self.waiting = None;
                return Some(true);
            }
            self.say_nothing()?;
        }
        while let Some(top) = self.levels.last()
            && (top.column > column || top.column == column && top.is_list && !is_dash)
        {
            self.close()?;
        }
        match self.levels.last() {
            Some(top) if top.column == column && top.is_list == is_dash => Some(false),
            None if is_start => Some(true),
            _ => None,
        }
    }

    /// A key or dash that nothing belongs to has null.
    fn say_nothing(&mut self) -> Option<()> {
        match self.waiting.take() {
            Some(span) => self.add(Node { span, value: Value::Null }),
            None => Some(()),
        }
    }

    fn open(&mut self, start: usize, level: Level) -> Option<()> {
        if self.levels.len() + MAX_FLOW >= MAX_DEPTH {
            return None;
        }
        self.levels.push(level);
        let value = if level.is_list { Value::List(Vec::new()) } else { Value::Map(Vec::new()) };
        self.builder.start(self.span(start, start), value, 0).ok()
    }

    fn close(&mut self) -> Option<()> {
        self.levels.pop();
        self.builder.end(Span::default()).ok()
    }

    fn add(&mut self, node: Node) -> Option<()> {
        self.builder.add(node, 1, 0).ok()
    }

    /// Reads the rest of a line: dashes, a key, a value. `begins` says whether a collection does.
    fn line(&mut self, mut column: usize, mut begins: bool) -> Option<()> {
        let start = self.at - column;
        // How many dashes and keys stand before the value.
        let mut passed = 0;
        while self.is_dash() {
            let dash = self.at;
            self.at += 1;
            let end = self.line_end();
            if begins {
                // Where the items of a key stand right below it, the crate lets the list begin behind its first dash.
                let is_right_below = self.levels.last().is_some_and(|top| top.column == column && !top.is_list);
                let start = if is_right_below { end.unwrap_or(self.at) } else { dash };
                self.open(start, Level { column, is_list: true })?;
            }
            if let Some(end) = end {
                self.waiting = Some(self.span(end, end));
                return Some(());
            }
            passed += 1;
            column += self.at - dash;
            begins = true;
        }
        let Some(end) = self.key() else {
            return if begins { self.value(start, passed) } else { self.odd_entry(start) };
        };
        if begins {
            self.open(self.at, Level { column, is_list: false })?;
        }
        let key = parse_scalar(&self.text[self.at..end]);
        self.add(Node { span: self.span(self.at, end), value: key })?;
        self.at = end + 1;
        if self.line_end().is_some() {
            self.waiting = Some(self.span(end, end));
            return Some(());
        }
        if self.is_dash() {
            return None;
        }
        self.value(start, passed + 1)
    }

    /// Where the plain key that begins here ends, if one does: at its colon.
    fn key(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        if !rest.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_') {
            return None;
        }
        let length = rest.iter().position(|byte| !KEY_BYTES[usize::from(*byte)])?;
        let is_key = rest[length] == b':' && matches!(rest.get(length + 1), None | Some(b' ' | b'\n' | b'\r'));
        (is_key && length < MAX_KEY).then_some(self.at + length)
    }

    /// Reads a value that fits on its line, and gives any other to the crate.
    fn value(&mut self, line: usize, passed: usize) -> Option<()> {
        let start = self.at;
        // A text that is one value only is none that a contract is in.
        self.levels.last()?;
        let node = match self.byte()? {
            b'[' | b'{' => self.flow(0),
            b'"' | b'\'' => self.quoted(),
            _ => self.plain(),
        };
        if let Some(node) = node
            && self.line_end().is_some()
            && !self.continues()
        {
            return self.add(node);
        }
        self.at = start;
        self.piece(line, passed)
    }

    /// Whether the line below may belong to the value before it.
    fn continues(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        let is_deeper = self.levels.last().is_some_and(|top| spaces > top.column);
        is_deeper && !matches!(rest.get(spaces), None | Some(b'\n' | b'\r' | b'#'))
    }

    /// A plain scalar on one line.
    fn plain(&mut self) -> Option<Node> {
        let rest = &self.bytes[self.at..];
        if !begins_plain(rest) {
            return None;
        }
        let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or(rest);
        // Nearly every value has none of the letters that may end it.
        if memchr3(b'#', b':', b'\r', line).is_none() {
            return Some(self.scalar(line.trim_ascii_end().len()));
        }
        let mut end = 0;
        let mut before = 0;
        for (at, byte) in line.iter().enumerate() {
            match byte {
                b'\r' => break,
                b'#' if before == b' ' => break,
                b':' if matches!(rest.get(at + 1), None | Some(b' ' | b'\n' | b'\r')) => return None,
                b' ' => {}
                _ => end = at + 1,
            }
            before = *byte;
        }
        Some(self.scalar(end))
    }

    /// Takes so many bytes as a plain scalar.
    fn scalar(&mut self, length: usize) -> Node {
        let start = self.at;
        self.at += length;
        Node { span: self.span(start, self.at), value: parse_scalar(&self.text[start..self.at]) }
    }

    /// A scalar in quotes, on one line and without escapes.
    fn quoted(&mut self) -> Option<Node> {
        let start = self.at;
        let quote = self.byte()?;
        let rest = &self.bytes[start + 1..];
        let length = rest.iter().position(|byte| *byte == quote || matches!(byte, b'\\' | b'\n' | b'\r'))?;
        if rest[length] != quote || rest.get(length + 1) == Some(&quote) {
            return None;
        }
        self.at = start + length + 2;
        let value = Value::Text(self.text[start + 1..self.at - 1].into());
        Some(Node { span: self.span(start, self.at), value })
    }

    /// A flow collection or what stands in one.
    fn flow(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let first = self.byte()?;
        let value = match first {
            b'"' | b'\'' => return self.quoted(),
            b'[' | b'{' if depth >= MAX_FLOW => return None,
            b'[' => Value::List(self.flow_parts(b']', |reader| reader.flow(depth + 1))?),
            b'{' => Value::Map(self.flow_parts(b'}', |reader| reader.flow_entry(depth + 1))?),
            _ => return self.flow_plain(),
        };
        Some(Node { span: self.span(start, self.at), value })
    }

    /// What stands between brackets or braces, with commas between.
    fn flow_parts<T>(&mut self, bracket: u8, mut part: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut parts = Vec::new();
        self.at += 1;
        self.skip_spaces();
        if self.byte()? == bracket {
            self.at += 1;
            return Some(parts);
        }
        loop {
            self.skip_spaces();
            parts.push(part(self)?);
            self.skip_spaces();
            let next = self.byte()?;
            self.at += 1;
            match next {
                b',' => {}
                _ if next == bracket => return Some(parts),
                _ => return None,
            }
        }
    }

    fn flow_entry(&mut self, depth: usize) -> Option<Entry> {
        let end = self.key()?;
        let (start, key) = (self.at, &self.text[self.at..end]);
        let Value::Text(key) = parse_scalar(key) else { return None };
        self.at = end + 1;
        self.skip_spaces();
        Some(Entry { key, key_span: self.span(start, end), value: self.flow(depth)? })
    }

    fn flow_plain(&mut self) -> Option<Node> {
        let rest = &self.bytes[self.at..];
        if !begins_plain(rest) {
            return None;
        }
        let mut end = 0;
        for (at, byte) in rest.iter().enumerate() {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' => break,
                b'\n' | b'\r' | b'#' => return None,
                b':' if !rest.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'/') => {
                    return None;
                }
                b' ' => {}
                _ => end = at + 1,
            }
        }
        Some(self.scalar(end))
    }

    /// Gives the value that begins on this line to the crate, with all lines that are indented below it.
    fn piece(&mut self, line: usize, passed: usize) -> Option<()> {
        // How far a block is indented is counted from what is around it.
        if passed == 0 && matches!(self.byte()?, b'|' | b'>') {
            return None;
        }
        let mut node = self.read_piece(line, passed)?;
        for _ in 0..passed {
            node = match node.value {
                Value::List(items) => only(items)?,
                Value::Map(entries) => only(entries)?.value,
                _ => return None,
            };
        }
        self.add(node)
    }

    /// Gives an entry with a key that is not plain to the crate, with all lines that are indented below it.
    fn odd_entry(&mut self, line: usize) -> Option<()> {
        if !self.byte()?.is_ascii_alphanumeric() && !matches!(self.byte()?, b'"' | b'\'') {
            return None;
        }
        let Value::Map(entries) = self.read_piece(line, 1)?.value else { return None };
        let Entry { key, key_span, value } = only(entries)?;
        self.add(Node { span: key_span, value: Value::Text(key) })?;
        self.add(value)
    }

    /// The tree of the lines from one on that are indented below the innermost collection. So many of the collections that are
    /// open begin in it.
    fn read_piece(&mut self, line: usize, passed: usize) -> Option<Node> {
        let column = self.levels.last()?.column;
        self.skip_line();
        let mut end = self.at;
        while self.at < self.bytes.len() {
            let spaces = self.bytes[self.at..].iter().take_while(|byte| **byte == b' ').count();
            let is_blank = matches!(self.bytes.get(self.at + spaces), None | Some(b'\n' | b'\r'));
            // A block of text ends for the crate where the next line begins to speak.
            end = self.at + spaces;
            if !is_blank && spaces <= column {
                break;
            }
            self.skip_line();
            end = self.at;
        }
        let piece = &self.text[line..end];
        // Where a block of text without any text stands, and a key without a name, depends on what comes behind it.
        let is_open = piece.trim_end().lines().next_back()?.contains(['|', '>'])
            || piece.lines().any(|line| line.trim_start_matches([' ', '-']).starts_with('?'));
        if is_open {
            return None;
        }
        let builder = Builder::new(piece, self.skipped + line);
        builder.piece(self.levels.len().saturating_sub(passed))
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Goes to the beginning of the next line.
    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    }

    /// Passes over spaces, and over a comment and the end of the line if that is all there is. Where the line ends then.
    fn line_end(&mut self) -> Option<usize> {
        let start = self.at;
        self.skip_spaces();
        if !matches!(self.byte(), None | Some(b'\n' | b'\r')) && (self.byte() != Some(b'#') || self.at == start) {
            return None;
        }
        let rest = &self.bytes[self.at..];
        let end = self.at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        self.skip_line();
        Some(end)
    }

    /// Whether an item of a block list begins here.
    fn is_dash(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\n' | b'\r'))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start + self.skipped, end + self.skipped)
    }
}

/// Whether a plain scalar begins here, whatever is around it.
fn begins_plain(rest: &[u8]) -> bool {
    match rest {
        [b'-', next, ..] => next.is_ascii_alphanumeric(),
        [first, ..] => {
            first.is_ascii_alphanumeric()
                || matches!(first, b'_' | b'/' | b'.' | b'$' | b'(' | b'+' | b'<' | b'=' | b'~' | 0x80..)
        }
        [] => false,
    }
}

/// The only one there is.
fn only<T>(parts: Vec<T>) -> Option<T> {
    let mut parts = parts.into_iter();
    let one = parts.next();
    one.filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests;
