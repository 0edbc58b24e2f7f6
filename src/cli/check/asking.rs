//! Asks a database about one dataset, and takes its answers.

use std::collections::BTreeMap;
use std::time::Duration;

use super::place::Place;
use crate::check::data::{
    Column, Condition, Expectation, Measure, Memory, Query, Relation, Serves, Unmeasured, Wanted, queries,
};
use crate::check::{DatasetAnswer, Measured};
use crate::io::data::{Cell, Trouble};
use crate::model::{Field, Statistic};
use crate::source::words::quoted;

/// What is said where the words of a database may have a value of personal data in them.
const HIDDEN: &str = "it can't be computed; why is not shown, since a value of personal data may stand there";

/// The questions about one dataset.
pub(super) struct Asking<'a> {
    pub(super) place: &'a mut Place,
    pub(super) wanted: Wanted<'a>,
    pub(super) relation: &'a Relation,
    pub(super) examples: u32,
    pub(super) found: DatasetAnswer,
    /// Some of the keys that are there twice, by the positions of their expectations.
    pub(super) hashes: BTreeMap<usize, String>,
    /// Why nothing more is asked of the table: somebody else keeps it locked.
    pub(super) locked: Option<String>,
    /// How long the run may still take.
    pub(super) left: &'a dyn Fn() -> Duration,
}

impl Asking<'_> {
    pub(super) fn all(&mut self, chosen: &[usize]) -> Result<(), Trouble> {
        self.some(chosen)?;
        self.show_examples()
    }

    /// Measures some of the expectations.
    fn some(&mut self, chosen: &[usize]) -> Result<(), Trouble> {
        self.some_in(Memory::Enough, chosen)
    }

    /// Measures some of the expectations. One that can't be measured fails alone: what is asked together is asked in halves then.
    fn some_in(&mut self, memory: Memory, chosen: &[usize]) -> Result<(), Trouble> {
        let asked = queries(self.wanted, chosen, self.relation, self.place.dialect, memory);
        for (position, why) in asked.left {
            self.put(
                position,
                match why {
                    Unmeasured::Elsewhere(reason) => Measured::Left(reason),
                    Unmeasured::Mistaken(reason) | Unmeasured::Denied(reason) => Measured::Failed(reason),
                },
            );
        }
        for query in asked.queries {
            let serves = served(&query);
            if let Some(reason) = self.locked.clone() {
                for position in serves {
                    self.put(position, Measured::Failed(reason.clone()));
                }
                continue;
            }
            if (self.left)().is_zero() {
                for position in serves {
                    let over = "not asked: the run has taken as long as it may; give more with --deadline";
                    self.put(position, Measured::Failed(over.to_owned()));
                }
                continue;
            }
            // A second row tells that there is no one answer.
            let answer = match (self.place.database.rows(&query.sql, 2), &query.frugal) {
                (Err(Trouble::OutOfMemory(_)), Some(sql)) => self.place.database.rows(sql, 2),
                (answer, _) => answer,
            };
            // What a part of them fails on is told of that part alone.
            if let Err(trouble) = &answer
                && query.serves.contains(&Serves::Rows)
                && self.found.rows.is_none()
            {
                let may_show = !matches!(trouble, Trouble::Refused(_)) || self.personal().next().is_none();
                self.found.unread = Some(if may_show { trouble.reason() } else { HIDDEN }.to_owned());
                // Nobody gets to the table, whatever is asked of it.
                self.locked = self.found.unread.clone().filter(|_| matches!(trouble, Trouble::Locked(_)));
            }
            match answer {
                Ok(rows) => self.read(&query, &rows),
                Err(lost @ Trouble::Lost(_)) => return Err(lost),
                Err(Trouble::OutOfMemory(_)) if serves.len() > 1 && memory == Memory::Enough => {
                    self.some_in(Memory::Short, &serves)?;
                }
                Err(Trouble::Refused(_) | Trouble::OutOfMemory(_)) if serves.len() > 1 => {
                    let (one, other) = serves.split_at(serves.len() / 2);
                    self.some_in(memory, one)?;
                    self.some_in(memory, other)?;
                }
                // One slow rule is no reason to know nothing of the others.
                Err(trouble @ Trouble::TimedOut(_)) if serves.len() > 1 => self.apart(&serves, &trouble)?,
                Err(trouble) => {
                    for position in serves {
                        self.put(position, Measured::Failed(self.told(position, &trouble)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Asks again what took too long together: rules in SQL, which may do anything, each alone, and the others together.
    fn apart(&mut self, all: &[usize], trouble: &Trouble) -> Result<(), Trouble> {
        let is_sql = |position: &usize| {
            let measure = self.expectation(*position).map(|expectation| &expectation.measure);
            matches!(measure, Some(Ok(Measure::Broken { condition, .. })) if condition.has_sql())
        };
        let (rules, others): (Vec<usize>, Vec<usize>) = all.iter().copied().partition(is_sql);
        if rules.is_empty() {
            for position in others {
                self.put(position, Measured::Failed(self.told(position, trouble)));
            }
            return Ok(());
        }
        if !others.is_empty() {
            self.some(&others)?;
        }
        rules.iter().try_for_each(|rule| self.some(&[*rule]))
    }

    fn expectation(&self, position: usize) -> Option<&Expectation<'_>> {
        self.wanted.expectations.get(position)
    }

    fn put(&mut self, position: usize, measured: Measured) {
        if let Some(id) = self.expectation(position).map(|expectation| expectation.id.clone()) {
            self.found.measured.insert(id, measured);
        }
    }

    /// Notes what no query has to find out.
    pub(super) fn are_enforced(&mut self, positions: &[usize]) {
        for position in positions {
            self.put(*position, Measured::Enforced);
        }
    }

    /// The one value that a query of the contract gives, or why there is none.
    fn value(&self, expectation: &Expectation<'_>, rows: &[Vec<Cell>]) -> Measured {
        let failed = |reason: &str| Measured::Failed(format!("{reason}, and one value is expected"));
        match rows {
            [] => failed("the query gives no row"),
            [row] => match row.as_slice() {
                [Cell::Text(_)] if self.is_about_persons(expectation) => {
                    Measured::Left("the query gives a text, which may be personal data".to_owned())
                }
                [Cell::Text(text)] => Measured::Text(text.clone()),
                [Cell::Null] => failed("the query gives null"),
                [cell] => match cell.number() {
                    Some(value) => Measured::Number { value, of: None, examples: Vec::new() },
                    None => failed(&format!("the query gives {cell}, which is no number")),
                },
                _ => failed(&format!("the query gives {} columns", row.len())),
            },
            _ => failed("the query gives several rows"),
        }
    }

    /// Why an expectation could not be measured. Databases show the value on which they failed.
    fn told(&self, position: usize, trouble: &Trouble) -> String {
        let Some(expectation) = self.expectation(position) else { return trouble.reason().to_owned() };
        match trouble {
            Trouble::Refused(_) if self.is_about_persons(expectation) => HIDDEN.to_owned(),
            other => other.reason().to_owned(),
        }
    }

    fn personal(&self) -> impl Iterator<Item = &Field> {
        self.wanted.dataset.fields.iter().filter(|field| is_personal(field))
    }

    /// Whether an expectation is about personal data, as far as its names tell.
    fn is_about_persons(&self, expectation: &Expectation<'_>) -> bool {
        let own = expectation.field.and_then(|name| Column::named(self.wanted.dataset, name));
        let mut names: Vec<&str> = own.iter().map(|column| column.first.name.as_str()).collect();
        match &expectation.measure {
            Ok(Measure::Broken { condition, rows }) => {
                names.extend(condition.fields());
                names.extend(rows.iter().flat_map(Condition::fields));
            }
            Ok(Measure::Statistic { column, rows, .. }) => {
                names.push(&column.first.name);
                names.extend(rows.iter().flat_map(Condition::fields));
            }
            Ok(Measure::Query(query)) => {
                let query = query.to_lowercase();
                let is_named = |field: &Field| query.contains('*') || query.contains(&field.name.to_lowercase());
                if self.personal().any(is_named) {
                    return true;
                }
            }
            _ => {}
        }
        self.personal().any(|field| names.iter().any(|name| name.eq_ignore_ascii_case(&field.name)))
    }

    /// Takes the answer of a query.
    fn read(&mut self, query: &Query, rows: &[Vec<Cell>]) {
        if let [Serves::Number(position)] = query.serves.as_slice()
            && let Some(expectation) = self.expectation(*position)
            && let Ok(Measure::Query(_)) = expectation.measure
        {
            let value = self.value(expectation, rows);
            return self.put(*position, value);
        }
        let cells = rows.first().map(Vec::as_slice).unwrap_or_default();
        let field = |position: usize| self.wanted.dataset.fields.get(position).map(|field| field.name.clone());
        let mut about: BTreeMap<usize, u64> = BTreeMap::new();
        let mut numbers: Vec<(usize, Cell)> = Vec::new();
        for (index, serves) in query.serves.iter().enumerate() {
            let cell = cells.get(index).unwrap_or(&Cell::Null);
            match serves {
                Serves::Rows => {
                    self.found.rows = count(cell);
                    self.found.unread = None;
                }
                Serves::Total => self.found.sample_of = count(cell),
                Serves::Filled(position) => {
                    if let (Some(name), Some(count)) = (field(*position), count(cell)) {
                        self.found.filled.insert(name, count);
                    }
                }
                Serves::Newest(position) => {
                    if let (Some(name), false) = (field(*position), *cell == Cell::Null) {
                        self.found.newest.insert(name, cell.to_string());
                    }
                }
                Serves::Of(position) => {
                    about.extend(count(cell).map(|count| (*position, count)));
                }
                Serves::Keys(position) => {
                    let number = match cell {
                        Cell::Text(text) => {
                            let (count, hashes) = text.split_once(' ').unwrap_or((text, ""));
                            self.hashes.insert(*position, hashes.to_owned());
                            count.parse().map_or(Cell::Null, Cell::Int)
                        }
                        other => other.clone(),
                    };
                    numbers.push((*position, number));
                }
                Serves::Number(position) => numbers.push((*position, cell.clone())),
            }
        }
        for (position, cell) in numbers {
            let of = about.get(&position).copied();
            let measured = match (cell.number(), self.statistic(position)) {
                (number, Some(statistic)) if !number.is_some_and(f64::is_finite) => no_statistic(statistic, &cell, of),
                (Some(value), _) => Measured::Number { value, of, examples: Vec::new() },
                // Nothing is the newest of no rows.
                (None, _) if of == Some(0) => Measured::Number { value: 0.0, of, examples: Vec::new() },
                (None, _) => Measured::Failed(self.no_number(position)),
            };
            self.put(position, measured);
        }
    }

    fn statistic(&self, position: usize) -> Option<&Statistic> {
        match self.expectation(position)?.measure {
            Ok(Measure::Statistic { statistic, .. }) => Some(statistic),
            _ => None,
        }
    }

    fn no_number(&self, position: usize) -> String {
        match self.expectation(position).map(|expectation| &expectation.measure) {
            Some(Ok(Measure::Newest { column, .. })) => format!("no newest value of {}", quoted(&column.to_string())),
            _ => "the query gives no number".to_owned(),
        }
    }
}

/// Why values don't have a statistic.
fn no_statistic(statistic: &Statistic, found: &Cell, of: Option<u64>) -> Measured {
    let metric = quoted(statistic.metric().name());
    match (found, of, statistic) {
        (Cell::Null, Some(1), Statistic::StandardDeviation) => {
            Measured::Left("one value alone has no standard deviation".to_owned())
        }
        (Cell::Null, ..) => Measured::Left(format!("there are no values, and so no {metric}")),
        _ => Measured::Failed(format!("{metric} is no number, since NaN or infinity is among the values")),
    }
}

/// The expectations that a query serves.
fn served(query: &Query) -> Vec<usize> {
    let mut positions: Vec<usize> = query
        .serves
        .iter()
        .filter_map(|serves| match serves {
            Serves::Number(position) | Serves::Keys(position) => Some(*position),
            _ => None,
        })
        .collect();
    positions.dedup();
    positions
}

/// Whether a field is personal data, or has some within it.
pub(super) fn is_personal(field: &Field) -> bool {
    let within = [field.items.as_deref(), field.values.as_deref()];
    field.is_pii || field.fields.iter().any(is_personal) || within.into_iter().flatten().any(is_personal)
}

fn count(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Int(count) => u64::try_from(*count).ok(),
        _ => None,
    }
}
