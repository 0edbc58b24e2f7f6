//! Keys and values of a mapping, as they come and then in the order of the standard.

use std::collections::{HashMap, HashSet, VecDeque};

use super::order::Order;
use crate::format::odcs::read::Promise;
use crate::model::Literal;

/// The entries of a mapping. What says nothing is not put in.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<(String, Literal)>);

impl Entries {
    pub(super) fn put(&mut self, key: &str, value: Literal) {
        self.0.push((key.to_owned(), value));
    }

    pub(super) fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(key, Literal::Text(text.to_owned()));
        }
    }

    pub(super) fn flag(&mut self, key: &str, is_set: bool) {
        if is_set {
            self.put(key, Literal::Bool(true));
        }
    }

    pub(super) fn texts(&mut self, key: &str, texts: &[String]) {
        self.list(key, texts.iter().cloned().map(Literal::Text).collect());
    }

    /// A list, unless it is empty. An id is that of the first item that has it.
    pub(super) fn list(&mut self, key: &str, mut items: Vec<Literal>) {
        let mut ids = HashSet::new();
        for item in &mut items {
            if let Literal::Map(entries) = item {
                entries.retain(|(key, value)| key != "id" || ids.insert(value.to_string()));
            }
        }
        if !items.is_empty() {
            self.put(key, Literal::List(items));
        }
    }

    pub(super) fn map(&mut self, key: &str, entries: Entries) {
        if !entries.0.is_empty() {
            self.put(key, entries.into_literal());
        }
    }

    pub(super) fn some(&mut self, key: &str, value: Option<Literal>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    /// Adds what is left over of a key. What is there stays.
    pub(super) fn complete(&mut self, key: &str, more: &Literal) {
        match self.0.iter_mut().find(|(name, _)| name == key) {
            None => self.put(key, more.clone()),
            Some((_, there)) => complete(there, more),
        }
    }

    /// The mapping in the order of the standard.
    pub(super) fn in_order(mut self, order: Order) -> Literal {
        let place = |key: &str| order.iter().position(|(name, _)| *name == key).unwrap_or(usize::MAX);
        self.0.sort_by_key(|(key, _)| place(key));
        self.into_literal()
    }

    pub(super) fn into_literal(self) -> Literal {
        Literal::Map(self.0)
    }
}

/// The keys that tell the items of the standard's lists apart.
const NAMES: &[&str] = &["property", "synonym", "username", "channel", "role", "server", "value"];

/// Adds what is left over to what is written: keys to mappings, items to lists. Whatever is there stays.
fn complete(there: &mut Literal, more: &Literal) {
    match (there, more) {
        (Literal::Map(there), Literal::Map(more)) => {
            let mut places: HashMap<String, usize> =
                there.iter().enumerate().map(|(place, (key, _))| (key.clone(), place)).rev().collect();
            for (key, value) in more {
                match places.get(key).and_then(|place| there.get_mut(*place)) {
                    None => {
                        places.insert(key.clone(), there.len());
                        there.push((key.clone(), value.clone()));
                    }
                    // Of several names for a thing the author's stays.
                    Some((name, inner)) if NAMES.contains(&name.as_str()) => inner.clone_from(value),
                    Some((_, inner)) => complete(inner, value),
                }
            }
        }
        (Literal::List(there), Literal::List(more)) => complete_list(there, more),
        _ => {}
    }
}

/// So many items of one name are looked at for each that is left over: thousands of one name mean nothing.
const PATIENCE: usize = 16;

/// Lays each item of what is left over over the first one of its name that nothing was laid over yet.
fn complete_list(there: &mut Vec<Literal>, more: &[Literal]) {
    let mut waiting: HashMap<(&str, String), VecDeque<usize>> = HashMap::new();
    for (place, item) in there.iter().enumerate() {
        for name in names(item) {
            waiting.entry(name).or_default().push_back(place);
        }
    }
    for item in more {
        let same = names(item).next().and_then(|name| waiting.get_mut(&name));
        let place = same.and_then(|places| {
            let fits = |place: &usize| there.get(*place).is_some_and(|one| is_completed_by(one, item));
            let first = places.iter().take(PATIENCE).position(fits)?;
            places.remove(first)
        });
        match place.and_then(|place| there.get_mut(place)) {
            Some(one) => complete(one, item),
            None => there.push(item.clone()),
        }
    }
}

/// What an item of a list is called, by each key that tells: the name of a service level is the same in all its spellings.
fn names(item: &Literal) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let mut names: [Option<String>; NAMES.len()] = Default::default();
    if let Literal::Map(entries) = item {
        for (key, value) in entries {
            let place = NAMES.iter().position(|name| name == key).and_then(|place| names.get_mut(place));
            if let Some(name @ None) = place {
                let promise = value.text().filter(|_| key == "property").and_then(Promise::of);
                *name = Some(promise.map_or_else(|| value.to_string(), |promise| format!("{promise:?}")));
            }
        }
    }
    NAMES.iter().copied().zip(names).filter_map(|(key, name)| Some((key, name?)))
}

/// Whether an item of a list is what is left over of this one: it has the same name, and further keys.
fn is_completed_by(item: &Literal, more: &Literal) -> bool {
    let (Literal::Map(item), Literal::Map(more)) = (item, more) else { return false };
    let of = |entries: &[(String, Literal)], key: &str| entries.iter().find(|(name, _)| name == key).cloned();
    let Some((name, called)) = NAMES.iter().find_map(|name| of(more, name)) else { return false };
    // Service levels have several names.
    let promise = |value: &Literal| value.text().filter(|_| name == "property").and_then(Promise::of);
    let is_called =
        |value: Literal| value == called || promise(&value).is_some() && promise(&value) == promise(&called);
    let is_custom = |key: &str| key == "customProperties";
    more.len() > 1
        && of(item, &name).is_some_and(|(_, value)| is_called(value))
        && more.iter().all(|(key, value)| {
            *key == name || is_custom(key) || of(item, key).is_none_or(|(_, there)| there == *value)
        })
        && more.iter().any(|(key, _)| is_custom(key) || of(item, key).is_none())
}

/// The leftovers of an element, which stand in its metadata.
pub(super) fn leftovers(metadata: &[(String, Literal)]) -> Option<&Literal> {
    let (_, value) = metadata.iter().find(|(key, _)| key == crate::format::odcs::read::ODCS)?;
    matches!(value, Literal::Map(_)).then_some(value)
}
