//! What personal data asks of those who hold it.

use super::Quantity;

/// What personal data asks of those who hold it, beyond being marked as such.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privacy {
    /// What of a person it tells, such as `contact` or `health`.
    pub category: Vec<String>,
    /// How values were made unreadable, such as `sha256`; they are clear if not given.
    pub masking: Option<String>,
    /// On which grounds it is processed, such as `consent`.
    pub legal_basis: Vec<String>,
    /// The countries or regions that it may be stored in.
    pub residency: Vec<String>,
    /// In what time readers delete it from their copies when a person asks.
    pub erase_within: Option<Quantity>,
}
