//! Properties: the fields of datasets, of objects, of items and of maps.

use std::collections::{HashMap, HashSet};

use super::Writer;
use super::entries::Entries;
use super::notes::Remark;
use super::order::PROPERTY;
use super::place::{Inner, Place};
use super::types::Typed;
use crate::format::odcs::version::Version::{V3_0_2, V3_1_0, V3_2_0};
use crate::model::{Constraint, ConstraintKind, DataType, Field, FieldRole, Literal};

/// Where a property stands.
#[derive(Debug)]
pub(super) struct At {
    /// The position of its dataset.
    pub(super) dataset: usize,
    /// The steps to it from the dataset.
    pub(super) steps: Vec<Inner>,
    /// The names of the fields on the way.
    pub(super) names: Vec<String>,
}

impl At {
    fn place(&self) -> Place {
        Place::Property(self.dataset, self.steps.clone())
    }
}

/// What a dataset says of its fields by their names.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    /// The fields of the primary key with their positions in it, from 1, where they are to be told.
    pub(super) primary: HashMap<&'a str, i128>,
    /// The fields by which rows are stored apart, with their positions.
    pub(super) partitions: HashMap<&'a str, i128>,
}

impl Writer<'_> {
    pub(super) fn properties(&mut self, fields: &[Field], at: &mut At, keys: &Keys<'_>) -> Vec<Literal> {
        let mut written = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            at.steps.push(Inner::Field(index));
            at.names.push(field.name.clone());
            written.push(self.property(field, at, keys));
            at.names.pop();
            at.steps.pop();
        }
        written
    }

    fn inner(&mut self, field: &Field, step: Inner, at: &mut At, keys: &Keys<'_>) -> Literal {
        at.steps.push(step);
        let written = self.property(field, at, keys);
        at.steps.pop();
        written
    }

    fn property(&mut self, field: &Field, at: &mut At, keys: &Keys<'_>) -> Literal {
        // Items and values have no name, and so little of what tells one field from another.
        let is_named = matches!(at.steps.last(), Some(Inner::Field(_)));
        let mut entries = Entries::default();
        let details = field.details.as_deref();
        if is_named {
            entries.text("name", Some(&field.name));
            entries.text("id", field.id().filter(|id| self.is_stable_id(id)));
            let physical = field.physical_name.as_deref();
            entries.text("physicalName", physical.filter(|_| self.version >= V3_0_2));
            entries.text("businessName", details.and_then(|details| details.title.as_deref()));
            positions(&mut entries, field, at, keys);
            if self.version >= V3_2_0 {
                entries.flag("deprecated", field.deprecated.is_some());
                entries.list("synonyms", details.map_or_else(Vec::new, |details| synonyms(&details.synonyms)));
            }
            entries.flag("criticalDataElement", field.critical);
            entries.flag("unique", field.unique);
        }
        let Typed { word, options, physical } = self.typed(field);
        entries.text("logicalType", word);
        entries.map("logicalTypeOptions", options);
        entries.text("physicalType", physical.as_deref());
        entries.flag("required", !field.nullable);
        entries.text("description", field.description.as_deref());
        entries.texts("tags", &field.tags);
        entries.text("classification", field.classification.as_deref());
        let semantics = field.semantics.as_deref();
        let role = semantics.and_then(|semantics| semantics.role);
        if self.version >= V3_2_0 {
            let is_role = matches!(role, Some(FieldRole::Measure | FieldRole::Dimension));
            entries.text("semanticType", role.filter(|_| is_role).map(FieldRole::name));
        }
        entries.text("transformLogic", semantics.and_then(|semantics| semantics.derivation.as_deref()));
        entries.list("examples", field.example_value.iter().cloned().collect());
        if is_named && field.is_foreign_key {
            let to = field.foreign_key_reference.as_deref().and_then(|to| self.reference(to));
            entries.list("relationships", to.iter().map(|to| relationship(to)).collect());
        }
        let mut quality = self.rules_of(at.dataset, &at.names.join("."), is_named);
        match listed(field) {
            Some(list) if self.version >= V3_2_0 => entries.list("enum", self.allowed(list)),
            Some(list) if self.version >= V3_1_0 => {
                quality.push(invalid_values(list));
                self.remarks.push((at.place(), Remark::ListIsRule));
            }
            _ => {}
        }
        entries.list("quality", quality);
        match word {
            Some("map") => {
                let key = Field::new("", field.keys.unwrap_or(DataType::Unknown));
                let mut map = Entries::default();
                map.put("key", self.inner(&key, Inner::Keys, at, keys));
                if let Some(values) = &field.values {
                    map.put("value", self.inner(values, Inner::Values, at, keys));
                }
                entries.map("map", map);
            }
            Some("array") | None if field.items.is_some() && field.fields.is_empty() => {
                if let Some(items) = &field.items {
                    entries.put("items", self.inner(items, Inner::Items, at, keys));
                }
            }
            Some("object") | None => {
                let properties = self.properties(&field.fields, at, keys);
                entries.list("properties", properties);
            }
            _ => {}
        }
        self.custom(&mut entries, super::custom_properties(&field.metadata), at.place());
        self.leftovers(&mut entries, &field.metadata, PROPERTY, &at.place());
        entries.in_order(PROPERTY)
    }

    fn allowed(&self, list: &Constraint) -> Vec<Literal> {
        let Literal::List(values) = &list.value else { return Vec::new() };
        let said = list.listing.as_deref().map_or(&[][..], |listing| &listing.entries);
        let mut waiting = said.iter().peekable();
        let mut written = Vec::with_capacity(values.len());
        for value in values {
            let mut entries = Entries::default();
            entries.put("value", value.clone());
            if let Some(entry) = waiting.next_if(|entry| entry.value == *value) {
                entries.text("label", entry.label.as_deref());
                let id = entry.id.as_ref().and_then(Literal::text).filter(|id| self.is_stable_id(id));
                entries.text("id", id);
                entries.text("description", entry.description.as_deref());
                let mut own = Entries::default();
                own.some("id", entry.id.clone().filter(|_| id.is_none()));
                own.flag("deprecated", entry.deprecated);
                if !own.is_empty() {
                    entries.list("customProperties", vec![super::pact_property(own.into_literal(), true)]);
                }
            }
            written.push(entries.into_literal());
        }
        written
    }
}

/// The part that a column has in the keys of its dataset.
fn positions(entries: &mut Entries, field: &Field, at: &At, keys: &Keys<'_>) {
    entries.flag("primaryKey", field.is_primary_key);
    let path = at.names.join(".");
    if field.is_primary_key
        && at.steps.len() == 1
        && let Some(position) = keys.primary.get(path.as_str())
    {
        entries.put("primaryKeyPosition", Literal::Int(*position));
    }
    if let Some(position) = keys.partitions.get(path.as_str()) {
        entries.flag("partitioned", true);
        entries.put("partitionKeyPosition", Literal::Int(*position));
    }
}

pub(super) fn synonyms(words: &[String]) -> Vec<Literal> {
    words
        .iter()
        .map(|word| {
            let mut entries = Entries::default();
            entries.text("synonym", Some(word));
            entries.into_literal()
        })
        .collect()
}

fn relationship(to: &str) -> Literal {
    let mut entries = Entries::default();
    entries.text("to", Some(to));
    entries.into_literal()
}

/// The list of allowed values, where it is one as the standard knows them: closed, for all rows, of scalars that differ.
fn listed(field: &Field) -> Option<&Constraint> {
    let list = field.constraint(ConstraintKind::Enum).filter(|list| list.when.is_none() && !list.is_open())?;
    let Literal::List(values) = &list.value else { return None };
    let mut seen = HashSet::with_capacity(values.len());
    let is_legal = |value: &Literal| match value {
        Literal::List(_) | Literal::Map(_) => false,
        Literal::Float(number) if !number.is_finite() => false,
        value => seen.insert(DataType::Json.identity(value)),
    };
    (!values.is_empty() && values.iter().all(is_legal)).then_some(list)
}

/// The list of allowed values as a rule, as it was said before 3.2.
fn invalid_values(list: &Constraint) -> Literal {
    let mut arguments = Entries::default();
    arguments.put("validValues", list.value.clone());
    let mut entries = Entries::default();
    entries.text("type", Some("library"));
    entries.text("metric", Some("invalidValues"));
    entries.map("arguments", arguments);
    entries.put("mustBe", Literal::Int(0));
    let mut marker = Entries::default();
    marker.text("constraint", Some("enum"));
    entries.list("customProperties", vec![super::pact_property(marker.into_literal(), false)]);
    entries.into_literal()
}
