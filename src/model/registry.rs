//! Everything that a repository publishes, found by name.

use super::{Contract, Dataset, Field, SourceId, Subscriber, Subscription};

/// The contracts, subscriptions and calendars of a repository.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The contracts and internal models.
    pub contracts: Vec<Contract>,
    /// Subscriptions in files of their own.
    pub subscriptions: Vec<Subscription>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
}

impl Registry {
    /// The contract of a name.
    pub fn contract(&self, name: &str) -> Option<&Contract> {
        self.contracts.iter().find(|contract| contract.name == name)
    }

    /// The field behind a reference `contract.field` or `contract.dataset.field`. Contract names have dots themselves:
    /// the longest one that fits wins.
    pub fn resolve(&self, reference: &str) -> Result<(&Contract, &Dataset, &Field), Dangling<'_>> {
        let mut best: Option<(&Contract, &str)> = None;
        for contract in &self.contracts {
            let rest = reference.strip_prefix(contract.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
            if let Some(rest) = rest.filter(|_| best.is_none_or(|(found, _)| found.name.len() < contract.name.len())) {
                best = Some((contract, rest));
            }
        }
        let (contract, rest) = best.ok_or(Dangling::Contract)?;
        contract.field_at(rest).map(|(dataset, field)| (contract, dataset, field)).ok_or(Dangling::Field(contract))
    }

    /// Everybody who uses a contract: the subscribers in its own file and those with a file of their own.
    pub fn subscribers<'a>(&'a self, contract: &'a Contract) -> impl Iterator<Item = &'a Subscriber> {
        let own = self.subscriptions.iter().filter(|subscription| subscription.contract == contract.name);
        contract.subscribers.iter().chain(own.map(|subscription| &subscription.subscriber))
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
