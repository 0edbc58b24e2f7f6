//! What belongs together on both sides: by name, by what was called so before, and by evidence.

use std::collections::{HashMap, VecDeque};

use crate::model::{Contract, Dataset, Field};

/// Why two things are taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// They have the same name.
    Name,
    /// The new one says that it was called so before.
    Previously,
    /// They have the same name in the physical store.
    PhysicalName,
    /// Their names differ in letter case only.
    Case,
    /// They look alike in two respects or more, and nothing else does.
    Evidence,
}

/// The things of both sides.
#[derive(Debug)]
pub(super) struct Pairing<'a, T> {
    /// What is on both sides, in the order of the new one.
    pub(super) both: Vec<(&'a T, &'a T, Match)>,
    /// What is gone.
    pub(super) removed: Vec<&'a T>,
    /// What is new.
    pub(super) added: Vec<&'a T>,
}

/// By what a thing is known.
pub(super) struct Identity<'a> {
    name: &'a str,
    physical_name: Option<&'a str>,
    previously: &'a [String],
}

/// Whether two names that differ are of the same thing.
type Test = fn(&Identity<'_>, &Identity<'_>) -> bool;

/// Pairs fields.
pub(super) fn fields<'a>(base: &'a [Field], head: &'a [Field]) -> Pairing<'a, Field> {
    let identity = |field: &'a Field| Identity {
        name: &field.name,
        physical_name: field.physical_name.as_deref(),
        previously: &field.previously,
    };
    pair(base, head, identity, |one, other| {
        let position = |list: &[Field], field: &Field| list.iter().position(|item| std::ptr::eq(item, field));
        likeness(one, other, position(base, one) == position(head, other))
    })
}

/// Pairs datasets.
pub(super) fn datasets<'a>(base: &'a [Dataset], head: &'a [Dataset]) -> Pairing<'a, Dataset> {
    let identity = |dataset: &'a Dataset| Identity {
        name: &dataset.name,
        physical_name: dataset.physical_name.as_deref(),
        previously: &dataset.previously,
    };
    pair(base, head, identity, |one, other| {
        // Two respects: three quarters of the fields have the same names, of which there are more than two.
        let shared = one.fields.iter().filter(|field| other.field(&field.name).is_some()).count();
        let most = one.fields.len().max(other.fields.len());
        if shared > 2 && shared * 4 >= most * 3 { 2 } else { 0 }
    })
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

/// Pairs contracts: those of one name, in the same file first; then what has another name in the same file.
pub fn contracts<'a>(base: &[Placed<'a>], head: &[Placed<'a>]) -> Vec<Paired<'a>> {
    let mut old: Vec<Option<Placed<'a>>> = base.iter().copied().map(Some).collect();
    let mut found: Vec<Option<Placed<'a>>> = vec![None; head.len()];
    let (mut by_name, mut by_path) = (HashMap::<&str, Vec<usize>>::new(), HashMap::<&str, Vec<usize>>::new());
    for (index, (path, contract)) in base.iter().enumerate() {
        by_name.entry(&contract.name).or_default().push(index);
        by_path.entry(path).or_default().push(index);
    }
    let tests: [fn(Placed<'_>, Placed<'_>) -> bool; 4] = [
        |(from, one), (to, other)| one.name == other.name && from == to,
        |(_, one), (_, other)| one.name == other.name && one.kind == other.kind,
        |(_, one), (_, other)| one.name == other.name,
        |(from, _), (to, _)| from == to,
    ];
    for fits in tests {
        for (new, slot) in head.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            let near = [by_name.get(new.1.name.as_str()), by_path.get(new.0)].into_iter().flatten().flatten();
            let fitting = near.copied().find(|index| old[*index].is_some_and(|old| fits(old, *new)));
            *slot = fitting.and_then(|index| old[index].take());
        }
    }
    let pairs = head.iter().zip(found).map(|(new, old)| (old, Some(*new)));
    pairs.chain(old.into_iter().flatten().map(|gone| (Some(gone), None))).collect()
}

/// In how many respects a field that is gone is like one that is new.
fn likeness(one: &Field, other: &Field, same_position: bool) -> u32 {
    if one.type_text() != other.type_text() {
        return 0;
    }
    let same_text = |one: Option<&String>, other: Option<&String>| {
        one.is_some_and(|text| !text.trim().is_empty() && other == Some(text))
    };
    let respects = [
        alike(&one.name, &other.name),
        same_text(one.description.as_ref(), other.description.as_ref()),
        !one.constraints.is_empty() && one.constraints == other.constraints,
        same_text(one.classification.as_ref(), other.classification.as_ref()),
        same_position,
    ];
    respects.into_iter().map(u32::from).sum()
}

/// Whether two names are nearly the same, or abbreviate each other: `cust_email` and `customer_email`.
fn alike(one: &str, other: &str) -> bool {
    let tokens = |name: &str| -> Vec<String> {
        name.split(['_', '-']).filter(|token| !token.is_empty()).map(str::to_lowercase).collect()
    };
    let (first, second) = (tokens(one), tokens(other));
    let abbreviated = first.len() == second.len()
        && first
            .iter()
            .zip(&second)
            .all(|(one, other)| one.starts_with(other.as_str()) || other.starts_with(one.as_str()));
    abbreviated || strsim::normalized_damerau_levenshtein(one, other) >= 0.8
}

/// More pairs than these are not weighed: a dataset rewritten as a whole has no renames to find.
const MOST_PAIRS: usize = 10_000;

fn pair<'a, T>(
    base: &'a [T],
    head: &'a [T],
    identity: impl Fn(&'a T) -> Identity<'a>,
    likeness: impl Fn(&T, &T) -> u32,
) -> Pairing<'a, T> {
    let mut old: Vec<Option<&'a T>> = base.iter().map(Some).collect();
    let mut found: Vec<Option<(&'a T, Match)>> = head.iter().map(|_| None).collect();
    // A name that is (wrongly) given twice is paired in order, so that nothing differs from itself.
    let mut by_name: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, item) in base.iter().enumerate() {
        by_name.entry(identity(item).name).or_default().push_back(index);
    }
    for (item, slot) in head.iter().zip(&mut found) {
        if let Some(index) = by_name.get_mut(identity(item).name).and_then(VecDeque::pop_front) {
            *slot = old[index].take().map(|old| (old, Match::Name));
        }
    }
    let tests: [(Match, Test); 3] = [
        (Match::Previously, |old, new| new.previously.iter().any(|name| name == old.name)),
        (Match::PhysicalName, |old, new| {
            let known = old.physical_name.is_some() || new.physical_name.is_some();
            known && old.physical_name.unwrap_or(old.name) == new.physical_name.unwrap_or(new.name)
        }),
        (Match::Case, |old, new| old.name.to_lowercase() == new.name.to_lowercase()),
    ];
    for (why, fits) in tests {
        for (item, slot) in head.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            let new = identity(item);
            let fitting = old.iter_mut().find(|old| old.is_some_and(|old| fits(&identity(old), &new)));
            *slot = fitting.and_then(Option::take).map(|old| (old, why));
        }
    }
    by_evidence(&mut old, head, &mut found, likeness);
    let mut pairing = Pairing { both: Vec::new(), removed: old.into_iter().flatten().collect(), added: Vec::new() };
    for (item, slot) in head.iter().zip(found) {
        match slot {
            Some((old, why)) => pairing.both.push((old, item, why)),
            None => pairing.added.push(item),
        }
    }
    pairing
}

/// Pairs what is left where each is the other's only best match, in two respects or more.
fn by_evidence<'a, T>(
    old: &mut [Option<&'a T>],
    head: &'a [T],
    found: &mut [Option<(&'a T, Match)>],
    likeness: impl Fn(&T, &T) -> u32,
) {
    let gone: Vec<usize> = (0..old.len()).filter(|index| old[*index].is_some()).collect();
    let new: Vec<usize> = (0..head.len()).filter(|index| found[*index].is_none()).collect();
    if gone.len().saturating_mul(new.len()) > MOST_PAIRS {
        return;
    }
    let mut weighed: Vec<(u32, usize, usize)> = Vec::new();
    for one in &gone {
        for other in &new {
            let likeness = old[*one].map_or(0, |old| likeness(old, &head[*other]));
            if likeness >= 2 {
                weighed.push((likeness, *one, *other));
            }
        }
    }
    let is_best = |(likeness, one, other): &(u32, usize, usize)| {
        let rivals = |rival: &&(u32, usize, usize)| (rival.1 == *one) != (rival.2 == *other);
        weighed.iter().filter(rivals).all(|rival| rival.0 < *likeness)
    };
    for (_, one, other) in weighed.iter().filter(|pair| is_best(pair)) {
        found[*other] = old[*one].take().map(|old| (old, Match::Evidence));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DataType;

    fn field(name: &str, description: &str) -> Field {
        Field { description: Some(description.to_owned()), ..Field::new(name, DataType::String) }
    }

    fn matches(base: &[Field], head: &[Field]) -> Vec<(String, String, Match)> {
        fields(base, head).both.iter().map(|(one, other, why)| (one.name.clone(), other.name.clone(), *why)).collect()
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
    fn what_is_not_sure_is_no_rename() {
        // Both new ones are as good.
        let two = [field("id", ""), field("customer_email1", "mail"), field("customer_email2", "mail")];
        assert_eq!(matches(&[field("customer_email", "mail")], &two), []);
        assert_eq!(matches(&[field("mail", "a")], &[field("amount", "b")]), []);
        assert_eq!(matches(&[field("mail", "a")], &[Field { data_type: DataType::Date, ..field("mails", "a") }]), []);
    }

    #[test]
    fn a_name_given_twice_is_paired_in_order() {
        let twice = [field("id", "one"), field("id", "two")];
        let pairing = fields(&twice, &twice);
        assert!(pairing.both.iter().all(|(one, other, _)| one == other));
        assert_eq!((pairing.removed.len(), pairing.added.len()), (0, 0));
    }
}
