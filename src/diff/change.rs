//! Where handlers put what they find.

use std::collections::HashSet;

use jiff::civil::Date;

use super::direction::{Relation, is_by_calendar, why_unordered};
use super::language::Languages;
use super::lattice::Profile;
use crate::finding::change::{Change, ChangeMeta, Grade, Level, Levels, Side, Sureness};
use crate::model::{Literal, Path, Quantity, SourceId, Step};

/// One element, by its path on either side: they differ below what was renamed.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub(super) base: Path,
    pub(super) head: Path,
}

impl At {
    /// The same path on both sides.
    pub(super) fn both(path: &Path) -> Self {
        Self { base: path.clone(), head: path.clone() }
    }

    /// A property of the contract.
    pub(super) fn of(key: &'static str) -> Self {
        Self::both(&Path::of(key))
    }

    /// A property of this element.
    pub(super) fn key(&self, key: &'static str) -> Self {
        Self { base: self.base.key(key), head: self.head.key(key) }
    }

    /// A part of this element that has a name in the contract.
    pub(super) fn named(&self, name: &str) -> Self {
        self.step(&Step::Key(name.to_owned().into()))
    }

    /// A field of this element that has the same name on both sides.
    pub(super) fn field(&self, name: &str) -> Self {
        self.renamed_field(name, name)
    }

    /// A field of this element.
    pub(super) fn renamed_field(&self, base: &str, head: &str) -> Self {
        Self { base: self.base.field(base), head: self.head.field(head) }
    }

    /// A step further, the same on both sides.
    pub(super) fn step(&self, step: &Step) -> Self {
        Self { base: self.base.step(step.clone()), head: self.head.step(step.clone()) }
    }
}

/// The changes of one contract, as they are found.
pub(super) struct Changes {
    /// The name of the contract before.
    pub(super) contract: String,
    /// The names of the contract before and after.
    pub(super) names: [String; 2],
    /// The documents before and after.
    pub(super) sources: [SourceId; 2],
    pub(super) today: Date,
    /// Answers about patterns, within what the contract may spend on them.
    pub(super) languages: Languages,
    /// How the dataset is read and written that is being compared.
    pub(super) profile: Profile,
    pub(super) list: Vec<Change>,
}

impl Changes {
    /// Notes a change of an element.
    pub(super) fn push(
        &mut self,
        meta: &'static ChangeMeta,
        at: &At,
        base: Option<Literal>,
        head: Option<Literal>,
    ) -> &mut Change {
        let [before, after] = self.sources;
        let side =
            |source, path: &Path, value| Side { source: Some(source), path: path.clone(), place: path.clone(), value };
        let mut change = new(meta, &self.contract, side(before, &at.base, base), side(after, &at.head, head));
        if let Some((levels, sure)) = self.profile.levels(meta) {
            (change.levels, change.sure) = (levels, sure);
        }
        self.list.push(change);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Notes a change of a property of an element: the element is named, the property shown. Without a key the element is
    /// the property itself.
    pub(super) fn property(
        &mut self,
        meta: &'static ChangeMeta,
        at: &At,
        key: &'static str,
        base: Option<Literal>,
        head: Option<Literal>,
    ) -> &mut Change {
        let change = self.push(meta, at, base, head);
        if !key.is_empty() {
            change.base.place = at.base.key(key);
            change.head.place = at.head.key(key);
        }
        change
    }

    /// Notes that a quantity is another one: where the two have no order it says why, and where only a month's or a
    /// year's length in days gives them one it may be otherwise.
    pub(super) fn quantities(
        &mut self,
        meta: &'static ChangeMeta,
        at: &At,
        base: Option<&Quantity>,
        head: Option<&Quantity>,
    ) -> &mut Change {
        let change = self.push(meta, at, base.map(quantity), head.map(quantity));
        change.help = why_unordered(base, head);
        if is_by_calendar(base, head) && change.sure == Sureness::Certain {
            change.sure = Sureness::Possible;
        }
        change
    }

    /// Notes a property that appeared, disappeared or became another one.
    pub(super) fn optional<T: PartialEq>(
        &mut self,
        [added, removed, changed]: [&'static ChangeMeta; 3],
        at: &At,
        key: &'static str,
        base: Option<&T>,
        head: Option<&T>,
        value: impl Fn(&T) -> Literal,
    ) {
        let meta = match (base, head) {
            (Some(base), Some(head)) if base == head => return,
            (None, None) => return,
            (None, Some(_)) => added,
            (Some(_), None) => removed,
            (Some(_), Some(_)) => changed,
        };
        self.property(meta, at, key, base.map(&value), head.map(&value));
    }

    /// Notes a property of which both sides don't say the same. A side that says nothing leaves everything open: to say it
    /// for the first time tightens and to say it no longer loosens, whatever the row tells of one value becoming another.
    pub(super) fn stated(
        &mut self,
        meta: &'static ChangeMeta,
        at: &At,
        key: &'static str,
        base: Option<Literal>,
        head: Option<Literal>,
    ) {
        let relation = match (&base, &head) {
            _ if base == head => return,
            (None, _) => Some(Relation::Tightened),
            (_, None) => Some(Relation::Loosened),
            _ => None,
        };
        let change = self.property(meta, at, key, base, head);
        if let Some(relation) = relation {
            change.levels = relation.levels();
        }
    }

    /// Notes that two lists of words differ.
    pub(super) fn words(
        &mut self,
        added: &'static ChangeMeta,
        removed: &'static ChangeMeta,
        at: &At,
        base: &[String],
        head: &[String],
    ) {
        let only = |one: &[String], other: &[String]| -> Vec<Literal> {
            let known: HashSet<&String> = other.iter().collect();
            one.iter().filter(|word| !known.contains(word)).map(text).collect()
        };
        let (gone, new) = (only(base, head), only(head, base));
        if !gone.is_empty() {
            self.push(removed, at, Some(Literal::List(gone)), None);
        }
        if !new.is_empty() {
            self.push(added, at, None, Some(Literal::List(new)));
        }
    }
}

/// A change with the levels of its kind.
pub(super) fn new(meta: &'static ChangeMeta, contract: &str, base: Side, head: Side) -> Change {
    // What is computed counts as worst until it is.
    let level = |grade: Grade| if let Grade::Always(level) = grade { level } else { Level::Major };
    let levels = Levels { reader: level(meta.reader), writer: level(meta.writer) };
    let sure = meta.sure;
    Change {
        meta,
        contract: contract.to_owned(),
        levels,
        sure,
        base,
        head,
        affects: Vec::new(),
        help: None,
        accepted: None,
        forbidden: false,
        witness: None,
    }
}

/// A text as a value.
pub(super) fn text<T: AsRef<str> + ?Sized>(text: &T) -> Literal {
    Literal::Text(text.as_ref().to_owned())
}

/// Several texts as a value.
pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Literal {
    Literal::List(texts.into_iter().map(|one| text(&one)).collect())
}

/// A quantity as a value, as it was written.
pub(super) fn quantity(quantity: &Quantity) -> Literal {
    text(&quantity.text)
}
