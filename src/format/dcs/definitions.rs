//! Definitions that fields refer to. ODCS has none: each field gets what its definition says.

use std::collections::HashSet;

use crate::format::odcs::migrate::Notes;
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
            field.take("$ref");
            if let Value::Map(entries) = definition.value {
                for entry in entries {
                    // Where a definition has its home is nothing that a field says.
                    if field.entry(&entry.key).is_none() && !matches!(&*entry.key, "name" | "domain") {
                        field.add(&entry.key, entry.value);
                    }
                }
            }
            if self.used.insert(name.clone()) {
                notes.reworded(
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

    /// What no field says: the definitions that none referred to, and where the others had their home.
    pub(super) fn unused(self) -> Option<Node> {
        let Value::Map(mut entries) = self.all.value else { return None };
        for entry in entries.iter_mut().filter(|entry| self.used.contains(&*entry.key)) {
            if let Some(inner) = entry.value.entries_mut() {
                inner.retain(|inner| matches!(&*inner.key, "name" | "domain"));
            }
        }
        entries.retain(|entry| !entry.value.entries().is_empty() || !self.used.contains(&*entry.key));
        (!entries.is_empty()).then(|| Value::Map(entries).into())
    }
}
