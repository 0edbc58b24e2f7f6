//! The difference between two elements in the words of the native format, and the way back.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::{Literal, Quantity};

/// A mapping of the native format.
pub(in crate::format::odcs) type Map = Vec<(String, Literal)>;

/// The entries of a mapping; none of anything else.
pub(in crate::format::odcs) fn map(literal: Literal) -> Map {
    if let Literal::Map(entries) = literal { entries } else { Map::new() }
}

/// The word that tells the items of a list apart, where it is one whose items are laid over each other.
fn word_of(key: &str) -> Option<&'static str> {
    match key {
        "constraints" => Some("type"),
        "quality" => Some("metric_type"),
        _ => None,
    }
}

fn name(item: &Literal, word: &str) -> String {
    let Literal::Map(entries) = item else { return String::new() };
    let name = entries.iter().find(|(key, _)| key == word);
    name.and_then(|(_, value)| value.text()).unwrap_or_default().to_owned()
}

/// Keys below which a mapping is a value like any other, and null too.
const VALUES: &[&str] = &["example_value", "default_value", "implementation", "must_be", "must_not_be"];

/// What has to be laid over what was read so that it is what is meant.
pub(in crate::format::odcs) fn difference(meant: Map, read: Map) -> Map {
    let mut kept = Map::new();
    let gone: Vec<&String> =
        read.iter().map(|(key, _)| key).filter(|key| !meant.iter().any(|(other, _)| other == *key)).collect();
    let gone: Map = gone.into_iter().map(|key| (key.clone(), Literal::Null)).collect();
    let mut read: HashMap<String, Literal> = read.into_iter().collect();
    for (key, value) in meant {
        let more = match (value, read.remove(&key)) {
            (value, Some(other)) if is_same(&key, &value, &other) => None,
            (Literal::Map(value), Some(Literal::Map(other))) if !VALUES.contains(&key.as_str()) => {
                let more = difference(value, other);
                (!more.is_empty()).then_some(Literal::Map(more))
            }
            (Literal::List(value), Some(Literal::List(other))) if let Some(word) = word_of(&key) => {
                let more = difference_of_lists(value, other, word);
                (!more.is_empty()).then_some(Literal::List(more))
            }
            (value, _) => Some(value),
        };
        kept.extend(more.map(|value| (key, value)));
    }
    kept.extend(gone);
    kept
}

/// Items of a list that are told apart by a word: each is laid over the next one of its word.
fn difference_of_lists(meant: Vec<Literal>, read: Vec<Literal>, word: &str) -> Vec<Literal> {
    let mut waiting: HashMap<String, VecDeque<Literal>> = HashMap::new();
    for item in read {
        waiting.entry(name(&item, word)).or_default().push_back(item);
    }
    let mut kept: Vec<(String, Literal, bool)> = Vec::new();
    for item in meant {
        let name = name(&item, word);
        let Some(other) = waiting.get_mut(&name).and_then(VecDeque::pop_front) else {
            kept.push((name, item, true));
            continue;
        };
        let mut more = difference(map(item), map(other));
        let is_more = !more.is_empty();
        more.insert(0, (word.to_owned(), Literal::Text(name.clone())));
        kept.push((name, Literal::Map(more), is_more));
    }
    // One that adds nothing stands only before one of its kind that does.
    let last: HashMap<String, usize> = kept
        .iter()
        .enumerate()
        .filter(|(_, (_, _, is_more))| *is_more)
        .map(|(index, (name, ..))| (name.clone(), index))
        .collect();
    let is_needed = |index: usize, name: &str| last.get(name).is_some_and(|last| index <= *last);
    let needed = kept.into_iter().enumerate().filter(|(index, (name, ..))| is_needed(*index, name));
    needed.map(|(_, (_, item, _))| item).collect()
}

/// Keys of quantities that the standard has a number and a unit for.
const QUANTITIES: &[&str] = &[
    "threshold",
    "availability",
    "throughput",
    "error_rate",
    "retention",
    "cadence",
    "detect_within",
    "notify_within",
    "repair_within",
    "check_every",
];

/// Whether both say the same: quantities do in any spelling.
fn is_same(key: &str, meant: &Literal, read: &Literal) -> bool {
    if meant.same(read) {
        return true;
    }
    if !QUANTITIES.contains(&key) || matches!(meant, Literal::List(_) | Literal::Map(_)) {
        return false;
    }
    let amount = |value: &Literal| Quantity::new(value.to_string()).measure().ok();
    amount(meant).is_some() && amount(meant) == amount(read)
}

/// Lays a fragment over an element: the way back from a difference.
pub(in crate::format::odcs) fn merge(mut element: Map, fragment: Map) -> Map {
    let mut places: HashMap<String, usize> =
        element.iter().enumerate().map(|(place, (key, _))| (key.clone(), place)).collect();
    let mut gone = HashSet::new();
    for (key, value) in fragment {
        let is_value = VALUES.contains(&key.as_str());
        let there = places.get(&key).and_then(|place| element.get_mut(*place));
        match (value, there) {
            (Literal::Null, Some(_)) if !is_value => {
                gone.insert(key);
            }
            (Literal::Map(value), Some((_, Literal::Map(there)))) if !is_value => {
                *there = merge(std::mem::take(there), value);
            }
            (Literal::List(value), Some((_, Literal::List(there)))) if let Some(word) = word_of(&key) => {
                merge_lists(there, value, word);
            }
            (value, Some((_, there))) => *there = value,
            (value, None) => {
                places.insert(key.clone(), element.len());
                element.push((key, value));
            }
        }
    }
    if !gone.is_empty() {
        element.retain(|(key, _)| !gone.contains(key));
    }
    element
}

fn merge_lists(there: &mut Vec<Literal>, more: Vec<Literal>, word: &str) {
    let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, item) in there.iter().enumerate() {
        waiting.entry(name(item, word)).or_default().push_back(place);
    }
    for item in more {
        let place = waiting.get_mut(&name(&item, word)).and_then(VecDeque::pop_front);
        match (place.and_then(|place| there.get_mut(place)), item) {
            (Some(Literal::Map(there)), Literal::Map(item)) => *there = merge(std::mem::take(there), item),
            (Some(there), item) => *there = item,
            (None, item) => there.push(item),
        }
    }
}
