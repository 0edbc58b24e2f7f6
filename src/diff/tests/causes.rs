//! One cause is one finding, at the level that the values on both sides ask for, and it hits those whom it concerns.

use super::*;
use crate::finding::change::{Level, Levels, Sureness};
use crate::model::{DataType, Dataset, Field, Rule};

/// Each change: its code, its levels, and its witness in words.
fn found(base: &str, head: &str) -> Vec<(&'static str, Levels, Option<String>)> {
    let (base, head) = (contract_of(base, 0), contract_of(head, 1));
    let changes = contract(base.as_ref(), head.as_ref(), TODAY);
    changes.into_iter().map(|one| (one.meta.code, one.levels, one.witness.map(|witness| witness.text))).collect()
}

fn field(keys: &str) -> String {
    format!("name: orders\nversion: 1.0.0\nschema:\n  - {{name: value, {keys}}}\n")
}

/// The same in a dataset that is a table.
fn of_table(keys: &str) -> String {
    format!(
        "name: orders\nversion: 1.0.0\ndatasets:\n  - name: orders\n    medium: table\n    schema:\n      - {{name: value, {keys}}}\n"
    )
}

#[test]
fn a_decimal_without_room_for_whole_numbers_breaks_whom_the_values_break() {
    let levels = |head: &str| {
        let found = found(&of_table("data_type: integer"), &of_table(head));
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].0, found[0].1.reader, found[0].1.writer)
    };
    let code = "type-int-to-decimal";
    let of =
        |precision: u32, scale: u32| levels(&format!("data_type: decimal, precision: {precision}, scale: {scale}"));
    // Every value of the new type is one of the old type, and some are gone.
    assert_eq!(of(1, 0), (code, Level::Minor, Level::Major));
    // Neither holds the other.
    assert_eq!(of(3, 2), (code, Level::Major, Level::Major));
    // There is room for all.
    assert_eq!(of(21, 2).2, Level::Minor);
}

#[test]
fn a_scale_alone_bounds_the_digits_behind_the_point_and_no_others() {
    let (open, two, three) =
        (field("data_type: decimal"), field("data_type: decimal, scale: 2"), field("data_type: decimal, scale: 3"));
    let code = |base: &str, head: &str| found(base, head).into_iter().map(|(code, ..)| code).collect::<Vec<_>>();
    assert_eq!(code(&open, &two), ["type-number-bounded"]);
    assert_eq!(code(&two, &open), ["type-number-unbounded"]);
    assert_eq!(code(&two, &three), ["type-decimal-scale-raised"]);
    assert_eq!(code(&field("data_type: decimal, scale: 0"), &open), ["type-number-unbounded"]);
    let witness = found(&open, &two).remove(0).2;
    assert_eq!(witness.as_deref(), Some("value = 0.001 (3 digits behind the point)"));
}

#[test]
fn witnesses_keep_to_the_sizes_of_the_store() {
    let text = |length: u32, keys: &str| field(&format!("data_type: string, physical_type: varchar({length}){keys}"));
    let witness = |base: &str, head: &str| found(base, head).remove(0).2;
    assert_eq!(witness(&text(50, ""), &text(60, "")).as_deref(), Some("a text of 51 characters"));
    let bounded = |length: u32| format!(", constraints: [{{type: max_length, value: {length}}}]");
    // 81 characters are legal by the constraint, and have no room.
    assert_eq!(witness(&text(80, &bounded(80)), &text(80, &bounded(200))), None);
    let whole = |name: &str, most: &str| {
        field(&format!("data_type: integer, physical_type: {name}, constraints: [{{type: max, value: {most}}}]"))
    };
    assert_eq!(witness(&whole("smallint", "32767"), &whole("smallint", "100000")), None);
    assert_eq!(witness(&whole("integer", "32767"), &whole("integer", "100000")).as_deref(), Some("value = 32768"));
}

#[test]
fn what_leaves_an_open_list_is_allowed_still() {
    let list = |values: &str, open: bool| {
        field(&format!("data_type: string, constraints: [{{type: enum, value: [{values}], open: {open}}}]"))
    };
    let levels = |open: bool| found(&list("a, b", open), &list("a", open)).remove(0);
    let (code, one, witness) = levels(true);
    assert_eq!((code, one.reader, one.writer, witness), ("enum-value-removed", Level::Minor, Level::Minor, None));
    assert_eq!(levels(false).1.writer, Level::Major);
}

#[test]
fn a_rename_is_told_once() {
    let contract = |field: &str, previously: &str, dataset: &str| {
        format!(
            "name: orders\nversion: 1.0.0\ndatasets:\n  - name: {dataset}\n    schema:\n      - {{name: {field}, data_type: timestamp{previously}}}\n\
             \x20   quality: [{{metric_type: freshness, threshold: 1h, timestamp_field: {field}}}]\n\
             quality: [{{metric_type: freshness, threshold: 2h, timestamp_field: {dataset}.{field}}}]\n\
             rules: {{technical: [{{name: there, dataset: {dataset}, field: {field}, check: not_null}}]}}\n"
        )
    };
    let base = contract("made_at", "", "orders");
    let codes = |head: &str| found(&base, head).into_iter().map(|(code, ..)| code).collect::<Vec<_>>();
    assert_eq!(codes(&contract("created_at", ", previously: made_at", "orders")), ["field-renamed"]);
    // Another field is another promise.
    let other = base.replace("timestamp_field: made_at", "timestamp_field: paid_at");
    assert_eq!(codes(&other), ["freshness-element-changed"]);
    let other = base.replace("field: made_at, check", "field: paid_at, check");
    assert_eq!(codes(&other), ["quality-metric-changed"]);
}

#[test]
fn a_use_that_is_forbidden_hits_those_who_have_it() {
    let contract = |access: &str| {
        format!(
            "name: orders\nversion: 1.0.0\nschema:\n  - {{name: order_id, data_type: string}}\naccess: {{{access}}}\nsubscribers:\n  \
             - {{team: crm, purpose: marketing}}\n  - {{team: finance, purpose: analytics}}\n  - {{team: someone}}\n"
        )
    };
    let both = contract("allowed_uses: [analytics, marketing]");
    let one = contract("allowed_uses: [analytics]");
    for (base, head) in [
        (both.clone(), one.clone()),
        (contract(""), one),
        (both, contract("allowed_uses: [analytics, marketing], prohibited_uses: [marketing]")),
    ] {
        let (base, head) = (contract_of(&base, 0), contract_of(&head, 1));
        let mut changes = super::contract(base.as_ref(), head.as_ref(), TODAY);
        impact::fill(&mut changes, base.as_ref(), head.as_ref(), &impact::Users::default());
        let teams: Vec<&str> = changes[0].affects.iter().filter_map(|one| one.team.as_deref()).collect();
        // Who does not say what the data is for may be hit.
        assert_eq!(teams, ["crm", "someone"], "{}", changes[0].meta.code);
        assert_ne!(changes[0].sure, Sureness::Possible);
    }
}

#[test]
fn very_many_rules_are_paired() {
    let text = "name: orders\nversion: 1.0.0\nschema:\n  - {name: order_id, data_type: string}\n\
                quality: [{metric_type: completeness, threshold: 99%}]\n\
                rules: {technical: [{name: r, check: not_null, field: order_id}]}\n";
    let many = |first: usize| {
        let mut contract = contract_of(text, 0).expect("a contract");
        let (rule, quality) = (contract.rules.remove(0), contract.quality.remove(0));
        contract.rules =
            (first..first + 100_000).map(|index| Rule { name: format!("r{index}"), ..rule.clone() }).collect();
        contract.quality = vec![quality; 100_000];
        contract
    };
    let (base, head) = (many(0), many(1));
    // Each with each are 10,000,000,000 comparisons, which the runner of the tests would not wait for.
    let changes = contract(Some(&base), Some(&head), TODAY);
    // The one that is gone and the one that is new demand the same.
    let codes: Vec<&str> = changes.iter().map(|change| change.meta.code).collect();
    assert_eq!(codes, ["custom-property-changed"], "one has another name");
}

#[test]
fn very_wide_datasets_are_compared_in_no_time() {
    let wide = |name: &str, fields: std::ops::Range<usize>| Dataset {
        name: name.to_owned(),
        fields: fields.map(|number| Field::new(format!("f{number}"), DataType::String)).collect(),
        ..Dataset::default()
    };
    let of = |datasets: Vec<Dataset>| {
        let text = "name: sales\nversion: 1.0.0\ndatasets: [{name: orders, schema: []}]\n";
        Contract { datasets, ..contract_of(text, 0).expect("a contract") }
    };
    let base = of(vec![wide("orders", 0..60_000)]);
    let part = Dataset { previously: vec!["orders".to_owned()], ..wide("details", 30_000..60_000) };
    let head = of(vec![wide("orders", 0..30_000), part]);
    let begun = std::time::Instant::now();
    let changes = contract(Some(&base), Some(&head), TODAY);
    let codes: Vec<&str> = changes.iter().map(|change| change.meta.code).collect();
    assert_eq!(codes, ["dataset-split"]);
    // Each with each are 1,800,000,000 comparisons.
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
