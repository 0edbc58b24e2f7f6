//! The queries that measure what is expected of a dataset: one for everything that a single pass over the rows tells, and one
//! for each key, reference and query of the contract.

use super::asked::{Asked, Memory, Query, Serves, aggregate, count_where};
use super::keys::{Repeated, all_rows, orphans, repeated};
use super::sql::{Unsupported, Writer};
use super::statistics;
use super::{Condition, Dialect, Expectation, Measure, Relation, Unmeasured};
use crate::model::{Dataset, Field};

/// Columns in one query. `PostgreSQL` takes 1,664, SQLite 2,000.
const MOST_COLUMNS: usize = 1_000;

/// The queries that measure expectations, and those that no query can measure, each with the reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Queries {
    /// The queries, the one that tells most first.
    pub queries: Vec<Query>,
    /// Positions of expectations, and why they are not measured.
    pub left: Vec<(usize, Unmeasured)>,
}

/// What to measure.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// What is expected of its rows.
    pub expectations: &'a [Expectation<'a>],
    /// The relation of a dataset that is referred to, by contract and name, or why its rows are not at hand.
    pub referred: &'a dyn Fn(&str, &str) -> Result<Relation, String>,
    /// The fields whose newest value is asked for.
    pub newest: &'a [&'a str],
}

/// The queries for a dataset, in the words of a dialect. `chosen` are the positions of the expectations to measure.
pub fn queries(wanted: Wanted<'_>, chosen: &[usize], relation: &Relation, dialect: Dialect, memory: Memory) -> Queries {
    let writer = Writer { dialect, relation };
    let mut found = Queries::default();
    let mut columns: Vec<(Serves, String)> = vec![(Serves::Rows, "count(*)".to_owned())];
    for (position, field) in wanted.dataset.fields.iter().enumerate().filter(|(_, field)| relation.has(&field.name)) {
        // What can't be read is there all the same.
        let there = relation.text_of(&field.name).unwrap_or_else(|| dialect.name_of(&field.name));
        columns.push((Serves::Filled(position), format!("count({there})")));
        if wanted.newest.contains(&field.name.as_str()) {
            columns.push((Serves::Newest(position), newest(field, dialect)));
        }
    }
    let mut more = Vec::new();
    for &position in chosen {
        let Some(expectation) = wanted.expectations.get(position) else { continue };
        match &expectation.measure {
            Err(reason) => found.left.push((position, reason.clone())),
            Ok(measure) => match measured(&writer, measure, position, wanted, memory) {
                Ok(Asked::InPass(asked)) => columns.extend(asked),
                Ok(Asked::Alone(query)) => more.push(query),
                Err(unsupported) => {
                    found.left.extend(unsupported.unmeasured().map(|why| (position, why)));
                }
            },
        }
    }
    found.queries = columns.chunks(MOST_COLUMNS).map(|part| aggregate(part, relation, dialect)).collect();
    if relation.sample.is_some() {
        more.push(Query {
            sql: format!("SELECT count(*) AS c0 FROM {}", relation.from),
            frugal: None,
            serves: vec![Serves::Total],
        });
    }
    found.queries.extend(more);
    found
}

/// The newest of some values. What never ends is not new.
fn max(value: &str, rows: Option<&str>, dialect: Dialect) -> String {
    let ends = match dialect {
        Dialect::Postgres => Some(format!("{value}::text NOT IN ('infinity', '-infinity')")),
        Dialect::DataFusion | Dialect::Sqlite => None,
    };
    let conditions: Vec<&str> = rows.into_iter().chain(ends.as_deref()).collect();
    let filter =
        if conditions.is_empty() { String::new() } else { format!(" FILTER (WHERE {})", conditions.join(" AND ")) };
    format!("max({value}){filter}")
}

/// The newest value of a field, as text.
fn newest(field: &Field, dialect: Dialect) -> String {
    let newest = max(&dialect.name_of(&field.name), None, dialect);
    match dialect {
        Dialect::Postgres => format!("to_json({newest})#>>'{{}}'"),
        Dialect::DataFusion => format!("CAST({newest} AS VARCHAR)"),
        Dialect::Sqlite => newest,
    }
}

fn measured(
    writer: &Writer<'_>,
    measure: &Measure<'_>,
    position: usize,
    wanted: Wanted<'_>,
    memory: Memory,
) -> Result<Asked, Unsupported> {
    let of = |rows: &Option<Condition<'_>>| rows.as_ref().map(|rows| writer.condition(rows)).transpose();
    Ok(match measure {
        Measure::Broken { condition, rows } => {
            let (condition, rows) = (writer.condition(condition)?, of(rows)?);
            Asked::InPass(match rows {
                None => vec![(Serves::Number(position), count_where(&format!("NOT {condition}")))],
                Some(rows) => vec![
                    (Serves::Number(position), count_where(&format!("{rows} AND NOT {condition}"))),
                    (Serves::Of(position), count_where(&rows)),
                ],
            })
        }
        // Of all rows, also where only some are looked at.
        Measure::Rows(None) => {
            Asked::Alone(alone(position, format!("SELECT count(*) AS c0 FROM {}", writer.relation.from)))
        }
        Measure::Rows(Some(rows)) => {
            Asked::InPass(vec![(Serves::Number(position), count_where(&writer.condition(rows)?))])
        }
        Measure::Duplicates { columns, rows } => {
            repeated(writer, columns, of(rows)?.as_deref(), (Repeated::Later, position), memory)?
        }
        Measure::Shared { columns, rows } => {
            repeated(writer, columns, of(rows)?.as_deref(), (Repeated::All, position), memory)?
        }
        Measure::Missing { columns, rows } => {
            let rows = of(rows)?;
            let count = |what: &str| match &rows {
                Some(rows) => format!("count({what}) FILTER (WHERE {rows})"),
                None => format!("count({what})"),
            };
            // A share of some of its values is none of them all.
            if let Some(denied) = columns.iter().find_map(|column| writer.relation.denied(&[&column.first.name])) {
                return Err(denied);
            }
            // What can't be read is there all the same.
            let there = columns.iter().filter(|column| writer.relation.has(&column.first.name)).map(|column| {
                Ok(match writer.relation.text_of(&column.first.name) {
                    Some(text) => text,
                    None => writer.column(column)?,
                })
            });
            let there: Vec<String> = there.collect::<Result<_, Unsupported>>()?;
            if there.is_empty() {
                return Err(Unsupported::Reason("none of its fields is there".to_owned()));
            }
            let all = format!("{} * {}", count("*"), there.len());
            let filled: Vec<String> = there.iter().map(|name| count(name)).collect();
            Asked::InPass(vec![
                (Serves::Number(position), format!("{all} - ({})", filled.join(" + "))),
                (Serves::Of(position), all),
            ])
        }
        Measure::Newest { column, rows } => {
            let rows = of(rows)?;
            let newest = max(&writer.column(column)?, rows.as_deref(), writer.dialect);
            let seconds = match writer.dialect {
                Dialect::Postgres => format!("extract(epoch FROM {newest})"),
                Dialect::DataFusion => format!("date_part('epoch', {newest})"),
                Dialect::Sqlite => format!("unixepoch({newest})"),
            };
            let mut asked = vec![(Serves::Number(position), seconds)];
            asked.extend(rows.map(|rows| (Serves::Of(position), count_where(&rows))));
            Asked::InPass(asked)
        }
        Measure::Statistic { statistic, column, rows } => {
            return statistics::asked(writer, statistic, column, of(rows)?, position);
        }
        Measure::Orphans { columns, referred } => {
            let there =
                all_rows((wanted.referred)(referred.contract, referred.dataset)).map_err(Unsupported::Reason)?;
            let sql = format!("SELECT count(*) AS c0 FROM {}", orphans(writer, columns, &there, &referred.columns)?);
            Asked::Alone(alone(position, sql))
        }
        Measure::Query(query) => Asked::Alone(alone(position, filled(query, wanted, position, writer)?)),
    })
}

fn alone(position: usize, sql: String) -> Query {
    Query { sql, frugal: None, serves: vec![Serves::Number(position)] }
}

/// A query of the contract with its placeholders filled in.
fn filled(query: &str, wanted: Wanted<'_>, position: usize, writer: &Writer<'_>) -> Result<String, Unsupported> {
    if query.contains("{{") || query.contains("{%") {
        return Err(Unsupported::Reason("it is a template of another tool".to_owned()));
    }
    let field = wanted.expectations.get(position).and_then(|expectation| expectation.field);
    let mut sql = query.trim().trim_end_matches(';').to_owned();
    for (names, value) in [
        (["object", "table"], Some(writer.relation.table.clone())),
        (["property", "column"], field.map(|field| writer.dialect.name_of(field))),
    ] {
        for name in names {
            for written in [format!("${{{name}}}"), format!("{{{name}}}")] {
                if sql.contains(&written) {
                    let value = value
                        .as_deref()
                        .ok_or_else(|| Unsupported::Reason(format!("it has {written}, and no field")))?;
                    sql = sql.replace(&written, value);
                }
            }
        }
    }
    Ok(sql)
}
