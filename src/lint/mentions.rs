//! Where a contract mentions others.

use super::outline::Outline;
use crate::finding::{Edit, Fix, Place};
use crate::model::{Literal, Path};
use crate::source::words::quoted;

/// A mention of another contract, or of a part of it.
pub(super) struct Mention<'a> {
    /// What is mentioned, as it is written.
    pub(super) to: &'a str,
    /// Where.
    pub(super) path: Path,
}

/// The fix of a mention that leads nowhere, where another name was most likely meant.
pub(super) fn meant(path: &Path, near: &str) -> Fix {
    let edit = Edit::Value(Place::Element(path.clone()), Literal::Text(near.to_owned()));
    Fix::guess(format!("write {}", quoted(near)), vec![edit])
}

/// What a contract is made of, by the names of contracts.
pub(super) fn lineage(outline: &Outline) -> impl Iterator<Item = Mention<'_>> {
    let lists = [("depends_on", &outline.lineage.depends_on), ("derived_from", &outline.lineage.derived_from)];
    lists.into_iter().flat_map(|(key, names)| {
        names
            .iter()
            .enumerate()
            .map(move |(index, name)| Mention { to: name, path: Path::of("lineage").key(key).index(index) })
    })
}

/// What a contract builds on: what its fields refer to, and what it is made of.
pub(super) fn upstream(outline: &Outline) -> impl Iterator<Item = Mention<'_>> {
    let references = outline.references.iter().map(|reference| Mention { to: &reference.to, path: reference.path() });
    references.chain(lineage(outline))
}

/// Every mention: what it builds on, and what replaces it.
pub(super) fn all(outline: &Outline) -> impl Iterator<Item = Mention<'_>> {
    let successor = outline.lifecycle.replaced_by.as_deref();
    upstream(outline).chain(successor.map(|to| Mention { to, path: Path::of("lifecycle").key("replaced_by") }))
}
