//! The dictionary: every field of every contract, with what people ask about it, searched and filtered.

mod cells;
mod json;
mod markdown;
mod search;
mod table;

use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use crate::model::{Contract, Dataset, Field, Path, Registry, Status, Step};

pub use json::json;
pub use markdown::markdown;
pub use table::table;

/// Which fields are wanted; the default wants all of them. Every condition must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words, in any letter case. A field fits if each of them occurs in its names or its description, or in the name of
    /// its contract or dataset. Where no field of a dataset fits, words in the descriptions of the contract and the
    /// dataset bring the whole dataset.
    pub words: Vec<String>,
    /// Personal data only.
    pub pii: bool,
    /// The publishing teams; any if empty.
    pub teams: Vec<String>,
    /// The names of contracts; any if empty.
    pub contracts: Vec<String>,
    /// Where contracts are in their lives; anywhere if empty.
    pub statuses: Vec<Status>,
}

impl Filter {
    /// Whether a contract may hold wanted fields.
    fn accepts(&self, contract: &Contract) -> bool {
        let among = |wanted: &[String], text: Option<&str>| {
            wanted.is_empty() || text.is_some_and(|text| wanted.iter().any(|one| one == text))
        };
        among(&self.teams, contract.publisher.team.as_deref())
            && among(&self.contracts, Some(&contract.name))
            && (self.statuses.is_empty() || self.statuses.contains(&contract.status))
    }
}

/// The wanted fields, by dataset, sorted by contract. Datasets keep the order of their contract, fields that of their
/// dataset.
#[derive(Debug, Clone, Default)]
pub struct Dictionary<'a> {
    /// Datasets with at least one wanted field.
    pub sections: Vec<Section<'a>>,
}

/// The wanted fields of a dataset.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The fields.
    pub entries: Vec<Entry<'a>>,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The field.
    pub field: &'a Field,
    /// The name with those of the fields around it: `parcel.weight`, `labels[]`.
    pub path: String,
    /// What the field is to the keys of its dataset.
    pub keys: Vec<Key>,
    /// What it refers to, on its own or together with others.
    pub references: Vec<&'a str>,
    /// The teams that use it, sorted.
    pub users: Vec<&'a str>,
}

/// What a field is to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A part of the primary key.
    Primary,
    /// A part of a reference to another dataset.
    Foreign,
    /// Unique on its own.
    Unique,
}

impl Key {
    /// The usual abbreviation, which diagrams take as well.
    pub fn name(self) -> &'static str {
        match self {
            Self::Primary => "PK",
            Self::Foreign => "FK",
            Self::Unique => "UK",
        }
    }

    /// What a field is to the keys of its dataset.
    pub fn of(field: &Field, path: &str, dataset: &Dataset) -> Vec<Self> {
        let refers = field.is_foreign_key
            || field.foreign_key_reference.is_some()
            || dataset.foreign_keys.iter().any(|key| key.fields.iter().any(|name| name == path));
        // A primary key of one field is unique: saying so again tells nothing.
        let keys = [
            (field.is_primary_key, Self::Primary),
            (refers, Self::Foreign),
            (field.unique && !field.is_primary_key, Self::Unique),
        ];
        keys.into_iter().filter_map(|(is, key)| is.then_some(key)).collect()
    }
}

impl<'a> Dictionary<'a> {
    /// Looks up the wanted fields.
    pub fn new(registry: &'a Registry, filter: &Filter) -> Self {
        let mut contracts: Vec<&Contract> =
            registry.contracts.iter().map(Arc::as_ref).filter(|contract| filter.accepts(contract)).collect();
        contracts.sort_by(|one, other| one.name.cmp(&other.name));
        let words: Vec<String> = filter.words.iter().map(|word| word.to_lowercase()).collect();
        let mut sections = Vec::new();
        for contract in contracts {
            let users = Users::of(registry, contract);
            for dataset in &contract.datasets {
                let mut entries = entries(dataset, &users);
                search::narrow(contract, dataset, &mut entries, &words);
                entries.retain(|entry| !filter.pii || entry.field.is_pii);
                if !entries.is_empty() {
                    sections.push(Section { contract, dataset, entries });
                }
            }
        }
        Self { sections }
    }

    /// How many contracts, datasets, fields, and fields of personal data there are.
    pub fn counts(&self) -> Counts {
        let mut names: Vec<&str> = self.sections.iter().map(|section| section.contract.name.as_str()).collect();
        names.dedup();
        let entries = || self.sections.iter().flat_map(|section| &section.entries);
        Counts {
            contracts: names.len(),
            datasets: self.sections.len(),
            fields: entries().count(),
            pii: entries().filter(|entry| entry.field.is_pii).count(),
        }
    }
}

/// How much a dictionary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Contracts.
    pub contracts: usize,
    /// Datasets.
    pub datasets: usize,
    /// Fields.
    pub fields: usize,
    /// Fields of personal data.
    pub pii: usize,
}

/// All fields of a dataset, parents before their children. Items of arrays and values of maps have no name: they are
/// there only if something is said of them.
fn entries<'a>(dataset: &'a Dataset, users: &Users<'a>) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    dataset.walk(&mut |path, field| {
        if field.name.is_empty() && field.description.is_none() && !field.is_pii {
            return;
        }
        let path = below_dataset(path);
        let keys = Key::of(field, &path, dataset);
        let together = dataset.foreign_keys.iter().filter(|key| key.fields.contains(&path));
        let references = field.foreign_key_reference.iter().chain(together.map(|key| &key.references));
        let references = references.map(String::as_str).collect();
        entries.push(Entry { field, keys, references, users: users.of_field(field), path });
    });
    entries
}

/// A path without its first step, the dataset.
pub(super) fn below_dataset(path: &Path) -> String {
    let steps = path.steps().iter().filter(|step| !matches!(step, Step::Dataset(_)));
    steps.fold(Path::root(), |path, step| path.step(step.clone())).to_string()
}

/// Who uses the fields of a contract.
struct Users<'a> {
    /// Teams that use all fields.
    of_all: Vec<&'a str>,
    /// Teams by the fields that they name. A field is its address: the model is not copied while this lives.
    by_field: HashMap<*const Field, Vec<&'a str>>,
}

impl<'a> Users<'a> {
    fn of(registry: &'a Registry, contract: &'a Contract) -> Self {
        let mut users = Self { of_all: Vec::new(), by_field: HashMap::new() };
        for subscriber in registry.subscribers(contract) {
            if subscriber.fields_used.is_empty() {
                users.of_all.push(&subscriber.team);
            }
            for reference in &subscriber.fields_used {
                if let Some((_, field)) = contract.field_at(reference) {
                    users.uses(&subscriber.team, field);
                }
            }
        }
        users
    }

    /// Who reads a field reads all that is in it.
    fn uses(&mut self, team: &'a str, field: &'a Field) {
        self.by_field.entry(ptr::from_ref(field)).or_default().push(team);
        let inner = field.fields.iter().chain(field.items.as_deref()).chain(field.values.as_deref());
        for field in inner {
            self.uses(team, field);
        }
    }

    fn of_field(&self, field: &Field) -> Vec<&'a str> {
        let named = self.by_field.get(&ptr::from_ref(field)).into_iter().flatten();
        let mut teams: Vec<&str> = self.of_all.iter().chain(named).copied().collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::erd::tests::registry;

    const SHOP: &[&str] = &[
        "name: customers\nversion: 1.0.0\nstatus: active\ndescription: People with accounts.\n\
         publisher: {team: crm}\nschema:\n\
         - {name: id, data_type: integer, is_primary_key: true, unique: true, nullable: false}\n\
         - {name: email, data_type: string, is_pii: true, description: Where letters go}\n\
         - name: home\n  data_type: object\n  fields:\n  - {name: city, data_type: string, previously: town}\n\
         - {name: labels, data_type: array, items: {data_type: string}}\n\
         subscribers:\n- {team: mail, fields_used: [email]}\n- {team: map, fields_used: [home]}\n",
        "name: orders\nversion: 2.0.0\npublisher: {team: sales}\nschema:\n\
         - {name: customer, data_type: integer, is_foreign_key: true, foreign_key_reference: customers.id}\n",
        "kind: subscription\nname: bi.customers\ncontract: customers\nteam: bi\n",
    ];

    fn found(filter: &Filter) -> Vec<String> {
        let registry = registry(SHOP);
        let dictionary = Dictionary::new(&registry, filter);
        let section = |section: &Section<'_>| {
            let name = section.contract.name.clone();
            section.entries.iter().map(|entry| format!("{name}.{}", entry.path)).collect::<Vec<_>>()
        };
        dictionary.sections.iter().flat_map(section).collect()
    }

    fn searched(words: &[&str]) -> Vec<String> {
        found(&Filter { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Filter::default() })
    }

    #[test]
    fn every_field_is_there_nested_ones_too() {
        let all = found(&Filter::default());
        let names = ["id", "email", "home", "home.city", "labels"].map(|name| format!("customers.{name}"));
        assert_eq!(all[..5], names);
        assert_eq!(all[5..], ["orders.customer"]);
    }

    #[test]
    fn words_are_looked_for_in_names_and_descriptions() {
        assert_eq!(searched(&["LETTERS"]), ["customers.email"]);
        assert_eq!(searched(&["city"]), ["customers.home.city"]);
        assert_eq!(searched(&["town"]), ["customers.home.city"], "names of before count");
        assert_eq!(searched(&["customers", "letters"]), ["customers.email"], "every word counts");
        assert_eq!(searched(&["accounts"]).len(), 5, "a description of the contract brings it whole");
        assert_eq!(searched(&["letters", "nothing"]), [""; 0]);
    }

    #[test]
    fn conditions_narrow() {
        assert_eq!(found(&Filter { pii: true, ..Filter::default() }), ["customers.email"]);
        assert_eq!(found(&Filter { teams: vec!["sales".to_owned()], ..Filter::default() }), ["orders.customer"]);
        assert_eq!(found(&Filter { contracts: vec!["orders".to_owned()], ..Filter::default() }), ["orders.customer"]);
        assert_eq!(found(&Filter { statuses: vec![Status::Draft], ..Filter::default() }), ["orders.customer"]);
    }

    #[test]
    fn users_are_those_who_name_the_field_or_what_is_around_it_or_nothing() {
        let registry = registry(SHOP);
        let dictionary = Dictionary::new(&registry, &Filter::default());
        let users: Vec<_> = dictionary.sections[0].entries.iter().map(|entry| entry.users.join(" ")).collect();
        assert_eq!(users, ["bi", "bi mail", "bi map", "bi map", "bi"]);
        let keys: Vec<_> = dictionary.sections[0].entries.iter().map(|entry| entry.keys.clone()).collect();
        assert_eq!(keys[0], [Key::Primary]);
        assert_eq!(dictionary.sections[1].entries[0].keys, [Key::Foreign]);
        assert_eq!(dictionary.counts(), Counts { contracts: 2, datasets: 2, fields: 6, pii: 1 });
    }
}
