//! What the `format` of texts promises, and where keys that are there twice are, in files as a user checks them.

#![allow(clippy::expect_used, reason = "a failed expectation fails the test")]

use crate::support::Folder;

const CONTRACT: &str = "\
name: people
version: 1.0.0
status: active
publisher: {team: sales, owner: Ada, contact_email: s@example.com}
schema:
  - {name: id, data_type: integer, is_primary_key: true, nullable: false}
  - {name: email, data_type: string, format: email, unique: true}
  - {name: address, data_type: string, format: ipv6}
  - {name: colour, data_type: string, format: css-colour}
quality:
  - {metric_type: accuracy, threshold: 40%}
sources:
  production: {type: csv, path: people.csv}
";

const PEOPLE: &str = "id,email,address,colour\n1,a@b,::1,red\n2,nobody,1.2.3.4,\n3,a@b,fe80::1,x\n3,,,\n";

fn people() -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/people.yaml", CONTRACT);
    folder.write("people.csv", PEOPLE);
    folder
}

#[test]
fn a_format_of_texts_is_a_promise() {
    let folder = people();
    let ran = folder.pact(&["check", "--no-ledger", "-v"]);
    for told in [
        "people.email: promised texts of the format `email`; found it broken in 1 of 4 rows",
        "such as people.csv:3: email nobody, id 2",
        "people.address: promised texts of the format `ipv6`; found it broken in 1 of 4 rows",
        "pact does not know the format `css-colour`; a `regex` among the constraints says what such texts are",
        "people: promised 40% of rows right; found it broken in 1 of 4 rows",
    ] {
        assert!(ran.stdout.contains(told), "{told}\n{}{}", ran.stdout, ran.stderr);
    }
    let records = "{\"id\":1,\"email\":\"a@b\",\"address\":\"::1\"}\n{\"id\":2,\"email\":\"nobody\"}\n";
    folder.write("people.ndjson", records);
    let ran = folder.pact(&["check", "people", "--records", "people.ndjson"]);
    assert!(ran.stdout.contains("promised texts of the format `email`"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn keys_that_are_there_twice_are_shown_once_with_the_place_of_a_row() {
    let ran = people().pact(&["check", "--no-ledger"]);
    for told in [
        "people: promised a primary key `id`; found it broken in 1 of 4 rows",
        "such as people.csv:4: id 3",
        "people.email: promised unique values; found it broken in 1 of 4 rows",
        "such as people.csv:2: email a@b",
    ] {
        assert!(ran.stdout.contains(told), "{told}\n{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn which_rows_there_are_is_a_promise() {
    let folder = people();
    let check = |filter: &str| {
        let dataset = format!("datasets:\n- name: people\n  filter: {filter}\n  ordering: [id]\n  schema:\n");
        let filtered = CONTRACT.replace("schema:\n", &dataset);
        folder.write("contracts/people.yaml", filtered);
        let ran = folder.pact(&["check", "--no-ledger", "-v"]);
        format!("{}{}", ran.stdout, ran.stderr)
    };
    let told = check("id > 1");
    assert!(told.contains("promised rows where `id > 1`, and no others; found it broken in 1 of 4 rows"), "{told}");
    assert!(
        told.contains("promised rows in the order of id; not checked: pact does not look at the order of rows"),
        "{told}"
    );
    let told = check("nope > 1");
    assert!(told.contains("promised rows where `nope > 1`, and no others; found there is no field `nope`"), "{told}");
    let told = check("people of today");
    assert!(
        told.contains("promised rows where `people of today`, and no others; not checked: it is in words"),
        "{told}"
    );
}

#[test]
fn values_of_another_kind_are_told_once() {
    let folder = people();
    let bounded =
        "{name: id, data_type: integer, is_primary_key: true, nullable: false, constraints: [{type: min, value: 0}]}";
    let contract = CONTRACT.replace("{name: id, data_type: integer, is_primary_key: true, nullable: false}", bounded);
    folder.write("contracts/people.yaml", contract.replace("csv", "parquet"));
    crate::data_files::write(&folder, "people.parquet", "PARQUET", "SELECT 'x' AS id, 'a@b' AS email");
    let ran = folder.pact(&["check", "--no-ledger", "-v"]);
    for told in [
        "people.id: promised integer, never null; found the type `varchar`",
        "people.id: promised at least `0`; not checked: its column is of type `varchar`, and no integer",
        "people: promised a primary key `id`; found it broken in none of 1 rows",
    ] {
        assert!(ran.stdout.contains(told), "{told}\n{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn one_pass_over_text_tells_everything() {
    let ran = people().pact(&["check", "--explain"]);
    assert_eq!(ran.stdout.matches("query ").count(), 1, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("people primary_key: a primary key `id`; with some keys that break it"),
        "{}",
        ran.stdout
    );
}
