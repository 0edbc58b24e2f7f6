//! What the policy says of every rule, worked out once for files that are alike to it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::Policy;
use super::codes::Codes;
use super::selection::{Layers, Override, Selection};
use crate::finding::{RuleMeta, Severity};

/// The rules that speak somewhere, each with the severity that the repository gives it, if it gives one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table(HashMap<&'static str, Option<Severity>>);

impl Table {
    /// Whether a rule speaks.
    pub fn speaks(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    /// The severity that the repository gives a rule.
    pub fn severity(&self, code: &str) -> Option<Severity> {
        self.0.get(code).copied().flatten()
    }
}

/// The rules of a run.
#[derive(Debug)]
pub struct Selected<'a> {
    layers: Layers<'a>,
    overrides: &'a [Override],
    rules: Vec<&'static RuleMeta>,
    /// By the positions of the overrides that fit.
    tables: Mutex<HashMap<Vec<usize>, Arc<Table>>>,
}

impl<'a> Selected<'a> {
    /// What the repository selects, and what one run asks for beside it.
    pub fn new(policy: &'a Policy, asked: &'a Selection, codes: &Codes) -> Self {
        Self {
            layers: Layers { base: &policy.selection, asked },
            overrides: &policy.overrides,
            rules: codes.of_lint().collect(),
            tables: Mutex::default(),
        }
    }

    /// Whether a rule may speak about any file at all. What it says of none need not be looked for.
    pub fn anywhere(&self, rule: &RuleMeta) -> bool {
        self.layers.speaks_anywhere(rule, self.overrides)
    }

    /// Whether the run asks for something else than the repository does.
    pub(super) fn asks_for_less(&self) -> bool {
        *self.layers.asked != Selection::default()
    }

    /// Whether the rule of a code may speak about any file at all.
    pub fn anywhere_by_code(&self, code: &str) -> bool {
        self.rules.iter().any(|rule| rule.code == code && self.anywhere(rule))
    }

    /// What holds for a file (its path relative to the configuration, with slashes) and the contract in it.
    pub fn of(&self, file: &str, contract: &str) -> Arc<Table> {
        let fitting = self.overrides.iter().enumerate().filter(|(_, one)| one.fits(file, contract));
        let fitting: Vec<usize> = fitting.map(|(index, _)| index).collect();
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(tables.entry(fitting).or_insert_with_key(|fitting| Arc::new(self.table(fitting))))
    }

    /// The overrides that fitted no file that was asked for so far.
    pub(super) fn unmatched(&self) -> Vec<&'a Override> {
        let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let fitted: BTreeSet<usize> = tables.keys().flatten().copied().collect();
        let unmatched = self.overrides.iter().enumerate().filter(|(index, _)| !fitted.contains(index));
        unmatched.map(|(_, one)| one).collect()
    }

    fn table(&self, fitting: &[usize]) -> Table {
        let overrides = || fitting.iter().filter_map(|index| self.overrides.get(*index));
        let speaking = self.rules.iter().filter(|rule| self.layers.speaks(rule, overrides()));
        Table(speaking.map(|rule| (rule.code, self.layers.severity(rule, overrides()))).collect())
    }
}
