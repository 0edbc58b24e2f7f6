//! Looking at documents, so that what is not needed any more does not stay: each is read, looked at and let go of, and only
//! what it shows to others is kept. Where something is found, its text stays until it has been shown.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Args;
use super::files::Files;
use super::known::{Called, Card, Cards, Catalog, Kept};
use super::secrets::told_with_their_keys;
use crate::cli::error::Error;
use crate::cli::fixes::Fixes;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, element, is_unreadable};
use crate::finding::policy::{Comments, Held, Judge};
use crate::finding::{Finding, Label, Place};
use crate::format::{Content, Document, Places};
use crate::io::clock;
use crate::lint::{Linter, Outline, Outlines, Subject};
use crate::model::{SourceId, Subscription};
use crate::report::{Located, Spot};
use crate::source::Span;

/// A document that was looked at.
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of it, and all pairs occur")]
pub(super) struct Looked {
    /// The document, without what is not needed any more.
    pub(super) document: Document,
    /// The name of the contract (or subscription, or calendar) in it.
    pub(super) name: Option<String>,
    /// What was found in it.
    pub(super) findings: Vec<Placed>,
    /// Whether it could not be read at all.
    pub(super) is_unreadable: bool,
    /// Whether not even its name is certain.
    pub(super) is_meaningless: bool,
    /// Whether nothing is wrong with its form.
    pub(super) is_sound: bool,
    /// Whether somebody asked for it, and it is not only there to be referred to.
    pub(super) is_target: bool,
    /// Whether its text was let go of.
    is_forgotten: bool,
    /// The exceptions in its comments.
    comments: Comments,
    /// What exceptions hold back.
    pub(super) held: Held,
    /// The places of secrets about which nothing is said: nobody may be shown them all the same.
    pub(super) secrets: Vec<Span>,
    outline: Option<Arc<Outline>>,
    subscription: Option<Arc<Subscription>>,
}

/// A document of a run.
pub(super) enum Slot {
    /// Nobody asked for it, and it was not read, since enough is known of it. Most are of this kind: it is small.
    Known(Card),
    /// It was looked at.
    Looked(Box<Looked>),
}

impl Slot {
    /// The document, if it was looked at.
    pub(super) fn looked(&self) -> Option<&Looked> {
        if let Self::Looked(looked) = self { Some(looked) } else { None }
    }

    fn looked_mut(&mut self) -> Option<&mut Looked> {
        if let Self::Looked(looked) = self { Some(looked) } else { None }
    }

    /// What others may ask for it by.
    pub(super) fn called(&self) -> Called<'_> {
        match self {
            Self::Known(card) => card.called(),
            Self::Looked(looked) => looked.called(),
        }
    }
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
    /// Its other places, as far as they are in the same document.
    pub(super) related: Vec<Option<Span>>,
}

impl Looked {
    /// Looks at a document on its own; a document that nobody asked for is there to be referred to. The text of one whose
    /// text stands in no file is kept.
    pub(super) fn new(
        mut document: Document,
        is_target: bool,
        is_in_file: bool,
        linter: &Linter,
        judge: &Judge<'_>,
    ) -> Self {
        let (contract, subscription, name) = match &document.content {
            Some(Content::Contract(contract)) => (Some(&**contract), None, Some(contract.name.clone())),
            Some(Content::Subscription(subscription)) => (None, Some(&**subscription), Some(subscription.name.clone())),
            Some(Content::Calendar(calendar)) => (None, None, Some(calendar.name.clone())),
            None => (None, None, None),
        };
        let is_sound = document.problems.is_empty();
        let is_meaningless = document.content.is_none();
        // Others may refer to what has a name, however broken the rest is.
        let called = || document.called().map(|(name, id)| Outline::of_name(document.id, name, id));
        let mut outline = contract.map(Outline::of).or_else(|| if is_meaningless { called() } else { None });
        if let Some(outline) = &mut outline {
            outline.is_open = !is_sound;
        }
        let outline = outline.map(Arc::new);
        let name = name.or_else(|| outline.as_ref().map(|outline| outline.name.clone()));
        let kept = subscription.map(|subscription| Arc::new(subscription.clone()));
        let (mut findings, mut secrets) = (Vec::new(), Vec::new());
        let mut comments = Comments::default();
        if is_target {
            comments = comments_of(&document, judge);
            let tree = document.tree();
            let found =
                linter.look_at(Subject { source: document.id, file: &document.file, tree, contract, subscription });
            // Rules look at sound documents only: what a broken form means is guesswork. A secret is one whatever else is
            // wrong, and has to be known so that no line shows it.
            let counts = |finding: &Finding| is_sound || finding.is_secret;
            let all = document.problems.iter().cloned().chain(found.into_iter().filter(counts));
            let mut places = None;
            findings = all.map(|finding| Placed::new(finding, &document, &mut places)).collect();
            secrets = told_with_their_keys(&mut findings, document.file.text());
        }
        let is_unreadable = findings.iter().any(|placed| is_unreadable(&placed.finding));
        let is_forgotten = is_in_file && findings.is_empty() && comments.is_empty();
        let is_meaningless = is_meaningless && outline.is_none();
        document.forget(is_forgotten);
        Self {
            document,
            name,
            findings,
            is_unreadable,
            is_meaningless,
            is_sound,
            is_target,
            is_forgotten,
            comments,
            held: Held::default(),
            secrets,
            outline,
            subscription: kept,
        }
    }

    /// What others may ask for it by.
    pub(super) fn called(&self) -> Called<'_> {
        Called {
            name: self.name.as_deref(),
            is_contract: self.outline.is_some(),
            id: self.outline.as_ref().and_then(|outline| outline.id.as_deref()),
            subscribes_to: self.subscription.as_ref().map(|subscription| subscription.contract.as_str()),
            is_sound: self.is_sound,
            is_meaningless: self.is_meaningless,
        }
    }

    /// What it shows to others, if it is a contract.
    pub(super) fn outline(&self) -> Option<Arc<Outline>> {
        self.outline.clone()
    }

    /// What it is, if it is a subscription.
    pub(super) fn subscription(&self) -> Option<Arc<Subscription>> {
        self.subscription.clone()
    }

    /// Its identity in this run.
    pub(super) fn id(&self) -> SourceId {
        self.document.id
    }

    /// What was found in it, without the places.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.findings.iter().map(|placed| placed.finding.clone()).collect()
    }

    /// A document that is no contract, about which there are findings.
    pub(super) fn beside(document: Document, findings: Vec<Finding>) -> Self {
        let findings = findings.into_iter().map(|finding| Placed::new(finding, &document, &mut None)).collect();
        Self {
            document,
            name: None,
            findings,
            is_unreadable: false,
            is_meaningless: false,
            is_sound: true,
            is_target: false,
            is_forgotten: false,
            comments: Comments::default(),
            held: Held::default(),
            secrets: Vec::new(),
            outline: None,
            subscription: None,
        }
    }

    /// Applies what the repository has decided. `file` is the path that its patterns are about.
    fn apply(&mut self, file: &str, judge: &Judge<'_>) {
        let contract = self.name.as_deref().unwrap_or_default();
        let mut policy = judge.of_document(self.document.id, file, contract, &self.comments);
        self.findings.retain_mut(|placed| {
            let stands = policy.stands(&mut placed.finding, &placed.element, placed.span);
            if !stands && placed.finding.is_secret {
                self.secrets.push(placed.span);
            }
            stands
        });
        let (about_comments, held) = policy.finish(self.is_sound);
        self.held = held;
        let placed = about_comments.into_iter().map(|finding| Placed::new(finding, &self.document, &mut None));
        self.findings.extend(placed);
    }
}

/// The exceptions in the comments of a document. What they hold back comes from rules, and rules need a tree.
fn comments_of(document: &Document, judge: &Judge<'_>) -> Comments {
    let text = document.file.text();
    let tree = document.tree().filter(|_| Comments::may_be_in(text));
    tree.map(|tree| Comments::read(text, tree, document.id, judge.codes())).unwrap_or_default()
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
            place => places.get_or_insert_with(|| document.places()).at(place),
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
    pub(super) documents: Vec<Slot>,
    linter: Linter,
    judge: &'a Judge<'a>,
}

impl<'a> Session<'a> {
    /// Looks at everything that a run is for.
    pub(super) fn open(
        args: &Args,
        workspace: &'a Workspace,
        judge: &'a Judge<'a>,
        output: Output,
    ) -> Result<Self, Error> {
        // A run on everything reads everything.
        let is_part = !args.paths.is_empty() && workspace.configured && !args.no_cache;
        let (files, kept) =
            rayon::join(|| Files::of(args, workspace, output), || is_part.then(|| Kept::of(workspace)).flatten());
        let mut files = files?;
        let linter = Linter::new(clock::today(), |rule| judge.selected().anywhere(rule));
        let nothing = || (Cards::none(), Vec::new());
        let (cards, known) = kept.map_or_else(nothing, |kept| Cards::of(kept, &files, workspace, output));
        let paths = files.paths().len();
        let look = |document: Document, is_target| {
            let is_in_file = (document.id.0 as usize) < paths;
            Slot::Looked(Box::new(Looked::new(document, is_target, is_in_file, &linter, judge)))
        };
        let documents = files.read(workspace, known, Slot::Known, look);
        cards.keep(&files, workspace, &documents, output);
        let mut session = Self { workspace, files, documents, linter, judge };
        let targets = session.files.targets.clone();
        session.look_across(&targets);
        Ok(session)
    }

    /// What the repository has decided.
    pub(super) fn judge(&self) -> &'a Judge<'a> {
        self.judge
    }

    /// The path of a document that the patterns of the configuration are about.
    pub(super) fn inside(&self, id: SourceId) -> String {
        let shown = self.get(id).map_or(Path::new(""), |looked| looked.document.file.path());
        self.files.inside(self.workspace, id, shown)
    }

    /// A document that was looked at.
    pub(super) fn get(&self, id: SourceId) -> Option<&Looked> {
        self.documents.get(id.0 as usize)?.looked()
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, id: SourceId) -> Option<&mut Looked> {
        self.documents.get_mut(id.0 as usize)?.looked_mut()
    }

    /// The documents that were looked at.
    pub(super) fn looked(&self) -> impl Iterator<Item = &Looked> {
        self.documents.iter().filter_map(Slot::looked)
    }

    /// The documents that were asked for.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Looked> {
        self.files.targets.iter().filter_map(|id| self.get(*id))
    }

    /// Looks at documents as they are by now, in the place of those of before, which are given back.
    pub(super) fn replace(&mut self, documents: Vec<Document>) -> Vec<Looked> {
        let ids: Vec<SourceId> = documents.iter().map(|document| document.id).collect();
        let (linter, judge) = (&self.linter, self.judge);
        let new = documents.into_par_iter().map(|document| Looked::new(document, true, false, linter, judge));
        let new: Vec<Looked> = new.collect();
        let old = new.into_iter().filter_map(|looked| self.put(looked)).collect();
        self.look_across(&ids);
        old
    }

    /// Puts a document in the place of the one that has its id, and gives that back where it was looked at.
    pub(super) fn put(&mut self, looked: Looked) -> Option<Looked> {
        let place = self.documents.get_mut(looked.id().0 as usize)?;
        match std::mem::replace(place, Slot::Looked(Box::new(looked))) {
            Slot::Looked(old) => Some(*old),
            Slot::Known(_) => None,
        }
    }

    /// Looks at documents among all others, and applies what the repository has decided.
    fn look_across(&mut self, ids: &[SourceId]) {
        let read = |id: SourceId| {
            let path = self.files.path(id).unwrap_or(Path::new(""));
            Looked::new(Files::document(self.workspace, path, id), false, true, &self.linter, self.judge)
        };
        let catalog = Catalog::new(&self.documents, &read);
        let wanted: BTreeSet<SourceId> = ids.iter().copied().collect();
        let found = across(&self.documents, &wanted, &self.linter, &catalog);
        let read: Vec<Looked> = catalog.into_read().collect();
        for looked in read {
            self.put(looked);
        }
        // What is found needs its text again.
        self.remember(&found.iter().flatten().map(|finding| finding.label.source).collect());
        let (files, workspace, judge) = (&self.files, self.workspace, self.judge);
        let asked =
            self.documents.par_iter_mut().zip(found).filter_map(|(slot, found)| Some((slot.looked_mut()?, found)));
        asked.filter(|(looked, _)| wanted.contains(&looked.id())).for_each(|(looked, found)| {
            let mut places = None;
            looked
                .findings
                .extend(found.into_iter().map(|finding| Placed::new(finding, &looked.document, &mut places)));
            let file = files.inside(workspace, looked.id(), looked.document.file.path());
            looked.apply(&file, judge);
        });
    }

    /// Reads texts again that were let go of.
    fn remember(&mut self, needed: &BTreeSet<SourceId>) {
        let (files, workspace) = (&self.files, self.workspace);
        if needed.is_empty() {
            return;
        }
        let looked = self.documents.par_iter_mut().filter_map(Slot::looked_mut);
        let forgotten = looked.filter(|looked| looked.is_forgotten && needed.contains(&looked.id()));
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
        let needed: BTreeSet<SourceId> = self.looked().flat_map(elsewhere).collect();
        self.remember(&needed);
        point_elsewhere(&mut self.documents);
    }

    /// The places of secrets about which nothing is said.
    pub(super) fn secrets(&self) -> Vec<Spot<'_>> {
        self.looked()
            .flat_map(|looked| {
                let file = &looked.document.file;
                looked.secrets.iter().map(move |span| Spot { file, span: *span, note: "" })
            })
            .collect()
    }

    /// The findings as reports take them, in the order of the files and their lines.
    pub(super) fn located(&self) -> Vec<Located<'_>> {
        located(self)
    }
}

fn across(documents: &[Slot], wanted: &BTreeSet<SourceId>, linter: &Linter, store: &dyn Outlines) -> Vec<Vec<Finding>> {
    let neighbours = linter.across(store);
    let of_one = |slot: &Slot| {
        let mut found = Vec::new();
        if let Some(looked) = slot.looked()
            && looked.is_sound
            && wanted.contains(&looked.id())
        {
            found.extend(looked.outline.iter().flat_map(|outline| linter.among(outline, &neighbours)));
            let subscription = looked.subscription.iter();
            found.extend(subscription.flat_map(|subscription| linter.subscription_among(subscription, &neighbours)));
        }
        found
    };
    documents.par_iter().map(of_one).collect()
}

/// Finds the places of related labels that lie in other documents.
fn point_elsewhere(documents: &mut [Slot]) {
    let mut wanted: Vec<(usize, usize, usize, SourceId)> = Vec::new();
    let with_places = documents.iter().enumerate().filter_map(|(position, slot)| Some((position, slot.looked()?)));
    for (document, looked) in with_places {
        for (finding, placed) in looked.findings.iter().enumerate() {
            let labels = placed.finding.related.iter().zip(&placed.related).enumerate();
            let missing = labels.filter(|(_, (_, span))| span.is_none());
            wanted.extend(missing.map(|(label, (related, _))| (document, finding, label, related.source)));
        }
    }
    wanted.sort_by_key(|(.., source)| *source);
    for same in wanted.chunk_by(|one, other| one.3 == other.3) {
        let spans: Vec<Span> = {
            let of = |(.., source): &(usize, usize, usize, SourceId)| documents.get(source.0 as usize)?.looked();
            let Some(target) = same.first().and_then(of) else { continue };
            let places = target.document.places();
            let span = |(document, finding, label, _): &(usize, usize, usize, SourceId)| {
                let related =
                    documents.get(*document)?.looked()?.findings.get(*finding)?.finding.related.get(*label)?;
                Some(match &related.place {
                    Place::Span(span) => *span,
                    place => places.at(place),
                })
            };
            same.iter().map(|one| span(one).unwrap_or_default()).collect()
        };
        for ((document, finding, label, _), span) in same.iter().zip(spans) {
            let looked = documents.get_mut(*document).and_then(Slot::looked_mut);
            let place = looked.and_then(|looked| looked.findings.get_mut(*finding));
            if let Some(place) = place.and_then(|placed| placed.related.get_mut(*label)) {
                *place = Some(span);
            }
        }
    }
}

fn located<'s>(session: &'s Session<'_>) -> Vec<Located<'s>> {
    let mut fixes = Fixes::new(session.looked().flat_map(|looked| &looked.findings).map(|placed| &placed.finding));
    let mut located: Vec<Located<'_>> = session
        .looked()
        .flat_map(|document| document.findings.iter().map(move |placed| (document, placed)))
        .map(|(document, placed)| {
            let spots = placed.finding.related.iter().zip(&placed.related);
            let related = spots.filter_map(|(label, span)| {
                let file = &session.get(label.source)?.document.file;
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
