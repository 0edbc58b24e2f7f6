//! One root cause, one finding: each typical mistake with the code, the line and the words of what is said of it.

use super::check;
use crate::source::{Problem, SourceFile, parse};

/// What is said of a text: code, line, message and help.
fn said(text: &str) -> Vec<(&'static str, usize, String, String)> {
    let (_, problems) = check(&parse(text).expect("YAML"));
    let file = SourceFile::new("orders.odcs.yaml", text);
    let line = |problem: &Problem| file.position(problem.span.start).line;
    problems.iter().map(|p| (p.code, line(p), p.message.clone(), p.help.clone().unwrap_or_default())).collect()
}

/// A contract of an edition with more lines, which begin at line 6.
fn contract(version: &str, more: &str) -> String {
    format!("apiVersion: v{version}\nkind: DataContract\nid: orders\nversion: 1.0.0\nstatus: active\n{more}")
}

/// Lines that a number tells apart.
fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, number| text + &line(number) + "\n")
}

/// A contract with one property, whose further keys begin at line 9.
fn property(version: &str, more: &str) -> String {
    let mut text = "schema:\n- name: orders\n  properties:\n  - name: amount\n".to_owned();
    for line in more.lines() {
        text = text + "    " + line + "\n";
    }
    contract(version, &text)
}

/// A contract with one server, whose keys begin at line 7.
fn server(version: &str, more: &str) -> String {
    contract(version, &format!("servers:\n- {{server: a, {more}}}\n"))
}

/// Asserts that a text has one finding, with this code, at this line, with these words in message and help.
fn one(text: &str, code: &str, line: usize, message: &str, help: &str) {
    let said = said(text);
    let [(found, at, told, advice)] = said.as_slice() else { panic!("one finding, not {said:#?} of\n{text}") };
    assert_eq!((*found, *at), (code, line), "{told}: {advice}\n{text}");
    assert!(told.contains(message), "{told:?} does not say {message:?}");
    assert!(advice.contains(help), "{advice:?} does not say {help:?}");
}

#[test]
fn a_file_of_another_format_is_named_once() {
    let convert = "pact convert --to odcs FILE";
    one(
        "dataContractSpecification: 1.2.1\nid: a\ninfo: {title: a}\nmodels: {}\n",
        "other-format",
        1,
        "Data Contract Specification 1.2.1",
        convert,
    );
    one(
        "apiVersion: v3.0.2\nkind: DataContract\nid: a\ninfo:\n  title: a\nmodels:\n  a: {fields: {b: {type: string}}}\nterms: {}\nservicelevels: {}\n",
        "other-format",
        4,
        "its body is a Data Contract Specification: `info`, `models` and `servicelevels`",
        convert,
    );
    one("apiVersion: v2.2.2\nkind: DataContract\nuuid: a\ndataset: []\n", "other-format", 1, "ODCS 2.2.2", convert);
    one(
        "apiVersion: v3.1.0\nkind: DataContract\nuuid: a\nquantumName: b\ndataset: []\n",
        "other-format",
        3,
        "its body is of ODCS 2.2",
        convert,
    );
    one("apiVersion: v1.0.0\nkind: DataProduct\nid: a\n", "other-format", 2, "a data product (ODPS)", "leave it out");
}

#[test]
fn the_version_is_named_as_it_has_to_be_written() {
    let with =
        |version: &str| format!("apiVersion: {version}\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n");
    one(&with("3.1.0"), "invalid-value", 1, "`apiVersion` can't be `3.1.0`", "write `apiVersion: v3.1.0`");
    one(&with("v3.0"), "invalid-value", 1, "", "write `apiVersion: v3.0.2`");
    one(&with("3.1"), "invalid-value", 1, "", "write `apiVersion: v3.1.0`");
    one(
        &with("v3.9.0"),
        "invalid-value",
        1,
        "pact does not know version `v3.9.0`",
        "v3.0.0, v3.0.1, v3.0.2, v3.1.0 or v3.2.0",
    );
    one(&with("odcs"), "invalid-value", 1, "", "write one of v3.0.0");
    one(&with(""), "wrong-type", 1, "found nothing", "v3.2.0");
    one("kind: DataContract\nid: a\nversion: 1.0.0\n", "missing-key", 1, "no `apiVersion`", "apiVersion: v3.2.0");
    one(
        "apiversion: v3.2.0\nkind: DataContract\nid: a\nversion: 1.0.0\n",
        "unknown-key",
        1,
        "`apiversion`",
        "did you mean `apiVersion`?",
    );
}

#[test]
fn a_mapping_in_the_place_of_a_list_is_said_once() {
    one(
        &contract("3.1.0", "schema:\n  orders:\n    fields: {a: {type: string}}\n    nonsense: 1\n"),
        "wrong-type",
        6,
        "`schema` is a list, found a mapping",
        "`- name: orders`",
    );
    one(
        &contract("3.1.0", "servers:\n  production: {type: nonsense}\n"),
        "wrong-type",
        6,
        "`servers` is a list",
        "`- server: production`",
    );
    one(
        &contract("3.1.0", "schema:\n- name: a\n  properties:\n    b: {type: string}\n"),
        "wrong-type",
        8,
        "`properties` is a list",
        "`- name: b`",
    );
    one(
        &contract("3.1.0", "schema:\n  name: a\n"),
        "wrong-type",
        6,
        "`schema` is a list",
        "begin its first key with `- `",
    );
    one(&contract("3.1.0", "customProperties: {a: 1}\n"), "wrong-type", 6, "", "`- property: a`");
    one(
        &contract("3.1.0", "description: All orders.\n"),
        "wrong-type",
        6,
        "is a mapping, found text",
        "description: {purpose: \"All orders.\"}",
    );
}

#[test]
fn keys_of_other_formats_are_told_in_the_words_of_the_standard() {
    for (written, help) in [
        ("nullable: false", "write `required: true`"),
        ("isNullable: true", "leave it out, or write `required: false`"),
        ("pii: true", "classification"),
        ("type: string", "write `logicalType: string`"),
        ("type: varchar(10)", "physicalType: varchar(10)"),
        ("isPrimaryKey: true", "ODCS calls this `primaryKey`"),
        ("primary: true", "ODCS calls this `primaryKey`"),
        ("primary_key: true", "did you mean `primaryKey`?"),
        ("fields: []", "ODCS calls this `properties`"),
        ("references: a.b", "relationships"),
        ("precision: 12", "decimal(12,2)"),
        ("descripton: a", "did you mean `description`?"),
    ] {
        one(&property("3.1.0", written), "unknown-key", 10, "in a property", help);
    }
    one(&property("3.1.0", "pattern: a"), "misplaced-key", 10, "", "it belongs in `logicalTypeOptions`");
    one(
        &contract("3.1.0", "quality: []\n"),
        "unknown-key",
        6,
        "in the contract",
        "`quality` of an object or a property",
    );
    one(&contract("3.1.0", "owner: me\n"), "unknown-key", 6, "", "write `team`");
    one(&contract("3.1.0", "priceAmount: 5\n"), "misplaced-key", 6, "", "it belongs in `price`");
}

#[test]
fn everything_newer_than_the_declared_version_is_one_finding() {
    one(
        &property("3.0.2", "logicalType: timestamp\nlogicalTypeOptions: {timezone: true}"),
        "newer-than-declared",
        10,
        "`logicalType: timestamp` came with ODCS 3.1.0, and the file declares v3.0.2",
        "declare `apiVersion: v3.1.0`",
    );
    one(
        &property("3.0.2", "enum: [{value: a}]\nrelationships: [{to: a.b}]"),
        "newer-than-declared",
        10,
        "`enum` of a property came with ODCS 3.2.0",
        "declare `apiVersion: v3.2.0`",
    );
    one(
        &contract("3.0.2", "team: {name: shop}\n"),
        "newer-than-declared",
        6,
        "a mapping as `team` came with ODCS 3.1.0",
        "v3.1.0",
    );
    one(&server("3.1.0", "type: hana, host: h"), "newer-than-declared", 7, "`type: hana` of a server", "v3.2.0");
    one(
        &server("3.1.0", "type: mysql, host: h, port: '${P}', database: d"),
        "newer-than-declared",
        7,
        "`${P}` as `port`",
        "v3.2.0",
    );
    one(
        &property("3.0.2", "logicalType: number\nlogicalTypeOptions: {exclusiveMinimum: 5}"),
        "newer-than-declared",
        11,
        "`5` as `exclusiveMinimum`",
        "v3.1.0",
    );
    one(
        &property("3.0.2", "quality: [{metric: nullValues, mustBe: 0}]"),
        "newer-than-declared",
        10,
        "`metric` came with ODCS 3.1.0",
        "v3.1.0",
    );
}

#[test]
fn rules_say_what_they_measure_and_one_thing_that_is_right() {
    let rule = |version: &str, rule: &str| property(version, &format!("quality:\n- {{{rule}}}"));
    one(
        &rule("3.1.0", "type: library, rule: nullCheck, mustBe: 0"),
        "outdated-key",
        11,
        "until ODCS 3.0.2",
        "write `metric: nullValues`",
    );
    one(&rule("3.1.0", "rule: rowCount, mustBe: 0"), "outdated-key", 11, "", "write `metric: rowCount`");
    one(
        &rule("3.1.0", "metric: nullValues, mustBeGreaterThanOrEqualTo: 1"),
        "unknown-key",
        11,
        "",
        "ODCS calls this `mustBeGreaterOrEqualTo`",
    );
    one(
        &rule("3.0.2", "rule: nullCheck, mustBeGreaterThanOrEqualTo: 1"),
        "unknown-key",
        11,
        "",
        "ODCS calls this `mustBeGreaterOrEqualTo`",
    );
    one(
        &rule("3.1.0", "metric: nullValues, mustBeGreaterThan: 1, mustBeLessThan: 9"),
        "invalid-value",
        11,
        "has one operator",
        "`mustBeBetween: [1, 9]`, which means the same",
    );
    one(
        &rule("3.1.0", "metric: nullValues, mustBeLessOrEqualTo: 9, mustBeGreaterOrEqualTo: 1"),
        "invalid-value",
        11,
        "has one operator",
        "two rules",
    );
    one(&rule("3.1.0", "metric: nullValues"), "missing-key", 11, "no operator", "mustBe");
    one(&rule("3.1.0", "query: SELECT 1, mustBe: 1"), "missing-key", 11, "has to say `type: sql`", "add `type: sql`");
    one(&rule("3.1.0", "engine: soda, implementation: x"), "missing-key", 11, "has to say `type: custom`", "");
    one(&rule("3.1.0", "mustBe: 1"), "missing-key", 11, "nothing says what is measured", "metric: nullValues");
    one(&rule("3.1.0", "type: text, mustBe: 1"), "misplaced-key", 11, "`library` or `sql`, and this one is `text`", "");
    one(&rule("3.1.0", "metric: null_values, mustBe: 1"), "invalid-value", 11, "", "did you mean `nullValues`?");
    one(&rule("3.1.0", "type: text, dimension: validity"), "invalid-value", 11, "", "did you mean `conformity`?");
    assert_eq!(said(&rule("3.1.0", "type: text, dimension: cp")), []);
}

#[test]
fn servers_have_the_keys_of_their_type() {
    one(
        &server("3.1.0", "type: postgres, host: h, database: d, schema: s"),
        "missing-key",
        7,
        "has no `port` (its `type` is `postgres`)",
        "port: 5432",
    );
    one(
        &server("3.1.0", "type: bigquery, project: p, dataset: d, warehouse: w"),
        "misplaced-key",
        7,
        "a `bigquery` server has no `warehouse`",
        "snowflake",
    );
    one(&server("3.1.0", "type: kafka, host: h, topic: t"), "unknown-key", 7, "", "`physicalName` of the object");
    one(&server("3.1.0", "type: mssql, host: h"), "invalid-value", 7, "", "did you mean `sqlserver`?");
    one(&server("3.1.0", "type: sftp, location: /a"), "invalid-value", 7, "", "begins with `sftp://`");
    assert_eq!(said(&server("3.1.0", "type: kinesis, stream: s")), []);
    assert_eq!(said(&server("3.0.2", "type: kinesis, anything: goes")), []);
}

#[test]
fn options_belong_to_a_logical_type() {
    let options = |kind: &str, options: &str| property("3.1.0", &format!("{kind}logicalTypeOptions: {{{options}}}"));
    one(
        &options("logicalType: integer\n", "minLength: 1"),
        "misplaced-key",
        11,
        "the options of an `integer` have no `minLength`",
        "option of string",
    );
    one(&options("", "minLength: 1"), "missing-key", 10, "without `logicalType`", "add `logicalType`");
    one(&options("logicalType: int\n", "minLength: 1"), "invalid-value", 10, "", "did you mean `integer`?");
    one(
        &options("logicalType: number\n", "exclusiveMinimum: true, minimum: 1"),
        "wrong-type",
        11,
        "since ODCS 3.1.0",
        "write the value of `minimum` here",
    );
    one(&options("logicalType: string\n", "maxLength: 5.0"), "wrong-type", 11, "", "without a fraction");
    one(
        &property("3.1.0", "logicalType: string\nitems: {}"),
        "misplaced-key",
        11,
        "`items` is of properties with `logicalType: array`",
        "",
    );
    one(&property("3.2.0", "logicalType: vector"), "missing-key", 9, "no `logicalTypeOptions`", "dimensions: 768");
}

#[test]
fn lists_have_items_that_differ() {
    one(
        &property("3.2.0", "enum: [a, b, c]"),
        "wrong-type",
        10,
        "a value of `enum` is a mapping",
        "write each as `- value: a`",
    );
    one(&property("3.2.0", "enum: []"), "invalid-value", 10, "empty list", "");
    one(&property("3.2.0", "enum: [{value: a}, {value: a}]"), "invalid-value", 10, "twice", "");
    let twice = "schema:\n- {name: a, id: x}\n- {name: b, id: x}\n";
    one(&contract("3.1.0", twice), "duplicate-id", 8, "the id `x`", "of its own");
    assert_eq!(said(&contract("3.0.2", "roles:\n- {role: a, id: x}\n- {role: b, id: x}\n")), []);
    one(&contract("3.1.0", "domain: a\ndomain: b\n"), "duplicate-key", 7, "`domain`", "keep one");
    one(&contract("3.1.0", "tags:\n"), "wrong-type", 6, "`tags` has no value", "leave the key out");
}

#[test]
fn the_same_mistake_a_hundred_times_is_one_finding() {
    let properties = numbered(100, |n| format!("  - {{name: p{n}, nullable: false}}"));
    let text = contract("3.1.0", &format!("schema:\n- name: a\n  properties:\n{properties}"));
    one(&text, "unknown-key", 9, "here and at 99 more places", "write `required: true`");
    let (_, problems) = check(&parse(&text).expect("YAML"));
    assert_eq!(problems.first().map(|problem| problem.also.len()), Some(4));
}

#[test]
fn hostile_lists_and_mappings_are_judged_in_no_time() {
    let keys = numbered(20_000, |n| format!("k{n}: 1"));
    assert_eq!(said(&contract("3.1.0", &keys)).len(), 20_000);
    let ids = numbered(20_000, |n| format!("- {{name: a, id: i{}}}", n / 2));
    assert_eq!(said(&contract("3.1.0", &format!("schema:\n{ids}"))).len(), 10_000);
}
