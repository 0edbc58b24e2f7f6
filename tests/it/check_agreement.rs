//! What strangers found: files and streams say the same of the same records, nothing is passed over in silence, and no value of
//! personal data comes out.

#![allow(clippy::expect_used, reason = "a failed expectation fails the test")]

use crate::support::Folder;

const HEAD: &str =
    "name: t\nversion: 1.0.0\nstatus: active\npublisher: {team: sales, owner: Ada, contact_email: s@example.com}\n";

fn folder(rest: &str, data: &str) -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: contracts\n");
    folder
        .write("contracts/t.yaml", format!("{HEAD}{rest}sources: {{production: {{type: ndjson, path: t.ndjson}}}}\n"));
    folder.write("t.ndjson", data);
    folder
}

fn check(folder: &Folder, more: &[&str]) -> String {
    let ran = folder.pact(&[&["check", "t"], more].concat());
    format!("{}{}", ran.stdout, ran.stderr)
}

#[test]
fn words_for_a_missing_value_are_as_null_in_files_and_in_streams() {
    let schema = "schema:\n  - {name: id, data_type: integer}\n  \
                  - {name: s, data_type: string, nullable: false, unique: true, missing_values: ['-'], constraints: [{type: min_length, value: 2}]}\n  \
                  - {name: n, data_type: integer, missing_values: [-1], constraints: [{type: min, value: 0}]}\n";
    let data = "{\"id\":1,\"s\":\"-\",\"n\":-1}\n{\"id\":2,\"s\":\"-\",\"n\":5}\n{\"id\":3,\"s\":\"abc\",\"n\":-2}\n";
    let folder = folder(schema, data);
    for ran in [check(&folder, &["-v", "--no-ledger"]), check(&folder, &["-v", "--records", "t.ndjson"])] {
        for (promised, broken) in [
            ("never null", "2 of 3"),
            ("a length of at least `2`", ""),
            ("unique values", ""),
            ("at least `0`", "1 of 3"),
        ] {
            let line = ran
                .lines()
                .find(|line| line.contains(&format!("promised {promised};")))
                .unwrap_or_else(|| panic!("{promised}: {ran}"));
            assert!(line.contains(broken) && line.contains("fail") != broken.is_empty(), "{line}");
        }
    }
}

#[test]
fn what_is_in_lists_of_files_is_said_not_to_be_looked_at() {
    let schema = "schema:\n  - {name: l, data_type: array, items: {data_type: integer}}\n  - {name: m, data_type: map, values: {data_type: integer}}\n";
    let folder = folder(schema, "{\"l\":[\"x\"],\"m\":{\"a\":\"z\"}}\n");
    let ran = check(&folder, &["-v", "--no-ledger"]);
    assert_eq!(ran.matches("does not look into lists and maps here").count(), 2, "{ran}");
}

#[test]
fn no_output_has_a_value_of_personal_data() {
    let rest = "schema:\n  - {name: mail, data_type: string, is_pii: true}\n\
                rules:\n  business:\n    - {name: number, expression: cast(mail as integer) > 0}\n    \
                - {name: one, query: 'select max(mail) from ${object}', must_be: a}\n";
    let folder = folder(rest, "{\"mail\":\"secret@x\"}\n");
    for format in ["human", "json", "jsonl", "junit", "markdown"] {
        let ran = check(&folder, &["-v", "--format", format]);
        assert!(!ran.contains("secret"), "{format}: {ran}");
        assert!(format == "markdown" || ran.contains("which may be personal data"), "{format}: {ran}");
    }
}

#[test]
fn a_count_that_is_used_up_is_told() {
    let rest = "schema:\n  - {name: id, data_type: integer}\n\
                rules:\n  business:\n    - {name: late, expression: id > 1, threshold: 1}\n    - {name: rows, metric: row_count, must_be_greater_than: 5}\n    \
                - {name: nulls, metric: null_values, field: id, must_be: 2}\n";
    let folder = folder(rest, "{\"id\":1}\n{\"id\":2}\n");
    for ran in [check(&folder, &["--no-ledger"]), check(&folder, &["--records", "t.ndjson"])] {
        let warned = ran.lines().find(|line| line.contains("in all but 1 rows")).unwrap_or_else(|| panic!("{ran}"));
        assert!(warned.trim_start().starts_with("warn"), "{warned}");
        assert!(ran.contains("promised a row count of more than 5 (`rows`)"), "{ran}");
        assert!(ran.contains("promised a count of null values of 2 (`nulls`); found 0"), "{ran}");
    }
}

#[test]
fn what_is_within_json_of_sqlite_is_of_its_kind() {
    let schema = "schema:\n  - {name: doc, data_type: object, fields: [{name: a, data_type: integer}, {name: s, data_type: string}, {name: d, data_type: date}]}\n\
                  rules: {business: [{name: many, expression: sum(doc.a) > 0}]}\n";
    let folder = folder(schema, "");
    let contract = format!("{HEAD}{schema}sources: {{production: {{type: sqlite, path: t.db}}}}\n");
    folder.write("contracts/t.yaml", contract);
    let database = rusqlite::Connection::open(folder.path().join("t.db")).expect("a database");
    let rows = "CREATE TABLE t (doc TEXT); INSERT INTO t VALUES ('{\"a\":\"5\",\"s\":7}'), ('{\"a\":5.0,\"s\":null,\"d\":\"2024-02-30\"}'), ('{\"d\":\"2024-02-29\"}');";
    database.execute_batch(rows).expect("rows");
    let ran = check(&folder, &["--no-ledger"]);
    for promised in ["t.doc.a: promised integer", "t.doc.s: promised string", "t.doc.d: promised date"] {
        assert!(ran.contains(&format!("{promised}; found it broken in 1 of 3 rows")), "{ran}");
    }
    assert!(ran.contains("a condition is about one row at a time"), "{ran}");
}

#[test]
fn no_clock_is_a_day_off() {
    let schema = "schema:\n  - {name: at, data_type: timestamp}\n";
    let folder = folder(schema, "{\"at\":\"2024-01-01T00:00:00+25:00\"}\n{\"at\":\"2024-01-01T00:00:00+14:00\"}\n");
    for ran in [check(&folder, &["--no-ledger"]), check(&folder, &["--records", "t.ndjson"])] {
        assert!(ran.contains("t.at: promised timestamp; found") && ran.contains("1 of 2"), "{ran}");
    }
}

#[test]
fn what_was_rewritten_is_told_to_the_last_digit() {
    let folder = folder(
        "schema:\n  - {name: n, data_type: integer}\n",
        "{\"n\":\"12345678901234567890123\"}\n{\"n\":\"1e2\"}\n",
    );
    check(&folder, &["--records", "t.ndjson", "--coerce", "--changes", "c.ndjson"]);
    let changes = std::fs::read_to_string(folder.path().join("c.ndjson")).expect("changes");
    assert_eq!(
        changes,
        "{\"line\":1,\"field\":\"n\",\"how\":\"to_number\",\"from\":\"12345678901234567890123\",\"to\":12345678901234567890123}\n\
         {\"line\":2,\"field\":\"n\",\"how\":\"to_number\",\"from\":\"1e2\",\"to\":1e2}\n"
    );
}
