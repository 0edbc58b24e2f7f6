//! Tables of cases: a contract, what was observed, what has to come of it.

use serde_json::{Value as Json, json};

use super::*;
use crate::check::read_answer;
use crate::format;
use crate::model::SourceId;
use crate::source::SourceFile;

const NOW: &str = "2026-06-01T12:00:00Z";

/// A contract `orders` 1.2.0 with three fields, and more keys.
pub(in crate::check) fn contract(more: &str) -> Contract {
    let text = format!(
        "name: orders\nversion: 1.2.0\nstatus: active\nschema:\n  \
         - {{name: order_id, data_type: integer, is_primary_key: true}}\n  \
         - {{name: amount, data_type: decimal, nullable: false}}\n  \
         - {{name: note, data_type: string}}\n{more}"
    );
    let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text.clone()));
    assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
    document.contract().expect("a contract").clone()
}

fn answers() -> [Json; 3] {
    let column = |name: &str, kind: &str, nullable: bool| json!({"name": name, "type": kind, "nullable": nullable});
    [
        json!({"status": "healthy", "contract_name": "orders", "contract_version": "1.2.0"}),
        json!({"contract_name": "orders", "tables": {"orders": {"columns": [
            column("order_id", "bigint", false), column("amount", "numeric(10,2)", false), column("note", "text", true),
        ]}}}),
        json!({"freshness": {"last_update": "2026-06-01T11:55:00Z"}, "row_count": 1000,
            "completeness": {"total_rows": 1000, "field_completeness": {"order_id": 100, "amount": 100, "note": 50}},
            "availability": {"uptime_percentage": 100}}),
    ]
}

fn observed(answers: &[Json; 3]) -> Vec<Observation> {
    let observe = |(ask, answer): (&Ask, &Json)| Observation {
        ask: *ask,
        url: format!("http://h/{}", ask.name()),
        asked_at: NOW.parse().unwrap(),
        elapsed: jiff::SignedDuration::from_millis(20),
        answer: read_answer(*ask, answer.to_string().as_bytes()),
    };
    Ask::SERVICE.iter().zip(answers).map(observe).collect()
}

fn failed(kind: FailureKind) -> Vec<Observation> {
    let mut observations = observed(&answers());
    for observation in &mut observations {
        observation.answer = Answer::Failed(Failure { kind, detail: "nobody answers".into() });
    }
    observations
}

fn judged_by(contract: &Contract, observations: &[Observation], history: &[Past]) -> Outcome {
    let subscribers: Vec<&Subscriber> = contract.subscribers.iter().collect();
    let subject = Subject { contract, subscribers: &subscribers };
    judge(subject, observations, NOW.parse().unwrap(), &CheckConfig::default(), history)
}

/// The results as `kind verdict severity element`, without what passed, and without the keys that are never looked at.
fn remarks(outcome: &Outcome) -> Vec<String> {
    let line = |result: &CheckResult| {
        let severity = result.severity.map_or("-", RuleSeverity::name);
        let whose = result.consumer.as_ref().map_or_else(String::new, |team| format!(" for {team}"));
        format!("{} {} {severity} {}{whose}", result.kind.name(), result.verdict.name(), result.element)
    };
    let worth = |result: &&CheckResult| result.verdict != Verdict::Pass && result.expected != "keys that occur once";
    outcome.results.iter().filter(worth).map(line).collect()
}

fn change(at: usize, pointer: &str, value: Json) -> Vec<Observation> {
    let mut answers = answers();
    *answers[at].pointer_mut(pointer).expect("something to change") = value;
    observed(&answers)
}

#[test]
fn a_kept_promise_has_no_remarks() {
    let orders = contract("quality: [{metric_type: freshness, threshold: 15 minutes}]\n");
    let outcome = judged_by(&orders, &observed(&answers()), &[]);
    assert_eq!(remarks(&outcome), [""; 0]);
    assert_eq!(outcome.verdict(), Verdict::Pass);
    assert_eq!(outcome.score.overall, Some(100.0));
    let kinds: Vec<&str> = outcome.results.iter().map(|result| result.kind.name()).collect();
    assert_eq!(kinds, ["availability", "conformance", "schema", "freshness", "completeness", "uniqueness"]);
}

#[test]
fn each_broken_promise_is_named_once() {
    let orders = contract("");
    let cases: &[(usize, &str, Json, &[&str])] = &[
        (0, "/status", json!("degraded"), &["availability fail error access.endpoint_url"]),
        (0, "/contract_version", json!("2.0.0"), &["conformance fail error version"]),
        (0, "/contract_version", json!("one"), &["conformance error error version"]),
        (0, "/contract_version", json!(null), &["conformance omit - version"]),
        (0, "/contract_name", json!("customers"), &["conformance fail error version"]),
        (1, "/tables/orders/columns/1/type", json!("text"), &["schema fail error orders.amount"]),
        (1, "/tables/orders/columns/1/type", json!("money"), &["schema warn warning orders.amount"]),
        (1, "/tables/orders/columns/1/nullable", json!(true), &["schema fail error orders.amount"]),
        (1, "/tables/orders/columns/1/nullable", json!(null), &[]),
        (
            1,
            "/tables/orders/columns/2/name",
            json!("notes"),
            &["schema fail error orders.note", "schema warn warning orders"],
        ),
        (1, "/tables", json!({}), &["schema fail error orders"]),
        (1, "/tables", json!({"a": {"columns": []}, "b": {"columns": []}}), &["schema error error orders"]),
        (2, "/completeness/field_completeness/amount", json!(99.9), &["completeness fail error orders.amount"]),
        (2, "/completeness/field_completeness/amount", json!(250), &["completeness error error orders.amount"]),
        (2, "/completeness/field_completeness/amount", json!(null), &["completeness not_received error orders.amount"]),
        (2, "/completeness", json!(null), &["completeness not_received error orders"]),
        (2, "/completeness/field_completeness/amount", json!("99"), &["completeness error error orders.amount"]),
        (2, "/completeness", json!([]), &["completeness error error orders"]),
        (2, "/row_count", json!("many"), &[]),
        (2, "/row_count", json!(0), &["completeness omit - orders"]),
    ];
    for (at, pointer, value, expected) in cases {
        let outcome = judged_by(&orders, &change(*at, pointer, value.clone()), &[]);
        assert_eq!(remarks(&outcome), *expected, "{pointer} = {value}");
    }
}

#[test]
fn a_share_of_a_service_level_has_a_severity() {
    // (seconds of age, of a limit of 1000 seconds)
    let cases = [
        (799, "pass", None),
        (800, "warn", Some(RuleSeverity::Info)),
        (899, "warn", Some(RuleSeverity::Info)),
        (900, "warn", Some(RuleSeverity::Warning)),
        (1000, "warn", Some(RuleSeverity::Warning)),
        (1001, "fail", Some(RuleSeverity::Error)),
        (-59, "pass", None),
        (-61, "error", Some(RuleSeverity::Error)),
    ];
    let orders = contract("quality: [{metric_type: freshness, threshold: 1000 seconds}]\n");
    let now: Timestamp = NOW.parse().unwrap();
    for (age, verdict, severity) in cases {
        let newest = now - jiff::SignedDuration::from_secs(age);
        let outcome = judged_by(&orders, &change(2, "/freshness/last_update", json!(newest.to_string())), &[]);
        let result = outcome.results.iter().find(|result| result.kind == CheckKind::Freshness).unwrap();
        assert_eq!((result.verdict.name(), result.severity), (verdict, severity), "{age} s");
    }
}

#[test]
fn freshness_that_is_not_given_is_not_received() {
    let orders = contract("quality: [{metric_type: freshness, threshold: 1 hour}]\n");
    for (pointer, value, verdict) in [
        ("/freshness", json!(null), "not_received"),
        ("/freshness", json!({"seconds_since_update": 7200}), "fail"),
        ("/freshness", json!({"seconds_since_update": 60}), "pass"),
        ("/freshness", json!({"seconds_since_update": 1e300}), "error"),
        ("/freshness/last_update", json!("yesterday"), "error"),
        ("/freshness/last_update", json!("2026-06-01T11:59:00"), "pass"),
        ("/row_count", json!(0), "not_received"),
    ] {
        let outcome = judged_by(&orders, &change(2, pointer, value.clone()), &[]);
        let result = outcome.results.iter().find(|result| result.kind == CheckKind::Freshness).unwrap();
        assert_eq!(result.verdict.name(), verdict, "{pointer} = {value}");
    }
}

/// A contract file of two objects, with promises about the age of their data.
fn of_two(file: &str, text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new(file, text));
    assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
    document.contract().expect("a contract").clone()
}

#[test]
fn a_promise_of_freshness_that_names_a_field_is_about_its_dataset_alone() {
    let native = |quality: &str| {
        let text = format!(
            "name: shop\nversion: 1.0.0\ndatasets:\n  - name: orders\n    schema: [{{name: at, data_type: timestamp}}]\n  \
             - name: lines\n    schema: [{{name: at, data_type: timestamp}}, {{name: made, data_type: timestamp}}]\nquality:\n{quality}"
        );
        of_two("shop.yaml", &text)
    };
    let odcs = |levels: &str| {
        let text = format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c-shop\nname: shop\nversion: 1.0.0\nstatus: active\nschema:\n  \
             - {{name: orders, properties: [{{name: at, logicalType: date}}]}}\n  \
             - {{name: lines, properties: [{{name: at, logicalType: date}}, {{name: made, logicalType: date}}]}}\n\
             slaProperties:\n{levels}"
        );
        of_two("shop.odcs.yaml", &text)
    };
    let of = |hours: u32, field: &str| format!("  - {{metric_type: freshness, threshold: {hours} hours{field}}}\n");
    let level = |hours: u32, element: &str| format!("  - {{property: latency, value: {hours}, unit: h{element}}}\n");
    let at = |name: &str| format!(", timestamp_field: {name}");
    let element = |name: &str| format!(", element: {name}");
    let [both, one, last] = [
        "orders 9000 hours, lines 4 hours",
        "orders 9 hours, lines 4 hours",
        "orders 9 hours, lines 4 hours, lines 5 hours",
    ];
    // Each of several promises stands.
    let twice = "orders 9 hours, orders 4 hours, lines 9 hours, lines 4 hours";
    let cases = [
        (native(&(of(9000, &at("orders.at")) + &of(4, &at("lines.at")))), both),
        (odcs(&(level(9000, &element("orders.at")) + &level(4, &element("lines.at")))), both),
        // What names nothing, or a field that both have, is about each dataset that no other is about.
        (native(&(of(9, "") + &of(4, &at("lines.at")))), one),
        (native(&(of(9, &at("at")) + &of(4, &at("at")))), twice),
        (odcs(&(level(9, "") + &level(4, &element("lines")))), one),
        (native(&(of(9, &at("orders.at")) + &of(4, &at("made")) + &of(5, &at("lines.at")))), last),
        // Nothing is promised of the other one.
        (odcs(&level(9, &element("lines.at"))), "lines 9 hours"),
    ];
    let metrics = json!({"datasets": {
        "orders": {"freshness": {"seconds_since_update": 60}}, "lines": {"freshness": {"seconds_since_update": 60}},
    }});
    let mut answers = answers();
    answers[2] = metrics;
    for (shop, expected) in cases {
        let outcome = judged_by(&shop, &observed(&answers), &[]);
        let ages = outcome.results.iter().filter(|result| result.kind == CheckKind::Freshness);
        let shown = |result: &CheckResult| {
            assert_eq!(result.verdict, Verdict::Pass);
            format!("{} {}", result.element, result.expected.replace("data no older than ", ""))
        };
        assert_eq!(ages.map(shown).collect::<Vec<_>>().join(", "), expected);
    }
}

#[test]
fn shares_and_counts_are_compared_with_their_bounds() {
    // The mean of 100, 100 and 50 is 83.33 %.
    let cases = [
        ("service_levels: {completeness_min: 80%}", "completeness warn info orders"),
        ("service_levels: {completeness_min: 90%}", "completeness fail error orders"),
        ("quality: [{metric_type: completeness, threshold: 50%}]", ""),
        ("quality: [{metric_type: completeness, threshold: 5 minutes}]", "completeness error error orders"),
        ("quality: [{metric_type: volume, threshold: 1000}]", "volume warn warning orders"),
        ("quality: [{metric_type: volume, threshold: 1001}]", "volume fail error orders"),
        ("service_levels: {volume: {floor: 100}}", ""),
        ("service_levels: {volume: {ceiling: 1000}}", "volume warn warning orders"),
        ("service_levels: {volume: {ceiling: 999}}", "volume fail error orders"),
        ("service_levels: {volume: {ceiling: 0}}", "volume fail error orders"),
        ("service_levels: {volume: {ceiling: many}}", "volume error error orders"),
        ("service_levels: {volume: {ceiling: 2000}}", ""),
        // What a service says of all rows is no word about some of them.
        (
            "quality: [{metric_type: volume, threshold: 5000, where: amount > 0}, {metric_type: volume, threshold: 1}]",
            "volume omit - orders",
        ),
        ("service_levels: {volume: {baseline: 1100, deviation: 20%}}", ""),
        ("service_levels: {volume: {baseline: 1500, deviation: 20%}}", "volume fail error orders"),
        ("service_levels: {volume: {baseline: 1000, deviation: 0%}}", ""),
        ("service_levels: {availability: 99.9%}", ""),
        ("service_levels: {latency: {p95: 10ms}}", "latency warn warning service_levels.latency"),
        ("service_levels: {latency: {p95: 1s}}", ""),
        ("quality: [{metric_type: accuracy, threshold: 99%}]", "accuracy omit - orders"),
        ("service_levels: {ready_by: '06:00 Europe/Amsterdam'}", "freshness omit - service_levels.ready_by"),
        ("service_levels: {cadence: 1 hour}", "freshness omit - service_levels.cadence"),
    ];
    for (promise, expected) in cases {
        let outcome = judged_by(&contract(&format!("{promise}\n")), &observed(&answers()), &[]);
        assert_eq!(remarks(&outcome).join("; "), expected, "{promise}");
    }
}

#[test]
fn an_odd_value_is_undecided_and_its_neighbours_are_judged() {
    let orders = contract(
        "quality: [{metric_type: freshness, threshold: 1 hour}]\n\
         service_levels: {volume: {floor: 10}, availability: 99%}\n",
    );
    for (pointer, value, expected) in [
        ("/row_count", json!(1000.0), ""),
        ("/row_count", json!("many"), "volume error error orders"),
        ("/freshness/last_update", json!(5), "freshness error error orders"),
        ("/availability", json!("up"), "availability error error service_levels.availability"),
    ] {
        let outcome = judged_by(&orders, &change(2, pointer, value.clone()), &[]);
        assert_eq!(remarks(&outcome).join("; "), expected, "{pointer} = {value}");
        let key = pointer.trim_start_matches('/').replace('/', ".");
        let odd: Vec<_> = outcome.results.iter().filter(|result| result.verdict == Verdict::Error).collect();
        assert!(odd.iter().all(|result| result.actual.contains(&key)), "{odd:?}");
        // What could not be decided could be anything: no score says otherwise.
        assert_eq!(outcome.score.overall, odd.is_empty().then_some(100.0));
        assert!(odd.iter().all(|result| outcome.score.components.iter().all(|part| part.kind != result.kind)));
    }
}

#[test]
fn a_promise_of_everything_is_kept_or_broken() {
    let orders = contract("service_levels: {availability: 100%}\n");
    for (up, verdict) in [(100.0, Verdict::Pass), (99.9, Verdict::Fail)] {
        let outcome = judged_by(&orders, &change(2, "/availability/uptime_percentage", json!(up)), &[]);
        let result = &outcome.results[1];
        assert_eq!((result.verdict, result.consumed.is_some()), (verdict, up >= 100.0));
    }
}

#[test]
fn what_is_no_answer_leaves_nothing_to_judge() {
    let orders = contract("quality: [{metric_type: freshness, threshold: 1 hour}]\n");
    for (kind, availability, others) in [
        (FailureKind::Refused, Verdict::NotReceived, Verdict::NotReceived),
        (FailureKind::TimedOut, Verdict::NotReceived, Verdict::NotReceived),
        (FailureKind::Status, Verdict::NotReceived, Verdict::NotReceived),
        (FailureKind::NotJson, Verdict::NotReceived, Verdict::NotReceived),
        (FailureKind::NotAsked, Verdict::Error, Verdict::Error),
    ] {
        let outcome = judged_by(&orders, &failed(kind), &[]);
        let (first, rest) = outcome.results.split_first().unwrap();
        assert_eq!((first.kind, first.verdict), (CheckKind::Availability, availability), "{kind:?}");
        let rest: Vec<_> = rest.iter().filter(|result| result.verdict != Verdict::Omit).collect();
        assert!(rest.len() >= 4 && rest.iter().all(|result| result.verdict == others), "{kind:?}");
    }
}

#[test]
fn a_consumer_is_judged_by_its_own_expectation() {
    let orders = contract(
        "quality: [{metric_type: freshness, threshold: 1 hour}]\nsubscribers:\n  - team: risk\n    \
         fields_used: [amount]\n    overrides: {quality: [{metric_type: freshness, threshold: 1 minute}]}\n  \
         - {team: crm, fields_used: [note]}\n",
    );
    let outcome = judged_by(&orders, &observed(&answers()), &[]);
    assert_eq!(remarks(&outcome), ["freshness fail error orders for risk"]);
    assert_eq!(outcome.violations().next().unwrap().affected, ["risk"]);
    assert_eq!(outcome.score.overall, Some(100.0), "the contract's own promise is kept");

    let outcome = judged_by(&orders, &change(1, "/tables/orders/columns/2/type", json!("integer")), &[]);
    let broken = outcome.violations().find(|result| result.kind == CheckKind::Schema).unwrap();
    assert_eq!(broken.affected, ["crm"], "only crm uses the field");
}

#[test]
fn repeated_violations_become_critical() {
    let orders = contract("");
    let observations = change(0, "/contract_version", json!("2.0.0"));
    for (before, severity) in [(2, RuleSeverity::Error), (3, RuleSeverity::Critical)] {
        let past = |consumer| Past { kind: CheckKind::Conformance, consumer, runs: before };
        let outcome = judged_by(&orders, &observations, &[past(None)]);
        assert_eq!(outcome.violations().next().unwrap().severity, Some(severity), "{before} before");
        let outcome = judged_by(&orders, &observations, &[past(Some("crm".into()))]);
        assert_eq!(outcome.violations().next().unwrap().severity, Some(RuleSeverity::Error), "of somebody else");
    }
}

#[test]
fn the_end_of_a_contract_is_announced() {
    for (lifecycle, expected) in [
        ("lifecycle: {sunset_on: 2026-06-20}", "deprecation warn warning lifecycle.sunset_on"),
        ("lifecycle: {sunset_on: 2026-12-20}", "deprecation warn info lifecycle.sunset_on"),
        ("lifecycle: {sunset_on: 2026-05-20}", "deprecation warn warning lifecycle.sunset_on"),
        ("", ""),
    ] {
        let outcome = judged_by(&contract(&format!("{lifecycle}\n")), &observed(&answers()), &[]);
        assert_eq!(remarks(&outcome).join("; "), expected, "{lifecycle}");
    }
}

#[test]
fn weights_decide_what_counts() {
    let orders = contract("scoring: {weights: {schema: 3, completeness: 1}}\n");
    let outcome = judged_by(&orders, &change(2, "/completeness/field_completeness/amount", json!(10)), &[]);
    assert_eq!(outcome.score.overall, Some(75.0));
}

#[test]
fn several_datasets_are_told_apart() {
    let text = "name: shop\nversion: 1.0.0\nstatus: active\ndatasets:\n  \
        - {name: a, schema: [{name: id, data_type: integer, is_primary_key: true}]}\n  \
        - {name: b, schema: [{name: id, data_type: integer, is_primary_key: true}], service_levels: {volume: {floor: 5}}}\n";
    let document = format::read(SourceId(0), SourceFile::new("shop.yaml", text));
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let shop = document.contract().unwrap();
    let table = json!({"columns": [{"name": "id", "type": "integer", "nullable": false}]});
    let numbers = |rows: u64| json!({"row_count": rows, "completeness": {"field_completeness": {"id": 100}}});
    let mut all = [
        json!({"status": "healthy"}),
        json!({"tables": {"a": table, "b": table}}),
        json!({"datasets": {"a": numbers(1), "b": numbers(2)}}),
    ];
    let expected = ["conformance omit - version", "volume fail error b"];
    assert_eq!(remarks(&judged_by(shop, &observed(&all), &[])), expected);
    all[2] = numbers(9);
    let outcome = judged_by(shop, &observed(&all), &[]);
    assert_eq!(outcome.results.iter().filter(|result| result.verdict == Verdict::NotReceived).count(), 3);
}

#[test]
fn a_closed_dataset_has_no_other_columns() {
    let more = json!([{"name": "id", "type": "integer"}, {"name": "email", "type": "text"},
        {"name": "mail", "type": "text"}, {"name": "odd", "type": "text"}]);
    let answers = [json!({"status": "healthy"}), json!({"tables": {"a": {"columns": more}}}), json!({"row_count": 1})];
    for (extra, expected) in
        [("allow", None), ("warn", Some("schema warn warning a")), ("fail", Some("schema fail error a"))]
    {
        // The second name of a field is no other column.
        let text = format!(
            "name: shop\nversion: 1.0.0\nstatus: active\ndatasets:\n  - name: a\n    extra_fields: {extra}\n    schema:\n      \
             - {{name: id, data_type: integer}}\n      - {{name: email, data_type: string, aliases: [mail]}}\n"
        );
        let document = format::read(SourceId(0), SourceFile::new("shop.yaml", text));
        let outcome = judged_by(document.contract().unwrap(), &observed(&answers), &[]);
        let schema: Vec<String> = remarks(&outcome).into_iter().filter(|one| one.starts_with("schema")).collect();
        assert_eq!(schema, expected.into_iter().collect::<Vec<_>>(), "{extra}");
    }
}

/// Two datasets, of which `crm` uses one, and what it expects.
fn two_datasets() -> Contract {
    let text = "name: shop\nversion: 1.0.0\nstatus: active\ndatasets:\n  \
        - {name: a, schema: [{name: id, data_type: integer}]}\n  - {name: b, schema: [{name: no, data_type: integer}]}\n\
        subscribers:\n  - team: crm\n    fields_used: [b.no]\n    overrides:\n      \
        quality: [{metric_type: completeness, threshold: 99%}, {metric_type: freshness, threshold: 1 hour}]\n      \
        service_levels: {availability: 99%}\n";
    let document = format::read(SourceId(0), SourceFile::new("shop.yaml", text));
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    document.contract().unwrap().clone()
}

#[test]
fn a_consumer_expects_nothing_of_a_dataset_that_it_does_not_use() {
    let numbers = |field: &str| {
        json!({"row_count": 5, "freshness": {"last_update": "2026-06-01T11:55:00Z"},
            "completeness": {"field_completeness": {field: 100}}})
    };
    let all = [
        json!({"status": "healthy"}),
        json!({"tables": {"a": {"columns": [{"name": "id", "type": "int"}]}, "b": {"columns": [{"name": "no", "type": "int"}]}}}),
        json!({"datasets": {"a": numbers("id"), "b": numbers("no")}, "availability": {"uptime_percentage": 100}}),
    ];
    let outcome = judged_by(&two_datasets(), &observed(&all), &[]);
    let own: Vec<String> = outcome
        .results
        .iter()
        .filter(|result| result.consumer.is_some())
        .map(|result| format!("{} {} {}", result.kind.name(), result.verdict.name(), result.element))
        .collect();
    assert_eq!(own, ["availability pass service_levels.availability", "freshness pass b", "completeness pass b"]);
}

#[test]
fn a_consumer_whose_fields_are_unknown_is_not_forgotten() {
    let mut shop = two_datasets();
    shop.subscribers[0].fields_used = vec!["typo".into()];
    let outcome = judged_by(&shop, &failed(FailureKind::Refused), &[]);
    assert!(outcome.violations().all(|result| result.affected == ["crm"]));
}

#[test]
fn what_is_not_measured_is_named_with_its_reason() {
    let orders = contract(
        "service_levels: {rpo: 1 hour, rto: 4 hours, retention: 2 years, cadence: daily, volume: {baseline: 1000 rows}}\n\
         rules: {business: [{name: r, expression: amount > 0}]}\n",
    );
    let outcome = judged_by(&orders, &observed(&answers()), &[]);
    let omitted: Vec<String> = outcome
        .results
        .iter()
        .filter(|result| result.verdict == Verdict::Omit)
        .map(|result| format!("{}: {}", result.expected, result.actual))
        .collect();
    let data = "that needs the data itself, not a service in front of it";
    assert_eq!(
        omitted,
        [
            "at most 1 hour of data lost: only a recovery shows it".to_owned(),
            "recovery within 4 hours: only a recovery shows it".to_owned(),
            "data kept for 2 years: one run does not see what was deleted".to_owned(),
            "new data at the cadence daily: one run does not see when data came".to_owned(),
            "about 1000 rows: there is no `volume.deviation`".to_owned(),
            format!("keys that occur once: {data}"),
            format!("1 rule: {data}"),
        ]
    );
}

#[test]
fn an_availability_of_certain_hours_is_not_judged_by_all_of_them() {
    for (promise, verdict) in [
        ("availability: 100%", "fail"),
        ("availability: 100%, availability_hours: {from: 08:00, to: 18:00}", "omit"),
        ("availability: 100%, maintenance: {at_most: 4 hours}", "omit"),
        ("availability: 50%, maintenance: {at_most: 4 hours}", "pass"),
    ] {
        let orders = contract(&format!("service_levels: {{{promise}}}\n"));
        let outcome = judged_by(&orders, &change(2, "/availability/uptime_percentage", json!(99)), &[]);
        let element = "service_levels.availability";
        let result = outcome.results.iter().find(|result| result.element.to_string() == element).unwrap();
        assert_eq!(result.verdict.name(), verdict, "{promise}");
    }
}

#[test]
fn every_rare_promise_is_named_with_its_reason() {
    let orders = contract(
        "service_levels:\n  delivery: {mode: batch, direction: pull, days: [monday]}\n  throughput: 5 MB/s\n  \
         error_rate: 1%\n  replay_window: 7 days\n  backup_every: 6 hours\n  penalty: 5%\n  \
         maintenance: {at_most: 4 hours}\n  support: {hours: {from: 08:00}, respond_within: 4 hours}\n  \
         incidents: {detect_within: 1 hour, notify_within: 2 hours, repair_within: 3 hours}\n",
    );
    let outcome = judged_by(&orders, &observed(&answers()), &[]);
    let named: Vec<String> = outcome
        .results
        .iter()
        .filter(|result| result.verdict == Verdict::Omit && result.element.to_string().starts_with("service_levels"))
        .map(|result| {
            format!("{} {}", result.element.to_string().trim_start_matches("service_levels."), result.expected)
        })
        .collect();
    let expected = [
        "throughput at least 5 MB/s",
        "error_rate at most 1% of requests fail",
        "replay_window a stream to be read again for 7 days",
        "backup_every a backup every 6 hours",
        "incidents.detect_within noticed within 1 hour",
        "incidents.notify_within consumers told within 2 hours",
        "incidents.repair_within mended within 3 hours",
        "support.hours help in these hours: every day 08:00-24:00 UTC",
        "support.respond_within an answer within 4 hours",
        "maintenance planned downtime of at most 4 hours in 1 month",
        "penalty 5% paid back for a broken promise",
        "delivery delivery: batch, pull, on monday",
    ];
    assert_eq!(named, expected);
}

#[test]
fn a_share_over_some_of_the_fields_is_not_certain() {
    let orders = contract("quality: [{metric_type: completeness, threshold: 80%}]\n");
    let mut all = answers();
    all[2]["completeness"]["field_completeness"].as_object_mut().unwrap().remove("note");
    let outcome = judged_by(&orders, &observed(&all), &[]);
    assert_eq!(remarks(&outcome), ["completeness warn warning orders"]);
    let actual = &outcome.results.iter().find(|result| result.verdict == Verdict::Warn).unwrap().actual;
    assert_eq!(actual, "100% over 2 fields; no share for `note` in /metrics");
}

#[test]
fn counts_are_promised_in_rows() {
    for floor in ["15", "15 rows", "1_5"] {
        let orders = contract(&format!("service_levels: {{volume: {{floor: '{floor}'}}}}\n"));
        let outcome = judged_by(&orders, &observed(&answers()), &[]);
        let volume = outcome.results.iter().find(|result| result.kind == CheckKind::Volume).unwrap();
        assert_eq!(volume.expected, "at least 15 rows");
    }
}

#[test]
fn a_promise_that_nothing_measures_is_left_out_once() {
    let text = "name: shop\nversion: 1.0.0\nstatus: active\nservice_levels: {cadence: 1 hour}\ndatasets:\n\
                - {name: a, schema: [{name: id, data_type: integer}]}\n- {name: b, schema: [{name: id, data_type: integer}]}\n";
    let document = format::read(SourceId(0), SourceFile::new("shop.yaml", text));
    let outcome = judged_by(document.contract().expect("a contract"), &observed(&answers()), &[]);
    let cadences = outcome.results.iter().filter(|result| result.element.to_string() == "service_levels.cadence");
    assert_eq!(cadences.count(), 1);
}

#[test]
fn rules_that_a_service_answers_are_judged() {
    // 1000 rows; half of `note` is null.
    let cases = [
        ("metric: row_count, must_be: 1000", ""),
        ("metric: row_count, must_not_be: 1000", "rules fail error orders"),
        ("metric: row_count, must_be_greater_than: 1000", "rules fail error orders"),
        ("metric: row_count, must_be_greater_or_equal_to: 1000", ""),
        ("metric: row_count, must_be_less_than: 1000, severity: critical", "rules fail critical orders"),
        ("metric: row_count, must_be_less_or_equal_to: 999, severity: warning", "rules warn warning orders"),
        ("metric: row_count, must_be_between: [1, 1000], severity: info", "rules warn info orders"),
        ("metric: row_count, must_be_between: [999, 1001]", ""),
        ("metric: row_count, must_not_be_between: [1, 1000]", ""),
        ("metric: row_count, must_not_be_between: [1, 2000]", "rules fail error orders"),
        ("metric: row_count, must_be: many", "rules omit - rules"),
        ("metric: row_count, must_be: 1000, where: amount > 0", "rules omit - rules"),
        ("metric: null_values, field: amount, must_be: 0", ""),
        ("metric: null_values, field: note, must_be: 0", "rules fail error orders.note"),
        ("metric: null_values, field: note, must_be_less_than: 600", ""),
        ("metric: null_values, field: note, must_be_less_or_equal_to: 500", ""),
        ("metric: null_values, field: note, must_be: 500", ""),
        ("metric: null_values, field: note, unit: percent, must_be_less_than: 51", ""),
        ("metric: null_values, field: note, unit: percent, must_be: 50", ""),
        ("metric: null_values, field: note, unit: percent, must_be_less_than: 50", "rules fail error orders.note"),
        ("metric: duplicate_values, field: note, must_be: 0", "rules omit - rules"),
        ("query: select 1, must_be: 1", "rules omit - rules"),
        ("engine: soda, implementation: x", "rules omit - rules"),
        ("description: All is well.", "rules omit - rules"),
    ];
    for (rule, expected) in cases {
        let orders = contract(&format!("rules: {{technical: [{{name: r, {rule}}}]}}\n"));
        assert_eq!(remarks(&judged_by(&orders, &observed(&answers()), &[])).join("; "), expected, "{rule}");
    }
}

#[test]
fn what_a_share_is_too_rough_for_is_left_open() {
    let orders =
        contract("rules: {technical: [{name: r, metric: null_values, field: note, must_be_less_than: 500}]}\n");
    let judged = |pointer: &str, value: Json| remarks(&judged_by(&orders, &change(2, pointer, value), &[])).join("; ");
    // Of a million rows a hundredth of a percent is a hundred.
    assert_eq!(judged("/completeness/field_completeness/note", json!(49.9)), "rules fail error orders.note");
    let mut answers = answers();
    answers[2]["row_count"] = json!(1_000_000);
    answers[2]["completeness"]["field_completeness"]["note"] = json!(99.95);
    let outcome = judged_by(&orders, &observed(&answers), &[]);
    assert_eq!(remarks(&outcome), ["rules omit - rules"]);
    assert!(outcome.results.iter().any(|result| result.actual.contains("too rough")));
    assert_eq!(judged("/completeness/field_completeness/note", json!("x")), "rules error error orders.note");
    assert_eq!(
        judged("/completeness/field_completeness", json!({"order_id": 100, "amount": 100})),
        "rules not_received error orders.note"
    );
}
