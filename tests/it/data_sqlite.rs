//! `pact check` on the data itself, in SQLite files: every expectation counted, and what people see of it.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a failed expectation fails the test")]

mod values;

use rusqlite::Connection;
use serde_json::Value as Json;

use crate::support::{Folder, Ran};

const SHOP: &str = "\
name: shop
version: 1.0.0
status: active
publisher: {team: sales, owner: Ada, contact_email: sales@example.com}
datasets:
  - name: customers
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false}
      - {name: email, data_type: string, nullable: false, is_pii: true, constraints: [{type: regex, value: '.+@.+'}]}
      - {name: country, data_type: string, constraints: [{type: enum, value: [NL, DE]}, {type: min_length, value: 2}]}
  - name: orders
    physical_name: orders_v1
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false}
      - {name: customer, physical_name: customer_id, data_type: integer, is_foreign_key: true, foreign_key_reference: shop.customers.id}
      - name: amount
        data_type: decimal
        nullable: false
        constraints:
          - {type: min, value: 0}
          - {type: exclusive_max, value: 1000}
          - {type: multiple_of, value: 0.5}
          - {type: expression, value: amount < 900 or currency = 'EUR'}
          - {type: min, value: 10, when: currency = 'USD'}
      - {name: currency, data_type: string, tags: [money], constraints: [{type: const, value: EUR}]}
      - {name: placed_on, data_type: date, constraints: [{type: min, value: '2026-01-01'}]}
      - {name: ref, data_type: string, unique: true}
      - {name: tags, data_type: array, items: {data_type: string}, constraints: [{type: max_items, value: 2}, {type: unique_items, value: true}]}
    unique: [[customer, placed_on]]
    quality:
      - {metric_type: accuracy, threshold: 90%}
      - {metric_type: uniqueness, threshold: 99%}
      - {metric_type: volume, threshold: 5}
      - {metric_type: volume, threshold: 2, where: currency = 'USD'}
rules:
  technical:
    - {name: given, dataset: orders, field: currency, check: not_null, threshold: 50%}
    - {name: few-rows, dataset: orders, metric: row_count, must_be_less_than: 100}
    - {name: no-missing, dataset: orders, field: ref, metric: missing_values, arguments: {missing_values: ['', n/a]}, must_be: 0}
  business:
    - {name: positive, dataset: orders, expression: Amount > 0, severity: warning, dimension: validity}
    - {name: unknown-function, dataset: orders, expression: nosuch(amount) > 1}
    - {name: sum, dataset: orders, query: 'select sum(amount) from ${object}', must_be_greater_than: 100000}
    - {name: writes, dataset: orders, query: 'delete from ${object}', must_be: 0}
    - {name: in-words, dataset: orders, description: Every order is real.}
sources:
  test: {type: sqlite, path: data/shop.db}
subscribers:
  - team: crm
    fields_used: [customers.email]
    overrides: {quality: [{metric_type: accuracy, threshold: 100%}]}
";

const ROWS: &str = "
CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL, country TEXT);
INSERT INTO customers VALUES (1, 'ada@example.com', 'NL'), (2, 'bob', 'X'), (3, 'eve@example.com', NULL);
CREATE TABLE orders_v1 (id INTEGER PRIMARY KEY, customer_id INTEGER, amount DECIMAL(12,2) NOT NULL, currency TEXT,
                        placed_on DATE, ref TEXT, tags JSON);
INSERT INTO orders_v1 VALUES
  (1, 1, 5, 'EUR', '2026-02-01', 'a', '[\"x\",\"y\"]'),
  (2, 1, -1, 'EUR', '2026-02-01', 'a', '[\"x\",\"x\"]'),
  (3, 2, 950.25, 'USD', '2025-12-31', 'n/a', '[\"x\",\"y\",\"z\"]'),
  (4, 99, 1000, 'EUR', NULL, NULL, NULL),
  (5, NULL, 'abc', NULL, 'soon', 'c', '[]'),
  (6, 3, 7.5, 'USD', '2026-03-01', 'd', NULL);
";

/// A repository with a shop and its data.
fn shop(contract: &str, rows: &str) -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/shop.yaml", contract).write("data/.keep", "");
    let connection = Connection::open(folder.path().join("data/shop.db")).expect("a database");
    connection.execute_batch(rows).expect("rows");
    folder
}

fn checked(folder: &Folder, args: &[&str]) -> (Ran, Json) {
    let ran = folder.pact(&[&["check", "--no-ledger", "--format", "json"], args].concat());
    let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (ran, json)
}

fn results(json: &Json) -> impl Iterator<Item = &Json> {
    json["contracts"].as_array().expect("contracts").iter().flat_map(|one| one["results"].as_array().expect("results"))
}

/// The verdict and the number of an expectation.
fn of<'j>(json: &'j Json, id: &str) -> (&'j str, f64) {
    let found = results(json).find(|result| result["evidence"]["id"] == id);
    let found = found.unwrap_or_else(|| panic!("no {id} in {json:#}"));
    (found["verdict"].as_str().expect("a verdict"), found["evidence"]["value"].as_f64().expect("a number"))
}

#[test]
fn every_expectation_is_counted() {
    let folder = shop(SHOP, ROWS);
    let (ran, json) = checked(&folder, &[]);
    assert_eq!(ran.code, Some(2), "a rule could not be decided: {}", ran.stderr);
    for (id, expected) in [
        ("customers.id type", ("pass", 0.0)),
        ("customers.email regex", ("fail", 1.0)),
        ("customers.country enum", ("fail", 1.0)),
        ("customers.country min_length", ("fail", 1.0)),
        ("customers primary_key", ("pass", 0.0)),
        ("orders.amount type", ("fail", 1.0)),
        ("orders.amount not_null", ("pass", 0.0)),
        ("orders.amount min", ("fail", 1.0)),
        ("orders.amount exclusive_max", ("fail", 1.0)),
        ("orders.amount expression", ("fail", 1.0)),
        ("orders.amount min 2", ("fail", 1.0)),
        ("orders.currency const", ("fail", 2.0)),
        ("orders.placed_on type", ("fail", 1.0)),
        ("orders.placed_on min", ("fail", 1.0)),
        ("orders.ref unique", ("fail", 1.0)),
        ("orders.tags max_items", ("fail", 1.0)),
        ("orders.tags unique_items", ("fail", 1.0)),
        ("orders.customer foreign_key", ("fail", 1.0)),
        ("orders.unique[0] unique", ("fail", 1.0)),
        ("orders uniqueness", ("pass", 0.0)),
        ("orders.amount not_null", ("pass", 0.0)),
        ("orders volume", ("warn", 2.0)),
        ("given not_null", ("pass", 1.0)),
        ("few-rows row_count", ("pass", 6.0)),
        ("no-missing missing_values", ("fail", 1.0)),
        ("positive expression", ("warn", 1.0)),
        ("sum query", ("fail", 1961.75)),
        ("orders accuracy", ("fail", 5.0)),
    ] {
        assert_eq!(of(&json, id), expected, "{id}");
    }
    let reasons: Vec<&str> = results(&json)
        .filter(|result| result["verdict"] == "omit" || result["verdict"] == "error")
        .map(|result| result["actual"].as_str().expect("a reason"))
        .collect();
    for reason in ["no such function: nosuch", "in words alone", "`DELETE` changes something"] {
        assert!(reasons.iter().any(|one| one.contains(reason)), "{reason}: {reasons:?}");
    }
    let crm =
        results(&json).find(|one| one["consumer"] == "crm" && one["evidence"]["id"] == "customers accuracy of crm");
    assert_eq!(crm.map(|one| &one["verdict"]), Some(&Json::from("fail")), "{json:#}");
}

#[test]
fn rows_that_break_something_are_shown_and_personal_data_is_not() {
    let folder = shop(SHOP, ROWS);
    let ran = folder.pact(&["check", "--no-ledger"]);
    assert!(ran.stdout.contains("such as email (personal data), id 2"), "{}", ran.stdout);
    assert!(ran.stdout.contains("such as amount -1, id 2"), "{}", ran.stdout);
    assert!(ran.stdout.contains("such as customer 99"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("bob"), "{}", ran.stdout);
    let (_, json) = checked(&folder, &["--examples", "0"]);
    assert!(results(&json).all(|result| result["evidence"]["examples"].as_array().is_none_or(Vec::is_empty)));
}

#[test]
fn what_is_asked_can_be_chosen_explained_and_cut_short() {
    let folder = shop(SHOP, ROWS);
    let (_, json) = checked(&folder, &["--rule", "positive", "--tag", "money"]);
    let mut ids: Vec<&str> = results(&json).filter_map(|result| result["evidence"]["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["orders.currency const", "orders.currency type", "positive expression"]);
    let nothing = folder.pact(&["check", "--no-ledger", "--field", "nowhere"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (Some(2), ""), "{nothing:?}");

    let explained = folder.pact(&["check", "--explain"]);
    assert_eq!(explained.code, Some(0), "{explained:?}");
    for part in ["SELECT count(*) AS c0", "orders.amount min: at least `0`", "in-words text: it is in words alone"] {
        assert!(explained.stdout.contains(part), "{part} in {}", explained.stdout);
    }
    let json: Json =
        serde_json::from_str(&folder.pact(&["check", "--explain", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["format"], "pact.queries/1");
    std::fs::remove_file(folder.path().join("data/shop.db")).expect("a removed file");
    let plan = folder.pact(&["check", "--dry-run"]);
    assert_eq!(plan.code, Some(0), "{plan:?}");
    assert!(
        plan.stdout.starts_with("shop 1.0.0, sqlite:data/shop.db\n  customers: 10 expectations\n"),
        "{}",
        plan.stdout
    );
}

#[test]
fn a_sample_and_columns_alone_say_no_more_than_they_know() {
    let folder = shop(SHOP, ROWS);
    let (_, json) = checked(&folder, &["--sample", "2"]);
    assert_eq!(of(&json, "orders.amount exclusive_max"), ("pass", 0.0));
    assert_eq!(of(&json, "few-rows row_count"), ("pass", 6.0), "a count is one of all rows");
    assert!(results(&json).any(|result| result["kind"] == "volume" && result["actual"] == "6 rows"), "{json:#}");
    let (ran, json) = checked(&folder, &["--metadata-only"]);
    assert_eq!(ran.code, Some(0), "{json:#}");
    let is_enforced = |result: &Json| result["actual"] == "it enforced by the database";
    let is_known = |result: &Json| result["kind"] == "schema" || result["verdict"] == "omit" || is_enforced(result);
    assert!(results(&json).all(is_known), "{json:#}");
    assert_eq!(of(&json, "customers.email not_null"), ("pass", 0.0));
}

#[test]
fn what_stands_in_the_way_is_told_once() {
    let folder = shop(SHOP, ROWS);
    // What the source says itself is a mistake; what is not there may come.
    for (contract, code, reason) in [
        (SHOP.replace("data/shop.db", "data/gone.db"), 1, "there is no file data/gone.db"),
        (SHOP.replace("data/shop.db", "contracts/shop.yaml"), 1, "file is not a database"),
        (SHOP.replace("data/shop.db", "../shop.db"), 2, "lies outside the repository"),
        (SHOP.replace("data/shop.db", "'${PACT_TEST_NOWHERE}/shop.db'"), 2, "PACT_TEST_NOWHERE is not set"),
    ] {
        folder.write("contracts/shop.yaml", contract);
        let ran = folder.pact(&["check", "--no-ledger"]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert_eq!(ran.stdout.matches(reason).count(), 1, "{reason} in {}", ran.stdout);
    }
    folder.write("contracts/shop.yaml", SHOP.replace("physical_name: orders_v1", "physical_name: orders_v2"));
    let ran = folder.pact(&["check", "--no-ledger"]);
    assert!(ran.stdout.contains("`orders_v1`"), "a table is suggested: {}", ran.stdout);
}

#[test]
fn an_execution_is_recorded_with_what_was_measured() {
    let folder = shop(SHOP, ROWS);
    let ran = folder.pact(&["check"]);
    assert!(ran.stdout.contains("recorded as 1"), "{}", ran.stdout);
    let shown = folder.pact(&["ledger", "show", "1", "--format", "json"]);
    assert!(shown.stdout.contains("orders.amount min"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("bob"), "{}", shown.stdout);
}

#[test]
fn moments_are_compared_as_moments() {
    let contract = "\
name: ts
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer}
  - {name: at, data_type: timestamp, constraints: [{type: max, value: '2026-11-22T01:00:00Z'}]}
rules:
  business:
    - {name: early, expression: \"at <= timestamp '2026-11-22 00:30:00'\"}
quality: [{metric_type: freshness, threshold: 10000 days, timestamp_field: at}]
sources: {test: {type: sqlite, path: data/shop.db}}
";
    let rows = "CREATE TABLE ts (id INTEGER, at TEXT);
INSERT INTO ts VALUES (1, '2026-11-22T00:00:00Z'), (2, '2026-11-22 00:30:00'), (3, '2026-11-22T02:00:00+02:00'),
                      (4, '2026-11-21T17:00:00-08:00'), (5, '2026-11-21T20:00:00-08:00');";
    let (_, json) = checked(&shop(contract, rows), &[]);
    assert_eq!(of(&json, "ts.at max"), ("fail", 1.0));
    assert_eq!(of(&json, "early expression"), ("fail", 2.0));
    let newest = &json["contracts"][0]["observations"][2]["answer"]["data"]["datasets"]["ts"]["newest"]["at"];
    assert_eq!(newest, "2026-11-22 04:00:00.000");
}

#[test]
fn a_sample_refers_to_all_rows_and_nulls_may_count_as_missing() {
    let contract = SHOP
        .replace("is_foreign_key: true, ", "")
        .replace("missing_values: ['', n/a]", "missing_values: ['', n/a, null]");
    let folder = shop(&contract, ROWS);
    let (_, json) = checked(&folder, &[]);
    assert_eq!(of(&json, "no-missing missing_values"), ("fail", 2.0));
    assert_eq!(of(&json, "orders.customer foreign_key"), ("fail", 1.0));
    let (_, json) = checked(&folder, &["--sample", "3"]);
    assert_eq!(of(&json, "orders.customer foreign_key"), ("pass", 0.0));
}

#[test]
fn a_contract_does_not_choose_what_lies_outside_the_repository() {
    let folder = shop(SHOP, ROWS);
    for path in ["'${HOME}/../x.db'", "'${PACT_DATA:-/tmp}/x.db'", "'${PACT_DATA}/../x.db'"] {
        folder.write("contracts/shop.yaml", SHOP.replace("data/shop.db", path));
        let ran = folder.shell("PACT_DATA=/somewhere pact check --no-ledger");
        assert!(ran.stdout.contains("lies outside the repository"), "{path}: {}", ran.stdout);
    }
    folder.write("contracts/shop.yaml", SHOP.replace("data/shop.db", "'${PACT_DATA}/data/shop.db'"));
    let ran = folder.shell("PACT_DATA=\"$PWD\" pact check --no-ledger");
    assert!(ran.stdout.contains("orders.amount"), "{}", ran.stdout);
}

/// The verdicts of a contract with one table, and what was found, by the name of the expectation or by the element.
fn said(contract: &str, rows: &str, args: &[&str]) -> Vec<(String, String, String)> {
    let contract = format!(
        "name: t\nversion: 1.0.0\nstatus: active\nsources: {{test: {{type: sqlite, path: data/shop.db}}}}\n{contract}"
    );
    let (_, json) = checked(&shop(&contract, rows), args);
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let name = |one: &Json| text(if one["evidence"].is_null() { &one["element"] } else { &one["evidence"]["id"] });
    results(&json).map(|one| (name(one), text(&one["verdict"]), text(&one["actual"]))).collect()
}

fn are_said(found: &[(String, String, String)], expected: &[(&str, &str, &str)]) {
    for (name, verdict, actual) in expected {
        let is = |(one, was, said): &(String, String, String)| one == name && was == verdict && said == actual;
        assert!(found.iter().any(is), "{name} {verdict} {actual}: {found:#?}");
    }
}

#[test]
fn digits_are_counted_value_by_value() {
    let contract = "schema:
  - {name: a, data_type: decimal, precision: 5, scale: 2}
  - {name: b, data_type: decimal, precision: 3}
";
    let rows = "CREATE TABLE t (a NUMERIC, b NUMERIC);
INSERT INTO t VALUES (999.99, 999), (0.1 + 0.2, 1.5), (1000, -1000), (1.125, 5), (-9223372036854775808, NULL), (12, 1e300);";
    let found = said(contract, rows, &[]);
    are_said(
        &found,
        &[("t.a type", "fail", "it broken in 3 of 6 rows"), ("t.b type", "fail", "it broken in 3 of 6 rows")],
    );
}

#[test]
fn promises_about_some_rows_are_measured() {
    let contract = "schema:
  - {name: id, data_type: integer}
  - {name: code, data_type: string, unique: true}
  - {name: at, data_type: timestamp}
  - {name: kind, data_type: string}
quality:
  - {metric_type: completeness, threshold: 60%, where: kind = 'x'}
  - {metric_type: completeness, threshold: 60%, where: kind = 'z'}
  - {metric_type: freshness, threshold: 1 day, timestamp_field: at, where: kind = 'x'}
  - {metric_type: freshness, threshold: 1 day, timestamp_field: at, where: kind = 'y'}
  - {metric_type: freshness, threshold: 1 day, timestamp_field: at, where: kind = 'z'}
  - {metric_type: uniqueness, threshold: 50%}
  - {metric_type: uniqueness, threshold: 50%, where: kind = 'x'}
";
    let rows = "CREATE TABLE t (id INTEGER, code TEXT, at TEXT, kind TEXT);
INSERT INTO t VALUES (1, 'a', datetime('now', '-1 hour'), 'x'), (2, 'a', NULL, 'x'), (3, NULL, NULL, 'x'),
                     (4, 'b', datetime('now', '-3 days'), 'y'), (5, 'a', NULL, NULL), (6, 'c', NULL, 'x');";
    let found = said(contract, rows, &[]);
    are_said(
        &found,
        &[
            ("t completeness", "pass", "4 values missing of 16"),
            ("t completeness 2", "omit", "there are no rows"),
            ("t freshness", "pass", "data 1 h 0 min old"),
            ("t freshness 2", "fail", "data 3 d 0 h old"),
            ("t freshness 3", "not_received", "there are no rows"),
            ("t uniqueness", "warn", "it broken in 3 of 6 rows"),
            ("t uniqueness 2", "warn", "it broken in 2 of 4 rows"),
            ("t.code unique", "fail", "it broken in 2 of 6 rows"),
        ],
    );
}

#[test]
fn queries_give_one_value_and_patterns_mean_the_same_everywhere() {
    let contract = "schema:
  - {name: id, data_type: string, constraints: [{type: regex, value: '^(?!a)'}]}
rules:
  business:
    - {name: text, query: 'select max(id) from ${object}', must_be: '007'}
    - {name: no-number, query: 'select max(id) from ${object}', must_be: 7}
    - {name: rows, query: 'select id from ${object}', must_be: 1}
    - {name: columns, query: 'select 1, 2', must_be: 1}
    - {name: back, field: id, metric: invalid_values, arguments: {pattern: '(a)\\1'}, must_be: 0}
";
    let found = said(contract, "CREATE TABLE t (id TEXT); INSERT INTO t VALUES ('001'), ('007');", &[]);
    are_said(
        &found,
        &[
            ("text query", "pass", "the text `007`"),
            ("no-number query", "fail", "the text `007`"),
            ("rules.business[2]", "error", "the query gives several rows, and one value is expected"),
            ("rules.business[3]", "error", "the query gives 2 columns, and one value is expected"),
            (
                "t.id",
                "omit",
                "its pattern can't be read: look-around, including look-ahead and look-behind, is not supported",
            ),
            ("rules.business[4]", "omit", "its pattern can't be read: backreferences are not supported"),
        ],
    );
}

#[test]
fn what_the_contract_does_not_know_is_told_once_and_without_control_characters() {
    let contract = "datasets: [{name: t, extra_fields: warn, schema: [{name: id, data_type: integer}]}]\n";
    let rows =
        "CREATE TABLE t (id INTEGER, \"a\u{1b}[31mb\" TEXT, c BLOB); CREATE TABLE \"t\u{1b}[2J\ns\" (id INTEGER);";
    let found = said(contract, rows, &[]);
    are_said(
        &found,
        &[("t", "warn", "2 columns that the contract does not know: `a\u{1b}[31mb` (`TEXT`), `c` (`BLOB`)")],
    );
    let contract = "name: t\nversion: 1.0.0\nstatus: active\nschema: [{name: id, data_type: integer}]\n\
                    sources: {test: {type: sqlite, path: data/shop.db, table: \"t\\e[2Js\"}}\n";
    let folder = shop(contract, rows);
    for args in [
        &["check"][..],
        &["check", "--explain"],
        &["check", "--dry-run"],
        &["check", "--format", "markdown"],
        &["check", "--format", "junit"],
    ] {
        let ran = folder.pact(&[args, &["--no-ledger"]].concat());
        let is_harmless = |text: &str| text.chars().all(|letter| letter == '\n' || !letter.is_control());
        assert!(is_harmless(&ran.stdout) && is_harmless(&ran.stderr), "{args:?} {ran:?}");
    }
}

#[test]
fn fields_are_chosen_by_dotted_names() {
    let contract = "schema:
  - {name: id, data_type: integer, constraints: [{type: min, value: 0}]}
  - name: home
    data_type: object
    fields: [{name: city, data_type: string, constraints: [{type: min_length, value: 1}]}, {name: zip, data_type: string, constraints: [{type: min_length, value: 1}]}]
rules:
  technical: [{name: given, field: home.city, check: not_null}]
";
    let rows =
        "CREATE TABLE t (id INTEGER, home JSON); INSERT INTO t VALUES (1, '{\"city\": \"Oslo\", \"zip\": \"1\"}');";
    for (field, expected) in [
        ("id", &["t", "t.id min", "t.id type"][..]),
        ("t.id", &["t", "t.id min", "t.id type"]),
        ("home.city", &["given not_null", "t", "t.home.city min_length", "t.home.city type"]),
        ("t.home.city", &["given not_null", "t", "t.home.city min_length", "t.home.city type"]),
        (
            "home",
            &[
                "given not_null",
                "t",
                "t.home type",
                "t.home.city min_length",
                "t.home.city type",
                "t.home.zip min_length",
                "t.home.zip type",
            ],
        ),
    ] {
        let mut found: Vec<String> = said(contract, rows, &["--field", field])
            .into_iter()
            .filter(|one| one.1 == "pass")
            .map(|one| one.0)
            .collect();
        found.sort();
        assert_eq!(found, expected, "{field}");
    }
}

#[test]
fn rows_are_sorted_into_good_ones_and_bad_ones() {
    let folder = shop(SHOP, ROWS);
    let heaps = ["--valid", "good-{dataset}.ndjson", "--quarantine", "bad-{dataset}.csv"];
    let (ran, _) = checked(&folder, &heaps);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).expect("a file");
    assert_eq!(
        read("good-customers.ndjson"),
        "{\"id\":1,\"email\":\"ada@example.com\",\"country\":\"NL\"}\n\
         {\"id\":3,\"email\":\"eve@example.com\",\"country\":null}\n"
    );
    assert_eq!(
        read("bad-customers.csv"),
        "id,email,country,pact codes\n2,bob,X,customers.email regex;customers.country enum;customers.country min_length\n"
    );
    let bad = read("bad-orders.csv");
    assert!(bad.contains("orders.customer foreign_key") && bad.contains("orders.ref unique"), "{bad}");
    let ran = folder.pact(&["check", "--no-ledger", "--valid", "good-{dataset}.parquet"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    assert!(ran.stderr.contains("rows of a database are written as CSV and NDJSON only"), "{}", ran.stderr);
}

#[test]
fn texts_are_dates_only_where_they_look_like_them() {
    let contract = "\
schema:
  - {name: id, data_type: integer}
  - {name: twice, data_type: integer, constraints: [{type: max, value: 6}]}
  - {name: at, data_type: timestamp}
  - {name: time, data_type: time}
  - {name: day, data_type: date, format: dd.MM.yyyy}
  - {name: s, data_type: string}
rules:
  technical:
    - {name: capital, expression: s like 'A%'}
    - {name: quotes, expression: 's = \"b\"'}
";
    let rows = "create table t(id integer, twice integer generated always as (id * 2) stored, at text, time text, day text, s text);
        insert into t(id, at, time, day, s) values
            (1, '2026-02-28T10:00:00Z', '10:00', '01.02.2026', 'ab'), (2, '2026-02-30 10:00', '2026-02-01', 'x', 'Ab'),
            (3, '1e3', '7', 'y', 'A'), (4, '2026-02-01', '10:00:00.5', 'z', 'A')";
    let found = said(contract, rows, &[]);
    for (name, verdict, actual) in [
        ("t.twice max", "fail", "it broken in 1 of 4 rows"),
        ("t.at type", "fail", "it broken in 3 of 4 rows"),
        ("t.time type", "fail", "it broken in 2 of 4 rows"),
        ("t.day", "omit", "SQLite has no dates in the format `dd.MM.yyyy`"),
        ("capital expression", "fail", "it broken in 1 of 4 rows"),
        ("rules.technical[1]", "error", "no such column"),
    ] {
        let is = |(one, was, said): &(String, String, String)| one == name && was == verdict && said.contains(actual);
        assert!(found.iter().any(is), "{name} {verdict} {actual}: {found:#?}");
    }
}

#[test]
fn a_column_that_is_not_there_is_told_also_where_it_is_the_only_one() {
    let found = said(
        "schema:\n  - {name: d, data_type: string}\n",
        "create table t(id integer); insert into t values (1)",
        &[],
    );
    assert!(
        found
            .iter()
            .any(|(name, verdict, actual)| name == "t.d" && verdict == "fail" && actual.starts_with("no column `d`")),
        "{found:#?}"
    );
}

#[test]
fn texts_beside_moments_are_moments() {
    let contract = "\
schema:
  - {name: at, data_type: datetime}
  - {name: ts, data_type: timestamp}
rules:
  technical:
    - {name: same, expression: \"at = '2026-01-01 10:00:00'\"}
    - {name: since, expression: \"ts >= '2026-01-01T10:00:00Z'\"}
    - {name: within, expression: \"ts between '2026-01-01T10:00:00Z' and '2026-01-01T10:00:01Z'\"}
    - {name: among, expression: \"at in ('2026-01-01T10:00:00', '2026-01-02 10:00')\"}
";
    let rows = "create table t(at text, ts text);
        insert into t values ('2026-01-01 10:00:00', '2026-01-01T10:00:00Z'), ('2026-01-01T10:00', '2026-01-01 11:00:01+01:00'),
            ('2026-01-01 10:00:01', '2026-01-01T09:59:59Z')";
    let one = "it broken in 1 of 3 rows";
    are_said(
        &said(contract, rows, &[]),
        &[
            ("same expression", "fail", one),
            ("since expression", "fail", one),
            ("within expression", "fail", one),
            ("among expression", "fail", one),
        ],
    );
}

#[test]
fn texts_of_sqlite_are_uuids_and_times_as_elsewhere() {
    let contract = "\
schema:
  - {name: id, data_type: uuid, unique: true}
  - {name: time, data_type: time}
  - {name: at, data_type: datetime}
";
    let rows = "create table t(id text, time text, at text);
        insert into t values
            ('0190163d-8694-739b-aea5-966c26f8ad90', '23:59:59', '2026-01-01 23:59'),
            ('0190163D-8694-739B-AEA5-966C26F8AD90', '24:00', '2026-01-01T24:00'),
            ('zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz', '10:00+01:00', '2026-01-01T10:00:00'),
            ('0190163d86-94-739b-aea5-966c26f8ad90', '10:00Z', '2026-01-01')";
    let found = said(contract, rows, &[]);
    are_said(
        &found,
        &[
            ("t.id type", "fail", "it broken in 2 of 4 rows"),
            ("t.id unique", "fail", "it broken in 1 of 4 rows"),
            ("t.time type", "fail", "it broken in 3 of 4 rows"),
            ("t.at type", "fail", "it broken in 2 of 4 rows"),
        ],
    );
}
