//! What rules that look across contracts may ask: the outlines of the others, found by name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::cycles::Cycles;
use super::outline::{FieldOutline, Outline};
use crate::model::Subscription;
use crate::source::words::nearest;

/// Where the outlines of a repository come from: memory, or a store that reads those that are asked for.
pub trait Outlines: Sync {
    /// The contracts of a name, in the order of their files; in a sound repository that is one or none.
    fn named(&self, name: &str) -> Vec<Arc<Outline>>;
    /// The contracts of an `id`, in the order of their files.
    fn of_id(&self, id: &str) -> Vec<Arc<Outline>>;
    /// The names of all contracts.
    fn names(&self) -> Vec<String>;
    /// The lengths of all names and ids in bytes, longest first, each once.
    fn lengths(&self) -> Vec<usize>;
    /// The subscriptions, in files of their own, to a contract by this name or `id`.
    fn subscriptions_to(&self, contract: &str) -> Vec<Arc<Subscription>>;
}

/// The outlines of all contracts, in memory.
#[derive(Debug, Default)]
pub struct InMemory {
    by_name: HashMap<String, Vec<Arc<Outline>>>,
    by_id: HashMap<String, Vec<Arc<Outline>>>,
    subscriptions: HashMap<String, Vec<Arc<Subscription>>>,
}

impl InMemory {
    /// The outlines and subscriptions of a repository, each in the order of their files.
    pub fn new<'a>(
        outlines: impl IntoIterator<Item = &'a Arc<Outline>>,
        subscriptions: impl IntoIterator<Item = &'a Arc<Subscription>>,
    ) -> Self {
        let mut all = Self::default();
        for outline in outlines {
            all.by_name.entry(outline.name.clone()).or_default().push(Arc::clone(outline));
            if let Some(id) = &outline.id {
                all.by_id.entry(id.clone()).or_default().push(Arc::clone(outline));
            }
        }
        for subscription in subscriptions {
            all.subscriptions.entry(subscription.contract.clone()).or_default().push(Arc::clone(subscription));
        }
        all
    }
}

impl Outlines for InMemory {
    fn named(&self, name: &str) -> Vec<Arc<Outline>> {
        self.by_name.get(name).cloned().unwrap_or_default()
    }

    fn of_id(&self, id: &str) -> Vec<Arc<Outline>> {
        self.by_id.get(id).cloned().unwrap_or_default()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.by_name.keys().cloned().collect();
        // Of two names that are equally near the first is suggested, in every run.
        names.sort_unstable();
        names
    }

    fn lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> = self.by_name.keys().chain(self.by_id.keys()).map(String::len).collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        lengths
    }

    fn subscriptions_to(&self, contract: &str) -> Vec<Arc<Subscription>> {
        self.subscriptions.get(contract).cloned().unwrap_or_default()
    }
}

/// What rules that look across contracts may ask.
pub(super) struct Across<'a> {
    /// The day of the run.
    pub(super) today: Date,
    outlines: &'a dyn Outlines,
    lengths: Vec<usize>,
    names: Mutex<Option<Arc<Vec<String>>>>,
    /// The nearest contract names of names that are not there: one renamed contract is missed by many.
    near: Mutex<HashMap<String, Option<String>>>,
    lineage: Mutex<Cycles>,
    foreign_keys: Mutex<Cycles>,
}

/// By what contracts lead to each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Graph {
    /// One is made of another, or builds on it.
    Lineage,
    /// A field of one refers to the other.
    ForeignKeys,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Dangling {
    /// No contract has that name.
    Contract,
    /// The contract is there, the field or dataset is not.
    Part(Arc<Outline>),
    /// The contract is there, and what it has can't be said before its file is mended.
    Open,
}

impl<'a> Across<'a> {
    pub(super) fn new(outlines: &'a dyn Outlines, today: Date) -> Self {
        let lengths = outlines.lengths();
        Self {
            today,
            outlines,
            lengths,
            names: Mutex::default(),
            near: Mutex::default(),
            lineage: Mutex::default(),
            foreign_keys: Mutex::default(),
        }
    }

    /// Every contract of a name; in a sound repository that is one or none.
    pub(super) fn all(&self, name: &str) -> Vec<Arc<Outline>> {
        self.outlines.named(name)
    }

    /// Every contract of an `id`; in a sound repository that is one or none.
    pub(super) fn all_of_id(&self, id: &str) -> Vec<Arc<Outline>> {
        self.outlines.of_id(id)
    }

    /// The contract of a name, the first one where the name is taken twice; where no contract has the name, the one of that
    /// `id`.
    pub(super) fn contract(&self, name: &str) -> Option<Arc<Outline>> {
        let first = |found: Vec<Arc<Outline>>| found.into_iter().next();
        first(self.outlines.named(name)).or_else(|| first(self.outlines.of_id(name)))
    }

    /// The subscriptions, in files of their own, to a contract.
    pub(super) fn subscriptions(&self, contract: &Outline) -> Vec<Arc<Subscription>> {
        let mut found = self.outlines.subscriptions_to(&contract.name);
        if let Some(id) = contract.id.as_deref().filter(|id| *id != contract.name) {
            found.extend(self.outlines.subscriptions_to(id));
        }
        found
    }

    /// The contract that a dotted reference begins with, by its name or its `id`, and what follows it; nothing follows a
    /// contract's plain name. The longest name that fits wins.
    pub(super) fn split<'r>(&self, reference: &'r str) -> Option<(Arc<Outline>, &'r str)> {
        // Only lengths that some name has are tried, so a reference of a million dots costs no more than any other.
        self.lengths.iter().find_map(|&length| {
            let rest = reference.get(length..)?;
            let rest = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
            Some((self.contract(&reference[..length])?, rest))
        })
    }

    /// What [`split`](Self::split) finds, where its parts can be relied on.
    fn sound<'r>(&self, reference: &'r str) -> Result<(Arc<Outline>, &'r str), Dangling> {
        let (contract, rest) = self.split(reference).ok_or(Dangling::Contract)?;
        if contract.is_open { Err(Dangling::Open) } else { Ok((contract, rest)) }
    }

    /// The field behind a reference `contract.field` or `contract.dataset.field`.
    ///
    /// # Errors
    ///
    /// What of the reference is not there.
    pub(super) fn field(&self, reference: &str) -> Result<(Arc<Outline>, FieldOutline), Dangling> {
        let (contract, rest) = self.sound(reference)?;
        match contract.field_at(rest).cloned() {
            Some(field) => Ok((contract, field)),
            None => Err(Dangling::Part(contract)),
        }
    }

    /// The contract and the position of the dataset behind a reference `contract` (where it has one dataset) or
    /// `contract.dataset`.
    ///
    /// # Errors
    ///
    /// What of the reference is not there.
    pub(super) fn dataset(&self, reference: &str) -> Result<(Arc<Outline>, u32), Dangling> {
        let (contract, rest) = self.sound(reference)?;
        let found = if rest.is_empty() && contract.datasets.len() == 1 { Some(0) } else { contract.dataset(rest) };
        match found {
            Some(dataset) => Ok((contract, dataset)),
            None => Err(Dangling::Part(contract)),
        }
    }

    /// The names of a cycle that a contract is on, from it on, without coming back to it. The graph is walked once for all
    /// contracts that ask.
    pub(super) fn cycle(&self, graph: Graph, contract: &str) -> Option<Vec<String>> {
        let cycles = match graph {
            Graph::Lineage => &self.lineage,
            Graph::ForeignKeys => &self.foreign_keys,
        };
        let neighbours = |name: &str| self.contract(name).map(|outline| self.neighbours(graph, &outline));
        lock(cycles).through(contract, |name| neighbours(name).unwrap_or_default())
    }

    /// The names of the contracts that one leads to.
    fn neighbours(&self, graph: Graph, outline: &Outline) -> Vec<String> {
        let name_of = |reference: &str| self.split(reference).map(|(contract, _)| contract.name.clone());
        let mut names: Vec<String> = match graph {
            Graph::Lineage => {
                let lineage = &outline.lineage;
                lineage.depends_on.iter().chain(&lineage.derived_from).filter_map(|name| name_of(name)).collect()
            }
            // Datasets of one contract may refer to each other as they like.
            Graph::ForeignKeys => {
                let names = outline.references.iter().filter_map(|reference| name_of(&reference.to));
                names.filter(|name| *name != outline.name).collect()
            }
        };
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The contract name that somebody who wrote `name` most likely meant.
    pub(super) fn nearest_contract(&self, name: &str) -> Option<String> {
        let known = lock(&self.near).get(name).cloned();
        known.unwrap_or_else(|| {
            let names = Arc::clone(lock(&self.names).get_or_insert_with(|| Arc::new(self.outlines.names())));
            let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
            lock(&self.near).insert(name.to_owned(), near.clone());
            near
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
