//! The keys of every edition of the standard, as data. What is right, what is wrong and what came when all follow from these
//! tables.

mod extras;
mod habits;
mod options;
mod people;
mod quality;
mod references;
mod root;
mod schema;
mod servers;

use super::version::Version;
use crate::source::Node;
use crate::source::shape::Form;

pub(super) use extras::{CUSTOM_PROPERTY, DEFINITION};
pub(super) use habits::RULE_HABITS;
pub(super) use options::{
    ARRAY, BOOLEAN, DATE, INTEGER, MAP, NUMBER, OBJECT, OPTIONS, STRING, TIMESTAMP, UNKNOWN, UNTYPED, VECTOR,
};
pub(super) use people::{CHANNEL, MEMBER, PRICE, ROLE, SLA, TEAM};
pub(super) use quality::{CUSTOM, LIBRARY, LIBRARY_3_0, METRIC_OF_RULE, OPERATOR_KEYS, OPERATORS, RULE, SQL};
pub(super) use references::{composite_agrees, is_reference};
pub(super) use root::{CONTRACT, HOMES};
pub(super) use schema::{OBJECT as OBJECT_SHAPE, PROPERTY};
pub(super) use servers::{SERVER, SERVERS, ServerType};

/// A mapping and what it may have.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is called in messages, with an article: `a server`.
    pub(super) name: &'static str,
    /// The keys that it may have, whatever else it says.
    pub(super) keys: &'static [Key],
    /// Whether it may have other keys too.
    pub(super) open: Open,
    /// What decides on further keys.
    pub(super) variant: Option<Variant>,
    /// What people write instead of the right words.
    pub(super) habits: &'static [Habit],
}

/// Whether a mapping may have keys that the standard does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// Never.
    No,
    /// Before 3.1, whose schema closed most mappings.
    Before3_1,
    /// Always.
    Always,
}

/// What in a mapping decides on its further keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// The `logicalType` of a property.
    LogicalType,
    /// The `type` of a server.
    ServerType,
    /// The `type` and the `metric` of a rule.
    RuleType,
    /// None; but both ends of a relationship are of one kind.
    BothEnds,
}

/// A key of a mapping.
#[derive(Debug)]
pub(super) struct Key {
    /// As it is written.
    pub(super) name: &'static str,
    /// Which values are right.
    pub(super) kind: Kind,
    /// The first edition that has it.
    pub(super) since: Version,
    /// The editions in which the mapping is wrong without it: from the first to before the second.
    required: Option<(Version, Option<Version>)>,
    /// A value for messages, as YAML.
    pub(super) example: &'static str,
}

impl Key {
    /// An optional key of all editions.
    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, since: Version::V3_0_0, required: None, example: "" }
    }

    /// An optional text of all editions.
    pub(super) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    /// The same key, required in every edition that has it.
    pub(super) const fn required(self) -> Self {
        let since = self.since;
        self.required_since(since)
    }

    /// The same key, required from an edition on.
    pub(super) const fn required_since(mut self, version: Version) -> Self {
        self.required = Some((version, None));
        self
    }

    /// The same key, required before an edition.
    pub(super) const fn required_before(mut self, version: Version) -> Self {
        let from = match self.required {
            Some((from, _)) => from,
            None => Version::V3_0_0,
        };
        self.required = Some((from, Some(version)));
        self
    }

    /// The same key, which came with an edition.
    pub(super) const fn since(mut self, version: Version) -> Self {
        self.since = version;
        self
    }

    /// The same key with an example, written as YAML.
    pub(super) const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Whether a mapping of an edition is wrong without it.
    pub(super) fn is_required(&self, version: Version) -> bool {
        self.required.is_some_and(|(from, before)| version >= from && before.is_none_or(|before| version < before))
    }
}

/// A word that a key can have.
#[derive(Debug)]
pub(super) struct Word {
    /// As it is written.
    pub(super) name: &'static str,
    /// The first edition that has it.
    pub(super) since: Version,
}

impl Word {
    /// A word of all editions.
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, since: Version::V3_0_0 }
    }

    /// The same word, which came with an edition.
    pub(super) const fn since(mut self, version: Version) -> Self {
        self.since = version;
        self
    }
}

/// Which values a key may have. Null is right for [`Kind::Any`] and [`Kind::Scalar`] alone.
#[derive(Debug)]
pub(super) enum Kind {
    /// Anything at all.
    Any,
    /// Any text.
    Text,
    /// Text of a certain form.
    Form(&'static Form),
    /// One of a list of words.
    Word(&'static [Word]),
    /// `true` or `false`.
    Bool,
    /// A whole number, no less than this.
    Whole(i128),
    /// Any number.
    Number,
    /// A number above 0.
    Positive,
    /// Text, a number, a boolean or nothing.
    Scalar,
    /// Any mapping.
    Mapping,
    /// Nothing at all in a mapping; the mapping itself may be there.
    Empty,
    /// A mapping of known keys.
    Map(&'static Shape),
    /// A list.
    List(&'static List),
    /// A value of one of two kinds, which never are of one YAML type.
    Or(&'static Kind, &'static Kind),
    /// The first kind before an edition, the second from it on.
    Until(Version, &'static Kind, &'static Kind),
}

/// What a list may have.
#[derive(Debug)]
pub(super) struct List {
    /// Which items are right.
    pub(super) item: Kind,
    /// What an item is called in messages, with an article: `an object`.
    pub(super) called: &'static str,
    /// The key that names an item, where items have names.
    pub(super) named_by: &'static str,
    /// How many items there are at least.
    pub(super) least: usize,
    /// How many items there are at most.
    pub(super) most: usize,
    /// Whether no two items are equal.
    pub(super) distinct: bool,
}

impl List {
    /// A list of any number of items.
    pub(super) const fn of(item: Kind, called: &'static str, named_by: &'static str) -> Self {
        Self { item, called, named_by, least: 0, most: usize::MAX, distinct: false }
    }

    /// The same list, with so many items at least, none of them twice.
    pub(super) const fn distinct(mut self, least: usize) -> Self {
        self.least = least;
        self.distinct = true;
        self
    }

    /// The same list, with so many items at least.
    pub(super) const fn at_least(mut self, least: usize) -> Self {
        self.least = least;
        self
    }

    /// The same list, with so many items at most.
    pub(super) const fn at_most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }
}

/// A word that people bring from other formats, from older editions or from SQL, and what it is in the standard.
#[derive(Debug)]
pub(super) struct Habit {
    /// The spellings; letter case and separators are not counted.
    pub(super) words: &'static [&'static str],
    /// What to write instead.
    pub(super) instead: Instead,
}

/// What to write instead of a word.
#[derive(Debug)]
pub(super) enum Instead {
    /// Another key with the same value.
    Key(&'static str),
    /// As a sentence says.
    Do(&'static str),
    /// As a sentence says that depends on the value and the edition.
    Depends(fn(&Node, Version) -> String),
}

const TEXTS: List = List::of(Kind::Text, "a text", "");
const TAGS: Key = Key::new("tags", Kind::List(&TEXTS));
