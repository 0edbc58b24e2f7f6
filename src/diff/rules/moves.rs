//! Fields that are gone in one place and new in another: moved, wrapped into an object, or taken out of one.

use std::collections::{HashMap, HashSet};

use super::{At, Changes, code, field, text, texts};
use crate::model::{DataType, Dataset, Field, Path, Step};

/// A field that is only on one side, and the change that says so.
struct Stray<'a> {
    /// The position of the change; `None` for a part of an object that is only there on one side as well.
    change: Option<usize>,
    /// Where the field is, or would be, on either side.
    at: At,
    field: &'a Field,
}

/// Turns removals and additions that belong together into one finding each. Looks at the changes from a position on: those
/// of one dataset.
pub(super) fn collapse(changes: &mut Changes, from: usize, base: &Dataset, head: &Dataset) {
    let (mut gone, mut new) = strays(changes, from, base, head);
    if gone.is_empty() || new.is_empty() {
        return;
    }
    let mut said: HashSet<usize> = HashSet::new();
    objects(changes, &mut new, &mut gone, &mut said, true);
    objects(changes, &mut gone, &mut new, &mut said, false);
    moved(changes, &gone, &new, &mut said);
    if said.is_empty() {
        return;
    }
    let mut position = 0;
    changes.list.retain(|_| {
        position += 1;
        !said.contains(&(position - 1))
    });
}

fn strays<'a>(
    changes: &Changes,
    from: usize,
    base: &'a Dataset,
    head: &'a Dataset,
) -> (Vec<Stray<'a>>, Vec<Stray<'a>>) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    let (mut old, mut fresh) = (ByPath::of(base), ByPath::of(head));
    for (position, change) in changes.list.iter().enumerate().skip(from) {
        let is = |prefix| change.meta.code.starts_with(prefix);
        let (list, fields, path) = if is("field-removed-") {
            (&mut gone, &mut old, &change.base.path)
        } else if is("field-added-") {
            (&mut new, &mut fresh, &change.head.path)
        } else {
            continue;
        };
        if let Some(field) = fields.at(path) {
            let at = At { base: change.base.path.clone(), head: change.head.path.clone() };
            list.push(Stray { change: Some(position), at, field });
        }
    }
    (gone, new)
}

/// Finds the fields of a dataset, each object read once: thousands of one object may be looked for.
struct ByPath<'a> {
    top: HashMap<&'a str, &'a Field>,
    /// The parts of objects, by the address of these.
    inner: HashMap<*const Field, HashMap<&'a str, &'a Field>>,
}

impl<'a> ByPath<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        Self { top: by_name(&dataset.fields), inner: HashMap::new() }
    }

    fn at(&mut self, path: &Path) -> Option<&'a Field> {
        let mut found: Option<&'a Field> = None;
        for step in path.steps().iter().skip(1) {
            found = match (step, found) {
                (Step::Field(name), None) => self.top.get(name.as_str()).copied(),
                (Step::Field(name), Some(field)) => {
                    let parts = self.inner.entry(std::ptr::from_ref(field)).or_insert_with(|| by_name(&field.fields));
                    parts.get(name.as_str()).copied()
                }
                (Step::Items, Some(field)) => field.items.as_deref(),
                (Step::Values, Some(field)) => field.values.as_deref(),
                _ => None,
            };
            found?;
        }
        found
    }
}

fn by_name(fields: &[Field]) -> HashMap<&str, &Field> {
    fields.iter().map(|field| (field.name.as_str(), field)).collect()
}

fn is_alike(one: &Field, other: &Field) -> bool {
    one.name == other.name && one.type_text() == other.type_text()
}

/// Objects on one side whose parts are fields beside them on the other. `wrapped` says that the objects are the new ones.
fn objects<'a>(
    changes: &mut Changes,
    objects: &mut Vec<Stray<'a>>,
    parts: &mut Vec<Stray<'a>>,
    said: &mut HashSet<usize>,
    wrapped: bool,
) {
    let beside: HashMap<(Option<Path>, &str), usize> = parts
        .iter()
        .enumerate()
        .map(|(index, stray)| ((stray.at.base.parent(), stray.field.name.as_str()), index))
        .collect();
    let mut taken: HashSet<usize> = HashSet::new();
    objects.retain(|object| {
        if object.field.data_type != DataType::Object {
            return true;
        }
        let parent = object.at.base.parent();
        let part = |inner: &'a Field| {
            let index = *beside.get(&(parent.clone(), inner.name.as_str()))?;
            let stray = parts.get(index).filter(|stray| is_alike(stray.field, inner) && !taken.contains(&index))?;
            Some((index, inner, stray))
        };
        let matching: Vec<_> = object.field.fields.iter().filter_map(part).collect();
        // A single one of several parts may well be a coincidence, or have moved alone.
        if matching.is_empty() || matching.len() == 1 && object.field.fields.len() > 1 {
            return true;
        }
        let (whole, list) =
            (text(object.field.data_type.name()), texts(matching.iter().map(|(_, inner, _)| &inner.name)));
        if wrapped {
            let at = At { base: parent.clone().unwrap_or_default(), head: object.at.head.clone() };
            changes.push(&code::TYPE_STRUCT_WRAPPED, &at, Some(list), Some(whole));
        } else {
            changes.push(&code::TYPE_STRUCT_FLATTENED, &object.at, Some(whole), Some(list));
        }
        let found: Vec<usize> = matching.iter().map(|(index, _, _)| *index).collect();
        for (_, inner, stray) in matching {
            said.extend(stray.change);
            if wrapped {
                let at = At { base: stray.at.base.clone(), head: object.at.head.field(&inner.name) };
                field::compare(changes, &at, stray.field, inner);
            } else {
                let at = At { base: object.at.base.field(&inner.name), head: stray.at.head.clone() };
                field::compare(changes, &at, inner, stray.field);
            }
        }
        taken.extend(found);
        said.extend(object.change);
        false
    });
    let mut index = 0;
    parts.retain(|_| {
        index += 1;
        !taken.contains(&(index - 1))
    });
}

/// Fields, and parts of objects, with the same name and type (or the same id) that are gone in one place and new in one
/// other.
fn moved(changes: &mut Changes, gone: &[Stray<'_>], new: &[Stray<'_>], said: &mut HashSet<usize>) {
    let (gone, new) = (with_parts(gone), with_parts(new));
    let key = |stray: &Stray<'_>| match stray.field.id() {
        Some(id) => (true, id.to_owned(), String::new()),
        None => (false, stray.field.name.clone(), stray.field.type_text()),
    };
    // What is there twice could have come from either place.
    let mut places: HashMap<_, [Vec<usize>; 2]> = HashMap::new();
    for (side, list) in [&gone, &new].into_iter().enumerate() {
        for (index, stray) in list.iter().enumerate() {
            places.entry(key(stray)).or_default()[side].push(index);
        }
    }
    for old in &gone {
        let Some([one, other]) = places.get(&key(old)) else { continue };
        let ([_], [place]) = (one.as_slice(), other.as_slice()) else { continue };
        let Some(new) = new.get(*place) else { continue };
        let described = [old, new].map(|stray| stray.field.description.as_deref().map(str::trim));
        let differ = matches!(described, [Some(one), Some(other)] if one != other) && old.field.id().is_none();
        // Parts of an object that went, and of one that came, say nothing of the two objects.
        let of_objects = old.change.is_none() && new.change.is_none();
        if differ || of_objects || old.at.base.parent() == new.at.base.parent() {
            continue;
        }
        let at = At { base: old.at.base.clone(), head: new.at.head.clone() };
        let values = (text(&at.base.to_string()), text(&at.head.to_string()));
        changes.push(&code::FIELD_MOVED, &at, Some(values.0), Some(values.1));
        said.extend(old.change.into_iter().chain(new.change));
        field::compare(changes, &at, old.field, new.field);
    }
}

/// Strays, and the parts of those that are objects.
fn with_parts<'a>(strays: &[Stray<'a>]) -> Vec<Stray<'a>> {
    let mut all = Vec::new();
    for stray in strays {
        all.push(Stray { change: stray.change, at: stray.at.clone(), field: stray.field });
        for inner in &stray.field.fields {
            all.push(Stray { change: None, at: stray.at.field(&inner.name), field: inner });
        }
    }
    all
}
