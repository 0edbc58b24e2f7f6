//! Text files in pieces that end where a record ends, so that several threads can read one file.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::super::list::At;
use super::open;

/// How much is read at a time: some thousand rows.
const SIZE: usize = 1 << 20;
/// A record that is longer is none.
const LONGEST: usize = 256 << 20;

/// A text file of a table.
#[derive(Debug, Clone)]
pub(super) struct TextFile {
    pub(super) at: At,
    /// What people know it by.
    pub(super) name: String,
    /// The same, without the quotes around it.
    pub(super) shown: String,
    pub(super) size: u64,
    pub(super) partitions: Vec<Option<String>>,
    /// Where the columns of the table are in its rows, where they are not in the order of the table: for each its cell, and how many
    /// cells a row has.
    pub(super) cells: Option<(Vec<Option<usize>>, usize)>,
}

/// Where records end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    /// At the end of a line that is not within quotes.
    Csv { delimiter: u8, quote: Option<u8>, escape: Option<u8> },
    /// At the end of each line.
    Lines,
    /// Behind each JSON value, within the list that the file may be.
    Values,
}

/// Whole records of a file.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The position of the file.
    pub(super) file: usize,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Whether it is the beginning of the file.
    pub(super) is_first: bool,
    /// Whether a list was opened in the file that has to be closed in this last piece of it.
    pub(super) closes: bool,
    pub(super) bytes: Vec<u8>,
}

/// Hands out the pieces of files to whoever asks, each once.
#[derive(Debug)]
pub(super) struct Chunks {
    pub(super) files: Arc<[TextFile]>,
    encoding: String,
    cut: Cut,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    next_file: usize,
    open: Option<Open>,
}

struct Open {
    file: usize,
    from: Box<dyn Read + Send>,
    rest: Vec<u8>,
    line: u64,
    is_first: bool,
    is_list: bool,
    /// Whether the list was not closed by what was handed out.
    lacks_end: bool,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Open").field("file", &self.file).field("line", &self.line).finish_non_exhaustive()
    }
}

impl Chunks {
    pub(super) fn new(files: Arc<[TextFile]>, encoding: &str, cut: Cut) -> Self {
        Self { files, encoding: encoding.to_owned(), cut, state: Mutex::default() }
    }

    /// The next piece; `None` behind the last.
    ///
    /// # Errors
    ///
    /// A file can't be read: a sentence that names it.
    pub(super) fn next(&self) -> Result<Option<Chunk>, String> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.open.is_none() {
                let Some(file) = self.files.get(state.next_file) else { return Ok(None) };
                let named = |error: io::Error| format!("{} can't be read: {error}", file.name);
                let from = open::text(&file.at, &self.encoding).map_err(named)?;
                let file = state.next_file;
                state.next_file += 1;
                state.open = Some(Open {
                    file,
                    from,
                    rest: Vec::new(),
                    line: 1,
                    is_first: true,
                    is_list: false,
                    lacks_end: false,
                });
            }
            let Some(open) = state.open.as_mut() else { return Ok(None) };
            let name = self.files.get(open.file).map_or("", |file| file.name.as_str());
            match open.next(self.cut, name) {
                Ok(Some(chunk)) => return Ok(Some(chunk)),
                Ok(None) => state.open = None,
                Err(error) => {
                    // Nothing more comes of it, and of no other file: half the rows are no answer.
                    state.open = None;
                    state.next_file = self.files.len();
                    return Err(error);
                }
            }
        }
    }
}

impl Open {
    fn next(&mut self, cut: Cut, name: &str) -> Result<Option<Chunk>, String> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = SIZE;
        loop {
            let missing = wanted.saturating_sub(bytes.len()) as u64;
            let count = (&mut self.from).take(missing).read_to_end(&mut bytes);
            let count = count.map_err(|error| broken(name, self.line, &error))?;
            let ended = (count as u64) < missing;
            if self.is_first {
                self.begin(&mut bytes, cut);
            }
            if bytes.is_empty() {
                let line = self.line;
                let unclosed = Chunk { file: self.file, line, is_first: false, closes: true, bytes };
                return Ok(std::mem::take(&mut self.lacks_end).then_some(unclosed));
            }
            let end = if ended { Some(bytes.len()) } else { cut.end(&bytes) };
            if let Some(end) = end {
                self.rest = bytes.get(end..).unwrap_or_default().to_vec();
                bytes.truncate(end);
                let (line, is_first) = (self.line, self.is_first);
                self.line += memchr_iter(b'\n', &bytes).count() as u64;
                self.is_first = false;
                self.lacks_end = self.is_list && !ended && bytes.trim_ascii_end().last() != Some(&b']');
                return Ok(Some(Chunk { file: self.file, line, is_first, closes: ended && self.is_list, bytes }));
            }
            if bytes.len() >= LONGEST {
                return Err(format!(
                    "{name}, line {}: no record ends within {} MB; a quote or a bracket is not closed, or the file is none of its kind",
                    self.line,
                    LONGEST >> 20
                ));
            }
            wanted = bytes.len() * 4;
        }
    }

    /// Looks at the beginning of the file.
    fn begin(&mut self, bytes: &mut Vec<u8>, cut: Cut) {
        if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
            bytes.drain(..3);
        }
        if matches!(cut, Cut::Values) {
            self.is_list = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        }
    }
}

fn broken(name: &str, line: u64, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            format!("{name} is cut off behind line {line}: its compressed data ends too early")
        }
        _ => format!("{name} can't be read behind line {line}: {error}"),
    }
}

impl Cut {
    /// Where the last whole record ends; `None` where none does.
    fn end(self, bytes: &[u8]) -> Option<usize> {
        let last = || memrchr(b'\n', bytes).map(|at| at + 1);
        match self {
            Self::Lines | Self::Csv { quote: None, .. } => last(),
            Self::Csv { delimiter, quote: Some(quote), escape } => match memchr(quote, bytes) {
                None => last(),
                Some(_) => quoted_end(bytes, delimiter, quote, escape),
            },
            Self::Values => values_end(bytes),
        }
    }
}

fn quoted_end(bytes: &[u8], delimiter: u8, quote: u8, escape: Option<u8>) -> Option<usize> {
    let (mut at, mut end) = (0, None);
    while let Some(found) = memchr2(quote, b'\n', bytes.get(at..)?).map(|found| at + found) {
        if bytes.get(found) == Some(&b'\n') {
            end = Some(found + 1);
            at = found + 1;
            continue;
        }
        // A quote within a cell that does not begin with one is a letter.
        let before = found.checked_sub(1).and_then(|before| bytes.get(before));
        let opens = before.is_none_or(|before| *before == delimiter || *before == b'\n');
        at = if opens {
            quote_end(bytes, found + 1, quote, escape).map_or(bytes.len(), |(end, _)| end)
        } else {
            found + 1
        };
    }
    end
}

/// The position behind the quote that closes, and whether there are escapes before it.
pub(super) fn quote_end(bytes: &[u8], mut at: usize, quote: u8, escape: Option<u8>) -> Option<(usize, bool)> {
    let mut escaped = false;
    loop {
        let rest = bytes.get(at..)?;
        let found = match escape {
            Some(escape) => memchr2(quote, escape, rest),
            None => memchr(quote, rest),
        }? + at;
        let is_quote = bytes.get(found) == Some(&quote);
        // An escape takes the next letter along, as a quote does with a second one.
        if !is_quote || escape.is_none() && bytes.get(found + 1) == Some(&quote) {
            escaped = true;
            at = found + 2;
        } else {
            return Some((found + 1, escaped));
        }
    }
}

/// The position behind the last value that is whole, or the separator that follows it.
fn values_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth, mut end) = (0, 0_u32, None);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => at = string_end(bytes, at)?,
            b'{' => depth += 1,
            b'[' if depth > 0 => depth += 1,
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    end = Some(at);
                }
            }
            // Between values, where each may end.
            b',' | b'\n' if depth == 0 => end = Some(at),
            _ => {}
        }
    }
    end
}

/// The position behind the quote that closes a JSON string; `at` is behind the one that opens it.
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = memchr2(b'"', b'\\', bytes.get(at..)?)? + at;
        match bytes.get(found) {
            Some(b'"') => return Some(found + 1),
            _ => at = found + 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Option<&str> {
        let cut = Cut::Csv { delimiter: b',', quote: Some(b'"'), escape: None };
        cut.end(text.as_bytes()).and_then(|end| text.get(..end))
    }

    #[test]
    fn lines_within_quotes_end_nothing() {
        assert_eq!(csv("a,b\nc,d"), Some("a,b\n"));
        assert_eq!(csv("a,\"b\nc\"\nd,\"e\nf"), Some("a,\"b\nc\"\n"));
        assert_eq!(csv("a,\"b\"\"\n\"\nc"), Some("a,\"b\"\"\n\"\n"));
        assert_eq!(csv("a,5\" pipe\nc,d\ne"), Some("a,5\" pipe\nc,d\n"));
        assert_eq!(csv("a,\"b\n"), None);
    }

    #[test]
    fn values_end_outside_of_brackets_and_strings() {
        let end = |text: &str| values_end(text.as_bytes());
        assert_eq!(end(r#"[{"a": "}"}, {"b": [1,"#), Some(12));
        assert_eq!(end(r#"{"a": "#), None);
        assert_eq!(end(r#"{"a": "\""}{"#), Some(11));
    }
}
