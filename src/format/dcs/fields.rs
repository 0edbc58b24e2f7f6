//! Fields as properties.

use super::definitions::Definitions;
use super::{leftovers, links, quality, tags, text_of, types};
use crate::format::odcs::migrate::{Notes, keep};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Node, Value};

/// The fields of a model or an object, in their order.
pub(super) fn all(fields: Option<Node>, path: &Path, definitions: &mut Definitions, notes: &mut Notes) -> Vec<Node> {
    let Some(Value::Map(entries)) = fields.map(|fields| fields.value) else { return Vec::new() };
    entries
        .into_iter()
        .map(|entry| {
            let mut property = Node::mapping().with("name", &*entry.key);
            one(&mut property, entry.value, &path.field(&*entry.key), definitions, notes);
            property
        })
        .collect()
}

/// What a field says, put into a property.
fn one(new: &mut Node, mut old: Node, path: &Path, definitions: &mut Definitions, notes: &mut Notes) {
    if !matches!(old.value, Value::Map(_)) {
        if !old.is_null() {
            notes.kept(path, format!("a field that is {} is a custom property of its property", old.described()));
            keep(new, "field", old);
        }
        return;
    }
    let opened = definitions.resolve(&mut old, path, notes);
    for (from, to) in [("title", "businessName"), ("description", "description"), ("classification", "classification")]
    {
        if let Some(text) = old.take(from).and_then(|text| text_of(&text)) {
            new.add(to, text);
        }
    }
    let logical = data_type(new, &mut old, path, notes);
    for (from, to) in
        [("primaryKey", "primaryKey"), ("primary", "primaryKey"), ("required", "required"), ("unique", "unique")]
    {
        if old.get(from).and_then(Node::boolean).is_some()
            && let Some(value) = old.take(from)
        {
            new.set(to, value, None);
        }
    }
    examples(new, &mut old);
    values(new, &mut old, path, notes);
    reference(new, &mut old);
    tags(new, &mut old);
    nested(new, &mut old, logical, path, definitions, notes);
    quality::of_element(new, &mut old, path, notes);
    links(new, &mut old, path, notes);
    lineage(new, &mut old, path, notes);
    if let Some(Value::Map(config)) = old.take("config").map(|config| config.value) {
        for entry in config {
            old.add(&entry.key, entry.value);
        }
    }
    leftovers(new, old, path, notes);
    definitions.close(opened);
}

/// The type with its options. The logical type.
fn data_type(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) -> Option<&'static str> {
    let word = old.take("type").and_then(|word| word.text().map(str::to_owned));
    let plain = word.as_deref().unwrap_or_default().to_lowercase();
    let has_map = old.entry("keys").is_some() || old.entry("values").is_some();
    // ODCS has a map only with its keys and values.
    let logical = types::logical(&plain).filter(|logical| *logical != "map" || has_map);
    if let Some(logical) = logical {
        new.add("logicalType", logical);
    }
    if let Some(word) = &word {
        let mut physical = word.clone();
        let number = |key: &str| old.get(key).and_then(Node::integer);
        if logical == Some("number")
            && let Some(precision) = number("precision")
        {
            physical = match number("scale") {
                Some(scale) => format!("{word}({precision},{scale})"),
                None => format!("{word}({precision})"),
            };
            old.take("precision");
            old.take("scale");
            notes.reworded(path, format!("`precision` and `scale` stand in the physical type {}", quoted(&physical)));
        }
        if logical != Some(physical.as_str()) {
            new.add("physicalType", physical);
        }
    }
    let mut options = Node::mapping();
    for key in types::options(logical.unwrap_or_default()) {
        let fits = old.get(key).is_some_and(|value| match *key {
            "pattern" | "format" => value.text().is_some(),
            "minLength" | "maxLength" => value.integer().is_some_and(|length| length >= 0),
            _ => matches!(value.value, Value::Int(_) | Value::Float(_)),
        });
        if fits && let Some(value) = old.take(key) {
            options.add(key, value);
        }
    }
    match plain.as_str() {
        "timestamp_tz" => options.add("timezone", true),
        "timestamp_ntz" => options.add("timezone", false),
        _ => {}
    }
    if !options.entries().is_empty() {
        new.add("logicalTypeOptions", options);
    }
    logical
}

fn examples(new: &mut Node, old: &mut Node) {
    let mut examples = match old.take("examples") {
        Some(Node { value: Value::List(items), .. }) => items,
        Some(other) if !other.is_null() => vec![other],
        _ => Vec::new(),
    };
    if let Some(example) = old.take("example").filter(|example| !examples.iter().any(|other| other.is_same(example))) {
        examples.insert(0, example);
    }
    if !examples.is_empty() {
        new.add("examples", examples);
    }
}

/// The allowed values, each once.
fn values(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let is_scalar = |node: &Node| !matches!(node.value, Value::List(_) | Value::Map(_));
    let fits = old.get("enum").is_some_and(|list| !list.items().is_empty() && list.items().iter().all(is_scalar));
    if !fits {
        return;
    }
    let Some(list) = old.take("enum") else { return };
    let mut seen = std::collections::HashSet::new();
    let mut values = Vec::new();
    for value in list.items() {
        if seen.insert(format!("{:?}", value.value)) {
            values.push(Node::mapping().with("value", value.clone()));
        }
    }
    new.add("enum", values);
    notes.reworded(&path.key("enum"), "each value of `enum` is an entry with a `value`");
}

fn reference(new: &mut Node, old: &mut Node) {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let fits =
        old.get("references").and_then(Node::text).is_some_and(|to| to.contains('.') && to.split('.').all(is_word));
    if fits && let Some(to) = old.take("references") {
        new.add("relationships", vec![Node::mapping().with("to", to)]);
    }
}

/// What stands in objects, arrays and maps.
fn nested(
    new: &mut Node,
    old: &mut Node,
    logical: Option<&'static str>,
    path: &Path,
    definitions: &mut Definitions,
    notes: &mut Notes,
) {
    let mut inner = |old: Option<Node>, key: &'static str, notes: &mut Notes| {
        let mut property = Node::mapping();
        if let Some(old) = old {
            one(&mut property, old, &path.key(key), definitions, notes);
        }
        property
    };
    match logical {
        Some("array") => {
            if let Some(items) = old.take("items") {
                let items = inner(Some(items), "items", notes);
                new.add("items", items);
            }
        }
        Some("map") => {
            let key = old.take("keys").unwrap_or_else(|| Node::mapping().with("type", "string"));
            let key = inner(Some(key), "keys", notes);
            let value = inner(old.take("values"), "values", notes);
            new.add("map", Node::mapping().with("key", key).with("value", value));
        }
        Some("object") | None if old.entry("fields").is_some() => {
            let properties = all(old.take("fields"), path, definitions, notes);
            new.add("properties", properties);
        }
        _ => {}
    }
}

/// Where the values come from: in short where ODCS has words, and as it was.
fn lineage(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(lineage) = old.take("lineage") else { return };
    let inputs = lineage.get("inputFields").map(Node::items).unwrap_or_default();
    let name = |input: &Node| {
        let parts: Vec<String> =
            ["namespace", "name", "field"].iter().filter_map(|key| input.get(key)?.scalar_text()).collect();
        (!parts.is_empty()).then(|| Node::from(parts.join(".")))
    };
    let sources: Vec<Node> = inputs.iter().filter_map(name).collect();
    if !sources.is_empty() {
        new.add("transformSourceObjects", sources);
    }
    if let Some(text) = lineage.get("transformationDescription").and_then(text_of) {
        new.add("transformDescription", text);
    }
    notes.kept(path, "`lineage` names its sources in `transformSourceObjects`, and is a custom property as it was");
    keep(new, "lineage", lineage);
}
