//! A thing in hand and where it stands, as rules look at it.

use crate::finding::{Label, Place};
use crate::model::{self, Contract, Dataset, Field, Path, RuleFamily, SourceId};
use crate::source::{Node, SourceFile, Span, edit};

/// A field and where it stands.
pub(super) struct FieldAt<'a> {
    pub(super) contract: &'a Contract,
    pub(super) dataset: &'a Dataset,
    pub(super) field: &'a Field,
    pub(super) path: &'a Path,
}

impl FieldAt<'_> {
    /// The place of the field itself.
    pub(super) fn label(&self) -> Label {
        Label::at(self.contract.source, self.path.clone())
    }

    /// The place of one of its keys.
    pub(super) fn label_of(&self, key: &'static str) -> Label {
        Label::at(self.contract.source, self.path.key(key))
    }

    /// The place of the value of one of its constraints.
    pub(super) fn label_of_constraint(&self, index: usize) -> Label {
        Label::at(self.contract.source, self.path.key("constraints").index(index).key("value"))
    }

    /// The field as messages name it: `lines[]` are the items of `lines`.
    pub(super) fn called(&self) -> String {
        crate::source::words::quoted(&self.path.last_field())
    }
}

/// A rule of quality and where it stands.
pub(super) struct RuleAt<'a> {
    pub(super) contract: &'a Contract,
    /// The dataset that it stands in; `None` where it stands in the contract itself.
    pub(super) dataset: Option<&'a Dataset>,
    pub(super) rule: &'a model::Rule,
    /// Its place among the rules of its family there.
    pub(super) index: usize,
}

impl<'a> RuleAt<'a> {
    /// Every rule of a contract: its own, then those of each dataset.
    pub(super) fn all(contract: &'a Contract) -> impl Iterator<Item = Self> {
        let own = std::iter::once((None, contract.rules.as_slice()));
        let others = contract.datasets.iter().map(|dataset| (Some(dataset), dataset.rules.as_slice()));
        own.chain(others).flat_map(move |(dataset, rules)| {
            let mut next = [0, 0];
            rules.iter().map(move |rule| {
                let [technical, business] = &mut next;
                let next = if rule.family == RuleFamily::Technical { technical } else { business };
                *next += 1;
                Self { contract, dataset, rule, index: *next - 1 }
            })
        })
    }

    pub(super) fn path(&self) -> Path {
        let around = self.dataset.map_or_else(Path::root, |dataset| Path::dataset(&dataset.name));
        around.key("rules").key(self.rule.family.name()).index(self.index)
    }

    /// The place of the rule itself.
    pub(super) fn label(&self) -> Label {
        Label::at(self.contract.source, self.path())
    }

    /// The place of one of its keys.
    pub(super) fn label_of(&self, key: &'static str) -> Label {
        Label::at(self.contract.source, self.path().key(key))
    }

    /// What its name and its id tell apart: the rules of one list.
    pub(super) fn list(&self) -> Option<*const Dataset> {
        self.dataset.map(std::ptr::from_ref)
    }
}

/// The text of a document, for rules about how it is written.
pub(super) struct TextAt<'a> {
    /// The document.
    pub(super) source: SourceId,
    /// Its text and the path by which people know it.
    pub(super) file: &'a SourceFile,
    /// The text as a tree.
    pub(super) tree: &'a Node,
    /// The contract, where it is one.
    pub(super) contract: Option<&'a Contract>,
}

impl TextAt<'_> {
    /// Where the comments of the text stand, without their line ends. Looks through the whole text.
    pub(super) fn comments(&self) -> Vec<Span> {
        let comments = edit::comments(self.file.text(), self.tree);
        comments.into_iter().map(|range| Span::new(range.start, range.end)).collect()
    }

    /// A place in the text.
    pub(super) fn label(&self, span: Span) -> Label {
        Label { source: self.source, place: Place::Span(span), note: String::new() }
    }
}
