//! The data itself: fields.

use super::constraint::constraint;
use super::meaning::{privacy, semantics};
use crate::format::values::{count, dict, each, flag, literal, literals, scalar, text, texts, word};
use crate::model::{DataType, Deprecation, Details, Field, Physical, Storage};
use crate::source::{Node, Value};

pub(super) fn fields(node: Option<&Node>) -> Vec<Field> {
    each(node, |node| field(node, text(node, "name")?))
}

/// A field; items and values have the name of nothing.
pub(in crate::format) fn field(node: &Node, name: String) -> Option<Field> {
    let inner = |key| node.get(key).and_then(|node| field(node, String::new())).map(Box::new);
    Some(Field {
        description: text(node, "description"),
        nullable: flag(node, "nullable").unwrap_or(true),
        unique: flag(node, "unique").unwrap_or_default(),
        is_primary_key: flag(node, "is_primary_key").unwrap_or_default(),
        is_foreign_key: flag(node, "is_foreign_key").unwrap_or_default(),
        foreign_key_reference: text(node, "foreign_key_reference"),
        is_pii: flag(node, "is_pii").unwrap_or_default(),
        classification: text(node, "classification"),
        unit: text(node, "unit"),
        format: text(node, "format"),
        precision: count(node, "precision"),
        scale: count(node, "scale"),
        physical_name: text(node, "physical_name"),
        storage: storage(node),
        keys: word(node, "keys", DataType::from_name),
        example_value: node.get("example_value").map(literal),
        default_value: node.get("default_value").map(literal),
        previously: texts(node.get("previously")),
        always_present: flag(node, "always_present"),
        critical: flag(node, "critical").unwrap_or_default(),
        details: details(node),
        deprecated: node.get("deprecated").and_then(deprecation).map(Box::new),
        internal: flag(node, "internal").unwrap_or_default(),
        tags: texts(node.get("tags")),
        metadata: dict(node.get("metadata"), literal),
        constraints: each(node.get("constraints"), constraint),
        semantics: node.get("semantics").and_then(semantics),
        privacy: node.get("privacy").and_then(privacy),
        fields: fields(node.get("fields")),
        items: inner("items"),
        values: inner("values"),
        ..Field::new(name, word(node, "data_type", DataType::from_name)?)
    })
}

/// How values are stored; `None` where nothing is said of it.
fn storage(node: &Node) -> Option<Box<Storage>> {
    let storage = Storage {
        physical: text(node, "physical_type").map(|text| Physical::new(&text)),
        media_type: text(node, "media_type"),
        embedding_model: text(node, "embedding_model"),
    };
    (storage != Storage::default()).then(|| Box::new(storage))
}

fn details(node: &Node) -> Option<Box<Details>> {
    let details = Details {
        id: scalar(node, "id"),
        title: text(node, "title"),
        synonyms: texts(node.get("synonyms")),
        aliases: texts(node.get("aliases")),
        missing_values: literals(node.get("missing_values")),
    };
    (details != Details::default()).then(|| Box::new(details))
}

pub(super) fn deprecation(node: &Node) -> Option<Deprecation> {
    match &node.value {
        Value::Bool(true) => Some(Deprecation::default()),
        Value::Map(_) => Some(Deprecation {
            since: text(node, "since"),
            sunset_on: text(node, "sunset_on"),
            replaced_by: text(node, "replaced_by"),
        }),
        _ => None,
    }
}
