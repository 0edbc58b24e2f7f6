//! What is demanded of values, what they mean and what they ask: by meaning, and one finding for one cause.

use proptest::prelude::*;

use super::laws::{assert_mirrored, with_field};
use super::{TODAY, both, contract_of, field};
use crate::diff::contract;
use crate::finding::change::Level;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Listing, Literal};

#[track_caller]
fn assert_codes(before: &str, after: &str, codes: &[&str]) {
    let found: Vec<&str> = both(&field(before), &field(after)).into_iter().map(|(code, _)| code).collect();
    assert_eq!(found, codes, "{before}\n{after}");
}

/// A field of a type with constraints.
fn of(data_type: &str, constraints: &str) -> String {
    format!("data_type: {data_type}, constraints: [{constraints}]")
}

#[test]
fn values_are_compared_as_values_of_their_type() {
    let same = [
        ("decimal", "{type: enum, value: [1, 2.50]}", "{type: enum, value: [1.0, \"2.5\"]}"),
        ("decimal", "{type: min, value: \"0.10\"}", "{type: min, value: 0.1}"),
        ("date", "{type: exclusive_min, value: \"2025-12-31\"}", "{type: exclusive_min, value: \"2025-12-31\"}"),
        (
            "timestamp",
            "{type: max, value: \"2026-01-31T12:00:00Z\"}",
            "{type: max, value: \"2026-01-31T13:00:00+01:00\"}",
        ),
        (
            "uuid",
            "{type: const, value: 6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f}",
            "{type: const, value: 6F1C2F0E-58B5-4F44-9F0B-3A5B0C7D1E2F}",
        ),
        ("string", "{type: enum, value: [a]}", "{type: const, value: a}"),
        ("string", "{type: enum, value: [a, b]}", "{type: enum, value: [a, b, a]}"),
        ("string", "{type: enum, value: [a]}, {type: max_length, value: 5}", "{type: enum, value: [a]}"),
        ("integer", "{type: enum, value: [1, 2]}, {type: min, value: 0}", "{type: enum, value: [1, 2]}"),
        ("integer", "{type: min, value: 5}, {type: max, value: 5}", "{type: const, value: 5}"),
        ("integer", "{type: min, value: 0.5}", "{type: min, value: 1}"),
        ("integer", "{type: enum, value: [2, 1]}", "{type: min, value: 1}, {type: max, value: 2}"),
        ("decimal, precision: 4, scale: 2", "{type: max, value: 1000}", "{type: max, value: 2000}"),
        ("decimal, precision: 4, scale: 2", "{type: max, value: 1000}", ""),
        ("decimal, precision: 10, scale: 2", "{type: min, value: 0.001}", "{type: min, value: 0.01}"),
        ("boolean", "{type: enum, value: [true, false]}", ""),
        ("string", "{type: min_length, value: 0}", ""),
        ("array, items: {data_type: string}", "{type: unique_items, value: false}", ""),
        (
            "decimal",
            "{type: expression, value: \"a > 1 AND b = 'X'\"}",
            "{type: expression, value: \"b = 'X' and a >1\"}",
        ),
        (
            "decimal",
            "{type: min, value: 0, when: \"a = 1 and b = 2\"}",
            "{type: min, value: 0, when: \"(b = 2) AND (a = 1)\"}",
        ),
    ];
    for (data_type, one, other) in same {
        assert_codes(&of(data_type, one), &of(data_type, other), &[]);
        assert_codes(&of(data_type, other), &of(data_type, one), &[]);
    }
    assert_codes("data_type: decimal, default_value: \"1.0\"", "data_type: decimal, default_value: 1", &[]);
    assert_codes("data_type: decimal, unit: s", "data_type: decimal, unit: seconds", &[]);
    assert_codes("data_type: decimal, unit: eur", "data_type: decimal, unit: EUR", &[]);
    assert_codes("data_type: string, format: email", "data_type: string, format: EMAIL", &[]);
    assert_codes("data_type: decimal, default_value: null", "data_type: decimal", &[]);
    assert_codes(
        "data_type: string, default_value: \"1.0\"",
        "data_type: string, default_value: \"1\"",
        &["default-changed"],
    );
}

#[test]
fn one_bound_is_one_finding() {
    let (min, above) = ("{type: min, value: 0}", "{type: exclusive_min, value: 0}");
    assert_codes(&of("decimal", min), &of("decimal", above), &["bound-exclusivity-changed"]);
    assert_codes(&of("integer", min), &of("integer", above), &["minimum-raised"]);
    let cents = "decimal, precision: 10, scale: 2";
    let next = of(cents, "{type: min, value: 0.01}");
    assert_codes(&of(cents, above), &next, &["bound-exclusivity-changed"]);
    assert_codes(&of(cents, min), &of(cents, above), &["minimum-raised"]);
    assert_codes(
        &of("integer", "{type: enum, value: [1, 3]}"),
        &of("integer", "{type: min, value: 1}, {type: max, value: 2}"),
        &["enum-dropped", "maximum-added"],
    );
    let (from, after) = ("{type: min, value: \"2026-01-02\"}", "{type: exclusive_min, value: \"2026-01-01\"}");
    assert_codes(&of("date", from), &of("date", after), &["bound-exclusivity-changed"]);
    // Half past twelve in Amsterdam is before noon in London.
    let until = |time: &str| of("timestamp", &format!("{{type: max, value: \"2026-01-31T{time}\"}}"));
    assert_codes(&until("12:00:00Z"), &until("12:30:00+01:00"), &["maximum-lowered"]);
    let least = |value: &str| of("decimal", &format!("{{type: min, value: \"{value}\"}}"));
    assert_codes(&least("9.5"), &least("10"), &["minimum-raised"]);
    // What the list allows anyway is no bound of its own, until the list is gone.
    let (list, bound) = ("{type: enum, value: [1, 2]}", "{type: max, value: 2}");
    assert_codes(&of("integer", list), &of("integer", bound), &["enum-dropped"]);
    assert_codes(&of("integer", bound), &of("integer", list), &["enum-added"]);
    assert_codes(&of("integer", list), &of("integer", &format!("{list}, {{type: max, value: 1}}")), &["maximum-added"]);
    let open = "{type: enum, value: [1, 2], open: true}";
    assert_codes(&of("integer", open), &of("integer", &format!("{open}, {bound}")), &["maximum-added"]);
}

#[test]
fn levels_of_counted_keys_follow_from_the_direction() {
    let level = |kind: &str, before: u8, after: u8| {
        let side = |count: u8, id: u32| {
            let constraint = format!("{{type: {kind}, value: {count}}}");
            contract_of(&field(&of("map, values: {data_type: string}", &constraint)), id)
        };
        let changes = contract(side(before, 0).as_ref(), side(after, 1).as_ref(), TODAY);
        changes.iter().map(|change| (change.levels.reader, change.levels.writer)).collect::<Vec<_>>()
    };
    let (tightened, loosened) = ([(Level::Minor, Level::Major)], [(Level::Major, Level::Minor)]);
    assert_eq!(level("min_properties", 1, 2), tightened);
    assert_eq!(level("min_properties", 2, 0), loosened);
    assert_eq!(level("max_properties", 5, 4), tightened);
    assert_eq!(level("max_properties", 4, 5), loosened);
}

#[test]
fn one_value_is_a_list_of_one() {
    let (a, b, both) = ("{type: const, value: a}", "{type: const, value: b}", "{type: enum, value: [a, b]}");
    assert_codes(&of("string", a), &of("string", both), &["enum-value-added"]);
    assert_codes(&of("string", both), &of("string", b), &["enum-value-removed"]);
    assert_codes(&of("string", a), &of("string", "{type: enum, value: [b]}"), &["const-changed"]);
    assert_codes(&of("string", both), &of("string", &format!("{both}, {a}")), &["enum-value-removed"]);
}

#[test]
fn rows_of_a_constraint_are_known() {
    let always = "{type: min, value: 0}";
    let of_paid = "{type: min, value: 0, when: paid}";
    assert_codes(&of("decimal", always), &of("decimal", of_paid), &["condition-scope-narrowed"]);
    assert_codes(&of("decimal", of_paid), &of("decimal", always), &["condition-scope-widened"]);
    // Other constraints stay where they are.
    let other = "{type: expression, value: a > b}";
    let moved = "{type: expression, value: c > d, when: paid}";
    let base = of("decimal", &format!("{other}, {{type: expression, value: c > d}}"));
    assert_codes(&base, &of("decimal", &format!("{moved}, {other}")), &["condition-scope-narrowed"]);
    // For other rows, another bound.
    let more = "{type: min, value: 5, when: paid}";
    assert_codes(&of("decimal", of_paid), &of("decimal", more), &["minimum-raised"]);
    assert_codes(&of("decimal", always), &of("decimal", &format!("{always}, {more}")), &["minimum-added"]);
    // Which has more rows, the text does not tell.
    let of_due = "{type: min, value: 0, when: due}";
    assert_codes(&of("decimal", of_paid), &of("decimal", of_due), &["expression-changed"]);
}

#[test]
fn backing_is_apart_from_the_bound() {
    let declared = "{type: max, value: 9}";
    let enforced = "{type: max, value: 8, enforced: true}";
    let codes = ["constraint-enforcement-strengthened", "maximum-lowered"];
    let mut found: Vec<_> = both(&field(&of("integer", declared)), &field(&of("integer", enforced)))
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    found.sort_unstable();
    assert_eq!(found, codes);
}

#[test]
fn open_lists_are_lists_of_what_is_known() {
    let open = "{type: enum, value: [a], open: true}";
    assert_codes("data_type: string", &of("string", open), &["enum-value-added-open"]);
    assert_codes(&of("string", open), "data_type: string", &["enum-value-removed"]);
    assert_codes(&of("string", "{type: enum, value: [a, b]}"), &of("string", open), &["enum-opened"]);
    assert_codes(&of("string", open), &of("string", "{type: enum, value: [b]}"), &["enum-closed"]);
    let fallback = "{type: enum, value: [a, other], fallback: other}";
    let more = "{type: enum, value: [a, b, other], fallback: other}";
    assert_codes(&of("string", fallback), &of("string", more), &["enum-value-added-open"]);
    // Readers of the old list had no fallback.
    assert_codes(
        &of("string", "{type: enum, value: [a, other]}"),
        &of("string", more),
        &["enum-value-added", "enum-label-changed"],
    );
}

#[test]
fn values_are_known_by_their_id_or_label() {
    let list = |values: &str| of("string", &format!("{{type: enum, value: [{values}]}}"));
    // By label, where there is no id.
    assert_codes(
        &list("{value: NL, label: Netherlands}"),
        &list("{value: NLD, label: Netherlands}"),
        &["enum-value-renamed"],
    );
    // Another id is another thing, whatever its label.
    assert_codes(
        &list("{value: NL, label: X, id: 1}"),
        &list("{value: NLD, label: X, id: 2}"),
        &["enum-value-added", "enum-value-removed"],
    );
    assert_codes(&list("{value: NL, id: 1}"), &list("{value: NL, id: 2}"), &["enum-value-remapped"]);
    assert_codes(&list("{value: NL, id: 1}"), &list("{value: NL, id: 1.0}"), &[]);
    assert_codes(&list("NL"), &list("{value: NL}"), &[]);
    assert_codes(&list("NL"), &list("{value: NL, label: Netherlands}"), &["enum-label-changed"]);
    assert_codes(
        &list("{value: a, id: 1}, b"),
        &list("b, {value: c, id: 1}"),
        &["enum-value-renamed", "enum-reordered"],
    );
    // The fallback has moved along.
    let named = |value: &str| {
        of("string", &format!("{{type: enum, value: [a, {{value: {value}, id: 0}}], fallback: {value}}}"))
    };
    assert_codes(&named("other"), &named("unknown"), &["enum-value-renamed"]);
}

#[test]
fn a_first_word_clarifies_and_the_last_one_leaves_to_guess() {
    let said = |semantics: &str| format!("data_type: integer, semantics: {{{semantics}}}");
    let plain = "data_type: integer";
    assert_codes(plain, &said("timezone: UTC"), &["semantics-text-changed"]);
    assert_codes(&said("timezone: UTC"), plain, &["timezone-convention-changed"]);
    assert_codes(&said("timezone: UTC"), &said("timezone: Etc/UTC"), &[]);
    assert_codes(&said("sign: Debits  are positive"), &said("sign: debits are positive"), &[]);
    assert_codes(&said("language: nl_NL"), &said("language: nl-nl"), &[]);
    assert_codes(&said("derivation: a+b"), &said("derivation: A + b"), &[]);
    // Exact is what values are that say nothing.
    assert_codes(plain, &said("exactness: exact"), &[]);
    assert_codes(plain, &said("exactness: sampled"), &["precision-semantics-changed"]);
    assert_codes(&said("exactness: sampled"), plain, &["semantics-text-changed"]);
    // The release belongs to the list.
    let codes =
        |system: &str, release: &str| said(&format!("code_system: {system}, code_system_version: \"{release}\""));
    assert_codes(&codes("NACE", "2.1"), &codes("NACE", "2.0"), &["code-system-changed"]);
    assert_codes(&codes("NACE", "2.9"), &codes("nace", "2.10"), &["code-system-version-raised"]);
    assert_codes(&codes("NACE", "2.1"), &codes("ISIC", "4"), &["code-system-changed"]);
    assert_codes(&codes("NACE", "2.1"), &codes("NACE", "v2.1"), &[]);
}

#[test]
fn what_is_private_is_said_once() {
    let said = |privacy: &str| format!("data_type: string, is_pii: true, privacy: {{{privacy}}}");
    let pii = "data_type: string, is_pii: true";
    assert_codes("data_type: string", &said("category: contact"), &["pii-flag-raised"]);
    assert_codes(pii, &said("category: contact"), &["classification-added"]);
    assert_codes(&said("category: contact"), pii, &["classification-removed"]);
    assert_codes(&said("category: [Contact, health]"), &said("category: [health, contact]"), &[]);
    assert_codes("data_type: string, classification: Level-2", "data_type: string, classification: level-2", &[]);
    assert_codes(&said("masking: none"), pii, &[]);
    assert_codes(&said("masking: SHA256"), &said("masking: sha256"), &[]);
    assert_codes(&said("erase_within: 30 days"), &said("erase_within: 720h"), &[]);
    assert_codes(&said("erase_within: 7 days"), &said("erase_within: 30 days"), &["terms-loosened"]);
    assert_codes(&said("erase_within: 7 days"), pii, &["terms-loosened"]);
}

/// A list that was made to keep pact busy takes as long as it is, and no longer.
#[test]
fn long_lists_take_no_time() {
    let list = |offset: usize| {
        let values: Vec<String> = (offset..offset + 20_000).map(|value| format!("v{value}")).collect();
        of("string", &format!("{{type: enum, value: [{}]}}", values.join(", ")))
    };
    assert_codes(&list(0), &list(10_000), &["enum-value-added", "enum-value-removed"]);
    let rows = |offset: usize| {
        let all = (offset..offset + 2_000)
            .map(|row| format!("{{type: expression, value: a > {row}, when: b > {row}, enforced: true}}"));
        of("string", &all.collect::<Vec<_>>().join(", "))
    };
    assert_codes(&rows(0), &rows(0), &[]);
    assert_eq!(both(&field(&rows(0)), &field(&rows(1_000))).len(), 2_000);
}

/// Whether a condition holds for a row with two flags.
type Holds = fn(bool, bool) -> bool;

const CONDITIONS: &[(&str, Holds)] = &[
    ("a", |a, _| a),
    ("b", |_, b| b),
    ("a and b", |a, b| a && b),
    ("B AND a", |a, b| a && b),
    ("a or b", |a, b| a || b),
    ("a and (b) or b", |_, b| b),
];

/// Constraints on a small whole number, some of them for some rows only, and lists that are open or have a fallback.
fn conditional() -> impl Strategy<Value = Field> {
    use ConstraintKind as K;
    let number = |kind: K| (Just(kind), (0i128..4).prop_map(Literal::Int));
    let list = prop::collection::vec((0i128..4).prop_map(Literal::Int), 1..4).prop_map(Literal::List);
    let kind = prop_oneof![number(K::Min), number(K::ExclusiveMax), number(K::Const), (Just(K::Enum), list)];
    let rows = prop::option::of(0..CONDITIONS.len());
    let constraint = (kind, rows, any::<bool>()).prop_map(|((kind, value), rows, open)| Constraint {
        when: rows.map(|rows| Box::from(CONDITIONS[rows].0)),
        listing: (kind == K::Enum && open).then(|| Box::new(Listing { open, ..Listing::default() })),
        ..Constraint::new(kind, value)
    });
    prop::collection::vec(constraint, 0..4).prop_map(|constraints| Field {
        nullable: false,
        constraints,
        ..Field::new("value", DataType::Integer)
    })
}

fn allows(field: &Field, (value, a, b): (f64, bool, bool)) -> bool {
    field.constraints.iter().all(|constraint| {
        let holds = constraint
            .when
            .as_deref()
            .is_none_or(|when| CONDITIONS.iter().any(|(condition, holds)| *condition == when && holds(a, b)));
        let bound = constraint.value.number().unwrap_or_default();
        !holds
            || match (constraint.kind, &constraint.value) {
                (ConstraintKind::Min, _) => value >= bound,
                (ConstraintKind::ExclusiveMax, _) => value < bound,
                (ConstraintKind::Const, only) => only.number() == Some(value),
                (_, Literal::List(values)) => {
                    constraint.is_open() || values.iter().any(|one| one.number() == Some(value))
                }
                _ => false,
            }
    })
}

proptest! {
    #[test]
    fn a_row_that_is_new_is_major_for_readers_and_one_that_is_gone_for_writers(
        base in conditional(), head in conditional()
    ) {
        let (one, other) = (with_field(base.clone()), with_field(head.clone()));
        let changes = contract(Some(&one), Some(&other), TODAY);
        let rows = (0..6).flat_map(|value| [(false, false), (false, true), (true, false), (true, true)].map(|(a, b)| (value, a, b)));
        for (value, a, b) in rows {
            let row = (f64::from(value) - 1.0, a, b);
            match (allows(&base, row), allows(&head, row)) {
                (false, true) => prop_assert!(
                    changes.iter().any(|change| change.levels.reader == Level::Major), "{row:?} is new: {changes:?}"
                ),
                (true, false) => prop_assert!(
                    changes.iter().any(|change| change.levels.writer == Level::Major), "{row:?} is gone: {changes:?}"
                ),
                _ => {}
            }
        }
        prop_assert!(contract(Some(&one), Some(&one), TODAY).is_empty());
    }

    #[test]
    fn conditions_mirror(base in conditional(), head in conditional()) {
        // An open list that grows and one that shrinks are minor and major: not of the algebra, and left out here.
        let closed = |mut field: Field| {
            field.constraints.retain(|constraint| !constraint.is_open());
            field
        };
        let (one, other) = (with_field(closed(base)), with_field(closed(head)));
        assert_mirrored(&contract(Some(&one), Some(&other), TODAY), &contract(Some(&other), Some(&one), TODAY));
    }
}
