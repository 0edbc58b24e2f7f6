//! What of a contract stands in `metadata`, since the model has no word for it: in a native file it is kept, and other tools
//! than pact make nothing of it.

use super::read::ODCS;
use crate::format::written::{Note, Outcome};
use crate::model::{Contract, Dataset, Field, Literal, Path, Rule, Step};

/// A note for each element of which something stands under `metadata.odcs`.
pub(in crate::format) fn notes(contract: &Contract) -> Vec<Note> {
    let mut notes = Vec::new();
    of(&contract.metadata, &Path::root(), &mut notes);
    for (index, channel) in contract.publisher.channels.iter().enumerate() {
        of(&channel.metadata, &Path::of("publisher").key("channels").index(index), &mut notes);
    }
    let roles = contract.access.as_ref().map(|access| access.roles.as_slice()).unwrap_or_default();
    for (index, role) in roles.iter().enumerate() {
        of(&role.metadata, &Path::of("access").key("roles").index(index), &mut notes);
    }
    rules(&contract.rules, &Path::root(), &mut notes);
    for dataset in &contract.datasets {
        of_dataset(dataset, &mut notes);
    }
    notes
}

fn of_dataset(dataset: &Dataset, notes: &mut Vec<Note>) {
    let at = Path::dataset(&dataset.name);
    of(&dataset.metadata, &at, notes);
    rules(&dataset.rules, &at, notes);
    for (index, key) in dataset.foreign_keys.iter().enumerate() {
        of(&key.metadata, &at.key("foreign_keys").index(index), notes);
    }
    dataset.walk(&mut |path: &Path, field: &Field| of(&field.metadata, path, notes));
}

fn rules(rules: &[Rule], at: &Path, notes: &mut Vec<Note>) {
    for rule in rules {
        of(&rule.metadata, &at.key("rules").step(Step::Field(rule.name.clone())), notes);
    }
}

fn of(metadata: &[(String, Literal)], at: &Path, notes: &mut Vec<Note>) {
    let Some((_, Literal::Map(left))) = metadata.iter().find(|(key, _)| key == ODCS) else { return };
    if left.is_empty() {
        return;
    }
    let keys: Vec<String> = left.iter().map(|(key, _)| format!("`{key}`")).collect();
    let verb = if keys.len() == 1 { "has no word here" } else { "have no words here" };
    let message = format!("{} {verb}: kept under `metadata.odcs`", keys.join(", "));
    notes.push(Note { element: at.clone(), outcome: Outcome::Kept, message });
}
