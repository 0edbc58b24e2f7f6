//! Records held against contracts.

use jiff::Timestamp;

use super::*;
use crate::check::{Promised, Verdict};
use crate::config::CheckConfig;
use crate::format;
use crate::model::{Contract, Registry, SourceId};
use crate::source::SourceFile;

const CONTRACT: &str = r#"
name: orders
version: 1.0.0
datasets:
  - name: orders
    extra_fields: fail
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false, constraints: [{type: min, value: 1}]}
      - {name: email, data_type: string, is_pii: true, constraints: [{type: regex, value: "@"}]}
      - {name: amount, data_type: decimal, precision: 6, scale: 2, constraints: [{type: min, value: 0}, {type: max, value: 100, when: "state = 'new'"}]}
      - {name: state, data_type: string, always_present: true, constraints: [{type: enum, value: [new, paid]}, {type: max_length, value: 4}]}
      - {name: placed_on, data_type: date}
      - {name: at, data_type: timestamp, constraints: [{type: min, value: "2026-01-01T00:00:00Z"}]}
      - {name: open, data_type: boolean}
      - {name: key, data_type: uuid}
      - {name: tags, data_type: array, items: {data_type: string, nullable: false, constraints: [{type: min_length, value: 2}]}, constraints: [{type: unique_items, value: true}, {type: max_items, value: 3}]}
      - name: address
        data_type: object
        fields:
          - {name: city, data_type: string, nullable: false}
          - {name: zip, data_type: string, constraints: [{type: expression, value: "length(value) = 5 or city = 'Rome'"}]}
      - name: lines
        data_type: array
        items:
          data_type: object
          fields:
            - {name: sku, data_type: string, nullable: false}
            - {name: count, data_type: integer, constraints: [{type: min, value: 1}, {type: multiple_of, value: 2}]}
      - {name: prices, data_type: map, values: {data_type: float, constraints: [{type: max, value: 10}]}}
rules:
  technical:
    - {name: ratio, expression: "amount / id < 50"}
    - {name: few_paid, expression: "state <> 'paid'", threshold: "50%"}
    - {name: many, expression: "(select 1) = 1"}
  business:
    - {name: sound, description: everything is fine}
"#;

fn contract(text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text.to_owned()));
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    document.contract().unwrap().clone()
}

fn bounds(key_bytes: usize) -> Bounds {
    Bounds { examples: 2, key_bytes, bad: None }
}

/// The name of an expectation, and what came of it.
fn judged<'t>(contract: &Contract, plan: &'t Plan<'_>, tally: &'t Tally<'_, '_>) -> Vec<Finding<'t>> {
    let config = CheckConfig::default();
    results(Promised { contract, dataset: &contract.datasets[0], config: &config }, plan, tally)
}

type Told = (String, Verdict, String);

/// Judges a text, and gives for each line that is not blank what it breaks, or why it is no record.
fn sorted(text: &str, contract_text: &str, coerce: bool) -> (Vec<String>, Vec<Told>, Vec<String>) {
    let contract = contract(contract_text);
    let registry = Registry::default();
    let dataset = &contract.datasets[0];
    let expectations = expected(&contract, dataset, &[], &registry);
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let plan = Plan::new(dataset, expectations, Options { now, coerce, time: None });
    let mut tally = Tally::new(&plan, bounds(1_000_000));
    let (mut found, mut kept) = (Vec::new(), Vec::new());
    // Pieces of any size give the same.
    for piece in text.split_inclusive('\n').collect::<Vec<_>>().chunks(2) {
        let piece = piece.concat();
        let judged = plan.judge(piece.as_bytes());
        let ended = tally.take(piece.as_bytes(), &judged, |line| {
            found.push(line.no_record.map_or_else(|| line.codes.join(", "), str::to_owned));
            kept.push(line.rewritten.map_or_else(|| String::from_utf8_lossy(line.line).into_owned(), str::to_owned));
        });
        assert!(ended.is_continue());
    }
    let results = judged(&contract, &plan, &tally);
    let told = results.iter().map(|one| (one.id.to_owned(), one.result.verdict, one.result.actual.clone())).collect();
    (found, told, kept)
}

fn codes(record: &str) -> String {
    sorted(record, CONTRACT, false).0.join(" | ")
}

#[test]
fn a_record_breaks_what_it_breaks() {
    let with = |rest: &str| codes(&format!("{{\"id\": 7, \"state\": \"new\"{rest}}}"));
    assert_eq!(with(""), "");
    for (rest, wanted) in [
        (r#", "email": "a@b", "amount": 12.50, "open": true, "placed_on": "2026-01-31""#, ""),
        (r#", "email": "a""#, "orders.email regex"),
        (r#", "email": 1"#, "orders.email type"),
        (r#", "email": null"#, ""),
        (r#", "email": "\u0061\u0040""#, ""),
        (r#", "email": "@\ud800""#, "orders.email type"),
        (r#", "amount": "12.50""#, ""),
        (r#", "amount": 12.505"#, "orders.amount type"),
        (r#", "amount": 12345.5"#, "orders.amount type, orders.amount max, ratio expression"),
        (r#", "amount": -0.01"#, "orders.amount min"),
        (r#", "amount": 100.01"#, "orders.amount max"),
        (r#", "placed_on": "2026-02-29""#, "orders.placed_on type"),
        (r#", "at": "2026-01-01T00:30:00+01:00""#, "orders.at min"),
        (r#", "at": "2026-01-01T01:30:00+01:00""#, ""),
        (r#", "open": "true""#, "orders.open type"),
        (r#", "key": "6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f""#, ""),
        (r#", "key": "6f1c2f0e""#, "orders.key type"),
        (r#", "tags": ["ab", "cd"]"#, ""),
        (r#", "tags": ["ab", "ab"]"#, "orders.tags unique_items"),
        (r#", "tags": ["ab", "c", null]"#, "orders.tags[] not_null, orders.tags[] min_length"),
        (r#", "tags": ["ab", "cd", "ef", "gh"]"#, "orders.tags max_items"),
        (r#", "tags": "ab""#, "orders.tags type"),
        (r#", "address": {"city": "Rome", "zip": "1"}"#, ""),
        (r#", "address": {"city": "Bonn", "zip": "1"}"#, "orders.address.zip expression"),
        (r#", "address": {"zip": "12345"}"#, "orders.address.city not_null"),
        (r#", "address": null"#, ""),
        (r#", "address": []"#, "orders.address type"),
        (r#", "address": {"city": "Bonn", "street": "x"}"#, "orders extra_fields"),
        (r#", "lines": [{"sku": "a", "count": 2}, {"sku": "b", "count": 3}]"#, "orders.lines[].count multiple_of"),
        (
            r#", "lines": [{"count": 0}, 5]"#,
            "orders.lines[] type, orders.lines[].sku not_null, orders.lines[].count min",
        ),
        (r#", "prices": {"EUR": 9.5, "GBP": 10.5}"#, "orders.prices{} max"),
        (r#", "prices": {"EUR": "9"}"#, "orders.prices{} type"),
        (r#", "other": 1"#, "orders extra_fields"),
    ] {
        assert_eq!(sets(&with(rest)), sets(wanted), "{rest}");
    }
    assert_eq!(codes(r#"{"id": 1.0, "state": null}"#), "");
    assert_eq!(codes(r#"{"id": 1}"#), "orders.state present");
    assert_eq!(codes(r#"{"id": 1, "state": "gone"}"#), "orders.state enum");
    assert_eq!(codes(r#"{"id": 0, "amount": 1, "state": "new"}"#), "orders.id min, ratio expression");
    assert_eq!(codes(r#"{"state": "new"}"#), "orders.id not_null");
}

/// Codes without their order.
fn sets(codes: &str) -> Vec<&str> {
    let mut codes: Vec<&str> = codes.split(", ").collect();
    codes.sort_unstable();
    codes
}

#[test]
fn what_is_no_record_is_said_and_the_rest_goes_on() {
    let deep = format!("{{\"id\": 5, \"state\": null, \"other\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        "\u{feff}{{\"id\": 1, \"state\": null}}\r\n\n{{\"id\": 2\n[1]\n5\n{{\"id\": 3, \"id\": 3}}\n{{\"x\": 1, \"x\": 2}}\n\
         {{\"id\": 4, \"state\": \"a\u{0}b\"}}\n{deep}\n{{\"id\": 6, \"state\": null}} x\n{{\"id\": 7, \"state\": null}}"
    );
    let (found, told, _) = sorted(&text, CONTRACT, false);
    assert_eq!(
        found,
        [
            "",
            "it is no JSON: EOF while parsing an object at character 8",
            "it is no JSON object",
            "it is no JSON object",
            "it is no JSON: the key `id` is there twice at character 11",
            "it is no JSON: the key `x` is there twice at character 10",
            "it is no JSON: control character (\\u0000-\\u001F) found while parsing a string at character 21",
            "orders extra_fields",
            "it is no JSON: trailing characters at character 26",
            "",
        ]
    );
    let unique = told.iter().find(|(id, ..)| id == "orders primary_key").unwrap();
    assert_eq!((unique.1, unique.2.as_str()), (Verdict::Pass, "3 records that keep it"));
    let contract = contract(CONTRACT);
    let plan = plan_of(&contract);
    let judged = plan.judge(b"{\"id\": 1, \"state\": \"\xff\"}\n{\"id\": 2, \"state\": \"new\"}\n");
    assert_eq!(judged.lines[0].fate, Fate::Broken(Broken("it is no UTF-8".to_owned())));
    assert_eq!(judged.lines[1].fate, Fate::Good);
}

fn plan_of(contract: &Contract) -> Plan<'_> {
    let registry = Registry::default();
    let dataset = &contract.datasets[0];
    let expectations: Vec<_> = expected(contract, dataset, &[], Box::leak(Box::new(registry)));
    Plan::new(dataset, expectations, Options { now: Timestamp::UNIX_EPOCH, coerce: false, time: None })
}

#[test]
fn verdicts_come_from_counts() {
    let text = "{\"id\": 1, \"state\": \"paid\"}\n{\"id\": 2, \"state\": \"new\"}\n{\"id\": 1.0, \"state\": \"new\"}\n\
                {\"id\": 4, \"amount\": 300, \"state\": \"paid\"}\n";
    let (found, told, _) = sorted(text, CONTRACT, false);
    assert_eq!(found, ["few_paid expression", "", "orders primary_key", "ratio expression, few_paid expression"]);
    let of = |id: &str| told.iter().find(|one| one.0 == id).map(|one| (one.1, one.2.as_str())).unwrap();
    assert_eq!(of("orders primary_key"), (Verdict::Fail, "1 of 4 records that break it"));
    assert_eq!(of("few_paid expression"), (Verdict::Warn, "2 of 4 records that break it"));
    assert_eq!(of("ratio expression"), (Verdict::Fail, "1 of 4 records that break it"));
    assert_eq!(of("orders.amount max"), (Verdict::Pass, "2 records that keep it"));
    let (_, none, _) = sorted("{\"id\": 1, \"state\": \"paid\"}\n", CONTRACT, false);
    let max = none.iter().find(|one| one.0 == "orders.amount max").unwrap();
    assert_eq!((max.1, max.2.as_str()), (Verdict::Omit, "there is no record that it is about"));
    assert_eq!(of("many expression"), (Verdict::Omit, "it has a query, and a record stands alone"));
    assert_eq!(of("sound text").0, Verdict::Omit);
    // Who divides by nothing has no answer, and that is no kept promise.
    let (found, told, _) = sorted("{\"id\": 0, \"amount\": 1, \"state\": null}\n", CONTRACT, false);
    assert_eq!(found, ["orders.id min, ratio expression"]);
    let ratio = told.iter().find(|one| one.0 == "ratio expression").unwrap();
    assert_eq!(
        (ratio.1, ratio.2.as_str()),
        (Verdict::Error, "1 of 1 record for which there is no answer: division by zero, first in line 1")
    );
}

#[test]
fn shares_are_judged_as_those_of_other_sources() {
    let contract = "name: t\nversion: 1.0.0\nschema:\n  - {name: a, data_type: integer, constraints: [{type: min, value: 1}]}\n\
                    quality:\n  - {metric_type: accuracy, threshold: 90%}\n";
    let records = |from: u32, to: u32| (from..to).map(|a| format!("{{\"a\": {a}}}\n")).collect::<Vec<_>>().concat();
    let told = |text: &str| {
        let (_, told, _) = sorted(text, contract, false);
        told.into_iter().filter(|one| one.1 != Verdict::Pass).map(|one| (one.0, one.1)).collect::<Vec<_>>()
    };
    let of = |verdict: Verdict| [("t.a min".to_owned(), verdict), ("t accuracy".to_owned(), verdict)];
    assert_eq!(told(&records(1, 11)), []);
    // The last bit of what may be wrong is used up.
    assert_eq!(told(&records(0, 10)), of(Verdict::Warn));
    assert_eq!(told(&records(0, 9)), of(Verdict::Fail));
    assert_eq!(told(&records(0, 100)), [("t.a min".to_owned(), Verdict::Warn)]);
}

#[test]
fn all_records_that_share_a_key_count_for_uniqueness() {
    let contract = "name: t\nversion: 1.0.0\nschema:\n  - {name: k, data_type: integer, is_primary_key: true}\n  - {name: at, data_type: time}\n\
                    quality:\n  - {metric_type: uniqueness, threshold: 60%}\n";
    let text = "{\"k\":1}\n{\"k\":1,\"at\":\"12\"}\n{\"k\":2,\"at\":\"10:00\"}\n{\"k\":3,\"at\":\"2024-02-29T12:00:00\"}\n{\"k\":1}\n{\"k\":4}\n";
    let (_, told, _) = sorted(text, contract, false);
    let of = |id: &str| told.iter().find(|one| one.0 == id).map(|one| (one.1, one.2.as_str())).unwrap();
    assert_eq!(of("t uniqueness"), (Verdict::Fail, "3 of 6 records that break it"));
    assert_eq!(of("t primary_key"), (Verdict::Fail, "2 of 6 records that break it"));
    assert_eq!(of("t.at type"), (Verdict::Fail, "2 of 6 records that break it"));
}

#[test]
fn keys_are_looked_for_as_long_as_there_is_room() {
    let contract = contract(CONTRACT);
    let plan = plan_of(&contract);
    let line = |id| format!("{{\"id\": {id}, \"state\": null}}\n");
    let without = (1..2000).map(line).collect::<Vec<_>>().concat();
    let text = without.clone() + &line(5);
    let verdict = |bytes: usize| {
        let mut tally = Tally::new(&plan, bounds(bytes));
        assert!(tally.take(text.as_bytes(), &plan.judge(text.as_bytes()), |_| ()).is_continue());
        let told = judged(&contract, &plan, &tally);
        told.into_iter().find(|one| one.id == "orders primary_key").map(|one| one.result).unwrap()
    };
    assert_eq!(verdict(1_000_000).verdict, Verdict::Fail);
    assert_eq!(verdict(1000).verdict, Verdict::Fail, "what is known is known");
    let mut tally = Tally::new(&plan, bounds(1000));
    assert!(tally.take(without.as_bytes(), &plan.judge(without.as_bytes()), |_| ()).is_continue());
    let told = judged(&contract, &plan, &tally);
    let key = told.iter().find(|one| one.id == "orders primary_key").unwrap();
    assert_eq!(key.result.verdict, Verdict::Omit);
    assert!(key.result.actual.contains("room for 17 different keys"), "{}", key.result.actual);
}

#[test]
fn examples_tell_no_personal_data() {
    let contract = contract(CONTRACT);
    let plan = plan_of(&contract);
    let text = "{\"id\": 1, \"state\": null, \"email\": \"secret\"}\n{\"id\": 2, \"state\": \"gone\"}\n";
    let mut tally = Tally::new(&plan, bounds(1000));
    assert!(tally.take(text.as_bytes(), &plan.judge(text.as_bytes()), |_| ()).is_continue());
    let told = judged(&contract, &plan, &tally);
    let example = |id: &str| told.iter().find(|one| one.id == id).unwrap().count.unwrap().examples[0].clone();
    let pairs = |values: &[(&str, &str)]| {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        example("orders.email regex"),
        Example { line: 1, values: pairs(&[("id", "1"), ("email", "(personal data)")]) }
    );
    assert_eq!(example("orders.state enum"), Example { line: 2, values: pairs(&[("id", "2"), ("state", "\"gone\"")]) });
}

#[test]
fn coercion_rewrites_where_it_stands() {
    let text = "{\"id\" : \"1\",\"state\":\" new \", \"amount\":\"1.5\",\"open\":\"yes\" , \"placed_on\":\"31.01.2026\",\
                \"address\":{\"city\":7},\"lines\":[{\"sku\":\"a\",\"count\":\" 2\"}]}\n{\"id\": 2, \"state\": \"new\"}\n";
    let (found, _, kept) = sorted(text, CONTRACT, true);
    assert_eq!(found, ["", ""]);
    assert_eq!(
        kept,
        [
            "{\"id\" : 1,\"state\":\"new\", \"amount\":\"1.5\",\"open\":true , \"placed_on\":\"2026-01-31\",\
             \"address\":{\"city\":\"7\"},\"lines\":[{\"sku\":\"a\",\"count\":2}]}",
            "{\"id\": 2, \"state\": \"new\"}"
        ]
    );
}

#[test]
fn the_end_is_behind_the_last_bad_record_that_is_looked_for() {
    let contract = contract(CONTRACT);
    let plan = plan_of(&contract);
    let text = "{\"id\": 1, \"state\": null}\nx\n\n{\"id\": 1, \"state\": \"new\"}\n{\"id\": 2, \"state\": null}\n{\"id\": 0, \"email\": \"a\"}\n";
    for (bad, lines, good, present) in [(1, 2, 1, 0), (2, 4, 1, 1), (3, 6, 2, 1), (4, 6, 2, 1)] {
        let mut tally = Tally::new(&plan, Bounds { bad: Some(bad), ..bounds(1000) });
        let mut seen = 0;
        let ended = tally.take(text.as_bytes(), &plan.judge(text.as_bytes()), |_| seen += 1);
        assert_eq!(ended.is_break(), bad < 4, "{bad}");
        assert_eq!((tally.lines, tally.good, tally.bad + tally.broken), (lines, good, bad.min(3)), "{bad}");
        assert_eq!(seen, tally.good + tally.bad + tally.broken);
        let id = plan.expectations.iter().position(|one| one.id == "orders.id min").unwrap();
        assert_eq!(tally.counts[id].records, tally.records(), "{bad}");
        let shares = tally.metrics().completeness.unwrap().field_completeness;
        let share = 100.0 * f64::from(present) / f64::from(u32::try_from(tally.records()).unwrap());
        assert_eq!(shares["state"], Some(share), "{bad}");
    }
}

#[test]
fn a_name_of_now_counts_more_than_one_of_before() {
    let text = "name: orders\nversion: 1.0.0\nschema:\n  - name: address\n    aliases: [addr, place]\n    data_type: object\n    \
                fields:\n      - {name: city, data_type: string, nullable: false}\n";
    for (record, wanted) in [
        (r#"{"address": {"city": "Bonn"}, "addr": {"city": null}}"#, ""),
        (r#"{"addr": {"city": null}, "address": {"city": "Bonn"}}"#, ""),
        (r#"{"place": {"city": "Bonn"}, "addr": {}}"#, "orders.address.city not_null"),
        (r#"{"addr": {}, "place": {}, "addr": {}}"#, "it is no JSON: the key `addr` is there twice at character 27"),
    ] {
        assert_eq!(sorted(record, text, false).0, [wanted], "{record}");
    }
}

#[test]
fn many_unknown_keys_take_no_long_time() {
    let keys = |from: u32| (from..from + 50_000).map(|key| format!("\"k{key}\": 1")).collect::<Vec<_>>().join(", ");
    let (inner, outer) = (keys(0), keys(0));
    let text = format!("{{\"id\": 1, \"state\": null, \"address\": {{\"city\": \"Bonn\", {inner}}}, {outer}}}");
    assert_eq!(codes(&text), "orders extra_fields");
    let twice = format!("{{{outer}, \"k49999\": 2}}");
    assert!(codes(&twice).starts_with("it is no JSON: the key `k49999` is there twice"));
}

#[test]
fn records_alike_are_counted_as_each_alone() {
    let contract = contract(CONTRACT);
    let registry = Registry::default();
    let dataset = &contract.datasets[0];
    let expectations = expected(&contract, dataset, &[], &registry);
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let plan = Plan::new(dataset, expectations, Options { now, coerce: false, time: None });
    let lines = [
        r#"{"id": 1, "state": "new", "amount": 1}"#,
        r#"{"id": 2, "state": "new", "amount": 2}"#,
        r#"{"id": 3, "state": "old", "amount": 3}"#,
        r#"{"id": 4, "state": "old", "amount": 4}"#,
        r#"{"id": 5, "state": "new", "amount": null}"#,
        r#"{"id": 6, "state": "new"}"#,
        "no record",
        r#"{"id": 7, "state": "new"}"#,
        r#"{"id": "8", "amount": 1, "other": 1}"#,
        r#"{"amount": 900, "id": 0, "lines": [{"sku": null, "count": 1}]}"#,
        r#"{"id": 9, "lines": [{"sku": "a", "count": 2}]}"#,
        r#"{"id": 10, "state": "new", "amount": 1}"#,
    ];
    let told = |pieces: &[String]| {
        let mut tally = Tally::new(&plan, bounds(1_000_000));
        let mut codes = Vec::new();
        for piece in pieces {
            let judged = plan.judge(piece.as_bytes());
            let took = tally.take(piece.as_bytes(), &judged, |line| codes.push(line.codes.join(", ")));
            assert!(took.is_continue());
        }
        let counts: Vec<_> = tally.counts.iter().map(|count| (count.records, count.broken, count.failed)).collect();
        (codes, counts, tally.metrics().completeness)
    };
    let alone: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(told(&[alone.concat()]), told(&alone));
}

#[test]
fn letters_are_found_as_a_pattern_finds_them() {
    let contract = r#"
name: notes
version: 1.0.0
schema:
  - {name: note, data_type: string, constraints: [{type: regex, value: "ab c"}, {type: max_length, value: 6}, {type: min_length, value: 4}]}
  - {name: other, data_type: string, constraints: [{type: regex, value: "a.c"}]}
"#;
    let codes = |text: &str| sorted(text, contract, false).0.join(" | ");
    assert_eq!(codes(r#"{"note": "xab cx", "other": "xabc"}"#), "");
    assert_eq!(codes(r#"{"note": "äab cü"}"#), "");
    assert_eq!(codes(r#"{"note": "äab cü!"}"#), "notes.note max_length");
    assert_eq!(codes(r#"{"note": "aB c"}"#), "notes.note regex");
    assert_eq!(codes(r#"{"note": "äöü"}"#), "notes.note regex, notes.note min_length");
    assert_eq!(codes(r#"{"other": "a.b"}"#), "notes.other regex");
}
