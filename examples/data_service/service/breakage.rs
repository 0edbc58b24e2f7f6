//! Ways to break a promise.

use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;
use pact::model::{Contract, Dataset, Field, Quantity};

/// A broken promise, of one contract or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breakage {
    contract: Option<String>,
    pub(super) kind: Kind,
    text: String,
}

/// What is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A column is gone.
    DropColumn(String),
    /// A column has another type: integers become text, everything else integers.
    ChangeType(String),
    /// Every other row has no value in a column, which may be null.
    Nulls(String),
    /// There are no rows.
    Empty,
    /// The data is older.
    Stale(SignedDuration),
    /// Every answer takes longer.
    Slow(Duration),
    /// The served version is one major on.
    WrongVersion,
    /// Every answer is 503.
    Down,
}

/// Whether a name means a field: as `field`, in every dataset that has it, or as `dataset.field`.
pub(super) fn is_called(name: &str, dataset: &Dataset, field: &Field) -> bool {
    let inner = name.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
    name == field.name || inner == Some(field.name.as_str())
}

impl Kind {
    /// The field that is broken.
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Self::DropColumn(name) | Self::ChangeType(name) | Self::Nulls(name) => Some(name),
            _ => None,
        }
    }
}

impl Breakage {
    /// Reads `KIND`, `KIND:VALUE`, or either behind `CONTRACT/`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (contract, rest) = match text.split_once('/') {
            Some((contract, rest)) => (Some(contract.to_owned()), rest),
            None => (None, text),
        };
        let (word, value) = rest.split_once(':').map_or((rest, None), |(word, value)| (word, Some(value)));
        let field = || value.map(str::to_owned).ok_or_else(|| format!("{word} needs a field: {word}:FIELD"));
        let time = || {
            let time = value.and_then(|value| Quantity::new(value).duration());
            time.ok_or_else(|| format!("{word} needs a time: {word}:2h"))
        };
        let kind = match word {
            "drop-column" => Kind::DropColumn(field()?),
            "change-type" => Kind::ChangeType(field()?),
            "nulls" => Kind::Nulls(field()?),
            "stale" => Kind::Stale(time()?),
            "slow" => Kind::Slow(time()?.unsigned_abs()),
            "empty" => Kind::Empty,
            "wrong-version" => Kind::WrongVersion,
            "down" => Kind::Down,
            _ => return Err("no such breakage; --help lists them".to_owned()),
        };
        Ok(Self { contract, kind, text: text.to_owned() })
    }

    /// Whether it breaks this contract.
    pub(super) fn is_for(&self, contract: &Contract) -> bool {
        let is_named = self.contract.as_ref().is_none_or(|name| *name == contract.name);
        let has = |dataset: &Dataset, name: &str| dataset.fields.iter().any(|field| is_called(name, dataset, field));
        is_named && self.kind.field().is_none_or(|name| contract.datasets.iter().any(|dataset| has(dataset, name)))
    }
}

impl fmt::Display for Breakage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
