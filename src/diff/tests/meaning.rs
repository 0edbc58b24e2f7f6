//! Two texts of one meaning, in one format or in two, have no changes; and what rules measure is compared by what it means.

use super::{TODAY, both, contract_of};
use crate::diff::contract;
use crate::finding::change::{Change, Level};

fn changes(before: &str, after: &str) -> Vec<Change> {
    contract(contract_of(before, 0).as_ref(), contract_of(after, 1).as_ref(), TODAY)
}

fn codes(before: &str, after: &str) -> Vec<&'static str> {
    both(before, after).into_iter().map(|(code, _)| code).collect()
}

/// Asserts that neither way has a change.
#[track_caller]
fn assert_same(texts: &[&str]) {
    for one in texts {
        for other in texts {
            assert_eq!(both(one, other), [], "{one}\n{other}");
        }
    }
}

const HEADER: &str = "name: orders\nversion: 1.0.0\nstatus: active\n";
const STANDARD: &str =
    "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nname: orders\nversion: 1.0.0\nstatus: active\n";

#[test]
fn where_a_rule_stands_means_nothing() {
    let rule = |more: &str| format!("{{name: priced, {more}metric: null_values, must_be: 0}}");
    let fields = "schema: [{name: amount, data_type: decimal}]";
    assert_same(&[
        &format!("{HEADER}{fields}\nrules: {{technical: [{}]}}\n", rule("field: amount, ")),
        &format!("{HEADER}{fields}\nrules: {{technical: [{}]}}\n", rule("field: orders.amount, ")),
        &format!("{HEADER}{fields}\nrules: {{technical: [{}]}}\n", rule("dataset: orders, field: amount, ")),
        &format!(
            "{HEADER}datasets:\n  - name: orders\n    {fields}\n    rules: {{technical: [{}]}}\n",
            rule("field: amount, ")
        ),
        &format!(
            "{HEADER}datasets: [{{name: orders, {fields}}}]\nrules: {{technical: [{}]}}\n",
            rule("field: orders.amount, ")
        ),
        &format!(
            "{STANDARD}schema:\n  - name: orders\n    properties:\n      - name: amount\n        logicalType: number\n        \
             quality: [{{name: priced, metric: nullValues, mustBe: 0}}]\n"
        ),
    ]);
    // In a contract of several datasets it is about the one that it names.
    let two = |rules: &str, own: &str| {
        format!("{HEADER}datasets:\n  - name: orders\n    {fields}\n{own}  - {{name: lines, {fields}}}\n{rules}")
    };
    let of_contract = |more: &str| two(&format!("rules: {{technical: [{}]}}\n", rule(more)), "");
    let own = two("", &format!("    rules: {{technical: [{}]}}\n", rule("field: amount, ")));
    assert_same(&[&of_contract("dataset: orders, field: amount, "), &of_contract("field: orders.amount, "), &own]);
    assert_eq!(codes(&own, &of_contract("dataset: lines, field: amount, ")), ["quality-metric-changed"]);
    // A dataset that goes takes its rules with it, wherever they stand.
    let one = format!("{HEADER}datasets:\n  - {{name: lines, {fields}}}\n");
    assert_eq!(codes(&own, &one), ["dataset-removed"]);
    assert_eq!(codes(&of_contract("dataset: orders, field: amount, "), &one), ["dataset-removed"]);
}

#[test]
fn one_thing_said_in_two_ways_is_no_change() {
    let contract = |body: &str| format!("{HEADER}{body}\n");
    assert_same(&[
        &contract("schema: [{name: a, data_type: string, nullable: false, is_primary_key: true}]"),
        &contract(
            "datasets: [{name: orders, primary_key: [a], schema: [{name: a, data_type: string, nullable: false}]}]",
        ),
        &contract(
            "datasets: [{schema: [{data_type: string, is_primary_key: true, nullable: false, name: a}], name: orders}]",
        ),
        &format!(
            "{STANDARD}schema:\n  - name: orders\n    properties:\n      - {{name: a, logicalType: string, required: true, primaryKey: true}}\n"
        ),
    ]);
    assert_same(&[
        &contract("schema: [{name: a, data_type: string, is_foreign_key: true, foreign_key_reference: customers.id}]"),
        &contract(
            "datasets: [{name: orders, schema: [{name: a, data_type: string}], \
             foreign_keys: [{fields: [a], references: customers, referenced_fields: [id]}]}]",
        ),
    ]);
}

fn rule(keys: &str) -> String {
    format!(
        "{HEADER}schema: [{{name: a, data_type: integer}}, {{name: b, data_type: integer}}]\nrules: {{technical: [{{name: r, {keys}}}]}}\n"
    )
}

/// The one change between two rules: its code, its levels, and its witness.
#[track_caller]
fn one(before: &str, after: &str) -> (&'static str, Level, Level, Option<String>) {
    let mut found = changes(&rule(before), &rule(after));
    assert_eq!(found.len(), 1, "{before}\n{after}\n{found:#?}");
    let change = found.remove(0);
    (change.meta.code, change.levels.reader, change.levels.writer, change.witness.map(|witness| witness.text))
}

#[test]
fn bounds_are_compared_by_what_they_accept() {
    let nulls = |keys: &str| format!("field: a, metric: null_values, {keys}");
    assert_same(&[
        &rule(&nulls("must_be_less_than: 5")),
        &rule(&nulls("must_be_less_or_equal_to: 4")),
        &rule(&nulls("must_be_less_or_equal_to: 4.5")),
    ]);
    assert_same(&[
        &rule(&nulls("must_be: 0")),
        &rule(&nulls("must_be_less_than: 1")),
        &rule(&nulls("must_be: 0, unit: percent")),
    ]);
    let witness = |text: &str| Some(text.to_owned());
    let found = one(&nulls("must_be_less_than: 5"), &nulls("must_be_less_than: 10"));
    assert_eq!(found, ("quality-threshold-loosened", Level::Major, Level::Minor, witness("null_values = 5")));
    let found = one(&nulls("must_be_less_than: 5, unit: percent"), &nulls("must_be: 0"));
    assert_eq!(found, ("quality-threshold-tightened", Level::Minor, Level::Major, None));
    let found = one(&nulls("must_be_less_than: 5, unit: percent"), &nulls("must_be_less_than: 5"));
    assert_eq!((found.0, found.1, found.2), ("quality-threshold-changed", Level::Major, Level::Major));
    let found = one(&nulls("must_be: 5"), &nulls("must_be: 7"));
    assert_eq!(found, ("quality-threshold-changed", Level::Major, Level::Major, witness("null_values = 7")));
}

#[test]
fn what_counts_more_under_the_same_bound_promises_more() {
    let (minor, major) = (Level::Minor, Level::Major);
    let missing = "field: a, metric: missing_values, arguments: {missing_values: [null, -1]}, must_be: 0";
    let found = one("field: a, metric: null_values, must_be: 0", missing);
    assert_eq!(found, ("quality-metric-changed", minor, major, None));
    let found = one(missing, "field: a, metric: null_values, must_be: 0");
    assert_eq!(found, ("quality-metric-changed", major, minor, None));
    let valid = |values: &str, bound: &str| {
        format!("field: a, metric: invalid_values, arguments: {{valid_values: [{values}]}}, {bound}")
    };
    let found = one(&valid("1, 2", "must_be_less_than: 3"), &valid("1, 2, 3", "must_be_less_than: 3"));
    assert_eq!(found, ("quality-metric-changed", major, minor, None));
    // To count more where many are wanted promises less.
    let found = one(&valid("1, 2", "must_be_greater_than: 3"), &valid("1", "must_be_greater_than: 3"));
    assert_eq!(found, ("quality-metric-changed", major, minor, None));
    let unique = |fields: &str| format!("metric: duplicate_values, arguments: {{fields: [{fields}]}}, must_be: 0");
    assert_eq!(one(&unique("a, b"), &unique("a")), ("quality-metric-changed", minor, major, None));
    assert_eq!(one(&unique("a"), &unique("b")), ("quality-metric-changed", major, major, None));
    let query = |text: &str| format!("query: \"{text}\", must_be: 0");
    let (before, after) = (query("SELECT count(*) FROM {object} WHERE a < 0"), query("SELECT count(*) FROM {object}"));
    assert_eq!(one(&before, &after), ("quality-query-changed", major, major, None));
    assert_same(&[&rule(&before), &rule(&query("select COUNT(*)  from ${table} where a < 0"))]);
}

#[test]
fn a_rule_keeps_its_id_through_another_name_and_is_known_by_what_it_demands() {
    let text = |rules: &str| rule("check: x").replace("{name: r, check: x}", rules);
    let named = |name: &str, id: &str| format!("{{name: {name}, {id}field: a, metric: null_values, must_be: 0}}");
    let label = ["custom-property-changed"];
    assert_eq!(codes(&text(&named("one", "id: 7, ")), &text(&named("other", "id: 7, "))), label);
    assert_eq!(codes(&text(&named("one", "")), &text(&named("other", ""))), label);
    // Two that changed names are known by their ids.
    let swapped = |one: &str, other: &str| {
        text(&format!("{{name: {one}, id: 1, field: a, check: x}}, {{name: {other}, id: 2, field: b, check: y}}"))
    };
    assert_eq!(codes(&swapped("r", "s"), &swapped("s", "r")), ["custom-property-changed"; 2]);
}

fn standard(rules: &[&str], name: &str) -> String {
    let rules: Vec<String> = rules.iter().map(|rule| format!("          - {{{rule}}}\n")).collect();
    format!(
        "{STANDARD}schema:\n  - name: orders\n    properties:\n      - name: {name}\n        id: p1\n        logicalType: integer\n        \
         quality:\n{}",
        rules.concat()
    )
}

#[test]
fn rules_without_names_are_known_by_what_they_demand() {
    let (first, second) = ("type: sql, query: SELECT 1, mustBe: 1", "type: sql, query: SELECT 2, mustBe: 2");
    assert_eq!(codes(&standard(&[first, second], "a"), &standard(&[second, first], "a")), [""; 0]);
    // What is numbered moves up when one before it goes.
    assert_eq!(codes(&standard(&[first, second], "a"), &standard(&[second], "a")), ["quality-check-removed"]);
    let nulls = "metric: nullValues, mustBe: 0";
    assert_eq!(codes(&standard(&[nulls], "a"), &standard(&[nulls], "b")), ["field-renamed"]);
    assert_eq!(
        codes(&standard(&[nulls], "a"), &standard(&["metric: duplicateValues, mustBe: 0"], "a")),
        ["quality-metric-changed"]
    );
    let named = "name: full, metric: nullValues, mustBe: 0";
    assert_eq!(codes(&standard(&[nulls], "a"), &standard(&[named], "a")), ["custom-property-changed"]);
}

#[test]
fn a_contract_is_known_by_its_id_and_then_by_its_name() {
    let text =
        |name: &str, id: &str| format!("name: {name}\n{id}version: 1.0.0\nschema: [{{name: a, data_type: string}}]\n");
    assert_eq!(codes(&text("orders", "id: 7\n"), &text("web_orders", "id: 7\n")), ["contract-name-changed"]);
    assert_eq!(codes(&text("orders", "id: 7\n"), &text("orders", "id: 8\n")), ["contract-id-changed"]);
    assert_eq!(codes(&text("orders", "id: 7\n"), &text("orders", "")), ["contract-id-changed"]);
    assert_eq!(codes(&text("orders", ""), &text("orders", "id: 7\n")), ["custom-property-changed"]);
    assert_eq!(codes(&text("orders", ""), &text("web_orders", "")), ["contract-id-changed"]);
    // The id was the name until it got one of its own.
    assert_eq!(codes(&text("orders", ""), &text("web_orders", "id: orders\n")), ["contract-name-changed"]);
}

#[test]
fn a_grammar_is_no_promise() {
    let standard = |version: &str| {
        STANDARD.replace("v3.1.0", version) + "schema: [{name: orders, properties: [{name: a, logicalType: string}]}]\n"
    };
    let native = format!("{HEADER}schema: [{{name: a, data_type: string}}]\n");
    assert_eq!(codes(&standard("v3.0.2"), &standard("v3.1.0")), ["spec-version-raised"]);
    assert_eq!(codes(&standard("v3.2.0"), &standard("v3.0.0")), ["spec-version-lowered"]);
    assert_same(&[&native, &standard("v3.2.0")]);
}

#[test]
fn an_unknown_status_counts_as_active() {
    let text = |status: &str| {
        STANDARD.replace("active", status) + "schema: [{name: orders, properties: [{name: a, logicalType: string}]}]\n"
    };
    assert_eq!(codes(&text("active"), &text("live")), ["status-unknown"]);
    assert_eq!(codes(&text("live"), &text("production")), ["status-unknown"]);
    assert_eq!(codes(&text("live"), &text("LIVE")), [""; 0]);
    let found = changes(&text("draft"), &text("live"));
    assert_eq!(found[0].meta.code, "status-activated");
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("`live`")), "{:?}", found[0].help);
}

#[test]
fn a_type_that_is_not_stated_is_found_out_or_taken_back() {
    let field = |data_type: &str| format!("{HEADER}schema: [{{name: a, data_type: {data_type}}}]\n");
    let levels = |before: &str, after: &str| {
        let found = changes(&field(before), &field(after));
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].meta.code, found[0].levels.reader, found[0].levels.writer)
    };
    for stated in ["string", "integer", "decimal", "json", "array", "object", "map", "timestamp"] {
        assert_eq!(levels("unknown", stated), ("type-unknown-resolved", Level::Minor, Level::Minor), "{stated}");
        assert_eq!(levels(stated, "unknown"), ("type-removed", Level::Major, Level::Minor), "{stated}");
    }
}

#[test]
fn servers_are_compared_by_where_they_are() {
    let text = |servers: &str| {
        format!(
            "{STANDARD}servers:\n{servers}schema: [{{name: orders, properties: [{{name: a, logicalType: string}}]}}]\n"
        )
    };
    let flake = |name: &str, more: &str| {
        text(&format!("  - {{server: {name}, type: snowflake, account: acme, database: shop, schema: public{more}}}\n"))
    };
    let base = flake("prod", "");
    assert_eq!(codes(&base, &flake("prod", ", warehouse: big")), ["endpoint-address-changed"]);
    assert_eq!(codes(&base, &flake("test", "")), ["server-environment-changed"]);
    assert_eq!(codes(&base, &flake("prod", ", description: The warehouse")), ["description-added"]);
    assert_eq!(
        codes(&flake("a", ", environment: prod"), &flake("b", ", environment: prod")),
        ["custom-property-changed"]
    );
    assert_eq!(
        codes(&flake("a", ", environment: prod"), &flake("a", ", environment: test")),
        ["server-environment-changed"]
    );
    let lake = |more: &str| text(&format!("  - {{server: prod, type: s3, location: 's3://b/x', {more}}}\n"));
    assert_eq!(codes(&lake("format: csv"), &lake("format: parquet")), ["dataset-file-format-changed"]);
    assert_eq!(
        codes(&lake("format: json, delimiter: new_line"), &lake("format: json, delimiter: array")),
        ["dataset-serialization-changed"]
    );
    let athena = |region: &str| {
        text(&format!(
            "  - {{server: prod, type: athena, stagingDir: 's3://b/x', schema: shop, regionName: {region}}}\n"
        ))
    };
    assert_eq!(codes(&athena("eu-west-1"), &athena("us-east-1")), ["server-region-changed"]);
}

#[test]
fn a_reference_of_a_contract_to_itself_hangs_on_no_name() {
    let odcs = |name: &str, table: &str, key: &str, to: &str| {
        format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c-orders\nname: {name}\nversion: 1.0.0\nstatus: active\nschema:\n  \
             - {{name: {table}, id: o, properties: [{{name: {key}, id: k, logicalType: string}}, \
             {{name: amount, logicalType: number}}]}}\n  \
             - {{name: lines, id: l, properties: [{{name: order_id, logicalType: string, \
             relationships: [{{to: {to}}}]}}]}}\n"
        )
    };
    let native = |name: &str, table: &str, key: &str, to: &str| {
        format!(
            "name: {name}\nid: c-orders\nversion: 1.0.0\nstatus: active\ndatasets:\n  \
             - {{name: {table}, id: o, schema: [{{name: {key}, id: k, data_type: string}}, \
             {{name: amount, data_type: decimal}}]}}\n  \
             - {{name: lines, id: l, schema: [{{name: order_id, data_type: string, \
             foreign_key_reference: {to}}}]}}\n"
        )
    };
    let told = |base: String, head: String| {
        let found = both(&base, &head).into_iter().map(|(code, _)| code);
        found.filter(|code| !code.starts_with("dataset-") && !code.starts_with("field-renamed")).collect::<Vec<_>>()
    };
    let old = odcs("orders", "orders", "id", "orders.id");
    let renamed = ["contract-name-changed"];
    assert_eq!(told(old.clone(), odcs("shop", "orders", "id", "orders.id")), renamed);
    assert_eq!(told(old.clone(), odcs("orders", "sales", "id", "sales.id")), [""; 0]);
    assert_eq!(told(old.clone(), odcs("orders", "orders", "key", "orders.key")), [""; 0]);
    assert_eq!(told(old.clone(), odcs("shop", "sales", "key", "sales.key")), renamed);
    assert_eq!(told(old, odcs("shop", "sales", "key", "sales.amount")), ["foreign-key-target-changed", renamed[0]]);
    let old = native("orders", "orders", "id", "orders.orders.id");
    assert_eq!(told(old.clone(), native("shop", "orders", "id", "shop.orders.id")), renamed);
    assert_eq!(told(old.clone(), native("shop", "orders", "id", "c-orders.orders.id")), renamed);
    assert_eq!(told(old.clone(), native("shop", "sales", "key", "shop.sales.key")), renamed);
    assert_eq!(told(old.clone(), native("shop", "sales", "key", "other.sales.key")).len(), 2);
    // The contract of another name is another contract.
    assert_eq!(told(old.clone(), native("orders", "orders", "id", "sales.orders.id")), ["foreign-key-target-changed"]);
    let of_two = |name: &str, table: &str| {
        let keys =
            format!("foreign_keys: [{{fields: [a, b], references: {name}.{table}, referenced_fields: [id, amount]}}]");
        let lines = "{name: lines, id: l, schema: [{name: a, data_type: string}, {name: b, data_type: decimal}], ";
        let own = native(name, table, "id", "x.id");
        format!("{}  - {lines}{keys}}}\n", own.split_once("  - {name: lines").expect("lines").0)
    };
    assert_eq!(told(of_two("orders", "orders"), of_two("shop", "sales")), renamed);
}

/// The only change, as it is told: its code, both values, and where each side says it.
#[track_caller]
fn told(before: &str, after: &str) -> String {
    let found = changes(before, after);
    let [one] = found.as_slice() else { panic!("{:?}", found.iter().map(|one| one.meta.code).collect::<Vec<_>>()) };
    let value = |value: &Option<crate::model::Literal>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{} {} -> {} at {}", one.meta.code, value(&one.base.value), value(&one.head.value), one.head.place)
}

#[test]
fn what_is_kept_is_told_by_itself_and_where_it_stands() {
    let text = |more: &str| format!("{STANDARD}{more}schema: [{{name: orders}}, {{name: items}}]\n");
    assert_eq!(
        told(&text("dataProduct: shop\n"), &text("dataProduct: shops\n")),
        "custom-property-changed {dataProduct: shop} -> {dataProduct: shops} at metadata.odcs.dataProduct"
    );
    let team =
        |more: &str| text(&format!("team: {{members: [{{username: ann, role: steward}}, {{username: bob{more}}}]}}\n"));
    assert_eq!(
        told(&team(", role: developer"), &team(", role: steward")),
        "custom-property-changed {team: {members: [{username: bob, role: developer}]}} -> \
         {team: {members: [{username: bob, role: steward}]}} at metadata.odcs.team.members.bob"
    );
    let custom = |values: [u8; 2]| {
        let [a, b] = values;
        text(&format!("customProperties: [{{property: a, value: {a}}}, {{property: b, value: {b}}}]\n"))
    };
    assert_eq!(told(&custom([1, 2]), &custom([1, 3])), "custom-property-changed {b: 2} -> {b: 3} at metadata.b");
    // Two entries are two changes, each at its own place.
    assert_eq!(codes(&custom([1, 2]), &custom([3, 4])), ["custom-property-changed"; 2]);
}

#[test]
fn what_is_kept_of_people_goes_with_them() {
    let team = |members: &str| {
        format!("{STANDARD}team: {{members: [{{username: ann, role: owner}}{members}]}}\nschema: [{{name: orders}}]\n")
    };
    let bob = team(", {username: bob, role: steward, description: Looks after it}");
    assert_eq!(codes(&bob, &team("")), ["team-member-changed"]);
    assert_eq!(codes(&team(""), &bob), ["team-member-changed"]);
    assert_eq!(codes(&bob, &team(", {username: bob, role: steward, dateOut: 2025-01-01}")), ["team-member-changed"]);
    assert_eq!(codes(&bob, &team(", {username: bob, role: developer}")), ["custom-property-changed"]);
}

#[test]
fn a_contract_that_is_called_otherwise_still_refers_to_itself() {
    let text = |name: &str, objects: &str| {
        let header = STANDARD.replace("name: orders", &format!("name: {name}"));
        format!(
            "{header}schema:\n  - name: lines\n    properties:\n      - {{name: a, logicalType: string, relationships: [{{to: heads.id}}]}}\n\
             \x20     - name: o\n        logicalType: object\n        properties:\n          - {{name: b, logicalType: string, relationships: [{{to: heads.id}}]}}\n\
             \x20   relationships: [{{from: [lines.a, lines.o], to: [heads.id, heads.id]}}]\n{objects}"
        )
    };
    let heads = "  - {name: heads, properties: [{name: id, logicalType: string}]}\n";
    assert_eq!(codes(&text("orders", heads), &text("sales", heads)), ["contract-name-changed"]);
    // What led to the object that is gone reads as it did: that the object is gone says it.
    assert_eq!(codes(&text("orders", heads), &text("orders", "")), ["dataset-removed"]);
}

#[test]
fn of_an_address_only_what_differs_is_shown() {
    let text = |host: &str, more: &str| {
        format!(
            "{STANDARD}servers: [{{server: prod, type: postgres, host: {host}, port: 5432, database: a, schema: b{more}}}]\n\
             schema: [{{name: orders}}]\n"
        )
    };
    assert_eq!(
        told(&text("one", ""), &text("other", "")),
        "endpoint-address-changed {host: one} -> {host: other} at sources.prod.host"
    );
}

#[test]
fn one_limitation_in_other_words_is_one_change() {
    let text = |limitations: &str| {
        format!("{STANDARD}description: {{limitations: {limitations}}}\nschema: [{{name: orders}}]\n")
    };
    assert_eq!(codes(&text("Not for marketing"), &text("Not for sales")), ["terms-tightened"]);
}
