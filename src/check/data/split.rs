//! The rows of a dataset in two heaps: those that keep what is expected of each of them, and those that do not, with what they break.

use super::keys::{all_rows, pairs};
use super::relation::{PLACE, other_name};
use super::sql::{Unsupported, Writer};
use super::{Dialect, Expectation, Measure, Other, Relation, Unmeasured, Wanted};
use crate::model::RuleSeverity;

/// The column with the names of what a row breaks, with semicolons between them.
pub const CODES: &str = "pact codes";

/// The columns that stand beside bad rows.
pub const OWN_COLUMNS: [&str; 2] = [CODES, PLACE];

/// Arguments that a function takes; `PostgreSQL` takes no more than a hundred.
const MOST_ARGUMENTS: usize = 50;

/// The rows of a dataset with what each of them breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Behind `FROM`: all rows, with the codes.
    rows: String,
    dialect: Dialect,
    /// The columns: fields first, then what the contract does not know.
    columns: Vec<SplitColumn>,
    has_places: bool,
    /// Positions of expectations on single rows that are not heeded, and why.
    pub left: Vec<(usize, Unmeasured)>,
}

/// A column of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SplitColumn {
    name: String,
    /// As it lies there, and as what the contract promises.
    raw: String,
    typed: String,
    /// As JSON, where it is neither that nor a single value.
    as_json: Option<String>,
}

impl SplitColumn {
    fn written(&self, typed: bool, as_json: bool) -> &str {
        let plain = if typed { &self.typed } else { &self.raw };
        self.as_json.as_ref().filter(|_| as_json).unwrap_or(plain)
    }
}

impl Split {
    /// The rows of a dataset by some of its expectations. `others` are the columns that the contract does not know.
    pub fn new(
        wanted: Wanted<'_>,
        chosen: &[usize],
        relation: &Relation,
        others: &[Other<'_>],
        dialect: Dialect,
    ) -> Self {
        let writer = Writer { dialect, relation };
        let name = |name: &str| dialect.name_of(name);
        let (mut joins, mut broken, mut left) = (String::new(), Vec::new(), Vec::new());
        for &position in chosen {
            let Some(expectation) = wanted.expectations.get(position).filter(|one| makes_bad(one)) else { continue };
            match breach(&writer, expectation, wanted, joins.matches(" LEFT JOIN ").count()) {
                Ok((condition, join)) => {
                    joins.push_str(&join);
                    broken.push(format!("CASE WHEN {condition} THEN {} END", dialect.text_of(&expectation.id)));
                }
                Err(unsupported) => left.extend(unsupported.unmeasured().map(|why| (position, why))),
            }
        }
        let fields = relation.columns.iter().map(|live| SplitColumn {
            name: live.column.clone(),
            raw: relation.text_of(&live.field).unwrap_or_else(|| name(&live.field)),
            typed: name(&live.field),
            as_json: live.as_json.clone(),
        });
        let is_taken = |other: &&Other<'_>| relation.columns.iter().any(|live| live.column == other.name);
        let others: Vec<&Other<'_>> = others.iter().filter(|other| !is_taken(other)).collect();
        let unknown = others.iter().enumerate().map(|(at, other)| {
            let value = name(&other_name(at));
            let as_json = other.is_nested.then(|| format!("to_jsonb({value})"));
            SplitColumn { name: other.name.to_owned(), raw: value.clone(), typed: value, as_json }
        });
        let rows = format!(
            "(SELECT pact_rows.*, {} AS {} FROM {}{joins}) AS pact_split",
            codes(&broken),
            name(CODES),
            relation.rows_with(&others, dialect)
        );
        Self { rows, dialect, columns: fields.chain(unknown).collect(), has_places: relation.place.is_some(), left }
    }

    /// The names of the columns of the rows, which come first in each answer.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The rows that keep everything: as they lie there, or as what the contract promises. Lists and objects of a database may be asked for
    /// as JSON.
    pub fn good(&self, typed: bool, as_json: bool) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| format!("{} AS {}", column.written(typed, as_json), self.dialect.name_of(&column.name)))
            .collect();
        let codes = self.dialect.name_of(CODES);
        format!("SELECT {} FROM {} WHERE {codes} = ''", columns.join(", "), self.rows)
    }

    /// The rows that break something, as they lie there, or lists and objects of a database as JSON. Behind their columns stand the codes, and the place where rows have one.
    pub fn bad(&self, as_json: bool) -> String {
        let name = |name: &str| self.dialect.name_of(name);
        let own =
            self.columns.iter().map(|column| format!("{} AS {}", column.written(false, as_json), name(&column.name)));
        let more = [CODES].into_iter().chain(self.has_places.then_some(PLACE)).map(name);
        let columns: Vec<String> = own.chain(more).collect();
        format!("SELECT {} FROM {} WHERE {} <> ''", columns.join(", "), self.rows, name(CODES))
    }

    /// Whether bad rows have a place.
    pub fn has_places(&self) -> bool {
        self.has_places
    }
}

/// Whether an expectation tells good rows from bad ones.
pub fn sorts_rows(expectation: &Expectation<'_>) -> bool {
    let is_of_rows = matches!(
        expectation.measure,
        Ok(Measure::Broken { .. } | Measure::Duplicates { .. } | Measure::Orphans { .. })
    );
    is_of_rows && makes_bad(expectation)
}

/// Whether a row that breaks an expectation is a bad one: what only a consumer expects, and what is only worth a look, makes none.
fn makes_bad(expectation: &Expectation<'_>) -> bool {
    let is_of_rows = !matches!(expectation.check, "accuracy" | "uniqueness" | "completeness");
    let is_grave = !matches!(expectation.severity, RuleSeverity::Info | RuleSeverity::Warning);
    is_of_rows && is_grave && expectation.consumer.is_none()
}

/// The names of all conditions that a row breaks, in one text.
fn codes(broken: &[String]) -> String {
    let join = |some: &[String]| match some {
        [] => "''".to_owned(),
        some => format!("concat_ws(';', {})", some.join(", ")),
    };
    if broken.len() <= MOST_ARGUMENTS {
        return join(broken);
    }
    let parts: Vec<String> = broken.chunks(MOST_ARGUMENTS).map(|some| format!("nullif({}, '')", join(some))).collect();
    codes(&parts)
}

/// The condition under which a row breaks an expectation, and what has to be joined to the rows for it. `joined` tells joins apart.
fn breach(
    writer: &Writer<'_>,
    expectation: &Expectation<'_>,
    wanted: Wanted<'_>,
    joined: usize,
) -> Result<(String, String), Unsupported> {
    let dialect = writer.dialect;
    let key = |index: usize| dialect.name_of(&format!("pact key {joined} {index}"));
    let on = |names: &[String]| {
        let same = names.iter().enumerate().map(|(index, name)| format!("{name} = {}", key(index)));
        same.collect::<Vec<_>>().join(" AND ")
    };
    let as_keys = |values: &[String]| {
        let keys = values.iter().enumerate().map(|(index, value)| format!("{value} AS {}", key(index)));
        keys.collect::<Vec<_>>().join(", ")
    };
    let present =
        |names: &[String]| names.iter().map(|name| format!("{name} IS NOT NULL")).collect::<Vec<_>>().join(" AND ");
    let columns =
        |columns: &[super::Column<'_>]| columns.iter().map(|column| writer.key(column)).collect::<Result<Vec<_>, _>>();
    match expectation.measure.as_ref().map_err(|why| Unsupported::Reason(why.reason().to_owned()))? {
        Measure::Broken { condition, rows } => {
            let condition = writer.condition(condition)?;
            let about = rows.as_ref().map(|rows| writer.condition(rows)).transpose()?;
            let about = about.map_or_else(String::new, |about| format!("{about} AND "));
            Ok((format!("{about}NOT {condition}"), String::new()))
        }
        Measure::Duplicates { columns: of, rows } | Measure::Shared { columns: of, rows } => {
            let names = columns(of)?;
            let mut conditions = present(&names);
            let mut is_there = format!("{} IS NOT NULL", key(0));
            if let Some(rows) = rows {
                let rows = writer.condition(rows)?;
                conditions = format!("{conditions} AND {rows}");
                is_there = format!("{is_there} AND {rows}");
            }
            let join = format!(
                " LEFT JOIN (SELECT {} FROM {} WHERE {conditions} GROUP BY {} HAVING count(*) > 1) AS pact_join_{joined} ON {}",
                as_keys(&names),
                writer.relation.rows(dialect),
                names.join(", "),
                on(&names)
            );
            Ok((is_there, join))
        }
        Measure::Orphans { columns: of, referred } => {
            let there =
                all_rows((wanted.referred)(referred.contract, referred.dataset)).map_err(Unsupported::Reason)?;
            let other = Writer { dialect, relation: &there };
            let (names, those) = pairs((writer, of), (&other, &referred.columns))?;
            let join = format!(
                " LEFT JOIN (SELECT DISTINCT {} FROM {}) AS pact_join_{joined} ON {}",
                as_keys(&those),
                there.rows(dialect),
                on(&names)
            );
            Ok((format!("{} AND {} IS NULL", present(&names), key(0)), join))
        }
        // These are about no single row.
        Measure::Rows(_)
        | Measure::Missing { .. }
        | Measure::Newest { .. }
        | Measure::Statistic { .. }
        | Measure::Query(_) => Err(Unsupported::Nothing),
    }
}
