//! What is written is read as the same contract, and taken by the schemas of the standard.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read examples, and may show what they found"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use super::*;
use crate::diff;
use crate::format::{self, Document, Outcome};
use crate::model::samples::contracts;
use crate::model::{Field, Quality, Quantity, SourceId};
use crate::source::{Node, SourceFile, Value};

const TARGETS: [Version; 3] = [Version::V3_0_2, V3_1_0, V3_2_0];

fn document(text: &str) -> Document {
    format::read(SourceId(0), SourceFile::new("orders.odcs.yaml", text))
}

fn contract(text: &str) -> Contract {
    let document = document(text);
    let problems: Vec<_> = document.problems.iter().map(|one| (&one.code, &one.message)).collect();
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    document.contract().expect("a contract").clone()
}

/// What a contract means: without the order of what has none, and with quantities in one spelling.
fn normal(contract: &Contract) -> Contract {
    fn spelt<'a>(quantities: impl IntoIterator<Item = &'a mut Option<Quantity>>) {
        for quantity in quantities.into_iter().flatten() {
            if let Ok(measure) = quantity.measure() {
                quantity.text = format!("{measure:?}");
            }
        }
    }
    /// Neither mappings nor what is left over of lists has an order.
    fn tidied(value: &mut Literal) {
        match value {
            Literal::Map(entries) => tidy(entries),
            Literal::List(items) => {
                items.iter_mut().for_each(tidied);
                items.sort_by_key(|one| format!("{one:?}"));
            }
            _ => {}
        }
    }
    fn tidy(metadata: &mut [(String, Literal)]) {
        metadata.sort_by(|one, other| one.0.cmp(&other.0));
        for (_, value) in metadata {
            tidied(value);
        }
    }
    fn sorted(field: &mut Field) {
        field.constraints.sort_by_key(|one| format!("{one:?}"));
        tidy(&mut field.metadata);
        field.fields.iter_mut().chain(field.items.as_deref_mut()).chain(field.values.as_deref_mut()).for_each(sorted);
    }
    fn promised(quality: &mut [Quality]) {
        for one in quality.iter_mut() {
            let mut threshold = Some(one.threshold.clone());
            spelt([&mut threshold]);
            one.threshold = threshold.unwrap_or_else(|| one.threshold.clone());
        }
        quality.sort_by_key(|one| format!("{one:?}"));
    }
    let mut it = canonical(contract);
    it.format_version = None;
    for source in &mut it.sources {
        source.settings.sort_by(|one, other| one.0.cmp(&other.0));
    }
    promised(&mut it.quality);
    tidy(&mut it.metadata);
    it.access.iter_mut().flat_map(|access| &mut access.roles).for_each(|role| tidy(&mut role.metadata));
    it.publisher.channels.iter_mut().for_each(|channel| tidy(&mut channel.metadata));
    let levels = &mut it.service_levels;
    spelt([&mut levels.availability, &mut levels.retention, &mut levels.cadence]);
    if let Some(operation) = &mut levels.operation {
        let incidents = &mut operation.incidents;
        spelt([&mut operation.throughput, &mut operation.error_rate, &mut incidents.detect_within]);
        spelt([&mut incidents.notify_within, &mut incidents.repair_within]);
    }
    for dataset in &mut it.datasets {
        dataset.rules.iter_mut().for_each(|rule| tidy(&mut rule.metadata));
        dataset.rules.sort_by_key(|one| format!("{one:?}"));
        tidy(&mut dataset.metadata);
        dataset.foreign_keys.iter_mut().for_each(|key| tidy(&mut key.metadata));
        dataset.fields.iter_mut().for_each(sorted);
    }
    it
}

/// The first line in which two contracts differ, with what is around it.
fn difference(meant: &Contract, read: &Contract) -> Option<String> {
    let (one, other) = (format!("{:#?}", normal(meant)), format!("{:#?}", normal(read)));
    if one == other {
        return None;
    }
    let differ = |(_, (one, other)): &(usize, (&str, &str))| one != other;
    let (index, (left, right)) = one.lines().zip(other.lines()).enumerate().find(differ).unwrap_or_default();
    let around: Vec<&str> = one.lines().skip(index.saturating_sub(20)).take(30).collect();
    Some(format!("{}\nread as {}\n{}", left.trim(), right.trim(), around.join("\n")))
}

/// The schemas of the standard by the versions that are written; none where they are not at hand.
fn schemas() -> BTreeMap<Version, Validator> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/odcs/schemas");
    let files = ["odcs-json-schema-v3.0.2.json", "odcs-json-schema-v3.1.0.json", "odcs-v3.2.0.json"];
    let schemas: BTreeMap<_, _> = TARGETS
        .into_iter()
        .zip(files)
        .filter_map(|(version, file)| {
            let schema: Json = serde_json::from_str(&fs::read_to_string(folder.join(file)).ok()?).expect("JSON");
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft201909);
            Some((version, options.build(&schema).expect("a schema")))
        })
        .collect();
    if schemas.is_empty() {
        println!("the schemas of the standard are not at hand: what is written is held against pact's own check alone");
    }
    schemas
}

fn json_of(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        #[expect(clippy::cast_precision_loss, reason = "a number is a number to a schema")]
        Value::Int(value) => i64::try_from(*value).map_or_else(|_| json!(*value as f64), |value| json!(value)),
        Value::Float(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.to_string(), json_of(&entry.value))).collect())
        }
    }
}

/// What is wrong with a contract written in a version: with its form, by its schema, and with what is read of it.
fn wrong(it: &Contract, version: Version, schemas: &BTreeMap<Version, Validator>) -> Vec<(String, String)> {
    let written = write(it, version);
    let read = document(&written.text);
    let mut wrong: Vec<(String, String)> =
        read.problems.iter().map(|one| (format!("form: {}", one.code), one.message.clone())).collect();
    if let (Some(schema), Ok(tree)) = (schemas.get(&version), parse(&written.text)) {
        let json = json_of(&tree);
        let errors = schema.iter_errors(&json);
        wrong.extend(errors.map(|error| (format!("schema: {}", error.instance_path()), error.to_string())));
    }
    match read.contract() {
        None => wrong.push(("no contract".to_owned(), String::new())),
        Some(read) => wrong.extend(
            difference(it, read)
                .map(|text| (format!("differs at {}", text.split(':').next().unwrap_or_default()), text)),
        ),
    }
    if let Some(note) = written.notes.iter().find(|note| note.outcome == Outcome::Lost) {
        wrong.push((format!("lost: {}", note.element), note.message.clone()));
    }
    wrong.into_iter().map(|(kind, text)| (format!("{version} {kind}"), format!("{text}\n\n{}", written.text))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_as_the_same(it in contracts()) {
        let none = BTreeMap::new();
        for version in TARGETS {
            let wrong = wrong(&it, version, &none);
            prop_assert!(wrong.is_empty(), "{}\n{}", wrong[0].0, wrong[0].1);
        }
    }

    #[test]
    fn nothing_is_lost_on_the_way_through_both_formats(it in contracts()) {
        let native = contract(&format::write_native(&it).text);
        let back = contract(&write(&native, V3_2_0).text);
        prop_assert_eq!(difference(&it, &back), None);
        let native = contract(&format::write_native(&back).text);
        prop_assert_eq!(difference(&it, &native), None);
    }
}

#[test]
fn the_schemas_of_the_standard_take_what_is_written() {
    let schemas = schemas();
    let mut runner = TestRunner::deterministic();
    for _ in 0..64 {
        let it = contracts().new_tree(&mut runner).expect("a contract").current();
        for version in TARGETS {
            let wrong = wrong(&it, version, &schemas);
            assert!(wrong.is_empty(), "{}\n{}", wrong[0].0, wrong[0].1);
        }
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    files.sort();
    files
}

/// The contracts of the shop in the native format, and documents that use all of the standard.
fn examples() -> Vec<(PathBuf, Contract)> {
    let mut files = files("examples/shop/contracts");
    files.extend(self::files("tests/it/odcs"));
    let read = |path: PathBuf| {
        let document = document(&fs::read_to_string(&path).expect("an example"));
        assert_eq!(document.problems, [], "{}", path.display());
        Some((path, document.contract()?.clone()))
    };
    let examples: Vec<_> = files.into_iter().filter_map(read).collect();
    assert!(examples.len() > 10, "{}", examples.len());
    examples
}

#[test]
fn examples_are_the_same_in_every_version() {
    let schemas = schemas();
    for (path, it) in examples() {
        for version in TARGETS {
            let wrong = wrong(&it, version, &schemas);
            assert!(wrong.is_empty(), "{}: {}\n{}", path.display(), wrong[0].0, wrong[0].1);
        }
    }
}

#[test]
fn a_contract_does_not_differ_from_itself_in_the_other_format() {
    for (path, it) in examples() {
        for version in TARGETS {
            // That it is written in another version of the standard is no change of the promise.
            let there = Contract { format_version: it.format_version.clone(), ..contract(&write(&it, version).text) };
            for (base, head) in [(&it, &there), (&there, &it)] {
                let changes = diff::contract(Some(base), Some(head), date(2026, 3, 1));
                assert!(changes.is_empty(), "{} in {version}: {changes:#?}", path.display());
            }
        }
    }
}

const INVOICES: &str = "\
name: invoices
version: 1.0.0

datasets:
  - name: lines
    schema:
      - name: amount
        data_type: decimal
        unit: EUR
        precision: 12
        scale: 2
      - name: rate
        data_type: decimal
        unit: EUR
        precision: 4
      - name: details
        data_type: json
      - name: state
        data_type: string
        constraints:
          - type: enum
            value:
              - value: open
                label: Open
              - value: lost
                id: 7
                deprecated: true
      - name: sent_at
        data_type: timestamp

quality:
  - metric_type: freshness
    threshold: 4 hours
    timestamp_field: sent_at

rules:
  business:
    - name: not_zero
      dataset: lines
      expression: amount <> 0
";

#[test]
fn a_file_keeps_nothing_that_its_own_words_say() {
    let native = document(INVOICES).contract().expect("a contract").clone();
    let written = write(&native, V3_2_0);
    for (text, count) in [
        ("physical_type", 0),
        ("physicalType: decimal(12,2)\n", 1),
        ("physicalType: decimal(4)\n", 1),
        ("physicalType: json\n", 1),
        ("element: lines.sent_at\n", 1),
        ("family: business\n", 1),
        ("deprecated: true\n", 1),
        ("id: 7\n", 1),
        // The units, and the value that is going away.
        ("property: pact\n", 3),
    ] {
        assert_eq!(written.text.matches(text).count(), count, "{text}\n{}", written.text);
    }
    let read = contract(&written.text);
    assert_eq!(read.quality[0].measuring.as_ref().and_then(|it| it.timestamp_field.as_deref()), Some("sent_at"));
    assert!(read.datasets[0].fields.iter().all(|field| field.physical().is_none()));
    assert_eq!(read.datasets[0].fields[1].scale, None);
    assert_eq!(difference(&native, &read), None);
    let notes: Vec<String> = written.notes.iter().map(|note| format!("{}: {}", note.element, note.message)).collect();
    assert_eq!(
        notes,
        [
            "lines.amount.unit: `unit` of 2 fields is kept in the custom property `pact`: `lines.amount` and `lines.rate`",
            "rules.business[0]: the rule `not_zero` is kept as a rule of the engine `pact`, which other tools do not execute",
        ]
    );
}

#[test]
fn a_physical_type_that_says_more_is_one() {
    let property = |logical: &str, physical: &str| {
        let text = format!(
            "apiVersion: v3.2.0\nkind: DataContract\nid: o\nname: o\nversion: 1.0.0\nstatus: active\n\
             schema:\n- name: t\n  properties:\n  - {{name: p, logicalType: {logical}, physicalType: '{physical}'}}\n"
        );
        contract(&text).datasets[0].fields[0].physical().map(|physical| physical.text.clone())
    };
    for (logical, physical) in [("number", "decimal(12,2)"), ("number", "decimal(12)"), ("string", "json")] {
        assert_eq!(property(logical, physical), None, "{physical}");
    }
    for (logical, physical) in
        [("number", "NUMERIC(12,2)"), ("number", "decimal(12, 2)"), ("string", "jsonb"), ("integer", "decimal(12,0)")]
    {
        assert_eq!(property(logical, physical).as_deref(), Some(physical));
    }
}

#[test]
fn an_internal_model_stays_one() {
    let text = "kind: model\nname: sales\nversion: 1.0.0\npublishes: orders\n\n\
                schema:\n  - name: id\n    data_type: integer\n\nbaselines:\n  rows: 10\n\ntolerances:\n  rows: 5%\n";
    let native = document(text).contract().expect("a model").clone();
    for version in TARGETS {
        let read = contract(&write(&native, version).text);
        assert_eq!(difference(&native, &read), None);
        assert_eq!(format::write_native(&read).text, text);
    }
}

#[test]
fn what_stays_in_metadata_is_told() {
    let text = "apiVersion: v3.2.0\nkind: DataContract\nid: o\nname: o\nversion: 1.0.0\nstatus: active\n\
                dataProduct: shop\ncontractCreatedTs: '2026-01-01T00:00:00Z'\nschema:\n- name: t\n  properties:\n\
                \x20 - {name: a, encryptedName: x, examples: [1, 2]}\n  - {name: b, encryptedName: y, examples: [3, 4]}\n";
    let written = format::write_native(&contract(text));
    let notes: Vec<String> = written.notes.iter().map(|note| format!("{}: {}", note.element, note.message)).collect();
    assert_eq!(
        notes,
        [
            ": `dataProduct` and `contractCreatedTs` are kept in `metadata.odcs`",
            "t.a: `encryptedName` and `examples` of 2 fields are kept in `metadata.odcs`: `t.a` and `t.b`",
        ]
    );
}

/// `PACT_SHOW=FILE PACT_TO=3.1.0` shows a file in a version; `PACT_SURVEY=1000` counts what goes wrong with random contracts,
/// and `PACT_KIND` shows the shortest text of a kind.
#[test]
fn show() {
    if let Ok(path) = std::env::var("PACT_SHOW") {
        let it = contract(&fs::read_to_string(path).expect("a file"));
        let to = std::env::var("PACT_TO").unwrap_or_default();
        let version = TARGETS.into_iter().find(|version| version.name() == to).unwrap_or(V3_2_0);
        let written = write(&it, version);
        println!("{}", written.text);
        for note in written.notes {
            println!("# {} {}: {}", note.outcome.name(), note.element, note.message);
        }
    }
    let Some(count) = std::env::var("PACT_SURVEY").ok().and_then(|count| count.parse().ok()) else { return };
    let (mut runner, schemas) = (TestRunner::deterministic(), schemas());
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut add = |wrong: Vec<(String, String)>| {
        for (kind, text) in wrong {
            let kind = kind.replace(|letter: char| letter.is_ascii_digit(), "");
            let kind = kinds.entry(kind).or_insert_with(|| (0, text.clone()));
            kind.0 += 1;
            if text.len() < kind.1.len() {
                kind.1 = text;
            }
        }
    };
    for (_, it) in examples() {
        for version in TARGETS {
            add(wrong(&it, version, &schemas));
        }
    }
    for _ in 0..count {
        let it = contracts().new_tree(&mut runner).expect("a contract").current();
        for version in TARGETS {
            add(wrong(&it, version, &schemas));
        }
    }
    let wanted = std::env::var("PACT_KIND").ok();
    for (kind, (count, text)) in &kinds {
        println!("=== {count} {kind}: {}", text.lines().next().unwrap_or_default());
        if wanted.as_ref().is_some_and(|wanted| kind.contains(wanted)) {
            println!("{text}");
        }
    }
}
