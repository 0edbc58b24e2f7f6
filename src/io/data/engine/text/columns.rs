//! Columns of text as they grow.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, NullBufferBuilder, StringArray};
use datafusion::arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::error::ArrowError;

/// A column of text.
pub(super) struct Texts {
    values: Vec<u8>,
    ends: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl Texts {
    pub(super) fn with_room(bytes: usize, rows: usize) -> Self {
        let mut ends = Vec::with_capacity(rows + 1);
        ends.push(0);
        Self { values: Vec::with_capacity(bytes), ends, nulls: NullBufferBuilder::new(rows) }
    }

    pub(super) fn push(&mut self, text: &[u8]) {
        self.values.extend_from_slice(text);
        self.end();
        self.nulls.append_non_null();
    }

    /// Adds what a function writes.
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.values);
        self.end();
        self.nulls.append_non_null();
    }

    pub(super) fn push_null(&mut self) {
        self.end();
        self.nulls.append_null();
    }

    fn end(&mut self) {
        // A piece of a file is far below 2 GB.
        self.ends.push(i32::try_from(self.values.len()).unwrap_or(i32::MAX));
    }

    /// # Errors
    ///
    /// What is in it is not UTF-8.
    pub(super) fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        Ok(Arc::new(StringArray::try_new(ends, Buffer::from_vec(self.values), self.nulls.finish())?))
    }
}

/// What rows are read into.
pub(super) struct Rows {
    /// A column for each position that is asked for.
    pub(super) columns: Vec<(usize, Texts)>,
    /// The line of each row, where that is asked for.
    pub(super) lines: Option<Vec<u64>>,
    pub(super) count: usize,
    /// Lines of rows that can't be read, and what is wrong with them.
    pub(super) broken: Vec<(u64, String)>,
}

impl Rows {
    pub(super) fn of(positions: impl Iterator<Item = usize>, with_lines: bool, bytes: usize) -> Self {
        let columns: Vec<usize> = positions.collect();
        let room = bytes / columns.len().max(1) / 2;
        let columns = columns.into_iter().map(|position| (position, Texts::with_room(room, 8_192))).collect();
        Self { columns, lines: with_lines.then(Vec::new), count: 0, broken: Vec::new() }
    }

    pub(super) fn row(&mut self, line: u64) {
        self.count += 1;
        if let Some(lines) = &mut self.lines {
            lines.push(line);
        }
    }
}
