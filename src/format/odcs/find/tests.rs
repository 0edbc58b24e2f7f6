use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::*;
use crate::source::parse;

const TEXT: &str = include_str!("tests.odcs.yaml");

#[track_caller]
fn at(path: &Path, expected: &str) {
    let tree = parse(TEXT).expect("YAML");
    assert_eq!(&TEXT[find(&tree, path, &Names::default()).range()], expected, "{path}");
}

#[test]
fn elements_of_the_contract_are_found() {
    let of = Path::of;
    at(&Path::root(), "shop");
    at(&of("version"), "1.2.0");
    at(&of("description"), "What is sold");
    at(&of("terms").key("limitations").index(0), "Not for marketing");
    at(&of("format_version"), "v3.2.0");
    at(&of("sources").key("production"), "production");
    at(&of("sources").key("production").key("url"), "\"https://example.com\"");
    at(&of("publisher").key("team"), "sales");
    at(&of("publisher").key("owner"), "bob");
    at(&of("publisher").key("members").index(1), "cem");
    at(&of("publisher").key("contact_email"), "\"mailto:a@example.com\"");
    at(&of("publisher").key("channels").index(1), "phone");
    at(&of("access").key("roles").index(0).key("allows"), "read");
    at(&of("access").key("roles").index(0).key("approvers").index(0), "dora");
    at(&of("price").key("currency"), "EUR");
    at(&of("quality").index(0).key("threshold"), "4");
    at(&of("quality").index(0).key("timestamp_field"), "orders.order_id");
    at(&of("service_levels").key("availability"), "av");
    at(&of("service_levels").key("incidents").key("repair_within"), "timeToRepair");
    at(&of("lifecycle").key("sunset_on"), "endOfLife");
    at(&of("metadata").key("owner_group"), "x");
    at(&of("metadata").key("gone"), "customProperties");
    at(&of("metadata").key(ODCS).key("apiVersion"), "v3.2.0");
    let team = of("metadata").key(ODCS).key("team");
    at(&team.key("members").key("cem"), "cem");
    at(&team.key("members").key("nobody"), "members");
    at(&of("sources").key("production").key("location"), "\"https://example.com\"");
}

#[test]
fn elements_of_the_data_are_found() {
    let orders = Path::dataset("orders");
    at(&orders, "orders");
    at(&orders.key("title"), "Orders");
    at(&orders.key("medium"), "table");
    at(&orders.key("primary_key"), "1");
    let id = orders.field("order_id");
    at(&id, "order_id");
    at(&id.key("nullable"), "true");
    at(&id.key("data_type"), "string");
    at(&id.key("is_primary_key"), "true");
    at(&id.key("constraints").index(0).key("value"), "3");
    at(&id.key("constraints").index(1), "10");
    at(&orders.field("customer").key("foreign_key_reference"), "customers.id");
    at(&orders.field("status").key("constraints").index(0).key("value").index(1), "paid");
    let price = orders.field("lines").step(Step::Items).field("price");
    at(&price, "price");
    at(&price.key("precision"), "\"decimal(12,2)\"");
    at(&price.key("constraints").index(0), "4");
    at(&orders.field("labels").step(Step::Values).key("data_type"), "integer");
    at(&orders.field("labels").key("keys"), "string");
    at(&Path::of("datasets").index(1), "customers");
}

#[test]
fn rules_and_references_are_found_by_their_places_in_the_model() {
    let orders = Path::dataset("orders");
    let technical = orders.key("rules").key("technical");
    at(&technical.index(0), "rowCount");
    at(&technical.index(1).key("must_be"), "1");
    at(&technical.index(1).key("severity"), "warning");
    at(&technical.index(3), "price_sane");
    at(&orders.key("rules").key("customer.null_values"), "nullValues");
    at(&orders.key("rules").key("price_sane").key("query"), "select 7");
    at(&orders.key("foreign_keys").index(0), "people.id");
    at(&orders.key("foreign_keys").index(1).key("fields"), "orders.order_id");
}

#[test]
fn what_pact_keeps_in_words_of_its_own_is_found_there() {
    at(&Path::of("obligations").key("notice_period"), "60 days");
    at(&Path::of("access").key("endpoint_url"), "\"https://api.example.com\"");
    at(&Path::dataset("orders").field("status").key("is_pii"), "true");
    let usual = Path::dataset("orders").key("rules").key("technical").index(2);
    at(&usual, "usual");
    at(&usual.key("arguments").key("quantile"), "0.5");
    at(&usual.key("deviation"), "10%");
}

#[test]
fn what_is_not_there_is_at_what_is_around_it() {
    at(&Path::dataset("orders").field("order_id").key("classification"), "order_id");
    at(&Path::dataset("orders").field("gone"), "orders");
    at(&Path::dataset("gone"), "shop");
    at(&Path::of("publisher").key("repository_url"), "shop");
    at(&Path::of("obligations").key("retention"), "obligations");
}

#[test]
fn places_in_long_lists_take_no_long_time() {
    let count = 20_000;
    let mut text = String::from("kind: DataContract\nname: a\nsupport:\n");
    for index in 0..count {
        let _ = writeln!(text, "  - {{channel: c{index}, url: u}}");
    }
    text.push_str("schema:\n  - name: t\n    quality:\n");
    for index in 0..count {
        let _ = writeln!(text, "      - {{metric: rowCount, mustBe: {index}}}");
    }
    let (tree, names) = (parse(&text).expect("YAML"), Names::default());
    let start = Instant::now();
    for index in 0..count {
        let channel = find(&tree, &Path::of("publisher").key("channels").index(index), &names);
        assert_eq!(&text[channel.range()], format!("c{index}"));
        let path = Path::dataset("t").key("rules").key("technical").index(index).key("must_be");
        assert_eq!(&text[find(&tree, &path, &names).range()], index.to_string());
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
