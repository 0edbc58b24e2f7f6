//! `pact check` on files, as a user types it: what people see, and the rows in two heaps.

#![allow(clippy::expect_used, reason = "a failed expectation fails the test")]

use serde_json::Value as Json;

use crate::support::Folder;

const SHOP: &str = "\
name: shop
version: 1.0.0
status: active
publisher: {team: sales, owner: Ada, contact_email: sales@example.com}
datasets:
  - name: customers
    files: {format: ndjson}
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false}
      - {name: email, data_type: string, nullable: false, is_pii: true, constraints: [{type: regex, value: '.+@.+'}]}
      - {name: address, data_type: object, fields: [{name: city, data_type: string, nullable: false}]}
  - name: orders
    files: {format: csv, delimiter: ';', missing_values: [n/a]}
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false}
      - {name: customer, data_type: integer, is_foreign_key: true, foreign_key_reference: shop.customers.id}
      - {name: amount, data_type: decimal, precision: 10, scale: 2, constraints: [{type: min, value: 0}]}
      - {name: placed_on, data_type: date, format: dd.MM.yyyy, constraints: [{type: min, value: '2026-01-01'}]}
    quality:
      - {metric_type: volume, threshold: 3}
rules:
  business:
    - {name: sum, dataset: orders, query: 'select sum(amount) from ${object}', must_be_less_than: 100}
    - {name: small, dataset: orders, expression: amount < 500 or customer = 2, severity: warning}
    - {name: divides, dataset: orders, expression: 1 / (amount - 5) < 1}
sources:
  drop: {type: local, path: data, tables: {customers: customers.ndjson, orders: orders.csv}}
";

const CUSTOMERS: &str = "\
{\"id\":1,\"email\":\"a@b\",\"address\":{\"city\":\"Delft\"}}
{\"id\":2,\"email\":\"bob\",\"address\":{}}
{\"id\":\"3\",\"email\":null}
broken
";

const ORDERS: &str = "\
id;customer;amount;placed_on;note
1;1;5.00;02.02.2026;a
2;1;-1;31.02.2026;b
3;9;12.345;01.12.2025;
4;2;1000
5;n/a;1000;03.03.2026;
6;2;7;03.03.2026;\"x\"y
8;2;8;03.03.2026;c
8;;9;03.03.2026;d
";

fn shop() -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/shop.yaml", SHOP);
    folder.write("data/customers.ndjson", CUSTOMERS).write("data/orders.csv", ORDERS);
    folder
}

fn read(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_is_wrong_with_files_is_told_with_file_line_and_value() {
    let ran = shop().pact(&["check", "--no-ledger"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    for part in [
        "customers: promised rows that can be read; found 1 that can't: data/customers.ndjson:4: it is no JSON object",
        "customers.id: promised integer; found it broken in 1 of 3 rows",
        "such as data/customers.ndjson:3: id \"3\"",
        "customers.address.city: promised never null; found it broken in 1 of 2 rows",
        "such as data/customers.ndjson:2: email (personal data), id 2",
        "found 2 that can't: data/orders.csv:5: it has 3 cells, the header has 5; data/orders.csv:7: there is text behind the quote",
        "orders: promised the fields of the contract; found the column `note`",
        "such as data/orders.csv:4: amount 12.345, id 3",
        "such as data/orders.csv:3: id 2, placed_on 31.02.2026",
        "orders.customer: promised a value of `shop.customers.id`; found it broken in 1 of 6 rows",
        "orders: promised a primary key `id`; found it broken in 1 of 6 rows",
        "promised a result of less than 100 (`sum`); found 1021",
        "its SQL divides by zero; write `nullif(divisor, 0)`",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("bob"), "{}", ran.stdout);
}

#[test]
fn rows_are_sorted_into_good_ones_and_bad_ones() {
    let folder = shop();
    // Where a rule has no answer, nobody knows which rows are good.
    let answered: String = SHOP.split_inclusive('\n').filter(|line| !line.contains("divides")).collect();
    folder.write("contracts/shop.yaml", answered);
    let heaps = ["check", "--no-ledger", "--quarantine", "bad-{dataset}.ndjson", "--valid", "good-{dataset}.csv"];
    let ran = folder.pact(&heaps);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let bad = read(&folder, "bad-orders.ndjson");
    let mut found: Vec<String> = bad
        .lines()
        .map(|line| {
            let row: Json = serde_json::from_str(line).expect("JSON");
            let codes: Vec<&str> = row["codes"].as_array().expect("codes").iter().filter_map(Json::as_str).collect();
            format!("{} {} {}", row["place"].as_str().unwrap_or_default(), row["record"]["id"], codes.join(", "))
        })
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "data/orders.csv:3 \"2\" orders.amount min, orders.placed_on type",
            "data/orders.csv:4 \"3\" orders.amount type, orders.placed_on min, orders.customer foreign_key",
            "data/orders.csv:8 \"8\" orders primary_key",
            "data/orders.csv:9 \"8\" orders primary_key",
        ]
    );
    // As they lie there, with what the contract does not know.
    let mut good: Vec<String> = read(&folder, "good-orders.csv").lines().map(str::to_owned).collect();
    good.sort_unstable();
    assert_eq!(good, ["1,1,5.00,02.02.2026,a", "5,,1000,03.03.2026,", "id,customer,amount,placed_on,note"]);

    let ran = folder.pact(&[
        "check",
        "--no-ledger",
        "--valid",
        "good-{dataset}.ndjson",
        "--quarantine",
        "bad-{dataset}.parquet",
    ]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let good = read(&folder, "good-orders.ndjson");
    let first = good.lines().find(|line| line.contains("\"id\":1,")).expect("a row");
    assert_eq!(first, r#"{"id":1,"customer":1,"amount":5.00,"placed_on":"2026-02-02","note":"a"}"#);
    let customers = read(&folder, "good-customers.ndjson");
    assert_eq!(customers, "{\"id\":1,\"email\":\"a@b\",\"address\":{\"city\":\"Delft\"}}\n");
    assert!(std::fs::read(folder.path().join("bad-orders.parquet")).expect("a file").starts_with(b"PAR1"));
    let left = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name());
    assert_eq!(left.filter(|name| name.to_string_lossy().contains("tmp")).count(), 0);
}

#[test]
fn heaps_that_can_not_be_are_refused_before_anything_is_looked_at() {
    let folder = shop();
    for (args, part) in [
        (["--valid", "good.csv"].as_slice(), "good.csv would be written for each of 2 datasets"),
        (&["--valid", "x-{dataset}.xlsx"], "it can't be told how to write x-{dataset}.xlsx"),
        (&["--valid", "{dataset}.csv", "--quarantine", "{dataset}.csv"], "is named for two things"),
    ] {
        let ran = folder.pact(&[&["check", "--no-ledger"], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
}

#[test]
fn nothing_is_written_over_what_is_checked() {
    let folder = shop();
    let ran =
        folder.pact(&["check", "--no-ledger", "--field", "orders.amount", "--valid", "data/../data/{dataset}.csv"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("orders.csv is one of the files that are checked"), "{}", ran.stderr);
    assert_eq!(read(&folder, "data/orders.csv"), ORDERS);
}

#[test]
fn a_file_that_is_not_there_blanks_no_neighbour() {
    let folder = shop();
    std::fs::remove_file(folder.path().join("data/customers.ndjson")).expect("a file");
    let ran = folder.pact(&["check", "--no-ledger"]);
    assert!(ran.stdout.contains("there is no file `data/customers.ndjson`"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("orders.amount: promised at least `0`; found it broken in 1 of 6 rows"),
        "{}",
        ran.stdout
    );
}

#[test]
fn links_out_of_the_repository_are_not_followed() {
    let folder = shop();
    let outside = Folder::new();
    outside.write("orders.csv", ORDERS);
    std::fs::remove_file(folder.path().join("data/orders.csv")).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("orders.csv"), folder.path().join("data/orders.csv"))
        .expect("a link");
    let ran = folder.pact(&["check", "--no-ledger"]);
    assert!(
        ran.stdout.contains("outside the repository") || ran.stdout.contains("out of the repository"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("12.345"), "{}", ran.stdout);
}

/// A contract of one dataset and one file, which a test checks.
fn check(schema: &str, rest: &str, file: &str, data: &str, args: &[&str]) -> (Folder, crate::support::Ran) {
    let folder = Folder::new();
    let contract = format!(
        "name: t\nversion: 1.0.0\nstatus: active\npublisher: {{team: a, owner: A, contact_email: a@example.com}}\n\
         schema:\n{schema}{rest}"
    );
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/t.yaml", &contract).write(file, data);
    let ran = folder.pact(&[&["check", "--no-ledger"], args].concat());
    (folder, ran)
}

#[test]
fn what_nobody_can_check_is_an_error_and_what_pact_can_not_is_left() {
    let schema = "  - {name: id, data_type: integer}\n  \
                  - {name: a, data_type: string, constraints: [{type: regex, value: 'a(?=b)'}]}\n  \
                  - {name: b, data_type: string, constraints: [{type: regex, value: 'a('}]}\n";
    let rest = "rules:\n  technical:\n    - {name: torn, expression: id >}\n    - {name: words, description: be nice}\n\
                sources: {drop: {type: csv, path: t.csv}}\n";
    let (folder, ran) = check(schema, rest, "t.csv", "id,a,b\n1,x,y\n", &["--format", "json"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    let json: Json = serde_json::from_str(&ran.stdout).expect("JSON");
    let results = json["contracts"][0]["results"].as_array().expect("results");
    let verdict = |element: &str, part: &str| {
        let is = |result: &&Json| result["element"] == element && result.to_string().contains(part);
        results.iter().find(is).map(|result| result["verdict"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(verdict("rules.technical[0]", "its SQL can't be read").as_deref(), Some("error"), "{results:#?}");
    assert_eq!(verdict("rules.technical[1]", "words").as_deref(), Some("omit"), "{results:#?}");
    assert_eq!(verdict("t.a", "regex").or_else(|| verdict("t.a", "match")).as_deref(), Some("omit"), "{results:#?}");
    assert_eq!(verdict("t.b", "regex").or_else(|| verdict("t.b", "match")).as_deref(), Some("error"), "{results:#?}");
    drop(folder);
}

#[test]
fn keys_that_the_contract_does_not_know_stay_what_they_are() {
    let schema = "  - {name: id, data_type: integer, constraints: [{type: min, value: 2}]}\n";
    let rest = "sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let data = "{\"id\":1,\"n\":1.50,\"o\":{\"a\":[1]},\"s\":\"x\",\"z\":null}\n{\"id\":2,\"n\":true}\n";
    let args = ["--quarantine", "bad.ndjson", "--valid", "good.ndjson"];
    let (folder, _) = check(schema, rest, "t.ndjson", data, &args);
    let record = r#""record":{"id":1,"n":1.50,"o":{"a":[1]},"s":"x","z":null}}"#;
    assert!(read(&folder, "bad.ndjson").trim_end().ends_with(record), "{}", read(&folder, "bad.ndjson"));
    assert_eq!(read(&folder, "good.ndjson"), "{\"id\":2,\"n\":true,\"o\":null,\"s\":null,\"z\":null}\n");
}

#[test]
fn a_slip_in_the_source_is_told_and_not_passed_over() {
    let schema = "  - {name: id, data_type: integer}\n  - {name: n, data_type: string}\n";
    for (source, data, code, part) in [
        (
            "{type: csv, path: t.csv, options: {delimter: ';'}}",
            "id;n\n",
            2,
            "has `delimter`: did you mean `delimiter`?",
        ),
        ("{type: csv, path: '.', tables: {tt: t.csv}}", "id,n\n", 2, "names a table of `tt`, which is no dataset"),
        ("{type: csv, path: t.csv}", "id;n\n1;a\n", 1, "its header is one cell, `id;n`: give `delimiter: \";\"`"),
    ] {
        let (_folder, ran) = check(schema, &format!("sources: {{drop: {source}}}\n"), "t.csv", data, &[]);
        assert_eq!(ran.code, Some(code), "{source}: {}", ran.stdout);
        assert!(ran.stdout.contains(part), "{source}: {}", ran.stdout);
    }
}

#[test]
fn formats_of_dates_are_heeded_or_told() {
    let schema = "  - {name: id, data_type: integer, nullable: false}\n  \
                  - {name: a, data_type: timestamp, format: \"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"}\n  \
                  - {name: b, data_type: date, format: QQ yyyy, nullable: false}\n  \
                  - {name: c, data_type: time, format: hh.mm a}\n";
    let rest = "sources: {drop: {type: csv, path: t.csv}}\n";
    let data = "id,a,b,c\n1,2026-01-02T03:04:05.678+01:00,Q1 2026,02.30 PM\n2,2026-01-02T03:04:05Z,,14.30\n";
    let (_folder, ran) = check(schema, rest, "t.csv", data, &["--verbose"]);
    for part in [
        "t.a: promised timestamp; found it broken in 1 of 2 rows",
        "t.c: promised time; found it broken in 1 of 2 rows",
        "t.b: promised never null; found it broken in 1 of 2 rows",
        "the format `QQ yyyy` has `QQ`, which pact does not know in it",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}

#[test]
fn what_no_record_has_is_missing_only_where_it_has_to_be_there() {
    let schema = "  - {name: id, data_type: integer, nullable: false}\n  - {name: note, data_type: string}\n";
    let rest = "sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let (_folder, ran) = check(schema, rest, "t.ndjson", "{\"id\":1}\n", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    let (_folder, ran) = check(schema, rest, "t.ndjson", "{\"note\":\"a\"}\n", &[]);
    assert!(ran.stdout.contains("no column `id`"), "{}", ran.stdout);
    for nothing in ["", "\n\n"] {
        let (_folder, ran) = check(schema, rest, "t.ndjson", nothing, &[]);
        assert!(ran.code == Some(1) && ran.stdout.contains("there is no record in its files"), "{}", ran.stdout);
    }
}

#[test]
fn one_to_one_is_a_key_of_both_sides() {
    let folder = shop();
    let with_key = SHOP.replace(
        "    quality:\n",
        "    foreign_keys:\n      - {fields: [customer], references: shop.customers, referenced_fields: [id], cardinality: one_to_one}\n    quality:\n",
    );
    folder.write("contracts/shop.yaml", &with_key);
    let ran = folder.pact(&["check", "--no-ledger"]);
    let part = "promised no two rows with the same customer (one_to_one); found it broken in 1 of 6 rows";
    assert!(ran.stdout.contains(part), "{}", ran.stdout);
}

#[test]
fn sql_of_the_contract_looks_into_json() {
    let schema = "  - {name: id, data_type: integer}\n  \
                  - {name: who, data_type: object, fields: [{name: age, data_type: integer}, {name: at, data_type: object, fields: [{name: city, data_type: string}]}]}\n";
    let rest = "rules:\n  technical:\n    - {name: adult, expression: who.age >= 18 or who.at.city = 'Delft'}\n    \
                - {name: tall, expression: who.size > 1}\nsources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let data = "{\"id\":1,\"who\":{\"age\":9,\"at\":{\"city\":\"Delft\"}}}\n{\"id\":2,\"who\":{\"age\":17,\"at\":{\"city\":\"Rom\"}}}\n{\"id\":3}\n";
    let (_folder, ran) = check(schema, rest, "t.ndjson", data, &["--verbose"]);
    let broken = "(`adult`); found it broken in 1 of 3 rows";
    assert!(ran.stdout.contains(broken) && ran.stdout.contains("t.ndjson:2"), "{}", ran.stdout);
    assert!(ran.stdout.contains("the contract does not say what `who.size` is"), "{}", ran.stdout);
}

#[test]
fn a_run_in_which_nothing_was_checked_is_no_success() {
    let schema = "  - {name: id, data_type: integer}\n";
    let rest =
        "rules:\n  business:\n    - {name: words, description: be nice}\nsources: {drop: {type: csv, path: t.csv}}\n";
    let (_folder, ran) = check(schema, rest, "t.csv", "id\n1\n", &["--rule", "words"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
}

#[test]
fn numbers_are_numbers_however_they_are_written() {
    let schema = "  - {name: id, data_type: integer}\n  - {name: a, data_type: decimal}\n  \
                  - {name: b, data_type: decimal, precision: 6, scale: 2}\n  - {name: c, data_type: decimal, precision: 38, scale: 0}\n  \
                  - {name: d, data_type: decimal, precision: 40, scale: 2}\n  - {name: e, data_type: boolean}\n  \
                  - {name: f, data_type: time}\n  - {name: g, data_type: datetime}\n";
    let rest = "sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let good = "{\"id\":1.0,\"a\":1e-05,\"b\":1.25e1,\"c\":1e37,\"d\":\"1.25\",\"e\":true,\"f\":\"10:00\",\"g\":\"2026-01-02T03:04\"}\n\
                {\"id\":1e2,\"a\":1e+16,\"b\":\"-12.5\",\"c\":-0.0,\"d\":1e37}\n";
    let (_folder, ran) = check(schema, rest, "t.ndjson", good, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    let bad =
        "{\"id\":1.5,\"a\":\"x\",\"b\":1e-12,\"c\":1e39,\"d\":1.234,\"e\":1,\"f\":\"120000\",\"g\":\"2026-01-02\"}\n";
    let (_folder, ran) = check(schema, rest, "t.ndjson", bad, &[]);
    for field in ["id", "a", "b", "c", "d", "e", "f", "g"] {
        let part = format!("t.{field}: promised ");
        let line = ran.stdout.lines().find(|line| line.contains(&part)).unwrap_or_default();
        assert!(line.contains("broken in 1 of 1 rows"), "{field}: {}", ran.stdout);
    }
}

#[test]
fn decimals_are_held_against_their_bounds_to_the_last_digit() {
    let schema = "  - {name: a, data_type: decimal, precision: 24, scale: 2, \
                  constraints: [{type: max, value: '9999999999999999999999.98'}]}\n  \
                  - {name: b, data_type: decimal, precision: 40, scale: 2, constraints: [{type: max, value: 1e37}]}\n  \
                  - {name: c, data_type: decimal, precision: 20, scale: 0, constraints: [{type: enum, value: [12345678901234567890]}]}\n  \
                  - {name: d, data_type: decimal, precision: 6, scale: 2, constraints: [{type: multiple_of, value: 0.05}, {type: max, value: 99.999}]}\n";
    let rest = "rules:\n  business:\n    - {name: least, expression: a < 9999999999999999999999.98}\n\
                sources: {drop: {type: csv, path: t.csv}}\n";
    let good = "a,b,c,d\n9999999999999999999999.97,10000000000000000000000000000000000000,12345678901234567890,1.15\n";
    let (_folder, ran) = check(schema, rest, "t.csv", good, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    let bad =
        "a,b,c,d\n9999999999999999999999.99,10000000000000000000000000000000000000.01,12345678901234567891,100.01\n";
    let (_folder, ran) = check(schema, rest, "t.csv", bad, &[]);
    for what in ["t.a: ", "t.b: ", "t.c: ", "t.d: promised a multiple", "t.d: promised at most", "least"] {
        let line = ran.stdout.lines().find(|line| line.contains(what)).unwrap_or_default();
        assert!(line.contains("broken in 1 of 1 rows"), "{what}: {}", ran.stdout);
    }
}

#[test]
fn every_promise_of_a_metric_is_judged() {
    let schema =
        "  - {name: a, data_type: integer}\n  - {name: t, data_type: timestamp}\n  - {name: u, data_type: timestamp}\n";
    let rest = "quality:\n  - {metric_type: volume, threshold: 1}\n  - {metric_type: volume, threshold: 100}\n  \
                - {metric_type: completeness, threshold: 10%}\n  - {metric_type: completeness, threshold: 99%}\n  \
                - {metric_type: freshness, threshold: 90000 days, timestamp_field: t}\n  \
                - {metric_type: freshness, threshold: 1 day, timestamp_field: t}\n  \
                - {metric_type: freshness, threshold: 2 days, timestamp_field: u}\n\
                service_levels: {volume: {floor: 50}}\n\
                subscribers:\n  - {team: old, until: 2020-01-01, overrides: {quality: [{metric_type: volume, threshold: 77}]}}\n  \
                - {team: new, overrides: {quality: [{metric_type: volume, threshold: 2}, {metric_type: volume, threshold: 30}]}}\n\
                sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let moment = "\"2026-01-01T00:00:00Z\"";
    let data = format!("{{\"a\":1,\"t\":{moment},\"u\":{moment}}}\n{{\"a\":null,\"t\":{moment},\"u\":{moment}}}\n");
    let (folder, ran) = check(schema, rest, "t.ndjson", &data, &["-v"]);
    let records = folder.pact(&["check", "t", "-v", "--records", "t.ndjson"]);
    for said in [&ran.stdout, &records.stdout] {
        for part in [
            "at least 100 rows",
            "at least 50 rows",
            "99% of values",
            "no older than 1 day",
            "no older than 2 days",
            "new expects at least 30",
        ] {
            let line = said.lines().find(|line| line.contains(part)).unwrap_or_default();
            let is_left = line.contains("one field is measured");
            assert!(line.trim_start().starts_with("fail") || is_left, "{part}: {said}");
        }
        assert!(!said.contains("77"), "a subscription that has ended: {said}");
    }
}

#[test]
fn what_files_can_not_judge_is_left_and_what_they_can_is_right() {
    let schema = "  - {name: id, data_type: integer}\n  - {name: t, data_type: timestamp}\n  - {name: u, data_type: timestamp}\n  \
                  - {name: list, data_type: array, items: {data_type: integer, nullable: false}}\n";
    let rest = "rules:\n  technical:\n    - {name: span, expression: \"t - u < interval '1 day'\"}\n    \
                - {name: mod, expression: \"mod(id, 2) = 1\"}\n    \
                - {name: quoted, query: select count(*) from t, must_be: '1'}\n    \
                - {name: large, query: select 1000000000001, must_be: 5}\n    \
                - {name: words, field: id, metric: missing_values, arguments: {missing_values: [null, '', n/a, -1]}, must_be: 0}\n    \
                - {name: part, expression: id > 0, threshold: 0.7}\n\
                sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let data = "{\"id\":1,\"t\":\"2024-03-03T00:00:00Z\",\"u\":\"2024-03-01T00:00:00Z\",\"list\":[1,2]}\n";
    let (_folder, ran) = check(schema, rest, "t.ndjson", data, &["-v"]);
    for (name, verdict, part) in [
        ("span", "omit", "by their parts"),
        ("mod", "pass", ""),
        ("quoted", "pass", ""),
        ("words", "pass", ""),
        ("(`part`)", "error", "`0.7` can't be read"),
        ("large", "fail", "found 1000000000001"),
        ("t.list[]", "omit", "look into lists"),
    ] {
        let line = ran.stdout.lines().find(|line| line.contains(name)).unwrap_or_default();
        assert!(line.trim_start().starts_with(verdict) && line.contains(part), "{name}: {}", ran.stdout);
    }
}

#[test]
fn a_field_that_is_chosen_is_held_against_its_type() {
    let schema = "  - {name: id, data_type: integer, constraints: [{type: min, value: 0}]}\n  - {name: gone, data_type: integer, constraints: [{type: min, value: 0}]}\n";
    let rest = "sources: {drop: {type: csv, path: t.csv}}\n";
    let said = |field: &str, data: &str| {
        let (_folder, ran) = check(schema, rest, "t.csv", data, &["--field", field]);
        (ran.code, ran.stdout)
    };
    let (code, told) = said("gone", "id\n1\n");
    assert!(code == Some(1) && told.contains("no column `gone`") && told.contains("0 passed"), "{told}");
    let (code, told) = said("id", "id\n1\n");
    assert!(code == Some(0) && told.contains("1 passed") && !told.contains("gone"), "{told}");
    assert_eq!(said("id", "id\nx\n").0, Some(1));
}

#[test]
fn rows_are_good_only_where_all_is_known() {
    let schema = "  - {name: id, data_type: integer}\n";
    let rest = "rules:\n  technical:\n    - {name: ratio, expression: 10 / id > 3}\nsources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let heaps = ["--valid", "good.ndjson", "--quarantine", "bad.ndjson"];
    let (folder, ran) = check(schema, rest, "t.ndjson", "{\"id\":0}\n{\"id\":1}\n{\"id\":5}\n", &heaps);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    assert!(ran.stderr.contains("good.ndjson is not written: `ratio expression` has no answer"), "{}", ran.stderr);
    assert!(!folder.path().join("good.ndjson").exists());
}

#[test]
fn lines_that_lose_something_are_no_rows() {
    let schema = "  - {name: id, data_type: integer}\n";
    let rest = "sources: {drop: {type: ndjson, path: t.ndjson}}\n";
    let data = "{\"id\":1,\"id\":2}\n{\"id\":3}{\"id\":4}\n{\"id\":5,\"t\":\"a\tb\"}\n{\"id\":6}\n";
    let (folder, ran) = check(schema, rest, "t.ndjson", data, &["--valid", "good.ndjson"]);
    for part in [
        "t.ndjson:1: its key `id` is there twice",
        "t.ndjson:2: there is something behind its JSON object",
        "t.ndjson:3: there is a control character (0x09) in a text",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    assert_eq!(read(&folder, "good.ndjson"), "{\"id\":6}\n");
}

#[test]
fn heaps_have_the_columns_that_lie_there() {
    let schema = "  - {name: a, physical_name: A_, data_type: integer}\n  - {name: l, data_type: array, items: {data_type: string}}\n";
    let folder = Folder::new();
    let contract = |path: &str| {
        format!(
            "name: t\nversion: 1.0.0\nstatus: active\npublisher: {{team: a, owner: A, contact_email: a@example.com}}\n\
             schema:\n{schema}sources: {{drop: {{type: local, path: {path}}}}}\n"
        )
    };
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/t.yaml", contract("t.parquet"));
    let sql = "SELECT 1 AS \"A_\", 'other' AS a, ['x, y', 'z'] AS l, named_struct('n', 2) AS s";
    crate::data_files::write(&folder, "t.parquet", "parquet", sql);
    folder.pact(&["check", "--no-ledger", "--valid", "good.ndjson"]);
    assert_eq!(read(&folder, "good.ndjson"), "{\"A_\":1,\"l\":[\"x, y\",\"z\"],\"a\":\"other\",\"s\":{\"n\":2}}\n");
    // What was written aside can be checked and written aside again.
    folder.write("contracts/t.yaml", contract("t.csv")).write("t.csv", "A_,l\nx,\n");
    folder.pact(&["check", "--no-ledger", "--quarantine", "bad.csv"]);
    folder.write("contracts/t.yaml", contract("bad.csv"));
    folder.pact(&["check", "--no-ledger", "--quarantine", "worse.csv"]);
    assert_eq!(read(&folder, "worse.csv"), "A_,l,pact codes,pact place\nx,,t.a type,bad.csv:2\n");
}

#[test]
fn values_of_personal_data_are_in_no_message() {
    let schema = "  - {name: id, data_type: integer}\n  - {name: phone, data_type: string, is_pii: true}\n";
    let rest = "rules:\n  technical:\n    - {name: cast, expression: cast(phone as integer) > 0}\nsources: {drop: {type: csv, path: t.csv}}\n";
    let (_folder, ran) = check(schema, rest, "t.csv", "id,phone\n1,+31-6-secret\n", &[]);
    assert!(ran.code == Some(2) && !ran.stdout.contains("secret"), "{}", ran.stdout);
}

#[test]
fn rare_faults_are_shown_beside_frequent_ones() {
    let schema = "  - {name: id, data_type: integer, is_primary_key: true}\n  \
                  - {name: a, data_type: integer, constraints: [{type: min, value: 0}, {type: max, value: 9}]}\n  \
                  - {name: b, data_type: integer, constraints: [{type: min, value: 0}]}\n";
    let rest = "sources: {drop: {type: csv, path: t.csv}}\n";
    let mut data = String::from("id,a,b\n");
    for id in 0..5_000 {
        let (a, b) = if id == 4_900 { (99, 1) } else { (-1, if id > 4_000 { -2 } else { 1 }) };
        data += &format!("{},{a},{b}\n", if id == 77 { 76 } else { id });
    }
    let (_folder, ran) = check(schema, rest, "t.csv", &data, &["--examples", "2"]);
    for part in [
        "such as t.csv:2: a -1, id 0",
        "such as t.csv:4902: a 99, id 4900",
        "such as t.csv:4003: b -2, id 4001",
        ": id 76",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}

#[test]
fn capitals_make_no_other_key_of_a_uuid_and_stay_what_they_are() {
    let schema =
        "  - {name: id, data_type: uuid, is_primary_key: true, constraints: [{type: regex, value: '^[0-9A-F-]*$'}]}\n";
    let rest = "sources: {drop: {type: csv, path: t.csv}}\n";
    let data = "id\nA0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\na0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\n";
    let (_folder, ran) = check(schema, rest, "t.csv", data, &[]);
    for part in ["promised a primary key `id`; found it broken in 1 of 2", "`^[0-9A-F-]*$`; found it broken in 1 of 2"]
    {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}
