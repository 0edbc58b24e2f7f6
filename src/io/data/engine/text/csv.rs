//! Rows of CSV as columns of text.

use memchr::memchr_iter;

use super::chunks::{Chunk, quote_end};
use super::columns::{Rows, Texts};
use crate::io::data::files::CsvForm;

/// Reads pieces of CSV files.
#[derive(Debug)]
pub(super) struct Csv {
    delimiter: u8,
    quote: Option<u8>,
    escape: Option<u8>,
    header: bool,
    empty_is_null: bool,
    nulls: Vec<Vec<u8>>,
    /// Cells in a row.
    width: usize,
}

/// A cell by its place in the piece.
#[derive(Debug, Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Quoted,
    /// Quoted, with escapes within.
    Escaped,
    /// Quoted, with something behind the quote that closes.
    Torn,
}

impl Csv {
    pub(super) fn new(form: &CsvForm, width: usize) -> Self {
        let nulls = form.nulls.iter().filter(|word| !word.is_empty()).map(|word| word.clone().into_bytes());
        Self {
            delimiter: form.delimiter,
            quote: form.quote,
            escape: form.escape.filter(|escape| form.quote != Some(*escape)),
            header: form.header,
            empty_is_null: form.nulls.iter().any(String::is_empty),
            nulls: nulls.collect(),
            width,
        }
    }

    /// The cells of the first row: the names of the columns.
    pub(super) fn header(&self, bytes: &[u8]) -> Result<Vec<String>, String> {
        let (mut at, mut cells) = (0, Vec::new());
        while at < bytes.len() && cells.is_empty() {
            at = self.record(bytes, at, &mut cells)?;
        }
        let mut names = Vec::with_capacity(cells.len());
        for cell in cells {
            let text = bytes.get(cell.start..cell.end).unwrap_or_default();
            let mut name = Vec::new();
            match cell.kind {
                Kind::Escaped => unescape(text, self.escaping(), &mut name),
                _ => name.extend_from_slice(text),
            }
            names.push(String::from_utf8(name).map_err(|_| "the names of its columns are not UTF-8".to_owned())?);
        }
        Ok(names)
    }

    /// The rows of a piece. `own` says where the columns are in them, where they are not in their order, and how many cells there are.
    pub(super) fn rows(&self, chunk: &Chunk, own: Option<&(Vec<Option<usize>>, usize)>, rows: &mut Rows) {
        let width = own.map_or(self.width, |(_, width)| *width);
        let place = |position: usize| own.map_or(Some(position), |(places, _)| places.get(position).copied().flatten());
        let bytes = chunk.bytes.as_slice();
        let careful = std::str::from_utf8(bytes).is_err();
        let (mut at, mut line) = (0, chunk.line);
        let mut is_header = self.header && chunk.is_first;
        let mut cells = Vec::with_capacity(self.width);
        while at < bytes.len() {
            cells.clear();
            let (start, began) = (at, line);
            let read = self.record(bytes, at, &mut cells);
            at = read.as_ref().map_or(bytes.len(), |end| bytes.len().min(*end));
            let text = bytes.get(start..at).unwrap_or_default();
            line += self.lines_of(text, &cells);
            if let Err(what) = read {
                rows.broken.push((began, what));
                continue;
            }
            // A line of nothing is no row.
            if cells.is_empty() || std::mem::take(&mut is_header) {
                continue;
            }
            if let Some(what) = self.wrong(bytes, text, &cells, width, careful) {
                rows.broken.push((began, what));
                continue;
            }
            for (position, texts) in &mut rows.columns {
                match place(*position).and_then(|place| cells.get(place)) {
                    Some(cell) => self.push(bytes, *cell, texts),
                    None => texts.push_null(),
                }
            }
            rows.row(began);
        }
    }

    /// How many lines a record takes: more than one only where there are quotes.
    fn lines_of(&self, text: &[u8], cells: &[Cell]) -> u64 {
        if self.quote.is_none() || cells.iter().all(|cell| cell.kind == Kind::Plain) && !cells.is_empty() {
            return 1;
        }
        memchr_iter(b'\n', text).count() as u64
    }

    fn wrong(&self, bytes: &[u8], text: &[u8], cells: &[Cell], width: usize, careful: bool) -> Option<String> {
        if cells.len() != width {
            let row = match cells.len() {
                1 => "it has 1 cell".to_owned(),
                count => format!("it has {count} cells"),
            };
            let (whole, model) = (width, if self.header { "the header has" } else { "the contract has" });
            return Some(format!("{row}, {model} {whole}"));
        }
        if let Some(column) = cells.iter().position(|cell| cell.kind == Kind::Torn) {
            return Some(format!("there is text behind the quote that closes its cell {}", column + 1));
        }
        if careful && std::str::from_utf8(text).is_err() {
            let is_wrong =
                |cell: &Cell| bytes.get(cell.start..cell.end).and_then(|cell| std::str::from_utf8(cell).err());
            let (column, error) = cells.iter().enumerate().find_map(|(at, cell)| Some((at, is_wrong(cell)?)))?;
            let start = cells.get(column).map_or(0, |cell| cell.start) + error.valid_up_to();
            let byte = bytes.get(start).copied().unwrap_or_default();
            return Some(format!(
                "its cell {} is not UTF-8: byte 0x{byte:02X}; look at the encoding of the source",
                column + 1
            ));
        }
        None
    }

    /// Reads a record into cells; the position behind it. A blank line has no cells.
    fn record(&self, bytes: &[u8], mut at: usize, cells: &mut Vec<Cell>) -> Result<usize, String> {
        if let Some(end) = blank(bytes, at) {
            return Ok(end);
        }
        loop {
            let (cell, end) = match self.quote {
                Some(quote) if bytes.get(at) == Some(&quote) => self.quoted(bytes, at, quote, cells.len())?,
                _ => self.plain(bytes, at),
            };
            cells.push(cell);
            if bytes.get(end) != Some(&self.delimiter) {
                return Ok(end + 1);
            }
            at = end + 1;
        }
    }

    /// A cell, and where the delimiter or the line end behind it is.
    fn plain(&self, bytes: &[u8], start: usize) -> (Cell, usize) {
        let rest = bytes.get(start..).unwrap_or_default();
        // Cells are short: looking at one byte after the other is faster than setting up anything better.
        let length = rest.iter().position(|byte| *byte == self.delimiter || *byte == b'\n').unwrap_or(rest.len());
        let end = start + length;
        let is_last = bytes.get(end) != Some(&self.delimiter);
        let text_end =
            if is_last && rest.get(..length).is_some_and(|text| text.ends_with(b"\r")) { end - 1 } else { end };
        (Cell { start, end: text_end, kind: Kind::Plain }, end)
    }

    fn quoted(&self, bytes: &[u8], start: usize, quote: u8, column: usize) -> Result<(Cell, usize), String> {
        let number = column + 1;
        let Some((close, escaped)) = quote_end(bytes, start + 1, quote, self.escape) else {
            return Err(format!("the quote that opens its cell {number} is never closed, and what follows is lost"));
        };
        let kind = if escaped { Kind::Escaped } else { Kind::Quoted };
        let end = match bytes.get(close) {
            Some(b'\r') if matches!(bytes.get(close + 1), None | Some(b'\n')) => close + 1,
            _ => close,
        };
        match bytes.get(end) {
            Some(byte) if *byte != self.delimiter && *byte != b'\n' => {
                let (rest, end) = self.plain(bytes, end);
                Ok((Cell { start, end: rest.end, kind: Kind::Torn }, end))
            }
            _ => Ok((Cell { start: start + 1, end: close - 1, kind }, end)),
        }
    }

    fn push(&self, bytes: &[u8], cell: Cell, texts: &mut Texts) {
        let text = bytes.get(cell.start..cell.end).unwrap_or_default();
        match cell.kind {
            Kind::Plain if self.is_null(text) => texts.push_null(),
            Kind::Plain | Kind::Quoted | Kind::Torn => texts.push(text),
            Kind::Escaped => texts.push_with(|into| unescape(text, self.escaping(), into)),
        }
    }

    fn escaping(&self) -> u8 {
        self.escape.or(self.quote).unwrap_or(b'"')
    }

    fn is_null(&self, text: &[u8]) -> bool {
        if text.is_empty() { self.empty_is_null } else { self.nulls.iter().any(|word| word == text) }
    }
}

/// The position behind a line of nothing.
fn blank(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at) {
        Some(b'\n') => Some(at + 1),
        Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => Some(at + 2),
        _ => None,
    }
}

/// Takes away the bytes that take away the meaning of those behind them.
fn unescape(text: &[u8], escape: u8, into: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(escape, rest) {
        into.extend_from_slice(rest.get(..at).unwrap_or_default());
        into.extend(rest.get(at + 1));
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    into.extend_from_slice(rest);
}
