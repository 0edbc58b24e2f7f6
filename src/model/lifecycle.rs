//! Approvals and dates in the life of a contract.

/// Approvals and dates. Dates are `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lifecycle {
    /// Who approved it.
    pub approvals: Vec<Approval>,
    /// The first day on which the promise binds.
    pub effective_date: Option<String>,
    /// The first day on which everybody can have the data.
    pub available_from: Option<String>,
    /// The day on which it was deprecated.
    pub deprecated_on: Option<String>,
    /// The day on which it ends.
    pub sunset_on: Option<String>,
    /// The last day on which the promise binds, unless it is renewed.
    pub expires_on: Option<String>,
    /// The last day on which somebody helps and mends.
    pub support_until: Option<String>,
    /// The contract to use instead.
    pub replaced_by: Option<String>,
}

/// A recorded approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// When, as `YYYY-MM-DD`.
    pub on: String,
    /// In which role.
    pub role: Option<String>,
}
