//! Files of other editions and formats, brought to ODCS 3.2.0, are right by the schema that the standard publishes.

use std::fs;
use std::path::PathBuf;

use pact::format::{self, Standard};
use pact::model::SourceId;
use pact::source::SourceFile;
use serde_json::Value as Json;

use crate::support::sources;

/// The schema of 3.2.0. It is no part of the repository: where it is missing, the test that needs it can't tell.
#[expect(clippy::print_stderr, reason = "a test that did not run says so")]
fn schema() -> Option<jsonschema::Validator> {
    let path = sources().join("../shared/reference/odcs/schemas/odcs-v3.2.0.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("not tested: there is no {}", path.display());
        return None;
    };
    let schema: Json = serde_json::from_str(&text).expect("a schema in JSON");
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

fn files(prefix: &str) -> Vec<PathBuf> {
    let folder = sources().join("tests/it/migrations");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("migrations").map(|entry| entry.expect("entry").path()).collect();
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn json(text: &str) -> Json {
    fn value(node: &pact::source::Node) -> Json {
        use pact::source::Value;
        match &node.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::from(*value),
            Value::Int(value) => Json::from(i64::try_from(*value).expect("a small number")),
            Value::Float(value) => Json::from(*value),
            Value::Text(text) => Json::from(&**text),
            Value::List(items) => items.iter().map(value).collect(),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect())
            }
        }
    }
    value(&pact::source::parse(text).expect("YAML"))
}

#[track_caller]
fn valid(schema: &jsonschema::Validator, name: &str, text: &str) {
    let instance = json(text);
    let errors: Vec<String> =
        schema.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}\n{text}");
}

#[test]
fn migrated_files_are_valid_by_the_schema_of_the_standard() {
    let schema = schema();
    for file in files("odcs") {
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).expect("a text");
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let written = format::migrate(&text).expect("YAML");
            if let Some(schema) = &schema {
                valid(schema, &name, &written.text);
            }
            let comments = |text: &str| text.matches(" # ").count() + text.matches("\n# ").count();
            assert_eq!(comments(&written.text), comments(&text), "{name}\n{}", written.text);
            assert_eq!(text.contains("\r\n"), written.text.contains("\r\n"));
            assert_eq!(
                written.text.matches("\r\n").count(),
                if text.contains("\r\n") { written.text.matches('\n').count() } else { 0 }
            );
            sound(&name, &written.text);
            // What is of today stays as it is.
            let again = format::migrate(&written.text).expect("YAML");
            assert_eq!(again.text, written.text);
            let tree = pact::source::parse(&written.text).expect("YAML");
            assert_eq!(Standard::of(&tree), Standard::Odcs("3.2.0".to_owned()));
        }
    }
}

#[test]
fn contracts_of_the_data_contract_specification_are_valid_odcs() {
    let schema = schema();
    for file in files("dcs") {
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).expect("a text");
        let written = format::dcs_to_odcs(&text).expect("YAML");
        if let Some(schema) = &schema {
            valid(schema, &name, &written.text);
        }
        sound(&name, &written.text);
        // Whatever was said is said still, somewhere.
        let old = json(&text);
        let new = json(&written.text).to_string();
        said(&old, &new, &name);
    }
}

#[test]
fn what_a_body_is_counts_more_than_what_its_head_says() {
    let head = "# ours\napiVersion: v3.0.2\nkind: DataContract\nid: a\nversion: 1.2.3\nstatus: active\n";
    let specification =
        format!("{head}info:\n  title: Orders\nmodels:\n  orders:\n    fields:\n      id: {{type: int}}\n");
    let tree = pact::source::parse(&specification).expect("YAML");
    assert_eq!(Standard::of(&tree), Standard::Dcs(String::new()));
    let written = format::dcs_to_odcs(&specification).expect("YAML");
    sound("specification", &written.text);
    for part in
        ["# ours", "id: a", "name: Orders", "version: 1.2.3", "status: active", "name: orders", "apiVersion: v3.2.0"]
    {
        assert!(written.text.contains(part), "{part}\n{}", written.text);
    }
    let edition_2 = format!(
        "{head}uuid: b\ndataset:\n- table: orders # beside\n  columns:\n  - column: id\n    logicalType: int\n"
    );
    let tree = pact::source::parse(&edition_2).expect("YAML");
    assert!(Standard::of(&tree).is_before_3());
    let written = format::migrate(&edition_2).expect("YAML");
    sound("edition 2", &written.text);
    assert!(written.text.contains("- name: orders # beside"), "{}", written.text);
}

/// pact itself has nothing against the form of a text.
#[track_caller]
fn sound(name: &str, text: &str) {
    let document = format::read(SourceId(0), SourceFile::new("new.odcs.yaml", text));
    let problems: Vec<_> = document.problems.iter().map(|problem| (problem.code, &problem.message)).collect();
    assert!(problems.is_empty(), "{name}: {problems:#?}\n{text}");
}

/// Every scalar of the old contract stands in the new one; what is told in other words is listed here.
fn said(old: &Json, new: &str, name: &str) {
    const IN_OTHER_WORDS: &[&str] = &[
        "0.9.3", "1.1.0", "1.2.1", "99.9%", "P3M", "weekly", "P1Y", "PT1H30M", "25h", "order_id", "checkout",
        "24 hours", "BigQuery", "SodaCL",
    ];
    match old {
        Json::Object(map) => map
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "$ref" | "unlimited"))
            .for_each(|(_, value)| said(value, new, name)),
        Json::Array(items) => items.iter().for_each(|item| said(item, new, name)),
        Json::String(text) if IN_OTHER_WORDS.contains(&text.as_str()) => {}
        Json::String(text) => {
            let quoted = Json::from(text.as_str()).to_string();
            let inner = &quoted[1..quoted.len() - 1];
            assert!(new.contains(inner), "{name}: {text:?} is gone\n{new}");
        }
        Json::Number(number) => assert!(new.contains(&number.to_string()), "{name}: {number} is gone\n{new}"),
        _ => {}
    }
}

/// Full files of the earlier editions, each with one part taken away (every 51st, all of them take minutes): what the schema of its edition takes becomes a file that
/// the schema of 3.2.0 and pact take, and every scalar of it is there still.
#[test]
fn whatever_the_schema_of_its_edition_takes_becomes_right_by_3_2() {
    let Some(newest) = schema() else { return };
    let folder = sources().join("../shared/reference/odcs/schemas");
    for version in ["3.0.0", "3.0.1", "3.0.2", "3.1.0"] {
        let text = fs::read_to_string(folder.join(format!("odcs-json-schema-v{version}.json"))).expect("a schema");
        let schema: Json = serde_json::from_str(&text).expect("a schema in JSON");
        let schema = jsonschema::validator_for(&schema).expect("a schema");
        let file = sources().join(format!("tests/it/odcs/full-{version}.odcs.yaml"));
        let full = json(&fs::read_to_string(file).expect("a text"));
        let mut taken = 0;
        for without in (0..).step_by(51) {
            let mut doc = full.clone();
            if !remove(&mut doc, &mut { without }) {
                break;
            }
            if !schema.is_valid(&doc) {
                continue;
            }
            taken += 1;
            let old = serde_json::to_string_pretty(&doc).expect("JSON");
            let name = format!("{version} without part {without}");
            let written = format::migrate(&old).expect("YAML");
            valid(&newest, &name, &written.text);
            sound(&name, &written.text);
            let mut new = json(&written.text).to_string();
            written.notes.iter().for_each(|note| new.push_str(&note.message));
            all_said(&doc, &new, &name);
        }
        assert!(taken > 3, "{version}: {taken}");
    }
}

/// Takes a part away: that of a number, in the order of the document.
fn remove(node: &mut Json, number: &mut usize) -> bool {
    match node {
        Json::Object(map) => {
            let keys: Vec<String> = map.keys().cloned().collect();
            for key in keys {
                if *number == 0 {
                    return map.remove(&key).is_some();
                }
                *number -= 1;
                if map.get_mut(&key).is_some_and(|value| remove(value, number)) {
                    return true;
                }
            }
            false
        }
        Json::Array(items) => {
            for index in 0..items.len() {
                if *number == 0 {
                    items.remove(index);
                    return true;
                }
                *number -= 1;
                if remove(&mut items[index], number) {
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}

/// Every text and number of the old contract stands in the new one, but for its version.
fn all_said(old: &Json, new: &str, name: &str) {
    match old {
        Json::Object(map) => {
            map.iter().filter(|(key, _)| *key != "apiVersion").for_each(|(_, value)| all_said(value, new, name));
        }
        Json::Array(items) => items.iter().for_each(|item| all_said(item, new, name)),
        // The type of a rule that is one in words now, or one of an engine: a note tells.
        Json::String(text) if matches!(text.as_str(), "library" | "sql") => {}
        Json::String(text) => {
            let quoted = Json::from(text.as_str()).to_string();
            assert!(new.contains(&quoted[1..quoted.len() - 1]), "{name}: {text:?} is gone\n{new}");
        }
        Json::Number(number) => assert!(new.contains(&number.to_string()), "{name}: {number} is gone\n{new}"),
        _ => {}
    }
}

/// 3.0 has one word for days, times and moments, and the physical type tells which is meant; later editions go by the word.
#[test]
fn moments_of_old_files_stay_moments() {
    let property =
        |name: &str, physical: &str| format!("      - {{name: {name}, logicalType: date, physicalType: {physical}}}\n");
    let old = format!(
        "apiVersion: v3.0.2\nkind: DataContract\nid: d\nname: d\nversion: 1.0.0\nstatus: active\nschema:\n  - name: d\n    \
         properties:\n{}{}{}",
        property("moment", "timestamp"),
        property("day", "date"),
        property("time", "time")
    );
    let new = format::migrate(&old).expect("YAML");
    assert_eq!(new.notes.len(), 2, "{:?}", new.notes);
    let types = |text: &str| -> Vec<&'static str> {
        let document = format::read(SourceId(0), SourceFile::new("d.odcs.yaml", text));
        assert_eq!(document.problems, [], "{text}");
        let contract = document.contract().expect("a contract");
        contract.datasets[0].fields.iter().map(|field| field.data_type.name()).collect()
    };
    assert_eq!(types(&old), ["timestamp", "date", "time"]);
    assert_eq!(types(&new.text), types(&old));
}
