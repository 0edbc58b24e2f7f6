//! The tables of a contract as they are there, and what stands for the fields in them.

use std::collections::BTreeMap;

use super::ask::Context;
use super::files;
use super::neighbours::{Neighbours, neighbours, relations};
use super::place::{Place, named_by, no_table, table_of};
use crate::check::data::{Denied, Dialect, Live, Relation};
use crate::check::{Column, SchemaAnswer, Table};
use crate::io::data::files::FileForm;
use crate::io::data::{Cell, Database, Enforced, LiveColumn, Trouble, Values, parts};
use crate::model::{Contract, Dataset, Field, Source};

/// The tables of a contract, as far as they are there.
#[derive(Default)]
pub(super) struct Tables<'a> {
    pub(super) schema: SchemaAnswer,
    pub(super) relations: BTreeMap<&'a str, Relation>,
    pub(super) columns: BTreeMap<&'a str, Vec<LiveColumn>>,
    /// Those that are there and may not be read.
    pub(super) closed: BTreeMap<&'a str, Relation>,
    /// What the database sees to by itself.
    pub(super) enforced: BTreeMap<&'a str, Enforced>,
    /// Why there is nothing to look at, by dataset.
    pub(super) lost: BTreeMap<String, String>,
    /// Of other contracts.
    pub(super) neighbours: Neighbours,
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

pub(super) fn tables<'a>(
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
