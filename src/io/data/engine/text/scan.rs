//! A pass over text files by several threads.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray, UInt64Array};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;

use super::chunks::{Chunks, TextFile};
use super::columns::Rows;
use super::{Reader, RowReader, Source, TextTable};
use crate::io::data::engine::trouble::Told;
use crate::io::data::files::{BrokenRow, BrokenRows};

/// Broken rows that are kept.
const KEPT: usize = 20;
/// The threads of one pass over the files of a table. `sources` is what they ask for, in the order of the schema.
pub(super) fn parts(
    table: &TextTable,
    schema: &SchemaRef,
    sources: Vec<Source>,
    threads: usize,
) -> Vec<Arc<dyn PartitionStream>> {
    let scan = Arc::new(Scan {
        chunks: Chunks::new(Arc::clone(&table.files), &table.reader.encoding, table.reader.cut),
        reader: Arc::clone(&table.reader),
        schema: Arc::clone(schema),
        sources,
        broken: Mutex::default(),
        running: AtomicUsize::new(threads),
        failed: AtomicBool::new(false),
        published: Arc::clone(&table.broken),
    });
    let part =
        |_| Arc::new(Part { scan: Arc::clone(&scan), is_taken: AtomicBool::new(false) }) as Arc<dyn PartitionStream>;
    (0..threads).map(part).collect()
}

/// One pass over the files.
struct Scan {
    chunks: Chunks,
    reader: Arc<Reader>,
    schema: SchemaRef,
    /// What is asked for, in its order.
    sources: Vec<Source>,
    broken: Mutex<BrokenRows>,
    /// Parts that have not come to the end.
    running: AtomicUsize,
    failed: AtomicBool,
    published: Arc<Mutex<Option<BrokenRows>>>,
}

impl Scan {
    fn next(&self) -> Result<Option<RecordBatch>> {
        let chunk = self.chunks.next().map_err(|sentence| {
            self.failed.store(true, Ordering::Release);
            trouble(sentence)
        })?;
        let Some(chunk) = chunk else {
            if self.running.fetch_sub(1, Ordering::AcqRel) == 1 && !self.failed.load(Ordering::Acquire) {
                let mut broken = std::mem::take(&mut *self.broken.lock().unwrap_or_else(PoisonError::into_inner));
                broken.first.sort_unstable();
                broken.first.truncate(KEPT);
                *self.published.lock().unwrap_or_else(PoisonError::into_inner) = Some(broken);
            }
            return Ok(None);
        };
        let positions = self.sources.iter().filter_map(|source| match source {
            Source::Rows(position) => Some(*position),
            _ => None,
        });
        let with_lines = self.sources.iter().any(|source| matches!(source, Source::Line));
        let mut rows = Rows::of(positions, with_lines, chunk.bytes.len());
        let Some(file) = self.chunks.files.get(chunk.file) else { return Ok(None) };
        match &self.reader.rows {
            RowReader::Csv(csv) => csv.rows(&chunk, file.cells.as_ref(), &mut rows),
            RowReader::Json(json) => json.rows(&chunk, &mut rows),
        }
        self.set_aside(file, std::mem::take(&mut rows.broken));
        self.batch(rows, file).map(Some)
    }

    fn set_aside(&self, file: &TextFile, broken: Vec<(u64, String)>) {
        if broken.is_empty() {
            return;
        }
        let mut all = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        all.count += broken.len() as u64;
        // Pieces come in any order: the first of all are among the first of each.
        let shown = file.shown.clone();
        let first = broken.into_iter().take(KEPT);
        all.first.extend(first.map(|(line, what)| BrokenRow { file: shown.clone(), line, what }));
        if all.first.len() > 50 * KEPT {
            all.first.sort_unstable();
            all.first.truncate(KEPT);
        }
    }

    fn batch(&self, rows: Rows, file: &TextFile) -> Result<RecordBatch> {
        let Rows { columns, lines, count, .. } = rows;
        let mut texts = columns.into_iter();
        let repeated = |value: Option<&str>| Arc::new(StringArray::from(vec![value; count])) as ArrayRef;
        let lines = lines.unwrap_or_default();
        let arrays = self.sources.iter().map(|source| {
            Ok(match source {
                Source::Rows(_) => match texts.next() {
                    Some((_, texts)) => texts.finish()?,
                    None => repeated(None),
                },
                Source::Folder(at) => repeated(file.partitions.get(*at).and_then(Option::as_deref)),
                Source::Line => Arc::new(UInt64Array::from(lines.clone())),
                Source::File => repeated(Some(&file.shown)),
            })
        });
        let arrays: Result<Vec<ArrayRef>> = arrays.collect();
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays?, &options)?)
    }
}

fn trouble(sentence: String) -> DataFusionError {
    DataFusionError::External(Box::new(Told(sentence)))
}

/// One of the threads of a pass.
struct Part {
    scan: Arc<Scan>,
    is_taken: AtomicBool,
}

impl fmt::Debug for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("text files")
    }
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.scan.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        // Pieces are handed out once: a second pass would see nothing.
        let again = self
            .is_taken
            .swap(true, Ordering::AcqRel)
            .then(|| trouble("the query reads its files again and again".to_owned()));
        let scan = Arc::clone(&self.scan);
        let batches = std::iter::from_fn(move || scan.next().transpose());
        let batches = again.map(Err).into_iter().chain(batches);
        Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.scan.schema), futures::stream::iter(batches)))
    }
}
