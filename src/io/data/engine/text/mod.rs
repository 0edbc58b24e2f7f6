//! CSV and JSON as tables of text. Nothing is inferred and nothing fails on a bad cell: what a text means is for the query to
//! say, so that what can't be read is a finding with its place. Rows that are none are set aside and told.

mod chunks;
mod columns;
mod csv;
mod json;
mod open;
mod scan;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::streaming::StreamingTableExec;

use self::chunks::{Chunk, Chunks, Cut, TextFile};
use self::csv::Csv;
use self::json::Json;
pub(super) use self::json::member as json_member;
use super::list::Found;
use super::untyped;
use crate::io::data::files::BrokenRows;
use crate::io::data::files::{CsvForm, FILE_COLUMN, FileForm, JsonForm, LINE_COLUMN, json_column};
use crate::io::data::{LiveColumn, Values};
use crate::source::words::quoted;

/// Below this many bytes more threads cost more than they bring.
const SMALL: u64 = 4 << 20;

/// A table of text files.
#[derive(Debug)]
pub(super) struct TextTable {
    files: Arc<[TextFile]>,
    reader: Arc<Reader>,
    schema: SchemaRef,
    /// The columns that people know of: those of the files, and behind them those of their folders.
    visible: Vec<String>,
    broken: Arc<Mutex<Option<BrokenRows>>>,
}

/// How the files are read.
#[derive(Debug)]
struct Reader {
    cut: Cut,
    encoding: String,
    rows: RowReader,
    /// What each column of the schema is.
    sources: Vec<Source>,
}

#[derive(Debug)]
enum RowReader {
    Csv(Csv),
    Json(Json),
}

#[derive(Debug, Clone, Copy)]
enum Source {
    /// A column of the rows, by its position.
    Rows(usize),
    /// A value of the folders, by its position.
    Folder(usize),
    Line,
    File,
}

impl TextTable {
    /// The table of some files. Reads the header of each CSV file, and the first objects of JSON files.
    ///
    /// # Errors
    ///
    /// A file can't be read, or has no columns that could be told: a sentence that names it.
    pub(super) fn open(found: &[Found], form: &FileForm) -> std::result::Result<Self, String> {
        let folders: Vec<String> = found
            .first()
            .map(|found| found.partitions.iter().map(|(key, _)| key.clone()).collect())
            .unwrap_or_default();
        let files: Vec<TextFile> = found.iter().map(text_file).collect();
        match form {
            FileForm::Csv(form) => Self::of_csv(files, &folders, form),
            FileForm::Ndjson(form) => Self::of_json(files.into(), &folders, form, true),
            FileForm::Json(form) => Self::of_json(files.into(), &folders, form, false),
            FileForm::Parquet | FileForm::Arrow => Err(format!("{} is no text", form.name())),
        }
    }

    fn of_csv(mut files: Vec<TextFile>, folders: &[String], form: &CsvForm) -> std::result::Result<Self, String> {
        let cut = Cut::Csv { delimiter: form.delimiter, quote: form.quote, escape: form.escape };
        let names = if form.header { headers(&mut files, form, cut)? } else { form.names.clone() };
        let rows = RowReader::Csv(Csv::new(form, names.len()));
        let columns = names.iter().enumerate().map(|(at, name)| (name.clone(), Source::Rows(at))).collect();
        Ok(Self::of(files.into(), columns, names, folders, (cut, &form.encoding, rows)))
    }

    fn of_json(
        files: Arc<[TextFile]>,
        folders: &[String],
        form: &JsonForm,
        lines: bool,
    ) -> std::result::Result<Self, String> {
        let cut = if lines { Cut::Lines } else { Cut::Values };
        if let Some(empty) = files.iter().find(|file| file.size == 0 && !lines) {
            return Err(format!("{} is empty: it has not even a list of nothing, `[]`", empty.name));
        }
        let visible = keys(&files, form, cut, lines)?;
        let mut keys = visible.clone();
        keys.extend(form.names.iter().filter(|name| !visible.contains(name)).cloned());
        let columns = keys
            .iter()
            .enumerate()
            .flat_map(|(at, key)| [(key.clone(), Source::Rows(2 * at)), (json_column(key), Source::Rows(2 * at + 1))]);
        let columns = columns.collect();
        Ok(Self::of(files, columns, visible, folders, (cut, "utf-8", RowReader::Json(Json::new(keys, lines)))))
    }

    fn of(
        files: Arc<[TextFile]>,
        mut columns: Vec<(String, Source)>,
        mut visible: Vec<String>,
        folders: &[String],
        (cut, encoding, rows): (Cut, &str, RowReader),
    ) -> Self {
        let mut known: HashSet<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let more = folders.iter().enumerate().map(|(at, key)| (key.clone(), Source::Folder(at)));
        let own = [(LINE_COLUMN.to_owned(), Source::Line), (FILE_COLUMN.to_owned(), Source::File)];
        for (name, source) in more.chain(own) {
            // A column of the file itself knows better.
            if known.insert(name.clone()) {
                if matches!(source, Source::Folder(_)) {
                    visible.push(name.clone());
                }
                columns.push((name, source));
            }
        }
        let fields = columns.iter().map(|(name, source)| {
            let kind = if matches!(source, Source::Line) { DataType::UInt64 } else { DataType::Utf8 };
            Field::new(name, kind, true)
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let sources = columns.into_iter().map(|(_, source)| source).collect();
        let reader = Arc::new(Reader { cut, encoding: encoding.to_owned(), rows, sources });
        Self { files, reader, schema, visible, broken: Arc::default() }
    }

    /// The columns that people know of.
    pub(super) fn columns(&self) -> Vec<LiveColumn> {
        let is_json = matches!(self.reader.rows, RowReader::Json(_));
        let values = |name: &String| match self.schema.index_of(name).ok().and_then(|at| self.reader.sources.get(at)) {
            Some(Source::Rows(_)) if is_json => Values::Json,
            _ => Values::Text,
        };
        self.visible.iter().map(|name| untyped(name, values(name))).collect()
    }

    /// The rows that were set aside when all rows were read for the last time; `None` where they were never all read.
    pub(super) fn broken(&self) -> Option<BrokenRows> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn text_file(found: &Found) -> TextFile {
    TextFile {
        at: found.at.clone(),
        name: quoted(&found.shown),
        shown: found.shown.clone(),
        size: found.size,
        partitions: found.partitions.iter().map(|(_, value)| value.clone()).collect(),
        cells: None,
    }
}

/// The first piece of a file.
fn first_of(file: &TextFile, encoding: &str, cut: Cut) -> std::result::Result<Option<Chunk>, String> {
    let chunk = Chunks::new(Arc::from([file.clone()]), encoding, cut).next()?;
    let starts = |magic: &&[u8]| chunk.as_ref().is_some_and(|chunk| chunk.bytes.starts_with(magic));
    match MAGIC.iter().find(|(magic, _)| starts(magic)) {
        Some((_, what)) => Err(format!("{} is no text but {what}", file.name)),
        None => Ok(chunk),
    }
}

/// How files begin that are no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PAR1", "a Parquet file: look at the `type` of the source"),
    (b"ARROW1", "an Arrow file: look at the `type` of the source"),
    (b"PK\x03\x04", "a ZIP archive, such as an Excel workbook, which pact does not read"),
    (b"SQLite format 3\0", "an SQLite database: look at the `type` of the source"),
];

/// The columns of all files together, by the names in their headers. Each file is told where they are in its rows.
fn headers(files: &mut [TextFile], form: &CsvForm, cut: Cut) -> std::result::Result<Vec<String>, String> {
    let csv = Csv::new(form, 0);
    let mut names: Vec<String> = Vec::new();
    let mut own = Vec::with_capacity(files.len());
    let mut first: Option<&str> = None;
    for file in files.iter() {
        let header = match first_of(file, &form.encoding, cut)? {
            Some(chunk) => csv.header(&chunk.bytes).map_err(|what| format!("{}: {what}", file.name))?,
            None => Vec::new(),
        };
        let is_there = |(at, name): &(usize, &String)| header.iter().take(*at).any(|other| other == *name);
        if let Some((_, twice)) = header.iter().enumerate().find(is_there) {
            return Err(format!("{} has two columns {}", file.name, quoted(twice)));
        }
        // A part without a row has nothing to say.
        if let Some(first) = first.filter(|_| !header.is_empty()) {
            if !header.iter().any(|name| names.contains(name)) {
                return Err(format!(
                    "{first} and {} have no column in common: {} has {}; has it no header?",
                    file.name,
                    file.name,
                    header.iter().take(3).map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
                ));
            }
        } else if !header.is_empty() {
            first = Some(&file.name);
        }
        names.extend(header.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
        own.push(header);
    }
    if names.is_empty() {
        let file = files.first().map_or("the file", |file| file.name.as_str());
        return Err(format!("{file} is empty: it has not even a header"));
    }
    for (file, header) in files.iter_mut().zip(own) {
        let place = |name: &String| header.iter().position(|own| own == name);
        file.cells = (header != names).then(|| (names.iter().map(place).collect(), header.len()));
    }
    Ok(names)
}

/// The keys of JSON objects: those of the first ones, and of all if something is asked for that they do not have.
fn keys(files: &[TextFile], form: &JsonForm, cut: Cut, lines: bool) -> std::result::Result<Vec<String>, String> {
    let mut json = Json::new(Vec::new(), lines);
    let mut keys: Vec<String> = Vec::new();
    let mut learn = |chunk: &Chunk, keys: &mut Vec<String>| {
        let new = json.new_keys(chunk);
        if !new.is_empty() {
            keys.extend(new);
            json = Json::new(keys.clone(), lines);
        }
    };
    for file in files.iter().take(16) {
        if let Some(chunk) = first_of(file, "utf-8", cut)? {
            learn(&chunk, &mut keys);
        }
    }
    if form.names.iter().any(|name| !keys.contains(name)) {
        let all = Chunks::new(files.into(), "utf-8", cut);
        while let Some(chunk) = all.next()? {
            learn(&chunk, &mut keys);
        }
    }
    Ok(keys)
}

#[async_trait]
impl TableProvider for TextTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let all: Vec<usize> = (0..self.schema.fields().len()).collect();
        let wanted = projection.unwrap_or(&all);
        let schema = Arc::new(self.schema.project(wanted)?);
        let size: u64 = self.files.iter().map(|file| file.size).sum();
        let threads = if size < SMALL { 1 } else { state.config().target_partitions().max(1) };
        let sources = wanted.iter().filter_map(|at| self.reader.sources.get(*at).copied()).collect();
        let parts = scan::parts(self, &schema, sources, threads);
        let exec = StreamingTableExec::try_new(schema, parts, None, [], false, limit)?;
        Ok(Arc::new(exec))
    }
}
