//! Writes the rows of data in two heaps: those that keep what is promised of each of them, and those that do not.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::files;
use super::place::Place;
use super::select::Target;
use crate::check::Place as Where;
use crate::check::data::{Relation, Split, Wanted, is_nested_in_postgres};
use crate::cli::error::Error;
use crate::io::data::write::{OutColumn, RowForm, WriteTrouble, write};
use crate::io::data::{LiveColumn, Values};
use crate::model::{DataType, Dataset};
use crate::source::words::quoted;

/// The rows of a dataset.
pub(super) struct Rows<'a> {
    pub(super) relation: &'a Relation,
    pub(super) columns: &'a [LiveColumn],
    /// What tells good rows from bad ones and has no answer.
    pub(super) unanswered: Option<&'a str>,
}

/// Where rows go.
#[derive(Debug, Default)]
pub(super) struct Heaps {
    valid: Option<(PathBuf, RowForm)>,
    quarantine: Option<(PathBuf, RowForm)>,
    /// What went wrong first while writing. What was measured stands all the same.
    failure: Mutex<Option<Error>>,
}

impl Heaps {
    /// The places of `--valid` and `--quarantine`, for what is looked at.
    pub(super) fn of(
        valid: Option<&PathBuf>,
        quarantine: Option<&PathBuf>,
        directory: &Path,
        targets: &[Target<'_>],
    ) -> Result<Self, Error> {
        let given: Vec<&PathBuf> = valid.into_iter().chain(quarantine).collect();
        let Some(first) = given.first() else { return Ok(Self::default()) };
        if let [one, other] = given.as_slice()
            && one == other
        {
            return Err(Error::new(format!("{} is named for two things", one.display()))
                .hint("good rows and bad ones go to places of their own"));
        }
        if let Some(target) = targets.iter().find(|target| !matches!(target.place, Where::Data(_))) {
            return Err(Error::new(format!(
                "{} is asked of a service, which has no rows to write",
                target.contract.name
            ))
            .hint("choose a source of data with `--source`, or give records with `--records`"));
        }
        let datasets: usize = targets.iter().map(|target| target.contract.datasets.len()).sum();
        if let Some(path) = given.iter().find(|path| datasets > 1 && !path.to_string_lossy().contains(DATASET)) {
            return Err(Error::new(format!("{} would be written for each of {datasets} datasets", path.display()))
                .hint(format!(
                    "write `{DATASET}` where their names stand, such as `bad-{DATASET}{}`, and name one contract",
                    ending(first)
                )));
        }
        if targets.len() > 1 {
            return Err(Error::new(format!(
                "{} would be written for each of {} contracts",
                first.display(),
                targets.len()
            ))
            .hint("name one contract"));
        }
        let place = |path: Option<&PathBuf>| {
            let of = |path: &PathBuf| {
                let form = RowForm::of_path(path).ok_or_else(|| {
                    Error::new(format!("it can't be told how to write {}", path.display()))
                        .hint("give a name that ends in .csv, .ndjson or .parquet")
                })?;
                Ok::<_, Error>((directory.join(path), form))
            };
            path.map(of).transpose()
        };
        Ok(Self { valid: place(valid)?, quarantine: place(quarantine)?, failure: Mutex::default() })
    }

    /// What went wrong while writing.
    pub(super) fn failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Writes the rows of a dataset, by the expectations that could be measured.
    pub(super) fn add(&self, place: &mut Place, wanted: Wanted<'_>, chosen: &[usize], rows: &Rows<'_>) {
        if let Err(error) = self.write(place, wanted, chosen, rows) {
            self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    fn write(
        &self,
        place: &mut Place,
        wanted: Wanted<'_>,
        chosen: &[usize],
        &Rows { relation, columns, unanswered }: &Rows<'_>,
    ) -> Result<(), Error> {
        if self.valid.is_none() && self.quarantine.is_none() {
            return Ok(());
        }
        let others = files::others(wanted.dataset, columns, place.dialect);
        let split = Split::new(wanted, chosen, relation, &others, place.dialect);
        let own: Vec<&str> = split.columns().collect();
        let out = |typed: bool| -> Vec<OutColumn> {
            own.iter()
                .map(|name| OutColumn {
                    name: (*name).to_owned(),
                    is_json: is_json(wanted.dataset, columns, name, typed),
                })
                .collect()
        };
        for (heap, is_good) in [(&self.quarantine, false), (&self.valid, true)] {
            let Some((path, form)) = heap else { continue };
            // Rows that keep their types are written as of them; CSV has none, and is written as it was.
            let typed = is_good && *form != RowForm::Csv;
            let as_json = *form == RowForm::Ndjson;
            let sql = if is_good { split.good(typed, as_json) } else { split.bad(as_json) };
            let more = if is_good { 0 } else { 1 + usize::from(split.has_places()) };
            let path = named(path, &wanted.dataset.name)?;
            if let Some(id) = unanswered.filter(|_| is_good) {
                return Err(Error::new(format!("{} is not written: {} has no answer", path.display(), quoted(id)))
                    .hint("which rows are good is not known then; mend what is told above, or choose what to check"));
            }
            if place.database.is_made_of(&path) {
                return Err(Error::new(format!("{} is one of the files that are checked", path.display()))
                    .hint("nothing was written over it; give another name"));
            }
            write(&mut *place.database, &sql, &out(typed), more, *form, &path).map_err(|trouble| {
                let reason = match trouble {
                    WriteTrouble::Read(trouble) => trouble.reason().to_owned(),
                    WriteTrouble::Write(error) => error.to_string(),
                };
                Error::new(format!("cannot write {}: {reason}", path.display()))
                    .hint("what was found before is told above; only these rows were not written")
            })?;
        }
        Ok(())
    }
}

/// What stands for the name of a dataset in a path.
const DATASET: &str = "{dataset}";

fn ending(path: &Path) -> String {
    path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()))
}

/// The path for a dataset, whose name may not lead elsewhere.
fn named(path: &Path, dataset: &str) -> Result<PathBuf, Error> {
    let text = path.to_string_lossy();
    if !text.contains(DATASET) {
        return Ok(path.to_owned());
    }
    if dataset.contains(['/', '\\', '\0']) || dataset.starts_with('.') {
        return Err(Error::new(format!("{} can't be a part of a path", quoted(dataset))));
    }
    Ok(PathBuf::from(text.replace(DATASET, dataset)))
}

/// Whether a type has others within it.
fn is_nested_type(physical: &str) -> bool {
    ["struct<", "array<", "map<"].iter().any(|start| physical.starts_with(start))
}

/// Whether the texts of a column are JSON: those of JSON files, and numbers, whose digits stay.
fn is_json(dataset: &Dataset, columns: &[LiveColumn], name: &str, typed: bool) -> bool {
    let same = dataset.fields.iter().find(|field| field.column_name().eq_ignore_ascii_case(name));
    let field = dataset.fields.iter().find(|field| field.column_name() == name).or(same);
    let live = columns.iter().find(|live| live.name == name).map(|live| live.values);
    let is_number = |kind: DataType| matches!(kind, DataType::Integer | DataType::Float | DataType::Decimal);
    let is_nested =
        |kind: DataType| matches!(kind, DataType::Json | DataType::Array | DataType::Object | DataType::Map);
    let physical = columns.iter().find(|live| live.name == name).map_or("", |live| live.physical.as_str());
    match live {
        // Asked for as JSON.
        Some(Values::Typed) if is_nested_in_postgres(physical) => true,
        // What the contract does not know stays what it is.
        Some(Values::Json) if !typed || field.is_none() => true,
        Some(Values::Text) if !typed => false,
        Some(Values::Typed) if field.is_none() => is_nested_type(physical),
        _ => field.is_some_and(|field| is_number(field.data_type) || is_nested(field.data_type)),
    }
}
