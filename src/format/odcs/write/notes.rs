//! What became of what the standard has no word for, in sentences.

use std::collections::BTreeMap;

use super::place::{Fragments, Inner, Place};
use crate::format::{Note, Outcome};
use crate::model::{Contract, Dataset, Field, Literal, Path, Rule, Step};
use crate::source::words::quoted;

/// The notes on a contract, element by element.
pub(super) fn notes(
    written: &Contract,
    meant: &Contract,
    fragments: &Fragments,
    remarks: &[(Place, Outcome, String)],
) -> Vec<Note> {
    let mut by_place: BTreeMap<&Place, Vec<Note>> = BTreeMap::new();
    for (place, outcome, message) in remarks {
        let Some((path, _)) = element(place, written, meant) else { continue };
        let note = Note { element: path, outcome: *outcome, message: message.clone() };
        by_place.entry(place).or_default().push(note);
    }
    for (place, fragment) in fragments {
        let Some((path, what)) = element(place, written, meant) else { continue };
        let notes = by_place.entry(place).or_default();
        for (key, value) in fragment.iter().filter(|(_, value)| *value != Literal::Null) {
            let names = names(key, value);
            let verb = if names.len() == 1 { "is" } else { "are" };
            let names = names.join(", ");
            notes.push(Note {
                element: path.key(key.clone()),
                outcome: Outcome::Kept,
                message: format!("{names}{what} {verb} kept in the custom property `pact`: other tools do not read it"),
            });
        }
    }
    by_place.into_values().flatten().collect()
}

/// Sections of which each key is a thing of its own.
const SECTIONS: &[&str] =
    &["publisher", "service_levels", "access", "obligations", "terms", "lineage", "lifecycle", "semantics", "privacy"];

fn names(key: &str, value: &Literal) -> Vec<String> {
    match value {
        Literal::Map(entries) if SECTIONS.contains(&key) => {
            let said = entries.iter().filter(|(_, value)| *value != Literal::Null);
            said.map(|(inner, _)| format!("`{key}.{inner}`")).collect()
        }
        _ => vec![format!("`{key}`")],
    }
}

/// The address of an element, and its name where its address is that of a list.
fn element(place: &Place, written: &Contract, meant: &Contract) -> Option<(Path, String)> {
    let dataset = |index: usize| meant.datasets.get(index);
    Some(match place {
        Place::Root => (Path::root(), String::new()),
        Place::Server(index) => {
            let name = &meant.sources.get(*index)?.environment;
            (Path::of("sources").key(name.clone()), String::new())
        }
        Place::Role(index) => (Path::of("access").key("roles").index(*index), String::new()),
        Place::Object(index) => (Path::dataset(&dataset(*index)?.name), String::new()),
        Place::Property(index, steps) => (field(dataset(*index)?, steps)?, String::new()),
        Place::Relationship(index, position) => {
            (Path::dataset(&dataset(*index)?.name).key("foreign_keys").index(*position), String::new())
        }
        Place::Rule(index, position) => {
            let dataset = dataset(*index)?;
            let rule = dataset.rules.get(*position)?;
            (rule_path(written, dataset, rule), format!(" of the rule {}", quoted(&rule.name)))
        }
    })
}

fn field(dataset: &Dataset, steps: &[Inner]) -> Option<Path> {
    let mut path = Path::dataset(&dataset.name);
    let mut at: Option<&Field> = None;
    for step in steps {
        let (next, step) = match step {
            Inner::Field(index) => {
                let fields = at.map_or(&dataset.fields, |field| &field.fields);
                let field = fields.get(*index)?;
                (field, Step::Field(field.name.clone()))
            }
            Inner::Items => (at?.items.as_deref()?, Step::Items),
            Inner::Values => (at?.values.as_deref()?, Step::Values),
            Inner::Keys => return Some(path.key("keys")),
        };
        path = path.step(step);
        at = Some(next);
    }
    Some(path)
}

/// Where a rule stands in the contract as it was given.
fn rule_path(written: &Contract, dataset: &Dataset, rule: &Rule) -> Path {
    let key = rule.family.name();
    let position = |rules: &[Rule]| {
        let mut family = rules.iter().filter(|one| one.family == rule.family);
        family.position(|one| one.name == rule.name)
    };
    if let Some(index) = position(&written.rules) {
        return Path::of("rules").key(key).index(index);
    }
    let own = written.datasets.iter().find(|one| one.name == dataset.name);
    let index = own.and_then(|dataset| position(&dataset.rules)).unwrap_or_default();
    Path::dataset(&dataset.name).key("rules").key(key).index(index)
}
