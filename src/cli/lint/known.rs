//! What is known of documents that nobody asked for: enough to read only those that somebody refers to.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::Files;
use super::look::Looked;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::format::meant_name;
use crate::io::index::{Entry, Index, Stamp, moment};
use crate::lint::{Outline, Outlines};
use crate::model::{SourceId, Subscription};

/// What others may ask for a document by.
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

/// A file's stamp of now, and what is known of it.
type Known = (Option<Entry<()>>, Option<Entry<Card>>);

/// What earlier runs have kept of a repository.
pub(super) struct Kept {
    index: Index,
    known: HashMap<String, Entry<Card>>,
}

impl Kept {
    /// Reads it; `None` where there is no place for it.
    pub(super) fn of(workspace: &Workspace) -> Option<Self> {
        let index = Index::of(&workspace.root)?;
        let known = index.read::<Card>().into_iter().map(|entry| (entry.path.clone(), entry)).collect();
        Some(Self { index, known })
    }
}

/// The cards of the files of a run, as far as they are what they were in an earlier run.
pub(super) struct Cards {
    index: Option<Index>,
    /// By the position of the file: its stamp of now, and what is known of it.
    files: Vec<Known>,
    /// How many files of earlier runs are no more.
    gone: usize,
}

impl Cards {
    /// Knows nothing: every file is read.
    pub(super) fn none() -> Self {
        Self { index: None, files: Vec::new(), gone: 0 }
    }

    /// What is known of the files of a repository, by what was kept.
    pub(super) fn of(kept: Kept, files: &Files, workspace: &Workspace, output: Output) -> Self {
        let Kept { index, mut known } = kept;
        let taken = moment();
        let now = files.paths().par_iter().map(|path| {
            let inside = path.strip_prefix(&workspace.root).ok()?.to_str()?;
            Some(Entry { path: inside.to_owned(), stamp: Stamp::of(path)?, taken, note: () })
        });
        let now: Vec<_> = now.collect();
        let with_card = |now: Option<Entry<()>>| {
            let then = now.as_ref().and_then(|now| known.remove(&now.path).filter(|then| then.holds(&now.stamp)));
            (now, then)
        };
        let files: Vec<_> = now.into_iter().map(with_card).collect();
        let cards = Self { index: Some(index), files, gone: known.len() };
        let count = cards.files.iter().filter(|(_, then)| then.is_some()).count();
        output.detail(&format!("known from earlier runs: {count} of {} files", cards.files.len()));
        cards
    }

    /// What is known of a file.
    pub(super) fn card(&self, position: usize) -> Option<&Card> {
        self.files.get(position)?.1.as_ref().map(|entry| &entry.note)
    }

    /// Keeps what this run has learnt for the next one, unless that is too little to be worth the writing.
    pub(super) fn keep(self, looked: &[Looked], output: Output) {
        const FEW: usize = 500;
        let Some(index) = &self.index else { return };
        let is_news = |looked: &&Looked| !looked.is_target && !looked.is_known();
        let news = looked.iter().take(self.files.len()).filter(is_news).count() + self.gone;
        if news == 0 || news < self.files.len() / FEW {
            return;
        }
        let entry = |((now, then), looked): (Known, &Looked)| {
            let new =
                || now.map(|now| Entry { path: now.path, stamp: now.stamp, taken: now.taken, note: looked.card() });
            then.or_else(new)
        };
        let entries: Vec<Entry<Card>> = self.files.into_iter().zip(looked).filter_map(entry).collect();
        if let Err(why) = index.write(&entries) {
            output.detail(&format!("nothing is kept for later runs: {why}"));
        }
    }
}

/// The documents of a run by what others call them. What is only known of is read when somebody asks for it.
pub(super) struct Catalog<'a> {
    looked: &'a [Looked],
    read: &'a (dyn Fn(SourceId) -> Looked + Sync),
    by_name: HashMap<String, Vec<SourceId>>,
    by_id: HashMap<String, Vec<SourceId>>,
    subscriptions: HashMap<String, Vec<SourceId>>,
    asked_for: Mutex<BTreeMap<SourceId, Looked>>,
}

impl<'a> Catalog<'a> {
    pub(super) fn new(looked: &'a [Looked], read: &'a (dyn Fn(SourceId) -> Looked + Sync)) -> Self {
        let mut catalog = Self {
            looked,
            read,
            by_name: HashMap::new(),
            by_id: HashMap::new(),
            subscriptions: HashMap::new(),
            asked_for: Mutex::default(),
        };
        let mut mended: Vec<(String, SourceId)> = Vec::new();
        for looked in looked {
            let card = looked.card();
            if card.is_contract && !card.is_sound {
                mended.extend(card.name.as_deref().and_then(meant_name).map(|name| (name, looked.id())));
            }
            let add = |to: &mut HashMap<String, Vec<SourceId>>, name: Option<String>| {
                if let Some(name) = name {
                    to.entry(name).or_default().push(looked.id());
                }
            };
            if card.is_contract {
                add(&mut catalog.by_name, card.name);
                add(&mut catalog.by_id, card.id);
            }
            add(&mut catalog.subscriptions, card.subscribes_to);
        }
        // Who refers to the right name of a contract whose own is to be mended is not told that it is not there.
        for (name, id) in mended {
            catalog.by_name.entry(name).or_insert_with(|| vec![id]);
        }
        catalog
    }

    /// The documents that had to be read.
    pub(super) fn into_read(self) -> impl Iterator<Item = Looked> {
        self.asked_for.into_inner().unwrap_or_else(PoisonError::into_inner).into_values()
    }

    fn find<T>(&self, ids: Option<&Vec<SourceId>>, part: impl Fn(&Looked) -> Option<Arc<T>>) -> Vec<Arc<T>> {
        let one = |id: &SourceId| {
            let looked = self.looked.get(id.0 as usize)?;
            if !looked.is_known() {
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
        self.find(self.by_name.get(name), Looked::outline)
    }

    fn of_id(&self, id: &str) -> Vec<Arc<Outline>> {
        self.find(self.by_id.get(id), Looked::outline)
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
        self.find(self.subscriptions.get(contract), Looked::subscription)
    }
}
