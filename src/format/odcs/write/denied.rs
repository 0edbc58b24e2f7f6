//! Leftovers that a version of the standard does not take where they came from: another version had a word for them. They stay
//! in the metadata of their element.

use std::collections::HashSet;

use super::place::{Inner, Place};
use crate::format::odcs::check::check;
use crate::model::Contract;
use crate::source::{Node, Span};

/// Keys of elements whose leftovers are not put back.
pub(super) type Denied = HashSet<(Place, String)>;

/// The keys in which the form of a written contract is wrong.
pub(super) fn denied(contract: &Contract, tree: &Node) -> Denied {
    let (_, problems) = check(tree);
    let mut denied = Denied::new();
    for problem in problems {
        root(contract, tree, problem.span, &mut denied);
    }
    denied
}

fn holds(span: Span, inner: Span) -> bool {
    span.start <= inner.start && inner.start <= span.end
}

/// The key of a mapping that a place is in, with its value.
fn key(node: &Node, span: Span) -> Option<(&str, &Node)> {
    let entry = node.entries().iter().find(|entry| holds(entry.key_span, span) || holds(entry.value.span, span))?;
    Some((&entry.key, &entry.value))
}

/// The item of a list that a place is in.
fn item(node: &Node, span: Span) -> Option<(usize, &Node)> {
    node.items().iter().enumerate().find(|(_, item)| holds(item.span, span))
}

fn root(contract: &Contract, tree: &Node, span: Span, denied: &mut Denied) {
    let Some((name, value)) = key(tree, span) else { return };
    let mut deny = |place: Place, item: &Node| {
        // What is wrong with the item as a whole may be any of its keys.
        let keys: Vec<&str> = key(item, span)
            .map_or_else(|| item.entries().iter().map(|entry| &*entry.key).collect(), |(name, _)| vec![name]);
        denied.extend(keys.into_iter().map(|key| (place.clone(), key.to_owned())));
    };
    match (name, item(value, span)) {
        ("servers", Some((index, item))) => deny(Place::Server(index), item),
        ("roles", Some((index, item))) => deny(Place::Role(index), item),
        ("schema", Some((index, item))) => object(contract, index, item, span, denied),
        _ => {
            denied.insert((Place::Root, name.to_owned()));
        }
    }
}

fn object(contract: &Contract, index: usize, node: &Node, span: Span, denied: &mut Denied) {
    let Some((name, value)) = key(node, span) else { return };
    denied.insert((Place::Object(index), name.to_owned()));
    match (name, item(value, span)) {
        ("properties", Some((position, item))) => {
            property(contract, index, &mut vec![Inner::Field(position)], item, span, denied);
        }
        ("quality", Some((_, item))) => rule(contract, index, item, span, denied),
        ("relationships", Some((_, item))) => {
            let count = contract.datasets.get(index).map_or(0, |dataset| dataset.foreign_keys.len());
            for (position, entry) in (0..count).flat_map(|position| item.entries().iter().map(move |it| (position, it)))
            {
                denied.insert((Place::Relationship(index, position), entry.key.to_string()));
            }
        }
        _ => {}
    }
}

fn property(contract: &Contract, dataset: usize, steps: &mut Vec<Inner>, node: &Node, span: Span, denied: &mut Denied) {
    let Some((name, value)) = key(node, span) else { return };
    denied.insert((Place::Property(dataset, steps.clone()), name.to_owned()));
    match (name, item(value, span)) {
        ("properties", Some((position, item))) => {
            steps.push(Inner::Field(position));
            property(contract, dataset, steps, item, span, denied);
        }
        ("quality", Some((_, item))) => rule(contract, dataset, item, span, denied),
        ("items", _) => {
            steps.push(Inner::Items);
            property(contract, dataset, steps, value, span, denied);
        }
        ("map", _) => {
            if let Some(("value", value)) = key(value, span) {
                steps.push(Inner::Values);
                property(contract, dataset, steps, value, span, denied);
            }
        }
        _ => {}
    }
}

/// Rules stand where they belong, and are known by their names.
fn rule(contract: &Contract, dataset: usize, node: &Node, span: Span, denied: &mut Denied) {
    let named = node.get("name").and_then(Node::text);
    let rules = contract.datasets.get(dataset).map_or(&[][..], |dataset| &dataset.rules);
    let keys: Vec<String> = match key(node, span) {
        Some((name, _)) if name != "type" && name != "name" => vec![name.to_owned()],
        _ => node.entries().iter().map(|entry| entry.key.to_string()).collect(),
    };
    for (position, _) in rules.iter().enumerate().filter(|(_, rule)| Some(rule.name.as_str()) == named) {
        denied.extend(keys.iter().map(|key| (Place::Rule(dataset, position), key.clone())));
    }
}
