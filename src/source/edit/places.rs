//! Where things begin and end in a text, which is more than the spans of a tree tell: its lines, the dashes of lists, the
//! colons of keys and the ends of aliases.

use crate::source::{Entry, Node, Span, Value};

/// A text whose places are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'t> {
    pub(super) text: &'t str,
}

/// Whether a node or a key has a place: what was made has none.
pub(super) fn has_place(span: Span) -> bool {
    span != Span::default()
}

impl<'t> Places<'t> {
    pub(super) fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn slice(self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    pub(super) fn line_start(self, at: usize) -> usize {
        let line = self.slice(0, at).rfind('\n').map_or(0, |newline| newline + 1);
        // A byte-order mark is no column.
        if line == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { line }
    }

    /// Where the line ends, before its line end, and where the next one begins.
    pub(super) fn line_end(self, at: usize) -> (usize, usize) {
        let rest = self.slice(at, self.text.len());
        match rest.find('\n') {
            Some(newline) => {
                let end = at + newline;
                (end - usize::from(end > at && self.byte(end - 1) == Some(b'\r')), end + 1)
            }
            None => (self.text.len(), self.text.len()),
        }
    }

    /// How many characters stand before it on its line.
    pub(super) fn column(self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }

    /// Whether nothing but blanks stands before it on its line.
    pub(super) fn begins_line(self, at: usize) -> bool {
        self.slice(self.line_start(at), at).bytes().all(|byte| byte == b' ')
    }

    /// Whether a collection is written in brackets or braces. The place of a block that is not indented is that of its first
    /// item, which may be in brackets itself.
    pub(super) fn is_flow(self, node: &Node) -> bool {
        let first = match &node.value {
            Value::List(items) => items.first().map(|item| item.span.start),
            Value::Map(entries) => entries.first().map(|entry| entry.key_span.start),
            _ => return false,
        };
        let bracket = self.byte(node.span.start as usize);
        matches!(bracket, Some(b'{' | b'[')) && first != Some(node.span.start)
    }

    /// The first byte from a place on that is neither blank nor of a comment.
    pub(super) fn next_token(self, mut at: usize) -> usize {
        while let Some(byte) = self.byte(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b'#' => at = self.line_end(at).1,
                _ => break,
            }
        }
        at
    }

    /// The first byte of content from a place on: anchors and tags are passed over.
    fn next_content(self, mut at: usize) -> usize {
        loop {
            at = self.next_token(at);
            if !matches!(self.byte(at), Some(b'&' | b'!')) {
                return at;
            }
            at = self.word_end(at);
        }
    }

    fn word_end(self, at: usize) -> usize {
        let rest = self.slice(at, self.text.len());
        at + rest.find([' ', '\t', '\r', '\n', ',', ']', '}']).unwrap_or(rest.len())
    }

    /// Where the value of a key may begin: behind the colon.
    pub(super) fn after_key(self, entry: &Entry) -> usize {
        let end = entry.key_span.end as usize;
        let colon = self.next_token(end);
        if self.byte(colon) == Some(b':') { colon + 1 } else { end }
    }

    /// Whether a value is no text of its own but an alias, or came by a merge: it has the place of what its anchor names.
    pub(super) fn is_foreign(node: &Node, after: usize) -> bool {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        start < after && end > start
    }

    /// Where a value ends: behind its last character that is not blank. `after` is where it may begin.
    pub(super) fn end_of(self, node: &Node, after: usize) -> usize {
        if Self::is_foreign(node, after) {
            let star = self.next_content(after);
            return if self.byte(star) == Some(b'*') { self.word_end(star) } else { after };
        }
        if node.span.start == node.span.end && node.is_null() {
            // An anchor or a tag may stand alone.
            let (line, _) = self.line_end(after);
            let token = self.next_token(after);
            return if token < line && matches!(self.byte(token), Some(b'&' | b'!')) {
                self.word_end(token)
            } else {
                after
            };
        }
        if self.is_flow(node) {
            return node.span.end as usize;
        }
        match &node.value {
            Value::Map(entries) => {
                let mut own = entries.iter().filter(|entry| is_within(entry.key_span, node));
                own.next_back().map_or(after, |entry| self.end_of(&entry.value, self.after_key(entry)))
            }
            Value::List(items) => {
                let end = node.span.end as usize;
                match items.split_last() {
                    // Only an alias has its place elsewhere, and then the end that the list tells is wrong.
                    Some((last, others)) if Self::is_foreign(last, node.span.start as usize) => {
                        let before = others.last().map_or(after, |item| self.end_of(item, after));
                        let dash = self.next_content(before);
                        self.end_of(last, dash + 1)
                    }
                    Some((last, _)) if matches!(last.value, Value::Map(_) | Value::List(_)) => {
                        self.end_of(last, node.span.start as usize)
                    }
                    _ => self.trimmed(node.span.start as usize, end),
                }
            }
            _ => self.trimmed(node.span.start as usize, node.span.end as usize).max(after),
        }
    }

    fn trimmed(self, start: usize, end: usize) -> usize {
        start + self.slice(start, end).trim_end().len()
    }

    /// The dash of an item of a list in block style, where nothing unusual stands around it. `after` is the end of the item
    /// before it, or the place where the list may begin.
    pub(super) fn dash(self, after: usize) -> Option<usize> {
        let dash = self.next_content(after);
        (self.byte(dash) == Some(b'-')).then_some(dash)
    }

    /// The end of what ends at a place, with the comments beside it and on the lines below that are indented beyond a column.
    pub(super) fn comments_end(self, end: usize, column: usize) -> usize {
        let (line, mut next) = self.line_end(end);
        let mut end = if self.slice(end, line).trim_start().starts_with('#') { line } else { end };
        loop {
            let (line, behind) = self.line_end(next);
            let text = self.slice(next, line);
            let comment = text.trim_start_matches(' ');
            if comment.starts_with('#') && text.len() - comment.len() > column {
                end = line;
            } else if !text.trim().is_empty() || behind == next {
                return end;
            }
            next = behind;
        }
    }

    /// The line end that the text uses.
    pub(super) fn newline(self) -> &'static str {
        let first = self.text.find('\n');
        if first.is_some_and(|at| at > 0 && self.byte(at - 1) == Some(b'\r')) { "\r\n" } else { "\n" }
    }
}

/// Whether a key stands in a mapping itself, and did not come by a merge.
pub(super) fn is_within(span: Span, node: &Node) -> bool {
    // The end of a mapping that ends with an alias is not told, and what was merged stands before its user.
    span.start >= node.span.start
}
