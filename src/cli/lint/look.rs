//! Looking at documents, so that what is not needed any more does not stay: each is read, looked at and let go of, and only
//! what it shows to others is kept. Where something is found, its text stays until it has been shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cli::workspace::{element, is_unreadable};
use crate::finding::policy::{Codes, Comments};
use crate::finding::{Finding, Label, Place};
use crate::format::{Content, Document, Places};
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
    pub(super) is_sound: bool,
    /// Whether somebody asked for it, and it is not only there to be referred to.
    pub(super) is_target: bool,
    /// The exceptions in its comments, where it has any.
    pub(super) comments: Option<Comments>,
    /// Whether its text was let go of.
    is_forgotten: bool,
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
    pub(super) span: Span,
    related: Vec<Option<Span>>,
}

impl Looked {
    /// Looks at a document on its own; a document that nobody asked for is there to be referred to.
    pub(super) fn new(mut document: Document, is_target: bool, linter: &Linter, codes: &Codes) -> Self {
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
        let comments = comments(&document, codes).filter(|_| is_target);
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
        let (is_meaningless, is_forgotten) = (document.content.is_none(), findings.is_empty() && comments.is_none());
        document.forget(is_forgotten);
        Self {
            document,
            name,
            findings,
            is_unreadable,
            is_meaningless,
            is_sound,
            is_target,
            comments,
            is_forgotten,
            outline,
            subscription: kept,
        }
    }

    /// A document that is no contract, about which there may be something to say.
    pub(super) fn beside(document: Document) -> Self {
        Self {
            document,
            name: None,
            findings: Vec::new(),
            is_unreadable: false,
            is_meaningless: false,
            is_sound: true,
            is_target: false,
            comments: None,
            is_forgotten: false,
            outline: None,
            subscription: None,
        }
    }

    fn id(&self) -> SourceId {
        self.document.id
    }
}

/// The exceptions in the comments of a document. What they hold back comes from rules, and rules need a tree.
fn comments(document: &Document, codes: &Codes) -> Option<Comments> {
    let text = document.file.text();
    let tree = document.tree().filter(|_| Comments::may_be_in(text))?;
    Some(Comments::read(text, tree, document.id, codes)).filter(|comments| !comments.is_empty())
}

impl Placed {
    pub(super) fn new<'a>(mut finding: Finding, document: &'a Document, places: &mut Option<Places<'a>>) -> Self {
        [Some(&mut finding.message), finding.help.as_mut()]
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

/// Looks at the documents that were asked for among all others. `read_again` gives the text of one that was let go of.
pub(super) fn look_across(
    looked: &mut [Looked],
    targets: &[SourceId],
    linter: &Linter,
    read_again: &(impl Fn(SourceId) -> String + Sync),
) {
    let outlines = looked.iter().filter_map(|looked| looked.outline.as_ref());
    let store = InMemory::new(outlines, looked.iter().filter_map(|looked| looked.subscription.as_ref()));
    let found = across(looked, targets, linter, &store);
    drop(store);
    // What is found needs its text again, and so does what it points at.
    let needed: BTreeSet<SourceId> = found
        .iter()
        .flatten()
        .flat_map(|finding| [&finding.label].into_iter().chain(&finding.related))
        .map(|label| label.source)
        .collect();
    looked.par_iter_mut().filter(|looked| looked.is_forgotten && needed.contains(&looked.id())).for_each(|looked| {
        looked.document.remember(read_again(looked.id()));
        looked.is_forgotten = false;
    });
    for (looked, found) in looked.iter_mut().zip(found) {
        let mut places = None;
        looked.findings.extend(found.into_iter().map(|finding| Placed::new(finding, &looked.document, &mut places)));
    }
    point_elsewhere(looked);
}

fn across(looked: &[Looked], targets: &[SourceId], linter: &Linter, store: &dyn Outlines) -> Vec<Vec<Finding>> {
    let neighbours = linter.across(store);
    let wanted: BTreeSet<SourceId> = targets.iter().copied().collect();
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

/// The findings as reports take them, in the order of the files and their lines.
pub(super) fn located(looked: &[Looked]) -> Vec<Located<'_>> {
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
            }
        })
        .collect();
    located.sort_by(|one, other| {
        let key = |located: &Located<'_>| (located.finding.label.source, located.spot.span, located.finding.code);
        key(one).cmp(&key(other))
    });
    located
}

/// Places in documents, as reports take them.
pub(super) fn spots<'a>(looked: &'a [Looked], places: &[(SourceId, Span)]) -> Vec<Spot<'a>> {
    let spot = |(source, span): &(SourceId, Span)| {
        let file = &looked.get(source.0 as usize)?.document.file;
        Some(Spot { file, span: *span, note: "" })
    };
    places.iter().filter_map(spot).collect()
}
