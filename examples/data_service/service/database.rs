//! A SQLite file made from a contract and its CSV files.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pact::model::{Contract, DataType, Dataset, Field};
use rusqlite::{Connection, params_from_iter};

use super::breakage::is_called;
use super::{Kind, Options};

type Row = Vec<Option<String>>;

/// Makes the database of a contract anew and returns its place.
pub(super) fn make(
    contract: &Contract,
    options: &Options,
    breakages: &[Kind],
    now: Timestamp,
) -> Result<PathBuf, String> {
    let path = options.work.join(format!("{}.db", contract.name));
    fs::create_dir_all(&options.work).map_err(|error| format!("{}: {error}", options.work.display()))?;
    if path.exists() {
        fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut connection = Connection::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for dataset in &contract.datasets {
        let csv = csv_file(options, dataset);
        let mut rows = read(&csv, dataset)?;
        shift(&mut rows, dataset, options.fresh, breakages, now)
            .map_err(|error| format!("{}: {error}", csv.display()))?;
        fill(&mut connection, dataset, &rows, breakages).map_err(|error| format!("{}: {error}", csv.display()))?;
    }
    Ok(path)
}

/// Where the rows of a dataset come from.
pub(super) fn csv_file(options: &Options, dataset: &Dataset) -> PathBuf {
    options.data.join(format!("{}.csv", dataset.name))
}

/// The rows of a CSV file in the order of the fields; an empty cell is null.
fn read(path: &Path, dataset: &Dataset) -> Result<Vec<Row>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(|error| failed(&error))?;
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().map_err(|error| failed(&error))?.clone();
    let mut positions = Vec::new();
    for field in &dataset.fields {
        let at = header.iter().position(|name| name == field.name);
        positions.push(at.ok_or_else(|| failed(&format!("there is no column for the field `{}`", field.name)))?);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| failed(&error))?;
        let cell = |at: &usize| record.get(*at).filter(|cell| !cell.is_empty()).map(str::to_owned);
        rows.push(positions.iter().map(cell).collect());
    }
    Ok(rows)
}

/// Moves the times of a dataset: to now if they are to be fresh, and back if they are to be stale. Their distances stay.
fn shift(rows: &mut [Row], dataset: &Dataset, fresh: bool, breakages: &[Kind], now: Timestamp) -> Result<(), String> {
    let is_time = |field: &Field| matches!(field.data_type, DataType::Datetime | DataType::Timestamp);
    let columns: Vec<usize> = (0..dataset.fields.len()).filter(|at| is_time(&dataset.fields[*at])).collect();
    let mut newest = None;
    for cell in rows.iter().flat_map(|row| columns.iter().filter_map(|at| row[*at].as_deref())) {
        newest = newest.max(Some(instant(cell).ok_or_else(|| format!("`{cell}` is no time"))?));
    }
    let Some(newest) = newest else { return Ok(()) };
    let mut by = if fresh { now.duration_since(newest) } else { SignedDuration::ZERO };
    for breakage in breakages {
        if let Kind::Stale(time) = breakage {
            by -= *time;
        }
    }
    for row in rows {
        for at in &columns {
            let moved = row[*at].as_deref().and_then(instant).map(|time| time + by);
            // A datetime has no zone; here it is in UTC.
            row[*at] = moved.map(|time| match dataset.fields[*at].data_type {
                DataType::Datetime => format!("{:.0}", time.to_zoned(TimeZone::UTC).datetime()),
                _ => format!("{time:.0}"),
            });
        }
    }
    Ok(())
}

/// A time as an instant; one without a zone is in UTC.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

/// Makes the table of a dataset and fills it.
fn fill(connection: &mut Connection, dataset: &Dataset, rows: &[Row], breakages: &[Kind]) -> Result<(), String> {
    let is_broken = |field: &Field, kind: fn(String) -> Kind| breaks(breakages, dataset, field, kind);
    let kept: Vec<usize> =
        (0..dataset.fields.len()).filter(|at| !is_broken(&dataset.fields[*at], Kind::DropColumn)).collect();
    let fields: Vec<&Field> = kept.iter().map(|at| &dataset.fields[*at]).collect();
    let failed = |error: rusqlite::Error| error.to_string();
    // References lead to tables of other contracts, which are in other files.
    connection.pragma_update(None, "foreign_keys", false).map_err(failed)?;
    let transaction = connection.transaction().map_err(failed)?;
    transaction.execute_batch(&create_table(dataset, &fields, breakages)).map_err(failed)?;
    let table = quoted(table_name(dataset));
    let places = vec!["?"; fields.len()].join(", ");
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO {table} VALUES ({places})")).map_err(failed)?;
        let rows = if breakages.contains(&Kind::Empty) { &[] } else { rows };
        for (number, row) in rows.iter().enumerate() {
            let cells = kept.iter().map(|at| {
                let gone = number % 2 == 0 && is_broken(&dataset.fields[*at], Kind::Nulls);
                row[*at].as_deref().filter(|_| !gone).map(|cell| stored(&dataset.fields[*at], cell))
            });
            // The first line is the header.
            insert.execute(params_from_iter(cells)).map_err(|error| format!("line {}: {error}", number + 2))?;
        }
    }
    transaction.commit().map_err(failed)
}

/// Whether a field is to be broken in some way.
fn breaks(breakages: &[Kind], dataset: &Dataset, field: &Field, kind: fn(String) -> Kind) -> bool {
    breakages
        .iter()
        .any(|one| one.field().is_some_and(|name| *one == kind(name.to_owned()) && is_called(name, dataset, field)))
}

/// SQLite has no booleans: it keeps 1 and 0.
fn stored<'a>(field: &Field, cell: &'a str) -> &'a str {
    match (field.data_type, cell) {
        (DataType::Boolean, "true") => "1",
        (DataType::Boolean, "false") => "0",
        _ => cell,
    }
}

fn create_table(dataset: &Dataset, fields: &[&Field], breakages: &[Kind]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for field in fields {
        let may_be_null = field.nullable && !field.is_primary_key || breaks(breakages, dataset, field, Kind::Nulls);
        let mut kind = sql_type(field);
        if breaks(breakages, dataset, field, Kind::ChangeType) {
            kind = if field.data_type == DataType::Integer { "text".to_owned() } else { "integer".to_owned() };
        }
        parts.push(format!("{} {kind}{}", quoted(column_name(field)), if may_be_null { "" } else { " NOT NULL" }));
    }
    let key: Vec<String> =
        fields.iter().filter(|field| field.is_primary_key).map(|field| quoted(column_name(field))).collect();
    // A broken key is no key any more: what is left of it need not be unique, and its type may be one that no key has.
    let is_broken = |field: &&Field| {
        let ways: [fn(String) -> Kind; 3] = [Kind::DropColumn, Kind::ChangeType, Kind::Nulls];
        field.is_primary_key && ways.iter().any(|way| breaks(breakages, dataset, field, *way))
    };
    let key = if dataset.fields.iter().any(|field| is_broken(&field)) { Vec::new() } else { key };
    // A column that may be null can't be a key of SQLite's `WITHOUT ROWID` kind; the plain kind takes it.
    if !key.is_empty() {
        parts.push(format!("PRIMARY KEY ({})", key.join(", ")));
    }
    for field in fields {
        if let Some((table, column)) = field.foreign_key_reference.as_deref().and_then(|to| to.rsplit_once('.')) {
            let (from, table, column) = (quoted(column_name(field)), quoted(table), quoted(column));
            parts.push(format!("FOREIGN KEY ({from}) REFERENCES {table} ({column})"));
        }
    }
    format!("CREATE TABLE {} ({})", quoted(table_name(dataset)), parts.join(", "))
}

fn table_name(dataset: &Dataset) -> &str {
    dataset.physical_name.as_deref().unwrap_or(&dataset.name)
}

fn column_name(field: &Field) -> &str {
    field.physical_name.as_deref().unwrap_or(&field.name)
}

/// A SQL name in quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The SQL type that keeps a field's values. SQLite keeps the name of the type as it is declared.
fn sql_type(field: &Field) -> String {
    match field.data_type {
        DataType::String => "text",
        DataType::Integer => "bigint",
        DataType::Float => "double precision",
        DataType::Decimal => {
            return match (field.precision, field.scale) {
                (Some(precision), Some(scale)) => format!("numeric({precision},{scale})"),
                _ => "numeric".to_owned(),
            };
        }
        DataType::Boolean => "boolean",
        DataType::Date => "date",
        DataType::Time => "time",
        DataType::Datetime => "timestamp",
        DataType::Timestamp => "timestamp with time zone",
        DataType::Uuid => "uuid",
        DataType::Array => "array",
        DataType::Json | DataType::Object | DataType::Map => "json",
        DataType::Binary => "blob",
        // A column without a type takes values of every type.
        DataType::Unknown => "",
    }
    .to_owned()
}
