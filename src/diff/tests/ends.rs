//! The life of a contract and its end: which steps are told, and whom they hit.

use super::*;
use crate::finding::Severity;

fn life(status: &str, version: &str, more: &str) -> String {
    format!(
        "name: orders\nversion: {version}\nstatus: {status}\nschema:\n  - {{name: id, data_type: integer}}\n{more}\
         subscribers:\n  - {{team: crm, fields_used: [id]}}\n"
    )
}

/// The codes of the changes, and those of the errors about the version.
fn judged(before: &str, after: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let (base, head) = (contract_of(before, 0), contract_of(after, 1));
    let changes = contract(base.as_ref(), head.as_ref(), TODAY);
    let circumstances = Circumstances {
        today: TODAY,
        releases: &[],
        failing_gates: &[],
        lacks_entry: false,
        against: &[],
        lost: &[],
        last_release: None,
    };
    let verdict = verdict::whole(base.as_ref(), head.as_ref(), &changes, Compatibility::default(), circumstances);
    let errors = verdict.remarks.iter().filter(|remark| remark.severity == Severity::Error);
    (changes.iter().map(|change| change.meta.code).collect(), errors.map(|remark| remark.meta.code).collect())
}

#[test]
fn every_step_of_the_status_is_told() {
    let steps = ["draft", "proposed", "approved", "active", "deprecated", "retired"];
    for from in steps {
        for to in steps.iter().filter(|to| **to != from) {
            let (codes, errors) = judged(&life(from, "1.0.0", ""), &life(to, "1.0.0", ""));
            assert_eq!(codes.len(), 1, "{from} -> {to}: {codes:?}");
            let is_reopened = from == "retired" && matches!(*to, "draft" | "proposed" | "approved");
            assert!(!is_reopened || errors == ["status-jumped"], "{from} -> {to}: {errors:?}");
        }
    }
    assert_eq!(judged(&life("draft", "1.0.0", ""), &life("retired", "1.0.0", "")), (vec!["status-changed"], vec![]));
}

#[test]
fn an_end_without_a_day_was_not_announced() {
    let (codes, errors) = judged(&life("deprecated", "1.0.0", ""), &life("retired", "2.0.0", ""));
    assert_eq!(codes, ["status-retired-without-deprecation"]);
    assert_eq!(errors, ["status-retired-without-deprecation"]);
    let day = "lifecycle: {sunset_on: \"2025-12-01\"}\n";
    let (codes, _) = judged(&life("deprecated", "1.0.0", day), &life("retired", "2.0.0", day));
    assert_eq!(codes, ["status-retired-after-sunset"]);
}

#[test]
fn the_first_day_of_a_new_version_postpones_nothing() {
    let day = |day: &str| format!("lifecycle: {{effective_date: \"{day}\"}}\n");
    let found = |before: &str, version: &str, after: &str| {
        judged(&life("active", "1.0.0", before), &life("active", version, after)).0
    };
    assert_eq!(found("", "2.0.0", &day("2026-05-01")), ["effective-date-added"]);
    assert_eq!(found(&day("2025-05-01"), "2.0.0", &day("2026-05-01")), ["effective-date-added"]);
    // The same version, or one that does not bind yet: whoever waits for it waits longer.
    assert_eq!(found("", "1.0.0", &day("2026-05-01")), ["effective-date-postponed"]);
    assert_eq!(found(&day("2026-02-01"), "2.0.0", &day("2026-05-01")), ["effective-date-postponed"]);
}

/// Whom the first change hits, by the teams.
fn hit(before: Option<&str>, after: Option<&str>) -> (&'static str, Vec<String>) {
    let (base, head) = (contract_of(before.unwrap_or(""), 0), contract_of(after.unwrap_or(""), 1));
    let lines = "name: lines\nversion: 1.0.0\npublisher: {team: shop}\nschema:\n  \
                 - {name: order, data_type: integer, foreign_key_reference: orders.id}\n";
    let other = contract_of(lines, 2);
    let users = impact::Users::of([], [], &other);
    let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
    impact::fill(&mut changes, base.as_ref(), head.as_ref(), &users);
    let teams = changes[0].affects.iter().filter_map(|one| one.team.clone()).collect();
    (changes[0].meta.code, teams)
}

#[test]
fn an_end_hits_whoever_refers_to_the_contract() {
    let before = life("active", "1.0.0", "");
    let both = ["crm", "shop"].map(str::to_owned).to_vec();
    assert_eq!(hit(Some(&before), None), ("contract-removed", both.clone()));
    let renamed = before.replace("name: orders", "name: purchases");
    assert_eq!(hit(Some(&before), Some(&renamed)), ("contract-id-changed", both.clone()));
    let retired = before.replace("active", "retired");
    assert_eq!(hit(Some(&before), Some(&retired)), ("status-retired-without-deprecation", both));
}

#[test]
fn another_name_asks_the_subscribers() {
    let before = life("active", "1.0.0", "");
    let after = before.replace("name: orders", "name: purchases").replace("1.0.0", "2.0.0");
    let (base, head) = (contract_of(&before, 0), contract_of(&after, 1));
    let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
    impact::fill(&mut changes, base.as_ref(), head.as_ref(), &impact::Users::default());
    let gates = ["subscribers".to_owned()];
    let verdict =
        verdict::subscription(base.as_ref(), head.as_ref(), &changes, Compatibility::default(), (TODAY, &gates));
    assert!(verdict.is_some_and(|verdict| verdict.fails()));
}

#[test]
fn one_subscriber_is_counted_once() {
    let text = |version: &str, field: &str, pin: &str| {
        format!(
            "name: orders\nversion: {version}\nstatus: active\nschema:\n  - {{name: id, data_type: integer}}\n  \
             - {{name: {field}, data_type: string, id: f1}}\nsubscribers:\n  - {{team: crm, fields_used: [email]{pin}}}\n"
        )
    };
    for pin in ["", ", contract_version: ^1.0"] {
        let (base, head) = (contract_of(&text("1.0.0", "email", pin), 0), contract_of(&text("2.0.0", "mail", pin), 1));
        let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
        impact::fill(&mut changes, base.as_ref(), head.as_ref(), &impact::Users::default());
        let found: Vec<(&str, Level)> = changes.iter().map(|change| (change.meta.code, change.levels.reader)).collect();
        let other = if pin.is_empty() { "subscriber-field-unknown" } else { "subscriber-pin-outdated" };
        assert_eq!(found, [("field-renamed", Level::Major), (other, Level::None)]);
        let verdict = verdict::verdict(base.as_ref(), head.as_ref(), &changes, Compatibility::default());
        assert_eq!(verdict.required, Level::Major);
    }
}
