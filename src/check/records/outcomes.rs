//! What comes of the expectations for a record. Most records are like the one before them: what is known of that one is not
//! worked out again, and those that are alike are counted at once.

use super::line::{Breach, Judged};
use super::read::State;
use crate::expression::eval::Failed;

/// What is known of an expectation for a record.
const COUNTED: u8 = 1;
const BROKEN: u8 = 2;
const FAILED: u8 = 4;

/// What came of a record so far.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// By expectations.
    each: Vec<u8>,
    failed: Vec<(usize, Failed)>,
}

impl Outcomes {
    /// Nothing is known yet of so many expectations.
    pub(super) fn clear(&mut self, expectations: usize) {
        self.each.clear();
        self.each.resize(expectations, 0);
        self.failed.clear();
    }

    /// Notes that an expectation is about the record.
    pub(super) fn count(&mut self, expectation: Option<usize>) {
        if let Some(outcome) = expectation.and_then(|index| self.each.get_mut(index)) {
            *outcome |= COUNTED;
        }
    }

    /// Notes that there is a key which no field has.
    pub(super) fn is_extra(&mut self, expectation: Option<usize>) {
        if let Some(outcome) = expectation.and_then(|index| self.each.get_mut(index)) {
            *outcome |= COUNTED | BROKEN;
        }
    }

    /// Notes whether a row keeps an expectation; `None` where it is not about the row.
    #[inline]
    pub(super) fn set(&mut self, expectation: usize, kept: Result<Option<bool>, Failed>) {
        let Some(outcome) = self.each.get_mut(expectation) else { return };
        match kept {
            Ok(None) => {}
            Ok(Some(true)) => *outcome |= COUNTED,
            Ok(Some(false)) => *outcome |= COUNTED | BROKEN,
            Err(failed) => {
                *outcome |= COUNTED | FAILED;
                self.failed.push((expectation, failed));
            }
        }
    }

    /// Whether the record breaks an expectation.
    pub(super) fn is_broken(&self, expectation: usize) -> bool {
        self.each.get(expectation).is_some_and(|outcome| outcome & BROKEN > 0)
    }

    /// Adds what the record breaks, and what could not be evaluated for it.
    pub(super) fn breaches(&self, breaches: &mut Vec<Breach>) {
        // One question for all of them, since nearly always the answer is no.
        if self.each.iter().fold(0, |all, outcome| all | outcome) & (BROKEN | FAILED) == 0 {
            return;
        }
        for (expectation, outcome) in self.each.iter().enumerate() {
            if outcome & (BROKEN | FAILED) > 0 {
                let failed = self.failed.iter().find(|(index, _)| *index == expectation).map(|(_, failed)| *failed);
                let failed = failed.filter(|_| outcome & BROKEN == 0);
                breaches.push(Breach { expectation, failed });
            }
        }
    }
}

/// What came of the tests that ask only what there is in each slot, and not for values: kept for the next record, since most
/// have the same fields filled.
#[derive(Debug, Default)]
pub(super) struct Alike {
    states: Vec<State>,
    each: Vec<u8>,
}

impl Alike {
    /// Sets outcomes to those of a record before, if that had the same in each slot.
    #[inline]
    pub(super) fn recall(&self, states: &[State], outcomes: &mut Outcomes) -> bool {
        let is_known = is_same(states, &self.states);
        if is_known {
            outcomes.each.clone_from(&self.each);
            outcomes.failed.clear();
        }
        is_known
    }

    /// Keeps what came of a record.
    pub(super) fn learn(&mut self, states: &[State], outcomes: &Outcomes) {
        states.clone_into(&mut self.states);
        self.each.clone_from(&outcomes.each);
    }
}

/// Records behind each other that are alike in what they have and in what comes of it, to be counted at once.
#[derive(Debug, Default)]
pub(super) struct Run {
    states: Vec<State>,
    each: Vec<u8>,
    /// How many they are.
    records: u64,
}

impl Run {
    /// Takes a record if it is like those before it.
    #[inline]
    pub(super) fn takes(&mut self, states: &[State], outcomes: &Outcomes) -> bool {
        let is_alike = self.each == outcomes.each && is_same(&self.states, states);
        self.records += u64::from(is_alike);
        is_alike
    }

    /// Begins with a record. Those before are counted.
    pub(super) fn begin(&mut self, states: &[State], outcomes: &Outcomes) {
        states.clone_into(&mut self.states);
        self.each.clone_from(&outcomes.each);
        self.records = 1;
    }

    /// Counts the records so far, by expectations and by the slots of fields.
    pub(super) fn count(&mut self, fields: &[usize], judged: &mut Judged<'_>) {
        let records = std::mem::take(&mut self.records);
        for (count, outcome) in judged.counted.iter_mut().zip(&self.each) {
            *count += records * u64::from(outcome & COUNTED);
        }
        for (count, slot) in judged.present.iter_mut().zip(fields) {
            *count += records * u64::from(self.states.get(*slot).is_some_and(|state| *state > State::Null));
        }
    }
}

/// Whether there is the same in each slot. All are looked at without a way out between them, which takes less.
#[inline]
fn is_same(one: &[State], two: &[State]) -> bool {
    one.len() == two.len() && one.iter().zip(two).fold(0, |all, (one, two)| all | u8::from(one != two)) == 0
}
