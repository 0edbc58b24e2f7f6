//! Parquet and Arrow files as one table.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};
use datafusion::arrow::ipc::reader::{FileReader, StreamReader};
use datafusion::catalog::{Session, TableProvider};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{ArrowSource, FileGroup, FileScanConfigBuilder, FileSource, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::object_store::{ObjectMeta, path::Path};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::reader::ChunkReader;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::scalar::ScalarValue;

use super::bucket::Footer;
use super::list::{At, Found};
use crate::io::data::files::FileForm;
use crate::source::words::quoted;

/// A table of files that know the types of their columns.
#[derive(Debug)]
pub(super) struct BinaryTable {
    files: Vec<PartitionedFile>,
    /// Where they are, in the words of the engine.
    store: ObjectStoreUrl,
    kind: Kind,
    schema: TableSchema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Parquet,
    ArrowFile,
    ArrowStream,
}

impl BinaryTable {
    /// The table of some files. Reads what each says of its columns.
    ///
    /// # Errors
    ///
    /// A file is damaged or none of its kind, or two disagree: a sentence that names them.
    pub(super) fn open(found: &[Found], form: &FileForm) -> std::result::Result<Self, String> {
        let mut columns = Columns::default();
        let mut kind = None;
        let mut files = Vec::with_capacity(found.len());
        for one in found {
            let name = quoted(&one.shown);
            if one.size == 0 {
                return Err(format!("{name} is empty: it has not even the columns of {}", form.name()));
            }
            let (own, schema) = match form {
                FileForm::Parquet => (Kind::Parquet, parquet(one)),
                _ => arrow(one),
            };
            let schema = schema.map_err(|what| format!("{name} {what}"))?;
            if kind.is_some_and(|kind| kind != own) {
                return Err(format!("{name} is an Arrow stream and others are Arrow files, or the other way round"));
            }
            kind = Some(own);
            columns.add(&viewed(&schema, own), &name)?;
            files.push(file(one).map_err(|error| format!("{name} can't be read: {error}"))?);
        }
        let keys = found.first().map(|found| found.partitions.as_slice()).unwrap_or_default();
        // A column of the files themselves knows better.
        let own: Vec<bool> = keys.iter().map(|(key, _)| !columns.places.contains_key(key)).collect();
        for file in &mut files {
            let mut own = own.iter();
            file.partition_values.retain(|_| own.next().is_some_and(|own| *own));
        }
        let keys = keys.iter().zip(&own).filter(|(_, own)| **own);
        let partitions: Vec<FieldRef> =
            keys.map(|((key, _), _)| Arc::new(Field::new(key, DataType::Utf8, true))).collect();
        let schema =
            TableSchema::builder(Arc::new(Schema::new(columns.fields))).with_table_partition_cols(partitions).build();
        let store = match found.first().map(|found| &found.at) {
            Some(At::Bucket(store, _)) => store.url.clone(),
            _ => ObjectStoreUrl::local_filesystem(),
        };
        Ok(Self { files, store, kind: kind.unwrap_or(Kind::Parquet), schema })
    }

    /// Whether a column is a key of the folders.
    pub(super) fn is_of_folders(&self, column: &str) -> bool {
        self.schema.table_partition_cols().iter().any(|key| key.name() == column)
    }

    fn source(&self) -> Arc<dyn FileSource> {
        match self.kind {
            Kind::Parquet => Arc::new(ParquetSource::new(self.schema.clone())),
            Kind::ArrowFile => Arc::new(ArrowSource::new_file_source(self.schema.clone())),
            Kind::ArrowStream => Arc::new(ArrowSource::new_stream_file_source(self.schema.clone())),
        }
    }
}

/// The columns of all files together.
#[derive(Default)]
struct Columns {
    fields: Vec<FieldRef>,
    /// Where each is, and the file that had it first.
    places: HashMap<String, (usize, String)>,
}

impl Columns {
    fn add(&mut self, schema: &Schema, file: &str) -> std::result::Result<(), String> {
        for field in schema.fields() {
            let Some((at, first)) = self.places.get(field.name()) else {
                self.places.insert(field.name().clone(), (self.fields.len(), file.to_owned()));
                let missing_elsewhere = !self.places.is_empty() && self.places.values().any(|(_, other)| other != file);
                let nullable = field.is_nullable() || missing_elsewhere;
                self.fields.push(Arc::new(field.as_ref().clone().with_nullable(nullable)));
                continue;
            };
            let Some(known) = self.fields.get_mut(*at) else { continue };
            let own = field;
            if let Some(wider) = wider(known.data_type(), own.data_type()) {
                *known = Arc::new(known.as_ref().clone().with_data_type(wider));
            } else {
                return Err(format!(
                    "{first} and {file} disagree about the column {}: {} and {}",
                    quoted(field.name()),
                    super::types::name(known.data_type()),
                    super::types::name(own.data_type())
                ));
            }
            if field.is_nullable() && !known.is_nullable() {
                *known = Arc::new(known.as_ref().clone().with_nullable(true));
            }
        }
        // What the others have and this one has not is null there.
        for known in &mut self.fields {
            if !known.is_nullable() && schema.field_with_name(known.name()).is_err() {
                *known = Arc::new(known.as_ref().clone().with_nullable(true));
            }
        }
        Ok(())
    }
}

/// The type that has all values of two; `None` where none of the two does. A column grows while a table does.
fn wider(one: &DataType, other: &DataType) -> Option<DataType> {
    let width = |kind: &DataType| kind.primitive_width();
    let is_family = (one.is_signed_integer() && other.is_signed_integer())
        || (one.is_unsigned_integer() && other.is_unsigned_integer())
        || (one.is_floating() && other.is_floating());
    match (one, other) {
        _ if one == other => Some(one.clone()),
        // A part without a value in the column tells nothing of it, and a dictionary is one way to store values.
        (DataType::Null, kind) | (kind, DataType::Null) => Some(kind.clone()),
        (DataType::Dictionary(_, value), kind) | (kind, DataType::Dictionary(_, value)) => wider(value, kind),
        _ if is_family => Some(if width(one) < width(other) { other.clone() } else { one.clone() }),
        (DataType::Decimal128(whole, scale), DataType::Decimal128(other_whole, other_scale))
            if scale == other_scale =>
        {
            Some(DataType::Decimal128(*whole.max(other_whole), *scale))
        }
        _ => None,
    }
}

/// The columns as they are read: text of Parquet as views, which saves a copy.
fn viewed(schema: &Schema, kind: Kind) -> Schema {
    let view = |field: &FieldRef| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 if kind == Kind::Parquet => {
            Arc::new(field.as_ref().clone().with_data_type(DataType::Utf8View))
        }
        _ => Arc::clone(field),
    };
    Schema::new(schema.fields().iter().map(view).collect::<Vec<_>>())
}

fn file(found: &Found) -> Result<PartitionedFile> {
    let meta = match &found.at {
        At::Bucket(_, meta) => meta.clone(),
        At::Disk(path) => {
            let location = Path::from_absolute_path(std::path::absolute(path)?)
                .map_err(|error| DataFusionError::External(Box::new(error)))?;
            let last_modified = std::fs::metadata(path)?.modified()?.into();
            ObjectMeta { location, last_modified, size: found.size, e_tag: None, version: None }
        }
    };
    let values = found.partitions.iter().map(|(_, value)| ScalarValue::Utf8(value.clone()));
    Ok(PartitionedFile::new_from_meta(meta).with_partition_values(values.collect()))
}

/// What a Parquet file says of its columns, to follow its name where it does not.
fn parquet(found: &Found) -> std::result::Result<SchemaRef, String> {
    let unread = |error: std::io::Error| format!("can't be read: {error}");
    match &found.at {
        At::Disk(path) => parquet_in(File::open(path).map_err(unread)?, found),
        At::Bucket(store, meta) => parquet_in(Footer::read(store, meta).map_err(unread)?, found),
    }
}

fn parquet_in(file: impl ChunkReader + 'static, found: &Found) -> std::result::Result<SchemaRef, String> {
    match ParquetRecordBatchReaderBuilder::try_new(file) {
        Ok(reader) => Ok(Arc::clone(reader.schema())),
        Err(error) if starts_with(found, b"PAR1") => Err(format!(
            "is cut off or damaged: it begins as Parquet and does not end as such ({}); copy or write it again",
            plain(&error.to_string())
        )),
        Err(_) => Err("is no Parquet file: it does not begin with `PAR1`".to_owned()),
    }
}

/// What an Arrow file says of its columns, to follow its name where it does not.
fn arrow(found: &Found) -> (Kind, std::result::Result<SchemaRef, String>) {
    if !starts_with(found, ARROW) {
        let schema = first_message(found).map_err(|what| match what {
            Unread::File(what) => what,
            Unread::Message(_) => "is no Arrow file and no Arrow stream".to_owned(),
        });
        return (Kind::ArrowStream, schema);
    }
    let damaged = |what: String| {
        format!("is cut off or damaged: it begins as Arrow and does not end as such ({what}); copy or write it again")
    };
    let schema = match &found.at {
        At::Disk(path) => File::open(path).map_err(|error| format!("can't be read: {error}")).and_then(|file| {
            let reader = FileReader::try_new(BufReader::new(file), None);
            reader.map(|reader| reader.schema()).map_err(|error| damaged(plain(&error.to_string())))
        }),
        // The end is far away; the columns are told at the beginning as well.
        At::Bucket(..) => first_message(found).map_err(|what| match what {
            Unread::File(what) => what,
            Unread::Message(what) => damaged(what),
        }),
    };
    (Kind::ArrowFile, schema)
}

/// How an Arrow file begins. Zeros fill it up, to eight bytes or to a line of memory.
const ARROW: &[u8] = b"ARROW1";

enum Unread {
    File(String),
    Message(String),
}

/// The columns by the message with which an Arrow stream begins, and a file behind its first bytes.
fn first_message(found: &Found) -> std::result::Result<SchemaRef, Unread> {
    let unread = |error: std::io::Error| Unread::File(format!("can't be read: {error}"));
    let mut file = BufReader::new(found.at.open().map_err(unread)?);
    let start = file.fill_buf().map_err(unread)?;
    if let Some(rest) = start.strip_prefix(ARROW) {
        let zeros = rest.iter().take_while(|byte| **byte == 0).count();
        file.consume(ARROW.len() + zeros);
    }
    let reader = StreamReader::try_new(file, None);
    reader.map(|reader| reader.schema()).map_err(|error| Unread::Message(plain(&error.to_string())))
}

fn plain(text: &str) -> String {
    let text = text.split_once(": ").map_or(text, |(_, rest)| rest);
    text.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn starts_with(found: &Found, magic: &[u8]) -> bool {
    let mut start = Vec::new();
    let read = found.at.open().and_then(|file| file.take(magic.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == magic
}

#[async_trait]
impl TableProvider for BinaryTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(self.schema.table_schema())
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
        // A file for each thread in turn; the planner cuts large ones.
        let threads = state.config().target_partitions().clamp(1, self.files.len().max(1));
        let mut groups: Vec<Vec<PartitionedFile>> = vec![Vec::new(); threads];
        for (at, file) in self.files.iter().enumerate() {
            if let Some(group) = groups.get_mut(at % threads) {
                group.push(file.clone());
            }
        }
        let config = FileScanConfigBuilder::new(self.store.clone(), self.source())
            .with_file_groups(groups.into_iter().map(FileGroup::new).collect())
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}
