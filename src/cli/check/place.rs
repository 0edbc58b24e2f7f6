//! Where the data of a source lies: opened, and with the tables that it names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::ask::Context;
use super::{files, postgres};
use crate::check::data::Dialect;
use crate::check::setting;
use crate::io::data::files::FileForm;
use crate::io::data::sqlite::Sqlite;
use crate::io::data::{Database, Trouble};
use crate::io::env::fill;
use crate::io::fs;
use crate::model::{Contract, Dataset, Literal, Source};
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

/// Opens the place of a source.
pub(super) fn open(context: &Context<'_>, contract: &Contract, source: &Source) -> Result<Place, Trouble> {
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
pub(super) fn named_by<'a>(source: &'a Source, dataset: &Dataset) -> Option<&'a str> {
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
pub(super) fn no_table(name: &str, there: &[String]) -> Trouble {
    let near = nearest(name, there.iter().map(String::as_str)).map(|name| format!("; there is {}", quoted(name)));
    Trouble::Lost(format!("there is no table {}, which the source names{}", quoted(name), near.unwrap_or_default()))
}
