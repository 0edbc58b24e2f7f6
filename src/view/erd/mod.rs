//! The diagram of datasets and how they refer to each other, as a graph; [`mermaid`] and [`json`] write it down.

mod escape;
mod json;
mod mermaid;
mod references;
mod select;

use crate::model::{Contract, ContractKind, Dataset, Field, Registry};
use crate::view::dictionary::{Key, below_dataset};

pub use json::json;
pub use mermaid::{Detail, Drawn, Limits, TooLarge, mermaid};

/// Datasets and their relations. Everything is sorted, so that the same contracts give the same graph.
#[derive(Debug, Clone, Default)]
pub struct Graph<'a> {
    /// The datasets, by name.
    pub entities: Vec<Entity<'a>>,
    /// The references that lead to a dataset.
    pub relations: Vec<Relation>,
    /// The references that lead nowhere: they can't be drawn.
    pub dangling: Vec<Dangling>,
}

/// A dataset.
#[derive(Debug, Clone)]
pub struct Entity<'a> {
    /// The name as others refer to it: that of the contract in the short form, else `contract.dataset`.
    pub name: String,
    /// Its contract.
    pub contract: &'a Contract,
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Its fields, nested ones included.
    pub attributes: Vec<Attribute<'a>>,
}

/// A field in a diagram.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    /// The field.
    pub field: &'a Field,
    /// The name with those of the fields around it.
    pub path: String,
    /// What it is to keys.
    pub keys: Vec<Key>,
}

/// A reference from fields of one dataset to fields of another one, or of the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The index of the dataset that refers.
    pub from: usize,
    /// The index of the dataset that is referred to.
    pub to: usize,
    /// The fields that refer.
    pub from_fields: Vec<String>,
    /// The fields referred to, in the same order.
    pub to_fields: Vec<String>,
    /// How many rows of `from` one row of `to` has.
    pub from_count: Count,
    /// How many rows of `to` one row of `from` has.
    pub to_count: Count,
    /// Whether the reference is a part of the primary key of `from`: its rows don't exist without those of `to`.
    pub identifying: bool,
}

/// How many rows stand at one end of a relation, as far as contracts tell.
///
/// Where a row refers to (`to_count`): if all referring fields are there in every row, there is **exactly one** row, since
/// what is referred to is a key; if one of them may be null, there is **zero or one**. If the fields referred to are not
/// promised to be unique, or if the reference stands inside an array or a map (so that one row refers many times), there
/// are **one or more** and **zero or more** instead; an array may be empty, hence always zero or more there.
///
/// Where it is referred from (`from_count`): a contract can't promise that anybody refers to a row, so the least is always
/// zero. If the referring fields are unique together (they hold the whole primary key, a unique field or a unique
/// group), there is **zero or one** row, else **zero or more**. A `cardinality` that a contract gives goes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Count {
    /// Always one.
    ExactlyOne,
    /// One or none.
    ZeroOrOne,
    /// At least one.
    OneOrMore,
    /// Any count.
    ZeroOrMore,
}

/// A reference that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dangling {
    /// The name of the dataset that refers.
    pub from: String,
    /// The fields that refer.
    pub fields: Vec<String>,
    /// The reference as it was written.
    pub reference: String,
    /// Why it leads nowhere.
    pub reason: &'static str,
}

impl<'a> Graph<'a> {
    /// The graph of all published contracts. Internal models are not drawn: they describe the same datasets once more.
    pub fn new(registry: &'a Registry) -> Self {
        let published = registry.contracts.iter().filter(|contract| contract.kind == ContractKind::Contract);
        let mut entities: Vec<Entity<'a>> =
            published.flat_map(|contract| contract.datasets.iter().map(|dataset| entity(contract, dataset))).collect();
        entities.sort_by(|one, other| one.name.cmp(&other.name));
        let (relations, dangling) = references::resolve(registry, &entities);
        Self { entities, relations, dangling }
    }
}

fn entity<'a>(contract: &'a Contract, dataset: &'a Dataset) -> Entity<'a> {
    let name = if contract.short_form { contract.name.clone() } else { format!("{}.{}", contract.name, dataset.name) };
    let mut attributes = Vec::new();
    dataset.walk(&mut |path, field| {
        // Items and values have no name; the type of the field around them shows them.
        if !field.name.is_empty() {
            let path = below_dataset(path);
            attributes.push(Attribute { field, keys: Key::of(field, &path, dataset), path });
        }
    });
    Entity { name, contract, dataset, attributes }
}

#[cfg(test)]
pub(in crate::view) mod tests {
    use super::*;
    use crate::format::{Content, read};
    use crate::model::SourceId;
    use crate::source::SourceFile;

    /// The registry of some files.
    pub(in crate::view) fn registry(texts: &[&str]) -> Registry {
        let mut registry = Registry::default();
        for (index, text) in texts.iter().enumerate() {
            let id = SourceId(u32::try_from(index).unwrap());
            let document = read(id, SourceFile::new(format!("{index}.yaml"), *text));
            assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
            match document.content.unwrap() {
                Content::Contract(contract) => registry.contracts.push(contract),
                Content::Subscription(subscription) => registry.subscriptions.push(*subscription),
                Content::Calendar(calendar) => registry.calendars.push(calendar),
            }
        }
        registry
    }

    pub(in crate::view) const ORDERS: &str = "\
name: orders
version: 1.0.0
domain: sales
datasets:
- name: orders
  schema:
  - {name: id, data_type: integer, nullable: false, is_primary_key: true}
  - {name: customer, data_type: integer, nullable: false, is_foreign_key: true, foreign_key_reference: customers.id}
  - {name: replaces, data_type: integer, unique: true, is_foreign_key: true, foreign_key_reference: orders.orders.id}
- name: lines
  schema:
  - {name: order, data_type: integer, nullable: false, is_primary_key: true, is_foreign_key: true,
     foreign_key_reference: orders.orders.id}
  - {name: position, data_type: integer, nullable: false, is_primary_key: true}
- name: parcels
  schema:
  - {name: id, data_type: integer, nullable: false, is_primary_key: true}
  - {name: order, data_type: integer, nullable: false}
  - {name: position, data_type: integer}
  - {name: carriers, data_type: array, items: {data_type: object, fields: [
     {name: code, data_type: string, is_foreign_key: true, foreign_key_reference: carriers.code}]}}
  - {name: city, data_type: string, nullable: false, is_foreign_key: true, foreign_key_reference: customers.city}
  foreign_keys:
  - {fields: [order, position], references: orders.lines, referenced_fields: [order, position]}
";
    pub(in crate::view) const CUSTOMERS: &str = "\
name: customers
version: 1.0.0
domain: crm.accounts
schema:
- {name: id, data_type: integer, nullable: false, is_primary_key: true, unique: true}
- {name: city, data_type: string}
- {name: account, data_type: string, is_foreign_key: true, foreign_key_reference: accounts.id}
- {name: group, data_type: string, is_foreign_key: true, foreign_key_reference: customers.gone}
- {name: shop, data_type: string, is_foreign_key: true}
";
    pub(in crate::view) const CARRIERS: &str = "\
name: carriers
version: 1.0.0
domain: logistics
schema:
- {name: code, data_type: string, nullable: false, is_primary_key: true}
";

    #[test]
    fn counts_follow_from_keys_and_nulls() {
        let registry = registry(&[ORDERS, CUSTOMERS, CARRIERS]);
        let graph = Graph::new(&registry);
        let shown = |relation: &Relation| {
            let name = |index: usize| graph.entities[index].name.as_str();
            let line = if relation.identifying { "identifies" } else { "has" };
            format!(
                "{} {:?} {line} {:?} {} by {}",
                name(relation.from),
                relation.from_count,
                relation.to_count,
                name(relation.to),
                relation.from_fields.join("+"),
            )
        };
        let mut relations: Vec<String> = graph.relations.iter().map(shown).collect();
        relations.sort();
        let expected = [
            "orders.lines ZeroOrMore identifies ExactlyOne orders.orders by order",
            "orders.orders ZeroOrMore has ExactlyOne customers by customer",
            "orders.orders ZeroOrOne has ZeroOrOne orders.orders by replaces",
            "orders.parcels ZeroOrMore has OneOrMore customers by city",
            "orders.parcels ZeroOrMore has ZeroOrMore carriers by carriers[].code",
            "orders.parcels ZeroOrMore has ZeroOrOne orders.lines by order+position",
        ];
        assert_eq!(relations, expected);
    }

    #[test]
    fn a_field_within_an_object_is_no_key_by_its_last_name() {
        let registry = registry(&[
            "name: a\nversion: 1.0.0\nschema:\n- {name: id, data_type: integer, is_primary_key: true}\n\
             - {name: box, data_type: object, fields: [{name: id, data_type: integer}]}\n",
            "name: b\nversion: 1.0.0\nschema:\n\
             - {name: x, data_type: integer, nullable: false, is_foreign_key: true, foreign_key_reference: a.box.id}\n\
             - {name: y, data_type: integer, nullable: false, is_foreign_key: true, foreign_key_reference: a.a.id}\n",
        ]);
        let graph = Graph::new(&registry);
        let ends: Vec<_> = graph.relations.iter().map(|one| (one.to_fields.concat(), one.to_count)).collect();
        assert_eq!(ends, [("box.id".to_owned(), Count::OneOrMore), ("id".to_owned(), Count::ExactlyOne)]);
    }

    #[test]
    fn references_that_lead_nowhere_are_told() {
        let registry = registry(&[ORDERS, CUSTOMERS]);
        let dangling: Vec<_> = Graph::new(&registry)
            .dangling
            .into_iter()
            .map(|dangling| {
                format!("{} {} {}: {}", dangling.from, dangling.fields.join("+"), dangling.reference, dangling.reason)
            })
            .collect();
        let expected = [
            "customers account accounts.id: no such contract",
            "customers group customers.gone: no such field",
            "customers shop : no reference given",
            "orders.parcels carriers[].code carriers.code: no such contract",
        ];
        assert_eq!(dangling, expected);
    }
}
