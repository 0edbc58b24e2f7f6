//! Datasets of other contracts to which rows refer, where they are in the same place.

use std::collections::BTreeMap;

use super::place::{Place, table_of};
use super::tables::{columns_of_files, relation};
use super::{files, postgres};
use crate::check::data::{Dialect, Relation};
use crate::check::setting;
use crate::io::data::files::FileForm;
use crate::io::data::{Trouble, parts};
use crate::model::{Contract, Dataset, Registry, Source};
use crate::source::words::quoted;

/// A dataset of another contract.
pub(super) struct Neighbour<'a> {
    pub(super) contract: &'a Contract,
    pub(super) dataset: &'a Dataset,
    /// Where it is, or why it can't be looked at together with the contract that refers to it.
    pub(super) source: Result<&'a Source, String>,
}

/// The rows of datasets of other contracts, by contract and dataset, or why they are not at hand.
pub(super) type Neighbours = BTreeMap<(String, String), Result<Relation, String>>;

impl Neighbour<'_> {
    /// The name of its files in SQL, which no dataset of the contract itself has.
    pub(super) fn files(&self) -> String {
        format!("{}/{} files", self.contract.name, self.dataset.name)
    }

    fn shown(&self) -> String {
        quoted(&of(&self.contract.name, &self.dataset.name))
    }
}

/// How a dataset of another contract is called.
pub(super) fn of(contract: &str, dataset: &str) -> String {
    if contract == dataset { contract.to_owned() } else { format!("{contract}.{dataset}") }
}

/// The datasets of other contracts to which a contract refers, each once.
pub(super) fn neighbours<'a>(contract: &Contract, source: &Source, registry: &'a Registry) -> Vec<Neighbour<'a>> {
    let of_dataset = |dataset: &Dataset| {
        let fields = dataset.fields.iter().filter_map(|field| field.foreign_key_reference.clone());
        let keys = dataset.foreign_keys.iter();
        let keys = keys.filter_map(|key| Some(format!("{}.{}", key.references, key.referenced_fields.first()?)));
        fields.chain(keys).collect::<Vec<_>>()
    };
    let mut found: Vec<Neighbour<'a>> = Vec::new();
    for reference in contract.datasets.iter().flat_map(of_dataset) {
        let Ok((other, dataset, _)) = registry.resolve(&reference) else { continue };
        let is_known = |one: &Neighbour<'_>| one.contract.name == other.name && one.dataset.name == dataset.name;
        if other.name == contract.name || found.iter().any(is_known) {
            continue;
        }
        found.push(Neighbour { contract: other, dataset, source: source_of(other, source) });
    }
    found
}

/// The source of another contract for the same environment, if it is in the same place.
fn source_of<'a>(other: &'a Contract, own: &Source) -> Result<&'a Source, String> {
    let environment = quoted(&own.environment);
    let source = other.sources.iter().find(|source| source.environment == own.environment);
    let source = source.ok_or_else(|| format!("{} has no source for {environment}", quoted(&other.name)))?;
    let is_same = match (own.kind.as_str(), source.kind.as_str()) {
        ("sqlite", "sqlite") => {
            let path = |source| setting(source, "path").or_else(|| setting(source, "database"));
            path(own) == path(source)
        }
        ("postgres", "postgres") => postgres::is_same_database(own, source),
        ("http" | "sqlite" | "postgres", _) | (_, "http" | "sqlite" | "postgres") => false,
        _ => true,
    };
    if is_same {
        Ok(source)
    } else {
        Err(format!("the source of {} for {environment} is another database", quoted(&other.name)))
    }
}

/// Looks up the tables of neighbours. What is wrong with one of them is told where a row refers to it, and nowhere else.
pub(super) fn relations(
    neighbours: Vec<Neighbour<'_>>,
    own: &Source,
    place: &mut Place,
) -> Result<Neighbours, Trouble> {
    let mut found = Neighbours::new();
    for neighbour in neighbours {
        let relation = match of_neighbour(&neighbour, own, place) {
            // Files are apart from each other; a database is there or not.
            Err(lost @ Trouble::Lost(_)) if place.dialect != Dialect::DataFusion => return Err(lost),
            Err(trouble) => Err(format!("the rows of {} can't be read: {}", neighbour.shown(), trouble.reason())),
            Ok(relation) => relation,
        };
        found.insert((neighbour.contract.name.clone(), neighbour.dataset.name.clone()), relation);
    }
    Ok(found)
}

fn of_neighbour(
    neighbour: &Neighbour<'_>,
    own: &Source,
    place: &mut Place,
) -> Result<Result<Relation, String>, Trouble> {
    let source = match &neighbour.source {
        Ok(source) => *source,
        Err(reason) => {
            return Ok(Err(format!("the rows of {} are not in the same place: {reason}", neighbour.shown())));
        }
    };
    let dataset = neighbour.dataset;
    if place.dialect == Dialect::DataFusion {
        let name = neighbour.files();
        let form: FileForm = match place.neighbours.get(&name) {
            Some(Ok(form)) => form.clone(),
            Some(Err(trouble)) => return Err(trouble.clone()),
            None => return Ok(Err(format!("the rows of {} are not at hand", neighbour.shown()))),
        };
        let columns = columns_of_files(&mut *place.database, dataset, &name, &form)?;
        return Ok(Ok(files::relation(dataset, &name, &columns, &form, None)));
    }
    let mut table = table_of(source, dataset);
    if let (Dialect::Postgres, [_]) = (place.dialect, parts(&table).as_slice())
        && let Some(schema) = postgres::other_schema(own, source)?
    {
        table = format!("\"{}\".\"{}\"", schema.replace('"', "\"\""), table.replace('"', "\"\""));
    }
    Ok(match place.database.columns(&table)? {
        Some(columns) => Ok(relation(dataset, &table, &columns, place.dialect, None)),
        None => Err(format!("there is no table {} with the rows of {}", quoted(&table), neighbour.shown())),
    })
}
