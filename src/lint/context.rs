//! What rules may look at beside the thing in hand: the other contracts, found by name, and answers that are dear to find
//! and asked for again and again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};

use crate::finding::Finding;
use crate::model::{Contract, Dangling, Dataset, Field, Index, Registry, SourceId};
use crate::source::words::nearest;

/// The greatest size of a compiled regular expression, in bytes. The pattern for an e-mail address takes some 10,000; one
/// that needs more than this was written to hurt, or by accident: `(\w{1,1000}){1,1000}`.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// What rules may look at beside the thing in hand.
pub(super) struct Context<'a> {
    /// The contracts by name.
    pub(super) contracts: Index<'a>,
    fields: Mutex<HashMap<SourceId, Arc<Fields<'a>>>>,
    /// Compiled patterns: a repository writes the same one into many contracts.
    regexes: Mutex<HashMap<String, Arc<Pattern>>>,
    /// The nearest contract names of names that are not there: one renamed contract is missed by many.
    near: Mutex<HashMap<String, Option<&'a str>>>,
}

/// The longest dotted name of a field that is indexed, in bytes; longer ones are looked for one by one.
const LONGEST_NAME: usize = 1_000;

/// The fields of a contract by all their names: `field`, `dataset.field`, nested ones with dots.
type Fields<'a> = HashMap<String, (&'a Dataset, &'a Field)>;

/// A compiled pattern, or why it is none.
pub(super) type Pattern = Result<Regex, String>;

impl<'a> Context<'a> {
    /// The context of a run over a registry.
    pub(super) fn new(registry: &'a Registry) -> Self {
        Self {
            contracts: registry.index(),
            fields: Mutex::default(),
            regexes: Mutex::default(),
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

    /// The dataset behind a reference `contract` (where it has one dataset) or `contract.dataset`.
    pub(super) fn dataset(&self, reference: &str) -> Result<&'a Dataset, Dangling<'a>> {
        let (contract, rest) = self.contracts.split(reference).ok_or(Dangling::Contract)?;
        let found = match (rest, contract.datasets.as_slice()) {
            ("", [only]) => Some(only),
            (name, _) => contract.dataset(name),
        };
        found.ok_or(Dangling::Field(contract))
    }

    /// What [`Contract::field_at`] finds, in a contract of the registry. The names of large contracts are indexed on first
    /// use: a hostile file has a hundred thousand fields, and as many references to them.
    pub(super) fn field_at(&self, contract: &'a Contract, reference: &str) -> Option<(&'a Dataset, &'a Field)> {
        if reference.len() > LONGEST_NAME || is_small(contract) {
            return contract.field_at(reference);
        }
        let lock = || self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&contract.source).map(Arc::clone);
        let fields = known.unwrap_or_else(|| {
            let fields = Arc::new(fields_of(contract));
            lock().insert(contract.source, Arc::clone(&fields));
            fields
        });
        fields.get(reference).copied()
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

    /// A pattern, compiled within bounds.
    pub(super) fn regex(&self, pattern: &str) -> Arc<Pattern> {
        let lock = || self.regexes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(pattern) {
            return Arc::clone(known);
        }
        let compiled = Arc::new(compile(pattern));
        lock().insert(pattern.to_owned(), Arc::clone(&compiled));
        compiled
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

fn fields_of(contract: &Contract) -> Fields<'_> {
    let mut fields = HashMap::new();
    // A name with its dataset comes first: a field may be called as a dataset is.
    for dataset in &contract.datasets {
        insert(&mut fields, &dataset.name, dataset, &dataset.fields);
    }
    for dataset in &contract.datasets {
        insert(&mut fields, "", dataset, &dataset.fields);
    }
    fields
}

fn insert<'a>(into: &mut Fields<'a>, prefix: &str, dataset: &'a Dataset, fields: &'a [Field]) {
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

fn compile(pattern: &str) -> Pattern {
    RegexBuilder::new(pattern).size_limit(MAX_REGEX_BYTES).build().map_err(|error| match error {
        // The message draws the pattern and an arrow over several lines; the last one says what is wrong.
        regex::Error::Syntax(drawn) => {
            let last = drawn.lines().last().unwrap_or_default().trim();
            last.strip_prefix("error:").unwrap_or(last).trim().to_owned()
        }
        regex::Error::CompiledTooBig(_) => "it takes more than 1 MiB once compiled".to_owned(),
        other => other.to_string(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_says_in_a_line_why_it_is_none() {
        let why = |pattern: &str| compile(pattern).unwrap_err();
        assert_eq!(why("^[A-Z"), "unclosed character class");
        assert_eq!(why("a(?=b)"), "look-around, including look-ahead and look-behind, is not supported");
        assert_eq!(why("(\\w{1,1000}){1,1000}"), "it takes more than 1 MiB once compiled");
        assert!(!why("(").contains('\n'));
        assert!(compile(&"(".repeat(100_000)).is_err());
        assert!(compile("^[^@\\s]+@[^@\\s]+$").is_ok());
    }
}
