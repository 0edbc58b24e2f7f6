//! A shape written as JSON Schema (draft 2020-12), for editors and for tools that know nothing of pact.

use serde_json::{Map, Value as Json, json};

use super::super::{Node, Value, parse};
use super::{Key, Kind, Shape};

/// The JSON Schema of documents whose root has one of several shapes, chosen by the value of `key`; the first shape is
/// the one without that key. `id` is the schema's address, `title` its name in an editor.
pub fn json_schema(id: &str, title: &str, key: &str, shapes: &[(&str, &'static Shape)]) -> Json {
    let mut definitions = Map::new();
    for (_, shape) in shapes {
        define(shape, &mut definitions);
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": title,
        "type": "object",
    });
    if let [(_, only)] = shapes {
        schema["$ref"] = json!(reference(only));
    } else if let Some(((_, first), others)) = shapes.split_first() {
        let mut chosen = json!({ "$ref": reference(first) });
        for (word, shape) in others.iter().rev() {
            chosen = json!({
                "if": { "properties": { key: { "const": word } }, "required": [key] },
                "then": { "$ref": reference(shape) },
                "else": chosen,
            });
        }
        merge(&mut schema, chosen);
    }
    schema["$defs"] = Json::Object(definitions);
    schema
}

fn merge(into: &mut Json, from: Json) {
    if let (Json::Object(into), Json::Object(from)) = (into, from) {
        into.extend(from);
    }
}

fn reference(shape: &Shape) -> String {
    format!("#/$defs/{}", shape.name.replace(' ', "_"))
}

fn define(shape: &'static Shape, definitions: &mut Map<String, Json>) {
    let name = shape.name.replace(' ', "_");
    if definitions.contains_key(&name) {
        return;
    }
    // Its place is taken before its keys are looked at, since fields contain fields.
    definitions.insert(name.clone(), Json::Null);
    let mut properties = Map::new();
    for key in shape.keys {
        properties.insert(key.name.to_owned(), property(key, definitions));
    }
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "title": shape.name,
        "description": shape.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    definitions.insert(name, schema);
}

fn property(key: &'static Key, definitions: &mut Map<String, Json>) -> Json {
    let mut schema = kind(&key.kind, definitions);
    if schema.get("$ref").is_some() {
        // Editors show what is nearest: without this they would tell of the mapping, and nothing of the key.
        explain(&mut schema, key);
    }
    // A key without a value is as good as no key.
    if !key.required && !matches!(key.kind, Kind::Any | Kind::AnyOrListed(_)) {
        schema = or_nothing(schema);
    }
    explain(&mut schema, key);
    if let Some(example) = key.example.and_then(|example| parse(example).ok()) {
        schema["examples"] = json!([json_value(&example)]);
    }
    schema
}

fn explain(schema: &mut Json, key: &Key) {
    schema["title"] = json!(key.name);
    schema["description"] = json!(key.doc);
}

/// The same values, and none. Editors explain a key best where its schema is one and has no alternatives.
fn or_nothing(mut schema: Json) -> Json {
    if let Some(meanings) = schema.get_mut("enumDescriptions").and_then(Json::as_array_mut) {
        meanings.push(json!("as if the key were not there"));
    }
    if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
        words.push(Json::Null);
        return schema;
    }
    match schema.get_mut("type") {
        Some(Json::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one, "null"]),
        None => match schema.get_mut("anyOf").and_then(Json::as_array_mut) {
            Some(others) => others.push(json!({ "type": "null" })),
            None => schema = json!({ "anyOf": [schema, { "type": "null" }] }),
        },
    }
    schema
}

/// One of some words. What they mean is no part of the standard; editors show it beside them.
fn words(words: &[(&str, &str)]) -> Json {
    let mut schema = json!({ "enum": words.iter().map(|(word, _)| word).collect::<Vec<_>>() });
    if words.iter().any(|(_, meaning)| !meaning.is_empty()) {
        schema["enumDescriptions"] = words.iter().map(|(_, meaning)| *meaning).collect();
    }
    schema
}

fn kind(kind_of: &'static Kind, definitions: &mut Map<String, Json>) -> Json {
    match kind_of {
        Kind::Any => json!({}),
        Kind::AnyOrListed(shape) => {
            define(shape, definitions);
            let first = shape.keys.first().map(|key| key.name);
            json!({ "if": { "type": "array" }, "then": { "items": {
                "if": { "type": "object", "required": first.as_slice() },
                "then": { "$ref": reference(shape) },
            } } })
        }
        Kind::Text => json!({ "type": "string" }),
        Kind::Form(form) if form.pattern.is_empty() => json!({ "type": "string" }),
        Kind::Form(form) => json!({ "type": "string", "pattern": form.pattern }),
        Kind::Word(list) => words(list),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Kind::List(item) => json!({ "type": "array", "items": kind(item, definitions) }),
        Kind::OneOrMany(item) => {
            let item = kind(item, definitions);
            json!({ "anyOf": [{ "type": "array", "items": item }, item] })
        }
        Kind::Map(shape) => {
            define(shape, definitions);
            json!({ "$ref": reference(shape) })
        }
        Kind::Dict(item) => json!({ "type": "object", "additionalProperties": kind(item, definitions) }),
        Kind::Either(scalar, shape) => {
            define(shape, definitions);
            json!({ "anyOf": [kind(scalar, definitions), { "$ref": reference(shape) }] })
        }
    }
}

fn json_value(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => i64::try_from(*value).map_or_else(|_| json!(value.to_string()), |value| json!(value)),
        Value::Float(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(json_value).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.to_string(), json_value(&entry.value))).collect())
        }
    }
}
