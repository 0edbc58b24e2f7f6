//! From one format to another, and from an old edition of one to the newest.

use std::fmt;

use super::Written;
use super::odcs::{self, migrate};
use crate::source::{Node, Problem, parse};

/// What a text is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standard {
    /// pact's own format.
    Native,
    /// The Open Data Contract Standard, with what `apiVersion` says without its `v`; empty where it says nothing.
    Odcs(String),
    /// The Data Contract Specification, with its version.
    Dcs(String),
}

impl Standard {
    /// What a tree is written in, rightly or not.
    pub fn of(tree: &Node) -> Self {
        let word = |key: &str| tree.get(key).and_then(Node::scalar_text).unwrap_or_default();
        if tree.entry("dataContractSpecification").is_some() {
            Self::Dcs(word("dataContractSpecification"))
        } else if odcs::is_written_in(tree) || migrate::is_old(tree) {
            let version = word("apiVersion");
            Self::Odcs(version.strip_prefix('v').unwrap_or(&version).to_owned())
        } else {
            Self::Native
        }
    }

    /// The short name of the format, as commands and reports have it.
    pub fn format(&self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Odcs(_) => "odcs",
            Self::Dcs(_) => "dcs",
        }
    }

    /// The version of the format; empty where it has none.
    pub fn version(&self) -> &str {
        match self {
            Self::Native => "",
            Self::Odcs(version) | Self::Dcs(version) => version,
        }
    }
}

impl fmt::Display for Standard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => write!(out, "the native format"),
            Self::Odcs(version) if version.is_empty() => write!(out, "ODCS 2.2"),
            Self::Odcs(version) => write!(out, "ODCS {version}"),
            Self::Dcs(version) => write!(out, "Data Contract Specification {version}"),
        }
    }
}

/// Brings a text of the ODCS to its newest edition, in place: every byte that does not have to change stays.
///
/// # Errors
///
/// It is no YAML.
pub fn migrate(text: &str) -> Result<Written, Problem> {
    let tree = parse(text)?;
    Ok(migrate::to_newest(text, &tree))
}
