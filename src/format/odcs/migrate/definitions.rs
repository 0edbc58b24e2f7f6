//! Custom properties and authoritative definitions: lists that an element of any kind may have, whose items were open in 3.0.

use super::keys::{custom_property, definition as known_definition};
use super::notes::{CUSTOM, Notes, keep, take_unknown};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Node, Value};

const DEFINITIONS: &str = "authoritativeDefinitions";

/// Closes both lists of an element. What finds no place in an item becomes a custom property of the element.
pub(super) fn both(element: &mut Node, path: &Path, notes: &mut Notes) {
    let mut homeless = Vec::new();
    let definitions = element.get_mut(DEFINITIONS).and_then(Node::items_mut).into_iter().flatten();
    for (index, definition) in definitions.enumerate() {
        for entry in take_unknown(definition, known_definition) {
            let name = definition.get("type").and_then(Node::text).map_or_else(|| index.to_string(), str::to_owned);
            homeless.push((format!("{DEFINITIONS}.{name}.{}", entry.key), entry));
        }
    }
    let properties = element.get_mut(CUSTOM).and_then(Node::items_mut).into_iter().flatten();
    for (index, property) in properties.enumerate().filter(|(_, item)| matches!(item.value, Value::Map(_))) {
        let name = match property.get("property").and_then(Node::text) {
            Some(name) => name.to_owned(),
            None => unnamed(property, path, index, notes),
        };
        if property.entry("value").is_none() {
            property.set("value", Value::Null, Some("property"));
            notes.reworded(&path.key(CUSTOM).index(index), "a custom property has a `value` in 3.2: it is null");
        }
        for entry in take_unknown(property, custom_property) {
            homeless.push((format!("{name}.{}", entry.key), entry));
        }
    }
    for (name, entry) in homeless {
        let message =
            format!("3.2 has no {} there: it is the custom property {} now", quoted(&entry.key), quoted(&name));
        notes.kept(path, message);
        keep(element, &name, entry.value);
    }
}

/// Gives a custom property a name: that of its only key, where it is written as `key: value`.
fn unnamed(property: &mut Node, path: &Path, index: usize, notes: &mut Notes) -> String {
    let path = path.key(CUSTOM).index(index);
    if let [only] = property.entries()
        && !custom_property(&only.key)
    {
        let (name, value) = (only.key.to_string(), only.value.clone());
        property.value = Value::Map(Vec::new());
        property.add("property", name.as_str());
        property.add("value", value);
        notes.reworded(&path, format!("{} is written as `property` and `value`", quoted(&name)));
        return name;
    }
    let name = format!("property{}", index + 1);
    if let Some(entries) = property.entries_mut() {
        entries.insert(0, crate::source::Entry::new("property", name.as_str()));
    }
    notes.reworded(&path, format!("a custom property has a name in 3.2: it is called {}", quoted(&name)));
    name
}
