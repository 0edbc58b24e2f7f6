//! Objects: the datasets of a contract.

use super::Whole;
use super::custom::{Custom, custom};
use super::leftovers::Leftovers;
use super::property::{Gathered, Properties, deprecation, owned};
use super::references::foreign_key;
use super::rules::rules;
use crate::format::native::shapes;
use crate::format::odcs::fragment;
use crate::format::values::texts;
use crate::model::{Dataset, Grain, Medium};
use crate::source::Node;

/// The objects of a contract; those without a name are passed over.
pub(super) fn objects<'a>(schema: Option<&'a Node>, whole: Whole<'a, '_>) -> Vec<Dataset> {
    let items = schema.map(Node::items).unwrap_or_default();
    let mut datasets = Vec::with_capacity(items.len());
    datasets.extend(items.iter().filter_map(|item| object(item, whole)));
    datasets
}

fn object<'a>(node: &'a Node, whole: Whole<'a, '_>) -> Option<Dataset> {
    let name = node.get("name")?.text()?;
    let mut dataset = Dataset { name: name.to_owned(), ..Dataset::default() };
    let mut rest = Leftovers::default();
    let mut properties = Properties::new(whole);
    let (mut quality, mut relationships, mut metadata) = (None, None, Custom::default());
    for entry in node.entries() {
        let value = &entry.value;
        match &*entry.key {
            "name" => {}
            "id" => dataset.id = value.scalar_text(),
            "physicalName" => dataset.physical_name = owned(value).filter(|physical| physical != name),
            "description" => dataset.description = owned(value),
            "businessName" => dataset.title = owned(value),
            "tags" => dataset.tags = texts(Some(value)),
            "deprecated" => dataset.deprecated = deprecation(value),
            "dataGranularityDescription" => dataset.grain = owned(value).map(Grain::Text),
            "physicalType" => match value.text().and_then(medium) {
                Some(medium) => dataset.medium = Some(medium),
                None => rest.keep(entry),
            },
            "logicalType" if value.text() == Some("object") => {}
            "properties" => dataset.fields = properties.list(value),
            "quality" => quality = Some(value),
            "relationships" => relationships = Some(value),
            "customProperties" => metadata = custom(value, &mut rest),
            _ => rest.keep(entry),
        }
    }
    let gathered = properties.gathered;
    dataset.rules = rules(quality, &gathered.rules, whole.fragments);
    let of_properties = gathered.relationships.iter();
    let of_properties = of_properties.filter_map(|(field, node)| foreign_key(node, name, Some(field), whole));
    dataset.foreign_keys = of_properties.collect();
    let own = relationships.map(Node::items).unwrap_or_default().iter();
    dataset.foreign_keys.extend(own.filter_map(|node| foreign_key(node, name, None, whole)));
    keys(&mut dataset, gathered);
    dataset.metadata = metadata.metadata;
    rest.into_metadata(&mut dataset.metadata);
    if let Some(fragment) = metadata.fragment {
        whole.fragments.note(fragment, &shapes::DATASET);
        dataset = fragment::dataset(fragment, dataset);
    }
    Some(dataset)
}

/// The order of the primary key, where it is another one than that of the properties, and the partitions.
fn keys(dataset: &mut Dataset, gathered: Gathered<'_>) {
    let mut key = gathered.key;
    key.sort_by_key(|(position, _)| *position);
    let in_order = dataset.fields.iter().filter(|field| field.is_primary_key).map(|field| field.name.as_str());
    if !key.is_empty() && !in_order.eq(key.iter().map(|(_, name)| name.as_str())) {
        // Fields of the key without a position come last, in their own order.
        dataset.key_order = key.into_iter().map(|(_, name)| name).collect();
    }
    let mut partitions = gathered.partitions;
    partitions.sort_by_key(|(position, _)| *position);
    dataset.partitioned_by = partitions.into_iter().map(|(_, name)| name).collect();
}

/// The media that have a word of their own.
fn medium(word: &str) -> Option<Medium> {
    Some(match word.to_lowercase().as_str() {
        "table" => Medium::Table,
        "view" => Medium::View,
        "materialized view" | "materialized_view" | "materializedview" => Medium::MaterializedView,
        "topic" => Medium::Topic,
        "file" | "files" => Medium::Files,
        _ => return None,
    })
}
