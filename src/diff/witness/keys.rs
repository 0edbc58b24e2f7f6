//! Rows that a key forbids on one side only.

use std::collections::{BTreeSet, HashMap};

use super::{fields, shown, sides, witness};
use crate::diff::change::Changes;
use crate::finding::change::{Change, Legal};
use crate::model::{Dataset, Field, Literal, Step};

type Set = BTreeSet<String>;

/// What no two rows of a dataset may share, under the names that the fields have after the change.
pub(in crate::diff) struct Keys {
    /// The fields of the primary key.
    pub(in crate::diff) primary: Set,
    /// Groups that are unique.
    pub(in crate::diff) unique: BTreeSet<Set>,
    /// Every field of the dataset.
    pub(in crate::diff) fields: Set,
}

impl Keys {
    /// Whether two rows may share these values and differ in all others.
    fn allow(&self, shared: &Set) -> bool {
        let forbids = |key: &Set| !key.is_empty() && key.is_subset(shared);
        !forbids(&self.primary) && !self.unique.iter().any(forbids)
    }
}

/// Finds witnesses for the changes of keys that were noted from a position on. `now` has the fields as they are called now.
pub(in crate::diff) fn of_keys(changes: &mut Changes, from: usize, [base, head]: [&Keys; 2], now: &Dataset) {
    let Changes { list, languages, .. } = changes;
    let Some(list) = list.get_mut(from..).filter(|list| !list.is_empty()) else { return };
    let by_name: HashMap<&str, &Field> = now.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    for change in list {
        change.witness = sides(change.levels).iter().find_map(|legal_in| {
            let (legal, illegal) = if *legal_in == Legal::Head { (head, base) } else { (base, head) };
            let shared = shared(change, *legal_in, illegal)?;
            // Rows that lack a field can't share its value.
            let is_there = |name: &String| legal.fields.contains(name.split('.').next().unwrap_or(name));
            if !shared.iter().all(is_there) || !legal.allow(&shared) || illegal.allow(&shared) {
                return None;
            }
            let values: Option<Vec<(&String, Literal)>> = shared
                .iter()
                .map(|name| {
                    let field = by_name.get(name.as_str())?;
                    Some((name, fields::sample(field, languages)?))
                })
                .collect();
            let text = match &values {
                Some(values) => {
                    let values: Vec<String> =
                        values.iter().map(|(name, value)| format!("{name} = {}", shown(value))).collect();
                    format!("two rows with {}", values.join(" and "))
                }
                None => format!("two rows with the same {}", shared.iter().cloned().collect::<Vec<_>>().join(" and ")),
            };
            let value = values.map(|values| values.into_iter().map(|(name, value)| (name.clone(), value)).collect());
            Some(Box::new(witness(*legal_in, value.map(Literal::Map), text)))
        });
    }
}

/// The fields of the key that a change is about, on the side that forbids to share their values.
fn shared(change: &Change, legal_in: Legal, illegal: &Keys) -> Option<Set> {
    if change.meta.code.starts_with("primary-key-") {
        return Some(illegal.primary.clone());
    }
    let side = if legal_in == Legal::Head { &change.base } else { &change.head };
    match &side.value {
        Some(Literal::List(names)) => names.iter().map(|name| name.text().map(str::to_owned)).collect(),
        _ => match change.head.path.steps().last()? {
            Step::Field(name) => Some(Set::from([name.clone()])),
            _ => None,
        },
    }
}
