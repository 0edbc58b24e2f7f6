//! The pages of the catalogue are its tests: each has a text before and one after, and the pair gives its code.

mod causes;
mod data;
mod ends;
mod laws;
mod matrix;
mod meaning;
mod sets;
mod terms;
mod values;

use std::collections::BTreeSet;
use std::path::Path as File;

use jiff::civil::Date;

use super::verdict::{Circumstances, Release};
use super::*;
use crate::finding::change::ChangeMeta;
use crate::format::read;
use crate::model::Compatibility;
use crate::source::SourceFile;

/// Between the sunset dates of the pages.
pub(super) const TODAY: Date = jiff::civil::date(2026, 1, 1);

fn block(page: &str, which: &str) -> String {
    let start = page.split_once(&format!("```yaml {which}\n")).unwrap_or_else(|| panic!("no `{which}` in {page}")).1;
    start.split_once("```").expect("the end of the block").0.to_owned()
}

#[track_caller]
pub(super) fn contract_of(text: &str, id: u32) -> Option<Contract> {
    if text.is_empty() {
        return None;
    }
    let document = read(SourceId(id), SourceFile::new("page.yaml", text));
    assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
    Some(document.contract().expect("a contract").clone())
}

/// Both sides of a page.
fn sides(meta: &ChangeMeta) -> (Option<Contract>, Option<Contract>) {
    (contract_of(&block(meta.page, "before"), 0), contract_of(&block(meta.page, "after"), 1))
}

/// What is found between both sides, and what is out already.
fn codes(base: Option<&Contract>, head: Option<&Contract>, releases: &[Release]) -> Vec<&'static str> {
    let mut changes = contract(base, head, TODAY);
    impact::fill(&mut changes, base, head, &impact::Users::default());
    let circumstances = Circumstances {
        today: TODAY,
        releases,
        failing_gates: &[],
        lacks_entry: true,
        against: &[],
        lost: &[],
        last_release: None,
    };
    let verdict = verdict::whole(base, head, &changes, Compatibility::default(), circumstances);
    let mut codes: Vec<&str> = changes.iter().map(|change| change.meta.code).collect();
    // What a change may not be at all is told of the version under the same code.
    let remarks = verdict.remarks.iter().map(|remark| remark.meta.code);
    let alone: Vec<&str> = remarks.filter(|code| !codes.contains(code)).collect();
    codes.extend(alone);
    codes
}

/// Codes that hang on the file, on the version or on what else changed, and so come with others.
fn is_about_the_version(code: &str) -> bool {
    code.starts_with("version-")
        || matches!(
            code,
            "contract-moved"
                | "contract-removed"
                | "released-content-changed"
                | "notice-period-not-kept"
                | "migration-guide-missing"
                | "agreement-missing"
                | "sunset-missing"
                | "changelog-missing"
                | "status-changed"
                | "subscriber-field-unknown"
                | "subscriber-pin-outdated"
                | "override-conflicts-with-base"
                | "override-made-moot"
                | "override-target-removed"
                | "override-sla-violated-by-base"
        )
}

#[test]
fn every_page_gives_its_code_and_no_other() {
    // These hang on paths, on history and on other contracts, which no pair of texts has.
    for meta in catalog::all()
        .filter(|meta| !matches!(meta.code, "contract-moved" | "pinned-version-lost" | "upstream-contract-changed"))
    {
        let (base, head) = sides(meta);
        let out =
            meta.page.contains("```yaml released").then(|| contract_of(&block(meta.page, "released"), 2)).flatten();
        let releases: Vec<Release> =
            out.into_iter().map(|contract| Release { place: "v1".to_owned(), contract }).collect();
        let found = codes(base.as_ref(), head.as_ref(), &releases);
        assert!(found.contains(&meta.code), "{}: {found:?}", meta.code);
        if !is_about_the_version(meta.code) {
            let others: Vec<&&str> =
                found.iter().filter(|code| !is_about_the_version(code) && **code != meta.code).collect();
            assert!(others.is_empty(), "{}: {others:?}", meta.code);
            assert_eq!(found.iter().filter(|code| **code == meta.code).count(), 1, "{}: {found:?}", meta.code);
        }
    }
}

#[test]
fn the_same_contract_has_no_changes() {
    for meta in catalog::all() {
        let (base, head) = sides(meta);
        for side in [base, head].into_iter().flatten() {
            assert_eq!(contract(Some(&side), Some(&side), TODAY), [], "{}", meta.code);
        }
    }
}

#[test]
fn levels_come_from_the_table_and_the_reverse_never_panics() {
    for meta in catalog::all() {
        let (base, head) = sides(meta);
        for (one, other) in [(&base, &head), (&head, &base)] {
            for change in contract(one.as_ref(), other.as_ref(), TODAY) {
                let row = catalog::find(change.meta.code).expect("a row");
                if let crate::finding::change::Grade::Always(level) = row.reader {
                    assert_eq!(change.levels.reader, level, "{}", row.code);
                }
                assert_eq!(change.fingerprint().len(), 12);
            }
        }
    }
}

#[test]
fn every_page_against_others_is_survived() {
    const APART: usize = 101;
    let contracts: Vec<Contract> =
        catalog::all().flat_map(|meta| <[_; 2]>::from(sides(meta)).into_iter().flatten()).collect();
    // A whole matrix of some hundred pages takes minutes. Each contract meets a few, spread over all areas, and others than
    // its neighbour does.
    for (index, one) in contracts.iter().enumerate() {
        for other in contracts.iter().skip(index * 37 % APART).step_by(APART) {
            contract(Some(one), Some(other), TODAY);
        }
    }
}

#[test]
fn pages_and_codes_are_the_same_set() {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/rules");
    let files = std::fs::read_dir(folder).expect("pages").map(|entry| entry.expect("an entry").path());
    let pages: BTreeSet<String> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = catalog::all().map(|meta| meta.code.to_owned()).collect();
    assert_eq!(pages, codes);
}

fn both(before: &str, after: &str) -> Vec<(&'static str, String)> {
    let (base, head) = (contract_of(before, 0), contract_of(after, 1));
    let changes = contract(base.as_ref(), head.as_ref(), TODAY);
    changes.iter().map(|change| (change.meta.code, change.element())).collect()
}

fn field(text: &str) -> String {
    format!("name: orders\nversion: 1.0.0\nschema:\n  - {{name: amount, {text}}}\n")
}

#[test]
fn what_means_the_same_is_no_change() {
    let pairs = [
        (
            "data_type: integer, constraints: [{type: min, value: 1}]",
            "data_type: integer, constraints: [{type: min, value: 1.0}]",
        ),
        ("data_type: string, tags: [a, b]", "tags: [b, a], data_type: string"),
        ("data_type: string, nullable: true", "data_type: string"),
        ("data_type: string, description: a b", "data_type: string, description: \"a  b\""),
        (
            "data_type: decimal, constraints: [{type: expression, value: a  > b}]",
            "data_type: decimal, constraints: [{type: expression, value: a > b}]",
        ),
    ];
    for (one, other) in pairs {
        assert_eq!(both(&field(one), &field(other)), [], "{one}");
    }
}

#[test]
fn one_cause_is_one_finding() {
    // Another type takes its constraints with it.
    let before =
        field("data_type: string, format: email, default_value: x, constraints: [{type: max_length, value: 5}]");
    let path = || "orders.amount".to_owned();
    assert_eq!(both(&before, &field("data_type: integer")), [("type-string-to-scalar", path())]);
    // A dataset that is gone takes its fields with it.
    let dataset = |name: &str| format!("  - name: {name}\n    schema:\n      - {{name: id, data_type: string}}\n");
    let head = format!("name: shop\nversion: 1.0.0\ndatasets:\n{}", dataset("a"));
    let base = format!("{head}{}", dataset("b"));
    assert_eq!(both(&base, &head), [("dataset-removed", "b".to_owned())]);
    // Above 0 is from 1 on, between whole numbers.
    let bound = |text: &str| field(&format!("data_type: integer, constraints: [{text}]"));
    let found = both(&bound("{type: exclusive_min, value: 0}"), &bound("{type: min, value: 1}"));
    assert_eq!(found, [("bound-exclusivity-changed", path())]);
    assert_eq!(both(&bound("{type: exclusive_min, value: 0}"), &bound("{type: min, value: 5}"))[0].0, "minimum-raised");
}

#[test]
fn nested_fields_are_compared_by_name() {
    let nested = |inner: &str| {
        field(&format!("data_type: array, items: {{data_type: object, fields: [{{name: price, {inner}}}]}}"))
    };
    let found = both(&nested("data_type: decimal"), &nested("data_type: float"));
    assert_eq!(found, [("type-decimal-to-double", "orders.amount[].price".to_owned())]);
}

#[test]
fn a_key_keeps_its_place_through_a_rename() {
    let key = |name: &str, more: &str| {
        format!(
            "name: o\nversion: 1.0.0\nschema:\n  - {{name: {name}, data_type: string, nullable: false, is_primary_key: true{more}}}\n"
        )
    };
    assert_eq!(both(&key("id", ""), &key("number", ", previously: id")), [("field-renamed", "o.number".to_owned())]);
}

#[test]
fn subscribers_are_hit_by_the_fields_that_they_use() {
    let text = |email: &str| {
        format!(
            "name: orders\nversion: 1.0.0\nschema:\n  - {{name: id, data_type: string}}\n{email}\
             subscribers:\n  - {{team: crm, fields_used: [orders.email]}}\n  - {{team: bi}}\n  - {{team: ops, fields_used: [id]}}\n"
        )
    };
    let base = contract_of(&text("  - {name: email, data_type: string}\n"), 0);
    let head = contract_of(&text(""), 1);
    let reference = "name: mails\nversion: 1.0.0\npublisher: {team: post}\nschema:\n  - {name: to, data_type: string, foreign_key_reference: orders.email}\n";
    let others = contract_of(reference, 2);
    let users = impact::Users::of([], [], &others);
    let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
    impact::fill(&mut changes, base.as_ref(), head.as_ref(), &users);
    let hit: Vec<String> = changes[0]
        .affects
        .iter()
        .map(|one| format!("{} via {}", one.team.as_deref().unwrap_or("?"), one.via))
        .collect();
    assert_eq!(hit, ["bi via all fields", "crm via orders.email", "post via the reference mails.to of mails"]);
}

#[test]
fn a_change_can_not_lift_its_own_gate() {
    let text = |top: &str, field: &str| {
        format!("name: orders\nversion: 1.0.0\n{top}\nschema:\n  - {{name: id, data_type: string}}\n{field}")
    };
    let base = contract_of(&text("status: active", "  - {name: email, data_type: string}\n"), 0);
    for top in ["status: draft", "status: active\ncompatibility: none"] {
        let head = contract_of(&text(top, ""), 1);
        let changes = contract(base.as_ref(), head.as_ref(), TODAY);
        let verdict = verdict::verdict(base.as_ref(), head.as_ref(), &changes, Compatibility::default());
        assert!(verdict.fails(), "{top}");
        assert_eq!(verdict.required, Level::Major, "{top}");
    }
}
