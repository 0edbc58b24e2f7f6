//! Words in the names and descriptions of fields.

use super::Entry;
use crate::model::{Contract, Dataset};

/// Keeps the fields that fit the words, as [`super::Filter::words`] says. Words are in lower case.
pub(super) fn narrow(contract: &Contract, dataset: &Dataset, entries: &mut Vec<Entry<'_>>, words: &[String]) {
    let around = texts([Some(&contract.name), Some(&dataset.name), dataset.physical_name.as_ref()]);
    let fits = |entry: &Entry<'_>| {
        let field = entry.field;
        let own = texts([Some(&entry.path), field.physical_name.as_ref(), field.description.as_ref()]);
        let before = texts(field.previously.iter().chain(field.aliases()).map(Some));
        let said = [&around, &own, &before];
        words.iter().all(|word| said.iter().any(|text| text.contains(word.as_str())))
    };
    let described = texts([contract.description.as_ref(), dataset.description.as_ref()]);
    let whole = words.iter().all(|word| described.contains(word.as_str()) || around.contains(word.as_str()));
    if !whole || entries.iter().any(fits) {
        entries.retain(fits);
    }
}

/// The texts that are there, in lower case, on a line each.
fn texts<'a>(texts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    texts.into_iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n")
}
