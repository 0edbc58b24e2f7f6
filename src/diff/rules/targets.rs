//! What references of both sides lead to: that of a contract to itself hangs on no name, which may be another one now.

use std::collections::{HashMap, HashSet};

use super::align;
use crate::model::{Contract, Dataset, Field};

/// The datasets and fields of both sides, as far as references lead to them.
#[derive(Debug, Default)]
pub(in crate::diff) struct Targets {
    before: Own,
    after: Own,
    /// The datasets that have another name now, by the one of before.
    datasets: HashMap<String, String>,
    /// The fields that have another name now, by their dataset of before and their name there.
    fields: HashMap<(String, String), String>,
}

/// What a contract calls its own.
#[derive(Debug, Default)]
struct Own {
    /// The contract itself: its name, its id, and those of before.
    names: Vec<String>,
    datasets: HashSet<String>,
    /// The lengths of their names, longest first, each once.
    lengths: Vec<usize>,
    /// The fields of the only dataset, which a reference need not name.
    only: Option<(String, HashSet<String>)>,
}

impl Own {
    fn of(contract: &Contract, names: Vec<String>) -> Self {
        let datasets: HashSet<String> = contract.datasets.iter().map(|one| one.name.clone()).collect();
        let mut lengths: Vec<usize> = datasets.iter().map(String::len).collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        let only = match contract.datasets.as_slice() {
            [one] => Some((one.name.clone(), one.fields.iter().map(|field| field.name.clone()).collect())),
            _ => None,
        };
        Self { names, datasets, lengths, only }
    }

    /// The dataset that a reference leads to, and what it names there; `None` where it leads to no dataset of this contract.
    fn place<'r>(&'r self, reference: &'r str) -> Option<(&'r str, &'r str)> {
        let below = |whole: &'r str, name: &str| -> Option<&'r str> {
            let rest = whole.strip_prefix(name)?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
        };
        self.names.iter().filter_map(|name| below(reference, name)).find_map(|rest| {
            let dataset = self.lengths.iter().find_map(|&length| {
                let name = self.datasets.get(rest.get(..length)?)?;
                Some((name.as_str(), below(rest, name)?))
            });
            dataset.or_else(|| {
                let (only, fields) = self.only.as_ref()?;
                let first = rest.split('.').next().unwrap_or_default();
                (rest.is_empty() || fields.contains(first)).then_some((only.as_str(), rest))
            })
        })
    }
}

impl Targets {
    /// The targets of both sides; `pairs` are the datasets that both have. Nothing where there are no references.
    pub(super) fn of<'a>(
        base: &'a Contract,
        head: &'a Contract,
        pairs: impl Iterator<Item = (&'a Dataset, &'a Dataset)>,
    ) -> Self {
        if !refers(base) || !refers(head) {
            return Self::default();
        }
        let names = |contract: &Contract| contract.names().map(str::to_owned).collect::<Vec<_>>();
        let (old, mut new) = (names(base), names(head));
        // What is not written anew still means what it meant; that it leads nowhere now is another matter.
        new.extend(old.iter().cloned());
        let mut targets = Self { before: Own::of(base, old), after: Own::of(head, new), ..Self::default() };
        for (one, other) in pairs {
            if one.name != other.name {
                targets.datasets.insert(one.name.clone(), other.name.clone());
            }
            let is_same = one.fields.iter().map(|field| &field.name).eq(other.fields.iter().map(|field| &field.name));
            let fields = if is_same { Vec::new() } else { align::fields(&one.fields, &other.fields).both };
            let renamed = fields.into_iter().filter(|(before, after, _)| before.name != after.name);
            targets.fields.extend(
                renamed.map(|(before, after, _)| ((one.name.clone(), before.name.clone()), after.name.clone())),
            );
        }
        targets
    }

    /// What a reference of before leads to, in the names of now.
    pub(super) fn before(&self, reference: &str) -> String {
        let Some((dataset, rest)) = self.before.place(reference) else { return reference.to_owned() };
        let now = self.datasets.get(dataset).map_or(dataset, String::as_str);
        own(now, &self.renamed(dataset, rest))
    }

    /// What a reference of now leads to.
    pub(super) fn after(&self, reference: &str) -> String {
        self.after.place(reference).map_or_else(|| reference.to_owned(), |(dataset, rest)| own(dataset, rest))
    }

    /// Whether the words are the same as before, and what they led to is gone: that is told of what is gone.
    pub(super) fn is_left_behind(&self, before: &str, after: &str) -> bool {
        // Several fields stand in brackets behind.
        let parts = |whole: &str| whole.find(" (").unwrap_or(whole.len());
        let ((before, fields), (after, same)) = (before.split_at(parts(before)), after.split_at(parts(after)));
        let Some((dataset, rest)) = self.before.place(before).filter(|_| fields == same) else { return false };
        let is_after = |rest: &str, whole: &str| whole.strip_prefix('.').unwrap_or(whole) == rest;
        !self.after.datasets.contains(dataset) && after.strip_prefix(dataset).is_some_and(|whole| is_after(rest, whole))
    }

    /// Fields that a reference of before leads to, as they are called now.
    pub(super) fn fields(&self, reference: &str, fields: &[String]) -> Vec<String> {
        match self.before.place(reference) {
            Some((dataset, "")) => fields.iter().map(|field| self.renamed(dataset, field)).collect(),
            _ => fields.to_vec(),
        }
    }

    /// What a field is called now; a part of it by its new name as well.
    fn renamed(&self, dataset: &str, field: &str) -> String {
        if self.fields.is_empty() {
            return field.to_owned();
        }
        let (first, rest) = field.split_at(field.find('.').unwrap_or(field.len()));
        let now = self.fields.get(&(dataset.to_owned(), first.to_owned()));
        now.map_or_else(|| field.to_owned(), |now| format!("{now}{rest}"))
    }
}

/// The text of what leads to a contract's own dataset: no contract is called so.
fn own(dataset: &str, rest: &str) -> String {
    if rest.is_empty() { format!(".{dataset}") } else { format!(".{dataset}.{rest}") }
}

/// Whether anything refers to something.
fn refers(contract: &Contract) -> bool {
    fn has(field: &Field) -> bool {
        let inner = field.items.iter().chain(&field.values).map(AsRef::as_ref);
        field.foreign_key_reference.is_some() || field.fields.iter().chain(inner).any(has)
    }
    contract.datasets.iter().any(|one| !one.foreign_keys.is_empty() || one.fields.iter().any(has))
}
