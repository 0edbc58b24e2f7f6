//! Looking at documents, so that what is not needed any more does not stay: each is read, looked at and let go of, and only
//! what it shows to others is kept. Where something is found, its text stays until it has been shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use jiff::civil::Date;

use super::Args;
use super::files::Files;
use crate::cli::error::Error;
use crate::cli::fixes::Fixes;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, element, is_unreadable};
use crate::finding::policy::{Policy, Ruling, Subject as About};
use crate::finding::{Finding, Label, Place};
use crate::format::{Content, Document, Places};
use crate::io::clock;
use crate::lint::{InMemory, Linter, Outline, Outlines, Subject};
use crate::model::{SourceId, Subscription};
use crate::report::{Located, Spot};
use crate::source::Span;

/// A document that was looked at.
pub(super) struct Looked {
    /// The document, without what is not needed any more.
    pub(super) document: Document,
    /// The name of the contract (or subscription, or calendar) in it.
    pub(super) name: Option<String>,
    /// What was found in it.
    pub(super) findings: Vec<Placed>,
    /// Whether it could not be read at all.
    pub(super) is_unreadable: bool,
    /// Whether it means nothing certain.
    pub(super) is_meaningless: bool,
    /// Whether nothing is wrong with its form.
    is_sound: bool,
    /// Whether its text was let go of.
    is_forgotten: bool,
    /// How many findings an exception holds back.
    pub(super) ignored: usize,
    /// The positions of the exceptions that have expired and would have held something back.
    pub(super) expired: BTreeSet<usize>,
    outline: Option<Arc<Outline>>,
    subscription: Option<Arc<Subscription>>,
}

/// A finding with the places of its labels.
#[derive(Debug)]
pub(super) struct Placed {
    /// The finding.
    pub(super) finding: Finding,
    /// The element that it is about.
    pub(super) element: String,
    /// Where it is.
    pub(super) span: Span,
    related: Vec<Option<Span>>,
}

impl Looked {
    /// Looks at a document on its own; a document that nobody asked for is there to be referred to.
    pub(super) fn new(mut document: Document, is_target: bool, linter: &Linter) -> Self {
        let (contract, subscription, name) = match &document.content {
            Some(Content::Contract(contract)) => (Some(&**contract), None, Some(contract.name.clone())),
            Some(Content::Subscription(subscription)) => (None, Some(&**subscription), Some(subscription.name.clone())),
            Some(Content::Calendar(calendar)) => (None, None, Some(calendar.name.clone())),
            None => (None, None, None),
        };
        let outline = contract.map(|contract| Arc::new(Outline::of(contract)));
        let kept = subscription.map(|subscription| Arc::new(subscription.clone()));
        let is_sound = document.problems.is_empty();
        let mut findings = Vec::new();
        if is_target {
            let tree = document.tree();
            let found =
                linter.look_at(Subject { source: document.id, file: &document.file, tree, contract, subscription });
            // Rules look at sound documents only: what a broken form means is guesswork. A secret is one whatever else is
            // wrong, and has to be known so that no line shows it.
            let counts = |finding: &Finding| is_sound || finding.is_secret;
            let all = document.problems.iter().cloned().chain(found.into_iter().filter(counts));
            let mut places = None;
            findings = all.map(|finding| Placed::new(finding, &document, &mut places)).collect();
        }
        let is_unreadable = findings.iter().any(|placed| is_unreadable(&placed.finding));
        let (is_meaningless, is_forgotten) = (document.content.is_none(), findings.is_empty());
        document.forget(is_forgotten);
        Self {
            document,
            name,
            findings,
            is_unreadable,
            is_meaningless,
            is_sound,
            is_forgotten,
            ignored: 0,
            expired: BTreeSet::new(),
            outline,
            subscription: kept,
        }
    }

    /// Its identity in this run.
    pub(super) fn id(&self) -> SourceId {
        self.document.id
    }

    /// What was found in it, without the places.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.findings.iter().map(|placed| placed.finding.clone()).collect()
    }

    /// Applies what the repository has decided.
    fn apply(&mut self, policy: &Policy, today: Date) {
        let name = self.name.clone().unwrap_or_default();
        let (ignored, expired) = (&mut self.ignored, &mut self.expired);
        self.findings.retain_mut(|placed| {
            let about = || About { contract: name.clone(), element: placed.element.clone(), fingerprint: None };
            match policy.rule_on(&mut placed.finding, today, about) {
                Ruling::Stands => true,
                Ruling::Off => false,
                Ruling::Accepted(_) => {
                    *ignored += 1;
                    false
                }
                Ruling::Expired(index) => {
                    expired.insert(index);
                    true
                }
            }
        });
    }
}

impl Placed {
    fn new<'a>(mut finding: Finding, document: &'a Document, places: &mut Option<Places<'a>>) -> Self {
        let title = finding.fix.as_mut().map(|fix| &mut fix.title);
        [Some(&mut finding.message), finding.help.as_mut(), title]
            .into_iter()
            .flatten()
            .for_each(|sentence| document.in_its_words(sentence));
        let mut find = |label: &Label| match &label.place {
            Place::Span(span) => *span,
            Place::Element(path) => places.get_or_insert_with(|| document.places()).find(path),
        };
        let span = find(&finding.label);
        let here = |label: &&Label| label.source == document.id;
        let related = finding.related.iter().map(|label| Some(label).filter(here).map(&mut find)).collect();
        Self { element: element(&finding), finding, span, related }
    }
}

/// The documents of a run, and what is found in them.
pub(super) struct Session<'a> {
    pub(super) workspace: &'a Workspace,
    /// The files behind the documents.
    pub(super) files: Files,
    /// The documents; their ids are their positions.
    pub(super) looked: Vec<Looked>,
    linter: Linter,
    today: Date,
}

impl<'a> Session<'a> {
    /// Looks at everything that a run is for.
    pub(super) fn open(args: &Args, workspace: &'a Workspace, output: Output) -> Result<Self, Error> {
        let mut files = Files::of(args, workspace, output)?;
        let today = clock::today();
        let policy = &workspace.config.policy;
        let linter = Linter::new(today, |rule| rule.by_default || policy.setting(rule.code).is_some());
        let looked = files.read(workspace, |document, is_target| Looked::new(document, is_target, &linter));
        let mut session = Self { workspace, files, looked, linter, today };
        let targets = session.files.targets.clone();
        session.look_across(&targets);
        Ok(session)
    }

    /// A document.
    pub(super) fn get(&self, id: SourceId) -> Option<&Looked> {
        self.looked.get(id.0 as usize)
    }

    /// The documents that were asked for.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Looked> {
        self.files.targets.iter().filter_map(|id| self.get(*id))
    }

    /// Looks at documents as they are by now, in the place of those of before, which are given back.
    pub(super) fn replace(&mut self, documents: Vec<Document>) -> Vec<Looked> {
        let ids: Vec<SourceId> = documents.iter().map(|document| document.id).collect();
        let linter = &self.linter;
        let new: Vec<Looked> = documents.into_par_iter().map(|document| Looked::new(document, true, linter)).collect();
        let old = new.into_iter().filter_map(|looked| self.put(looked)).collect();
        self.look_across(&ids);
        old
    }

    /// Puts a document in the place of the one that has its id, and gives that back.
    pub(super) fn put(&mut self, looked: Looked) -> Option<Looked> {
        let place = self.looked.get_mut(looked.id().0 as usize)?;
        Some(std::mem::replace(place, looked))
    }

    /// Looks at documents among all others, and applies what the repository has decided.
    fn look_across(&mut self, ids: &[SourceId]) {
        let outlines = self.looked.iter().filter_map(|looked| looked.outline.as_ref());
        let store = InMemory::new(outlines, self.looked.iter().filter_map(|looked| looked.subscription.as_ref()));
        let wanted: BTreeSet<SourceId> = ids.iter().copied().collect();
        let found = across(&self.looked, &wanted, &self.linter, &store);
        drop(store);
        // What is found needs its text again.
        self.remember(&found.iter().flatten().map(|finding| finding.label.source).collect());
        let (policy, today) = (&self.workspace.config.policy, self.today);
        let asked = self.looked.par_iter_mut().zip(found).filter(|(looked, _)| wanted.contains(&looked.id()));
        asked.for_each(|(looked, found)| {
            let mut places = None;
            let placed = found.into_iter().map(|finding| Placed::new(finding, &looked.document, &mut places));
            looked.findings.extend(placed);
            looked.apply(policy, today);
        });
    }

    /// Reads texts again that were let go of.
    fn remember(&mut self, needed: &BTreeSet<SourceId>) {
        let (files, workspace) = (&self.files, self.workspace);
        let forgotten =
            self.looked.par_iter_mut().filter(|looked| looked.is_forgotten && needed.contains(&looked.id()));
        forgotten.for_each(|looked| {
            looked.document.remember(files.read_again(workspace, looked.id()));
            looked.is_forgotten = false;
        });
    }

    /// Finds the places of related labels that lie in other documents. To be called when no document changes any more.
    pub(super) fn point_elsewhere(&mut self) {
        let elsewhere = |looked: &'_ Looked| -> Vec<SourceId> {
            let labels = looked.findings.iter().flat_map(|placed| &placed.finding.related);
            labels.map(|label| label.source).filter(|source| *source != looked.id()).collect()
        };
        let needed: BTreeSet<SourceId> = self.looked.iter().flat_map(elsewhere).collect();
        self.remember(&needed);
        point_elsewhere(&mut self.looked);
    }

    /// The findings as reports take them, in the order of the files and their lines.
    pub(super) fn located(&self) -> Vec<Located<'_>> {
        located(&self.looked)
    }
}

fn across(looked: &[Looked], wanted: &BTreeSet<SourceId>, linter: &Linter, store: &dyn Outlines) -> Vec<Vec<Finding>> {
    let neighbours = linter.across(store);
    let of_one = |looked: &Looked| {
        let mut found = Vec::new();
        if looked.is_sound && wanted.contains(&looked.id()) {
            found.extend(looked.outline.iter().flat_map(|outline| linter.among(outline, &neighbours)));
            let subscription = looked.subscription.iter();
            found.extend(subscription.flat_map(|subscription| linter.subscription_among(subscription, &neighbours)));
        }
        found
    };
    looked.par_iter().map(of_one).collect()
}

/// Finds the places of related labels that lie in other documents.
fn point_elsewhere(looked: &mut [Looked]) {
    let mut wanted: Vec<(usize, usize, usize, SourceId)> = Vec::new();
    for (document, looked) in looked.iter().enumerate() {
        for (finding, placed) in looked.findings.iter().enumerate() {
            let labels = placed.finding.related.iter().zip(&placed.related).enumerate();
            let missing = labels.filter(|(_, (_, span))| span.is_none());
            wanted.extend(missing.map(|(label, (related, _))| (document, finding, label, related.source)));
        }
    }
    wanted.sort_by_key(|(.., source)| *source);
    for same in wanted.chunk_by(|one, other| one.3 == other.3) {
        let spans: Vec<Span> = {
            let Some(target) = same.first().and_then(|(.., source)| looked.get(source.0 as usize)) else { continue };
            let places = target.document.places();
            let span = |(document, finding, label, _): &(usize, usize, usize, SourceId)| {
                let related = looked.get(*document)?.findings.get(*finding)?.finding.related.get(*label)?;
                Some(match &related.place {
                    Place::Span(span) => *span,
                    Place::Element(path) => places.find(path),
                })
            };
            same.iter().map(|one| span(one).unwrap_or_default()).collect()
        };
        for ((document, finding, label, _), span) in same.iter().zip(spans) {
            let place = looked.get_mut(*document).and_then(|looked| looked.findings.get_mut(*finding));
            if let Some(place) = place.and_then(|placed| placed.related.get_mut(*label)) {
                *place = Some(span);
            }
        }
    }
}

fn located(looked: &[Looked]) -> Vec<Located<'_>> {
    let mut fixes = Fixes::default();
    let mut located: Vec<Located<'_>> = looked
        .iter()
        .flat_map(|document| document.findings.iter().map(move |placed| (document, placed)))
        .map(|(document, placed)| {
            let spots = placed.finding.related.iter().zip(&placed.related);
            let related = spots.filter_map(|(label, span)| {
                let file = &looked.get(label.source.0 as usize)?.document.file;
                Some(Spot { file, span: (*span)?, note: &label.note })
            });
            Located {
                finding: &placed.finding,
                contract: document.name.as_deref(),
                element: placed.element.clone(),
                spot: Spot { file: &document.document.file, span: placed.span, note: &placed.finding.label.note },
                related: related.collect(),
                mend: fixes.of(&placed.finding, &document.document),
            }
        })
        .collect();
    located.sort_by(|one, other| {
        let key = |located: &Located<'_>| (located.finding.label.source, located.spot.span, located.finding.code);
        key(one).cmp(&key(other))
    });
    located
}
