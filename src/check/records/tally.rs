//! What came of all records so far, in their order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::coerce::{Change, Coercion};
use super::keys::Keys;
use super::line::{Fate, Judged};
use super::plan::Plan;
use crate::check::{Completeness, DatasetMetrics, Freshness};
use crate::expression::eval::{Failed, Moment};
use crate::source::words::quoted;

/// A record that breaks an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The number of its line.
    pub line: u64,
    /// What it has in the fields of its key and in the field at fault, as JSON. Personal data is not told.
    pub values: Vec<(String, String)>,
}

/// How an expectation fared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// How many records it is about.
    pub records: u64,
    /// How many of them break it.
    pub broken: u64,
    /// For how many of them it has no answer.
    pub failed: u64,
    /// The first of those, by its line, and why.
    pub first_failed: Option<(u64, Failed)>,
    /// The first records that break it.
    pub examples: Vec<Example>,
}

/// A line with what came of it, to be written somewhere.
#[derive(Debug)]
pub struct Sorted<'t, 'c> {
    /// Its number, from 1.
    pub number: u64,
    /// The line as it came, without its end.
    pub line: &'t [u8],
    /// The record as it was rewritten, if it was.
    pub rewritten: Option<&'t str>,
    /// What was rewritten.
    pub changes: &'t [Change<'c>],
    /// Why it is no record.
    pub no_record: Option<&'t str>,
    /// What it breaks, by the names of the expectations. Nothing for a good record.
    pub codes: &'t [&'t str],
}

/// How much of a stream is kept, and how much of it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many records that break an expectation are kept as examples.
    pub examples: usize,
    /// How many bytes of memory all keys may take.
    pub key_bytes: usize,
    /// With how many bad records it ends.
    pub bad: Option<u64>,
}

/// Counts what came of records.
#[derive(Debug)]
pub struct Tally<'p, 'c> {
    plan: &'p Plan<'c>,
    /// By expectations.
    pub counts: Vec<Count>,
    keys: Vec<Keys>,
    /// Lines so far, blank ones included.
    pub lines: u64,
    /// Records that break nothing that makes them bad.
    pub good: u64,
    /// Records that do.
    pub bad: u64,
    /// Lines that are no records.
    pub broken: u64,
    /// The first of those.
    pub broken_examples: Vec<(u64, String)>,
    /// How often values of a field were rewritten in a way.
    pub coerced: BTreeMap<(String, Coercion), u64>,
    /// Fields that the contract does not know, with how many records have them.
    pub extra: BTreeMap<String, u64>,
    /// Bytes of what was looked at.
    pub bytes: u64,
    present: Vec<u64>,
    newest: Option<Moment>,
    bounds: Bounds,
}

impl<'p, 'c> Tally<'p, 'c> {
    /// Nothing so far.
    pub fn new(plan: &'p Plan<'c>, bounds: Bounds) -> Self {
        let keys = plan.key_expectations();
        let each = bounds.key_bytes / keys.len().max(1);
        Self {
            plan,
            counts: vec![Count::default(); plan.expectations.len()],
            keys: keys.map(|expectation| Keys::new(each, plan.is_shared(expectation))).collect(),
            lines: 0,
            good: 0,
            bad: 0,
            broken: 0,
            broken_examples: Vec::new(),
            coerced: BTreeMap::new(),
            extra: BTreeMap::new(),
            present: vec![0; plan.fields.len()],
            newest: None,
            bytes: 0,
            bounds,
        }
    }

    /// How many records there were.
    pub fn records(&self) -> u64 {
        self.good + self.bad
    }

    /// Whether there are as many bad records as were to be looked for.
    pub fn is_enough(&self) -> bool {
        self.bounds.bad.is_some_and(|most| self.bad + self.broken >= most)
    }

    /// Takes what came of the next piece, and hands on each of its lines; breaks off behind the last bad record that was to be
    /// looked for.
    pub fn take(&mut self, data: &[u8], judged: &Judged<'c>, mut sort: impl FnMut(&Sorted<'_, 'c>)) -> ControlFlow<()> {
        match self.sort(data, judged, &mut sort) {
            None => {
                self.add(judged);
                self.bytes += data.len() as u64;
                ControlFlow::Continue(())
            }
            // What is counted by pieces is counted up to there.
            Some(end) => {
                let before = data.get(..end).unwrap_or(data);
                self.add(&self.plan.judge(before));
                self.bytes += before.len() as u64;
                ControlFlow::Break(())
            }
        }
    }

    /// Adds what is known of a piece without a look at its lines.
    fn add(&mut self, judged: &Judged<'c>) {
        for (count, more) in self.counts.iter_mut().zip(&judged.counted) {
            count.records += more;
        }
        for (count, more) in self.present.iter_mut().zip(&judged.present) {
            *count += more;
        }
        for (name, more) in &judged.extra {
            if self.extra.len() < 50 || self.extra.contains_key(name) {
                *self.extra.entry(name.clone()).or_default() += more;
            }
        }
        self.newest = self.newest.max(judged.newest);
        self.lines += judged.count;
    }

    /// Hands on each line of a piece. Gives where it ended, if that was before the end of the piece.
    fn sort(&mut self, data: &[u8], judged: &Judged<'c>, sort: &mut impl FnMut(&Sorted<'_, 'c>)) -> Option<usize> {
        let keys: Vec<usize> = self.plan.key_expectations().collect();
        let mut codes: Vec<&str> = Vec::new();
        let mut of_line = judged.keys.chunks(keys.len().max(1));
        for line in &judged.lines {
            codes.clear();
            let number = self.lines + line.number;
            let bytes = data.get(line.at.clone()).unwrap_or_default();
            let (rewritten, changes) = match line.coerced.and_then(|index| judged.coerced.get(index)) {
                Some((text, changes)) => (Some(text.as_str()), changes.as_slice()),
                None => (None, [].as_slice()),
            };
            let mut no_record = None;
            let digests = if keys.is_empty() { &[][..] } else { of_line.next().unwrap_or_default() };
            match &line.fate {
                Fate::Good => {}
                Fate::Bad(at) => {
                    for breach in judged.breaches_of(at) {
                        self.breach(breach.expectation, breach.failed, number, bytes, rewritten, &mut codes);
                    }
                }
                Fate::Broken(broken) => {
                    self.broken += 1;
                    no_record = Some(broken.0.as_str());
                    if self.broken_examples.len() < self.bounds.examples {
                        self.broken_examples.push((number, broken.0.clone()));
                    }
                }
            }
            for (index, digest) in digests.iter().enumerate() {
                let wrong = digest.zip(self.keys.get_mut(index)).map_or(0, |(digest, keys)| keys.wrong_by(digest));
                if let (1.., Some(expectation)) = (wrong, keys.get(index)) {
                    self.breach(*expectation, None, number, bytes, rewritten, &mut codes);
                    self.counts.iter_mut().skip(*expectation).take(1).for_each(|count| count.broken += wrong - 1);
                }
            }
            for change in changes {
                *self.coerced.entry((change.path.to_string(), change.how)).or_default() += 1;
            }
            if no_record.is_none() {
                *(if codes.is_empty() { &mut self.good } else { &mut self.bad }) += 1;
            }
            sort(&Sorted { number, line: bytes, rewritten, changes, no_record, codes: &codes });
            if self.is_enough() {
                return Some(line.at.end);
            }
        }
        None
    }

    fn breach<'s>(
        &mut self,
        expectation: usize,
        failed: Option<Failed>,
        line: u64,
        bytes: &[u8],
        rewritten: Option<&str>,
        codes: &mut Vec<&'s str>,
    ) where
        'p: 's,
    {
        let plan: &'p Plan<'c> = self.plan;
        let Some(count) = self.counts.get_mut(expectation) else { return };
        match failed {
            Some(failed) => {
                count.failed += 1;
                count.first_failed.get_or_insert((line, failed));
            }
            None => count.broken += 1,
        }
        if count.examples.len() < self.bounds.examples && failed.is_none() {
            let text = rewritten.or_else(|| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            count.examples.push(Example { line, values: plan.excerpt(text, expectation) });
        }
        if plan.makes_bad(expectation)
            && let Some(expectation) = plan.expectations.get(expectation)
        {
            codes.push(&expectation.id);
        }
    }

    /// Counts a line that is too long to be read, with its number.
    pub fn too_long(&mut self, bytes: u64, most: usize) -> (u64, String) {
        self.lines += 1;
        self.broken += 1;
        self.bytes += bytes;
        let reason = format!("it has {bytes} bytes; at most {most} are read");
        if self.broken_examples.len() < self.bounds.examples {
            self.broken_examples.push((self.lines, reason.clone()));
        }
        (self.lines, reason)
    }

    /// Why nothing certain is known of a key, if so: there were more keys than there was room for.
    pub(super) fn lost_keys(&self, expectation: usize) -> Option<String> {
        let index = self.plan.key_expectations().position(|one| one == expectation)?;
        let keys = self.keys.get(index).filter(|keys| keys.is_full)?;
        let field = self.plan.expectations.get(expectation)?;
        let what = quoted(&field.id);
        Some(format!(
            "there was room for {} different keys of {what} only, and nothing is known of those after them; give more with \
             --key-memory",
            keys.len()
        ))
    }

    /// The numbers of the records as a data service tells them, for promises about all of them.
    pub fn metrics(&self) -> DatasetMetrics {
        #[expect(clippy::cast_precision_loss, reason = "shares of more than 2^53 records are as rough as that")]
        let share = |count: u64| (self.records() > 0).then(|| 100.0 * count as f64 / self.records() as f64);
        let name = |field: &crate::model::Field| field.physical_name.clone().unwrap_or_else(|| field.name.clone());
        let shares =
            self.plan.dataset.fields.iter().zip(&self.present).map(|(field, count)| (name(field), share(*count)));
        let newest = self.newest.and_then(Moment::instant).map(|instant| instant.to_string());
        DatasetMetrics {
            freshness: newest.map(|newest| Freshness { last_update: Some(newest), seconds_since_update: None }),
            completeness: Some(Completeness {
                total_rows: Some(self.records()),
                field_completeness: shares.collect(),
                ..Completeness::default()
            }),
            row_count: Some(self.records()),
            ..DatasetMetrics::default()
        }
    }
}
