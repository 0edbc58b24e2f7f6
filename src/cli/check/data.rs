//! Looks at data itself: asks a database what the contract and its consumers expect, in as few queries as can be.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::ask::Context;
use super::asking::{Asking, is_personal};
use super::enforced::is_enforced;
use super::neighbours::{Neighbours, neighbours, of, relations};
use super::split::Rows;
use super::{files, postgres};
use crate::check::data::{
    Denied, Dialect, Expectation, Live, Memory, Queries, Relation, Wanted, expectations, queries, sorts_rows,
};
use crate::check::{
    Answer, Ask, Column, Completeness, DataAnswer, DatasetAnswer, DatasetMetrics, Failure, FailureKind, Measured,
    Metrics, Observation, SchemaAnswer, Table, setting,
};
use crate::io::clock;
use crate::io::data::files::FileForm;
use crate::io::data::sqlite::Sqlite;
use crate::io::data::{Cell, Database, Enforced, LiveColumn, Trouble, Values, parts};
use crate::io::env::fill;
use crate::io::fs;
use crate::model::{Contract, Dataset, Field, Literal, Metric, Source, Subscriber};
use crate::source::words::{nearest, quoted};

/// An open place where data lies.
pub(super) struct Place {
    pub(super) database: Box<dyn Database>,
    pub(super) dialect: Dialect,
    /// How the files are written, by dataset, where it is files.
    pub(super) forms: BTreeMap<String, FileForm>,
    /// The same of datasets of other contracts, by their names in SQL, or why it can't be told.
    pub(super) neighbours: BTreeMap<String, Result<FileForm, Trouble>>,
}

/// What is asked of the data of a contract, with what came back.
pub(super) fn observe(context: &Context<'_>, contract: &Contract, source: &Source) -> Vec<Observation> {
    let shown = shown(source);
    let started = clock::now();
    let answers = open(context, contract, source).and_then(|mut place| look(context, contract, source, &mut place));
    let answers = match answers {
        Ok(answers) => answers,
        Err(trouble) => {
            let failed = |_: &Ask| Answer::Failed(failure(&trouble, &shown));
            [Ask::Schema, Ask::Metrics, Ask::Data].iter().map(failed).collect()
        }
    };
    let asks = [Ask::Schema, Ask::Metrics, Ask::Data];
    let observation =
        |(ask, answer)| Observation { ask, url: shown.clone(), asked_at: started, elapsed: since(started), answer };
    asks.into_iter().zip(answers).map(observation).collect()
}

fn since(started: Timestamp) -> SignedDuration {
    clock::now().duration_since(started)
}

/// A source as it may be shown and recorded: without what the environment fills in.
pub(super) fn shown(source: &Source) -> String {
    let place =
        ["path", "location", "url", "host"].iter().find_map(|key| setting(source, key)).unwrap_or(&source.environment);
    let port = postgres::port(source).map_or_else(String::new, |port| format!(":{port}"));
    format!("{}:{}{port}", source.kind, without_secrets(place))
}

/// An address without who asks, and without what stands behind a question mark.
fn without_secrets(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else { return place.to_owned() };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split_once('?').map_or(rest, |(host, _)| host);
    format!("{scheme}://{rest}")
}

fn failure(trouble: &Trouble, shown: &str) -> Failure {
    let kind = match trouble {
        Trouble::Mistaken(_) => FailureKind::NotAsked,
        Trouble::Lost(_) => FailureKind::Unreachable,
        Trouble::Denied(_) | Trouble::Refused(_) | Trouble::OutOfMemory(_) => FailureKind::Unexpected,
        Trouble::Locked(_) | Trouble::TimedOut(_) => FailureKind::TimedOut,
    };
    Failure { kind, detail: format!("{} ({shown})", trouble.reason()) }
}

fn open(context: &Context<'_>, contract: &Contract, source: &Source) -> Result<Place, Trouble> {
    if let Some(trouble) = unknown_dataset(contract, source) {
        return Err(trouble);
    }
    let timeout = context.config.timeout.unsigned_abs().min(context.left());
    if timeout.is_zero() {
        return Err(Trouble::Lost(
            "the run has taken as long as it may, and nothing was asked; give more with --deadline".to_owned(),
        ));
    }
    let place_of = |database, dialect| Place { database, dialect, forms: BTreeMap::new(), neighbours: BTreeMap::new() };
    match source.kind.as_str() {
        "sqlite" => {
            let (path, shown) = path(context, source)?;
            Ok(place_of(Box::new(Sqlite::open(&path, &shown, timeout)?), Dialect::Sqlite))
        }
        "postgres" => Ok(place_of(Box::new(postgres::open(context, source, timeout)?), Dialect::Postgres)),
        _ => files::open(context, contract, source, timeout),
    }
}

/// The file of a source. A contract may come from anybody: what it names has to lie in the repository, unless the environment
/// says where it is.
fn path(context: &Context<'_>, source: &Source) -> Result<(PathBuf, String), Trouble> {
    let written = setting(source, "path")
        .or_else(|| setting(source, "database"))
        .ok_or_else(|| Trouble::Mistaken(format!("its source for {} has no `path`", quoted(&source.environment))))?;
    path_of(context, written)
}

/// A path as a contract writes it, with its variables filled in, and as it may be shown.
pub(super) fn path_of(context: &Context<'_>, written: &str) -> Result<(PathBuf, String), Trouble> {
    let filled = fill(written).map_err(|error| Trouble::Mistaken(error.to_string()))?;
    let root = &context.workspace.root;
    let path = fs::normalized(&root.join(&filled));
    if !is_ours(written) && !fs::lies_in(&path, root) {
        return Err(Trouble::Mistaken(format!(
            "{} lies outside the repository; let a variable say where it is whose name begins with `PACT_`: \
             `${{PACT_DATA}}/shop.db`",
            quoted(written)
        )));
    }
    Ok((path, written.to_owned()))
}

/// Whether whoever runs pact has said where a file is: in a variable that is there for nothing else, without a default of the
/// contract, and without a way out of the folder that it names.
pub(super) fn is_ours(path: &str) -> bool {
    let rest = path.strip_prefix("${PACT_").and_then(|rest| rest.split_once('}'));
    rest.is_some_and(|(name, behind)| !name.contains(':') && !behind.split(['/', '\\']).any(|part| part == ".."))
}

/// The table of a dataset.
pub(super) fn table_of(source: &Source, dataset: &Dataset) -> String {
    let named = named_by(source, dataset).or(dataset.physical_name.as_deref());
    named.unwrap_or(&dataset.name).to_owned()
}

/// The table that the source itself names for a dataset.
fn named_by<'a>(source: &'a Source, dataset: &Dataset) -> Option<&'a str> {
    table_in(source, dataset).or_else(|| setting(source, "table"))
}

/// The table, or the file, that the source names for a dataset beside others.
pub(super) fn table_in<'a>(source: &'a Source, dataset: &Dataset) -> Option<&'a str> {
    let (_, tables) = source.settings.iter().find(|(key, _)| key == "tables")?;
    match tables {
        Literal::Map(tables) => tables.iter().find(|(name, _)| *name == dataset.name)?.1.text(),
        _ => None,
    }
}

/// A name in `tables` that is none of a dataset: what it says would do nothing.
fn unknown_dataset(contract: &Contract, source: &Source) -> Option<Trouble> {
    let (_, Literal::Map(tables)) = source.settings.iter().find(|(key, _)| key == "tables")? else { return None };
    let names = || contract.datasets.iter().map(|dataset| dataset.name.as_str());
    let (unknown, _) = tables.iter().find(|(name, _)| !names().any(|dataset| dataset == name))?;
    let near = nearest(unknown, names()).map(|name| format!("; did you mean {}?", quoted(name)));
    let environment = quoted(&source.environment);
    Some(Trouble::Mistaken(format!(
        "its source for {environment} names a table of {}, which is no dataset of the contract{}",
        quoted(unknown),
        near.unwrap_or_default()
    )))
}

/// A source that names a table which is not there is wrong itself, whatever the tables are that are there.
fn no_table(name: &str, there: &[String]) -> Trouble {
    let near = nearest(name, there.iter().map(String::as_str)).map(|name| format!("; there is {}", quoted(name)));
    Trouble::Lost(format!("there is no table {}, which the source names{}", quoted(name), near.unwrap_or_default()))
}

/// Asks for the columns of every dataset, and for what its rows are like.
fn look(
    context: &Context<'_>,
    contract: &Contract,
    source: &Source,
    place: &mut Place,
) -> Result<Vec<Answer>, Trouble> {
    let tables = tables(context, contract, source, place)?;
    let (mut metrics, mut data) =
        (Metrics::default(), DataAnswer { lost: tables.lost.clone(), ..DataAnswer::default() });
    data.is_metadata_only = context.looking.metadata_only;
    data.is_choice = context.looking.is_choosing();
    for question in questions(context, contract, &tables, place.dialect) {
        let mut asking = Asking {
            place,
            wanted: question.wanted(),
            relation: question.relation,
            examples: context.looking.examples,
            found: DatasetAnswer::default(),
            hashes: BTreeMap::new(),
            locked: None,
            left: &|| context.left(),
        };
        asking.are_enforced(&question.enforced);
        if !context.looking.metadata_only {
            asking.all(&question.chosen)?;
        }
        let mut found = asking.found;
        let denied = question.relation.denied.iter();
        found.denied = denied.map(|one| (one.field.clone(), one.why.clone())).collect();
        if context.looking.is_choosing() {
            let chosen = question.chosen.iter().filter_map(|position| question.expectations.get(*position));
            let types = chosen.filter(|expectation| expectation.check == "type").filter_map(|one| one.field);
            found.chosen_fields = types.map(str::to_owned).collect();
        }
        if !context.looking.metadata_only {
            if place.forms.contains_key(&question.dataset.name) {
                let broken = place.database.broken_rows(&files::table(question.dataset))?;
                found.broken = Some(files::told(broken)).filter(|rows| rows.count > 0);
            }
            let measured = |position: &usize| {
                let id = question.expectations.get(*position).map(|expectation| expectation.id.as_str());
                id.is_some_and(|id| matches!(found.measured.get(id), Some(Measured::Number { .. })))
            };
            let chosen: Vec<usize> = question.chosen.iter().copied().filter(measured).collect();
            let columns = tables.columns.get(question.dataset.name.as_str()).map(Vec::as_slice).unwrap_or_default();
            let unanswered = question.chosen.iter().filter_map(|position| question.expectations.get(*position));
            let unanswered = unanswered
                .filter(|one| matches!(found.measured.get(&one.id), Some(Measured::Failed(_))) && sorts_rows(one));
            let rows = Rows { relation: question.relation, columns, unanswered: unanswered.map(|one| &*one.id).next() };
            context.heaps.add(place, question.wanted(), &chosen, &rows);
            metrics.datasets.insert(question.dataset.name.clone(), numbers(question.dataset, &found));
        }
        data.datasets.insert(question.dataset.name.clone(), found);
    }
    Ok(vec![Answer::Schema(tables.schema), Answer::Metrics(metrics), Answer::Data(data)])
}

/// The queries for a dataset.
pub(super) struct Asked<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) expectations: Vec<Expectation<'a>>,
    /// The positions of those that the database sees to by itself, which no query has to.
    pub(super) enforced: Vec<usize>,
    pub(super) queries: Queries,
}

/// The queries that would be asked. Only the columns of the tables are looked up.
pub(super) fn asked<'a>(
    context: &Context<'a>,
    contract: &'a Contract,
    source: &Source,
) -> Result<Vec<Asked<'a>>, Trouble> {
    let mut place = open(context, contract, source)?;
    let tables = tables(context, contract, source, &mut place)?;
    let all = questions(context, contract, &tables, place.dialect).into_iter().map(|question| {
        let queries = queries(question.wanted(), &question.chosen, question.relation, place.dialect, Memory::Enough);
        let Question { dataset, enforced, expectations, .. } = question;
        Asked { dataset, expectations, enforced, queries }
    });
    Ok(all.collect())
}

/// The tables of a contract, as far as they are there.
#[derive(Default)]
struct Tables<'a> {
    schema: SchemaAnswer,
    relations: BTreeMap<&'a str, Relation>,
    columns: BTreeMap<&'a str, Vec<LiveColumn>>,
    /// Those that are there and may not be read.
    closed: BTreeMap<&'a str, Relation>,
    /// What the database sees to by itself.
    enforced: BTreeMap<&'a str, Enforced>,
    /// Why there is nothing to look at, by dataset.
    lost: BTreeMap<String, String>,
    /// Of other contracts.
    neighbours: Neighbours,
}

impl<'a> Tables<'a> {
    /// Notes that the table of a dataset may not be read. What refers to it has the same reason.
    fn deny(&mut self, dataset: &'a Dataset, reason: String) {
        let denied = dataset.fields.iter().map(|field| Denied::in_postgres(field, "", &reason)).collect();
        let nothing = Relation { denied, ..Relation::default() };
        self.closed.insert(&dataset.name, nothing);
        self.lost.insert(dataset.name.clone(), reason);
    }

    /// Adds the table of a dataset. The types of columns that are `free` bind no value, and every value is looked at.
    fn add(&mut self, dataset: &'a Dataset, columns: Vec<LiveColumn>, relation: Relation, free: bool) {
        self.relations.insert(&dataset.name, relation);
        self.columns.insert(&dataset.name, columns.clone());
        let columns = as_counted(dataset, columns, free);
        self.schema.tables.insert(dataset.name.clone(), described(columns, free));
    }
}

fn tables<'a>(
    context: &Context<'_>,
    contract: &'a Contract,
    source: &Source,
    place: &mut Place,
) -> Result<Tables<'a>, Trouble> {
    let mut found = Tables::default();
    for dataset in &contract.datasets {
        if let Some(form) = place.forms.get(&dataset.name) {
            let table = files::table(dataset);
            let columns = match columns_of_files(&mut *place.database, dataset, &table, form) {
                Ok(columns) => columns,
                // Its neighbours are in other files.
                Err(Trouble::Lost(reason)) if contract.datasets.len() > 1 => {
                    found.lost.insert(dataset.name.clone(), reason);
                    continue;
                }
                Err(trouble) => return Err(trouble),
            };
            let relation = files::relation(dataset, &table, &columns, form, context.looking.sample);
            let others = files::others(dataset, &columns, place.dialect);
            place.database.define(&dataset.name, &relation.typed(&others, place.dialect))?;
            found.add(dataset, columns, relation, false);
            continue;
        }
        let table = table_of(source, dataset);
        let columns = match place.database.columns(&table) {
            Err(Trouble::Denied(reason)) => {
                found.deny(dataset, reason);
                continue;
            }
            columns => columns?,
        };
        if let Some(columns) = columns {
            let is_free = place.dialect == Dialect::Sqlite && !context.looking.metadata_only;
            let relation = relation(dataset, &table, &columns, place.dialect, context.looking.sample);
            found.add(dataset, columns, relation, is_free);
            // Where the catalogue of a database that only talks like PostgreSQL does not tell, all is counted.
            match place.database.enforced(&table) {
                Err(lost @ Trouble::Lost(_)) => return Err(lost),
                enforced => found.enforced.insert(&dataset.name, enforced.unwrap_or_default()),
            };
        } else if let Some(name) = named_by(source, dataset) {
            return Err(no_table(name, &place.database.tables()?));
        }
    }
    found.neighbours = relations(neighbours(contract, source, context.registry), source, place)?;
    if place.forms.is_empty() && found.relations.len() + found.closed.len() < contract.datasets.len() {
        for name in place.database.tables()? {
            found.schema.tables.entry(name).or_default();
        }
    }
    Ok(found)
}

/// The columns of files, with those that JSON has no need to have.
pub(super) fn columns_of_files(
    database: &mut dyn Database,
    dataset: &Dataset,
    table: &str,
    form: &FileForm,
) -> Result<Vec<LiveColumn>, Trouble> {
    let columns = database.columns(table)?.unwrap_or_default();
    if files::may_be_empty(form, &columns) {
        has_rows(database, table)?;
    }
    match files::misread(dataset, &columns, form) {
        Some(trouble) => Err(trouble),
        None => Ok(files::with_optional(dataset, columns, form)),
    }
}

/// Makes sure that there is something to check, if only lines that are no rows.
fn has_rows(database: &mut dyn Database, table: &str) -> Result<(), Trouble> {
    let rows = database.rows(&format!("SELECT count(*) AS c0 FROM {}", Dialect::DataFusion.name_of(table)), 1)?;
    let is_empty = matches!(rows.first().map(Vec::as_slice), Some([Cell::Int(0)]));
    if is_empty && database.broken_rows(table)?.count == 0 {
        return Err(Trouble::Lost("there is no record in its files, so nothing could be checked".to_owned()));
    }
    Ok(())
}

/// The rows of a dataset by its contract and its name, or why they are not at hand.
type Referred<'q> = Box<dyn Fn(&str, &str) -> Result<Relation, String> + 'q>;

/// What is asked of a dataset.
struct Question<'q, 'a> {
    dataset: &'a Dataset,
    relation: &'q Relation,
    expectations: Vec<Expectation<'a>>,
    /// The positions of those to ask for.
    chosen: Vec<usize>,
    /// The positions of those that the database sees to by itself.
    enforced: Vec<usize>,
    newest: Vec<&'a str>,
    referred: Referred<'q>,
}

impl Question<'_, '_> {
    fn wanted(&self) -> Wanted<'_> {
        let Self { dataset, expectations, newest, referred, .. } = self;
        Wanted { dataset, expectations, referred: &**referred, newest }
    }
}

fn questions<'q, 'a>(
    context: &Context<'a>,
    contract: &'a Contract,
    tables: &'q Tables<'a>,
    dialect: Dialect,
) -> Vec<Question<'q, 'a>> {
    let subscribers: Vec<&'a Subscriber> = context.registry.live_subscribers(contract, clock::today()).collect();
    let question = |dataset: &'a Dataset| {
        let relation = tables.relations.get(dataset.name.as_str())?;
        let expectations = expectations(contract, dataset, &subscribers, context.registry);
        let enforced = |one: &Expectation<'_>| is_enforced(one, contract, &dataset.name, &tables.enforced, dialect);
        let chosen = expectations.iter().enumerate().filter(|(_, one)| context.looking.chooses(dataset, one));
        let (enforced, chosen): (Vec<_>, Vec<_>) = chosen.partition(|(_, one)| enforced(one));
        let [chosen, enforced] =
            [chosen, enforced].map(|some| some.into_iter().map(|(position, _)| position).collect());
        let newest = timestamp_fields(contract, dataset, &subscribers);
        let referred = Box::new(move |other: &str, dataset: &str| {
            if other == contract.name {
                let own = tables.relations.get(dataset).or_else(|| tables.closed.get(dataset));
                return own.cloned().ok_or_else(|| format!("the rows of {} are not there", quoted(dataset)));
            }
            let there = tables.neighbours.get(&(other.to_owned(), dataset.to_owned()));
            there.cloned().unwrap_or_else(|| Err(format!("the rows of {} are not at hand", of(other, dataset))))
        });
        Some(Question { dataset, relation, expectations, chosen, enforced, newest, referred })
    };
    contract.datasets.iter().filter_map(question).collect()
}

/// Columns without what their types say, where that binds no value.
fn as_counted(dataset: &Dataset, mut columns: Vec<LiveColumn>, are_all_free: bool) -> Vec<LiveColumn> {
    for column in columns.iter_mut().filter(|column| are_all_free || column.values != Values::Typed) {
        if let Some(field) = dataset.fields.iter().find(|field| field.column_name() == column.name) {
            field.data_type.name().clone_into(&mut column.physical);
            column.nullable = None;
        }
    }
    columns
}

fn described(columns: Vec<LiveColumn>, are_all_free: bool) -> Table {
    let column = |live: LiveColumn| Column {
        is_counted: are_all_free || live.values != Values::Typed,
        name: live.name,
        physical: live.physical,
        declared: live.declared,
        nullable: live.nullable,
    };
    Table { columns: columns.into_iter().map(column).collect() }
}

/// The rows of a dataset, with its columns under the names of the contract.
pub(super) fn relation(
    dataset: &Dataset,
    table: &str,
    columns: &[LiveColumn],
    dialect: Dialect,
    sample: Option<u64>,
) -> Relation {
    let column_of = |field: &Field| columns.iter().find(|column| column.name == field.column_name());
    let denied = dataset.fields.iter().filter_map(|field| {
        let column = column_of(field)?;
        Some(Denied::in_postgres(field, &column.physical, column.denied.as_ref()?))
    });
    let live = |field: &Field| {
        let column = column_of(field).filter(|column| column.denied.is_none())?;
        if dialect == Dialect::Sqlite {
            return Some(Live::in_sqlite(field, &column.name));
        }
        Some(Live::in_postgres(field, &column.name, &column.physical))
    };
    let from = parts(table).iter().map(|part| dialect.name_of(part)).collect::<Vec<_>>().join(".");
    Relation {
        table: from.clone(),
        from,
        columns: dataset.fields.iter().filter_map(live).collect(),
        denied: denied.collect(),
        sample,
        place: None,
    }
}

/// The fields of a dataset whose newest value tells its age.
fn timestamp_fields<'a>(contract: &'a Contract, dataset: &'a Dataset, subscribers: &[&'a Subscriber]) -> Vec<&'a str> {
    let theirs = subscribers.iter().flat_map(|subscriber| &subscriber.overrides.quality);
    let all = dataset.quality.iter().chain(&contract.quality).chain(theirs);
    let named = all.filter(|quality| quality.metric == Metric::Freshness).filter_map(|quality| {
        let name = quality.measuring.as_ref()?.timestamp_field.as_deref()?;
        Some(name.strip_prefix(&format!("{}.", dataset.name)).unwrap_or(name))
    });
    // The newest value is shown and recorded.
    let mut fields: Vec<&str> = named.filter(|name| !dataset.field(name).is_some_and(is_personal)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// The numbers of a dataset as a service would tell them.
#[expect(clippy::cast_precision_loss, reason = "shares of counts beyond 2^53 are as rough as that")]
fn numbers(dataset: &Dataset, found: &DatasetAnswer) -> DatasetMetrics {
    let share = |filled: u64| found.rows.filter(|rows| *rows > 0).map(|rows| 100.0 * filled as f64 / rows as f64);
    let column = |name: &str| dataset.field(name).map_or(name, Field::column_name).to_owned();
    let completeness = Completeness {
        total_rows: found.rows,
        field_completeness: found.filled.iter().map(|(name, filled)| (column(name), share(*filled))).collect(),
        unreadable: BTreeMap::new(),
    };
    let row_count = found.sample_of.or(found.rows);
    DatasetMetrics { row_count, completeness: Some(completeness), ..DatasetMetrics::default() }
}
