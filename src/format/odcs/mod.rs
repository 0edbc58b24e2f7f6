//! The Open Data Contract Standard (ODCS), <https://bitol-io.github.io/open-data-contract-standard/>. The only module that
//! knows its names.

mod check;
mod find;
mod fragment;
mod keys;
pub(in crate::format) mod migrate;
mod order;
mod read;
mod version;
mod words;
mod write;

use std::sync::Arc;

use crate::format::Content;
use crate::model::SourceId;
use crate::source::{Node, Problem};

pub(super) use check::{Body, foreign};
pub(super) use find::{find, node, place_of_key, value_node};
pub(super) use order::order;

pub use version::Version;
pub(super) use write::{left, write};

pub(super) use words::reworded;

/// Whether a document is written in ODCS, rightly or not: it says so, or it has the version of a standard.
pub(super) fn is_written_in(tree: &Node) -> bool {
    tree.get("kind").and_then(Node::text) == Some("DataContract")
        || tree.entry("apiVersion").is_some()
        || tree.entry("dataContractSpecification").is_some()
}

/// What a document says in `apiVersion`, without a `v`; empty where it says nothing.
pub(super) fn declared(tree: &Node) -> String {
    let version = tree.get("apiVersion").and_then(Node::scalar_text).unwrap_or_default();
    version.strip_prefix('v').map(str::to_owned).unwrap_or(version)
}

/// Reads a tree: what it means, as far as its identity is readable, and what is wrong with it.
pub(super) fn read(id: SourceId, tree: &Node) -> (Option<Content>, Vec<Problem>) {
    let (version, mut problems) = check::check(tree);
    // A file of another format has no meaning here.
    let (contract, more) = version.map(|_| read::read(id, tree)).unwrap_or_default();
    problems.extend(more);
    (contract.map(|contract| Content::Contract(Arc::new(contract))), problems)
}
