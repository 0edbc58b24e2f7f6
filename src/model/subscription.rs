//! The consumer's half: who uses which fields of which versions, for what.

use super::{Quality, ServiceLevels, SourceId};

/// A team that uses a contract's data, as written in the contract or in a subscription file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriber {
    /// The team.
    pub team: String,
    /// What it does with the data.
    pub use_case: Option<String>,
    /// The fields that it reads, as `field` or `dataset.field`. Empty means all of them.
    pub fields_used: Vec<String>,
    /// Whom to tell.
    pub contact_email: Option<String>,
    /// The contract versions that it can work with, as a SemVer requirement such as `^1.2`.
    pub contract_version: Option<String>,
    /// The allowed use that it falls under, such as `analytics`.
    pub purpose: Option<String>,
    /// The last day of the subscription, as `YYYY-MM-DD`; `None` means that it goes on.
    pub until: Option<String>,
    /// Expectations stricter than the contract's.
    pub overrides: Overrides,
}

impl Subscriber {
    /// Whether the subscription has not ended. A day that is no date ends nothing.
    pub fn is_live(&self, today: jiff::civil::Date) -> bool {
        let end = self.until.as_ref().and_then(|until| until.parse::<jiff::civil::Date>().ok());
        end.is_none_or(|end| today <= end)
    }
}

/// What one consumer was promised beyond the contract.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// Stricter quality.
    pub quality: Vec<Quality>,
    /// Stricter service levels.
    pub service_levels: ServiceLevels,
}

impl Overrides {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A subscription in a file of its own, owned by the consumer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The document it came from.
    pub source: SourceId,
    /// Its name.
    pub name: String,
    /// The contract subscribed to.
    pub contract: String,
    /// Who subscribes, and to what.
    pub subscriber: Subscriber,
}
