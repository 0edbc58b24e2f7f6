//! ODCS files as the model has them: the same as native files of the same meaning, and with nothing lost.

use std::fs;
use std::path::PathBuf;

use pact::finding::Place;
use pact::format;
use pact::model::{Contract, SourceId};
use pact::source::{Node, SourceFile, Value, parse};

use crate::support::sources;

fn read(name: &str, text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new(name, text));
    let problems: Vec<_> = document.problems.iter().map(|one| (one.code, &one.message, &one.help)).collect();
    assert!(problems.is_empty(), "{name}: {problems:#?}");
    document.contract().expect("a contract").clone()
}

fn fixtures(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let folder = sources().join("tests/it/odcs").join(folder);
    let files = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = files.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a file"))).collect()
}

/// Each `NAME.native.yaml` says the same as its `NAME.odcs.yaml`.
#[test]
fn both_formats_are_read_as_the_same_contract() {
    let pairs = fixtures("pairs", ".native.yaml");
    assert!(pairs.len() > 1);
    for (path, native) in pairs {
        let name = path.to_string_lossy().replace(".native.yaml", ".odcs.yaml");
        let odcs = read(&name, &fs::read_to_string(&name).expect("the other of the pair"));
        assert!(odcs.format_version.is_some(), "{name} is written in ODCS");
        let odcs = Contract { format_version: None, ..odcs };
        let native = read(&path.to_string_lossy(), &native);
        same_text(&format!("{native:#?}"), &format!("{odcs:#?}"), &name);
        assert_eq!(native, odcs);
    }
}

/// Shows where two long texts part.
fn same_text(one: &str, other: &str, name: &str) {
    let differing = one.lines().zip(other.lines()).position(|(one, other)| one != other);
    if let Some(line) = differing {
        let around = |text: &str| text.lines().skip(line.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
        panic!("{name}: native\n{}\n\nODCS\n{}", around(one), around(other));
    }
}

/// Keys whose values the model has in other words, with the reason.
const REWORDED: &[(&str, &str)] = &[
    ("apiVersion", "a part of the version of the format"),
    ("version", "its parts"),
    ("kind", "what is read is a contract"),
    ("status", "in lower case"),
    ("logicalType", "the data type"),
    ("physicalType", "of an object: the medium"),
    ("type", "of servers: the kind; of rules: what they measure; of relationships: there is one type"),
    ("semanticType", "the role of the field"),
    ("metric", "what the rule measures"),
    ("rule", "what the rule measures"),
    ("severity", "in lower case"),
    ("dimension", "in its long form"),
    ("access", "of roles: in lower case"),
    ("format", "of types: a type of its own, such as uuid or a float"),
    ("timezone", "a type of its own"),
    ("property", "of service levels: their place in the model"),
    ("unit", "of service levels: a part of the quantity"),
    ("role", "of members: the owner"),
    ("to", "of relationships: as the model writes references"),
    ("from", "of relationships: the fields"),
    ("dimensions", "a part of the physical type"),
    ("elementType", "a part of the physical type"),
    ("primaryKeyPosition", "the order of the key"),
    ("partitionKeyPosition", "the order of the partitions"),
    ("tool", "of support: the contact is an address of mail"),
];

/// Values that the model has in another spelling.
const RESPELT: &[(&str, &str)] = &[
    ("mailto:data@example.com", "data@example.com"), // an address of mail, not a link
    ("09:00-08:00", "09:00 -08:00"),                 // a time of day and its zone
];

/// Every scalar of a tree with the key that it stands under.
fn scalars<'a>(node: &'a Node, key: &'a str, found: &mut Vec<(&'a str, String)>) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|entry| scalars(&entry.value, &entry.key, found)),
        Value::List(items) => items.iter().for_each(|item| scalars(item, key, found)),
        // True and false are everywhere.
        Value::Null | Value::Bool(_) => {}
        _ => found.extend(node.scalar_text().map(|text| (key, text))),
    }
}

#[test]
fn nothing_of_a_file_is_lost() {
    let files = fixtures("", ".odcs.yaml");
    assert!(files.len() > 5);
    for (path, text) in files {
        let name = path.to_string_lossy();
        let model = format!("{:?}", read(&name, &text));
        let tree = parse(&text).expect("YAML");
        let mut found = Vec::new();
        scalars(&tree, "", &mut found);
        assert!(found.len() > 50, "{name}");
        let lost: Vec<_> = found
            .into_iter()
            .filter(|(key, text)| {
                let quoted = format!("{text:?}");
                let inside = quoted.trim_matches('"');
                let respelt = RESPELT.iter().find(|(written, _)| *written == text).map(|(_, meant)| *meant);
                let is_reworded = REWORDED.iter().any(|(reworded, _)| reworded == key);
                !is_reworded && !model.contains(inside) && !respelt.is_some_and(|meant| model.contains(meant))
            })
            .collect();
        assert!(lost.is_empty(), "{name} says what its model does not: {lost:#?}");
    }
}

#[test]
fn what_pact_keeps_in_an_odcs_file_is_checked_as_in_its_own() {
    let text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n- name: t\n  \
        properties:\n  - name: f\n    customProperties:\n    - property: pact\n      value: {is_pi: true}\n    quality:\n    \
        - type: text\n      customProperties:\n      - {property: pact, value: {family: business, severity: bad}}\n";
    let document = format::read(SourceId(0), SourceFile::new("a.odcs.yaml", text));
    let places: Vec<_> = document
        .problems
        .iter()
        .map(|one| match one.label.place {
            Place::Span(span) => (one.code, document.file.slice(span).to_owned()),
            Place::Element(_) | Place::Within(..) => panic!("a problem has a place in the text"),
        })
        .collect();
    assert_eq!(places, [("unknown-key", "is_pi".to_owned()), ("invalid-value", "bad".to_owned())]);
}
