//! Laws of the comparison: what it says about sets of values is true of values.

use proptest::prelude::*;

use super::{TODAY, block, contract_of};
use crate::diff::{catalog, contract};
use crate::finding::change::{Change, Grade, Level};
use crate::model::{Constraint, ConstraintKind, Contract, DataType, Field, Literal};
use crate::source::{Node, Value, parse};

pub(super) fn with_field(field: Field) -> Contract {
    let text = "name: orders\nversion: 1.0.0\nschema:\n  - {name: value, data_type: integer}\n";
    let mut contract = contract_of(text, 0).expect("a contract");
    contract.datasets[0].fields = vec![field];
    contract
}

fn field() -> impl Strategy<Value = Field> {
    use ConstraintKind as K;
    let number = |kind: ConstraintKind| (Just(kind), (-3i128..4).prop_map(Literal::Int));
    let list = prop::collection::vec((-3i128..4).prop_map(Literal::Int), 1..4).prop_map(Literal::List);
    let constraint = prop_oneof![
        number(K::Min),
        number(K::Max),
        number(K::ExclusiveMin),
        number(K::ExclusiveMax),
        (Just(K::MultipleOf), (1i128..4).prop_map(Literal::Int)),
        number(K::Const),
        (Just(K::Enum), list),
    ];
    let kinds = prop_oneof![Just(DataType::Integer), Just(DataType::Decimal)];
    let present = prop::option::of(any::<bool>());
    let all = (prop::collection::vec(constraint, 0..4), kinds, any::<bool>(), present);
    all.prop_map(|(constraints, data_type, nullable, always_present)| {
        let constraints = constraints.into_iter().map(|(kind, value)| Constraint::new(kind, value));
        let constraints = constraints.collect();
        Field { nullable, always_present, constraints, ..Field::new("value", data_type) }
    })
}

/// Whether a field allows a value; halves stand for what is no whole number. `None` is null.
fn allows(field: &Field, value: Option<f64>) -> bool {
    let Some(value) = value else { return field.nullable };
    let whole = value.fract() == 0.0;
    (whole || field.data_type != DataType::Integer)
        && field.constraints.iter().all(|constraint| {
            let bound = constraint.value.number().unwrap_or_default();
            match (constraint.kind, &constraint.value) {
                (ConstraintKind::Min, _) => value >= bound,
                (ConstraintKind::Max, _) => value <= bound,
                (ConstraintKind::ExclusiveMin, _) => value > bound,
                (ConstraintKind::ExclusiveMax, _) => value < bound,
                (ConstraintKind::MultipleOf, _) => value % bound == 0.0,
                (ConstraintKind::Const, only) => only.number() == Some(value),
                (_, Literal::List(items)) => items.iter().any(|item| item.number() == Some(value)),
                _ => true,
            }
        })
}

fn has(changes: &[Change], level: impl Fn(&Change) -> Level) -> bool {
    changes.iter().any(|change| level(change) == Level::Major)
}

/// Codes that say the opposite of each other: what is read there and back.
const OPPOSITES: &[(&str, &str)] = &[
    ("raised", "lowered"),
    ("tightened", "loosened"),
    ("widened", "narrowed"),
    ("lengthened", "shortened"),
    ("narrowed", "widened"),
    ("added", "removed"),
    ("optional", "required"),
    ("bounded", "unbounded"),
    ("narrowed", "widened"),
    ("weakened", "strengthened"),
    ("opened", "closed"),
    ("extended", "reduced"),
    ("denser", "sparser"),
    ("narrowed", "widened"),
    ("postponed", "brought-forward"),
];

/// The code of the change back, where there is one by name.
fn opposite(code: &str) -> Option<&'static str> {
    let swap = |word: &str| {
        let there = OPPOSITES.iter().find(|(one, _)| *one == word).map(|(_, other)| *other);
        there.or_else(|| OPPOSITES.iter().find(|(_, other)| *other == word).map(|(one, _)| *one))
    };
    let code = code.replace("brought-forward", "brought_forward");
    let words: Vec<String> = code.split('-').map(|word| word.replace('_', "-")).collect();
    let swapped: Vec<&str> = words.iter().map(|word| swap(word).unwrap_or(word)).collect();
    let name = (swapped != words).then(|| swapped.join("-"))?;
    catalog::find(&name).map(|meta| meta.code)
}

/// The change back has the levels of the parties swapped, and the opposite name where there is one.
pub(super) fn assert_mirrored(there: &[Change], back: &[Change]) {
    let levels = |change: &Change| (change.levels.reader, change.levels.writer);
    let mut forward: Vec<_> = there.iter().map(|change| (change.element(), levels(change))).collect();
    let mut backward: Vec<_> =
        back.iter().map(|change| (change.element(), (change.levels.writer, change.levels.reader))).collect();
    forward.sort();
    backward.sort();
    assert_eq!(forward, backward, "{there:#?}\n{back:#?}");
    for change in there {
        if let Some(opposite) = opposite(change.meta.code) {
            let found = back.iter().any(|back| back.meta.code == opposite && back.element() == change.element());
            assert!(found, "{} without {opposite}: {back:#?}", change.meta.code);
        }
    }
}

/// Service levels and checks, each there or not.
fn promises() -> impl Strategy<Value = String> {
    let percent = || prop::option::of(prop_oneof![Just("99%"), Just("99.9%"), Just("99.90 %"), Just("50%")]);
    let time = || prop::option::of(prop_oneof![Just("1 hour"), Just("60m"), Just("90 minutes"), Just("2 days")]);
    let level = |key: &'static str, value: Option<&'static str>| value.map(|value| format!("  {key}: {value}\n"));
    let check = |key: &'static str, value: Option<&'static str>| {
        value.map(|value| format!("  - {{metric_type: {key}, threshold: {value}}}\n"))
    };
    let hours = prop::option::of(prop_oneof![
        Just("{hours: {days: [monday, sunday], from: 22:00, to: 06:00}}"),
        Just("{hours: {days: [monday], from: 22:00, to: 06:00}}"),
        Just("{hours: [{days: [sunday], from: 22:00}, {days: [monday], to: 06:00}]}"),
        Just("{hours: {timezone: Asia/Tokyo}}"),
    ]);
    let downtime = prop::option::of(prop_oneof![
        Just("{at_most: 2 hours}"),
        Just("{at_most: 120m, period: 12 months}"),
        Just("{at_most: 2 hours, hours: {days: [sunday]}}"),
        Just("{hours: {days: [sunday, monday]}}"),
    ]);
    let days = prop::option::of(prop_oneof![
        Just("{days: [monday, friday]}"),
        Just("{days: [monday]}"),
        Just("{days: [sunday]}"),
    ]);
    let rate = prop::option::of(prop_oneof![Just("60 rows/min"), Just("1 record/s"), Just("2 rows/s"), Just("2 MB/s")]);
    let uncommon = (hours, downtime, days, rate).prop_map(move |(support, maintenance, delivery, throughput)| {
        let levels = [
            level("support", support),
            level("maintenance", maintenance),
            level("delivery", delivery),
            level("throughput", throughput),
        ];
        levels.into_iter().flatten().collect::<String>()
    });
    let common = (percent(), time(), time(), percent(), time(), percent(), time());
    (common, uncommon).prop_map(move |((availability, rto, rpo, completeness, freshness, errors, backup), uncommon)| {
        let levels = [
            level("availability", availability),
            level("rto", rto),
            level("rpo", rpo),
            level("error_rate", errors),
            level("backup_every", backup),
            Some(uncommon).filter(|levels| !levels.is_empty()),
        ];
        let checks = [check("completeness", completeness), check("freshness", freshness)];
        let section = |name: &str, parts: &[Option<String>]| {
            let text: String = parts.iter().flatten().map(String::as_str).collect();
            if text.is_empty() { text } else { format!("{name}:\n{text}") }
        };
        section("service_levels", &levels) + &section("quality", &checks)
    })
}

/// What a dataset promises of its rows, each there or not.
fn rows() -> impl Strategy<Value = String> {
    let key = |key: &'static str, values: &'static [&'static str]| {
        prop::option::of(prop::sample::select(values))
            .prop_map(move |value| value.map_or_else(String::new, |value| format!("    {key}: {value}\n")))
    };
    let lines = (
        key("history_from", &["2020-01-01", "2021-01-01"]),
        key("late_arrival", &["1 day", "24h", "2 days"]),
        key("delivery", &["at_most_once", "at_least_once", "exactly_once"]),
        key("ordering", &["id", "[id, day]", "[id asc, day]", "[day]"]),
        key("extra_fields", &["allow", "warn", "fail"]),
        key("write_mode", &["append", "upsert"]),
        key("grain", &["[id, day]", "[day, id]", "[id]"]),
        key("topic", &["{message_key: [id]}", "{message_key: [day]}", "{envelope: debezium}", "{}"]),
    );
    lines.prop_map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h].concat())
}

fn with_rows(lines: &str) -> Contract {
    let fields = "    schema: [{name: id, data_type: string}, {name: day, data_type: date}]\n";
    let text = format!("name: shop\nversion: 1.0.0\ndatasets:\n  - name: orders\n    medium: topic\n{lines}{fields}");
    contract_of(&text, 0).expect("a contract")
}

fn with_promises(text: &str) -> Contract {
    let text = format!("name: orders\nversion: 1.0.0\nschema:\n  - {{name: id, data_type: string}}\n{text}");
    contract_of(&text, 0).expect("a contract")
}

/// Another text with the same meaning: keys in another order, other quotes, in braces, with comments.
fn rewritten(node: &Node, text: &str, dice: &mut impl FnMut(usize) -> usize) -> String {
    let end = |dice: &mut dyn FnMut(usize) -> usize| [", ", ",\n ", ", # a comment\n  "][dice(3)];
    match &node.value {
        Value::Text(text) if dice(2) == 0 && !text.contains('\n') => format!("'{}'", text.replace('\'', "''")),
        Value::Text(text) => serde_json::to_string(text).expect("a text"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| rewritten(item, text, dice) + end(dice)).collect();
            format!("[{}]", items.concat())
        }
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, dice(last + 1));
            }
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("\"{}\": {}{}", entry.key, rewritten(&entry.value, text, dice), end(dice)))
                .collect();
            format!("{{{}}}", entries.concat())
        }
        _ => text[node.span.range()].to_owned(),
    }
}

/// A text in another form has no changes.
pub(super) fn assert_form_is_nothing(text: &str, seed: u64) {
    let one = contract_of(text, 0);
    // Knuth's generator: the order of keys needs no better chance.
    let mut state = seed;
    let mut dice = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % sides
    };
    let again = rewritten(&parse(text).expect("YAML"), text, &mut dice);
    let other = contract_of(&again, 1);
    assert_eq!(contract(one.as_ref(), other.as_ref(), TODAY), vec![], "{again}");
}

#[test]
fn opposites_are_found_by_name() {
    assert_eq!(opposite("minimum-raised"), Some("minimum-lowered"));
    assert_eq!(opposite("field-became-optional"), Some("field-became-required"));
    assert_eq!(opposite("sunset-postponed"), Some("sunset-brought-forward"));
    assert_eq!(opposite("end-of-support-brought-forward"), Some("end-of-support-postponed"));
    assert_eq!(opposite("field-renamed"), None);
}

/// Codes of the algebra, whose levels are those of a set that became smaller or greater.
#[test]
fn what_became_smaller_has_the_swapped_levels_of_what_became_greater() {
    let (minor, major) = (Grade::Always(Level::Minor), Grade::Always(Level::Major));
    let is_of_the_algebra = |grades| grades == (minor, major) || grades == (major, minor);
    let by_code = |code| catalog::find(code).expect("a row");
    let mut count = 0;
    for meta in catalog::all() {
        let Some(back) = opposite(meta.code).map(by_code) else { continue };
        if is_of_the_algebra((meta.reader, meta.writer)) && is_of_the_algebra((back.reader, back.writer)) {
            assert_eq!((meta.reader, meta.writer), (back.writer, back.reader), "{} and {}", meta.code, back.code);
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

proptest! {
    #[test]
    fn a_value_that_is_new_is_major_for_readers_and_one_that_is_gone_for_writers(base in field(), head in field()) {
        let values = (-8i32..9).map(|half| Some(f64::from(half) / 2.0)).chain([None]);
        let (one, other) = (with_field(base.clone()), with_field(head.clone()));
        let changes = contract(Some(&one), Some(&other), TODAY);
        for value in values {
            match (allows(&base, value), allows(&head, value)) {
                (false, true) => prop_assert!(has(&changes, |change| change.levels.reader), "{value:?} is new: {changes:?}"),
                (true, false) => prop_assert!(has(&changes, |change| change.levels.writer), "{value:?} is gone: {changes:?}"),
                _ => {}
            }
        }
        // A record without the field is one more thing that may come or not.
        match (base.is_always_present(), head.is_always_present()) {
            (true, false) => prop_assert!(has(&changes, |change| change.levels.reader), "absence is new: {changes:?}"),
            (false, true) => prop_assert!(has(&changes, |change| change.levels.writer), "absence is gone: {changes:?}"),
            _ => {}
        }
        prop_assert!(contract(Some(&one), Some(&one), TODAY).is_empty());
    }

    #[test]
    fn the_way_back_mirrors_the_way_there(base in field(), head in field()) {
        // Between types the algebra does not apply: re-encoding is bad both ways.
        let head = Field { data_type: base.data_type, ..head };
        let (one, other) = (with_field(base), with_field(head));
        assert_mirrored(&contract(Some(&one), Some(&other), TODAY), &contract(Some(&other), Some(&one), TODAY));
    }

}

proptest! {
    // Each case reads two texts.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn promises_taken_back_mirror_promises_made(base in promises(), head in promises()) {
        let (one, other) = (with_promises(&base), with_promises(&head));
        assert_mirrored(&contract(Some(&one), Some(&other), TODAY), &contract(Some(&other), Some(&one), TODAY));
    }

    #[test]
    fn what_is_promised_of_rows_and_taken_back_mirrors(base in rows(), head in rows()) {
        let (one, other) = (with_rows(&base), with_rows(&head));
        assert_mirrored(&contract(Some(&one), Some(&other), TODAY), &contract(Some(&other), Some(&one), TODAY));
        prop_assert!(contract(Some(&one), Some(&with_rows(&base)), TODAY).is_empty());
    }

    #[test]
    fn another_form_of_the_same_is_no_change(page in 0..catalog::all().count(), which in 0..2usize, seed in any::<u64>()) {
        let text = block(catalog::all().nth(page).expect("a row").page, ["before", "after"][which]);
        if !text.is_empty() {
            assert_form_is_nothing(&text, seed);
        }
    }
}
