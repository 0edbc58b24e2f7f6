//! pact and the official JSON Schemas of the Open Data Contract Standard say the same of the same file, apart from a list of
//! policies, each with its reason (`docs/odcs.md` tells them to users).
//!
//! For each version there is a document that uses every section and every key of it (`tests/it/odcs`). It is changed in
//! thousands of ways, one at a time, and each result is judged by pact and by the schema of the version that it declares. The
//! schemas are no part of this repository: where they are missing, only the documents themselves are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use pact::finding::Finding;
use pact::format;
use pact::model::SourceId;
use pact::source::{Node, SourceFile, Value, parse};
use serde_json::{Map, Value as Json, json};

const SCHEMAS: &str = "../shared/reference/odcs/schemas";

/// A version, its full document, and the file of its schema.
const VERSIONS: [(&str, &str, &str); 5] = [
    ("v3.0.0", include_str!("odcs/full-3.0.0.odcs.yaml"), "odcs-json-schema-v3.0.0.json"),
    ("v3.0.1", include_str!("odcs/full-3.0.1.odcs.yaml"), "odcs-json-schema-v3.0.1.json"),
    ("v3.0.2", include_str!("odcs/full-3.0.2.odcs.yaml"), "odcs-json-schema-v3.0.2.json"),
    ("v3.1.0", include_str!("odcs/full-3.1.0.odcs.yaml"), "odcs-json-schema-v3.1.0.json"),
    ("v3.2.0", include_str!("odcs/full-3.2.0.odcs.yaml"), "odcs-v3.2.0.json"),
];

/// A difference between pact and the schemas that is meant.
struct Policy {
    name: &'static str,
    /// Which of the two takes the document.
    taken_by: Side,
    /// The document without the difference; both take it then. `None` where the policy is not about this document.
    mended: fn(&Json, &[Finding]) -> Option<Json>,
}

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
enum Side {
    Pact,
    Schema,
}

/// Every policy. The reasons are those of the table in `docs/odcs.md`.
const POLICIES: &[Policy] = &[
    // The text demands the stream of a kinesis server; the schemas since 3.1 know no such key.
    Policy {
        name: "stream of kinesis",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                let is_kinesis = node.get("type") == Some(&json!("kinesis"));
                is_kinesis && node.as_object_mut().is_some_and(|node| node.remove("stream").is_some())
            })
        },
    },
    // The examples of the standard describe relationships.
    Policy {
        name: "description of a relationship",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                let is_relationship = node.get("to").is_some();
                is_relationship && node.as_object_mut().is_some_and(|node| node.remove("description").is_some())
            })
        },
    },
    // The examples of the standard refer to names in files at any address.
    Policy {
        name: "names in other files",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| replaced(node, "to", |to| to.contains(".yaml#").then(|| "a.b".to_owned())))
        },
    },
    // One of the two published schemas of 3.1.0 has references to nested properties, the other has not.
    Policy {
        name: "nested references of 3.1",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                let shorter = |text: &str| (text.matches('.').count() > 1).then(|| "a.b".to_owned());
                replaced(node, "to", shorter) | replaced(node, "from", shorter)
            })
        },
    },
    // The text has short words for dimensions.
    Policy {
        name: "short dimensions",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| replaced(node, "dimension", |word| (word.len() == 2).then(|| "accuracy".to_owned())))
        },
    },
    // By the text any value may be a variable.
    Policy {
        name: "variable as the address of an sftp server",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                replaced(node, "location", |text| text.starts_with("${").then(|| "sftp://x".to_owned()))
            })
        },
    },
    // A schema in duckdb has a name; the schemas of 3.0 want a number, which 3.1 mended.
    Policy {
        name: "schema of duckdb in 3.0",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                let is_text =
                    node.get("type") == Some(&json!("duckdb")) && node.get("schema").is_some_and(Json::is_string);
                if is_text {
                    node["schema"] = json!(1);
                }
                is_text
            })
        },
    },
    // The schemas before 3.0.2 demand a key `staging_dir`, which they do not define: they define `stagingDir`.
    Policy {
        name: "stagingDir of athena before 3.0.2",
        taken_by: Side::Pact,
        mended: |doc, _| {
            edited(doc, &|node| {
                let lacks = node.get("type") == Some(&json!("athena")) && node.get("staging_dir").is_none();
                if lacks {
                    node["staging_dir"] = json!("s3://results");
                }
                lacks
            })
        },
    },
    // The text wants ids to be unique in their list; no JSON Schema can say that.
    Policy {
        name: "ids that are not unique",
        taken_by: Side::Schema,
        mended: |doc, found| all_are(found, "duplicate-id", "").then(|| doc.clone()),
    },
    // Nobody would heed the operator, and the rule would say nothing. The schemas of 3.0 let any key be.
    Policy {
        name: "misspelt operators in 3.0",
        taken_by: Side::Schema,
        mended: |doc, found| all_are(found, "unknown-key", "unknown key `mustBe").then(|| doc.clone()),
    },
    // Editions before 3 are converted, not read; the schemas of 3 still have their numbers.
    Policy {
        name: "editions before 3",
        taken_by: Side::Schema,
        mended: |doc, found| all_are(found, "other-format", "this is a file of ODCS 2").then(|| doc.clone()),
    },
    // The schemas of 3.0 let any item have `properties` by the way they are put together; 3.1 mended that.
    Policy {
        name: "properties of items that are no objects in 3.0",
        taken_by: Side::Schema,
        mended: |doc, found| {
            all_are(found, "misplaced-key", "`properties` is of properties with `logicalType: object`")
                .then(|| doc.clone())
        },
    },
    // A float is no whole number for readers other than those of JSON Schema.
    Policy {
        name: "whole numbers with a fraction of 0",
        taken_by: Side::Schema,
        mended: |doc, found| all_are(found, "wrong-type", "found the number 5.0").then(|| doc.clone()),
    },
];

/// Documents that no change of a full one gives: where each stands, and the changed mapping or value.
fn special(version: &str) -> Vec<(&'static str, Json)> {
    let object = |more: Json| json!([{ "name": "orders", "properties": [more] }]);
    let mut cases = vec![
        ("schema", object(json!({ "name": "a", "quality": [{ "type": "text", "dimension": "cp" }] }))),
        ("schema", object(json!({ "name": "a", "logicalType": "string", "logicalTypeOptions": { "maxLength": 5.0 } }))),
        (
            "schema",
            object(json!({ "name": "a", "quality": [
            { "type": "sql", "query": "SELECT 1", "mustBeGreaterThanOrEqualTo": 1 }
        ] })),
        ),
        ("servers", json!([{ "server": "a", "type": "sftp", "location": "${LOCATION}" }])),
        ("servers", json!([{ "server": "a", "type": "kinesis", "stream": "orders" }])),
        ("servers", json!([{ "server": "a", "type": "duckdb", "database": "a", "schema": "main" }])),
        ("servers", json!([{ "server": "a", "type": "athena", "stagingDir": "s3://a", "schema": "main" }])),
        ("servers", json!([{ "server": "a", "type": "nonsense" }])),
        ("team", json!([{ "username": "anna" }, { "name": "Ben" }])),
        ("team", json!({ "members": [{ "name": "Ben" }] })),
        ("apiVersion", json!("v2.2.2")),
        ("apiVersion", json!(version.trim_start_matches('v'))),
        ("apiVersion", json!("v4.0.0")),
    ];
    for to in [
        "https://example.com/other.yaml#customers.id",
        "customers.address.town",
        "customers",
        "customers-x.id",
        "a/b/c",
        "schema/a/properties/b/properties/c",
    ] {
        cases.push(("schema", object(json!({ "name": "a", "relationships": [{ "to": to }] }))));
    }
    let ends = [json!("a.b"), json!(["a.b"]), json!([]), json!(["a.b", "c"])];
    for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
        cases.push(("schema", json!([{ "name": "a", "relationships": [{ "from": from, "to": to }] }])));
    }
    cases.push(("schema", object(json!({ "name": "a", "relationships": [{ "to": "b.c", "description": "why" }] }))));
    // Every pair of operators, every type of rule with the keys of every other.
    let rules = [
        json!({ "metric": "nullValues" }),
        json!({ "rule": "nullCheck" }),
        json!({ "query": "SELECT 1" }),
        json!({ "engine": "soda", "implementation": "x" }),
        json!({ "mustBe": 0 }),
        json!({ "mustBeGreaterThan": 0 }),
        json!({ "arguments": {} }),
    ];
    let types = [Json::Null, json!("text"), json!("library"), json!("sql"), json!("custom"), json!("none")];
    for (kind, chosen) in types.iter().flat_map(|kind| (0..1_u32 << rules.len()).map(move |chosen| (kind, chosen))) {
        let mut rule = Map::new();
        if !kind.is_null() {
            rule.insert("type".to_owned(), kind.clone());
        }
        for (index, part) in rules.iter().enumerate().filter(|(index, _)| chosen & (1 << index) != 0) {
            let part = part.as_object().unwrap_or_else(|| panic!("rule part {index} is a mapping"));
            rule.extend(part.clone());
        }
        cases.push(("schema", object(json!({ "name": "a", "quality": [rule] }))));
    }
    // Every logical type with every option and part of every other.
    let parts = [
        json!({ "logicalTypeOptions": {} }),
        json!({ "logicalTypeOptions": { "format": "x" } }),
        json!({ "logicalTypeOptions": { "minimum": 1 } }),
        json!({ "logicalTypeOptions": { "minimum": "1" } }),
        json!({ "logicalTypeOptions": { "exclusiveMinimum": true } }),
        json!({ "logicalTypeOptions": { "exclusiveMinimum": 1 } }),
        json!({ "logicalTypeOptions": { "exclusiveMinimum": "1" } }),
        json!({ "logicalTypeOptions": { "maxItems": 1 } }),
        json!({ "logicalTypeOptions": { "required": ["a", "a"] } }),
        json!({ "logicalTypeOptions": { "dimensions": 0 } }),
        json!({ "logicalTypeOptions": { "dimensions": 3 } }),
        json!({ "logicalTypeOptions": { "timezone": true } }),
        json!({ "properties": [{ "name": "b" }] }),
        json!({ "properties": [{}] }),
        json!({ "items": { "logicalType": "string" } }),
        json!({ "items": { "logicalType": "string", "properties": [] } }),
        json!({ "items": { "properties": [{ "name": "b" }] } }),
        json!({ "map": { "key": {}, "value": {} } }),
        json!({ "map": { "key": {} } }),
        json!({}),
    ];
    for (word, part) in words("logicalType").iter().flat_map(|word| parts.iter().map(move |part| (word, part))) {
        let mut property = part.clone();
        property["name"] = json!("a");
        if !word.is_empty() {
            property["logicalType"] = json!(word);
        }
        cases.push(("schema", object(property)));
    }
    cases
}

/// Words to put in the place of a word.
fn words(key: &str) -> &'static [&'static str] {
    match key {
        "logicalType" => &[
            "",
            "string",
            "date",
            "timestamp",
            "time",
            "number",
            "integer",
            "object",
            "array",
            "boolean",
            "map",
            "vector",
            "blob",
            "text",
        ],
        "type" => &["text", "library", "sql", "custom", "foreignKey", "postgres", "hive", "hana", "kinesis", "none"],
        "dimension" => &["accuracy", "ac", "validity"],
        "metric" => &["rowCount", "nullValues", "row_count"],
        "format" => &["f32", "i8", "csv", "parquet", "delta"],
        "delimiter" => &["array", "new_line", ";"],
        "semanticType" => &["measure", "dimension", "none"],
        "elementType" => &["float64", "int8", "double"],
        "distanceMetric" => &["hamming", "dot"],
        "apiVersion" => &["v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0", "3.1.0", "v3.1", "v3.9.0", "v2.2.2"],
        "id" => &["a b", "a.b", "a:b", "ä", ""],
        "to" | "from" => &["a.b", "a.b.c", "a", "a.yaml#b/c", "a.yml#b/c", "/schema/a", "a-b.c"],
        _ => &[],
    }
}

/// A step into a document.
#[derive(Clone, PartialEq)]
enum Step {
    Key(String),
    Item(usize),
}

/// A way to change the value at a place.
enum Change {
    Delete,
    Rename(&'static str),
    Replace(Json),
    Add(String, Json),
    Twice,
}

fn json_of(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(i64::try_from(*value).expect("a small number")),
        Value::Float(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.to_string(), json_of(&entry.value))).collect())
        }
    }
}

fn documents() -> Vec<(&'static str, Json)> {
    VERSIONS.iter().map(|(version, text, _)| (*version, json_of(&parse(text).expect("YAML")))).collect()
}

fn found(text: &str) -> Vec<Finding> {
    format::read(SourceId(0), SourceFile::new("orders.odcs.yaml", text)).problems
}

fn all_are(found: &[Finding], code: &str, message: &str) -> bool {
    !found.is_empty() && found.iter().all(|finding| finding.code == code && finding.message.contains(message))
}

/// The document with all its mappings edited; `None` where nothing was to be edited.
fn edited(doc: &Json, edit: &dyn Fn(&mut Json) -> bool) -> Option<Json> {
    fn walk(node: &mut Json, edit: &dyn Fn(&mut Json) -> bool) -> bool {
        let mut any = node.is_object() && edit(node);
        match node {
            Json::Object(map) => map.values_mut().for_each(|value| any |= walk(value, edit)),
            Json::Array(items) => items.iter_mut().for_each(|value| any |= walk(value, edit)),
            _ => {}
        }
        any
    }
    let mut doc = doc.clone();
    walk(&mut doc, edit).then_some(doc)
}

/// Replaces the text, or the texts, of a key.
fn replaced(node: &mut Json, key: &str, with: fn(&str) -> Option<String>) -> bool {
    let mut any = false;
    let mut replace = |value: &mut Json| {
        if let Some(text) = value.as_str().and_then(with) {
            *value = json!(text);
            any = true;
        }
    };
    match node.get_mut(key) {
        Some(Json::Array(items)) => items.iter_mut().for_each(&mut replace),
        Some(value) => replace(value),
        None => {}
    }
    any
}

/// Keys that any mapping can do without.
const SPARE: &[&str] = &[
    "properties",
    "quality",
    "customProperties",
    "authoritativeDefinitions",
    "relationships",
    "tags",
    "roles",
    "synonyms",
    "context",
    "members",
    "enum",
    "examples",
    "schema",
    "servers",
    "slaProperties",
    "team",
    "support",
    "price",
    "description",
];

/// The document around a place: one item of each list on the way, and nothing beside the way that one can do without. A
/// whole document for each of thousands of changes would take minutes.
fn around(node: &Json, way: &[Step]) -> Json {
    match (node, way.split_first()) {
        (Json::Object(map), Some((Step::Key(key), rest))) => {
            let kept = map.iter().filter(|(other, _)| *other == key || !SPARE.contains(&other.as_str()));
            Json::Object(
                kept.map(|(other, value)| {
                    (other.clone(), if other == key { around(value, rest) } else { value.clone() })
                })
                .collect(),
            )
        }
        (Json::Array(items), Some((Step::Item(index), rest))) => json!([around(&items[*index], rest)]),
        (Json::Array(items), None) => items.iter().take(2).map(|item| around(item, &[])).collect(),
        (Json::Object(map), None) => {
            let kept = map.iter().filter(|(key, _)| !SPARE.contains(&key.as_str()));
            Json::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        _ => node.clone(),
    }
}

/// Every place of a document.
fn places(node: &Json, way: &mut Vec<Step>, all: &mut Vec<Vec<Step>>) {
    all.push(way.clone());
    let steps: Vec<(Step, &Json)> = match node {
        Json::Object(map) => map.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect(),
        Json::Array(items) => items.iter().enumerate().map(|(index, value)| (Step::Item(index), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in steps {
        way.push(step);
        places(value, way, all);
        way.pop();
    }
}

fn at<'a>(node: &'a mut Json, way: &[Step]) -> &'a mut Json {
    way.iter().fold(node, |node, step| match step {
        Step::Key(key) => node.get_mut(key).expect("a key"),
        // All but one item of the lists on the way are gone.
        Step::Item(_) => node.get_mut(0).expect("an item"),
    })
}

/// The place without the numbers of items: `schema[].properties[].quality[]`.
fn pattern(way: &[Step]) -> String {
    let parts: Vec<&str> = way
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Item(_) => "[]",
        })
        .collect();
    parts.join(".")
}

/// The keys with a value that each kind of mapping has in any of the documents.
fn all_keys(documents: &[(&'static str, Json)]) -> BTreeMap<String, BTreeMap<String, Json>> {
    let mut keys: BTreeMap<String, BTreeMap<String, Json>> = BTreeMap::new();
    for (_, document) in documents.iter().rev() {
        let mut all = Vec::new();
        places(document, &mut Vec::new(), &mut all);
        for way in all {
            let mut whole = document;
            for step in &way {
                whole = match step {
                    Step::Key(key) => &whole[key],
                    Step::Item(index) => &whole[*index],
                };
            }
            if let Json::Object(map) = whole {
                let known = keys.entry(pattern(&way)).or_default();
                for (key, value) in map {
                    known.entry(key.clone()).or_insert_with(|| around(value, &[]));
                }
            }
        }
    }
    keys
}

fn changes(key: Option<&str>, value: &Json, keys: Option<&BTreeMap<String, Json>>) -> Vec<Change> {
    let mut changes = Vec::new();
    if key.is_some() {
        changes.push(Change::Delete);
        changes.push(Change::Rename("x"));
        changes.push(Change::Rename("_of_something_else"));
    }
    let values =
        [json!(null), json!(true), json!(5), json!(1.5), json!(-1), json!("text"), json!([]), json!({}), json!([{}])];
    changes.extend(values.into_iter().filter(|other| other != value).map(Change::Replace));
    changes.extend(
        words(key.unwrap_or_default()).iter().filter(|_| value.is_string()).map(|word| Change::Replace(json!(word))),
    );
    match value {
        Json::Object(map) => {
            changes.push(Change::Add("zzz".to_owned(), json!(1)));
            for (key, value) in keys.into_iter().flatten().filter(|(key, _)| !map.contains_key(*key)) {
                changes.push(Change::Add(key.clone(), value.clone()));
            }
        }
        Json::Array(items) if !items.is_empty() => {
            changes.push(Change::Twice);
            changes.push(Change::Replace(json!([null])));
            changes.push(Change::Replace(json!(["text"])));
            changes.push(Change::Replace(json!([5])));
        }
        _ => {}
    }
    changes
}

/// Every changed document of a version.
fn changed(document: &Json, keys: &BTreeMap<String, BTreeMap<String, Json>>) -> Vec<Json> {
    let mut all = Vec::new();
    places(document, &mut Vec::new(), &mut all);
    let mut seen = HashSet::new();
    let mut results = Vec::new();
    for way in all.iter().filter(|way| !way.is_empty()) {
        let small = around(document, way);
        let (last, before) = way.split_last().expect("a way");
        let key = if let Step::Key(key) = last { Some(key.as_str()) } else { None };
        let mut copy = small.clone();
        let value = at(&mut copy, way).clone();
        for change in changes(key, &value, keys.get(&pattern(way))) {
            let mut changed = small.clone();
            match change {
                Change::Replace(other) => *at(&mut changed, way) = other,
                Change::Delete | Change::Rename(_) => {
                    let key = key.expect("a key");
                    let map = at(&mut changed, before).as_object_mut().expect("a mapping");
                    let value = map.remove(key).expect("a value");
                    if let Change::Rename(more) = change {
                        map.insert(format!("{key}{more}"), value);
                    }
                }
                Change::Add(key, value) => at(&mut changed, way)[key] = value,
                Change::Twice => {
                    let items = at(&mut changed, way).as_array_mut().expect("a list");
                    let first = items.first().expect("an item").clone();
                    items.push(first);
                }
            }
            if seen.insert(changed.to_string()) {
                results.push(changed);
            }
        }
    }
    results
}

struct Judge {
    schemas: BTreeMap<&'static str, Validator>,
}

impl Judge {
    fn new() -> Option<Self> {
        let schemas = VERSIONS.iter().map(|(version, _, file)| {
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEMAS).join(file)).ok()?;
            let schema: Json = serde_json::from_str(&text).expect("JSON");
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft201909);
            Some((*version, options.build(&schema).expect("a schema")))
        });
        Some(Self { schemas: schemas.collect::<Option<_>>()? })
    }

    /// Whether the schema of the version that a document declares takes it; that of another version where it declares none.
    fn takes(&self, doc: &Json, otherwise: &str) -> bool {
        let declared = doc.get("apiVersion").and_then(Json::as_str).unwrap_or_default();
        let schema = self.schemas.get(declared).or_else(|| self.schemas.get(otherwise)).expect("a schema");
        schema.is_valid(doc)
    }

    /// The policy by which pact and the schemas differ on a document; an error where none does. `Ok(None)`: they agree.
    fn compare(&self, doc: &Json, version: &str) -> Result<Option<&'static str>, String> {
        let findings = found(&doc.to_string());
        let (pact, schema) = (findings.is_empty(), self.takes(doc, version));
        if pact == schema {
            return Ok(None);
        }
        let side = if pact { Side::Pact } else { Side::Schema };
        for policy in POLICIES.iter().filter(|policy| policy.taken_by == side) {
            if let Some(mended) = (policy.mended)(doc, &findings) {
                // What the schemas take needs no mending; what they refuse is refused for this reason alone.
                if self.takes(&mended, version) {
                    return Ok(Some(policy.name));
                }
            }
        }
        let said: Vec<String> =
            findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
        let errors: Vec<String> = self.schemas[version]
            .iter_errors(doc)
            .take(3)
            .map(|error| error.to_string().chars().take(200).collect())
            .collect();
        Err(format!("{version}: {side:?} takes it.\n  pact: {said:?}\n  schema: {errors:?}\n  {doc}"))
    }
}

#[test]
fn the_full_documents_are_right() {
    for (version, text, _) in VERSIONS {
        let problems: Vec<String> =
            found(text).iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
        assert!(problems.is_empty(), "{version}: {problems:#?}");
    }
}

#[test]
fn pact_and_the_schemas_agree_on_thousands_of_documents() {
    let Some(judge) = Judge::new() else {
        eprintln!("{SCHEMAS} is not there: the official schemas were not compared with");
        return;
    };
    let documents = documents();
    let keys = all_keys(&documents);
    let mut hit: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (version, document) in &documents {
        assert!(judge.takes(document, version), "the schema of {version} refuses the full document");
        // Editions that differ little from the next need fewer changes; the steps have no common factor with how many changes
        // a place has.
        let step = match *version {
            "v3.0.0" | "v3.0.1" => 11,
            "v3.0.2" | "v3.1.0" => 5,
            _ => 3,
        };
        let mut cases: Vec<Json> = changed(document, &keys).into_iter().step_by(step).collect();
        for (key, value) in special(version) {
            let mut doc = around(document, &[]);
            doc[key] = value;
            cases.push(doc);
        }
        for doc in &cases {
            count += 1;
            match judge.compare(doc, version) {
                Ok(policy) => hit.extend(policy),
                Err(text) => wrong.push(text),
            }
        }
    }
    let shown: Vec<String> = wrong.iter().take(25).cloned().collect();
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), shown.join("\n"));
    assert!(count > 8_000, "only {count} documents were compared");
    let idle: Vec<&str> = POLICIES.iter().map(|policy| policy.name).filter(|name| !hit.contains(name)).collect();
    assert!(idle.is_empty(), "no document needs these policies: {idle:?}");
}
