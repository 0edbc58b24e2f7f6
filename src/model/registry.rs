//! Everything that a repository publishes, found by name.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Contract, Dataset, Field, SourceId, Subscriber, Subscription};

/// The contracts, subscriptions and calendars of a repository.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The contracts and internal models.
    pub contracts: Vec<Arc<Contract>>,
    /// Subscriptions in files of their own.
    pub subscriptions: Vec<Subscription>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
}

impl Registry {
    /// The contract of a name; where no contract has it, the one of that `id`.
    pub fn contract(&self, name: &str) -> Option<&Contract> {
        let find = |is_it: fn(&Contract, &str) -> bool| {
            self.contracts.iter().map(Arc::as_ref).find(|contract| is_it(contract, name))
        };
        find(|contract, name| contract.name == name).or_else(|| find(Contract::is_called))
    }

    /// The contracts by name. Whoever looks up many names takes this once: [`Registry::contract`] and
    /// [`Registry::resolve`] look at every contract.
    pub fn index(&self) -> Index<'_> {
        Index::new(&self.contracts)
    }

    /// The field behind a reference `contract.field` or `contract.dataset.field`. Contract names have dots themselves:
    /// the longest one that fits wins.
    pub fn resolve(&self, reference: &str) -> Result<(&Contract, &Dataset, &Field), Dangling<'_>> {
        self.index().resolve(reference)
    }

    /// Everybody who uses a contract: the subscribers in its own file and those with a file of their own.
    pub fn subscribers<'a>(&'a self, contract: &'a Contract) -> impl Iterator<Item = &'a Subscriber> {
        let own = self.subscriptions.iter().filter(|subscription| contract.is_called(&subscription.contract));
        contract.subscribers.iter().chain(own.map(|subscription| &subscription.subscriber))
    }

    /// Those whose subscriptions have not ended.
    pub fn live_subscribers<'a>(
        &'a self,
        contract: &'a Contract,
        today: jiff::civil::Date,
    ) -> impl Iterator<Item = &'a Subscriber> {
        self.subscribers(contract).filter(move |subscriber| subscriber.is_live(today))
    }
}

/// The contracts of a registry, found by name without looking at all of them.
#[derive(Debug, Clone)]
pub struct Index<'a> {
    /// In the order of their files: several where a name is taken twice.
    by_name: HashMap<&'a str, Vec<&'a Contract>>,
    /// By what stays whatever they are called, where that is not the name.
    by_id: HashMap<&'a str, Vec<&'a Contract>>,
    /// The lengths of the names and ids, longest first, each once.
    lengths: Vec<usize>,
}

impl<'a> Index<'a> {
    fn new(contracts: &'a [Arc<Contract>]) -> Self {
        let mut by_name: HashMap<&str, Vec<&Contract>> = HashMap::with_capacity(contracts.len());
        let mut by_id: HashMap<&str, Vec<&Contract>> = HashMap::new();
        for contract in contracts {
            by_name.entry(&contract.name).or_default().push(contract);
            if let Some(id) = &contract.id {
                by_id.entry(id).or_default().push(contract);
            }
        }
        let mut lengths: Vec<usize> = by_name.keys().chain(by_id.keys()).map(|name| name.len()).collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        Self { by_name, by_id, lengths }
    }

    /// Every contract of a name; in a sound repository that is one or none.
    pub fn all(&self, name: &str) -> &[&'a Contract] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every contract of an `id`; in a sound repository that is one or none.
    pub fn all_of_id(&self, id: &str) -> &[&'a Contract] {
        self.by_id.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The contract of a name, the first one where the name is taken twice; where no contract has the name, the one of that
    /// `id`.
    pub fn contract(&self, name: &str) -> Option<&'a Contract> {
        self.all(name).first().or_else(|| self.all_of_id(name).first()).copied()
    }

    /// The names of all contracts, in no order.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.by_name.keys().copied()
    }

    /// The contract that a dotted reference begins with, by its name or its `id`, and what follows it; nothing follows a
    /// contract's plain name. The longest name that fits wins.
    pub fn split<'r>(&self, reference: &'r str) -> Option<(&'a Contract, &'r str)> {
        // Only lengths that some name has are tried, so a reference of a million dots costs no more than any other.
        self.lengths.iter().find_map(|&length| {
            let rest = reference.get(length..)?;
            let rest = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
            Some((self.contract(&reference[..length])?, rest))
        })
    }

    /// The field behind a reference, as [`Registry::resolve`] finds it.
    ///
    /// # Errors
    ///
    /// What of the reference is not there.
    pub fn resolve(&self, reference: &str) -> Result<(&'a Contract, &'a Dataset, &'a Field), Dangling<'a>> {
        let (contract, rest) = self.split(reference).ok_or(Dangling::Contract)?;
        contract.field_at(rest).map(|(dataset, field)| (contract, dataset, field)).ok_or(Dangling::Field(contract))
    }
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dangling<'a> {
    /// No contract has that name.
    Contract,
    /// The contract is there, the field is not.
    Field(&'a Contract),
}

/// Days and times at which alerts are silent or deliveries are not due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The document it came from.
    pub source: SourceId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The IANA time zone of its days.
    pub timezone: Option<String>,
    /// Whole days as `YYYY-MM-DD` with a name each.
    pub days: Vec<(String, Option<String>)>,
    /// Spans of time.
    pub windows: Vec<Window>,
}

/// A span of time in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The beginning (RFC 3339).
    pub from: String,
    /// The end (RFC 3339).
    pub to: String,
    /// What happens then.
    pub name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DataType;

    fn contract(name: &str, field: &str) -> Contract {
        let fields = vec![Field::new(field, DataType::String)];
        let datasets = vec![Dataset { name: name.to_owned(), fields, ..Dataset::default() }];
        Contract { datasets, short_form: true, ..Contract::new(SourceId(0), name) }
    }

    #[test]
    fn the_longest_contract_name_that_fits_wins() {
        let contracts = [contract("payments", "id"), contract("payments.refunds", "reason")].map(Arc::new).to_vec();
        let registry = Registry { contracts, ..Registry::default() };
        let found = |reference| registry.resolve(reference).map(|(contract, _, field)| (&*contract.name, &*field.name));
        assert_eq!(found("payments.id"), Ok(("payments", "id")));
        assert_eq!(found("payments.refunds.reason"), Ok(("payments.refunds", "reason")));
        assert_eq!(found("payment.id"), Err(Dangling::Contract));
        // A name is no prefix of another word.
        assert_eq!(found("paymentsid"), Err(Dangling::Contract));
        assert!(matches!(found("payments.gone"), Err(Dangling::Field(at)) if at.name == "payments"));
        assert!(matches!(found("payments"), Err(Dangling::Field(at)) if at.name == "payments"));
    }

    #[test]
    fn an_id_leads_to_a_contract_and_a_name_goes_before_it() {
        let renamed = Contract { id: Some("7f-1".to_owned()), ..contract("shop", "id") };
        let taken = Contract { id: Some("shop".to_owned()), ..contract("other", "id") };
        let registry = Registry { contracts: [taken, renamed].map(Arc::new).to_vec(), ..Registry::default() };
        assert_eq!(registry.contract("7f-1").map(|found| &*found.name), Some("shop"));
        assert_eq!(registry.contract("shop").map(|found| &*found.name), Some("shop"));
        assert_eq!(registry.resolve("7f-1.id").map(|(found, ..)| &*found.name), Ok("shop"));
        assert_eq!(registry.resolve("shop.id").map(|(found, ..)| &*found.name), Ok("shop"));
    }

    #[test]
    fn a_reference_of_a_million_dots_is_looked_up_at_once() {
        let registry = Registry { contracts: vec![Arc::new(contract("a", "b"))], ..Registry::default() };
        assert!(registry.resolve(&"a.".repeat(1_000_000)).is_err());
    }
}
