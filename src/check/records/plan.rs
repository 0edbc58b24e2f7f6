//! The expectations of a dataset, ready to be held against records.

use std::ops::Range;

use jiff::Timestamp;

use super::check::{Check, Compiler};
use super::coerce::{Change, rewritten};
use super::expected::{EXTRA, PRESENT};
use super::keys::Digest;
use super::layout::{Layout, Place};
use super::line::{Breach, Broken, Fate, Judged, Line};
use super::outcomes::{Alike, Outcomes, Run};
use super::read::{Extra, Reader, Row, State, items};
use super::scan::Fault;
use crate::check::data::{Column, Condition, Expectation, Measure, Unmeasured};
use crate::expression::eval::{Failed, Value};
use crate::model::{Dataset, RuleSeverity};

/// How records are judged.
#[derive(Debug, Clone, Copy)]
pub struct Options<'c> {
    /// What the clock shows.
    pub now: Timestamp,
    /// Whether values are rewritten as promised where they mean one thing only.
    pub coerce: bool,
    /// The field that tells how new a record is.
    pub time: Option<&'c str>,
}

/// A check for each record, or each item of a list or map within one.
#[derive(Debug)]
struct Test {
    expectation: usize,
    check: Check,
    rows: Option<Check>,
}

/// Values that no two records share.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) expectation: usize,
    pub(super) slots: Vec<usize>,
    rows: Option<Check>,
}

/// Records in which nothing of this is broken.
#[derive(Debug)]
struct Sound {
    expectation: usize,
    of: Vec<usize>,
    rows: Option<Check>,
}

/// The expectations of a dataset, compiled.
#[derive(Debug)]
pub struct Plan<'c> {
    /// The dataset.
    pub dataset: &'c Dataset,
    /// What is expected.
    pub expectations: Vec<Expectation<'c>>,
    /// Why an expectation is not checked.
    pub(super) omitted: Vec<Option<Unmeasured>>,
    pub(super) layout: Layout<'c>,
    /// Tests of the record itself that ask only what there is in each slot. See [`Alike`].
    state_tests: Vec<Test>,
    /// All others, by levels.
    tests: Vec<Vec<Test>>,
    pub(super) keys: Vec<Key>,
    sound: Vec<Sound>,
    /// Numbers of records.
    rows: Vec<(usize, Option<Check>)>,
    extra: Option<usize>,
    /// Whether a record that breaks an expectation is a bad one.
    makes_bad: Vec<bool>,
    /// The slot of the time of a record.
    time: Option<usize>,
    /// The slots of the fields of the record.
    pub(super) fields: Vec<usize>,
    coerce: bool,
    digest: Digest,
}

/// What is needed for one record after the other.
#[derive(Debug, Default)]
pub(super) struct Scratch<'r> {
    pub(super) row: Row<'r>,
    /// By levels, those of items of lists and maps.
    inner: Vec<Row<'r>>,
    outcomes: Outcomes,
    alike: Alike,
    run: Run,
}

impl<'c> Plan<'c> {
    /// Compiles what is expected of a dataset. What can't be checked in a stream is left out with the reason.
    pub fn new(dataset: &'c Dataset, expectations: Vec<Expectation<'c>>, options: Options<'c>) -> Self {
        let layout = Layout::new(dataset);
        let slot = |name: &str| layout.place(&Column::named(dataset, name)?).map(|place| place.slot);
        let time = options.time.and_then(slot);
        let fields = dataset.fields.iter().filter_map(|field| slot(&field.name)).collect();
        let makes_bad = expectations.iter().map(makes_bad).collect();
        let mut plan = Self {
            dataset,
            omitted: Vec::new(),
            state_tests: Vec::new(),
            tests: layout.levels.iter().map(|_| Vec::new()).collect(),
            layout,
            keys: Vec::new(),
            sound: Vec::new(),
            rows: Vec::new(),
            extra: None,
            makes_bad,
            time,
            fields,
            coerce: options.coerce,
            digest: Digest::default(),
            expectations: Vec::new(),
        };
        for (index, expectation) in expectations.iter().enumerate() {
            let reason = plan.add(index, expectation, &expectations, options.now).err();
            plan.omitted.push(reason);
        }
        plan.expectations = expectations;
        plan
    }

    fn add(
        &mut self,
        index: usize,
        expectation: &Expectation<'c>,
        all: &[Expectation<'c>],
        now: Timestamp,
    ) -> Result<(), Unmeasured> {
        let compiler = Compiler { layout: &self.layout, dataset: self.dataset, now };
        let element = &expectation.element;
        let at_record =
            |rows: &Option<Condition<'c>>| rows.as_ref().map(|rows| compiler.check(0, rows, element)).transpose();
        match expectation.measure.as_ref().map_err(Clone::clone)? {
            Measure::Broken { .. } if expectation.check == EXTRA => self.extra = Some(index),
            Measure::Broken { condition: Condition::Every(conditions), rows } if expectation.rule.is_none() => {
                let (of, rows) = (self.sound_of(conditions, all)?, at_record(rows)?);
                self.sound.push(Sound { expectation: index, of, rows });
            }
            Measure::Broken { condition, rows } => {
                let level = compiler.level(condition, element)?;
                let check = match compiler.check(level, condition, element)? {
                    Check::Present(slot, _) if expectation.check == PRESENT => Check::There(slot),
                    check => check,
                };
                let rows = rows.as_ref().map(|rows| compiler.check(level, rows, element)).transpose()?;
                let is_of_states = level == 0 && rows.is_none() && check.asks_states();
                let tests = if is_of_states { Some(&mut self.state_tests) } else { self.tests.get_mut(level) };
                if let Some(tests) = tests {
                    tests.push(Test { expectation: index, check, rows });
                }
            }
            Measure::Rows(rows) => {
                let rows = at_record(rows)?;
                self.rows.push((index, rows));
            }
            Measure::Duplicates { columns, rows } | Measure::Shared { columns, rows } => {
                let slot = |column: &Column<'_>| match self.layout.place(column) {
                    Some(Place { level: 0, slot, .. }) => Ok(slot),
                    _ => Err(Unmeasured::elsewhere("it is about what is within a list")),
                };
                let slots = columns.iter().map(slot).collect::<Result<_, _>>()?;
                let rows = at_record(rows)?;
                self.keys.push(Key { expectation: index, slots, rows });
            }
            Measure::Orphans { referred, .. } => {
                let to = crate::source::words::quoted(referred.contract);
                return Err(Unmeasured::Elsewhere(format!("a stream alone does not show what is in {to}")));
            }
            Measure::Missing { .. } | Measure::Newest { .. } => {
                return Err(Unmeasured::elsewhere("of a stream that is measured for all records only"));
            }
            Measure::Statistic { .. } => {
                return Err(Unmeasured::elsewhere(
                    "of what shape values are is measured of data at rest, and not of a stream",
                ));
            }
            Measure::Query(_) => return Err(Unmeasured::elsewhere("a stream answers no queries")),
        }
        Ok(())
    }

    /// The expectations whose conditions these are. Both lists are in the same order.
    fn sound_of(&self, conditions: &[Condition<'c>], all: &[Expectation<'c>]) -> Result<Vec<usize>, Unmeasured> {
        let mut of = Vec::new();
        let mut rest = all.iter().zip(&self.omitted).enumerate();
        for condition in conditions {
            let is = |expectation: &Expectation<'c>| match &expectation.measure {
                Ok(Measure::Broken { condition: one, rows: None }) => one == condition,
                Ok(Measure::Broken { condition: one, rows: Some(rows) }) => {
                    matches!(condition, Condition::Where(when, then) if **when == *rows && **then == *one)
                }
                _ => false,
            };
            match rest.find(|(_, (expectation, _))| is(expectation)) {
                Some((index, (_, None))) => of.push(index),
                Some((_, (expectation, Some(why)))) => {
                    return Err(why.with(|reason| format!("`{}` is not checked: {reason}", expectation.id)));
                }
                None => return Err(Unmeasured::elsewhere("it has a condition that is not checked alone")),
            }
        }
        Ok(of)
    }

    /// The expectations about keys, in the order in which [`Judged`] has them.
    pub(super) fn key_expectations(&self) -> impl ExactSizeIterator<Item = usize> {
        self.keys.iter().map(|key| key.expectation)
    }

    /// Whether all records count that share a key, and not only those that come again.
    pub(super) fn is_shared(&self, expectation: usize) -> bool {
        let measure = self.expectations.get(expectation).map(|expectation| &expectation.measure);
        matches!(measure, Some(Ok(Measure::Shared { .. })))
    }

    /// The numbers of records that are expected, of those that keep a condition.
    pub(super) fn is_number(&self, expectation: usize) -> bool {
        self.rows.iter().any(|(index, _)| *index == expectation)
    }

    /// Whether a record that breaks an expectation is a bad one.
    pub(super) fn makes_bad(&self, expectation: usize) -> bool {
        self.makes_bad.get(expectation).copied().unwrap_or(true)
    }

    /// Judges a piece of whole lines.
    pub fn judge(&self, data: &[u8]) -> Judged<'c> {
        let mut judged = Judged {
            counted: vec![0; self.expectations.len()],
            present: vec![0; self.fields.len()],
            ..Judged::default()
        };
        let mut scratch = Scratch::default();
        let whole = std::str::from_utf8(data).ok();
        let mut start = 0;
        while start < data.len() {
            let end = memchr::memchr(b'\n', data.get(start..).unwrap_or_default()).map_or(data.len(), |at| start + at);
            judged.count += 1;
            let bytes = data.get(start..end).unwrap_or_default();
            let at = start..start + bytes.trim_ascii_end().len();
            start = end + 1;
            if at.is_empty() {
                continue;
            }
            let number = judged.count;
            let text = match whole {
                Some(whole) => whole.get(at.clone()),
                None => data.get(at.clone()).and_then(|bytes| std::str::from_utf8(bytes).ok()),
            };
            // Some programs begin a file with this mark.
            let text = text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
            let (fate, coerced) = match text {
                None => self.no_record("it is no UTF-8".to_owned(), &mut judged),
                Some(text) => self.line(text, &mut judged, &mut scratch),
            };
            judged.lines.push(Line { number, at, fate, coerced });
        }
        scratch.run.count(&self.fields, &mut judged);
        judged
    }

    fn line<'r>(&self, text: &'r str, judged: &mut Judged<'c>, scratch: &mut Scratch<'r>) -> (Fate, Option<usize>)
    where
        'c: 'r,
    {
        if !text.trim_start().starts_with('{') {
            return self.no_record("it is no JSON object".to_owned(), judged);
        }
        let mut changes = Vec::new();
        if self.coerce {
            if let Err(reason) = self.read(text, scratch, Some(&mut changes)) {
                return self.no_record(format!("it is no JSON: {reason}"), judged);
            }
            if let Some(new) = rewritten(text, &mut changes).filter(|_| !changes.is_empty()) {
                let mut fresh = Scratch::default();
                if let Err(reason) = self.read(&new, &mut fresh, None) {
                    return self.no_record(format!("it is no JSON: {reason}"), judged);
                }
                let fate = self.note(judged, &mut fresh);
                fresh.run.count(&self.fields, judged);
                drop(fresh);
                judged.coerced.push((new, changes));
                return (fate, Some(judged.coerced.len() - 1));
            }
        } else if let Err(reason) = self.read(text, scratch, None) {
            return self.no_record(format!("it is no JSON: {reason}"), judged);
        }
        (self.note(judged, scratch), None)
    }

    fn no_record(&self, reason: String, judged: &mut Judged<'c>) -> (Fate, Option<usize>) {
        judged.keys.resize(judged.keys.len() + self.keys.len(), None);
        (Fate::Broken(Broken(reason)), None)
    }

    /// Reads a record and runs all tests on it.
    pub(super) fn read<'r>(
        &self,
        text: &'r str,
        scratch: &mut Scratch<'r>,
        changes: Option<&mut Vec<Change<'c>>>,
    ) -> Result<(), String>
    where
        'c: 'r,
    {
        let Some(level) = self.layout.levels.first() else { return Ok(()) };
        let Scratch { row, inner, outcomes, alike, .. } = scratch;
        inner.resize_with(self.layout.levels.len(), Row::default);
        let mut changes = changes;
        let start = text.as_ptr() as usize;
        let read = Reader { row, changes: changes.as_deref_mut(), start, notes_extra: self.extra.is_some() }
            .record(level, text);
        let read = read.and_then(|()| {
            self.begin(row, alike, outcomes);
            self.run(0, row, inner, outcomes, changes, start)
        });
        read.map_err(|fault| fault.told(text))
    }

    /// Sets the outcomes to what the states of a record alone decide.
    fn begin(&self, row: &Row<'_>, alike: &mut Alike, outcomes: &mut Outcomes) {
        if alike.recall(&row.states, outcomes) {
            return;
        }
        outcomes.clear(self.expectations.len());
        for test in &self.state_tests {
            outcomes.set(test.expectation, outcome(&test.check, None, row));
        }
        alike.learn(&row.states, outcomes);
    }

    fn run<'r>(
        &self,
        level: usize,
        row: &Row<'r>,
        rows: &mut [Row<'r>],
        outcomes: &mut Outcomes,
        mut changes: Option<&mut Vec<Change<'c>>>,
        start: usize,
    ) -> Result<(), Fault>
    where
        'c: 'r,
    {
        for test in self.tests.get(level).map_or(&[][..], Vec::as_slice) {
            let outcome = outcome(&test.check, test.rows.as_ref(), row);
            outcomes.set(test.expectation, outcome);
        }
        let Some(of) = self.layout.levels.get(level) else { return Ok(()) };
        for (slot, inner, is_map) in &of.inner {
            let Some(within) = self.layout.levels.get(*inner).filter(|_| row.state(*slot) == State::Fine) else {
                continue;
            };
            let raw = row.raw(*slot);
            let mut item_row = rows.get_mut(*inner).map(std::mem::take).unwrap_or_default();
            items(raw, *is_map, &mut |item| {
                Reader {
                    row: &mut item_row,
                    changes: changes.as_deref_mut(),
                    start,
                    notes_extra: self.extra.is_some(),
                }
                .item(within, item)?;
                if !item_row.extra.is_empty() {
                    outcomes.is_extra(self.extra);
                }
                self.run(*inner, &item_row, rows, outcomes, changes.as_deref_mut(), start)
            })?;
            if let Some(place) = rows.get_mut(*inner) {
                *place = item_row;
            }
        }
        Ok(())
    }

    /// Counts what came of a record.
    fn note(&self, judged: &mut Judged<'c>, scratch: &mut Scratch<'_>) -> Fate {
        let Scratch { row, outcomes, run, .. } = scratch;
        if self.extra.is_some() {
            self.note_extra(judged, row, outcomes);
        }
        for Sound { expectation, of, rows } in &self.sound {
            let is_broken = of.iter().any(|index| outcomes.is_broken(*index));
            let held = rows.as_ref().map_or(Ok(Some(true)), |rows| rows.holds(row));
            outcomes.set(*expectation, held.map(|held| (held == Some(true)).then_some(!is_broken)));
        }
        for (expectation, rows) in &self.rows {
            let held = rows.as_ref().map_or(Ok(Some(true)), |rows| rows.holds(row));
            outcomes.set(*expectation, held.map(|held| (held == Some(true)).then_some(true)));
        }
        for Key { expectation, slots, rows } in &self.keys {
            let held = rows.as_ref().map_or(Ok(Some(true)), |rows| rows.holds(row)).map(|held| held == Some(true));
            outcomes.set(*expectation, held.map(|held| held.then_some(true)));
            let digest = || self.digest.of(slots.iter().map(|slot| row.values.get(*slot)));
            judged.keys.push(if held == Ok(true) { digest() } else { None });
        }
        if let Some(Value::Moment(moment)) = self.time.and_then(|slot| row.values.get(slot)) {
            judged.newest = judged.newest.max(Some(*moment));
        }
        if !run.takes(&row.states, outcomes) {
            run.count(&self.fields, judged);
            run.begin(&row.states, outcomes);
        }
        let before = judged.breaches.len();
        outcomes.breaches(&mut judged.breaches);
        let breaches = before..judged.breaches.len();
        if breaches.is_empty() { Fate::Good } else { Fate::Bad(breaches) }
    }

    fn note_extra(&self, judged: &mut Judged<'c>, row: &Row<'_>, outcomes: &mut Outcomes) {
        /// More names than these are no slip of somebody's pen.
        const MOST: usize = 50;
        outcomes.count(self.extra);
        if row.extra.is_empty() {
            return;
        }
        outcomes.is_extra(self.extra);
        for Extra { key, within, .. } in &row.extra {
            let name = if within.is_empty() { key.to_string() } else { format!("{within}.{key}") };
            match judged.extra.iter().position(|(known, _)| *known == name) {
                Some(index) => judged.extra.iter_mut().skip(index).take(1).for_each(|(_, count)| *count += 1),
                None if judged.extra.len() < MOST => judged.extra.push((name, 1)),
                None => {}
            }
        }
    }
}

/// Whether a row keeps a check, and whether that is about the row at all.
fn outcome(check: &Check, rows: Option<&Check>, row: &Row<'_>) -> Result<Option<bool>, Failed> {
    if let Some(rows) = rows
        && rows.holds(row)? != Some(true)
    {
        return Ok(None);
    }
    Ok(Some(check.holds(row)? != Some(false)))
}

/// What only a consumer asks, what is worth a look, and promises about shares of all records make no record a bad one.
fn makes_bad(expectation: &Expectation<'_>) -> bool {
    let is_share = matches!(expectation.check, "accuracy" | "uniqueness" | "volume" | "completeness" | "freshness");
    let is_number = matches!(expectation.measure, Ok(Measure::Rows(_)));
    expectation.consumer.is_none() && expectation.severity >= RuleSeverity::Error && !is_share && !is_number
}

/// The breaches of a line.
impl Judged<'_> {
    pub(super) fn breaches_of(&self, at: &Range<usize>) -> &[Breach] {
        self.breaches.get(at.clone()).unwrap_or_default()
    }
}
