//! Text with places: a file's text, its lines, spans into it, and the tree of nodes that YAML makes of it.
//!
//! [`yaml`] is the only module that knows the crate that reads YAML, and [`emit`] the one that writes it. [`shape`] describes which keys and values a document may have,
//! checks a tree against that description and writes it as JSON Schema.

mod build;
pub mod edit;
pub mod emit;
pub mod fix;
pub mod layout;
pub mod mentions;
mod scalar;
pub mod shape;
mod tree;
pub mod words;
mod yaml;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use scalar::within;
pub use tree::{Entry, Node, Value};
#[doc(hidden)]
pub use yaml::parse_by_crate;
pub use yaml::{MAX_BYTES, parse, parse_scalar};

/// A half-open range of byte offsets into the text of a [`SourceFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets. Offsets beyond 4 GiB are cut off; files that large are refused before.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The span as a range of `usize`, to slice a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Something wrong in a text, found before there is a model: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The code of the finding that this becomes, such as `unknown-key`.
    pub code: &'static str,
    /// The place in the text.
    pub span: Span,
    /// One sentence that says what is wrong.
    pub message: String,
    /// What to do now, where that is known.
    pub help: Option<String>,
    /// Whether the text at the place is a secret, which no report may show.
    pub is_secret: bool,
    /// Further places with the same problem; a few of them where there are many.
    pub also: Vec<Span>,
    /// How the text can be mended, where that is known.
    pub fix: Option<Box<fix::Fix>>,
}

impl Problem {
    /// A problem without advice.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: None, is_secret: false, also: Vec::new(), fix: None }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with a way to mend the text.
    #[must_use]
    pub fn fix(mut self, fix: fix::Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }
}

/// The text of one file and the name by which people know it. Lines are indexed on first use, since most files are
/// clean and never need a line number.
#[derive(Debug)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    lines: OnceLock<Vec<u32>>,
}

/// A place as people count: both numbers start at 1, columns are counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// A source file. `path` is what is shown to people: relative to the repository where there is one.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The path shown to people.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, byte for byte as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that a span covers; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset; offsets past the end give the place behind the last character.
    pub fn position(&self, offset: u32) -> Position {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = lines[line] as usize;
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Position { line: line + 1, column: self.text.get(start..end).map_or(0, |text| text.chars().count()) + 1 }
    }

    /// The text of a line (counted from 1) without its line end; empty where there is no such line.
    pub fn line(&self, line: usize) -> &str {
        let lines = self.lines();
        let Some(start) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return "" };
        let end = lines.get(line).map_or(self.text.len(), |next| *next as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte offset at which a line (counted from 1) begins; the length of the text where there is no such line.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines().get(line.saturating_sub(1)).map_or(self.text.len(), |start| *start as usize)
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| Span::new(at + 1, at + 1).start)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let file = SourceFile::new("a.yaml", "name: x\nläufer: y\r\nend");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(8), Position { line: 2, column: 1 });
        // `ä` takes two bytes and is one column.
        assert_eq!(file.position(11), Position { line: 2, column: 3 });
        assert_eq!(file.position(9999), Position { line: 3, column: 4 });
        assert_eq!(file.line(2), "läufer: y");
        assert_eq!(file.line(3), "end");
        assert_eq!(file.line(9), "");
    }
}
