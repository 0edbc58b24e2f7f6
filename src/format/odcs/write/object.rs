//! Objects: the datasets of a contract.

use std::collections::HashMap;

use super::Writer;
use super::entries::Entries;
use super::order::{OBJECT, RELATIONSHIP};
use super::place::Place;
use super::property::{At, Keys};
use crate::format::odcs::keys::is_reference;
use crate::format::odcs::version::Version::{V3_1_0, V3_2_0};
use crate::model::{Dataset, ForeignKey, Grain, Literal, Medium};

impl Writer<'_> {
    pub(super) fn objects(&mut self) -> Vec<Literal> {
        let contract = self.contract;
        contract.datasets.iter().enumerate().map(|(index, dataset)| self.object(index, dataset)).collect()
    }

    fn object(&mut self, index: usize, dataset: &Dataset) -> Literal {
        let mut entries = Entries::default();
        entries.text("name", Some(&dataset.name));
        entries.text("id", dataset.id.as_deref().filter(|id| self.is_stable_id(id)));
        entries.text("physicalName", dataset.physical_name.as_deref());
        entries.text("physicalType", dataset.medium.and_then(medium));
        entries.text("businessName", dataset.title.as_deref());
        entries.text("description", dataset.description.as_deref());
        if self.version >= V3_2_0 {
            entries.flag("deprecated", dataset.deprecated.is_some());
        }
        entries.texts("tags", &dataset.tags);
        let grain = dataset.grain.as_ref().map(|grain| match grain {
            Grain::Text(text) => text.clone(),
            Grain::Fields(fields) => format!("one row for each {}", fields.join(", ")),
        });
        entries.text("dataGranularityDescription", grain.as_deref());
        let mut at = At { dataset: index, steps: Vec::new(), names: Vec::new() };
        let properties = self.properties(&dataset.fields, &mut at, &keys(dataset));
        entries.list("properties", properties);
        let relationships = self.relationships(index, dataset);
        entries.list("relationships", relationships);
        let quality = self.other_rules(index);
        entries.list("quality", quality);
        self.custom(&mut entries, super::custom_properties(&dataset.metadata), Place::Object(index));
        self.leftovers(&mut entries, &dataset.metadata, OBJECT, &Place::Object(index));
        entries.in_order(OBJECT)
    }

    fn relationships(&mut self, index: usize, dataset: &Dataset) -> Vec<Literal> {
        if self.version < V3_1_0 {
            return Vec::new();
        }
        let mut written = Vec::with_capacity(dataset.foreign_keys.len());
        for (position, key) in dataset.foreign_keys.iter().enumerate() {
            written.extend(self.relationship(&Place::Relationship(index, position), dataset, key));
        }
        written
    }

    fn relationship(&mut self, place: &Place, dataset: &Dataset, key: &ForeignKey) -> Option<Literal> {
        let from = |field: &String| self.legal(format!("{}.{field}", dataset.name)).map(Literal::Text);
        let from: Vec<Literal> = key.fields.iter().map(from).collect::<Option<_>>()?;
        let to = |field: &String| self.reference(&target(&key.references, field)).map(Literal::Text);
        let to: Vec<Literal> = key.referenced_fields.iter().map(to).collect::<Option<_>>()?;
        if from.is_empty() || from.len() != to.len() {
            return None;
        }
        let ends = |mut ends: Vec<Literal>| match ends.len() {
            1 => ends.pop().unwrap_or(Literal::Null),
            _ => Literal::List(ends),
        };
        let mut entries = Entries::default();
        entries.text("id", key.id.as_deref().filter(|id| self.version >= V3_2_0 && self.is_stable_id(id)));
        entries.put("from", ends(from));
        entries.put("to", ends(to));
        self.custom(&mut entries, super::custom_properties(&key.metadata), place.clone());
        self.leftovers(&mut entries, &key.metadata, RELATIONSHIP, place);
        Some(entries.in_order(RELATIONSHIP))
    }

    /// What a reference of the model leads to, in the standard's words: `object.property` in this file, `contract.property`
    /// elsewhere.
    pub(super) fn reference(&self, to: &str) -> Option<String> {
        if self.version < V3_1_0 {
            return None;
        }
        let own = to.strip_prefix(self.contract.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let own = own.filter(|rest| {
            let starts = |name: &str| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            self.contract.datasets.iter().any(|dataset| starts(&dataset.name))
        });
        self.legal(own.unwrap_or(to).to_owned())
    }

    /// A reference that the version can write.
    fn legal(&self, to: String) -> Option<String> {
        let is_external = to.contains('/') && is_reference(&to, self.version >= V3_2_0);
        let is_name = |part: &str| {
            let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let starts = part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
            starts && part.chars().all(|letter| is_letter(letter) || letter == '-' && self.version >= V3_2_0)
        };
        let parts = to.split('.').count();
        let has_parts = if self.version >= V3_2_0 { parts >= 2 } else { parts == 2 };
        (is_external || has_parts && to.split('.').all(is_name)).then_some(to)
    }
}

/// A field of a dataset that is referred to. What is named by its identifier has `properties` before those of its fields.
fn target(references: &str, field: &str) -> String {
    let inner = references.rsplit_once('#').map_or(references, |(_, inner)| inner);
    if inner.contains('/') { format!("{references}/properties/{field}") } else { format!("{references}.{field}") }
}

/// The parts that fields have in the keys of their dataset. The order of a key is told where there is one to tell.
fn keys(dataset: &Dataset) -> Keys<'_> {
    let key: Vec<&str> = dataset.primary_key().map(|field| field.name.as_str()).collect();
    let primary =
        if key.len() > 1 || !dataset.key_order.is_empty() { positions(key.into_iter()) } else { HashMap::new() };
    Keys { primary, partitions: positions(dataset.partitioned_by.iter().map(String::as_str)) }
}

/// The positions of names in their list, from 1; the first of equal ones.
fn positions<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<&'a str, i128> {
    let mut positions = HashMap::new();
    for (name, position) in names.zip(1..) {
        positions.entry(name).or_insert(position);
    }
    positions
}

/// The media that the standard's examples have a word for.
fn medium(medium: Medium) -> Option<&'static str> {
    Some(match medium {
        Medium::Table => "table",
        Medium::View => "view",
        Medium::MaterializedView => "materialized view",
        Medium::Topic => "topic",
        Medium::Files => "file",
        Medium::Resource => return None,
    })
}
