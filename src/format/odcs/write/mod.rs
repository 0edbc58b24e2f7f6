//! The model as ODCS text.
//!
//! What the standard has a word for is said in that word. The text that comes of it is read again, and whatever of the
//! contract was not in it goes into the custom property `pact` of its element: so nothing is lost, whatever the standard, its
//! version and the reader make of a word, and nothing is said twice.

mod canonical;
mod compare;
mod denied;
mod entries;
mod left;
mod notes;
mod object;
mod order;
mod people;
mod place;
mod property;
mod rules;
mod servers;
mod service_levels;
mod types;

use std::collections::HashMap;

use super::read::{self, ODCS, PACT};
use super::version::Version::{self, V3_1_0, V3_2_0};
use crate::format::Written;
use crate::model::{Contract, Literal};
use crate::source::emit::yaml;
use crate::source::parse;

use canonical::canonical;
use denied::{Denied, denied};
use entries::{Entries, leftovers};
pub(in crate::format) use left::left;
use notes::Remark;
pub(super) use order::order_of;
use order::{Order, ROOT};
use place::{Fragments, Place, Places};

/// A contract as a file of a version of the standard, and what the standard can't say as it was said. The text is read as the
/// same contract.
pub(in crate::format) fn write(contract: &Contract, version: Version) -> Written {
    let meant = canonical(contract);
    let none = Fragments::new();
    let mut refused = Denied::new();
    loop {
        let mut plain = Writer::new(&meant, version, &none, &refused);
        let tree = parse(&yaml(&plain.root())).ok();
        let more = tree.as_ref().map(|tree| denied(&meant, tree)).unwrap_or_default();
        if !more.is_subset(&refused) {
            // Each time there is less to put back.
            refused.extend(more);
            continue;
        }
        let read = tree.and_then(|tree| read::contract(contract.source, &tree)).map(|read| canonical(&read));
        let fragments = compare::fragments(&meant, read.as_ref(), &plain.written);
        let text = yaml(&Writer::new(&meant, version, &fragments, &refused).root());
        return Written { text, notes: notes::notes(contract, &meant, &fragments, &plain.remarks) };
    }
}

/// Writes one contract.
struct Writer<'a> {
    contract: &'a Contract,
    version: Version,
    /// What goes into the custom property `pact` of each element.
    fragments: &'a Fragments,
    /// Keys of elements whose leftovers are not put back.
    denied: &'a Denied,
    /// The elements that have a place in the text.
    written: Places,
    /// What is said in other words, or in words that pact alone knows.
    remarks: Vec<(Place, Remark)>,
    /// For each dataset, the positions of its rules that are not written yet by their fields.
    rules: Vec<HashMap<String, Vec<usize>>>,
}

impl<'a> Writer<'a> {
    fn new(contract: &'a Contract, version: Version, fragments: &'a Fragments, denied: &'a Denied) -> Self {
        let rules = contract.datasets.iter().map(|dataset| {
            let mut by_field: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, rule) in dataset.rules.iter().enumerate() {
                by_field.entry(rule.field.clone().unwrap_or_default()).or_default().push(index);
            }
            by_field
        });
        Self {
            contract,
            version,
            fragments,
            denied,
            written: Places::new(),
            remarks: Vec::new(),
            rules: rules.collect(),
        }
    }

    fn root(&mut self) -> Literal {
        let contract = self.contract;
        let mut entries = Entries::default();
        entries.text("apiVersion", Some(self.version.api_version()));
        entries.text("kind", Some("DataContract"));
        entries.text("id", Some(contract.id.as_ref().unwrap_or(&contract.name)));
        entries.text("name", Some(&contract.name));
        let version = contract.written_version.clone().unwrap_or_else(|| contract.version.to_string());
        entries.text("version", Some(&version));
        let status = contract.written_status.as_deref().unwrap_or_else(|| contract.status.name());
        entries.text("status", Some(status));
        entries.text("tenant", contract.tenant.as_deref());
        entries.text("domain", contract.domain.as_deref());
        entries.map("description", self.description());
        entries.texts("tags", &contract.tags);
        entries.list("servers", self.servers());
        entries.list("schema", self.objects());
        entries.some("price", self.price());
        entries.some("team", self.team());
        entries.list("roles", self.roles());
        entries.list("slaProperties", self.promises());
        entries.list("support", self.support());
        self.custom(&mut entries, custom_properties(&contract.metadata), Place::Root);
        self.leftovers(&mut entries, &contract.metadata, ROOT, &Place::Root);
        entries.in_order(ROOT)
    }

    fn description(&self) -> Entries {
        let mut entries = Entries::default();
        entries.text("purpose", self.contract.description.as_deref());
        if let Some(terms) = &self.contract.terms {
            entries.text("usage", terms.usage.as_deref());
            entries
                .text("limitations", (!terms.limitations.is_empty()).then(|| terms.limitations.join(" ")).as_deref());
        }
        entries
    }

    /// The custom properties of an element, with the one in which pact keeps what the standard has no word for.
    fn custom(&mut self, entries: &mut Entries, mut properties: Vec<Literal>, place: Place) {
        if let Some(fragment) = self.fragments.get(&place) {
            properties.push(pact_property(Literal::Map(fragment.clone()), self.version >= V3_2_0));
        }
        entries.list("customProperties", properties);
        self.written.insert(place);
    }

    /// Adds what an element says in words of the standard that the model has none for, as far as the version has a key for it.
    fn leftovers(&self, entries: &mut Entries, metadata: &[(String, Literal)], order: Order, place: &Place) {
        let Some(Literal::Map(leftovers)) = leftovers(metadata) else { return };
        for (key, value) in leftovers {
            let is_known = order.iter().any(|(name, since)| name == key && *since <= self.version);
            if is_known && !self.is_denied(place, key) {
                entries.complete(key, value);
            }
        }
    }

    fn is_denied(&self, place: &Place, key: &str) -> bool {
        !self.denied.is_empty() && self.denied.contains(&(place.clone(), key.to_owned()))
    }

    /// Whether the version has identifiers for elements, and this can be one.
    fn is_stable_id(&self, id: &str) -> bool {
        let is_legal = |letter: char| match self.version {
            version if version >= V3_2_0 => {
                !letter.is_whitespace() && letter != '\u{feff}' && !".#/\\@!%&^".contains(letter)
            }
            _ => letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'),
        };
        self.version >= V3_1_0 && !id.is_empty() && id.chars().all(is_legal)
    }
}

/// What is for other tools, as custom properties. What stands for leftovers is put where it came from.
fn custom_properties(metadata: &[(String, Literal)]) -> Vec<Literal> {
    let is_plain = |key: &str, value: &Literal| match value {
        Literal::Map(_) => key != ODCS && key != PACT,
        _ => key != ODCS,
    };
    let plain = metadata.iter().filter(|(key, value)| is_plain(key, value));
    plain
        .map(|(key, value)| {
            let mut entries = Entries::default();
            entries.text("property", Some(key));
            entries.put("value", value.clone());
            entries.into_literal()
        })
        .collect()
}

/// The custom property in which pact keeps what the standard has no word for.
fn pact_property(value: Literal, has_vendor: bool) -> Literal {
    let mut entries = Entries::default();
    entries.text("property", Some(PACT));
    entries.text("vendor", has_vendor.then_some(PACT));
    entries.put("value", value);
    entries.into_literal()
}

#[cfg(test)]
mod tests;
