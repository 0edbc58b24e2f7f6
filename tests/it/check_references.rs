//! References of one contract into another, as a user checks them.

#![allow(clippy::expect_used, reason = "a failed expectation fails the test")]

use rusqlite::Connection;

use crate::support::Folder;

const HEAD: &str =
    "version: 1.0.0\nstatus: active\npublisher: {team: sales, owner: Ada, contact_email: s@example.com}\n";

fn contracts(orders_source: &str, customers_source: &str) -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: contracts\n");
    folder.write(
        "contracts/customers.yaml",
        format!(
            "name: customers\n{HEAD}schema:\n  - {{name: id, data_type: uuid, is_primary_key: true, nullable: false}}\n\
             sources:\n  production: {customers_source}\n"
        ),
    );
    folder.write(
        "contracts/orders.yaml",
        format!(
            "name: orders\n{HEAD}schema:\n  - {{name: id, data_type: integer}}\n  - {{name: customer, data_type: string, \
             is_foreign_key: true, foreign_key_reference: customers.id}}\nsources:\n  production: {orders_source}\n"
        ),
    );
    folder
}

const ONE: &str = "6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f";

#[test]
fn rows_in_files_refer_to_rows_of_another_contract() {
    let folder = contracts("{type: csv, path: data/orders.csv}", "{type: ndjson, path: data/customers.ndjson}");
    folder.write("data/customers.ndjson", format!("{{\"id\":\"{ONE}\"}}\n"));
    folder.write("data/orders.csv", format!("id,customer\n1,{}\n2,nobody\n3,\n", ONE.to_uppercase()));
    let ran = folder.pact(&["check", "orders", "--no-ledger"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let told = "orders.customer: promised a value of `customers.id`; found it broken in 1 of 3 rows";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    assert!(ran.stdout.contains("customer nobody"), "{}", ran.stdout);
    let ran = folder.pact(&["check", "orders", "--no-ledger", "--quarantine", "bad.ndjson", "--valid", "good.csv"]);
    let bad = std::fs::read_to_string(folder.path().join("bad.ndjson")).expect("bad rows");
    assert!(bad.contains("nobody") && bad.lines().count() == 1, "{bad}{}", ran.stderr);
}

#[test]
fn rows_in_sqlite_refer_to_rows_of_another_contract() {
    let folder = contracts("{type: sqlite, path: shop.db}", "{type: sqlite, path: shop.db, table: people}");
    let database = Connection::open(folder.path().join("shop.db")).expect("a database");
    let tables = format!(
        "CREATE TABLE people (id TEXT); INSERT INTO people VALUES ('{ONE}');\
         CREATE TABLE orders (id INTEGER, customer TEXT); INSERT INTO orders VALUES (1, '{}'), (2, 'nobody');",
        ONE.to_uppercase()
    );
    database.execute_batch(&tables).expect("tables");
    let ran = folder.pact(&["check", "orders", "--no-ledger"]);
    let told = "orders.customer: promised a value of `customers.id`; found it broken in 1 of 2 rows";
    assert!(ran.stdout.contains(told), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn what_is_elsewhere_is_said_to_be() {
    let folder = contracts("{type: csv, path: data/orders.csv}", "{type: sqlite, path: shop.db}");
    folder.write("data/orders.csv", "id,customer\n1,a\n");
    let ran = folder.pact(&["check", "orders", "--no-ledger", "-v"]);
    let told = "the rows of `customers` are not in the same place: the source of `customers` for `production` is another database";
    assert!(ran.stdout.contains(told), "{}{}", ran.stdout, ran.stderr);

    let folder = contracts("{type: csv, path: data/orders.csv}", "{type: csv, path: data/customers.csv}");
    folder.write("data/orders.csv", "id,customer\n1,a\n");
    let ran = folder.pact(&["check", "orders", "--no-ledger", "-v"]);
    assert!(ran.stdout.contains("the rows of `customers` can't be read: "), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("data/customers.csv"), "{}", ran.stdout);
}
