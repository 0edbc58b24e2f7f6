//! What belongs together on both sides: by name, by what was called so before, and by evidence.

mod likeness;
mod pair;

use std::collections::HashMap;

use crate::model::{Contract, Dataset, Field};

pub(super) use likeness::hints;
use pair::{Identity, pair};
pub(super) use pair::{Match, Pairing};

/// Pairs fields.
pub(super) fn fields<'a>(base: &'a [Field], head: &'a [Field]) -> Pairing<'a, Field> {
    let identity = |field: &'a Field| Identity {
        name: &field.name,
        id: field.id(),
        physical_name: field.physical_name.as_deref(),
        aliases: field.aliases(),
        previously: &field.previously,
    };
    pair(base, head, identity, likeness::fields)
}

/// Pairs datasets.
pub(super) fn datasets<'a>(base: &'a [Dataset], head: &'a [Dataset]) -> Pairing<'a, Dataset> {
    let identity = |dataset: &'a Dataset| Identity {
        name: &dataset.name,
        id: dataset.id.as_deref(),
        physical_name: dataset.physical_name.as_deref(),
        aliases: &dataset.aliases,
        previously: &dataset.previously,
    };
    pair(base, head, identity, |one, other, _| likeness::datasets(one, other))
}

/// The datasets that both sides have under different names: the old name and the new one.
pub fn renamed_datasets(base: &Contract, head: &Contract) -> Vec<(String, String)> {
    let names = |one: &Dataset, other: &Dataset| (one.name.clone(), other.name.clone());
    let mut renamed = match (base.datasets.as_slice(), head.datasets.as_slice()) {
        // The one dataset of the short form has the contract's name.
        ([one], [other]) if base.short_form && head.short_form => vec![names(one, other)],
        (old, new) => datasets(old, new).both.into_iter().map(|(one, other, _)| names(one, other)).collect(),
    };
    renamed.retain(|(one, other)| one != other);
    renamed
}

/// A contract together with the path of its file.
pub type Placed<'a> = (&'a str, &'a Contract);

/// A contract on one side or on both.
pub type Paired<'a> = (Option<Placed<'a>>, Option<Placed<'a>>);

/// Whether two contracts fit together.
type Fits = fn(Placed<'_>, Placed<'_>) -> bool;

/// The surest first. A contract without an `id` has its name for one.
const FITS: &[Fits] = &[
    |(from, one), (to, other)| one.key() == other.key() && one.name == other.name && from == to,
    |(_, one), (_, other)| one.key() == other.key() && one.name == other.name && one.kind == other.kind,
    |(from, one), (to, other)| one.key() == other.key() && one.kind == other.kind && from == to,
    |(_, one), (_, other)| one.key() == other.key() && one.kind == other.kind,
    |(from, one), (to, other)| one.name == other.name && from == to,
    |(_, one), (_, other)| one.name == other.name && one.kind == other.kind && may_be_one(one, other),
    |(_, one), (_, other)| one.name == other.name && may_be_one(one, other),
    |(_, one), (_, other)| one.key() == other.key(),
    |(from, _), (to, _)| from == to,
];

/// Whether a name is evidence: what says in another file that it is another contract replaces one that is gone.
fn may_be_one(one: &Contract, other: &Contract) -> bool {
    one.id.is_none() || other.id.is_none() || one.id == other.id
}

/// Pairs contracts: those of one stable id, then those of one name, each in the same file first; then what has nothing in
/// common but the file.
pub fn contracts<'a>(base: &[Placed<'a>], head: &[Placed<'a>]) -> Vec<Paired<'a>> {
    let mut old: Vec<Option<Placed<'a>>> = base.iter().copied().map(Some).collect();
    let mut found: Vec<Option<Placed<'a>>> = vec![None; head.len()];
    // What an old contract may be found by. An id that is another one's name is no name.
    let mut near: [HashMap<&str, Vec<usize>>; 3] = Default::default();
    let [by_key, by_name, by_path] = &mut near;
    for (index, (path, contract)) in base.iter().enumerate() {
        by_key.entry(contract.key()).or_default().push(index);
        by_name.entry(&contract.name).or_default().push(index);
        by_path.entry(path).or_default().push(index);
    }
    for fits in FITS {
        for (new, slot) in head.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            let words = [new.1.key(), new.1.name.as_str(), new.0];
            let near = near.iter().zip(words).filter_map(|(near, word)| near.get(word)).flatten();
            let fitting = near.copied().find(|index| old[*index].is_some_and(|old| fits(old, *new)));
            *slot = fitting.and_then(|index| old[index].take());
        }
    }
    let pairs = head.iter().zip(found).map(|(new, old)| (old, Some(*new)));
    pairs.chain(old.into_iter().flatten().map(|gone| (Some(gone), None))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DataType, Details};

    fn field(name: &str, description: &str) -> Field {
        Field { description: Some(description.to_owned()), ..Field::new(name, DataType::String) }
    }

    fn matches(base: &[Field], head: &[Field]) -> Vec<(String, String, Match)> {
        fields(base, head).both.iter().map(|(one, other, why)| (one.name.clone(), other.name.clone(), *why)).collect()
    }

    #[test]
    fn a_contract_of_another_id_in_another_file_is_another_contract() {
        let known = |name: &str, id: Option<&str>, number: u32| {
            let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
            let text = format!("name: {name}\n{id}version: 1.0.0\nschema: [{{name: a, data_type: string}}]\n");
            crate::diff::tests::contract_of(&text, number).expect("a contract")
        };
        let is_pair = |(from, one): Placed<'_>, (to, other): Placed<'_>| {
            let found = contracts(&[(from, one)], &[(to, other)]);
            found.iter().any(|(one, other)| one.is_some() && other.is_some())
        };
        let (old, new) = (known("orders", Some("id-1"), 0), known("orders", Some("id-2"), 1));
        assert!(!is_pair(("a.yaml", &old), ("b.yaml", &new)));
        assert!(is_pair(("a.yaml", &old), ("a.yaml", &new)));
        assert!(is_pair(("a.yaml", &old), ("b.yaml", &known("orders", None, 1))));
        assert!(is_pair(("a.yaml", &old), ("b.yaml", &known("shop", Some("id-1"), 1))));
    }

    #[test]
    fn a_rename_is_said_or_seen() {
        let said = Field { previously: vec!["mail".into()], ..field("address", "other") };
        assert_eq!(matches(&[field("mail", "x")], &[said]), [("mail".into(), "address".into(), Match::Previously)]);
        let seen = matches(&[field("cust_email", "where to write")], &[field("customer_email", "where to write")]);
        assert_eq!(seen, [("cust_email".into(), "customer_email".into(), Match::Evidence)]);
        assert_eq!(matches(&[field("Mail", "")], &[field("mail", "")])[0].2, Match::Case);
    }

    #[test]
    fn a_key_in_the_same_place_is_the_key_under_another_name() {
        let key = |name: &str| Field { is_primary_key: true, ..field(name, "") };
        let (base, head) = ([key("id"), field("total", "")], [key("customer_id"), field("total", "")]);
        assert_eq!(matches(&base, &head)[0], ("id".into(), "customer_id".into(), Match::Evidence));
        assert_eq!(matches(&base, &[field("customer_id", ""), field("total", "")]).len(), 1);
    }

    #[test]
    fn what_is_not_sure_is_no_rename() {
        // Both new ones are as good.
        let two = [field("id", ""), field("customer_email1", "mail"), field("customer_email2", "mail")];
        assert_eq!(matches(&[field("customer_email", "mail")], &two), []);
        assert_eq!(matches(&[field("mail", "a")], &[field("amount", "b")]), []);
        assert_eq!(matches(&[field("mail", "a")], &[Field { data_type: DataType::Date, ..field("mails", "a") }]), []);
    }

    #[test]
    fn an_id_goes_before_every_name() {
        let known = |name: &str, id: &str| Field {
            details: Some(Box::new(Details { id: Some(id.to_owned()), ..Details::default() })),
            ..field(name, "")
        };
        let swapped = matches(&[known("a", "1"), known("b", "2")], &[known("b", "1"), known("a", "2")]);
        assert_eq!(swapped, [("a".into(), "b".into(), Match::Id), ("b".into(), "a".into(), Match::Id)]);
    }

    #[test]
    fn what_several_were_or_became_is_no_rename() {
        let said = |name: &str, before: &[&str]| Field {
            previously: before.iter().map(|name| (*name).to_owned()).collect(),
            ..field(name, "")
        };
        let (name, parts) = ([field("name", "")], [said("first", &["name"]), said("last", &["name"])]);
        let pairing = fields(&name, &parts);
        assert_eq!((pairing.both.len(), pairing.split.len(), pairing.added.len()), (0, 1, 0));
        let (parts, name) = ([field("first", ""), field("last", "")], [said("name", &["first", "last"])]);
        let pairing = fields(&parts, &name);
        assert_eq!((pairing.both.len(), pairing.merged.len(), pairing.removed.len()), (0, 1, 0));
        // What is still there and what came out of it.
        let (whole, both) = ([field("address", "")], [field("address", ""), said("city", &["address"])]);
        let pairing = fields(&whole, &both);
        assert_eq!((pairing.both.len(), pairing.split[0].1.len(), pairing.added.len()), (1, 2, 0));
    }

    #[test]
    fn a_field_between_the_same_neighbours_is_in_the_same_place() {
        let base = [field("id", ""), field("mail", ""), field("total", "")];
        let head = [field("reference", ""), field("id", ""), field("mails", ""), field("total", "")];
        assert_eq!(matches(&base, &head)[1], ("mail".into(), "mails".into(), Match::Evidence));
    }

    #[test]
    fn a_name_given_twice_is_paired_in_order() {
        let twice = [field("id", "one"), field("id", "two")];
        let pairing = fields(&twice, &twice);
        assert!(pairing.both.iter().all(|(one, other, _)| one == other));
        assert_eq!((pairing.removed.len(), pairing.added.len()), (0, 0));
    }
}
