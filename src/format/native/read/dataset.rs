//! Datasets: what they are, and how their rows are written, stored and delivered.

use super::data::{deprecation, fields};
use super::service_levels::service_levels;
use super::terms::{quality, rules};
use crate::format::values::{count, dict, each, flag, literal, literals, quantity, scalar, text, texts, word};
use crate::model::{
    Cardinality, Compression, Dataset, Delivery, ExtraFields, FileFormat, Files, ForeignKey, Grain, LineEnding, Medium,
    Operation, ReferenceAction, Topic, WriteMode,
};
use crate::source::words::{nearest, quoted};
use crate::source::{Node, Problem, Value};

pub(in crate::format) fn dataset(node: &Node) -> Option<Dataset> {
    let mut dataset = Dataset {
        name: text(node, "name")?,
        title: text(node, "title"),
        description: text(node, "description"),
        id: scalar(node, "id"),
        physical_name: text(node, "physical_name"),
        aliases: texts(node.get("aliases")),
        medium: word(node, "medium", Medium::from_name),
        files: group(node, "files").map(|node| Box::new(files(node))),
        topic: group(node, "topic").map(|node| Box::new(topic(node))),
        grain: node.get("grain").and_then(grain),
        filter: text(node, "filter"),
        write_mode: word(node, "write_mode", WriteMode::from_name),
        history_from: text(node, "history_from"),
        ordering: texts(node.get("ordering")),
        delivery: word(node, "delivery", Delivery::from_name),
        late_arrival: quantity(node, "late_arrival"),
        partitioned_by: texts(node.get("partitioned_by")),
        clustered_by: texts(node.get("clustered_by")),
        extra_fields: word(node, "extra_fields", ExtraFields::from_name).unwrap_or_default(),
        fields: fields(node.get("schema")),
        key_order: texts(node.get("primary_key")),
        unique: each(node.get("unique"), |group| Some(texts(Some(group)))),
        foreign_keys: each(node.get("foreign_keys"), foreign_key),
        quality: node.get("quality").map(quality).unwrap_or_default(),
        rules: node.get("rules").map(rules).unwrap_or_default(),
        service_levels: node.get("service_levels").map(service_levels).unwrap_or_default(),
        tags: texts(node.get("tags")),
        previously: texts(node.get("previously")),
        reserved: reserved(node),
        deprecated: node.get("deprecated").and_then(deprecation).map(Box::new),
        metadata: dict(node.get("metadata"), literal),
    };
    for field in &mut dataset.fields {
        field.is_primary_key |= dataset.key_order.contains(&field.name);
    }
    Some(dataset)
}

/// Names in `primary_key` that are no fields: without this they would be passed over.
pub(super) fn unknown_keys(node: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    for dataset in node.get("datasets").map(Node::items).unwrap_or_default() {
        let Some(key) = dataset.get("primary_key") else { continue };
        let fields: Vec<String> = each(dataset.get("schema"), |field| text(field, "name"));
        let wanted = key.one_or_many().iter().filter_map(|node| Some((node, node.text()?)));
        for (node, name) in wanted.filter(|(_, name)| !fields.iter().any(|field| field == name)) {
            let message = format!("`primary_key` names {}, and the dataset has no such field", quoted(name));
            let help = match nearest(name, fields.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {}?", quoted(near)),
                None => "name fields of `schema`; parts of nested fields can't be in a key".to_owned(),
            };
            problems.push(Problem::new("invalid-value", node.span, message).help(help));
        }
    }
    problems
}

fn group<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.get(key).filter(|node| matches!(node.value, Value::Map(_)))
}

/// Words are text; fields are a list.
fn grain(node: &Node) -> Option<Grain> {
    match &node.value {
        Value::List(_) => Some(Grain::Fields(texts(Some(node)))),
        _ => node.text().map(|text| Grain::Text(text.to_owned())),
    }
}

fn letter(node: &Node, key: &str) -> Option<char> {
    text(node, key)?.chars().next()
}

fn files(node: &Node) -> Files {
    Files {
        format: word(node, "format", FileFormat::from_name),
        compression: word(node, "compression", Compression::from_name).unwrap_or_default(),
        delimiter: letter(node, "delimiter"),
        quote: text(node, "quote"),
        escape: letter(node, "escape"),
        header: flag(node, "header"),
        encoding: text(node, "encoding"),
        line_ending: word(node, "line_ending", LineEnding::from_name).unwrap_or_default(),
        missing_values: literals(node.get("missing_values")),
    }
}

fn topic(node: &Node) -> Topic {
    Topic {
        message_key: texts(node.get("message_key")),
        partitions: count(node, "partitions"),
        envelope: text(node, "envelope"),
        operations: each(node.get("operations"), |node| Operation::from_name(node.text()?)),
    }
}

pub(in crate::format) fn foreign_key(node: &Node) -> Option<ForeignKey> {
    Some(ForeignKey {
        fields: texts(node.get("fields")),
        references: text(node, "references")?,
        referenced_fields: texts(node.get("referenced_fields")),
        cardinality: word(node, "cardinality", Cardinality::from_name).unwrap_or_default(),
        on_delete: word(node, "on_delete", ReferenceAction::from_name).unwrap_or_default(),
        on_update: word(node, "on_update", ReferenceAction::from_name).unwrap_or_default(),
        version: text(node, "version"),
        id: scalar(node, "id"),
        metadata: dict(node.get("metadata"), literal),
    })
}

/// Names, and numbers as names: tag numbers are reserved as well.
fn reserved(node: &Node) -> Vec<String> {
    let items = node.get("reserved").map(Node::one_or_many).unwrap_or_default();
    items.iter().filter_map(Node::scalar_text).collect()
}
