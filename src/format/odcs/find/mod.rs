//! Where an element of the model stands in the text of an ODCS file.

mod lists;
mod words;

use crate::format::names::Names;
use crate::format::native;
use crate::format::odcs::read::{Condition, ENGINE, ODCS, PACT, conditions, is_fragment};
use crate::model::{Path, PhysicalType, RuleFamily, Step};
use crate::source::{Entry, Node, Span, Value};

/// The place of an element. What is not there is at the nearest element around it that is.
pub(in crate::format) fn find(tree: &Node, path: &Path, names: &Names) -> Span {
    let mut at = Cursor { node: tree, key: None, kind: Kind::Contract, around: tree };
    let mut steps = path.steps();
    while let Some((step, behind)) = steps.split_first() {
        // What pact keeps in words of its own wins over what the standard's words say.
        let own = at.own(steps, names);
        if let Some((span, true)) = own {
            return span;
        }
        if let (Step::Key(metadata), Some((Step::Key(key), rest))) = (step, behind.split_first())
            && *metadata == "metadata"
            && let Some(kept) = at.kept(key, names)
        {
            (at, steps) = (kept, rest);
            continue;
        }
        match at.step(step, names) {
            Some(next) => at = next,
            None => return own.map_or_else(|| at.span(false), |(span, _)| span),
        }
        steps = behind;
    }
    at.span(true)
}

/// Where what the model has under a key is written, for who is about to change it.
#[derive(Debug)]
pub(in crate::format) struct Written<'a> {
    /// The value; the mapping around it where the key is not there yet.
    pub(in crate::format) node: &'a Node,
    /// The key of the standard.
    pub(in crate::format) key: Option<&'static str>,
    /// Whether it says the opposite of what the model does: `required` and `nullable`.
    pub(in crate::format) is_opposite: bool,
}

/// The node of an element, in whatever way the standard writes it.
pub(in crate::format) fn value_node<'a>(tree: &'a Node, path: &Path, names: &Names) -> Option<&'a Node> {
    let (at, rest) = cursor(tree, path.steps(), names)?;
    if rest.is_empty() { Some(at.node) } else { native::node(&at.fragment(rest, names)?.value, rest, names) }
}

/// The node that is an element, or that has the same value as the model has under a key. `None` where there is none, or where
/// the standard writes the value in another way.
pub(in crate::format) fn node<'a>(tree: &'a Node, path: &Path, names: &Names) -> Option<Written<'a>> {
    let (at, rest) = cursor(tree, path.steps(), names)?;
    if !rest.is_empty() {
        let own = at.fragment(rest, names)?;
        return Some(Written { node: native::node(&own.value, rest, names)?, key: None, is_opposite: false });
    }
    let is_opposite = match path.steps().last() {
        Some(Step::Key(key)) if !words::ALIKE.contains(&&**key) => (&**key == "nullable").then_some(true)?,
        _ => false,
    };
    Some(Written { node: at.node, key: None, is_opposite })
}

/// Where a key of the model that is not there yet is to be written: the mapping, and the key of the standard. `None` where the
/// standard writes it in another way.
pub(in crate::format) fn place_of_key<'a>(
    tree: &'a Node,
    path: &Path,
    key: &str,
    names: &Names,
) -> Option<Written<'a>> {
    let (at, rest) = cursor(tree, path.steps(), names)?;
    let ([name], true) = (words::keys(at.kind, key)?, rest.is_empty()) else { return None };
    let is_opposite = key == "nullable";
    let is_alike = is_opposite || words::ALIKE.contains(&key);
    is_alike.then_some(Written { node: at.node, key: Some(*name), is_opposite })
}

/// Follows a path, up to where pact's own words begin that are kept in a custom property. `None` where it leads nowhere.
fn cursor<'a, 's>(tree: &'a Node, steps: &'s [Step], names: &Names) -> Option<(Cursor<'a>, &'s [Step])> {
    let mut at = Cursor { node: tree, key: None, kind: Kind::Contract, around: tree };
    for (index, step) in steps.iter().enumerate() {
        let rest = steps.get(index..).unwrap_or_default();
        if at.own(rest, names).is_some() {
            return Some((at, rest));
        }
        at = at.step(step, names)?;
    }
    Some((at, &[]))
}

/// What a node is in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Contract,
    Publisher,
    Members,
    Channels,
    Access,
    Roles,
    Role,
    Approvers,
    Price,
    Terms,
    Sources,
    Source,
    ServiceLevels,
    Incidents,
    Lifecycle,
    Quality,
    Promise,
    Datasets,
    Dataset,
    Field,
    Semantics,
    Constraints,
    Constraint,
    Listing,
    Listed,
    ForeignKeys,
    ForeignKey,
    Rules,
    Technical,
    Business,
    Rule,
    Metadata,
    /// What the model has no word for, by the keys of the text; items of lists by what names them.
    Kept,
    /// Anything whose keys and items are those of the text.
    Plain,
}

#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    node: &'a Node,
    /// The key under which the node stands.
    key: Option<Span>,
    kind: Kind,
    /// The element that lists of it are collected from: the contract or the object.
    around: &'a Node,
}

impl<'a> Cursor<'a> {
    /// A place of the same element: what is said there in the model is said here in the text.
    #[expect(clippy::unnecessary_wraps, reason = "one step as the others are, which may lead nowhere")]
    fn same(self, kind: Kind) -> Option<Self> {
        Some(Self { kind, ..self })
    }

    #[expect(clippy::unnecessary_wraps, reason = "one step as the others are, which may lead nowhere")]
    fn to(self, node: &'a Node, kind: Kind) -> Option<Self> {
        Some(Self { node, key: None, kind, ..self })
    }

    fn child(self, key: &str, kind: Kind) -> Option<Self> {
        let entry = self.node.entry(key)?;
        Some(Self { node: &entry.value, key: Some(entry.key_span), kind, ..self })
    }

    /// A value below several keys; the nearest of them that is there.
    fn inner(self, keys: &[&str], kind: Kind) -> Option<Self> {
        let (first, rest) = keys.split_first()?;
        let mut at = self.child(first, kind)?;
        for key in rest {
            match at.child(key, kind) {
                Some(next) => at = next,
                None => break,
            }
        }
        Some(at)
    }

    /// What pact keeps of the element in words of its own, where that says something of the first of these steps: in a custom
    /// property, or as what a rule of its own engine does.
    fn fragment(self, steps: &[Step], names: &Names) -> Option<&'a Entry> {
        let has_fragment = matches!(
            self.kind,
            Kind::Contract | Kind::Source | Kind::Role | Kind::Dataset | Kind::Field | Kind::Rule | Kind::ForeignKey
        );
        let Some(Step::Key(first)) = steps.first().filter(|_| has_fragment) else { return None };
        let is_own = self.kind == Kind::Rule && self.node.get("engine").and_then(Node::text) == Some(ENGINE);
        let implementation = || self.node.entry("implementation").filter(|_| is_own);
        let custom = || names.find_by(self.node.get("customProperties")?, "property", PACT)?.entry("value");
        let says = |entry: &&Entry| is_fragment(&entry.value) && entry.value.entry(first).is_some();
        custom().filter(says).or_else(|| implementation().filter(says))
    }

    /// The place in pact's own words, and whether all of it is there; `None` where not even its beginning is.
    fn own(self, steps: &[Step], names: &Names) -> Option<(Span, bool)> {
        let entry = self.fragment(steps, names)?;
        Some(native::below(&entry.value, Some(entry.key_span), steps, names))
    }

    /// What is kept for other tools: a custom property, or what the model has no word for.
    fn kept(self, key: &str, names: &Names) -> Option<Self> {
        if key == ODCS {
            return self.same(Kind::Kept);
        }
        let item = names.find_by(self.node.get("customProperties")?, "property", key)?;
        let at = self.to(item, Kind::Plain)?;
        Some(at.child("value", Kind::Kept).unwrap_or(at))
    }

    fn step(self, step: &Step, names: &Names) -> Option<Self> {
        match step {
            Step::Dataset(name) => {
                let object = names.find(self.node.get("schema")?, name)?;
                Some(Self { node: object, key: None, kind: Kind::Dataset, around: object })
            }
            Step::Field(name) => self.to(names.find(self.node.get("properties")?, name)?, Kind::Field),
            Step::Items => self.child("items", Kind::Field),
            Step::Values => self.child("map", Kind::Field)?.child("value", Kind::Field),
            Step::Key(key) => self.key(key, names),
            Step::Index(index) => self.index(*index, names),
        }
    }

    fn key(self, key: &str, names: &Names) -> Option<Self> {
        match self.kind {
            Kind::Contract => self.of_contract(key),
            Kind::Publisher => self.of_publisher(key, names),
            Kind::Access => (key == "roles").then(|| self.child("roles", Kind::Roles))?,
            Kind::Dataset => self.of_dataset(key, names),
            Kind::Field => self.of_field(key, names),
            Kind::Constraint => self.of_constraint(key),
            Kind::Sources => self.to(names.find_by(self.node, "server", key)?, Kind::Source),
            Kind::Source if key == "url" => {
                self.child("location", Kind::Plain).or_else(|| self.child("url", Kind::Plain))
            }
            Kind::ServiceLevels if key == "incidents" => self.same(Kind::Incidents),
            Kind::ServiceLevels | Kind::Incidents | Kind::Lifecycle => {
                let promise = words::promise(self.kind == Kind::Lifecycle, key)?;
                self.to(lists::promise(self.around, promise, names)?, Kind::Promise)
            }
            Kind::Quality => self.to(lists::freshness(self.around, names).at(self.around, 0)?, Kind::Promise),
            Kind::Rules if key == "technical" => self.same(Kind::Technical),
            Kind::Rules if key == "business" => self.same(Kind::Business),
            Kind::Rules => self.to(lists::rules(self.around, names).named(self.around, key)?, Kind::Rule),
            Kind::Metadata => self.to(names.find_by(self.node, "property", key)?, Kind::Plain),
            Kind::Role if key == "approvers" => self.same(Kind::Approvers),
            Kind::Kept if matches!(self.node.value, Value::List(_)) => {
                let item = words::NAMES.iter().find_map(|name| names.find_by(self.node, name, key))?;
                self.to(item, Kind::Kept)
            }
            Kind::Kept | Kind::Source => self.child(key, Kind::Kept),
            _ => self.inner(words::keys(self.kind, key)?, Kind::Plain),
        }
    }

    fn index(self, index: usize, names: &Names) -> Option<Self> {
        let around = self.around;
        match self.kind {
            Kind::Members => self.to(lists::members(around, names).at(around, index)?, Kind::Plain),
            Kind::Channels => self.to(lists::channels(around, names).at(around, index)?, Kind::Plain),
            Kind::Roles => self.to(lists::roles(around, names).at(around, index)?, Kind::Role),
            Kind::Approvers => {
                let key = if index == 0 { "firstLevelApprovers" } else { "secondLevelApprovers" };
                self.child(key, Kind::Plain)
            }
            Kind::Quality => self.to(lists::freshness(around, names).at(around, index)?, Kind::Promise),
            Kind::Datasets => {
                let object = lists::objects(around, names).at(around, index)?;
                Some(Self { node: object, key: None, kind: Kind::Dataset, around: object })
            }
            Kind::Technical | Kind::Business => {
                let family = if self.kind == Kind::Technical { RuleFamily::Technical } else { RuleFamily::Business };
                self.to(lists::rules_of(family, around, names).at(around, index)?, Kind::Rule)
            }
            Kind::ForeignKeys => self.to(lists::foreign_keys(around, names).at(around, index)?, Kind::ForeignKey),
            Kind::Constraints => self.constraint(index),
            Kind::Listing => self.to(self.node.items().get(index)?, Kind::Listed),
            _ => self.to(self.node.one_or_many().get(index)?, Kind::Plain),
        }
    }

    fn of_contract(self, key: &str) -> Option<Self> {
        match key {
            "name" => self.child("name", Kind::Plain).or_else(|| self.child("id", Kind::Plain)),
            "description" => self.inner(&["description", "purpose"], Kind::Plain),
            "publisher" => self.same(Kind::Publisher),
            "access" => self.same(Kind::Access),
            "terms" => self.child("description", Kind::Terms),
            "price" => self.child("price", Kind::Price),
            "sources" => self.child("servers", Kind::Sources),
            "service_levels" => self.child("slaProperties", Kind::ServiceLevels),
            "lifecycle" => self.child("slaProperties", Kind::Lifecycle),
            "quality" => self.child("slaProperties", Kind::Quality),
            "datasets" => self.child("schema", Kind::Datasets),
            "schema" | "rules" => {
                // The short form: the contract is its only object.
                let [object] = self.node.get("schema")?.items() else { return None };
                let at = Self { node: object, key: None, kind: Kind::Dataset, around: object };
                if key == "schema" { at.child("properties", Kind::Plain) } else { at.same(Kind::Rules) }
            }
            "metadata" => self.child("customProperties", Kind::Metadata),
            _ => self.inner(words::keys(Kind::Contract, key)?, Kind::Plain),
        }
    }

    fn of_publisher(self, key: &str, names: &Names) -> Option<Self> {
        match key {
            "owner" => self.to(lists::owner(self.around, names).at(self.around, 0)?, Kind::Plain),
            "contact_email" => {
                self.to(lists::contact(self.around, names).at(self.around, 0)?, Kind::Plain)?.child("url", Kind::Plain)
            }
            "members" => self.child("team", Kind::Members),
            "channels" => self.child("support", Kind::Channels),
            _ => self.inner(words::keys(Kind::Publisher, key)?, Kind::Plain),
        }
    }

    fn of_dataset(self, key: &str, names: &Names) -> Option<Self> {
        match key {
            "rules" => self.same(Kind::Rules),
            "foreign_keys" => self.same(Kind::ForeignKeys),
            "primary_key" | "partitioned_by" => {
                let place = if key == "primary_key" { "primaryKeyPosition" } else { "partitioned" };
                let column = lists::columns(self.around, place, names).at(self.around, 0)?;
                self.to(column, Kind::Field)?.child(place, Kind::Plain)
            }
            "metadata" => self.child("customProperties", Kind::Metadata),
            _ => self.inner(words::keys(Kind::Dataset, key)?, Kind::Plain),
        }
    }

    fn of_field(self, key: &str, names: &Names) -> Option<Self> {
        match key {
            "semantics" => self.same(Kind::Semantics),
            "constraints" => self.same(Kind::Constraints),
            "data_type" => self.child("logicalType", Kind::Plain).or_else(|| self.child("physicalType", Kind::Plain)),
            "is_foreign_key" | "foreign_key_reference" => {
                let plain = lists::plain_relationship(self.node.get("relationships")?, names)?;
                self.to(plain, Kind::ForeignKey)?.child("to", Kind::Plain)
            }
            "keys" => self.inner(&["map", "key", "logicalType"], Kind::Plain),
            "values" => self.inner(&["map", "value"], Kind::Field),
            "items" => self.child("items", Kind::Field),
            "metadata" => self.child("customProperties", Kind::Metadata),
            _ => self.inner(words::keys(Kind::Field, key)?, Kind::Plain),
        }
    }

    fn constraint(self, index: usize) -> Option<Self> {
        let text = |key| self.node.get(key).and_then(Node::text);
        let physical = text("physicalType").map(PhysicalType::parse);
        let options = self.node.get("logicalTypeOptions");
        let lists = (self.node.get("enum"), self.node.get("quality"));
        match *conditions(options, lists, text("logicalType"), physical.as_ref()).get(index)? {
            Condition::Enum(_) => self.child("enum", Kind::Constraint),
            Condition::Valid(list) => self.to(list, Kind::Plain),
            condition => self.to(condition.node(), Kind::Constraint),
        }
    }

    fn of_constraint(self, key: &str) -> Option<Self> {
        match (key, &self.node.value) {
            ("value", Value::List(_)) => self.same(Kind::Listing),
            ("type" | "value", _) => self.same(Kind::Plain),
            _ => None,
        }
    }

    /// A span that a person can look at: scalars whole; of a mapping its name; of a list or a nameless mapping the key that
    /// it stands under.
    fn span(self, found: bool) -> Span {
        let name = words::NAMES.iter().find_map(|key| self.node.get(key));
        match &self.node.value {
            Value::Map(entries) => {
                let first = entries.first().map(|entry| entry.key_span);
                let value = (self.kind == Kind::Listed).then(|| self.node.get("value")).flatten();
                value.or(name).map(|name| name.span).or(self.key).or(first).unwrap_or(self.node.span)
            }
            Value::List(items) if found && !items.is_empty() && native::is_one_line(self.node) => self.node.span,
            Value::List(_) | Value::Null => self.key.unwrap_or(self.node.span),
            _ => self.node.span,
        }
    }
}

#[cfg(test)]
mod tests;
