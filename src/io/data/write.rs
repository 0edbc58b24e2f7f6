//! Rows of an answer as files: CSV, NDJSON and Parquet.

use std::borrow::Cow;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::value::RawValue;

use super::{Cell, Database, Trouble};
use crate::io::lines::Growing;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowForm {
    /// CSV with a header.
    Csv,
    /// A JSON object on each line.
    Ndjson,
    /// Parquet.
    Parquet,
}

impl RowForm {
    /// The form that the ending of a name tells; `None` for another.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_string_lossy().to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// A column of what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutColumn {
    /// Its name.
    pub name: String,
    /// Whether its texts are JSON, which stays what it is in NDJSON. What is none is a text all the same.
    pub is_json: bool,
}

/// Why rows could not be written.
#[derive(Debug)]
pub enum WriteTrouble {
    /// They could not be read.
    Read(Trouble),
    /// The file could not be written.
    Write(io::Error),
}

/// Writes the rows of a query to a file, which is there when it is whole; how many they were. Bad rows have `more` columns behind
/// their own: what they break, with semicolons between, and their place where they have one.
///
/// # Errors
///
/// The query can't be answered, or the file can't be written. What was there is there still.
pub fn write(
    database: &mut dyn Database,
    sql: &str,
    columns: &[OutColumn],
    more: usize,
    form: RowForm,
    path: &Path,
) -> Result<u64, WriteTrouble> {
    if form == RowForm::Parquet {
        return database.write_parquet(sql, path).map_err(WriteTrouble::Read);
    }
    let mut file = Growing::new(path).map_err(WriteTrouble::Write)?;
    let mut lines = match form {
        RowForm::Csv => {
            let names = columns.iter().map(|column| column.name.as_str()).chain(MORE.iter().copied().take(more));
            csv_line(names.map(|name| Some(Cow::Borrowed(name))))
        }
        _ => Vec::new(),
    };
    let (mut count, mut failed) = (0, None);
    let read = database.each(sql, &mut |cells| {
        count += 1;
        let line = match form {
            RowForm::Csv => {
                let is_json = |at: usize| columns.get(at).is_some_and(|column| column.is_json);
                Ok(csv_line(cells.iter().enumerate().map(|(at, cell)| plain(cell, is_json(at)))))
            }
            _ => json_line(columns, &cells),
        };
        let written = line.and_then(|line| {
            lines.extend_from_slice(&line);
            if lines.len() < ENOUGH { Ok(()) } else { file.add(&std::mem::take(&mut lines)) }
        });
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    read.map_err(WriteTrouble::Read)?;
    if let Some(error) = failed {
        return Err(WriteTrouble::Write(error));
    }
    file.add(&lines).and_then(|()| file.finish()).map_err(WriteTrouble::Write)?;
    Ok(count)
}

/// What CSV calls the columns of bad rows that are not their own.
const MORE: [&str; 2] = ["pact codes", "pact place"];

/// Bytes that are written at once.
const ENOUGH: usize = 1 << 18;

/// A line of CSV (RFC 4180). What tells a text of no letters from nothing are its quotes, which the crate `csv` writes around all
/// cells or around none of these.
fn csv_line<'c>(cells: impl Iterator<Item = Option<Cow<'c, str>>>) -> Vec<u8> {
    let mut line = Vec::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(b',');
        }
        match cell.as_deref() {
            None => {}
            Some(text) if text.is_empty() || text.contains([',', '"', '\n', '\r']) => {
                line.push(b'"');
                line.extend_from_slice(text.replace('"', "\"\"").as_bytes());
                line.push(b'"');
            }
            Some(text) => line.extend_from_slice(text.as_bytes()),
        }
    }
    line.push(b'\n');
    line
}

/// A value as it stands in CSV; `None` for null.
fn plain(cell: &Cell, is_json: bool) -> Option<Cow<'_, str>> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Text(text) if is_json => {
            serde_json::from_str::<String>(text).map_or(Cow::Borrowed(text.as_str()), Cow::Owned)
        }
        Cell::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    })
}

/// An object, or what a bad row is: its place, what it breaks, and the object.
fn json_line(columns: &[OutColumn], cells: &[Cell]) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut more = cells.iter().skip(columns.len()).map(Cell::to_string);
    if let Some(codes) = more.next() {
        if let Some(place) = more.next() {
            line.extend_from_slice(b"{\"place\":");
            serde_json::to_writer(&mut line, &place)?;
            line.push(b',');
        } else {
            line.push(b'{');
        }
        line.extend_from_slice(b"\"codes\":");
        serde_json::to_writer(&mut line, &codes.split(';').collect::<Vec<_>>())?;
        line.extend_from_slice(b",\"record\":");
        object(columns, cells, &mut line)?;
        line.push(b'}');
    } else {
        object(columns, cells, &mut line)?;
    }
    line.push(b'\n');
    Ok(line)
}

fn object(columns: &[OutColumn], cells: &[Cell], line: &mut Vec<u8>) -> io::Result<()> {
    line.push(b'{');
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if index > 0 {
            line.push(b',');
        }
        serde_json::to_writer(&mut *line, &column.name)?;
        line.push(b':');
        match cell {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Bool(value) => serde_json::to_writer(&mut *line, value)?,
            Cell::Int(value) => serde_json::to_writer(&mut *line, value)?,
            Cell::Float(value) => serde_json::to_writer(&mut *line, value)?,
            Cell::Decimal(digits) if serde_json::from_str::<&RawValue>(digits).is_ok() => {
                line.extend_from_slice(digits.as_bytes());
            }
            Cell::Decimal(text) => serde_json::to_writer(&mut *line, text)?,
            // As it is written there: numbers keep their digits.
            Cell::Text(text) => match serde_json::from_str::<&RawValue>(text).ok().filter(|_| column.is_json) {
                Some(raw) => line.extend_from_slice(raw.get().as_bytes()),
                None => serde_json::to_writer(&mut *line, text)?,
            },
        }
    }
    line.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<OutColumn> {
        [("id", true), ("name", false)].map(|(name, is_json)| OutColumn { name: name.to_owned(), is_json }).to_vec()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn good_rows_are_objects_and_bad_ones_say_what_they_break() {
        let line = |cells: &[Cell]| String::from_utf8(json_line(&columns(), cells).unwrap()).unwrap();
        assert_eq!(line(&[Cell::Int(7), text("a\"b\n")]), "{\"id\":7,\"name\":\"a\\\"b\\n\"}\n");
        assert_eq!(line(&[text("1.50"), Cell::Null]), "{\"id\":1.50,\"name\":null}\n");
        let bad = [text("x7"), text("5"), text("t.id type;t.name min"), text("t.csv:3")];
        let expected = r#"{"place":"t.csv:3","codes":["t.id type","t.name min"],"record":{"id":"x7","name":"5"}}"#;
        assert_eq!(line(&bad), format!("{expected}\n"));
        assert!(line(&bad[..3]).starts_with("{\"codes\":"));
    }

    #[test]
    fn cells_are_quoted_where_csv_needs_it() {
        let line = |text: &[Option<&str>]| {
            String::from_utf8(csv_line(text.iter().map(|text| text.map(Cow::Borrowed)))).unwrap()
        };
        let cells = [Some("a,b"), Some("c\"d"), Some("e\nf"), Some("g"), Some(""), None, Some("h")];
        assert_eq!(line(&cells), "\"a,b\",\"c\"\"d\",\"e\nf\",g,\"\",,h\n");
        assert_eq!(plain(&text("\"x\""), true).as_deref(), Some("x"));
        assert_eq!(plain(&Cell::Null, true), None);
    }
}
