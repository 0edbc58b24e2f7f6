//! What the parties owe each other around the data.

use super::Quantity;

/// What the producer owes its consumers when things change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Obligations {
    /// How long before a breaking change consumers are told.
    pub notice_period: Option<Quantity>,
    /// Where the way from one major version to the next is described.
    pub migration_guide: Option<String>,
    /// Who is told, by severity.
    pub notify: Vec<(String, Vec<String>)>,
    /// How long readers may keep the data.
    pub retention: Option<Quantity>,
}

/// The legal terms, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The licence, by its SPDX identifier or where it stands.
    pub license: Option<String>,
    /// What the data is meant to be used for.
    pub usage: Option<String>,
    /// Limits and duties for readers, each a sentence.
    pub limitations: Vec<String>,
    /// What the producer answers for.
    pub liability: Option<String>,
    /// What the producer warrants.
    pub warranty: Option<String>,
    /// Whose law holds, and which court decides.
    pub governing_law: Option<String>,
}

/// What the data costs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Price {
    /// How much, in the currency; 0 is free.
    pub amount: f64,
    /// The currency by its ISO 4217 code.
    pub currency: String,
    /// What the amount is for: `month`, `1000 requests`.
    pub per: Option<String>,
}
