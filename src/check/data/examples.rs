//! The queries for rows that break something, to show some of them.

use std::collections::BTreeMap;

use super::keys::{all_rows, names, orphans};
use super::relation::PLACE;
use super::sql::{Sql, Writer};
use super::{Condition, Dialect, Measure, Relation, Wanted};

/// The query for rows that break some of several expectations on single rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowExamples<'a> {
    /// The SQL. Its first columns are 1 where the row breaks the expectation of that position, then come the fields, and behind
    /// them the place of the row, where rows have one.
    pub sql: String,
    /// The positions of the expectations.
    pub positions: Vec<usize>,
    /// The fields.
    pub fields: Vec<&'a str>,
}

/// The query for rows that break expectations, each with the fields that are worth showing, and at most so many rows. `hashes` are keys
/// that are known to be there twice, by the positions of their expectations. Expectations of which no single row tells that it breaks
/// them are left out.
pub fn row_examples<'a>(
    wanted: Wanted<'_>,
    broken: &[(usize, Vec<&'a str>)],
    hashes: &BTreeMap<usize, String>,
    relation: &Relation,
    dialect: Dialect,
    most: usize,
) -> Option<RowExamples<'a>> {
    let writer = Writer { dialect, relation };
    let (mut positions, mut conditions, mut fields) = (Vec::new(), Vec::new(), Vec::<&str>::new());
    for (position, shown) in broken {
        let measure = wanted.expectations.get(*position).and_then(|one| one.measure.as_ref().ok());
        let known = hashes.get(position).map(String::as_str);
        let Some(Ok(condition)) = measure.and_then(|measure| breaks(&writer, measure, known)) else { continue };
        conditions.push(condition);
        positions.push(*position);
        fields.extend(shown.iter().copied().filter(|field| relation.has(field)));
    }
    if positions.is_empty() {
        return None;
    }
    fields.sort_unstable();
    fields.dedup();
    let flags =
        conditions.iter().enumerate().map(|(at, condition)| format!("CASE WHEN {condition} THEN 1 END AS b{at}"));
    // What can't be read is shown as it is there.
    let values = fields.iter().map(|field| relation.text_of(field).unwrap_or_else(|| dialect.name_of(field)));
    let place = relation.place.iter().map(|_| dialect.name_of(PLACE));
    let columns: Vec<String> = flags.chain(values).chain(place).collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {} LIMIT {most}",
        columns.join(", "),
        relation.rows(dialect),
        conditions.join(" OR ")
    );
    Some(RowExamples { sql, positions, fields })
}

/// Whether a row breaks something, in brackets; `None` where no row tells. `known` are hashes of keys that are there twice.
fn breaks(writer: &Writer<'_>, measure: &Measure<'_>, known: Option<&str>) -> Option<Sql> {
    let with_rows = |rows: &Option<Condition<'_>>, breaks: String| {
        let about = rows.as_ref().map(|rows| writer.condition(rows)).transpose()?;
        Ok(about.map_or_else(|| format!("({breaks})"), |about| format!("({about} AND {breaks})")))
    };
    match (measure, known) {
        (Measure::Broken { condition, rows }, _) => {
            let condition = writer.condition(condition);
            Some(condition.and_then(|condition| with_rows(rows, format!("NOT {condition}"))))
        }
        (Measure::Duplicates { columns, rows } | Measure::Shared { columns, rows }, Some(known)) => {
            let known = writer.dialect.text_of(known);
            Some(names(writer, columns).and_then(|names| {
                let present: Vec<String> = names.iter().map(|name| format!("{name} IS NOT NULL")).collect();
                with_rows(rows, format!("{} AND has_hash({known}, {})", present.join(" AND "), names.join(", ")))
            }))
        }
        _ => None,
    }
}

/// The query for keys or references that break an expectation, at most so many. `None` where none does.
pub fn examples(
    wanted: Wanted<'_>,
    position: usize,
    relation: &Relation,
    dialect: Dialect,
    most: u32,
) -> Option<String> {
    let expectation = wanted.expectations.get(position)?;
    let writer = Writer { dialect, relation };
    let rows = relation.rows(dialect);
    match expectation.measure.as_ref().ok()? {
        Measure::Duplicates { columns: key, rows: about } | Measure::Shared { columns: key, rows: about } => {
            let names = names(&writer, key).ok()?;
            let mut present: Vec<String> = names.iter().map(|name| format!("{name} IS NOT NULL")).collect();
            present.extend(about.as_ref().map(|about| writer.condition(about)).transpose().ok()?);
            let (names, present) = (names.join(", "), present.join(" AND "));
            Some(format!(
                "SELECT {names} FROM {rows} WHERE {present} GROUP BY {names} HAVING count(*) > 1 LIMIT {most}"
            ))
        }
        Measure::Orphans { columns, referred } => {
            let there = all_rows((wanted.referred)(referred.contract, referred.dataset)).ok()?;
            let orphans = orphans(&writer, columns, &there, &referred.columns).ok()?;
            let keys: Vec<String> = (0..columns.len()).map(|index| format!("a.k{index}")).collect();
            Some(format!("SELECT DISTINCT {} FROM {orphans} LIMIT {most}", keys.join(", ")))
        }
        _ => None,
    }
}
