//! What only follows a rename: to name a field as it is called now is no change beside that of its name.

use std::collections::HashMap;

use super::{Changes, code};
use crate::finding::change::{Change, ChangeMeta};
use crate::model::{Path, Step};

/// Leaves out changes of which field something is about where it is the same field under its new name.
pub(super) fn drop_what_follows(changes: &mut Changes) {
    if !changes.list.iter().any(is_reference) {
        return;
    }
    let mut renames: HashMap<String, String> = HashMap::new();
    for change in changes.list.iter().filter(|change| is_rename(change.meta)) {
        let of = |path: &Path| names(path, false).zip(names(path, true));
        if let (Some(base), Some(head)) = (of(&change.base.path), of(&change.head.path)) {
            renames.insert(base.0, head.0);
            renames.insert(base.1, head.1);
        }
    }
    changes.list.retain(|change| {
        let value = |value: &Option<crate::model::Literal>| value.as_ref()?.text().map(str::to_owned);
        !is_reference(change)
            || !matches!((value(&change.base.value), value(&change.head.value)), (Some(base), Some(head)) if leads(&renames, &base, &head))
    });
}

/// Whether a change is about which field something is about.
fn is_reference(change: &Change) -> bool {
    let metas: [&ChangeMeta; 2] = [&code::FRESHNESS_ELEMENT_CHANGED, &code::QUALITY_METRIC_CHANGED];
    let key = change.head.place.steps().last();
    metas.contains(&change.meta)
        && matches!(key, Some(Step::Key(key)) if matches!(key.as_ref(), "field" | "timestamp_field"))
}

fn is_rename(meta: &ChangeMeta) -> bool {
    [
        &code::FIELD_RENAMED,
        &code::FIELD_RENAMED_WITH_ALIAS,
        &code::FIELD_LOGICAL_NAME_CHANGED,
        &code::FIELD_NAME_CASE_CHANGED,
        &code::FIELD_MOVED,
        &code::DATASET_LOGICAL_NAME_CHANGED,
        &code::DATASET_PHYSICAL_NAME_CHANGED,
        &code::DATASET_PHYSICAL_NAME_ALIASED,
    ]
    .contains(&meta)
}

/// What a path is called where something refers to it, with its dataset or without; `None` where it is no field then.
fn names(path: &Path, qualified: bool) -> Option<String> {
    let names = path.steps().iter().filter_map(|step| match step {
        Step::Dataset(name) => Some(name).filter(|_| qualified),
        Step::Field(name) => Some(name),
        _ => None,
    });
    let names: Vec<&str> = names.map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join("."))
}

/// Whether one name became the other, by itself or by what is around it.
fn leads(renames: &HashMap<String, String>, base: &str, head: &str) -> bool {
    if base == head {
        return true;
    }
    let ends = base.match_indices('.').map(|(end, _)| end).chain([base.len()]);
    ends.filter_map(|end| Some((renames.get(base.get(..end)?)?, base.get(end..)?)))
        .any(|(now, rest)| head.strip_prefix(now.as_str()).is_some_and(|end| end == rest))
}
