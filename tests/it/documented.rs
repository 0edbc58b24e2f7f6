//! The keys of JSON documents held against `docs/output.md`: each key is described, and what is described is there.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;
use serde_json::Value as Json;

use crate::shop::with_history;
use crate::support::{Folder, sources};

type Keys = BTreeSet<String>;

/// Adds all keys of a document. What stands under `value` is data, and may have any.
fn collect(json: &Json, keys: &mut Keys) {
    match json {
        Json::Object(map) => {
            for (key, inner) in map {
                keys.insert(key.clone());
                if key != "value" {
                    collect(inner, keys);
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

/// What the page says of one document.
struct Section {
    /// Keys of the example, and those in the first column of the table: they have to be there.
    promised: Keys,
    /// Every word in backticks, here and where it sends its readers.
    named: Keys,
}

fn words(text: &str, keys: &mut Keys) {
    let code = Regex::new("`([^`]+)`").expect("a pattern");
    let word = Regex::new(r"[A-Za-z_]+").expect("a pattern");
    let block = Regex::new("(?s)```.*?```").expect("a pattern");
    for found in code.captures_iter(&block.replace_all(text, "")) {
        keys.extend(word.find_iter(&found[1]).map(|word| word.as_str().to_owned()));
    }
}

fn section(page: &str, document: &str) -> Section {
    let parts: Vec<&str> = page.split("\n## ").collect();
    let of = |name: &str| {
        let title = |part: &&&str| part.lines().next().is_some_and(|title| title.contains(&format!("`{name}`")));
        *parts.iter().find(title).unwrap_or_else(|| panic!("docs/output.md has no section for {name}"))
    };
    let own = of(document);
    let (mut promised, mut named) = (Keys::new(), Keys::new());
    for example in own.split("```json\n").skip(1) {
        let text = example.split("```").next().unwrap_or_default();
        collect(&serde_json::from_str(text).expect("examples are JSON"), &mut promised);
    }
    let path = Regex::new(r"`[^`]*?([A-Za-z_]+)(\[\])?`").expect("a pattern");
    for row in own.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split('|').nth(1).unwrap_or_default();
        promised.extend(path.captures_iter(cell).map(|found| found[1].to_owned()));
    }
    named.extend(promised.iter().cloned());
    words(own, &mut named);
    let other = Regex::new("pact\\.[a-z-]+/1").expect("a pattern");
    for name in other.find_iter(own).map(|found| found.as_str()).filter(|name| *name != "pact.log-entry/1") {
        let text = of(name);
        words(text, &mut named);
        for example in text.split("```json\n").skip(1) {
            let text = example.split("```").next().unwrap_or_default();
            collect(&serde_json::from_str(text).expect("examples are JSON"), &mut named);
        }
    }
    Section { promised, named }
}

fn documents(folder: &Folder, commands: &[&[&str]]) -> Vec<Json> {
    let run = |args: &&[&str]| {
        let ran = folder.pact(&[*args, &["--format", "json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}: {ran:?}"))
    };
    commands.iter().map(run).collect()
}

/// The outputs of the sample that means harm.
fn recorded(name: &str) -> Json {
    let text = fs::read_to_string(sources().join("tests/it/outputs").join(name)).expect("a record");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_key_is_documented_and_every_documented_key_is_there() {
    let page = fs::read_to_string(sources().join("docs/output.md")).expect("the page");
    let folder = with_history();
    folder.write(
        "more/contracts/a.yaml",
        "name: a\nversion: 1.0.0\nstatus: active\naccess: {endpoint_url: 'http://127.0.0.1:1/a'}\nschema:\n  \
         - {name: id, data_type: string, is_foreign_key: true, foreign_key_reference: nobody.id}\n  \
         - {name: id, data_type: string}\n",
    );
    folder.write(
        "more/contracts/b.yaml",
        "name: b\nversion: 1.0.0\nstatus: active\nquality: [{metric_type: freshness, threshold: 5 minutes}]\n\
         access: {endpoint_url: 'http://127.0.0.1:1/b'}\nschema: [{name: id, data_type: string}]\n",
    );
    folder.write("more/contracts/c.yaml", "name: c\nversion: 1.0.0\nschema: [{name: id, data_type: string}]\n");
    folder.write("more/pact.yaml", "contracts: [contracts]\n").write("new/.gitignore", ".pact/\n");
    let data = [
        ("data/pact.yaml", "contracts: [d.yaml]\n"),
        (
            "data/d.yaml",
            "name: d\nversion: 1.0.0\nstatus: active\nsources: {test: {type: sqlite, path: d.db}}\nschema:\n  \
             - {name: id, data_type: integer, constraints: [{type: min, value: 5}]}\n\
             rules: {business: [{name: in-words, description: Real ones.}]}\n",
        ),
    ];
    for (file, text) in data {
        folder.write(file, text);
    }
    let rows = "CREATE TABLE d (id INTEGER); INSERT INTO d VALUES (1), (7);";
    rusqlite::Connection::open(folder.path().join("data/d.db")).expect("a file").execute_batch(rows).expect("rows");
    let mut checked = documents(&folder, &[&["-C", "more", "check"], &["-C", "data", "check"]]);
    // Its keys are names of fields and expectations.
    checked[1]["contracts"][0]["observations"] = Json::Array(Vec::new());
    folder.write("slip/contracts/a.yaml", "name: a\nversion: 1.0.0\nschema: [{name: id, dataType: string}]\n");
    folder.write("slip/pact.yaml", "contracts: [contracts]\n");
    let mut lint = documents(&folder, &[&["-C", "more", "lint"], &["-C", "slip", "lint"]]);
    lint.push(recorded("lint.json"));
    let mut diff = documents(&folder, &[&["-C", "shop", "diff", "main", "breaking"]]);
    diff.push(recorded("diff.json"));
    let found: Vec<(&str, Vec<Json>)> = vec![
        ("pact.lint/1", lint),
        ("pact.statistics/1", documents(&folder, &[&["-C", "more", "lint", "--statistics"]])),
        ("pact.diff/1", diff),
        ("pact.check/1", checked),
        ("pact.plan/1", documents(&folder, &[&["-C", "data", "check", "--dry-run"]])),
        ("pact.queries/1", documents(&folder, &[&["-C", "data", "check", "--explain"]])),
        ("pact.explain/1", documents(&folder, &[&["explain"]])),
        ("pact.init/1", documents(&folder, &[&["init", "new"]])),
        ("pact.new/1", documents(&folder, &[&["-C", "new", "new", "sales.orders"]])),
        ("pact.dict/1", documents(&folder, &[&["-C", "shop", "dict"]])),
        ("pact.erd/1", documents(&folder, &[&["-C", "shop", "erd"], &["-C", "more", "erd"]])),
        ("pact.impact/1", documents(&folder, &[&["-C", "shop", "impact", "customers.customer_id"]])),
        ("pact.log/1", documents(&folder, &[&["-C", "shop", "log", "orders"], &["-C", "shop", "blame", "orders"]])),
        ("pact.ledger-log/1", documents(&folder, &[&["-C", "more", "ledger", "log"]])),
        ("pact.ledger-show/1", documents(&folder, &[&["-C", "more", "ledger", "show", "1"]])),
        ("pact.ledger-verify/1", documents(&folder, &[&["-C", "more", "ledger", "verify"]])),
    ];
    let mut found = found;
    folder.write("more/c.ndjson", "{\"id\": 5, \"x\": 1}\n{\"id\": [1]}\nx\n");
    let records = ["-C", "more", "check", "contracts/c.yaml", "--records", "c.ndjson", "--coerce"];
    found.push(("pact.records/1", documents(&folder, &[&records])));
    folder.write("old.odcs.yaml", include_str!("migrations/odcs-3.0.0.json"));
    found.push(("pact.convert/1", documents(&folder, &[&["convert", "old.odcs.yaml", "--to", "odcs", "--in-place"]])));
    let mut wrong = Vec::new();
    for (document, jsons) in found {
        let Section { promised, named } = section(&page, document);
        let mut there = Keys::new();
        for json in &jsons {
            collect(json, &mut there);
        }
        wrong.extend(there.difference(&named).map(|key| format!("{document}: `{key}` is not documented")));
        // Nobody answers here; what an answer may be is described with the convention of services.
        let answered = ["health", "contract_name", "contract_version", "status"];
        let missing = promised.difference(&there).filter(|key| !answered.contains(&key.as_str()));
        wrong.extend(missing.map(|key| format!("{document}: `{key}` is nowhere")));
    }
    assert!(wrong.is_empty(), "docs/output.md and what pact prints differ:\n{}", wrong.join("\n"));
}
