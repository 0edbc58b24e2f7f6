//! What of a contract its text does not say: the difference to what was read of it, element by element, in the words of the
//! native format.

use std::collections::{HashMap, VecDeque};

use super::place::{Fragments, Inner, Place, Places};
use crate::format::native::write;
use crate::model::{Contract, Dataset, Field, Literal, Quantity, Rule, RuleFamily, Source};

type Map = Vec<(String, Literal)>;

/// What has to be kept of each element that has a place in the text, given what was read of it.
pub(super) fn fragments(meant: &Contract, read: Option<&Contract>, written: &Places) -> Fragments {
    let mut compared = Compared { written, fragments: Fragments::new() };
    let Some(read) = read else { return compared.fragments };
    compared.root(meant, read);
    for (index, (meant, read)) in meant.datasets.iter().zip(&read.datasets).enumerate() {
        compared.dataset(index, meant, read);
    }
    compared.fragments
}

struct Compared<'a> {
    written: &'a Places,
    fragments: Fragments,
}

/// What of a contract stands at elements of its own.
const OF_ROOT: &[&str] = &["name", "version", "schema", "datasets", "sources"];
const OF_OBJECT: &[&str] = &["name", "schema", "rules", "foreign_keys"];
const OF_PROPERTY: &[&str] = &["name", "fields", "items", "values"];
const OF_RULE: &[&str] = &["name", "dataset", "field"];

impl Compared<'_> {
    fn keep(&mut self, place: Place, fragment: Map) {
        if !fragment.is_empty() {
            self.fragments.insert(place, fragment);
        }
    }

    fn root(&mut self, meant: &Contract, read: &Contract) {
        let mut fragment =
            difference(without(write::contract(meant), OF_ROOT), without(write::contract(read), OF_ROOT));
        let (roles, others) = (roles(meant), roles(read));
        if roles.len() == others.len() {
            // Each stands at itself.
            if let Some((_, Literal::Map(access))) = fragment.iter_mut().find(|(key, _)| key == "access") {
                access.retain(|(key, _)| key != "roles");
            }
            let said = meant.access.is_none() == read.access.is_none();
            fragment.retain(|(key, value)| key != "access" || !said || *value != Literal::Map(Vec::new()));
            for (index, (role, other)) in roles.iter().zip(others).enumerate() {
                let kept = difference(map(write::access::role(role)), map(write::access::role(other)));
                self.keep(Place::Role(index), kept);
            }
        }
        if meant.sources.len() == read.sources.len() {
            for (index, (source, other)) in meant.sources.iter().zip(&read.sources).enumerate() {
                self.keep(Place::Server(index), difference(settings(source), settings(other)));
            }
        }
        self.keep(Place::Root, fragment);
    }

    fn dataset(&mut self, index: usize, meant: &Dataset, read: &Dataset) {
        let mut fragment = difference(
            without(write::dataset::dataset(meant), OF_OBJECT),
            without(write::dataset::dataset(read), OF_OBJECT),
        );
        fragment.extend(self.foreign_keys(index, meant, read));
        fragment.extend(self.fields(index, &mut Vec::new(), "schema", &meant.fields, &read.fields));
        self.keep(Place::Object(index), fragment);
        self.rules(index, &meant.rules, &read.rules);
    }

    /// References that stand in the text are compared one by one; where some can't stand there, all are kept.
    fn foreign_keys(&mut self, index: usize, meant: &Dataset, read: &Dataset) -> Option<(String, Literal)> {
        let keys = |dataset: &Dataset| -> Vec<Literal> {
            dataset.foreign_keys.iter().map(write::dataset::foreign_key).collect()
        };
        let (meant, read) = (keys(meant), keys(read));
        let is_written = |position: usize| self.written.contains(&Place::Relationship(index, position));
        if meant.len() == read.len() && (0..meant.len()).all(is_written) {
            for (position, (key, other)) in meant.into_iter().zip(read).enumerate() {
                self.keep(Place::Relationship(index, position), difference(map(key), map(other)));
            }
            return None;
        }
        (meant != read).then(|| ("foreign_keys".to_owned(), Literal::List(meant)))
    }

    /// What has to be kept at the element around some fields: all of them, where they have no place of their own.
    fn fields(
        &mut self,
        dataset: usize,
        steps: &mut Vec<Inner>,
        key: &str,
        meant: &[Field],
        read: &[Field],
    ) -> Option<(String, Literal)> {
        steps.push(Inner::Field(0));
        let has_place = self.has_place(dataset, steps);
        steps.pop();
        if meant.len() != read.len() || !has_place {
            let all = || Literal::List(meant.iter().map(write::data::field).collect());
            return (!meant.is_empty() || !read.is_empty()).then(|| (key.to_owned(), all()));
        }
        for (position, (field, other)) in meant.iter().zip(read).enumerate() {
            steps.push(Inner::Field(position));
            self.field(dataset, steps, field, other);
            steps.pop();
        }
        None
    }

    fn has_place(&self, dataset: usize, steps: &[Inner]) -> bool {
        self.written.contains(&Place::Property(dataset, steps.to_vec()))
    }

    fn field(&mut self, dataset: usize, steps: &mut Vec<Inner>, meant: &Field, read: &Field) {
        let plain = |field: &Field| without(write::data::field(field), OF_PROPERTY);
        let mut fragment = difference(plain(meant), plain(read));
        fragment.extend(self.fields(dataset, steps, "fields", &meant.fields, &read.fields));
        let parts = [
            (Inner::Items, "items", meant.items.as_deref(), read.items.as_deref()),
            (Inner::Values, "values", meant.values.as_deref(), read.values.as_deref()),
        ];
        for (step, key, meant, read) in parts {
            steps.push(step);
            match (meant, read) {
                (Some(meant), Some(read)) if self.has_place(dataset, steps) => self.field(dataset, steps, meant, read),
                (Some(meant), read) if read != Some(meant) => {
                    fragment.push((key.to_owned(), write::data::field(meant)));
                }
                (None, Some(_)) => fragment.push((key.to_owned(), Literal::Null)),
                _ => {}
            }
            steps.pop();
        }
        self.keep(Place::Property(dataset, steps.clone()), fragment);
    }

    /// Rules are found again by their names and fields: in the text they stand where they belong.
    fn rules(&mut self, dataset: usize, meant: &[Rule], read: &[Rule]) {
        let mut others: HashMap<(&str, Option<&str>), VecDeque<&Rule>> = HashMap::with_capacity(read.len());
        for rule in read {
            others.entry((&rule.name, rule.field.as_deref())).or_default().push_back(rule);
        }
        for (position, rule) in meant.iter().enumerate() {
            let exact = others.get_mut(&(rule.name.as_str(), rule.field.as_deref())).and_then(VecDeque::pop_front);
            // One about a field that is not there stands at the object.
            let found = exact.or_else(|| others.get_mut(&(rule.name.as_str(), None)).and_then(VecDeque::pop_front));
            let Some(other) = found else { continue };
            let mut fragment = Map::new();
            if rule.family != other.family {
                let family = match rule.family {
                    RuleFamily::Technical => "technical",
                    RuleFamily::Business => "business",
                };
                fragment.push(("family".to_owned(), Literal::Text(family.to_owned())));
            }
            if let Some(field) = rule.field.as_ref().filter(|_| rule.field != other.field) {
                fragment.push(("field".to_owned(), Literal::Text(field.clone())));
            }
            let plain = |rule: &Rule| without(write::terms::rule(rule), OF_RULE);
            fragment.extend(difference(plain(rule), plain(other)));
            self.keep(Place::Rule(dataset, position), fragment);
        }
    }
}

fn roles(contract: &Contract) -> &[crate::model::Role] {
    contract.access.as_ref().map_or(&[], |access| &access.roles)
}

/// A source as a mapping of the native format.
fn settings(source: &Source) -> Map {
    let mut settings = vec![("type".to_owned(), Literal::Text(source.kind.clone()))];
    settings.extend(source.settings.iter().cloned());
    settings
}

fn map(literal: Literal) -> Map {
    if let Literal::Map(entries) = literal { entries } else { Map::new() }
}

fn without(literal: Literal, keys: &[&str]) -> Map {
    let mut entries = map(literal);
    entries.retain(|(key, _)| !keys.contains(&key.as_str()));
    entries
}

/// Keys below which a mapping is a value like any other, and null too.
const VALUES: &[&str] = &["example_value", "default_value", "implementation", "must_be", "must_not_be"];

/// What has to be laid over what was read so that it is what is meant.
fn difference(meant: Map, read: Map) -> Map {
    let mut kept = Map::new();
    let gone: Vec<&String> =
        read.iter().map(|(key, _)| key).filter(|key| !meant.iter().any(|(other, _)| other == *key)).collect();
    let gone: Map = gone.into_iter().map(|key| (key.clone(), Literal::Null)).collect();
    let mut read: HashMap<String, Literal> = read.into_iter().collect();
    for (key, value) in meant {
        let kept_value = match (value, read.remove(&key)) {
            (value, Some(other)) if is_same(&key, &value, &other) => None,
            (Literal::Map(value), Some(Literal::Map(other))) if !VALUES.contains(&key.as_str()) => {
                Some(Literal::Map(difference(value, other)))
            }
            (Literal::List(value), Some(Literal::List(other))) => Some(match key.as_str() {
                "constraints" => list(value, other, "type"),
                "quality" => list(value, other, "metric_type"),
                _ => Literal::List(value),
            }),
            (value, _) => Some(value),
        };
        let is_empty = |value: &Literal| matches!(value, Literal::List(items) if items.is_empty());
        kept.extend(kept_value.filter(|value| !is_empty(value)).map(|value| (key, value)));
    }
    kept.extend(gone);
    kept
}

/// Items of a list that are told apart by a word: each is laid over the next one of its word.
fn list(meant: Vec<Literal>, read: Vec<Literal>, word: &str) -> Literal {
    let name = |item: &Literal| -> String {
        let Literal::Map(entries) = item else { return String::new() };
        let name = entries.iter().find(|(key, _)| key == word);
        name.and_then(|(_, value)| value.text()).unwrap_or_default().to_owned()
    };
    let mut waiting: HashMap<String, VecDeque<Literal>> = HashMap::new();
    for item in read {
        waiting.entry(name(&item)).or_default().push_back(item);
    }
    let mut kept: Vec<(String, Literal, bool)> = Vec::new();
    for item in meant {
        let name = name(&item);
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
    Literal::List(needed.map(|(_, (_, item, _))| item).collect())
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
    if meant == read {
        return true;
    }
    if !QUANTITIES.contains(&key) || matches!(meant, Literal::List(_) | Literal::Map(_)) {
        return false;
    }
    let amount = |value: &Literal| Quantity::new(value.to_string()).measure().ok();
    amount(meant).is_some() && amount(meant) == amount(read)
}
