//! Who is hit if something of a contract changes: its consumers, the contracts that refer to it or are made of it, and
//! theirs in turn.

mod human;
mod json;

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;

use jiff::civil::Date;

use crate::model::{Contract, Dataset, Index, Publisher, Registry, Step, Subscriber};

pub use human::human;
pub use json::json;

/// A contract, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Element<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The dataset; `None` for the whole contract.
    pub dataset: Option<&'a Dataset>,
    /// The field with dots; `None` for the whole dataset.
    pub field: Option<&'a str>,
}

impl<'a> Element<'a> {
    fn whole(contract: &'a Contract) -> Self {
        Self { contract, dataset: None, field: None }
    }

    /// The element of an address `contract`, `contract.dataset`, `contract.field` or `contract.dataset.field`.
    ///
    /// # Errors
    ///
    /// The contract where it is known and only what follows is not there; `None` where there is no such contract.
    pub fn of(index: &Index<'a>, address: &'a str) -> Result<Self, Option<&'a Contract>> {
        let (contract, rest) = index.split(address).ok_or(None)?;
        if rest.is_empty() {
            return Ok(Self::whole(contract));
        }
        if let Some(dataset) = contract.dataset(rest) {
            return Ok(Self { contract, dataset: Some(dataset), field: None });
        }
        split(contract, rest)
            .map(|(dataset, field)| Self { contract, dataset: Some(dataset), field: Some(field) })
            .ok_or(Some(contract))
    }

    /// Whether both are about something in common: one is the other, or a part of it.
    fn meets(&self, other: &Self) -> bool {
        let same_dataset = match (self.dataset, other.dataset) {
            (Some(one), Some(other)) => one.name == other.name,
            _ => true,
        };
        let within = |name: &str, outer: &str| {
            name.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let same_field = match (self.field, other.field) {
            (Some(one), Some(other)) => within(one, other) || within(other, one),
            _ => true,
        };
        self.contract.name == other.contract.name && same_dataset && same_field
    }
}

impl fmt::Display for Element<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.contract.name)?;
        let plain = |dataset: &Dataset| self.contract.short_form && dataset.name == self.contract.name;
        if let Some(dataset) = self.dataset.filter(|dataset| !plain(dataset)) {
            write!(out, ".{}", dataset.name)?;
        }
        self.field.map_or(Ok(()), |field| write!(out, ".{field}"))
    }
}

/// The dataset and the dotted field of a reference within a contract.
fn split<'a, 'r>(contract: &'a Contract, reference: &'r str) -> Option<(&'a Dataset, &'r str)> {
    let (dataset, field) = contract.field_at(reference)?;
    let rest = reference.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
    // A nested field may be called as its dataset is: what leads to the field is right.
    let leads = |name: &&str| dataset.field_at(name).is_some_and(|found| std::ptr::eq(found, field));
    rest.filter(leads).or(Some(reference)).map(|field| (dataset, field))
}

/// How one element hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// By a foreign key.
    References,
    /// It is a transformation of it (`lineage.derived_from`).
    DerivedFrom,
    /// It builds on it (`lineage.depends_on`).
    DependsOn,
}

impl Link {
    /// The words between the two.
    pub fn words(self) -> &'static str {
        match self {
            Self::References => "references",
            Self::DerivedFrom => "is derived from",
            Self::DependsOn => "depends on",
        }
    }
}

/// Something that hangs on the subject, directly or through others.
#[derive(Debug)]
pub struct Dependent<'a> {
    /// What hangs on it.
    pub element: Element<'a>,
    /// How.
    pub link: Link,
    /// On what directly.
    pub on: Element<'a>,
    /// The addresses from the subject to this one, both included.
    pub path: Vec<String>,
}

/// A consumer that is hit.
#[derive(Debug)]
pub struct Consumer<'a> {
    /// Who.
    pub subscriber: &'a Subscriber,
    /// Of what.
    pub element: Element<'a>,
    /// Which of the fields that it names are hit; empty where it uses all of them.
    pub fields: Vec<&'a str>,
    /// The addresses from the subject to what it uses, both included.
    pub path: Vec<String>,
}

/// Everybody who is hit.
#[derive(Debug)]
pub struct Impact<'a> {
    /// What would change.
    pub subject: Element<'a>,
    /// Who uses it or what hangs on it, the nearest first.
    pub consumers: Vec<Consumer<'a>>,
    /// What hangs on it, the nearest first.
    pub dependents: Vec<Dependent<'a>>,
}

impl<'a> Impact<'a> {
    /// Follows every link from an element, each element once.
    /// Subscriptions that are over on the day count no more.
    pub fn of(registry: &'a Registry, subject: Element<'a>, today: Date) -> Self {
        let links = links(registry);
        let mut impact = Self { subject, consumers: Vec::new(), dependents: Vec::new() };
        let mut seen = HashSet::from([subject.to_string()]);
        // Somebody who is hit in several ways is one consumer, hit by the shortest of them.
        let mut told: HashMap<*const Subscriber, usize> = HashMap::new();
        let mut waiting = VecDeque::from([(subject, vec![subject.to_string()])]);
        while let Some((element, path)) = waiting.pop_front() {
            for consumer in consumers(registry, element, &path, today) {
                match told.entry(std::ptr::from_ref(consumer.subscriber)) {
                    Entry::Vacant(entry) => {
                        entry.insert(impact.consumers.len());
                        impact.consumers.push(consumer);
                    }
                    Entry::Occupied(entry) => {
                        let known = &mut impact.consumers[*entry.get()].fields;
                        known.extend(consumer.fields.iter().filter(|field| !known.contains(field)).collect::<Vec<_>>());
                    }
                }
            }
            for (on, link, from) in links.get(element.contract.name.as_str()).into_iter().flatten() {
                if on.meets(&element) && seen.insert(from.to_string()) {
                    let path: Vec<String> = path.iter().cloned().chain([from.to_string()]).collect();
                    impact.dependents.push(Dependent { element: *from, link: *link, on: *on, path: path.clone() });
                    waiting.push_back((*from, path));
                }
            }
        }
        impact
    }

    /// Everybody's address, each once, sorted.
    pub fn contacts(&self) -> BTreeSet<&'a str> {
        let consumers = self.consumers.iter().map(|consumer| consumer.subscriber.contact_email.as_deref());
        let publishers = self.dependents.iter().map(|dependent| address(&dependent.element.contract.publisher));
        consumers.chain(publishers).flatten().collect()
    }

    /// The teams that are to be told and of which no address is known, each once, sorted.
    pub fn unreachable(&self) -> BTreeSet<&'a str> {
        let consumers = self.consumers.iter().map(|consumer| consumer.subscriber);
        let consumers = consumers.map(|one| (Some(&one.team), one.contact_email.is_some()));
        let publishers = self.dependents.iter().map(|dependent| &dependent.element.contract.publisher);
        let publishers = publishers.map(|one| (one.team.as_ref(), address(one).is_some()));
        let all: Vec<_> = consumers.chain(publishers).collect();
        let known: HashSet<&str> =
            all.iter().filter(|(_, known)| *known).filter_map(|(team, _)| team.map(String::as_str)).collect();
        all.into_iter().filter_map(|(team, _)| team.map(String::as_str)).filter(|team| !known.contains(team)).collect()
    }
}

/// Where a publisher is told something: by mail, else by the first of its channels that has an address.
fn address(publisher: &Publisher) -> Option<&str> {
    let channels = publisher.channels.iter().map(|channel| channel.to.as_str());
    publisher.contact_email.as_deref().into_iter().chain(channels).find(|address| !address.is_empty())
}

fn consumers<'a>(registry: &'a Registry, element: Element<'a>, path: &[String], today: Date) -> Vec<Consumer<'a>> {
    let hit = |subscriber: &'a Subscriber| {
        let meets = |reference: &&str| {
            let Some((dataset, field)) = split(element.contract, reference) else { return false };
            let used = Element { contract: element.contract, dataset: Some(dataset), field: Some(field) };
            used.meets(&element)
        };
        let fields: Vec<&str> = subscriber.fields_used.iter().map(String::as_str).filter(meets).collect();
        let hit = subscriber.fields_used.is_empty() || !fields.is_empty();
        hit.then(|| Consumer { subscriber, element, fields, path: path.to_vec() })
    };
    registry.live_subscribers(element.contract, today).filter_map(hit).collect()
}

/// What hangs on what, by the name of the contract that it hangs on.
type Links<'a> = HashMap<&'a str, Vec<(Element<'a>, Link, Element<'a>)>>;

fn links(registry: &Registry) -> Links<'_> {
    let index = registry.index();
    let mut links: Links<'_> = HashMap::new();
    for contract in &registry.contracts {
        let references = references(contract, &index);
        let mut lineage = lineage(contract, &index);
        // Foreign keys say more exactly than `depends_on` which fields a contract builds on.
        lineage.retain(|(on, link, _)| {
            *link != Link::DependsOn || !references.iter().any(|(other, ..)| other.contract.name == on.contract.name)
        });
        for (on, link, from) in references.into_iter().chain(lineage) {
            links.entry(&on.contract.name).or_default().push((on, link, from));
        }
    }
    links
}

fn references<'a>(contract: &'a Contract, index: &Index<'a>) -> Vec<(Element<'a>, Link, Element<'a>)> {
    let mut found = Vec::new();
    for dataset in &contract.datasets {
        let from = |field: Option<&'a str>| Element { contract, dataset: Some(dataset), field };
        dataset.walk(&mut |path, field| {
            let Some(on) = field.foreign_key_reference.as_deref().and_then(|on| Element::of(index, on).ok()) else {
                return;
            };
            // A reference inside a nested field is told by the field at the top, which holds it.
            let top = path.steps().iter().find_map(|step| if let Step::Field(name) = step { Some(name) } else { None });
            let top = top.and_then(|name| dataset.field(name)).map(|field| field.name.as_str());
            found.push((on, Link::References, from(top)));
        });
        for key in &dataset.foreign_keys {
            let Ok(target) = Element::of(index, &key.references) else { continue };
            for (own, other) in key.fields.iter().zip(&key.referenced_fields) {
                let on = Element {
                    field: Some(other),
                    dataset: target.dataset.or(target.contract.datasets.first()),
                    ..target
                };
                found.push((on, Link::References, from(Some(own))));
            }
        }
    }
    found
}

fn lineage<'a>(contract: &'a Contract, index: &Index<'a>) -> Vec<(Element<'a>, Link, Element<'a>)> {
    let whole = |name: &String, link| {
        let on = index.contract(name)?;
        Some((Element::whole(on), link, Element::whole(contract)))
    };
    let derived = contract.lineage.derived_from.iter().filter_map(|name| whole(name, Link::DerivedFrom));
    let depends = contract.lineage.depends_on.iter().filter_map(|name| whole(name, Link::DependsOn));
    derived.chain(depends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::erd::tests::registry;

    const SHOP: &[&str] = &[
        "name: customers\nversion: 1.0.0\npublisher: {team: crm, contact_email: crm@x}\nschema:\n\
         - {name: id, data_type: integer, is_primary_key: true}\n- {name: email, data_type: string}\n\
         subscribers:\n- {team: mail, fields_used: [email], contact_email: mail@x}\n",
        "name: orders\nversion: 2.0.0\npublisher: {team: sales, contact_email: sales@x}\nschema:\n\
         - {name: id, data_type: integer, is_primary_key: true}\n\
         - {name: customer, data_type: integer, foreign_key_reference: customers.id}\n\
         subscribers:\n- {team: bi, fields_used: [customer], contact_email: bi@x}\n\
         - {team: ops, fields_used: [id], contact_email: ops@x}\n",
        "name: revenue\nversion: 1.0.0\npublisher: {team: finance, contact_email: fin@x}\nlineage: {derived_from: orders}\n\
         schema:\n- {name: day, data_type: date}\nsubscribers:\n- {team: board, contact_email: board@x}\n",
    ];

    fn impact(address: &str) -> (Vec<String>, Vec<String>) {
        let registry = registry(SHOP);
        let index = registry.index();
        let impact =
            Impact::of(&registry, Element::of(&index, address).expect("an element"), jiff::civil::date(2026, 1, 1));
        let teams = impact.consumers.iter().map(|consumer| consumer.subscriber.team.clone()).collect();
        (teams, impact.dependents.iter().map(|dependent| dependent.path.join(" > ")).collect())
    }

    #[test]
    fn links_are_followed_to_their_end() {
        let (teams, paths) = impact("customers.id");
        assert_eq!(teams, ["bi", "board"]);
        assert_eq!(paths, ["customers.id > orders.customer", "customers.id > orders.customer > revenue"]);
    }

    #[test]
    fn who_names_other_fields_is_not_hit() {
        assert_eq!(impact("customers.email"), (vec!["mail".to_owned()], vec![]));
        assert_eq!(impact("orders.id").0, ["ops", "board"]);
        assert_eq!(impact("orders").0, ["bi", "ops", "board"]);
    }

    #[test]
    fn an_address_that_is_not_there_says_how_far_it_leads() {
        let registry = registry(SHOP);
        let index = registry.index();
        assert_eq!(Element::of(&index, "nobody.x"), Err(None));
        let known = Element::of(&index, "orders.x").unwrap_err().map(|contract| contract.name.as_str());
        assert_eq!(known, Some("orders"));
    }
}
