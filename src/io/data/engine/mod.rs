//! Files that answer SQL, by an embedded engine. The only folder that names it.

mod binary;
mod bucket;
mod cells;
mod duplicates;
mod functions;
mod list;
mod text;
mod threads;
mod trouble;
mod types;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use datafusion::catalog::TableProvider;
use datafusion::common::TableReference;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt;

use self::binary::BinaryTable;
use self::bucket::Stores;
use self::list::Found;
use self::text::TextTable;
use self::threads::Threads;
use super::files::{FileForm, FileTable, FilesAt, Limits};
use super::{Cell, Database, LiveColumn, Trouble, Values};
use crate::io::data::files::BrokenRows;
use crate::source::words::quoted;

/// Tables in files. Nothing is opened and no thread runs before the first question.
#[derive(Debug)]
pub struct Files {
    tables: HashMap<String, FileTable>,
    limits: Limits,
    engine: Option<Engine>,
}

#[derive(Debug)]
struct Engine {
    /// Those of buckets; none before the first is looked at. Given up before the runtime, whose threads may wait for them.
    stores: Option<Stores>,
    runtime: Threads,
    context: Session,
    open: HashMap<String, Result<Opened, Trouble>>,
}

/// The session, which has nothing to show.
#[derive(Clone)]
struct Session(SessionContext);

impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Session")
    }
}

#[derive(Debug, Clone)]
enum Opened {
    Text(Arc<TextTable>),
    Binary(Arc<BinaryTable>),
}

impl Opened {
    fn provider(&self) -> Arc<dyn TableProvider> {
        match self {
            Self::Text(table) => Arc::clone(table) as _,
            Self::Binary(table) => Arc::clone(table) as _,
        }
    }

    fn columns(&self) -> Vec<LiveColumn> {
        match self {
            Self::Text(table) => table.columns(),
            Self::Binary(table) => {
                let schema = table.schema();
                let columns = schema.fields().iter().map(|field| {
                    if table.is_of_folders(field.name()) {
                        return untyped(field.name(), Values::Text);
                    }
                    // Most writers say of all columns that they may be null: the values tell more.
                    let physical = types::name(field.data_type());
                    LiveColumn { name: field.name().clone(), physical, ..LiveColumn::default() }
                });
                columns.collect()
            }
        }
    }
}

/// A column without a type.
fn untyped(name: &str, values: Values) -> LiveColumn {
    LiveColumn { name: name.to_owned(), physical: "varchar".to_owned(), values, ..LiveColumn::default() }
}

impl Files {
    /// Tables by their names in SQL.
    pub fn new(tables: Vec<FileTable>, limits: Limits) -> Self {
        let tables = tables.into_iter().map(|table| (table.name.clone(), table)).collect();
        Self { tables, limits, engine: None }
    }

    fn engine(&mut self) -> Result<&mut Engine, Trouble> {
        if self.engine.is_none() {
            self.engine = Some(Engine::start(self.limits)?);
        }
        self.engine.as_mut().ok_or_else(|| Trouble::Lost("the engine did not start".to_owned()))
    }

    /// The table of a name; `None` where there is none.
    fn opened(&mut self, name: &str) -> Result<Option<Opened>, Trouble> {
        let Some(table) = self.tables.get(name).cloned() else { return Ok(None) };
        let limits = self.limits;
        let engine = self.engine()?;
        if let Some(opened) = engine.open.get(name) {
            return opened.clone().map(Some);
        }
        let opened = engine.listing(&table, limits).and_then(|list| open(table, list, limits));
        if let Ok(opened) = &opened {
            let registered = engine.context.0.register_table(TableReference::bare(name), opened.provider());
            registered.map_err(|error| trouble::of(&error, 0))?;
        }
        engine.open.insert(name.to_owned(), opened.clone());
        opened.map(Some)
    }

    /// Opens the tables that a query may name, so that the engine knows them; those that can't be opened are left out.
    fn open_all(&mut self) {
        let names: Vec<String> = self.tables.keys().cloned().collect();
        for name in names {
            // What is wrong with it is told to whoever asks for it.
            let _ = self.opened(&name);
        }
    }
}

/// A panic within a library is a sentence, too.
fn guarded<T>(open: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)).unwrap_or_else(|_| {
        Err(Trouble::Lost("the reader of the files gave up on them; they may be damaged".to_owned()))
    })
}

/// Finds the files of a table.
type Listing = Box<dyn FnOnce() -> Result<Vec<Found>, Trouble> + Send>;

/// Opens a table, which may take long where its files are in a bucket.
fn open(table: FileTable, list: Listing, limits: Limits) -> Result<Opened, Trouble> {
    let form = table.form;
    let open = move || {
        let found = list()?;
        match form {
            FileForm::Parquet | FileForm::Arrow => {
                BinaryTable::open(&found, &form).map(|table| Opened::Binary(Arc::new(table)))
            }
            _ => TextTable::open(&found, &form).map(|table| Opened::Text(Arc::new(table))),
        }
        .map_err(Trouble::Lost)
    };
    let (FilesAt::Bucket(_), Some(deadline)) = (&table.at, limits.deadline) else { return guarded(open) };
    let (sender, receiver) = mpsc::channel();
    // It ends by itself: each of its requests has an end.
    std::thread::spawn(move || drop(sender.send(guarded(open))));
    receiver.recv_timeout(deadline).unwrap_or_else(|_| {
        Err(Trouble::TimedOut(format!(
            "looking at its files in the bucket took longer than {}; `--timeout` gives it more",
            seconds(deadline)
        )))
    })
}

impl Engine {
    fn start(limits: Limits) -> Result<Self, Trouble> {
        let failed = |what: String| Trouble::Lost(format!("the engine for files did not start: {what}"));
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = limits.threads.unwrap_or(cores).max(1);
        let runtime = Threads::start("pact-files", threads).map_err(|error| failed(error.to_string()))?;
        let memory = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)));
        let memory = memory.build_arc().map_err(|error| failed(error.to_string()))?;
        let mut config = SessionConfig::new().with_target_partitions(threads).with_information_schema(false);
        let options = config.options_mut();
        options.sql_parser.dialect = datafusion::common::config::Dialect::PostgreSQL;
        // As standard SQL has it: 0.1 is a tenth, and no double that is near it.
        options.sql_parser.parse_float_as_decimal = true;
        options.execution.time_zone = Some("+00:00".to_owned());
        options.execution.parquet.pushdown_filters = false;
        let context = Session(SessionContext::new_with_config_rt(config, memory));
        functions::register(&context.0);
        duplicates::register(&context.0);
        Ok(Self { stores: None, runtime, context, open: HashMap::new() })
    }

    /// What finds the files of a table.
    fn listing(&mut self, table: &FileTable, limits: Limits) -> Result<Listing, Trouble> {
        let form = table.form.clone();
        match &table.at {
            FilesAt::Disk { path, within } => {
                let (path, within) = (path.clone(), within.clone());
                Ok(Box::new(move || list::files(&path, within.as_deref(), &form)))
            }
            FilesAt::Bucket(bucket) => {
                let stores = match &mut self.stores {
                    Some(stores) => stores,
                    none => none.insert(Stores::start(limits.deadline)?),
                };
                let (store, is_new) = stores.of(bucket)?;
                if is_new {
                    self.context.0.register_object_store(store.url.as_ref(), Arc::clone(&store.inner));
                }
                let bucket = bucket.clone();
                Ok(Box::new(move || bucket::files(&store, &bucket, &form)))
            }
        }
    }

    /// Why a table that a query names could not be opened.
    fn cause(&self, sql: &str) -> Option<Trouble> {
        let closed = self.open.iter().filter(|(name, _)| sql.contains(name.as_str()));
        closed.into_iter().find_map(|(_, opened)| opened.as_ref().err().cloned())
    }

    fn rows(&self, sql: &str, most: usize, limits: Limits) -> Result<Vec<Vec<Cell>>, Trouble> {
        let (context, sql) = (self.context.0.clone(), sql.to_owned());
        // On a thread of the runtime, whose stack is large and whose panics come back as errors.
        let query = self.runtime.spawn(async move { answer(&context, &sql, most).await });
        let stop = query.abort_handle();
        match self.runtime.block_on(within(limits, query)) {
            Ok(Ok(answer)) => answer.map_err(|error| trouble::of(&error, limits.memory)),
            Ok(Err(_)) => Err(gave_up()),
            Err(late) => {
                stop.abort();
                Err(late)
            }
        }
    }
}

/// Waits for something as long as it may take.
async fn within<T>(limits: Limits, work: impl Future<Output = T>) -> Result<T, Trouble> {
    let Some(deadline) = limits.deadline else { return Ok(work.await) };
    let late = |_| {
        let longest = seconds(deadline);
        Trouble::TimedOut(format!(
            "it took longer than {longest}; `--timeout 10m` gives it more, and `--sample` less to do"
        ))
    };
    tokio::time::timeout(deadline, work).await.map_err(late)
}

/// What is said of a panic within the engine.
fn gave_up() -> Trouble {
    Trouble::Refused("the engine for files gave up on the query".to_owned())
}

fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        1.0 => "a second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

async fn answer(context: &SessionContext, sql: &str, most: usize) -> Result<Vec<Vec<Cell>>, DataFusionError> {
    let reading = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let frame = context.sql_with_options(sql, reading).await?;
    let mut batches = frame.execute_stream().await?;
    let mut rows = Vec::new();
    while rows.len() < most {
        let Some(batch) = batches.next().await else { break };
        cells::append(&batch?, most, &mut rows)?;
    }
    Ok(rows)
}

impl Database for Files {
    fn columns(&mut self, table: &str) -> Result<Option<Vec<LiveColumn>>, Trouble> {
        Ok(self.opened(table)?.map(|opened| opened.columns()))
    }

    fn tables(&mut self) -> Result<Vec<String>, Trouble> {
        let mut names: Vec<String> = self.tables.keys().take(100).cloned().collect();
        names.sort_unstable();
        Ok(names)
    }

    fn define(&mut self, name: &str, query: &str) -> Result<(), Trouble> {
        self.open_all();
        let engine = self.engine()?;
        let (context, name, query) = (engine.context.0.clone(), name.to_owned(), query.to_owned());
        let defined = engine.runtime.block_on(engine.runtime.spawn(async move {
            let view = context.sql(&query).await?.into_view();
            context.register_table(TableReference::bare(name), view).map(|_| ())
        }));
        defined.map_err(|_| gave_up())?.map_err(|error| trouble::of(&error, 0))
    }

    fn each(&mut self, sql: &str, visit: &mut dyn FnMut(Vec<Cell>) -> ControlFlow<()>) -> Result<(), Trouble> {
        self.open_all();
        let limits = self.limits;
        let engine = self.engine()?;
        let (context, sql) = (engine.context.0.clone(), sql.to_owned());
        // Planned on a thread of the runtime, whose stack is large; what comes back is read here.
        let query = engine.runtime.spawn(async move { context.sql(&sql).await?.execute_stream().await });
        let shown = engine.runtime.block_on(async {
            let read = async {
                let mut batches =
                    query.await.map_err(|_| gave_up())?.map_err(|error| trouble::of(&error, limits.memory))?;
                while let Some(batch) = batches.next().await {
                    let mut rows = Vec::new();
                    let added = batch.and_then(|batch| Ok(cells::append(&batch, usize::MAX, &mut rows)?));
                    added.map_err(|error| trouble::of(&error, limits.memory))?;
                    if rows.into_iter().any(|row| visit(row).is_break()) {
                        break;
                    }
                }
                Ok(())
            };
            within(limits, read).await
        });
        shown?
    }

    fn is_made_of(&self, path: &Path) -> bool {
        let Ok(real) = path.canonicalize() else { return false };
        let is_same = |found: &Found| match &found.at {
            list::At::Disk(path) => path.canonicalize().is_ok_and(|path| path == real),
            list::At::Bucket(..) => false,
        };
        self.tables.values().any(|table| match &table.at {
            FilesAt::Disk { path, within } => {
                list::files(path, within.as_deref(), &table.form).is_ok_and(|found| found.iter().any(is_same))
            }
            FilesAt::Bucket(_) => false,
        })
    }

    fn write_parquet(&mut self, sql: &str, path: &Path) -> Result<u64, Trouble> {
        self.open_all();
        let limits = self.limits;
        let engine = self.engine()?;
        let context = engine.context.0.clone();
        let growing = path.with_extension(format!("{}.tmp.parquet", std::process::id()));
        let sql = format!("COPY ({sql}) TO '{}' STORED AS PARQUET", growing.to_string_lossy().replace('\'', "''"));
        let query = engine.runtime.spawn(async move { context.sql(&sql).await?.collect().await });
        let written = engine.runtime.block_on(within(limits, query))?.map_err(|_| gave_up());
        let count = written.and_then(|batches| {
            let batches = batches.map_err(|error| trouble::of(&error, limits.memory))?;
            let mut rows = Vec::new();
            for batch in &batches {
                cells::append(batch, 1, &mut rows).map_err(|error| trouble::of(&error.into(), limits.memory))?;
            }
            match rows.first().and_then(|row| row.first()) {
                Some(Cell::Int(count)) => Ok(u64::try_from(*count).unwrap_or_default()),
                _ => Ok(0),
            }
        });
        // No rows are no file for the engine; half a file is none for us.
        let placed = count.and_then(|count| {
            let moved = if growing.exists() { std::fs::rename(&growing, path) } else { Ok(()) };
            moved.map_err(|error| {
                Trouble::Refused(format!("{} can't be written: {error}", quoted(&path.to_string_lossy())))
            })?;
            Ok(count)
        });
        if placed.is_err() {
            // What went wrong first is what is told.
            let _ = std::fs::remove_file(&growing);
        }
        placed
    }

    fn rows(&mut self, sql: &str, most: usize) -> Result<Vec<Vec<Cell>>, Trouble> {
        self.open_all();
        let limits = self.limits;
        let engine = self.engine()?;
        engine.rows(sql, most, limits).map_err(|trouble| match trouble {
            // Why a table is missing is worth more than that it is.
            Trouble::Refused(_) => engine.cause(sql).unwrap_or(trouble),
            other => other,
        })
    }

    fn broken_rows(&mut self, table: &str) -> Result<BrokenRows, Trouble> {
        let Some(Opened::Text(text)) = self.opened(table)? else { return Ok(BrokenRows::default()) };
        if let Some(known) = text.broken() {
            return Ok(known);
        }
        self.rows(&format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\"")), 1)?;
        Ok(text.broken().unwrap_or_default())
    }
}
