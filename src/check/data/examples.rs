//! The queries for rows that break something, to show some of them.

use super::query::{all_rows, names, orphans};
use super::relation::PLACE;
use super::sql::Writer;
use super::{Dialect, Measure, Relation, Wanted};

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

/// The query for rows that break expectations, each with the fields that are worth showing, and at most so many rows. Expectations that
/// are about no single row are left out.
pub fn row_examples<'a>(
    wanted: Wanted<'_>,
    broken: &[(usize, Vec<&'a str>)],
    relation: &Relation,
    dialect: Dialect,
    most: usize,
) -> Option<RowExamples<'a>> {
    let writer = Writer { dialect, relation };
    let (mut positions, mut conditions, mut fields) = (Vec::new(), Vec::new(), Vec::<&str>::new());
    for (position, shown) in broken {
        let Some(Ok(Measure::Broken { condition, rows })) = wanted.expectations.get(*position).map(|one| &one.measure)
        else {
            continue;
        };
        let (Ok(condition), Ok(about)) =
            (writer.condition(condition), rows.as_ref().map(|rows| writer.condition(rows)).transpose())
        else {
            continue;
        };
        let about = about.map_or_else(String::new, |about| format!("{about} AND "));
        conditions.push(format!("({about}NOT {condition})"));
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

/// The query for some of the keys or references that break an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// A query whose one text has to be known first.
    pub first: Option<String>,
    /// The query itself, in two parts between which that text stands.
    parts: [String; 2],
}

impl Examples {
    /// The query. `found` is the text that was asked for first.
    pub fn rows(&self, found: &str, dialect: Dialect) -> String {
        let [before, behind] = &self.parts;
        match self.first {
            Some(_) => format!("{before}{}{behind}", dialect.text_of(found)),
            None => format!("{before}{behind}"),
        }
    }
}

impl From<String> for Examples {
    fn from(sql: String) -> Self {
        Self { first: None, parts: [sql, String::new()] }
    }
}

/// Keys or references that break an expectation, at most so many. `None` where none does.
pub fn examples(
    wanted: Wanted<'_>,
    position: usize,
    relation: &Relation,
    dialect: Dialect,
    most: u32,
) -> Option<Examples> {
    let expectation = wanted.expectations.get(position)?;
    let writer = Writer { dialect, relation };
    let rows = relation.rows(dialect);
    match expectation.measure.as_ref().ok()? {
        Measure::Duplicates { columns: key, rows: about } | Measure::Shared { columns: key, rows: about } => {
            let names = names(&writer, key).ok()?;
            let mut present: Vec<String> = names.iter().map(|name| format!("{name} IS NOT NULL")).collect();
            present.extend(about.as_ref().map(|about| writer.condition(about)).transpose().ok()?);
            let (names, present) = (names.join(", "), present.join(" AND "));
            let start = format!("SELECT {names} FROM {rows} WHERE {present}");
            let end = format!(" GROUP BY {names} HAVING count(*) > 1 LIMIT {most}");
            Some(match dialect {
                // Only what is known to be there twice is grouped, and not every key.
                Dialect::DataFusion => Examples {
                    first: Some(format!("SELECT duplicate_hashes({names}) AS c0 FROM {rows} WHERE {present}")),
                    parts: [format!("{start} AND has_hash("), format!(", {names}){end}")],
                },
                Dialect::Postgres | Dialect::Sqlite => format!("{start}{end}").into(),
            })
        }
        Measure::Orphans { columns, referred } => {
            let there = all_rows((wanted.referred)(referred.contract, referred.dataset))?;
            let orphans = orphans(&writer, columns, &there, &referred.columns).ok()?;
            let keys: Vec<String> = (0..columns.len()).map(|index| format!("a.k{index}")).collect();
            Some(format!("SELECT DISTINCT {} FROM {orphans} LIMIT {most}", keys.join(", ")).into())
        }
        _ => None,
    }
}
