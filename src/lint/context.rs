//! What local rules may ask beside the thing in hand: the fields of its document, found by name, and answers that are dear
//! to find and asked for again and again.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::patterns::Patterns;
use crate::finding::Finding;
use crate::model::{Contract, Dataset, Field};
use crate::source::words::nearest;

/// What local rules may ask, for one document.
pub(super) struct Context<'a> {
    /// Regular expressions.
    pub(super) patterns: &'a Patterns,
    /// The day of the run.
    pub(super) today: Date,
    names: OnceLock<Names<'a>>,
    is_small: OnceLock<bool>,
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
    /// The context of a document.
    pub(super) fn new(patterns: &'a Patterns, today: Date) -> Self {
        Self { patterns, today, names: OnceLock::new(), is_small: OnceLock::new() }
    }

    /// What [`Contract::field_at`] finds, in the contract of the document. The names of large contracts are indexed on first
    /// use: a hostile file has a hundred thousand fields, and as many references to them.
    pub(super) fn field_at(&self, contract: &'a Contract, reference: &str) -> Option<(&'a Dataset, &'a Field)> {
        if reference.len() > LONGEST_NAME || self.is_small(contract) {
            return contract.field_at(reference);
        }
        self.names(contract).fields.get(reference).copied()
    }

    /// What [`Dataset::field_at`] finds, in a dataset of the document.
    pub(super) fn field_in(&self, contract: &'a Contract, dataset: &'a Dataset, name: &str) -> Option<&'a Field> {
        if name.len() > LONGEST_NAME || self.is_small(contract) {
            return dataset.field_at(name);
        }
        let names = self.names(contract);
        let (found, field) = names.fields.get(&format!("{}.{name}", dataset.name))?;
        std::ptr::eq(*found, dataset).then_some(*field)
    }

    /// The dataset of a name, in the contract of the document.
    pub(super) fn dataset_of(&self, contract: &'a Contract, name: &str) -> Option<&'a Dataset> {
        if self.is_small(contract) { contract.dataset(name) } else { self.names(contract).datasets.get(name).copied() }
    }

    /// Whether the contract of the document is small: each reference in it asks.
    fn is_small(&self, contract: &Contract) -> bool {
        *self.is_small.get_or_init(|| is_small(contract))
    }

    /// The names of the contract of the document.
    fn names(&self, contract: &'a Contract) -> &Names<'a> {
        self.names.get_or_init(|| names_of(contract))
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
pub(super) fn suggest<T>(before: &[Finding], find: impl FnOnce() -> Option<T>) -> Option<T> {
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
