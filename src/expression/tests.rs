use proptest::prelude::*;

use super::*;
use crate::model::{Constraint, ConstraintKind, DataType, Dataset, Field, Literal};

fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type)
}

fn orders() -> Dataset {
    let enumeration = ["open", "paid", "settled"].map(|text| Literal::Text(text.to_owned()));
    Dataset {
        name: "orders".to_owned(),
        fields: vec![
            Field { nullable: false, ..field("order_id", DataType::String) },
            field("amount", DataType::Decimal),
            field("quantity", DataType::Integer),
            field("ratio", DataType::Float),
            Field {
                constraints: vec![Constraint::new(ConstraintKind::Enum, Literal::List(enumeration.to_vec()))],
                ..field("status", DataType::String)
            },
            field("is_paid", DataType::Boolean),
            Field { nullable: false, ..field("is_open", DataType::Boolean) },
            field("ordered_on", DataType::Date),
            field("placed_at", DataType::Timestamp),
            field("opens_at", DataType::Time),
            field("token", DataType::Uuid),
            field("payload", DataType::Json),
            field("whatever", DataType::Unknown),
            field("orderLine", DataType::String),
            Field {
                fields: vec![field("city", DataType::String), field("number", DataType::Integer)],
                ..field("address", DataType::Object)
            },
            Field {
                items: Some(Box::new(Field {
                    fields: vec![field("price", DataType::Decimal)],
                    ..field("", DataType::Object)
                })),
                ..field("lines", DataType::Array)
            },
        ],
        ..Dataset::default()
    }
}

fn mistakes_of(text: &str, wanted: Wanted) -> Vec<Mistake> {
    let dataset = orders();
    match parse(text) {
        Ok(expr) => judge(text, &expr, &Scope::new([&dataset]), wanted),
        Err(mistake) => vec![mistake],
    }
}

/// The kinds of mistakes of a condition, with the text that each is about.
fn told(text: &str) -> Vec<(Mistakes, String)> {
    let place = |mistake: &Mistake| text.get(mistake.at.clone()).expect("a place in the text").to_owned();
    let mistakes = mistakes_of(text, Wanted::Condition);
    mistakes.iter().map(|mistake| (mistake.kind, place(mistake))).collect()
}

#[test]
fn what_is_right_is_silent() {
    let right = [
        "amount > 0",
        "AMOUNT >= 0.5 AND orders.quantity <> 3",
        "\"amount\" > 0 and `quantity` < 5",
        "(amount > 0)",
        "not is_paid or amount = 0",
        "amount between 0 and 100 and quantity not between 5 and 6",
        "status in ('open', 'paid')",
        "status <> 'settled' OR placed_at IS NOT NULL",
        "ordered_on >= '2020-01-01' and placed_at > timestamp '2020-01-01 00:00:00'",
        "ordered_on = date '2024-02-29'",
        "placed_at >= ordered_on",
        "placed_at > ordered_on + interval '1' day",
        "placed_at - interval '2 hours' < ordered_on",
        "ordered_on + 3 > '2020-01-01'",
        "amount > '5'",
        "token = '6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f'",
        "order_id like 'A%' and order_id not like '%_x' escape '!'",
        "order_id ~ '^[A-Z]+$'",
        "length(order_id) = 8 and lower(trim(both ' ' from order_id)) <> ''",
        "substring(order_id from 1 for 2) = 'AB'",
        "position('x' in order_id) > 0",
        "extract(year from ordered_on) >= 2020",
        "date_trunc('month', placed_at) = date_trunc(month, ordered_on)",
        "datediff(day, ordered_on, placed_at) < 3",
        "coalesce(amount, 0) >= 0",
        "case when is_paid then amount > 0 else amount = 0 end",
        "case status when 'paid' then 1 else 0 end = 1",
        "cast(order_id as integer) > 5",
        "order_id::int > 5 and order_id::varchar(10) = 'a'",
        "address.city <> '' and orders.address.number > 0",
        "payload.anything.at.all = 5",
        "payload->>'a' = 'x' and payload ->> 'b' is not null",
        "whatever > 5 or whatever = 'x'",
        "orderline <> 'x'",
        "order_id || '-' || quantity <> 'a-1'",
        "abs(amount - quantity) < 0.01 * amount",
        "is_paid is not true",
        "amount is distinct from quantity",
        "is_paid = true and is_open",
        "my_own_function(amount, 5) = 'x'",
        "amount > 0 -- not nothing\n  /* at all */ and quantity > 0",
        "(amount, quantity) = (1, 2)",
        "array_length(lines) > 0 and lines[1].price > 0",
        "exists_flag(status)",
        "ratio = ratio",
        "order_id is not null",
        "amount > 1 and amount < 2",
        "amount < 1 or amount > 1",
        "amount >= 0 or amount < 0",
        "status = 'paid' and amount > 0 or status = 'open' and amount = 0",
        "greatest(amount, 0) <= least(quantity, 10)",
        "opens_at > '08:00'",
    ];
    for text in right {
        let found = told(text);
        let found: Vec<_> = found.iter().filter(|(kind, _)| *kind != Mistakes::UnknownFunction).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn mistakes_are_told_where_they_stand() {
    use Mistakes::*;
    let wrong = [
        ("amount >", Syntax, ">"),
        ("amount > and is_paid", Syntax, "and"),
        ("amount > 0)", Syntax, ")"),
        ("(amount > 0", Syntax, "0"),
        ("amount > 0;", Syntax, ";"),
        ("amount 5", Syntax, "5"),
        ("status = 'paid", Syntax, "'paid"),
        ("select count(*) from orders", Syntax, "select"),
        ("amount between 1", Syntax, "1"),
        ("case amount end", Syntax, "end"),
        ("amount > {x}", Syntax, "{"),
        ("ammount > 0", FieldUnknown, "ammount"),
        ("orders.ammount > 0", FieldUnknown, "orders.ammount"),
        ("address.town = 'x'", FieldUnknown, "address.town"),
        ("status = \"paid\"", FieldUnknown, "\"paid\""),
        ("amount.x > 0", FieldUnknown, "amount.x"),
        ("status = open", FieldUnknown, "open"),
        ("status in ('paid', settled)", FieldUnknown, "settled"),
        ("amount > 0 && status = 'open'", Syntax, "&&"),
        ("amount > 0 || status = 'open'", Syntax, "||"),
        ("'abc' > 1", TypeMismatch, "'abc'"),
        ("amount > 'abc'", TypeMismatch, "'abc'"),
        ("order_id > 5", TypeMismatch, "order_id > 5"),
        ("ordered_on > 5", TypeMismatch, "ordered_on > 5"),
        ("ordered_on > 'soon'", TypeMismatch, "'soon'"),
        ("ordered_on > '2024-02-30'", TypeMismatch, "'2024-02-30'"),
        ("is_paid = 1", TypeMismatch, "is_paid = 1"),
        ("is_paid > amount", TypeMismatch, "is_paid > amount"),
        ("amount and is_paid", TypeMismatch, "amount"),
        ("status = 'paid' or 'open'", TypeMismatch, "'open'"),
        ("not quantity", TypeMismatch, "quantity"),
        ("amount like '5%'", TypeMismatch, "amount"),
        ("lower(amount) = 'x'", TypeMismatch, "amount"),
        ("status + 'x' = 'y'", TypeMismatch, "status + 'x'"),
        ("amount in (1, 'x')", TypeMismatch, "'x'"),
        ("token = 'abc'", TypeMismatch, "'abc'"),
        ("case when is_paid then 1 else ordered_on end > 0", TypeMismatch, "ordered_on"),
        ("amount", NotBoolean, "amount"),
        ("amount + 1", NotBoolean, "amount + 1"),
        ("'paid'", NotBoolean, "'paid'"),
        ("coalesce(amount, 0)", NotBoolean, "coalesce(amount, 0)"),
        ("1 = 1", AlwaysTrue, "1 = 1"),
        ("true", AlwaysTrue, "true"),
        ("amount > 0 or 2 > 1", AlwaysTrue, "amount > 0 or 2 > 1"),
        ("amount > 0 and 2 > 1", AlwaysTrue, "2 > 1"),
        ("amount = amount", AlwaysTrue, "amount = amount"),
        ("abs(amount) <= ABS(amount)", AlwaysTrue, "abs(amount) <= ABS(amount)"),
        ("amount >= 0 or amount < 0 or amount is null", AlwaysTrue, "amount >= 0 or amount < 0 or amount is null"),
        (
            "quantity > 5 or quantity <= 5 or quantity is null",
            AlwaysTrue,
            "quantity > 5 or quantity <= 5 or quantity is null",
        ),
        ("is_open or not is_open", AlwaysTrue, "is_open or not is_open"),
        ("order_id = 'a' or order_id <> 'a'", AlwaysTrue, "order_id = 'a' or order_id <> 'a'"),
        ("1 = 2", AlwaysFalse, "1 = 2"),
        ("amount <> amount", AlwaysFalse, "amount <> amount"),
        ("amount > 5 and amount < 3", AlwaysFalse, "amount > 5 and amount < 3"),
        ("is_paid and amount > 5 and amount < 3", AlwaysFalse, "amount > 5 and amount < 3"),
        ("amount between 5 and 3", AlwaysFalse, "amount between 5 and 3"),
        ("quantity > 5 and quantity < 6", AlwaysFalse, "quantity > 5 and quantity < 6"),
        (
            "ordered_on > '2024-01-01' and ordered_on < '2023-01-01'",
            AlwaysFalse,
            "ordered_on > '2024-01-01' and ordered_on < '2023-01-01'",
        ),
        ("order_id is null", AlwaysFalse, "order_id is null"),
        ("order_id is null or amount > 0", AlwaysFalse, "order_id is null"),
        ("order_id = 'a' and order_id = 'b'", AlwaysFalse, "order_id = 'a' and order_id = 'b'"),
        ("is_paid and not is_paid", AlwaysFalse, "is_paid and not is_paid"),
        ("not (amount >= 0 or amount < 0)", AlwaysFalse, "not (amount >= 0 or amount < 0)"),
        ("status = 'payed'", ImpossibleValue, "'payed'"),
        ("status in ('open', 'closed')", ImpossibleValue, "'closed'"),
        ("amount = NULL", ComparesNull, "amount = NULL"),
        ("null <> amount", ComparesNull, "null <> amount"),
        ("amount not in (1, null)", ComparesNull, "null)"),
        ("placed_at <= now()", Nondeterministic, "now()"),
        ("ordered_on <= current_date", Nondeterministic, "current_date"),
        ("random() < 0.5", Nondeterministic, "random()"),
        ("sum(amount) > 0", Aggregate, "sum(amount)"),
        ("count(*) > 0", Aggregate, "count(*)"),
        (
            "row_number() over (partition by status order by amount) = 1",
            Aggregate,
            "row_number() over (partition by status order by amount)",
        ),
        ("order_id in (select id from others)", Subquery, "select id from others)"),
        ("frobnicate(amount) > 0", UnknownFunction, "frobnicate"),
        ("amount / 0 > 1", DivisionByZero, "0"),
        ("mod(amount, 0) = 1", DivisionByZero, "0"),
        ("order_id like 'abc'", LikeWithoutWildcard, "'abc'"),
    ];
    for (text, kind, place) in wrong {
        assert_eq!(told(text), [(kind, place.to_owned())], "{text}: {:#?}", mistakes_of(text, Wanted::Condition));
    }
}

#[test]
fn letter_case_of_texts_may_not_count_in_a_database() {
    assert_eq!(told("order_id = 'a' and order_id = 'A'"), []);
    assert_eq!(told("orderline = 'a' or orderline <> 'A' or orderline is null"), []);
}

#[test]
fn corrections_give_what_was_meant() {
    let cases = [
        ("ammount > 0", "amount > 0"),
        ("orders.ammount > 0", "orders.amount > 0"),
        ("\"ammount\" > 0", "\"amount\" > 0"),
        ("address.citi = 'x'", "address.city = 'x'"),
        ("amount = NULL", "amount IS NULL"),
        ("is_paid and null <> amount", "is_paid and amount is not null"),
        ("status = 'settld'", "status = 'settled'"),
        ("order_id = \"x\"", "order_id = 'x'"),
    ];
    for (text, right) in cases {
        let found = mistakes_of(text, Wanted::Condition);
        let [Mistake { correction: Some(correction), .. }] = found.as_slice() else { panic!("{text}: {found:?}") };
        let mut mended = text.to_owned();
        mended.replace_range(correction.at.clone(), &correction.text);
        assert_eq!(mended, right);
        assert!(told(right).is_empty(), "{right}");
    }
}

#[test]
fn a_value_needs_no_condition_and_a_filter_no_published_field() {
    assert_eq!(mistakes_of("day(ordered_on)", Wanted::Value), []);
    assert_eq!(mistakes_of("bucket(16, order_id)", Wanted::Value), []);
    assert_eq!(mistakes_of("deleted_flag = 0 and status <> 'test'", Wanted::Filter), []);
    assert_eq!(mistakes_of("statsu = 'paid'", Wanted::Filter).len(), 1);
}

#[test]
fn queries_are_one_that_reads_one_value() {
    use Mistakes::*;
    let cases: &[(&str, &[(Mistakes, &str)])] = &[
        ("SELECT count(*) FROM {object} WHERE amount < 0", &[]),
        ("select count(*) from ${table} where ${column} < 0;", &[]),
        ("SELECT count(*)\nFROM {object}\nWHERE amount < 0 -- why\n", &[]),
        ("WITH bad AS (SELECT * FROM orders) SELECT count(*) FROM bad", &[]),
        ("SELECT 1", &[]),
        ("SELECT count(*) FROM ${SCHEMA:-public}.orders", &[]),
        ("SELECT replace(a, 'x', 'y') AS r FROM t", &[]),
        ("SELECT count(*) FROM {{ ref('orders') }}", &[]),
        ("SELECT count(*) FROM t WHERE a = '{nothing}'", &[]),
        ("DELETE FROM orders", &[(NotReadOnly, "DELETE")]),
        ("SELECT 1; DROP TABLE orders", &[(NotReadOnly, ";")]),
        ("WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone", &[(NotReadOnly, "DELETE")]),
        ("WITH a AS (SELECT 1) DELETE FROM orders", &[(NotReadOnly, "DELETE")]),
        ("SELECT a INTO b FROM c", &[(NotReadOnly, "INTO")]),
        ("SELECT a FROM b FOR UPDATE", &[(NotReadOnly, "FOR")]),
        ("CREATE TABLE a (b int)", &[(NotReadOnly, "CREATE")]),
        ("SELECT count(* FROM orders", &[(QuerySyntax, "FROM")]),
        ("SELEC count(*) FROM orders", &[(QuerySyntax, "SELEC")]),
        ("amount > 0", &[(QuerySyntax, "amount")]),
        ("", &[(QuerySyntax, "")]),
        ("SELECT count(*), max(a) FROM b", &[(NotOneValue, "SELECT")]),
        ("SELECT * FROM b", &[(NotOneValue, "SELECT")]),
        ("SELECT count(*) FROM {objekt}", &[(UnknownPlaceholder, "{objekt}")]),
        ("SELECT count(*) FROM ${tabel}", &[(UnknownPlaceholder, "${tabel}")]),
    ];
    for (text, expected) in cases {
        let found = judge_query(text);
        let found: Vec<_> = found.iter().map(|mistake| (mistake.kind, &text[mistake.at.clone()])).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

/// On a thread with as little stack as those have that lint files.
fn on_a_small_stack(check: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(check);
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn hostile_text_ends_in_a_mistake() {
    on_a_small_stack(|| {
        let many = |text: &str, times: usize| text.repeat(times);
        let texts = [
            many("(", 90_000),
            many("not ", 20_000),
            many("-", 90_000),
            many("- ", 40_000),
            format!("{}1", many("1+", 40_000)),
            format!("{}1 = 1", many("1 = ", 20_000)),
            format!("a{}", many("::int", 15_000)),
            format!("a{}", many("[1]", 30_000)),
            format!("a{}", many(".a", 40_000)),
            format!("{}a", many("case when ", 9_000)),
            format!("{}a", many("cast(", 15_000)),
            format!("{}a", many("f(", 40_000)),
            format!("amount > 0{}", many(" or amount > 0", 6_000)),
            format!("quantity > 0{}", many(" and quantity <> 5 or quantity < 7", 2_000)),
            format!("quantity in (1{})", many(", 2", 30_000)),
            format!("x is{}", many(" null is", 9_000)),
            many("/*", 40_000),
            many("{", 90_000),
            many("'", 90_001),
            many("interval ", 10_000),
            many("ä\u{202e}\u{0}", 10_000),
            "x".repeat(1 << 20),
        ];
        for text in &texts {
            let before = std::time::Instant::now();
            mistakes_of(text, Wanted::Condition);
            judge_query(text);
            judge_query(&format!("select {text}"));
            judge_query(&format!("select 1 from {text}"));
            let shown = text.get(..20).unwrap_or_default();
            assert!(before.elapsed().as_secs() < 20, "{shown}: {:?}", before.elapsed());
        }
    });
}

#[test]
fn queries_that_nest_as_deep_as_is_asked_end_soon() {
    on_a_small_stack(|| {
        for piece in ["(", "not ", "cast(", "case when ", "interval ", "(select * from (", "f(not "] {
            for times in [3, 7, 8, 30] {
                let text = piece.repeat(times);
                judge_query(&format!("select {text} x y z {{"));
                judge_query(&format!("select 1 from {text} x y z {{"));
            }
        }
    });
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "amount",
        "status",
        "(",
        ")",
        "'",
        "\"",
        "and",
        "or",
        "not",
        "in",
        "between",
        "is",
        "null",
        "like",
        "case",
        "when",
        "then",
        "else",
        "end",
        "cast",
        "as",
        "int",
        "::",
        ".",
        ",",
        "1",
        "0.5",
        "=",
        "<",
        ">",
        "+",
        "-",
        "*",
        "/",
        "||",
        "--",
        "/*",
        "*/",
        "\n",
        "interval",
        "date",
        "'x'",
        "'2020-01-01'",
        "{",
        "}",
        "$",
        "[",
        "]",
        "select",
        "from",
        "ü",
        "\u{202e}",
        "extract",
        "over",
        "filter",
        "e'\\'",
        "$$",
        "->",
        ";",
        ":",
        "?",
        "@",
        "`",
        "1e",
        "0x",
    ]);
    prop::collection::vec((pieces, prop::bool::ANY), 0..40).prop_map(|pieces| {
        let spaced = pieces.into_iter().map(|(piece, space)| format!("{piece}{}", if space { " " } else { "" }));
        spaced.collect()
    })
}

fn number() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["amount", "quantity", "address.number", "7", "3.25"]).prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", "-", "*"]), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            inner.clone().prop_map(|inner| format!("abs({inner})")),
            inner.clone().prop_map(|inner| format!("coalesce({inner}, 0)")),
            inner.prop_map(|inner| format!("(- {inner})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (number(), prop::sample::select(vec!["=", "<>", "<", ">="]), number())
            .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
        (number(), number(), number()).prop_map(|(value, low, high)| format!("{value} between {low} and {high}")),
        (number(), prop::collection::vec(number(), 1..4))
            .prop_map(|(value, list)| format!("{value} in ({})", list.join(", "))),
        prop::sample::select(vec![
            "is_paid",
            "status = 'paid'",
            "order_id like 'A%'",
            "placed_at is null",
            "ordered_on < '2024-05-01'",
            "placed_at > ordered_on + interval '1' day",
            "case when is_paid then amount > 1 else quantity = 2 end",
            "cast(order_id as integer) <> 4",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) and ({right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} or {right})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in any_text(), other in ".{0,60}") {
        for text in [&text, &other] {
            for mistake in mistakes_of(text, Wanted::Condition).iter().chain(&judge_query(text)) {
                prop_assert!(text.get(mistake.at.clone()).is_some(), "{text:?}: {mistake:?}");
            }
        }
    }

    #[test]
    fn what_is_well_typed_has_no_mistake_of_form_or_type(text in condition()) {
        let found = told(&text);
        let certain = [Mistakes::AlwaysTrue, Mistakes::AlwaysFalse];
        prop_assert!(found.iter().all(|(kind, _)| certain.contains(kind)), "{text}: {found:?}");
        let expr = parse(&text).expect("SQL");
        let printed = expr.to_string();
        let again = parse(&printed).expect("SQL again");
        prop_assert!(expr.is_same(&again), "{text}: {printed}: {again}");
    }
}
