//! What holds of every text, however it was made: the bodies of the fuzz targets, which ordinary tests run as well.
//!
//! Each `hold` panics where a law is broken, and says which.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets in `fuzz/` are another crate, which takes this folder in as it is"
)]

pub mod expression;
pub mod fix;
pub mod fmt;
pub mod native;
pub mod odcs;
pub mod yaml;

use std::sync::Arc;

use jiff::civil::date;
use pact::finding::{Finding, Label, RuleMeta};
use pact::format::{self, Content, Document};
use pact::lint::{InMemory, Linter, Outline, Subject};
use pact::model::{Contract, SourceId};
use pact::source::{SourceFile, Span};

/// Everything that reading and the wanted rules say of files, as `pact lint` finds it on 5 January 2026.
pub fn lint(files: Vec<SourceFile>, wanted: impl Fn(&RuleMeta) -> bool) -> Vec<Finding> {
    let linter = Linter::new(date(2026, 1, 5), wanted);
    let ids = (0..).map(SourceId);
    let documents: Vec<Document> = ids.zip(files).map(|(id, file)| format::read_with_tree(id, file)).collect();
    let mut findings = Vec::new();
    let (mut outlines, mut subscriptions) = (Vec::new(), Vec::new());
    for document in &documents {
        let contract = document.contract();
        outlines.extend(contract.map(|contract| Arc::new(Outline::of(contract))));
        let subscription = match &document.content {
            Some(Content::Subscription(subscription)) => Some(&**subscription),
            _ => None,
        };
        subscriptions.extend(subscription.cloned().map(Arc::new));
        findings.extend(document.problems.iter().cloned());
        if document.problems.is_empty() {
            let (source, file, tree) = (document.id, &document.file, document.tree());
            findings.extend(linter.look_at(Subject { source, file, tree, contract, subscription }));
        }
    }
    let store = InMemory::new(&outlines, &subscriptions);
    let others = linter.across(&store);
    let sound = |id: SourceId| documents.iter().any(|document| document.id == id && document.problems.is_empty());
    for outline in outlines.iter().filter(|outline| sound(outline.source)) {
        findings.extend(linter.among(outline, &others));
    }
    for subscription in subscriptions.iter().filter(|subscription| sound(subscription.source)) {
        findings.extend(linter.subscription_among(subscription, &others));
    }
    findings
}

/// The only document of a run.
fn document(text: &str) -> Document {
    format::read_with_tree(SourceId(0), SourceFile::new("fuzzed.yaml", text))
}

/// A place lies in the text and cuts no letter.
#[track_caller]
pub fn lies_in(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} is at {:?}, which is not in the text\n{text}", span.range());
}

/// Everything that is found in a document, with its places.
#[track_caller]
fn places_are_right(document: &Document, findings: &[Finding]) {
    let places = document.places();
    let check = |label: &Label, code: &str| lies_in(document.file.text(), places.at(&label.place), code);
    for finding in document.problems.iter().chain(findings) {
        check(&finding.label, finding.code);
        finding.related.iter().filter(|label| label.source == document.id).for_each(|label| check(label, finding.code));
    }
}

/// What was written is read without a problem.
#[track_caller]
fn reads_back(what: &str, text: &str) -> Document {
    let back = document(text);
    let problems: Vec<_> = back.problems.iter().map(|problem| (problem.code, &problem.message)).collect();
    assert!(problems.is_empty() && back.contract().is_some(), "{what} is not sound: {problems:?}\n{text}");
    back
}

/// Two contracts promise the same.
#[track_caller]
fn promises_the_same(what: &str, contract: &Contract, back: &Document) {
    let mut changes = pact::diff::contract(Some(contract), back.contract(), date(2026, 1, 5));
    // A field of the only dataset is written without the name of that.
    let is_respelt = |code: &str| code.starts_with("spec-version-") || code == "freshness-element-changed";
    changes.retain(|change| !is_respelt(change.meta.code));
    let changes: Vec<_> = changes
        .iter()
        .map(|change| (change.meta.code, &change.head.path, &change.base.value, &change.head.value))
        .collect();
    assert!(changes.is_empty(), "{what} means something else: {changes:?}\n{}", back.file.text());
}
