//! What rules may look at beside the thing in hand: the other contracts, found by name, and answers that are dear to find
//! and asked for again and again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::patterns::Patterns;
use crate::finding::Finding;
use crate::model::{Contract, Dangling, Dataset, Field, Index, Registry, SourceId};
use crate::source::words::nearest;

/// What rules may look at beside the thing in hand.
pub(super) struct Context<'a> {
    /// The contracts by name.
    pub(super) contracts: Index<'a>,
    names: Mutex<HashMap<SourceId, Arc<Names<'a>>>>,
    /// Regular expressions.
    pub(super) patterns: Patterns,
    /// The nearest contract names of names that are not there: one renamed contract is missed by many.
    near: Mutex<HashMap<String, Option<&'a str>>>,
}

/// The longest dotted name of a field that is indexed, in bytes; longer ones are looked for one by one.
const LONGEST_NAME: usize = 1_000;

/// What a contract has, by name.
struct Names<'a> {
    datasets: HashMap<&'a str, &'a Dataset>,
    /// By all their names: `field`, `dataset.field`, nested ones with dots.
    fields: HashMap<String, (&'a Dataset, &'a Field)>,
}

impl<'a> Context<'a> {
    /// The context of a run over a registry.
    pub(super) fn new(registry: &'a Registry) -> Self {
        Self {
            contracts: registry.index(),
            names: Mutex::default(),
            patterns: Patterns::default(),
            near: Mutex::default(),
        }
    }

    /// The field behind a reference of a field, as [`Registry::resolve`] finds it.
    pub(super) fn resolve(&self, reference: &str) -> Result<(&'a Contract, &'a Dataset, &'a Field), Dangling<'a>> {
        let (contract, rest) = self.contracts.split(reference).ok_or(Dangling::Contract)?;
        self.field_at(contract, rest)
            .map(|(dataset, field)| (contract, dataset, field))
            .ok_or(Dangling::Field(contract))
    }

    /// The contract and dataset behind a reference `contract` (where it has one dataset) or `contract.dataset`.
    pub(super) fn dataset(&self, reference: &str) -> Result<(&'a Contract, &'a Dataset), Dangling<'a>> {
        let (contract, rest) = self.contracts.split(reference).ok_or(Dangling::Contract)?;
        let found = match (rest, contract.datasets.as_slice()) {
            ("", [only]) => Some(only),
            (name, _) => self.dataset_of(contract, name),
        };
        found.map(|dataset| (contract, dataset)).ok_or(Dangling::Field(contract))
    }

    /// What [`Contract::field_at`] finds, in a contract of the registry. The names of large contracts are indexed on first
    /// use: a hostile file has a hundred thousand fields, and as many references to them.
    pub(super) fn field_at(&self, contract: &'a Contract, reference: &str) -> Option<(&'a Dataset, &'a Field)> {
        if reference.len() > LONGEST_NAME || is_small(contract) {
            return contract.field_at(reference);
        }
        self.names(contract).fields.get(reference).copied()
    }

    /// What [`Dataset::field_at`] finds, in a dataset of the registry.
    pub(super) fn field_in(&self, contract: &'a Contract, dataset: &'a Dataset, name: &str) -> Option<&'a Field> {
        if name.len() > LONGEST_NAME || is_small(contract) {
            return dataset.field_at(name);
        }
        let names = self.names(contract);
        let (found, field) = names.fields.get(&format!("{}.{name}", dataset.name))?;
        std::ptr::eq(*found, dataset).then_some(*field)
    }

    /// The dataset of a name, in a contract of the registry.
    pub(super) fn dataset_of(&self, contract: &'a Contract, name: &str) -> Option<&'a Dataset> {
        if is_small(contract) { contract.dataset(name) } else { self.names(contract).datasets.get(name).copied() }
    }

    fn names(&self, contract: &'a Contract) -> Arc<Names<'a>> {
        let lock = || self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&contract.source).map(Arc::clone);
        known.unwrap_or_else(|| {
            let names = Arc::new(names_of(contract));
            lock().insert(contract.source, Arc::clone(&names));
            names
        })
    }

    /// The contract name that somebody who wrote `name` most likely meant.
    pub(super) fn nearest_contract(&self, name: &str) -> Option<&'a str> {
        let known = self.near.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        known.unwrap_or_else(|| {
            let near = nearest(name, self.contracts.names());
            self.near.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), near);
            near
        })
    }
}

/// Whether looking for a field one by one is quicker than any index. Looks at a few hundred fields at most.
fn is_small(contract: &Contract) -> bool {
    fn spend(fields: &[Field], budget: &mut usize) -> bool {
        fields.iter().all(|field| {
            let inner = [field.items.as_deref(), field.values.as_deref()];
            *budget > 0 && {
                *budget -= 1;
                spend(&field.fields, budget) && inner.into_iter().flatten().all(|inner| spend(&inner.fields, budget))
            }
        })
    }
    let mut budget = 300_usize;
    contract.datasets.len() < 30 && contract.datasets.iter().all(|dataset| spend(&dataset.fields, &mut budget))
}

fn names_of(contract: &Contract) -> Names<'_> {
    let mut datasets = HashMap::with_capacity(contract.datasets.len());
    for dataset in &contract.datasets {
        datasets.entry(dataset.name.as_str()).or_insert(dataset);
    }
    let mut fields = HashMap::new();
    // A name with its dataset comes first: a field may be called as a dataset is.
    for dataset in &contract.datasets {
        insert(&mut fields, &dataset.name, dataset, &dataset.fields);
    }
    for dataset in &contract.datasets {
        insert(&mut fields, "", dataset, &dataset.fields);
    }
    Names { datasets, fields }
}

fn insert<'a>(
    into: &mut HashMap<String, (&'a Dataset, &'a Field)>,
    prefix: &str,
    dataset: &'a Dataset,
    fields: &'a [Field],
) {
    for field in fields {
        let name = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
        if name.len() > LONGEST_NAME {
            continue;
        }
        let inner = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
        insert(into, &name, dataset, &inner.fields);
        into.entry(name).or_insert((dataset, field));
    }
}

/// Whether a reference leads into a file, or to an address, rather than to a contract of the repository.
pub(super) fn is_external(reference: &str) -> bool {
    reference.contains('#') || reference.contains("://")
}

/// A suggestion, where it is still worth its time: after a hundred findings in one document nobody reads them.
pub(super) fn suggest<'a>(before: &[Finding], find: impl FnOnce() -> Option<&'a str>) -> Option<&'a str> {
    const MOST: usize = 100;
    if before.len() < MOST { find() } else { None }
}

/// Names of fields to suggest for one that is not there, cut off where nobody could choose any more.
pub(super) fn nearest_field<'a>(name: &str, dataset: &'a Dataset) -> Option<&'a str> {
    const MOST: usize = 2_000;
    nearest(name, dataset.fields.iter().take(MOST).map(|field| field.name.as_str()))
}

/// The nearest field name in any dataset of a contract.
pub(super) fn nearest_field_of<'a>(name: &str, contract: &'a Contract) -> Option<&'a str> {
    let last = name.rsplit('.').next().unwrap_or(name);
    contract.datasets.iter().take(50).find_map(|dataset| nearest_field(last, dataset))
}
