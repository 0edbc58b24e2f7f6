//! What of a contract its text does not say: the difference to what was read of it, element by element, in the words of the
//! native format.

use std::collections::{HashMap, VecDeque};

use super::place::{Fragments, Inner, Place, Places};
use crate::format::native::write;
use crate::format::odcs::fragment::{Map, difference, map};
use crate::model::{Contract, Dataset, Field, Literal, Role, Rule, Source};

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
const OF_RULE: &[&str] = &["name", "field"];

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
                fragment.push(("family".to_owned(), Literal::Text(rule.family.name().to_owned())));
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

fn roles(contract: &Contract) -> &[Role] {
    contract.access.as_ref().map_or(&[], |access| &access.roles)
}

/// A source as a mapping of the native format.
fn settings(source: &Source) -> Map {
    let mut settings = vec![("type".to_owned(), Literal::Text(source.kind.clone()))];
    settings.extend(source.settings.iter().cloned());
    settings
}

fn without(literal: Literal, keys: &[&str]) -> Map {
    let mut entries = map(literal);
    entries.retain(|(key, _)| !keys.contains(&key.as_str()));
    entries
}
