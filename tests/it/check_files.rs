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
    let heaps = ["check", "--no-ledger", "--quarantine", "bad-{dataset}.ndjson", "--valid", "good-{dataset}.csv"];
    let ran = folder.pact(&heaps);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
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
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
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
