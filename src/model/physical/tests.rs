use proptest::prelude::*;

use super::{Digits, Physical, PhysicalType as P};

/// Spellings of one type each.
pub(crate) const SPELLINGS: &[&[&str]] = &[
    &[
        "VARCHAR(50)",
        "varchar(50)",
        "character varying(50)",
        "Character  Varying ( 50 )",
        "nvarchar(50)",
        "varchar2(50 char)",
    ],
    &["text", "TEXT", "string", "varchar", "varchar(max)", "clob"],
    &["char(3)", "CHARACTER(3)", "bpchar(3)"],
    &["INT4", "INTEGER", "int", "int32", "int(11)", "serial"],
    &["int8", "bigint", "BIGINT(20)", "int64", "long"],
    &["bigint unsigned", "BIGINT(20) UNSIGNED", "uint64", "ubigint"],
    &["NUMERIC(12, 2)", "decimal(12,2)", "NUMBER(12,2)", "dec (12 , 2)"],
    &["NUMERIC", "DECIMAL", "number"],
    &["numeric(10)", "numeric(10,0)"],
    &["real", "float4", "float", "float(24)"],
    &["double precision", "float8", "DOUBLE", "float64", "float(53)"],
    &["timestamp(3) with time zone", "TIMESTAMPTZ(3)", "timestamp_tz(3)", "timestamp-millis", "timestamp[ms, tz=UTC]"],
    &["timestamp", "timestamp without time zone", "datetime", "TIMESTAMP_NTZ"],
    &["timestamp(3)", "timestamp_ms", "datetime64(3)", "local-timestamp-millis"],
    &["time with time zone", "timetz"],
    &["jsonb", "JSON", "variant"],
    &["bytea", "BLOB", "bytes", "binary"],
    &["integer[]", "array<int>", "ARRAY(INTEGER)", "list<int32>", "int4 array", "integer[3]"],
    &["map<string,bigint>", "MAP(varchar, int8)"],
    &["struct<a:int,b:array<string>>", "ROW(a integer, b text[])", "STRUCT<A INT, B ARRAY<STRING>>"],
    &["geometry(Point, 4326)", "GEOMETRY(point,EPSG:4326)"],
    &["vector(768)", "VECTOR(FLOAT, 768)", "vector<float, 768>"],
    &["ltree", "LTREE", " lTree "],
    &["my type(3, x)", "MY  TYPE (3,X)"],
    &["enum('a','b')", "ENUM( 'a' , 'b' )"],
    &["interval day to second", "INTERVAL DAY TO SECOND"],
];

#[test]
fn a_type_is_one_in_every_spelling_and_another_than_the_rest() {
    for (index, group) in SPELLINGS.iter().enumerate() {
        for text in *group {
            for (other, others) in SPELLINGS.iter().enumerate() {
                for against in *others {
                    assert_eq!(P::parse(text) == P::parse(against), index == other, "{text} and {against}");
                }
            }
        }
    }
}

#[test]
fn what_is_shown_is_read_as_the_same() {
    for text in SPELLINGS.iter().copied().flatten() {
        let kind = P::parse(text);
        assert_eq!(P::parse(&kind.to_string()), kind, "{text}: {kind}");
    }
}

#[test]
fn widths_are_those_of_the_systems() {
    let bits = |text: &str| match P::parse(text) {
        P::Integer { bits, signed } => (bits, signed),
        other => panic!("{other}"),
    };
    assert_eq!(bits("tinyint"), (Some(8), true));
    assert_eq!(bits("int16"), (Some(16), true));
    assert_eq!(bits("int8"), (Some(64), true));
    assert_eq!(bits("uint8"), (Some(8), false));
    assert_eq!(bits("mediumint unsigned"), (Some(24), false));
    assert_eq!(P::parse("number(*,0)"), P::Decimal(Some(Digits { precision: 38, scale: 0 })));
    assert_eq!(P::parse("numeric(2,-3)"), P::Decimal(Some(Digits { precision: 2, scale: -3 })));
    assert_eq!(P::parse("char"), P::Text { length: Some(1), fixed: true });
    assert_eq!(P::parse("interval"), P::Interval(String::new()));
    assert_eq!(P::parse("point"), P::Other("point".to_owned()));
    assert_eq!(P::parse("set('a','b')"), P::Other("set('a','b')".to_owned()));
}

#[test]
fn what_is_broken_or_deep_is_kept_as_text() {
    for text in ["varchar(50", "varchar)50(", "a<b)>", "enum('a", "numeric(1,2,3)", "", "([{<"] {
        assert_eq!(P::parse(text), P::Other(text.to_owned()), "{text}");
    }
    let deep = format!("{}int{}", "array<".repeat(1000), ">".repeat(1000));
    assert!(matches!(P::parse(&deep), P::Other(_)));
    let nested = format!("{}int{}", "array<".repeat(100), ">".repeat(100));
    assert_eq!(P::parse(&nested), P::parse(&nested.to_uppercase()));
    assert_eq!(Physical::new("VarChar(5)").text, "VarChar(5)");
}

proptest! {
    #[test]
    fn any_text_is_a_type_and_its_case_is_nothing(text in "[a-z0-9(),<>\\[\\]: ]{0,40}") {
        prop_assert_eq!(P::parse(&text), P::parse(&text.to_uppercase()));
        prop_assert_eq!(P::parse(&text), P::parse(&format!("  {text} ")));
    }

    #[test]
    fn hostile_text_is_survived(text in any::<String>()) {
        let _ = P::parse(&text).to_string();
    }
}
