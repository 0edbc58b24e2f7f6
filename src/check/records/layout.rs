//! Where the fields of a contract are in a record.

use std::collections::HashMap;
use std::sync::Arc;

use super::bytes::Key;
use crate::check::data::Column;
use crate::model::{DataType, Dataset, Field};

/// Something that is read of a record: a value in a slot of the row.
#[derive(Debug)]
pub(super) struct Member<'c> {
    /// The field; `None` for the record itself.
    pub(super) field: Option<&'c Field>,
    /// The key under which it is expected first.
    pub(super) key: Key,
    /// Its place in the record: `lines[].sku`.
    pub(super) path: Arc<str>,
    /// Where the value goes.
    pub(super) slot: usize,
    /// What is within it, where it is an object whose fields are known.
    pub(super) object: Option<Object<'c>>,
    /// The level of its items or values, where it is a list or a map.
    pub(super) inner: Option<usize>,
}

/// An object whose fields are known.
#[derive(Debug, Default)]
pub(super) struct Object<'c> {
    /// The fields, in the order of the contract.
    pub(super) members: Vec<Member<'c>>,
    /// Fields by every key under which they may come; how much later than the first one it is looked for.
    names: HashMap<&'c str, (usize, usize)>,
    /// Fields by their names in lower case, as SQL finds them.
    folded: HashMap<String, usize>,
}

impl<'c> Object<'c> {
    /// The field of a key, by its place, and the rank of the key among those of the field.
    pub(super) fn find(&self, key: &str) -> Option<(usize, usize)> {
        self.names.get(key).copied()
    }

    /// The field of a name as SQL finds it, in any letter case.
    pub(super) fn named(&self, name: &str) -> Option<&Member<'c>> {
        self.members.get(*self.folded.get(&name.to_lowercase())?)
    }

    /// The field of a name as the contract has it.
    pub(super) fn called(&self, name: &str) -> Option<&Member<'c>> {
        let is = |member: &&Member<'_>| member.field.is_some_and(|field| field.name == name);
        let known = self.names.get(name).and_then(|(place, _)| self.members.get(*place));
        known.filter(is).or_else(|| self.members.iter().find(is))
    }
}

/// What is read at once: the record, or an item of a list or map within one.
#[derive(Debug)]
pub(super) struct Level<'c> {
    /// What is read.
    pub(super) root: Member<'c>,
    /// How many slots a row of it has.
    pub(super) slots: usize,
    /// Where lists and maps are whose items are looked at: the slot, the level, and whether it is a map.
    pub(super) inner: Vec<(usize, usize, bool)>,
}

/// The levels of a dataset. The first is that of the record.
#[derive(Debug)]
pub(super) struct Layout<'c> {
    pub(super) levels: Vec<Level<'c>>,
    /// Where each field is, by its address: contracts have many.
    places: HashMap<usize, Place>,
}

/// Where a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) level: usize,
    pub(super) slot: usize,
    /// The slot of the object that has it.
    pub(super) parent: usize,
}

fn address(field: &Field) -> usize {
    std::ptr::from_ref(field).addr()
}

impl<'c> Layout<'c> {
    pub(super) fn new(dataset: &'c Dataset) -> Self {
        let mut layout = Self { levels: Vec::new(), places: HashMap::new() };
        layout.level(None, "", &dataset.fields);
        layout
    }

    fn level(&mut self, field: Option<&'c Field>, path: &str, fields: &'c [Field]) -> usize {
        let index = self.levels.len();
        if let Some(field) = field {
            self.places.insert(address(field), Place { level: index, slot: 0, parent: 0 });
        }
        let root = Member { field, key: Key::new(""), path: path.into(), slot: 0, object: None, inner: None };
        self.levels.push(Level { root, slots: 1, inner: Vec::new() });
        let object = self.object(index, 0, path, fields);
        let inner = field.and_then(|field| self.inner(index, path, field, 0));
        if let Some(level) = self.levels.get_mut(index) {
            level.root.object = object;
            level.root.inner = inner;
        }
        index
    }

    fn object(&mut self, level: usize, parent: usize, path: &str, fields: &'c [Field]) -> Option<Object<'c>> {
        if fields.is_empty() {
            return None;
        }
        let mut object = Object::default();
        for (place, field) in fields.iter().enumerate() {
            let member = self.member((level, parent), path, field);
            object.members.push(member);
            let own = field.physical_name.iter().chain(std::iter::once(&field.name)).chain(field.aliases());
            for (rank, name) in own.enumerate() {
                object.folded.entry(name.to_lowercase()).or_insert(place);
                if rank == 0 {
                    object.names.insert(name, (place, rank));
                } else {
                    // Two fields may have had one name: that under which a field is known now counts more.
                    object.names.entry(name).or_insert((place, rank));
                }
            }
        }
        // A name of now counts more than one of before.
        for (place, field) in fields.iter().enumerate().rev() {
            object.folded.insert(field.name.to_lowercase(), place);
        }
        Some(object)
    }

    fn member(&mut self, (level, parent): (usize, usize), within: &str, field: &'c Field) -> Member<'c> {
        let path = if within.is_empty() { field.name.clone() } else { format!("{within}.{}", field.name) };
        let slot = self.levels.get_mut(level).map_or(0, |level| {
            level.slots += 1;
            level.slots - 1
        });
        self.places.insert(address(field), Place { level, slot, parent });
        let object =
            if field.data_type == DataType::Object { self.object(level, slot, &path, &field.fields) } else { None };
        let inner = self.inner(level, &path, field, slot);
        let key = Key::new(field.physical_name.as_ref().unwrap_or(&field.name));
        Member { field: Some(field), key, path: path.into(), slot, object, inner }
    }

    fn inner(&mut self, level: usize, path: &str, field: &'c Field, slot: usize) -> Option<usize> {
        let (of, is_map) = match field.data_type {
            DataType::Array => (field.items.as_deref()?, false),
            DataType::Map => (field.values.as_deref()?, true),
            _ => return None,
        };
        let fields: &[Field] = if of.data_type == DataType::Object { &of.fields } else { &[] };
        let path = format!("{path}{}", if is_map { "{}" } else { "[]" });
        let inner = self.level(Some(of), &path, fields);
        if let Some(level) = self.levels.get_mut(level) {
            level.inner.push((slot, inner, is_map));
        }
        Some(inner)
    }

    /// Where a column is.
    pub(super) fn place(&self, column: &Column<'_>) -> Option<Place> {
        self.places.get(&address(column.field())).copied()
    }
}
