//! Rows that break something, to show some of them.

use std::collections::{BTreeMap, HashSet};

use super::asking::{Asking, is_personal};
use crate::check::data::{Expectation, Measure, RowExamples, examples, row_examples};
use crate::check::{Example, Measured};
use crate::io::data::{Cell, Trouble};
use crate::model::Field;

/// So many values of a row are shown.
const MOST_SHOWN: usize = 8;

/// So many times the rows that are to be shown are asked for at once: faults that are about as frequent are all among them, and
/// nobody reads on for the rows of one that is everywhere.
const AT_ONCE: usize = 3;

impl<'a> Asking<'a> {
    /// Fetches some of the rows that break something.
    pub(super) fn show_examples(&mut self) -> Result<(), Trouble> {
        if self.examples == 0 {
            return Ok(());
        }
        let mut of_rows = Vec::new();
        for (position, expectation) in self.wanted.expectations.iter().enumerate() {
            let is_broken = matches!(self.found.measured.get(&expectation.id), Some(Measured::Number { value, .. }) if *value > 0.0);
            if !is_broken {
                continue;
            }
            let fields = self.shown_fields(expectation);
            if matches!(expectation.measure, Ok(Measure::Broken { .. })) || self.hashes.contains_key(&position) {
                of_rows.push((position, fields));
                continue;
            }
            let (place, most) = (self.place.dialect, self.examples);
            let Some(asked) = examples(self.wanted, position, self.relation, place, most) else { continue };
            let rows = self.place.database.rows(&asked, most as usize);
            if let Some(rows) = or_none(rows)? {
                let shown = rows.into_iter().map(|row| self.example(&fields, &row, fields.len())).collect();
                self.put_examples(position, shown);
            }
        }
        self.show_rows(of_rows)
    }

    /// Asks for rows that break any of several expectations, until there are enough of each.
    fn show_rows(&mut self, mut left: Vec<(usize, Vec<&'a str>)>) -> Result<(), Trouble> {
        while !left.is_empty() {
            let most = AT_ONCE * left.len() * self.examples as usize;
            let (relation, dialect) = (self.relation, self.place.dialect);
            let Some(asked) = row_examples(self.wanted, &left, &self.hashes, relation, dialect, most) else {
                return Ok(());
            };
            let Some(rows) = or_none(self.place.database.rows(&asked.sql, most))? else {
                // One of them fails on a row that the others might not have reached: each alone.
                if let [_] = left.as_slice() {
                    return Ok(());
                }
                return left.into_iter().try_for_each(|one| self.show_rows(vec![one]));
            };
            let is_all = rows.len() < most;
            let found = self.sorted(&asked, &left, &rows);
            let before = left.len();
            left.retain(|(position, _)| {
                let has = found.get(position).map_or(0, Vec::len);
                !is_all && asked.positions.contains(position) && has < self.enough(*position)
            });
            for (position, shown) in found {
                if !left.iter().any(|(other, _)| *other == position) {
                    self.put_examples(position, shown);
                }
            }
            if left.len() == before {
                return Ok(());
            }
        }
        Ok(())
    }

    /// How many rows are to be shown of an expectation: there may be fewer.
    fn enough(&self, position: usize) -> usize {
        if let Some(keys) = self.hashes.get(&position) {
            return keys.split(',').count().min(self.examples as usize);
        }
        let id = self.wanted.expectations.get(position).map(|expectation| expectation.id.as_str());
        let most = self.examples as usize;
        match id.and_then(|id| self.found.measured.get(id)) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows")]
            Some(Measured::Number { value, .. }) => most.min(*value as usize),
            _ => most,
        }
    }

    /// The first rows that break each expectation.
    fn sorted(
        &self,
        asked: &RowExamples<'a>,
        broken: &[(usize, Vec<&'a str>)],
        rows: &[Vec<Cell>],
    ) -> BTreeMap<usize, Vec<Example>> {
        let mut found: BTreeMap<usize, Vec<Example>> = BTreeMap::new();
        let mut keys: HashSet<(usize, Vec<String>)> = HashSet::new();
        for row in rows {
            let (flags, values) = row.split_at_checked(asked.positions.len()).unwrap_or_default();
            for (position, _) in asked.positions.iter().zip(flags).filter(|(_, flag)| **flag != Cell::Null) {
                let of_one = found.entry(*position).or_default();
                if of_one.len() == self.examples as usize {
                    continue;
                }
                let fields = broken.iter().find(|(other, _)| other == position).map(|(_, fields)| fields.as_slice());
                let fields = fields.unwrap_or_default();
                let value =
                    |field: &&'a str| values.get(asked.fields.iter().position(|other| other == field)?).cloned();
                let mut own: Vec<Cell> = fields.iter().filter_map(value).collect();
                // Of the rows that share a key one is shown.
                if self.hashes.contains_key(position)
                    && !keys.insert((*position, own.iter().map(Cell::to_string).collect()))
                {
                    continue;
                }
                own.extend(values.get(asked.fields.len()).cloned());
                of_one.push(self.example(fields, &own, fields.len()));
            }
        }
        found
    }

    fn put_examples(&mut self, position: usize, shown: Vec<Example>) {
        let id = self.wanted.expectations.get(position).map(|expectation| expectation.id.as_str());
        if let Some(Measured::Number { examples, .. }) = id.and_then(|id| self.found.measured.get_mut(id)) {
            *examples = shown;
        }
    }

    /// The fields of a row that breaks something which are worth showing: those that tell rows apart, and the one at fault.
    fn shown_fields(&self, expectation: &Expectation<'_>) -> Vec<&'a str> {
        let dataset = self.wanted.dataset;
        let mut names: Vec<&str> = dataset.primary_key().map(|field| field.name.as_str()).collect();
        let mut add = |field: Option<&'a Field>| {
            if let Some(field) = field.filter(|field| !names.contains(&field.name.as_str())) {
                names.push(&field.name);
            }
        };
        match &expectation.measure {
            // Its rows are groups, of which nothing is known but what they have in common.
            Ok(
                Measure::Duplicates { columns, .. }
                | Measure::Shared { columns, .. }
                | Measure::Orphans { columns, .. },
            ) => {
                names = columns
                    .iter()
                    .filter_map(|column| Some(dataset.field(&column.first.name)?.name.as_str()))
                    .collect();
            }
            Ok(Measure::Broken { condition, .. }) => {
                // SQL does not mind letter case.
                let called = |name: &str| {
                    let same = dataset.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name));
                    dataset.field(name).or(same)
                };
                condition.fields().into_iter().for_each(|name| add(called(name)));
                add(expectation.field.and_then(|name| dataset.field(name)));
            }
            _ => {}
        }
        names.retain(|name| self.relation.has(name));
        names.truncate(MOST_SHOWN);
        names
    }

    /// A row as it is shown. Its place, where it has one, stands behind so many cells.
    fn example(&self, fields: &[&str], row: &[Cell], place: usize) -> Example {
        let value = |name: &str, cell: &Cell| {
            let is_pii = self.wanted.dataset.field(name).is_some_and(is_personal);
            if is_pii && *cell != Cell::Null { "(personal data)".to_owned() } else { short(&cell.to_string()) }
        };
        let values = fields.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), value(name, cell))).collect();
        let place = row.get(place).map(Cell::to_string);
        Example { place, values }
    }
}

/// What came back, if anything did: a count stands without rows.
fn or_none<T>(rows: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match rows {
        Ok(rows) => Ok(Some(rows)),
        Err(lost @ Trouble::Lost(_)) => Err(lost),
        Err(_) => Ok(None),
    }
}

/// A value as far as anybody reads it.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
