//! Fields as sets of values, and promises as sets of measurements: what the comparison says is held against what random
//! values do.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;
use regex::Regex;

use super::{TODAY, contract_of};
use crate::diff::contract;
use crate::diff::language::{Difference, Languages};
use crate::finding::change::{Change, Legal, Level};
use crate::model::values::accepts;
use crate::model::{Constraint, ConstraintKind, Contract, DataType, Field, Literal};

use ConstraintKind as K;

fn with_field(field: &Field) -> Contract {
    let text = "name: orders\nversion: 1.0.0\nschema:\n  - {name: value, data_type: integer}\n";
    let mut contract = contract_of(text, 0).expect("a contract");
    contract.datasets[0].fields = vec![field.clone()];
    contract
}

fn changes(base: &Field, head: &Field) -> Vec<Change> {
    contract(Some(&with_field(base)), Some(&with_field(head)), TODAY)
}

fn accepted(field: &Field, value: &Literal) -> Option<bool> {
    accepts(field, value, &mut |pattern, text| Some(matches(pattern, text)))
}

/// Whether a text matches a pattern: each is compiled once.
fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let compile = || Regex::new(pattern).expect("a pattern");
        compiled.entry(pattern.to_owned()).or_insert_with(compile).is_match(text)
    })
}

fn text(text: impl Into<String>) -> Literal {
    Literal::Text(text.into())
}

fn constraint(kind: ConstraintKind, value: impl Strategy<Value = Literal> + 'static) -> BoxedStrategy<Constraint> {
    value.prop_map(move |value| Constraint::new(kind, value)).boxed()
}

/// Numbers by halves.
fn number() -> impl Strategy<Value = Literal> {
    (-6i32..7).prop_map(|half| match half % 2 {
        0 => Literal::Int(i128::from(half / 2)),
        _ => Literal::Float(f64::from(half) / 2.0),
    })
}

fn whole() -> impl Strategy<Value = Literal> {
    (-3i128..4).prop_map(Literal::Int)
}

fn count() -> impl Strategy<Value = Literal> {
    (0i128..5).prop_map(Literal::Int)
}

fn list(of: impl Strategy<Value = Literal> + 'static) -> BoxedStrategy<Literal> {
    prop::collection::vec(of, 1..4).prop_map(Literal::List).boxed()
}

/// Patterns over `a` and `b`, some anchored.
fn pattern() -> impl Strategy<Value = String> {
    let letter = prop_oneof![Just("a"), Just("b"), Just("[ab]"), Just("[^a]"), Just(".")].prop_map(str::to_owned);
    let inner = letter.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one}{other}")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("(?:{one}|{other})")),
            inner.clone().prop_map(|one| format!("(?:{one})*")),
            inner.clone().prop_map(|one| format!("(?:{one})?")),
            inner.prop_map(|one| format!("(?:{one}){{1,2}}")),
        ]
    });
    (inner, any::<bool>(), any::<bool>()).prop_map(|(inner, start, end)| {
        format!("{}{inner}{}", if start { "^" } else { "" }, if end { "$" } else { "" })
    })
}

fn word() -> impl Strategy<Value = Literal> {
    "[abc]{0,4}".prop_map(text)
}

fn day() -> impl Strategy<Value = Literal> {
    (1u32..8).prop_map(|day| text(format!("2026-01-{day:02}")))
}

/// A family of constraints and the types that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Bounds,
    Steps,
    Numbers,
    Lengths,
    Patterns,
    Texts,
    Days,
    Items,
}

const FAMILIES: [Family; 8] = [
    Family::Bounds,
    Family::Steps,
    Family::Numbers,
    Family::Lengths,
    Family::Patterns,
    Family::Texts,
    Family::Days,
    Family::Items,
];

fn family() -> impl Strategy<Value = Family> {
    prop::sample::select(FAMILIES.to_vec())
}

fn field(family: Family) -> BoxedStrategy<Field> {
    let bounds = || {
        let kinds = prop::sample::select(vec![K::Min, K::Max, K::ExclusiveMin, K::ExclusiveMax]);
        (kinds, number()).prop_map(|(kind, value)| Constraint::new(kind, value)).boxed()
    };
    let steps =
        || constraint(K::MultipleOf, prop::sample::select(vec![0.5, 1.0, 1.5, 2.0, 3.0]).prop_map(Literal::Float));
    let lengths = || prop_oneof![constraint(K::MinLength, count()), constraint(K::MaxLength, count())].boxed();
    let patterns = || constraint(K::Regex, pattern().prop_map(text));
    let (constraints, most) = match family {
        Family::Bounds => (bounds(), 4),
        Family::Steps => (steps(), 2),
        Family::Numbers => {
            (prop_oneof![3 => bounds(), 1 => steps(), 1 => constraint(K::Enum, list(whole()))].boxed(), 4)
        }
        Family::Lengths => (lengths(), 3),
        Family::Patterns => (patterns(), 3),
        Family::Texts => (prop_oneof![lengths(), patterns(), constraint(K::Enum, list(word()))].boxed(), 4),
        Family::Days => (prop_oneof![constraint(K::Min, day()), constraint(K::Max, day())].boxed(), 3),
        Family::Items => (prop_oneof![constraint(K::MinItems, count()), constraint(K::MaxItems, count())].boxed(), 3),
    };
    let kinds = match family {
        Family::Bounds | Family::Steps | Family::Numbers => vec![DataType::Integer, DataType::Decimal, DataType::Float],
        Family::Lengths | Family::Patterns | Family::Texts => vec![DataType::String],
        Family::Days => vec![DataType::Date],
        Family::Items => vec![DataType::Array],
    };
    let digits = prop::option::of((1u32..4, 0u32..3));
    let made = (prop::collection::vec(constraints, 0..most), prop::sample::select(kinds), digits, any::<bool>());
    made.prop_map(|(constraints, data_type, digits, nullable)| {
        let digits = digits.filter(|_| data_type == DataType::Decimal);
        let items = (data_type == DataType::Array).then(|| Box::new(Field::new("items", DataType::Integer)));
        Field {
            nullable,
            constraints,
            items,
            precision: digits.map(|(precision, scale)| precision + scale),
            scale: digits.map(|(_, scale)| scale),
            ..Field::new("value", data_type)
        }
    })
    .boxed()
}

/// Both sides of one family.
fn pair() -> impl Strategy<Value = (Family, Field, Field)> {
    family().prop_flat_map(|family| (Just(family), field(family), field(family)))
}

/// Both sides of any families.
fn any_pair() -> impl Strategy<Value = (Field, Field)> {
    (family().prop_flat_map(field), family().prop_flat_map(field))
}

/// Every value that may matter: numbers by eighths, short words, days, lists.
fn values() -> Vec<Literal> {
    let mut values = vec![Literal::Null, Literal::Bool(true)];
    values.extend((-40i32..41).map(|part| match part % 8 {
        0 => Literal::Int(i128::from(part / 8)),
        _ => Literal::Float(f64::from(part) / 8.0),
    }));
    values.extend([9, 10, 99, 100, 999, 1000].map(Literal::Int));
    let mut words = vec![String::new()];
    for length in 0..4 {
        let longer: Vec<String> = words
            .iter()
            .filter(|word| word.len() == length)
            .flat_map(|word| ["a", "b", "c"].map(|letter| format!("{word}{letter}")))
            .collect();
        words.extend(longer);
    }
    values.extend(words.into_iter().map(text));
    values.extend(["\n", "aaaaa", "bbbbbb"].map(text));
    values.push(text("2025-12-31"));
    values.extend((1..10).map(|day| text(format!("2026-01-{day:02}"))));
    values.extend((0..7).map(|count| Literal::List(vec![Literal::Int(1); count])));
    values
}

fn has(changes: &[Change], level: impl Fn(&Change) -> Level) -> bool {
    changes.iter().any(|change| level(change) == Level::Major)
}

/// What is new is major for readers, what is gone for writers.
fn assert_sound(base: &Field, head: &Field) {
    let changes = changes(base, head);
    for value in values() {
        match (accepted(base, &value), accepted(head, &value)) {
            (Some(false), Some(true)) => {
                assert!(
                    has(&changes, |change| change.levels.reader),
                    "{value} is new\n{base:?}\n{head:?}\n{changes:#?}"
                );
            }
            (Some(true), Some(false)) => {
                assert!(
                    has(&changes, |change| change.levels.writer),
                    "{value} is gone\n{base:?}\n{head:?}\n{changes:#?}"
                );
            }
            _ => {}
        }
    }
}

/// Every witness that is a value is accepted on the side that it names, and there only.
fn assert_witnesses(base: &Field, head: &Field) -> usize {
    let mut count = 0;
    for change in changes(base, head) {
        let Some(witness) = &change.witness else { continue };
        let Some(value) = &witness.value else { continue };
        let (legal, illegal) = if witness.legal_in == Legal::Head { (head, base) } else { (base, head) };
        assert_eq!(accepted(legal, value), Some(true), "{witness}\n{base:?}\n{head:?}");
        assert_eq!(accepted(illegal, value), Some(false), "{witness}\n{base:?}\n{head:?}");
        count += 1;
    }
    count
}

/// Whether the sides allow the same, as far as the values can tell, and something at all: bounds that contradict each other
/// allow nothing, however they are moved.
fn are_equal(base: &Field, head: &Field) -> bool {
    let sides = || values().into_iter().map(|value| (accepted(base, &value), accepted(head, &value)));
    sides().all(|(one, other)| one.is_some() && one == other)
        && values().iter().any(|value| *value != Literal::Null && accepted(base, value) == Some(true))
}

proptest! {
    #[test]
    fn what_is_new_or_gone_is_major((_, base, head) in pair()) {
        // The catalogue grades a change of the type whatever the digits: whole numbers fit into a decimal, as if into one of
        // any size.
        let digits = |field: Field, other: &Field| {
            if field.data_type == other.data_type { field } else { Field { precision: None, scale: None, ..field } }
        };
        let (base, head) = (digits(base.clone(), &head), digits(head, &base));
        assert_sound(&base, &head);
    }

    #[test]
    fn witnesses_are_legal_on_one_side_only((_, base, head) in pair(), (one, other) in any_pair()) {
        assert_witnesses(&base, &head);
        assert_witnesses(&one, &other);
    }

    #[test]
    fn sets_that_are_equal_ask_for_nothing((family, base, head) in pair()) {
        // Of several families together each is a promise of its own. The values don't tell all patterns apart: those are
        // weighed below.
        let alone = matches!(family, Family::Bounds | Family::Lengths | Family::Days | Family::Items);
        let same_type = (base.data_type, base.precision, base.scale) == (head.data_type, head.precision, head.scale);
        // Digits bound a number as well.
        let plain = base.precision.is_none();
        if alone && same_type && plain && are_equal(&base, &head) {
            let changes = changes(&base, &head);
            let worst = changes.iter().map(|change| change.levels.worst()).max();
            prop_assert!(worst <= Some(Level::Patch), "{base:?}\n{head:?}\n{changes:#?}");
        }
    }

    #[test]
    fn the_way_back_mirrors_the_way_there((_, base, head) in pair()) {
        let head = Field { data_type: base.data_type, precision: base.precision, scale: base.scale, ..head };
        super::laws::assert_mirrored(&changes(&base, &head), &changes(&head, &base));
        prop_assert!(changes(&base, &base).is_empty());
    }

    #[test]
    fn patterns_are_told_apart_by_texts(one in pattern(), other in pattern()) {
        match Languages::default().difference(&[&one], &[&other]) {
            Difference::Nothing => {
                for text in values().iter().filter_map(Literal::text) {
                    prop_assert!(!matches(&one, text) || matches(&other, text), "{text:?}: {one} and {other}");
                }
            }
            Difference::Text(text) => {
                prop_assert!(matches(&one, &text) && !matches(&other, &text), "{text:?}: {one} and {other}");
                for shorter in values().iter().filter_map(Literal::text).filter(|other| other.len() < text.len()) {
                    prop_assert!(!matches(&one, shorter) || matches(&other, shorter), "{shorter:?} is shorter than {text:?}");
                }
            }
            Difference::Unknown => prop_assert!(false, "{one} and {other} are small"),
        }
    }
}

/// A promise of each kind with a number, and whether a measurement keeps a bound.
const PROMISES: &[(&str, bool, &[&str])] = &[
    ("quality", false, &["freshness"]),
    ("quality", true, &["completeness", "accuracy", "availability", "uniqueness"]),
    ("service_levels", false, &["rto", "rpo", "cadence"]),
    ("service_levels", true, &["availability", "completeness_min"]),
    ("service_levels", true, &["retention"]),
];

/// A bound in one of its spellings, and its size: tenths of a percent, or minutes.
fn bound(is_time: bool) -> BoxedStrategy<(String, u32)> {
    if is_time {
        let spelled = |hours: u32, how: u32| match how {
            0 => format!("{hours} hours"),
            1 => format!("{} minutes", hours * 60),
            2 => format!("PT{hours}H"),
            _ => format!("{}s", hours * 3600),
        };
        (1u32..6, 0u32..4).prop_map(move |(hours, how)| (spelled(hours, how), hours * 60)).boxed()
    } else {
        (980u32..1001, any::<bool>())
            .prop_map(|(tenths, long)| {
                let text = format!("{}.{}", tenths / 10, tenths % 10);
                (if long { format!("{text}0 %") } else { format!("{text}%") }, tenths)
            })
            .boxed()
    }
}

type Bound = Option<(String, u32)>;

fn promise() -> impl Strategy<Value = (&'static str, &'static str, bool, Bound, Bound)> {
    prop::sample::select(PROMISES.to_vec()).prop_flat_map(|(section, higher, keys)| {
        let key = prop::sample::select(keys.to_vec());
        key.prop_flat_map(move |key| {
            let is_time = !higher || key == "retention";
            (Just(section), Just(key), Just(higher), prop::option::of(bound(is_time)), prop::option::of(bound(is_time)))
        })
    })
}

fn with_promise(section: &str, key: &str, bound: &Bound) -> Contract {
    let promise = match (section, bound) {
        (_, None) => String::new(),
        ("quality", Some((text, _))) => format!("quality:\n  - {{metric_type: {key}, threshold: {text}}}\n"),
        (section, Some((text, _))) => format!("{section}:\n  {key}: {text}\n"),
    };
    let text = format!("name: orders\nversion: 1.0.0\nschema:\n  - {{name: id, data_type: string}}\n{promise}");
    contract_of(&text, 0).expect("a contract")
}

/// A field as a contract has it.
fn written(field: &Field) -> String {
    fn json(value: &Literal) -> serde_json::Value {
        match value {
            Literal::Null => serde_json::Value::Null,
            Literal::Bool(value) => (*value).into(),
            Literal::Int(value) => i64::try_from(*value).expect("a small number").into(),
            Literal::Float(value) => (*value).into(),
            Literal::Text(text) => text.as_str().into(),
            Literal::List(values) => values.iter().map(json).collect(),
            Literal::Map(_) => panic!("no maps here"),
        }
    }
    let constraints: Vec<serde_json::Value> = field
        .constraints
        .iter()
        .map(|one| serde_json::json!({ "type": one.kind.name(), "value": json(&one.value) }))
        .collect();
    let items = field
        .items
        .as_ref()
        .map_or_else(String::new, |items| format!("\n    items: {{data_type: {}}}", items.data_type.name()));
    let digits = match (field.precision, field.scale) {
        (Some(precision), Some(scale)) => format!("\n    precision: {precision}\n    scale: {scale}"),
        _ => String::new(),
    };
    format!(
        "name: orders\nversion: 1.0.0\nschema:\n  - name: value\n    data_type: {}\n    nullable: {}{digits}{items}\n    constraints: {}\n",
        field.data_type.name(),
        field.nullable,
        serde_json::Value::Array(constraints)
    )
}

proptest! {
    // Each case reads two texts.
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn promises_are_compared_by_what_keeps_them((section, key, higher, base, head) in promise()) {
        let sides = (with_promise(section, key, &base), with_promise(section, key, &head));
        let changes = contract(Some(&sides.0), Some(&sides.1), TODAY);
        let keeps = |bound: &Bound, measured: u32| {
            bound.as_ref().is_none_or(|(_, bound)| if higher { measured >= *bound } else { measured <= *bound })
        };
        let measured = || 0..1100;
        let is_new = measured().any(|one| keeps(&head, one) && !keeps(&base, one));
        let is_gone = measured().any(|one| keeps(&base, one) && !keeps(&head, one));
        prop_assert_eq!(has(&changes, |change| change.levels.reader), is_new, "{:?} {:?} {:#?}", base, head, changes);
        prop_assert_eq!(has(&changes, |change| change.levels.writer), is_gone, "{:?} {:?} {:#?}", base, head, changes);
        if !is_new && !is_gone {
            prop_assert!(changes.is_empty());
        }
        for change in &changes {
            let witness = change.witness.as_ref();
            let expected = if is_new { Legal::Head } else { Legal::Base };
            prop_assert_eq!(witness.map(|witness| witness.legal_in), Some(expected), "{:#?}", change);
        }
    }

    #[test]
    fn another_form_of_a_random_contract_is_no_change(field in family().prop_flat_map(field), seed in any::<u64>()) {
        super::laws::assert_form_is_nothing(&written(&field), seed);
    }
}

/// The values that people would name.
#[test]
fn simple_changes_have_a_witness() {
    let with = |data_type: DataType, kind: ConstraintKind, value: Literal| Field {
        constraints: vec![Constraint::new(kind, value)],
        ..Field::new("value", data_type)
    };
    let money = |max: Literal| Field { precision: Some(10), scale: Some(2), ..with(DataType::Decimal, K::Max, max) };
    let both = |least: i128| {
        let mut field = with(DataType::String, K::Regex, text("^[A-Z]+[0-9]$"));
        field.constraints.push(Constraint::new(K::MinLength, Literal::Int(least)));
        field
    };
    let cases = [
        (
            with(DataType::Integer, K::Max, Literal::Int(100)),
            with(DataType::Integer, K::Max, Literal::Int(1000)),
            "value = 101 (legal now, not before)",
        ),
        (money(Literal::Int(100)), money(Literal::Float(100.5)), "value = 100.01 (legal now, not before)"),
        (
            with(DataType::Integer, K::Max, Literal::Int(i128::MAX)),
            with(DataType::Integer, K::Max, Literal::Int(5)),
            "value = 6 (legal before, not now)",
        ),
        (
            with(DataType::Float, K::Max, Literal::Float(1e300)),
            with(DataType::Float, K::Max, Literal::Int(5)),
            "value = 6 (legal before, not now)",
        ),
        (
            with(DataType::String, K::MaxLength, Literal::Int(50)),
            with(DataType::String, K::MaxLength, Literal::Int(1_000_000_000_000)),
            "a text of 51 characters (legal now, not before)",
        ),
        (both(4), both(3), "a text of 3 characters (legal now, not before)"),
        (
            with(DataType::Date, K::Max, text("2026-12-31")),
            with(DataType::Date, K::Max, text("2027-12-31")),
            "value = '2027-01-01' (legal now, not before)",
        ),
        (
            with(DataType::Timestamp, K::Min, text("2026-01-01T00:00:00Z")),
            with(DataType::Timestamp, K::Min, text("2025-01-01T00:00:00Z")),
            "value = '2025-12-31T23:59:59Z' (legal now, not before)",
        ),
        (
            with(DataType::String, K::Regex, text("^[A-Z]{3}$")),
            with(DataType::String, K::Regex, text("^[A-Z]{3,4}$")),
            "value = 'AAAA' (legal now, not before)",
        ),
    ];
    for (base, head, expected) in cases {
        let found = changes(&base, &head);
        let [change] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(change.witness.as_ref().map(ToString::to_string).as_deref(), Some(expected));
        assert_witnesses(&base, &head);
    }
}

/// A contract written to hurt costs little, and what can't be found is not shown.
#[test]
fn hostile_sizes_are_bounded() {
    let with = |data_type: DataType, kind: ConstraintKind, value: Literal| Field {
        constraints: vec![Constraint::new(kind, value)],
        ..Field::new("value", data_type)
    };
    let many = |start: i128| Literal::List((start..start + 2_000).map(Literal::Int).collect());
    let mut listed = with(DataType::Integer, K::Enum, many(0));
    listed.constraints.push(Constraint::new(K::Max, Literal::Int(5)));
    let mut wider = listed.clone();
    wider.constraints[1].value = Literal::Int(7);
    let long = |letter: &str| text(format!("^({})$", letter.repeat(10_000)));
    let cases = [
        (listed, wider),
        (with(DataType::String, K::Regex, long("a")), with(DataType::String, K::Regex, long("b"))),
        (
            with(DataType::String, K::Regex, text(r"^(\w{1,100}){1,100}$")),
            with(DataType::String, K::Regex, text("^[ab]*a[ab]{60}$")),
        ),
        (
            with(DataType::Float, K::Max, Literal::Float(f64::MAX)),
            with(DataType::Float, K::Max, Literal::Float(f64::INFINITY)),
        ),
        (
            with(DataType::String, K::MinLength, Literal::Float(1e300)),
            with(DataType::String, K::MinLength, Literal::Int(i128::MAX)),
        ),
        (
            with(DataType::Array, K::MinItems, Literal::Int(i128::MAX)),
            with(DataType::Array, K::MinItems, Literal::Int(1_000_000_000)),
        ),
    ];
    let start = std::time::Instant::now();
    for (base, head) in &cases {
        assert!(!changes(base, head).is_empty(), "{base:?}");
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn patterns_that_can_not_be_weighed_are_to_review() {
    let with = |pattern: &str| Field {
        constraints: vec![Constraint::new(K::Regex, text(pattern))],
        ..Field::new("value", DataType::String)
    };
    let found = |one: &str, other: &str| -> Vec<(&str, &str)> {
        changes(&with(one), &with(other)).iter().map(|change| (change.meta.code, change.sure.name())).collect()
    };
    assert_eq!(found("^a(?=b)", "^ab"), [("pattern-changed", "review")]);
    assert_eq!(found("^[a-z]+$", "^[A-Z]+$"), [("pattern-changed", "possible")]);
    assert_eq!(found("^[0-9]{2}$", "^[0-9][0-9]$"), []);
    let none = Field::new("value", DataType::String);
    assert!(changes(&none, &with("(?s).*")).is_empty(), "a pattern that every text matches");
}
