//! Models as objects of the schema.

use super::definitions::Definitions;
use super::{Notes, fields, form, leftovers, links, prose, quality, tags, text_of};
use crate::model::Path;
use crate::source::{Entry, Node, Value};

/// The models, in their order.
pub(super) fn upgrade(new: &mut Node, models: Option<Node>, definitions: &mut Definitions, notes: &mut Notes) {
    let Some(models) = form::by_name(models, &Path::of("models"), notes) else { return };
    let mut objects = Vec::with_capacity(models.len());
    for entry in models {
        let path = Path::dataset(&*entry.key);
        let mut object = Node::mapping().with("name", &*entry.key);
        model(&mut object, entry.value, &path, definitions, notes);
        objects.push(object);
    }
    new.add("schema", objects);
}

fn model(new: &mut Node, mut old: Node, path: &Path, definitions: &mut Definitions, notes: &mut Notes) {
    if old.entry("title").is_some()
        && let Some(title) = old.take("title").and_then(|title| text_of(&title))
    {
        new.add("businessName", title);
    }
    config(new, &mut old, notes);
    new.add("logicalType", "object");
    // A model is a table where it says nothing else.
    new.add("physicalType", old.take("type").and_then(|kind| text_of(&kind)).unwrap_or_else(|| "table".into()));
    if let Some(description) = old.take("description").and_then(|text| prose(&text)) {
        new.add("description", description);
    }
    tags(new, &mut old);
    let mut properties = fields::all(old.take("fields"), path, definitions, notes);
    primary_key(&mut properties, &mut old, path, notes);
    if !properties.is_empty() {
        new.add("properties", properties);
    }
    quality::of_element(new, &mut old, path, notes);
    links(new, &mut old, path, notes);
    leftovers(new, old, path, notes);
}

/// The name of the table: the one on the platform of the servers, or the only one that the configuration names. Everything else of it
/// is left over.
fn config(new: &mut Node, old: &mut Node, notes: &Notes) {
    let Some(Value::Map(mut config)) = old.take("config").map(|config| config.value) else { return };
    let is_table = |entry: &Entry| entry.key.ends_with("Table") && entry.value.text().is_some();
    let mut tables = config.iter().enumerate().filter(|(_, entry)| is_table(entry));
    let only = tables.next().map(|(index, _)| index).filter(|_| tables.next().is_none());
    let own = config.iter().position(|entry| is_table(entry) && fields::is_of_platform(&entry.key, "Table", notes));
    if let Some(index) = own.or(only) {
        new.add("physicalName", config.remove(index).value);
    }
    for entry in config {
        old.add(&entry.key, entry.value);
    }
}

/// The primary key of the model, told by its properties.
fn primary_key(properties: &mut [Node], old: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(key) = old.get("primaryKey") else { return };
    let names: Vec<String> = key.one_or_many().iter().filter_map(Node::scalar_text).collect();
    let position = |property: &Node| {
        let name = property.get("name").and_then(Node::text)?;
        names.iter().position(|other| other == name)
    };
    if names.is_empty() || properties.iter().filter(|property| position(property).is_some()).count() != names.len() {
        return;
    }
    for property in properties.iter_mut() {
        let Some(position) = position(property) else { continue };
        let behind = ["logicalTypeOptions", "physicalType", "logicalType", "name"]
            .into_iter()
            .find(|key| property.entry(key).is_some());
        property.set("primaryKey", true, behind);
        property.set("primaryKeyPosition", i32::try_from(position + 1).unwrap_or(i32::MAX), Some("primaryKey"));
    }
    if let Some(key) = old.take("primaryKey") {
        notes.carry(&key);
    }
    notes.reworded(
        &path.key("primaryKey"),
        "`primaryKey` of the model is `primaryKey` and `primaryKeyPosition` of its properties",
    );
}
