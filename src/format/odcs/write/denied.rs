//! Leftovers that a version of the standard does not take where they came from: another version had a word for them. They stay
//! in the metadata of their element.

use std::collections::{HashMap, HashSet};

use super::place::{Inner, Place};
use crate::format::odcs::check::check_each;
use crate::model::Contract;
use crate::source::{Node, Span};

/// Keys of elements whose leftovers are not put back.
pub(super) type Denied = HashSet<(Place, String)>;

/// The keys in which the form of a written contract is wrong.
pub(super) fn denied(contract: &Contract, tree: &Node) -> Denied {
    let (_, problems) = check_each(tree);
    if problems.is_empty() {
        return Denied::new();
    }
    let rules = contract.datasets.iter().map(|dataset| {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, rule) in dataset.rules.iter().enumerate() {
            by_name.entry(&rule.name).or_default().push(position);
        }
        by_name
    });
    let mut judge = Judge { contract, rules: rules.collect(), denied: Denied::new(), done: HashSet::new() };
    for span in problems.iter().flat_map(|problem| problem.also.iter().chain([&problem.span])) {
        judge.root(tree, *span);
    }
    judge.denied
}

struct Judge<'a> {
    contract: &'a Contract,
    /// For each dataset, the positions of its rules by their names.
    rules: Vec<HashMap<&'a str, Vec<usize>>>,
    denied: Denied,
    /// Keys of all relationships of a dataset, and of all its rules of a name, that were denied already.
    done: HashSet<(usize, Option<String>, String)>,
}

fn holds(span: Span, inner: Span) -> bool {
    span.start <= inner.start && inner.start <= span.end
}

/// The key of a mapping that a place is in, with its value.
fn key(node: &Node, span: Span) -> Option<(&str, &Node)> {
    let entries = node.entries();
    let after = entries.partition_point(|entry| entry.key_span.start <= span.start);
    let entry = entries.get(after.checked_sub(1)?)?;
    let is_in = holds(entry.key_span, span) || holds(entry.value.span, span);
    is_in.then_some(())?;
    Some((&entry.key, &entry.value))
}

/// The item of a list that a place is in.
fn item(node: &Node, span: Span) -> Option<(usize, &Node)> {
    let place = node.items().partition_point(|item| item.span.start <= span.start).checked_sub(1)?;
    node.items().get(place).filter(|item| holds(item.span, span)).map(|item| (place, item))
}

impl Judge<'_> {
    fn root(&mut self, tree: &Node, span: Span) {
        let Some((name, value)) = key(tree, span) else { return };
        match (name, item(value, span)) {
            ("servers", Some((index, item))) => self.deny(&Place::Server(index), item, span),
            ("roles", Some((index, item))) => self.deny(&Place::Role(index), item, span),
            ("schema", Some((index, item))) => self.object(index, item, span),
            _ => {
                self.denied.insert((Place::Root, name.to_owned()));
            }
        }
    }

    fn deny(&mut self, place: &Place, item: &Node, span: Span) {
        // What is wrong with the item as a whole may be any of its keys.
        let keys: Vec<&str> = key(item, span)
            .map_or_else(|| item.entries().iter().map(|entry| &*entry.key).collect(), |(name, _)| vec![name]);
        self.denied.extend(keys.into_iter().map(|key| (place.clone(), key.to_owned())));
    }

    fn object(&mut self, index: usize, node: &Node, span: Span) {
        let Some((name, value)) = key(node, span) else { return };
        self.denied.insert((Place::Object(index), name.to_owned()));
        match (name, item(value, span)) {
            ("properties", Some((position, item))) => {
                self.property(index, &mut vec![Inner::Field(position)], item, span);
            }
            ("quality", Some((_, item))) => self.rule(index, item, span),
            ("relationships", Some((_, item))) => {
                let count = self.contract.datasets.get(index).map_or(0, |dataset| dataset.foreign_keys.len());
                for entry in item.entries() {
                    if self.done.insert((index, None, entry.key.to_string())) {
                        let places = (0..count).map(|position| Place::Relationship(index, position));
                        self.denied.extend(places.map(|place| (place, entry.key.to_string())));
                    }
                }
            }
            _ => {}
        }
    }

    fn property(&mut self, dataset: usize, steps: &mut Vec<Inner>, node: &Node, span: Span) {
        let Some((name, value)) = key(node, span) else { return };
        self.denied.insert((Place::Property(dataset, steps.clone()), name.to_owned()));
        match (name, item(value, span)) {
            ("properties", Some((position, item))) => {
                steps.push(Inner::Field(position));
                self.property(dataset, steps, item, span);
            }
            ("quality", Some((_, item))) => self.rule(dataset, item, span),
            ("items", _) => {
                steps.push(Inner::Items);
                self.property(dataset, steps, value, span);
            }
            ("map", _) => {
                if let Some(("value", value)) = key(value, span) {
                    steps.push(Inner::Values);
                    self.property(dataset, steps, value, span);
                }
            }
            _ => {}
        }
    }

    /// Rules stand where they belong, and are known by their names.
    fn rule(&mut self, dataset: usize, node: &Node, span: Span) {
        let Some(named) = node.get("name").and_then(Node::text) else { return };
        let Some(places) = self.rules.get(dataset).and_then(|rules| rules.get(named)) else { return };
        let keys: Vec<&str> = match key(node, span) {
            Some((name, _)) if name != "type" && name != "name" => vec![name],
            _ => node.entries().iter().map(|entry| &*entry.key).collect(),
        };
        for key in keys {
            if self.done.insert((dataset, Some(named.to_owned()), key.to_owned())) {
                let places = places.iter().map(|position| Place::Rule(dataset, *position));
                self.denied.extend(places.map(|place| (place, key.to_owned())));
            }
        }
    }
}
