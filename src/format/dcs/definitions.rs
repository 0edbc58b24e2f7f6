//! Definitions that fields refer to. ODCS has none: each field gets what its definition says.

use std::collections::HashSet;

use super::Notes;
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Node, Value};

/// How many fields may get what a definition says, since definitions may refer to one another many times over.
const MOST: usize = 50_000;

/// The definitions of a contract.
#[derive(Debug)]
pub(super) struct Definitions {
    all: Node,
    used: HashSet<String>,
    count: usize,
    /// The definitions around what is looked at, to see circles.
    open: Vec<String>,
}

impl Definitions {
    pub(super) fn new(all: Option<Node>) -> Self {
        Self { all: all.unwrap_or_else(Node::mapping), used: HashSet::new(), count: 0, open: Vec::new() }
    }

    /// Lays a field over its definition. How many definitions were opened: they have to be closed when the field is done.
    pub(super) fn resolve(&mut self, field: &mut Node, path: &Path, notes: &mut Notes) -> usize {
        let mut opened = 0;
        while let Some(reference) = field.get("$ref").and_then(Node::text).map(str::to_owned) {
            let name = reference.strip_prefix("#/definitions/").map(str::to_owned);
            let found = name.as_ref().and_then(|name| Some((name, self.all.get(name)?)));
            if name.is_none() {
                // Told once for all of them.
                notes.elsewhere.push((path.clone(), reference));
                break;
            }
            let Some((name, definition)) = found.filter(|(_, definition)| matches!(definition.value, Value::Map(_)))
            else {
                notes.kept(
                    path,
                    format!(
                        "the definition {} is not in this file: `$ref` is a custom property now",
                        quoted(&reference)
                    ),
                );
                break;
            };
            if self.open.contains(name) {
                notes.kept(
                    path,
                    format!("the definition {} refers to itself: `$ref` is a custom property here", quoted(&reference)),
                );
                break;
            }
            if self.count >= MOST {
                notes.kept(
                    path,
                    format!("the definitions say more than {MOST} fields: `$ref` is a custom property from here on"),
                );
                break;
            }
            self.count += 1;
            let definition = definition.clone();
            if let Some(reference) = field.take("$ref") {
                notes.carry(&reference);
            }
            if let Value::Map(entries) = definition.value {
                for entry in entries {
                    // Where a definition has its home is nothing that a field says.
                    match field.get(&entry.key) {
                        None if matches!(&*entry.key, "name" | "domain") => {}
                        None => {
                            if let Some(entries) = field.entries_mut() {
                                entries.push(entry);
                            }
                        }
                        // What a field says itself counts; where that is another thing, the definition is kept.
                        Some(own) if own.is_same(&entry.value) => notes.carry(&entry.value),
                        Some(_) => {}
                    }
                }
            }
            if self.used.insert(name.clone()) {
                notes.meant(
                    path,
                    format!("what the definition {} says stands in each field that refers to it", quoted(name)),
                );
            }
            self.open.push(name.clone());
            opened += 1;
        }
        opened
    }

    /// Ends what [`Self::resolve`] began.
    pub(super) fn close(&mut self, opened: usize) {
        self.open.truncate(self.open.len().saturating_sub(opened));
    }

    /// What no field says: the definitions that none referred to, where the others had their home, and what a field says in another
    /// way.
    pub(super) fn unused(&self, notes: &Notes) -> Option<Node> {
        notes.left(&self.all)
    }
}
