//! Conditions held against rows, and against what SQLite makes of them.

use std::borrow::Cow;

use jiff::Timestamp;

use super::*;
use crate::expression::parse;

const FIELDS: &[(&str, DataType)] = &[
    ("a", DataType::Integer),
    ("b", DataType::Integer),
    ("price", DataType::Decimal),
    ("name", DataType::String),
    ("other", DataType::String),
    ("is_new", DataType::Boolean),
    ("day", DataType::Date),
    ("at", DataType::Timestamp),
    ("clock", DataType::Time),
    ("id", DataType::Uuid),
    ("any", DataType::Json),
    ("tags", DataType::Array),
];

fn program(text: &str) -> Result<Program, String> {
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    Program::new(text, &parse(text).unwrap(), now, &|names| {
        let name = names.last().map_or("", |name| name.text.as_str());
        let slot = FIELDS.iter().position(|(field, _)| *field == name).ok_or("there is no such field")?;
        Ok(Place { slot, data_type: FIELDS[slot].1 })
    })
}

fn number(text: &str) -> Value<'static> {
    Value::Number(Number::parse(text).unwrap())
}

fn row() -> Vec<Value<'static>> {
    vec![
        number("5"),
        Value::Null,
        Value::Number(Number::parse("12.50").unwrap().fractional()),
        Value::Text(Cow::Borrowed("Grüße")),
        Value::Text(Cow::Borrowed("")),
        Value::Bool(true),
        Value::Moment(Moment::date("2026-02-28").unwrap()),
        Value::Moment(Moment::parse("2026-02-28T23:30:00+00:00").unwrap()),
        Value::Time(time_of_day("06:30:15").unwrap()),
        Value::Uuid(1),
        Value::Json("{}"),
        Value::Json("[]"),
    ]
}

#[test]
fn conditions_are_true_false_or_unknown() {
    let (yes, no, unknown) = (Some(true), Some(false), None);
    for (text, wanted) in [
        ("a = 5", yes),
        ("a <> 5", no),
        ("b = 5", unknown),
        ("not b = 5", unknown),
        ("a = 5 or b = 1", yes),
        ("a = 4 or b = 1", unknown),
        ("a = 4 and b = 1", no),
        ("a = 5 and b = 1", unknown),
        ("b is null", yes),
        ("a is not null", yes),
        ("(b = 1) is unknown", yes),
        ("is_new is true", yes),
        ("is_new", yes),
        ("a is distinct from b", yes),
        ("b is not distinct from null", yes),
        ("a in (1, 5)", yes),
        ("a in (1, null)", unknown),
        ("a not in (1, null)", unknown),
        ("a not in (1, 2)", yes),
        ("a between 1 and 5", yes),
        ("a not between 1 and 5", no),
        ("a between 6 and b", no),
        ("a between 1 and b", unknown),
        ("price = 12.5", yes),
        ("price > '12.4'", yes),
        ("price / 2 = 6.25", yes),
        ("a / 2 = 2", yes),
        ("a % 2 = 1", yes),
        ("-a = -5", yes),
        ("0.1 + 0.2 = 0.3", yes),
        ("name like 'Gr%e'", yes),
        ("name like 'gr%'", no),
        ("name ilike 'gR_SS%'", no),
        ("name ilike 'GRÜ%'", yes),
        ("name not like '%!%%' escape '!'", yes),
        ("name ~ '^[[:alpha:]ü]+'", yes),
        ("name !~ '\\d'", yes),
        ("length(name) = 5", yes),
        ("octet_length(name) = 7", yes),
        ("upper('a') || lower('B') = 'Ab'", yes),
        ("substring(name from 2 for 2) = 'rü'", yes),
        ("substr(name, 4) = 'ße'", yes),
        ("left(name, 2) = 'Gr' and right(name, 1) = 'e'", yes),
        ("trim('  x ') = 'x'", yes),
        ("trim(leading from '  x ') = 'x '", yes),
        ("coalesce(b, a, 1) = 5", yes),
        ("nullif(a, 5) is null", yes),
        ("greatest(a, b, 7) = 7 and least(a, b) = 5", yes),
        ("round(price) = 13 and round(2.345, 2) = 2.35", yes),
        ("floor(-1.5) = -2 and ceil(-1.5) = -1 and abs(-1.5) = 1.5", yes),
        ("starts_with(name, 'Gr') and not contains(name, 'x')", yes),
        ("position('ü' in name) = 3 and strpos(name, 'x') = 0", yes),
        ("concat('a', null, 'b') = 'ab'", yes),
        ("replace(name, 'ß', 'ss') = 'Grüsse'", yes),
        ("other = ''", yes),
        ("case when a > 4 then 'big' else 'small' end = 'big'", yes),
        ("case a when 1 then 'one' end is null", yes),
        ("cast('12' as integer) = 12", yes),
        ("'12'::numeric(4,1) = 12", yes),
        ("try_cast(name as integer) is null", yes),
        ("cast(a as varchar) = '5'", yes),
        ("day = '2026-02-28'", yes),
        ("day < current_date", yes),
        ("at < now() and at > now() - interval '2 days'", yes),
        ("at >= date '2026-02-28'", yes),
        ("day + 1 = date '2026-03-01'", yes),
        ("date '2026-03-01' - day = 1", yes),
        ("now() - at < interval '1 day'", yes),
        ("day + interval '1 month' = '2026-03-28'", yes),
        ("extract(year from at) = 2026 and month(day) = 2", yes),
        ("date_part('hour', at) = 23", yes),
        ("extract(dow from day) = 6", yes),
        ("clock >= '06:00' and hour(clock) = 6", yes),
        ("cast(at as date) = day", yes),
        ("id = '00000000-0000-0000-0000-000000000001'", yes),
        ("any is not null and tags is not null", yes),
        ("null", unknown),
    ] {
        let program = program(text).unwrap_or_else(|reason| panic!("{text}: {reason}"));
        assert_eq!(program.holds(&row()), Ok(wanted), "{text}");
    }
}

#[test]
fn what_has_no_answer_for_a_row_is_no_answer() {
    for (text, failed) in [
        ("a / 0 = 1", Failed::DivisionByZero),
        ("price / (a - 5) > 1", Failed::DivisionByZero),
        ("mod(a, 0) = 1", Failed::DivisionByZero),
        ("cast(name as integer) = 1", Failed::Cast),
        ("substring(name, 1, -1) = ''", Failed::Argument),
        ("1e300 * 1e300 > a", Failed::Overflow),
        ("day + 99999999 > day", Failed::Overflow),
    ] {
        assert_eq!(program(text).unwrap().holds(&row()), Err(failed), "{text}");
    }
    let guarded = program("a <> 5 and 1 / (a - 5) = 1").unwrap();
    assert_eq!(guarded.holds(&row()), Ok(Some(false)), "what is not needed is not evaluated");
}

#[test]
fn what_is_not_known_is_refused_before_any_row() {
    for text in [
        "a",
        "a = name",
        "a = 'five'",
        "day = 'soon'",
        "any = 1",
        "tags = tags",
        "missing = 1",
        "sum(a) > 1",
        "row_number() over () = 1",
        "random() < 1",
        "st_area(a) > 1",
        "a in (select 1)",
        "(a, b) = (1, 2)",
        "name like other",
        "name similar to 'a'",
        "name ~ '(?=a)'",
        "name ~ 'a{1000}{1000}'",
        "any -> 'x' = '1'",
        "cast(at as text) = 'x'",
        "cast(name as varchar(2)) = 'x'",
        "extract(century from at) = 1",
        "name + 1 = 2",
        "interval '1 day' = 1",
        "length(a) = 1",
        "round() = 1",
    ] {
        assert!(program(text).is_err(), "{text} is evaluated");
    }
}

mod against_sqlite {
    use proptest::prelude::*;
    use rusqlite::types::ValueRef;
    use rusqlite::{Connection, params_from_iter};

    use super::*;

    fn whole() -> impl Strategy<Value = String> {
        (-6i32..7).prop_map(|number| if number < 0 { format!("({number})") } else { number.to_string() })
    }

    fn numeric() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![Just("a".to_owned()), Just("b".to_owned()), Just("null".to_owned()), whole()];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let two = (inner.clone(), inner.clone());
            prop_oneof![
                (two.clone(), prop_oneof![Just("+"), Just("-"), Just("*"), Just("/"), Just("%")])
                    .prop_map(|((one, two), operator)| format!("({one} {operator} {two})")),
                inner.clone().prop_map(|one| format!("abs({one})")),
                two.clone().prop_map(|(one, two)| format!("coalesce({one}, {two})")),
                two.clone().prop_map(|(one, two)| format!("nullif({one}, {two})")),
                (condition_of(two.0.clone().boxed()), inner.clone(), inner)
                    .prop_map(|(when, one, two)| format!("case when {when} then {one} else {two} end")),
                text().prop_map(|one| format!("length({one})")),
            ]
        })
    }

    fn text() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("name".to_owned()),
            Just("other".to_owned()),
            "[abAB ]{0,3}".prop_map(|text| format!("'{text}'")),
        ];
        leaf.prop_recursive(2, 6, 2, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} || {two})")),
                inner.clone().prop_map(|one| format!("upper({one})")),
                inner.clone().prop_map(|one| format!("lower({one})")),
                inner.clone().prop_map(|one| format!("trim({one})")),
                (inner.clone(), 1i32..4, 0i32..4)
                    .prop_map(|(one, from, most)| format!("substr({one}, {from}, {most})")),
                (inner.clone(), "[abAB]", "[abAB ]{0,2}")
                    .prop_map(|(one, from, to)| format!("replace({one}, '{from}', '{to}')")),
            ]
        })
    }

    fn condition_of(number: BoxedStrategy<String>) -> impl Strategy<Value = String> {
        let comparison = prop_oneof![Just("="), Just("<>"), Just("<"), Just("<="), Just(">"), Just(">=")];
        prop_oneof![
            (number.clone(), comparison.clone(), number.clone())
                .prop_map(|(one, comparison, two)| format!("{one} {comparison} {two}")),
            (text(), comparison, text()).prop_map(|(one, comparison, two)| format!("{one} {comparison} {two}")),
            (number.clone(), any::<bool>())
                .prop_map(|(one, not)| format!("{one} is {}null", if not { "not " } else { "" })),
            (number.clone(), number.clone(), number.clone(), any::<bool>()).prop_map(|(one, two, three, not)| {
                format!("{one} {}in ({two}, {three})", if not { "not " } else { "" })
            }),
            (number.clone(), number.clone(), number, any::<bool>()).prop_map(|(one, two, three, not)| {
                format!("{one} {}between {two} and {three}", if not { "not " } else { "" })
            }),
            (text(), "[abAB%_ ]{0,4}", any::<bool>())
                .prop_map(|(one, pattern, not)| format!("{one} {}like '{pattern}'", if not { "not " } else { "" })),
        ]
    }

    fn condition() -> impl Strategy<Value = String> {
        condition_of(numeric().boxed()).prop_recursive(3, 10, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("(({one}) and ({two}))")),
                (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("(({one}) or ({two}))")),
                inner.clone().prop_map(|one| format!("not ({one})")),
                inner.prop_map(|one| format!("({one}) is true")),
            ]
        })
    }

    fn value() -> impl Strategy<Value = Option<i64>> {
        proptest::option::weighted(0.8, -5i64..6)
    }

    fn word() -> impl Strategy<Value = Option<String>> {
        proptest::option::weighted(0.8, "[abAB ]{0,3}")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_condition_is_what_sqlite_says(text in condition(), a in value(), b in value(), name in word(), other in word()) {
            let Ok(program) = program(&text) else { return Ok(()) };
            let words = |word: &Option<String>| word.clone().map_or(Value::Null, |word| Value::Text(Cow::Owned(word)));
            let numbers = |number: Option<i64>| number.map_or(Value::Null, |number| Value::Number(Number::Int(number.into())));
            let row = [numbers(a), numbers(b), Value::Null, words(&name), words(&other)];
            let sqlite = Connection::open_in_memory().unwrap();
            sqlite.execute_batch("pragma case_sensitive_like = on").unwrap();
            let values: Vec<rusqlite::types::Value> = vec![a.into(), b.into(), name.into(), other.into()];
            let query = format!("select {text} from (select ?1 as a, ?2 as b, ?3 as name, ?4 as other)");
            let found = sqlite.query_row(&query, params_from_iter(values), |row| {
                Ok(match row.get_ref(0)? {
                    ValueRef::Integer(truth) => Some(truth != 0),
                    _ => None,
                })
            });
            match program.holds(&row) {
                Ok(truth) => prop_assert_eq!(truth, found.unwrap(), "{}", text),
                // To SQLite a quotient by zero is null.
                Err(failed) => prop_assert_eq!(failed, Failed::DivisionByZero, "{}", text),
            }
        }
    }
}
