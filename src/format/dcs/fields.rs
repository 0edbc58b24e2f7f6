//! Fields as properties.

use super::definitions::Definitions;
use super::notes::{Target, customary, in_pact};
use super::{Notes, form, leftovers, links, prose, quality, tags, types};
use crate::format::odcs::migrate::keep;
use crate::model::{Path, Physical, PhysicalType};
use crate::source::words::quoted;
use crate::source::{Entry, Node, Value};

/// The fields of a model or an object, in their order.
pub(super) fn all(fields: Option<Node>, path: &Path, definitions: &mut Definitions, notes: &mut Notes) -> Vec<Node> {
    let Some(entries) = form::by_name(fields, path, notes) else { return Vec::new() };
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
        if let Some(text) = old.take(from).and_then(|text| prose(&text)) {
            new.add(to, text);
        }
    }
    let mut config = match old.take("config") {
        Some(Node { value: Value::Map(config), .. }) => config,
        Some(other) => vec![Entry { key: "config".into(), key_span: other.span, value: other }],
        None => Vec::new(),
    };
    let stored = stored(&mut config, notes);
    let logical = data_type(new, &mut old, stored, path, notes);
    for (from, to) in
        [("primaryKey", "primaryKey"), ("primary", "primaryKey"), ("required", "required"), ("unique", "unique")]
    {
        if old.get(from).and_then(Node::boolean).is_some()
            && let Some(value) = old.take(from)
        {
            new.set(to, value, None);
        }
    }
    examples(new, &mut old, notes);
    values(new, &mut old, path, notes);
    reference(new, &mut old, path, notes);
    tags(new, &mut old);
    nested(new, &mut old, logical, path, definitions, notes);
    quality::of_element(new, &mut old, path, notes);
    links(new, &mut old, path, notes);
    lineage(new, &mut old, path, notes);
    meaning(new, &mut old, path, notes);
    for entry in config {
        old.add(&entry.key, entry.value);
    }
    leftovers(new, old, path, notes);
    definitions.close(opened);
}

/// What the native format has words for, and ODCS has not.
fn meaning(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let is_native = notes.target == Target::Native;
    if let Some(pii) = old.get("pii").and_then(Node::boolean) {
        if let Some(value) = old.take("pii") {
            customary(new, "pii", value, notes);
        }
        in_pact(new, "is_pii", pii);
        let message =
            if is_native { "`pii` is `is_pii`" } else { "`pii` is the custom property `pii`, and `is_pii` of `pact`" };
        notes.meant(path, message);
    }
    if let Some(value) = old.take("default").filter(|value| !value.is_null()) {
        in_pact(new, "default_value", value);
        let place = if is_native { "" } else { " of the custom property `pact`" };
        notes.meant(path, format!("`default` is `default_value`{place}"));
    }
}

/// Whether a key of a configuration is that of the platform of the servers: `snowflakeType`.
pub(super) fn is_of_platform(key: &str, ending: &str, notes: &Notes) -> bool {
    let platform = notes.platform.as_deref().map(|kind| if kind == "postgresql" { "postgres" } else { kind });
    platform.is_some_and(|platform| key.strip_suffix(ending).is_some_and(|name| name.eq_ignore_ascii_case(platform)))
}

/// The type in the store: of the configuration's own word for it, or of the platform that all servers have.
fn stored(config: &mut Vec<Entry>, notes: &Notes) -> Option<Node> {
    let is_text = |entry: &Entry| entry.value.text().is_some_and(|text| !text.trim().is_empty());
    let index = config
        .iter()
        .position(|entry| &*entry.key == "physicalType" && is_text(entry))
        .or_else(|| config.iter().position(|entry| is_of_platform(&entry.key, "Type", notes) && is_text(entry)))?;
    Some(config.remove(index).value)
}

/// The type with its options. The logical type.
fn data_type(
    new: &mut Node,
    old: &mut Node,
    stored: Option<Node>,
    path: &Path,
    notes: &mut Notes,
) -> Option<&'static str> {
    let written = old.take("type");
    if let Some(written) = &written {
        notes.carry(written);
    }
    let word = written.and_then(|word| word.scalar_text());
    let plain = word.as_deref().unwrap_or_default().to_lowercase();
    let has_map = old.entry("keys").is_some() || old.entry("values").is_some();
    // ODCS has a map only with its keys and values.
    let logical = types::logical(&plain).filter(|logical| *logical != "map" || has_map);
    if let Some(logical) = logical {
        new.add("logicalType", logical);
    }
    if !types::is_known(&plain)
        && let Some(word) = &word
    {
        let message = format!("no type is called {}: it is kept as the physical type", quoted(word));
        notes.kept(path, message);
        if stored.is_some() {
            keep(new, "type", word.as_str().into());
        }
    }
    if let Some(stored) = stored {
        same_digits(old, &stored, notes);
        new.add("physicalType", stored);
    } else if let Some(word) = &word {
        let mut physical = word.clone();
        let number = |key: &str| old.get(key).and_then(Node::integer);
        if logical == Some("number")
            && let Some(precision) = number("precision")
        {
            physical = match number("scale") {
                Some(scale) => format!("{word}({precision},{scale})"),
                None => format!("{word}({precision})"),
            };
            for key in ["precision", "scale"] {
                if let Some(number) = old.take(key) {
                    notes.carry(&number);
                }
            }
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
    match plain.split('(').next().unwrap_or_default().trim() {
        "timestamp_tz" => options.add("timezone", true),
        "timestamp_ntz" => options.add("timezone", false),
        _ => {}
    }
    if !options.entries().is_empty() {
        new.add("logicalTypeOptions", options);
    }
    logical
}

/// Takes precision and scale where the type in the store says the same.
fn same_digits(old: &mut Node, stored: &Node, notes: &mut Notes) {
    let physical = Physical::new(stored.text().unwrap_or_default());
    let PhysicalType::Decimal(Some(digits)) = physical.kind else { return };
    let number = |key: &str| old.get(key).and_then(Node::integer);
    let is_same = number("precision").is_none_or(|number| number == i128::from(digits.precision))
        && number("scale").is_none_or(|number| number == i128::from(digits.scale));
    for key in ["precision", "scale"].into_iter().filter(|_| is_same) {
        if let Some(number) = old.take(key) {
            notes.carry(&number);
        }
    }
}

fn examples(new: &mut Node, old: &mut Node, notes: &mut Notes) {
    let mut examples = match old.take("examples") {
        Some(Node { value: Value::List(items), .. }) => items,
        Some(other) if !other.is_null() => vec![other],
        _ => Vec::new(),
    };
    if let Some(example) = old.take("example") {
        if examples.iter().any(|other| other.is_same(&example)) {
            notes.carry(&example);
        } else {
            examples.insert(0, example);
        }
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
        } else {
            // The same value again.
            notes.carry(value);
        }
    }
    new.add("enum", values);
    notes.reworded(&path.key("enum"), "each value of `enum` is an entry with a `value`");
}

fn reference(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let fits =
        old.get("references").and_then(Node::text).is_some_and(|to| to.contains('.') && to.split('.').all(is_word));
    if fits && let Some(to) = old.take("references") {
        new.add("relationships", vec![Node::mapping().with("to", to)]);
        notes.reworded(&path.key("references"), "`references` is a relationship");
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

/// Where the values come from: in short where there are words for it, and as it was.
fn lineage(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(lineage) = old.take("lineage") else { return };
    let inputs = lineage.get("inputFields").map(Node::items).unwrap_or_default();
    let name = |input: &Node, keys: &[&str]| {
        let parts: Vec<String> = keys.iter().filter_map(|key| input.get(key)?.scalar_text()).collect();
        (!parts.is_empty()).then(|| parts.join("."))
    };
    let sources: Vec<String> = inputs.iter().filter_map(|input| name(input, &["namespace", "name", "field"])).collect();
    notes.pulls_from.extend(inputs.iter().filter_map(|input| name(input, &["namespace", "name"])));
    if let Some(text) = lineage.get("transformationDescription").and_then(prose) {
        if notes.target == Target::Odcs {
            new.add("transformDescription", text.clone());
        }
        in_pact(new, "semantics", Node::mapping().with("derivation", text));
    }
    match notes.target {
        Target::Odcs => {
            if !sources.is_empty() {
                new.add("transformSourceObjects", sources.into_iter().map(Node::from).collect::<Vec<_>>());
            }
            notes.kept(
                path,
                "`lineage` names its sources in `transformSourceObjects`, and is a custom property as it was",
            );
        }
        Target::Native => notes.kept(
            path,
            "`lineage` names its sources in `lineage.pulls_from` of the contract, and is in `metadata` as it was",
        ),
    }
    keep(new, "lineage", lineage);
}
