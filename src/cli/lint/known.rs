//! What is known of documents that nobody asked for: enough to read only those that somebody refers to.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::{Files, id as position_id};
use super::look::{Looked, Slot};
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::format::meant_name;
use crate::io::fs;
use crate::io::index::{Entry, Index, Stamp, moment};
use crate::lint::{Outline, Outlines};
use crate::model::{SourceId, Subscription};

/// What others may ask for a document by, kept for later runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Card {
    /// The name of the contract, subscription or calendar.
    pub(super) name: Option<String>,
    /// Whether it is a contract.
    pub(super) is_contract: bool,
    /// The `id` of the contract.
    pub(super) id: Option<String>,
    /// The contract that the subscription is to.
    pub(super) subscribes_to: Option<String>,
    /// Whether nothing is wrong with its form.
    pub(super) is_sound: bool,
    /// Whether not even its name is certain.
    pub(super) is_meaningless: bool,
}

/// The same of a document of this run.
pub(super) struct Called<'a> {
    /// As in [`Card`].
    pub(super) name: Option<&'a str>,
    /// As in [`Card`].
    pub(super) is_contract: bool,
    /// As in [`Card`].
    pub(super) id: Option<&'a str>,
    /// As in [`Card`].
    pub(super) subscribes_to: Option<&'a str>,
    /// As in [`Card`].
    pub(super) is_sound: bool,
    /// As in [`Card`].
    pub(super) is_meaningless: bool,
}

impl Card {
    /// What others may ask for the document by.
    pub(super) fn called(&self) -> Called<'_> {
        Called {
            name: self.name.as_deref(),
            is_contract: self.is_contract,
            id: self.id.as_deref(),
            subscribes_to: self.subscribes_to.as_deref(),
            is_sound: self.is_sound,
            is_meaningless: self.is_meaningless,
        }
    }
}

impl Called<'_> {
    fn card(&self) -> Card {
        Card {
            name: self.name.map(str::to_owned),
            is_contract: self.is_contract,
            id: self.id.map(str::to_owned),
            subscribes_to: self.subscribes_to.map(str::to_owned),
            is_sound: self.is_sound,
            is_meaningless: self.is_meaningless,
        }
    }
}

/// What earlier runs have kept of a repository.
pub(super) struct Kept {
    index: Index,
    /// In the order of the paths.
    entries: Vec<Entry<Card>>,
}

impl Kept {
    /// Reads it; `None` where there is no place for it.
    pub(super) fn of(workspace: &Workspace) -> Option<Self> {
        let index = Index::of(&workspace.root)?;
        let entries = index.read();
        Some(Self { index, entries })
    }
}

/// The cards of the files of a run, as far as they are what they were in an earlier run.
pub(super) struct Cards {
    index: Option<Index>,
    /// The stamps of the files, by their positions, and when they were taken.
    stamps: Vec<Option<Stamp>>,
    taken: i64,
    /// How many files of earlier runs are no more.
    gone: usize,
}

impl Cards {
    /// Knows nothing: every file is read.
    pub(super) fn none() -> Self {
        Self { index: None, stamps: Vec::new(), taken: 0, gone: 0 }
    }

    /// What is known of the files of a repository, by what was kept; the cards are by the positions of the files.
    pub(super) fn of(kept: Kept, files: &Files, workspace: &Workspace, output: Output) -> (Self, Vec<Option<Card>>) {
        let taken = moment();
        let stamps: Vec<_> = files.paths().par_iter().map(|path| Stamp::of(path)).collect();
        let mut entries = kept.entries.into_iter().peekable();
        let mut gone = 0;
        let mut card = |(path, stamp): (&PathBuf, &Option<Stamp>)| {
            let inside = inside(path, workspace)?;
            // Both are in the order of the paths; what is not is read again.
            while entries.next_if(|entry| entry.path != inside && Path::new(&entry.path) < Path::new(inside)).is_some()
            {
                gone += 1;
            }
            let then = entries.next_if(|entry| entry.path == inside)?;
            stamp.is_some_and(|stamp| then.holds(&stamp)).then_some(then.note)
        };
        let cards: Vec<_> = files.paths().iter().zip(&stamps).map(&mut card).collect();
        gone += entries.count();
        let count = cards.iter().flatten().count();
        output.detail(&format!("known from earlier runs: {count} of {} files", cards.len()));
        (Self { index: Some(kept.index), stamps, taken, gone }, cards)
    }

    /// Keeps what this run has learnt for the next one, unless that is too little to be worth the writing.
    pub(super) fn keep(&self, files: &Files, workspace: &Workspace, documents: &[Slot], output: Output) {
        const FEW: usize = 500;
        let Some(index) = &self.index else { return };
        let is_news = |slot: &&Slot| slot.looked().is_some_and(|looked| !looked.is_target);
        let news = documents.iter().take(self.stamps.len()).filter(is_news).count() + self.gone;
        if news == 0 || news < self.stamps.len() / FEW {
            return;
        }
        let entry = |((path, stamp), slot): ((&PathBuf, &Option<Stamp>), &Slot)| {
            let path = inside(path, workspace)?.to_owned();
            Some(Entry { path, stamp: (*stamp)?, taken: self.taken, note: slot.called().card() })
        };
        let files = files.paths().iter().zip(&self.stamps);
        let entries: Vec<Entry<Card>> = files.zip(documents).filter_map(entry).collect();
        if let Err(why) = index.write(&entries) {
            output.detail(&format!("nothing is kept for later runs: {why}"));
        }
    }
}

/// The path of a file in the repository, as entries have it.
fn inside<'p>(path: &'p Path, workspace: &Workspace) -> Option<&'p str> {
    fs::below(path, &workspace.root)?.to_str()
}

/// The documents of a run by what others call them. What is only known of is read when somebody asks for it.
pub(super) struct Catalog<'a> {
    documents: &'a [Slot],
    read: &'a (dyn Fn(SourceId) -> Looked + Sync),
    by_name: HashMap<&'a str, Vec<SourceId>>,
    by_id: HashMap<&'a str, Vec<SourceId>>,
    subscriptions: HashMap<&'a str, Vec<SourceId>>,
    /// Contracts whose names are to be mended, by what these will be.
    mended: HashMap<String, Vec<SourceId>>,
    asked_for: Mutex<BTreeMap<SourceId, Looked>>,
}

impl<'a> Catalog<'a> {
    pub(super) fn new(documents: &'a [Slot], read: &'a (dyn Fn(SourceId) -> Looked + Sync)) -> Self {
        let mut catalog = Self {
            documents,
            read,
            by_name: HashMap::with_capacity(documents.len()),
            by_id: HashMap::new(),
            subscriptions: HashMap::new(),
            mended: HashMap::new(),
            asked_for: Mutex::default(),
        };
        for (position, slot) in documents.iter().enumerate() {
            let (id, called) = (position_id(position), slot.called());
            let add = |to: &mut HashMap<&'a str, Vec<SourceId>>, name: Option<&'a str>| {
                if let Some(name) = name {
                    to.entry(name).or_default().push(id);
                }
            };
            if called.is_contract {
                add(&mut catalog.by_name, called.name);
                add(&mut catalog.by_id, called.id);
                // Who refers to the right name of a contract whose own is to be mended is not told that it is not there.
                if let Some(name) = called.name.filter(|_| !called.is_sound).and_then(meant_name) {
                    catalog.mended.entry(name).or_insert_with(|| vec![id]);
                }
            }
            add(&mut catalog.subscriptions, called.subscribes_to);
        }
        let by_name = &catalog.by_name;
        catalog.mended.retain(|name, _| !by_name.contains_key(name.as_str()));
        catalog
    }

    /// The documents that had to be read.
    pub(super) fn into_read(self) -> impl Iterator<Item = Looked> {
        self.asked_for.into_inner().unwrap_or_else(PoisonError::into_inner).into_values()
    }

    fn find<T>(&self, ids: Option<&Vec<SourceId>>, part: impl Fn(&Looked) -> Option<Arc<T>>) -> Vec<Arc<T>> {
        let one = |id: &SourceId| {
            if let Some(looked) = self.documents.get(id.0 as usize)?.looked() {
                return part(looked);
            }
            let mut asked_for = self.asked_for.lock().unwrap_or_else(PoisonError::into_inner);
            part(asked_for.entry(*id).or_insert_with(|| (self.read)(*id)))
        };
        ids.into_iter().flatten().filter_map(one).collect()
    }
}

impl Outlines for Catalog<'_> {
    fn named(&self, name: &str) -> Vec<Arc<Outline>> {
        self.find(self.by_name.get(name).or_else(|| self.mended.get(name)), Looked::outline)
    }

    fn of_id(&self, id: &str) -> Vec<Arc<Outline>> {
        self.find(self.by_id.get(id), Looked::outline)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.by_name.keys().map(|name| (*name).to_owned()).chain(self.mended.keys().cloned()).collect();
        // Of two names that are equally near the first is suggested, in every run.
        names.sort_unstable();
        names
    }

    fn lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> = self
            .by_name
            .keys()
            .chain(self.by_id.keys())
            .map(|name| name.len())
            .chain(self.mended.keys().map(String::len))
            .collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        lengths
    }

    fn subscriptions_to(&self, contract: &str) -> Vec<Arc<Subscription>> {
        self.find(self.subscriptions.get(contract), Looked::subscription)
    }
}
