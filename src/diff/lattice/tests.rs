//! The table held against itself, against the written catalogue, and against the values that types allow.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::diff::catalog;
use crate::diff::tests::{TODAY, contract_of};
use crate::finding::change::{Change, Grade, Level, Sureness};
use crate::model::{Digits, Medium, PhysicalType as P};

/// A name of each kind and width, and of each relation that parameters can have.
const TYPES: &[&str] = &[
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "hugeint",
    "tinyint unsigned",
    "int unsigned",
    "bigint unsigned",
    "real",
    "double",
    "numeric",
    "numeric(10,2)",
    "numeric(12,2)",
    "numeric(12,4)",
    "numeric(10,4)",
    "numeric(38,0)",
    "boolean",
    "text",
    "varchar(10)",
    "varchar(50)",
    "char(3)",
    "char(10)",
    "enum('a','b')",
    "bytea",
    "varbinary(10)",
    "binary(16)",
    "date",
    "time",
    "time(3)",
    "time with time zone",
    "timestamp",
    "timestamp(3)",
    "timestamptz",
    "timestamptz(3)",
    "interval year",
    "interval day to second",
    "uuid",
    "json",
    "array<int>",
    "array<bigint>",
    "set<int>",
    "multiset<int>",
    "map<text,int>",
    "map<int,int>",
    "struct<a:int>",
    "struct<a:int,b:int>",
    "union<int,text>",
    "union<int,text,date>",
    "void",
    "geometry",
    "geometry(point,4326)",
    "geometry(point,3857)",
    "geometry(geometry,4326)",
    "geography(point,4326)",
    "vector(3)",
    "vector(4)",
    "halfvec(3)",
    "ltree",
    "inet",
];

/// The change between two types by their names, apart from what they hold.
fn found(base: &str, head: &str) -> Option<Found> {
    let (base, head) = (P::parse(base), P::parse(head));
    match between(&base, &head) {
        Moved::To(found) => Some(found),
        Moved::Same | Moved::Inside(_) => None,
    }
}

fn levels(found: Found, profile: Profile) -> (Level, Level) {
    let (levels, _) = profile.levels(found.meta).expect("a row");
    (levels.reader, if found.loses { Level::Major } else { levels.writer })
}

#[test]
fn every_kind_of_change_of_the_lattice_has_a_row_and_every_row_its_levels() {
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.meta.code).collect();
    assert_eq!(rows.len(), ROWS.len(), "a row twice");
    for meta in catalog::all().filter(|meta| meta.section == 'D' && meta.reader != Grade::Computed) {
        assert!(rows.contains(meta.code), "no row for {}", meta.code);
    }
    for row in ROWS {
        assert_eq!(Grade::Always(row.strict.level), row.meta.reader, "{}", row.meta.code);
        assert_eq!(Grade::Always(row.logical.level), row.meta.writer, "{}", row.meta.code);
        let possible = row.strict.possible || row.logical.possible;
        assert_eq!(possible, row.meta.sure == Sureness::Possible, "{}", row.meta.code);
    }
}

#[test]
fn a_row_says_of_values_what_its_levels_say() {
    for row in ROWS {
        let (reader, writer) = (row.strict.level, row.logical.level);
        match row.set {
            Some(SetRelation::Wider) => assert_eq!(reader, Level::Major, "{}", row.meta.code),
            // Of `void` there were no values to lose.
            Some(SetRelation::Narrower) if row.meta.code != "type-unknown-resolved" => {
                assert_eq!(writer, Level::Major, "{}", row.meta.code);
            }
            _ => {}
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads what is beside the sources")]
/// The lattice is written down once more, outside the repository; where it is at hand, both must say the same.
#[test]
fn the_four_columns_are_those_of_the_written_lattice() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/CHANGES.md");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let written: BTreeMap<&str, Vec<&str>> = text
        .lines()
        .map(|line| line.split(" | ").collect::<Vec<_>>())
        .filter(|cells| cells.len() >= 8 && cells[1].starts_with("`type-"))
        .map(|cells| (cells[1].trim_matches('`'), cells[3..8].to_vec()))
        .collect();
    assert!(written.len() > 80, "{}", written.len());
    let shown = |cell: Cell| format!("{}{}", cell.level.name(), if cell.possible { "?" } else { "" });
    for row in ROWS.iter().filter(|row| row.meta.section == 'D' && row.meta.code != "type-changed") {
        let sign = match row.set {
            Some(SetRelation::Wider) => "⊂",
            Some(SetRelation::Narrower) => "⊃",
            Some(SetRelation::Overlapping) => "~",
            Some(SetRelation::Apart) => "≠",
            None => "",
        };
        let ours = [sign.to_owned(), shown(row.strict), shown(row.sql), shown(row.logical), shown(row.encoded)];
        let theirs = written.get(row.meta.code).unwrap_or_else(|| panic!("no line for {}", row.meta.code));
        assert_eq!(&ours, theirs.as_slice(), "{}", row.meta.code);
    }
}

#[test]
fn every_pair_has_a_change_and_the_way_back_its_mirror() {
    let swapped = |set| match set {
        SetRelation::Wider => SetRelation::Narrower,
        SetRelation::Narrower => SetRelation::Wider,
        other => other,
    };
    let set = |found: Found| row_of(found.meta).and_then(|row| row.set).expect("a set");
    let mut mirrored = 0;
    for base in TYPES {
        // What is quoted keeps its case.
        let shouted = if base.contains('\'') { format!(" {base} ") } else { base.to_uppercase() };
        assert_eq!(between(&P::parse(base), &P::parse(&shouted)), Moved::Same, "{base}");
        for head in TYPES.iter().filter(|head| *head != base) {
            let (there, back) = (found(base, head), found(head, base));
            assert_eq!(there.is_some(), back.is_some(), "{base} and {head}");
            let (Some(there), Some(back)) = (there, back) else { continue };
            let plain = Profile::default();
            // Where one kind of set becomes the other, levels swap. Everything else is coded anew and bad both ways, or
            // one side of it has no values at all.
            if set(there) == SetRelation::Wider && set(back) == SetRelation::Narrower && !there.loses && !back.loses {
                let (one, other) = (levels(there, plain), levels(back, plain));
                // To find out what a type is breaks nobody; to take it back does.
                let same_access =
                    !matches!(there.meta.code, "type-struct-to-map" | "type-struct-to-json" | "type-removed");
                if same_access {
                    assert_eq!(
                        one,
                        (other.1, other.0),
                        "{base} and {head}: {} and {}",
                        there.meta.code,
                        back.meta.code
                    );
                    mirrored += 1;
                }
            }
            // What is wider one way is never wider the other way too, unless values are lost on it.
            if set(there) == SetRelation::Wider && !there.loses {
                assert!(set(back) == swapped(set(there)) || levels(back, plain).1 == Level::Major, "{base} and {head}");
            }
        }
    }
    assert!(mirrored > 30, "{mirrored}");
}

#[test]
fn a_medium_never_makes_silent_what_is_a_change() {
    let media = Medium::ALL.iter().filter_map(|(name, _)| Medium::from_name(name)).map(Profile::of_medium);
    for profile in media.chain([Profile::default()]) {
        for row in ROWS {
            let (levels, _) = profile.levels(row.meta).expect("a row");
            assert!(levels.reader >= Level::Patch && levels.writer >= Level::Patch, "{}", row.meta.code);
        }
    }
}

/// The changes of a field between two sides, each the text of its properties, in a contract with a head.
fn changes(top: &str, base: &str, head: &str) -> Vec<Change> {
    let text = |field: &str| format!("name: orders\nversion: 1.0.0\n{top}\nschema:\n  - {{name: v, {field}}}\n");
    let (base, head) = (contract_of(&text(base), 0), contract_of(&text(head), 1));
    crate::diff::contract(base.as_ref(), head.as_ref(), TODAY)
}

fn codes(base: &str, head: &str) -> Vec<&'static str> {
    changes("", base, head).iter().map(|change| change.meta.code).collect()
}

#[test]
fn the_medium_chooses_the_levels() {
    let level = |top: &str, base: &str, head: &str| {
        let (datasets, sources) = top.split_once('|').unwrap_or((top, ""));
        let text = |field: &str| {
            format!(
                "name: shop\nversion: 1.0.0\n{sources}\ndatasets:\n  - name: orders\n{datasets}\n    schema:\n      - {{name: v, data_type: string, physical_type: {field}}}\n"
            )
        };
        let (base, head) = (contract_of(&text(base), 0), contract_of(&text(head), 1));
        let changes = crate::diff::contract(base.as_ref(), head.as_ref(), TODAY);
        assert_eq!(changes.len(), 1, "{changes:?}");
        (changes[0].levels.reader.name(), changes[0].levels.writer.name(), changes[0].sure.name())
    };
    let wider = |top: &str| level(top, "varchar(5)", "varchar(9)");
    assert_eq!(wider(""), ("major", "minor", "possible"));
    assert_eq!(wider("    medium: table"), ("minor", "minor", "certain"));
    assert_eq!(wider("    medium: topic"), ("major", "minor", "possible"));
    assert_eq!(wider("|sources: {prod: {type: postgres}, test: {type: sqlite}}"), ("minor", "minor", "certain"));
    assert_eq!(wider("|sources: {prod: {type: postgres}, test: {type: csv}}"), ("major", "minor", "possible"));
    assert_eq!(wider("    medium: topic|sources: {prod: {type: postgres}}"), ("major", "minor", "possible"));
    let number = |top: &str| level(top, "int", "\"numeric(12, 2)\"");
    assert_eq!(number("    medium: topic"), ("major", "major", "certain"));
    assert_eq!(number("    medium: resource"), ("major", "minor", "certain"));
    assert_eq!(number("    medium: view"), ("minor", "minor", "certain"));
}

#[test]
fn digits_are_the_same_in_either_place() {
    let keys = |precision: u32| format!("data_type: decimal, precision: {precision}, scale: 2");
    let name = |precision: u32| format!("data_type: decimal, physical_type: 'NUMERIC({precision}, 2)'");
    let all = |precision: u32| format!("{}, precision: {precision}, scale: 2", name(precision));
    for form in [&keys as &dyn Fn(u32) -> String, &name, &all] {
        for other in [&keys as &dyn Fn(u32) -> String, &name, &all] {
            assert_eq!(codes(&form(10), &other(10)), Vec::<&str>::new(), "{} {}", form(10), other(10));
            assert_eq!(codes(&form(10), &other(12)), ["type-decimal-precision-raised"], "{} {}", form(10), other(12));
        }
    }
    let seconds = codes("data_type: timestamp, precision: 6", "data_type: timestamp, physical_type: timestamptz(3)");
    assert_eq!(seconds, ["type-timestamp-precision-lowered"]);
}

#[test]
fn one_cause_is_one_finding() {
    let text = |length: u32| {
        format!(
            "data_type: string, physical_type: varchar({length}), constraints: [{{type: max_length, value: {length}}}]"
        )
    };
    assert_eq!(codes(&text(50), &text(100)), ["type-varchar-lengthened"]);
    assert_eq!(codes(&text(100), &text(50)), ["type-varchar-shortened"]);
    let plain = "data_type: string, physical_type: text";
    assert_eq!(codes(&text(50), plain), ["type-varchar-to-text"]);
    assert_eq!(codes(plain, &text(50)), ["type-text-to-varchar"]);
    // What moves the other way is a cause of its own.
    let longer = "data_type: string, physical_type: varchar(100), constraints: [{type: max_length, value: 20}]";
    assert_eq!(codes(&text(50), longer), ["type-varchar-lengthened", "max-length-lowered"]);
    let listed = "data_type: string, physical_type: \"enum('a', 'b')\"";
    assert_eq!(
        codes(plain, &format!("{listed}, constraints: [{{type: enum, value: [a, b]}}]")),
        ["type-string-to-enum"]
    );
    assert_eq!(codes(listed, "data_type: string, physical_type: \"enum('a', 'b', 'c')\""), ["enum-value-added"]);
    // Both types at once.
    let pair = codes("data_type: date, physical_type: date", "data_type: datetime, physical_type: timestamp");
    assert_eq!(pair, ["type-logical-physical-pair"]);
    // The same id in other bytes.
    let ids = codes("data_type: uuid, physical_type: char(36)", "data_type: uuid, physical_type: binary(16)");
    assert_eq!(ids, ["type-uuid-encoding-changed"]);
}

#[test]
fn a_physical_type_is_stated_or_withdrawn() {
    assert_eq!(codes("data_type: string", "data_type: string, physical_type: varchar(50)"), ["type-added"]);
    assert_eq!(codes("data_type: string, physical_type: varchar(50)", "data_type: string"), ["type-removed"]);
    // Many systems keep an instant in a column without a zone: that is said for the first time, and no other instant.
    assert_eq!(codes("data_type: timestamp", "data_type: timestamp, physical_type: timestamp"), ["type-added"]);
    // What says no more than the logical type did is nothing new.
    assert_eq!(codes("data_type: string", "data_type: string, physical_type: text"), Vec::<&str>::new());
    assert_eq!(codes("data_type: string", "data_type: integer, physical_type: int"), ["type-string-to-scalar"]);
    // What one side alone states makes the change of the logical types more precise.
    assert_eq!(codes("data_type: integer, physical_type: int", "data_type: float"), ["type-int-to-double"]);
    assert_eq!(codes("data_type: integer", "data_type: float"), ["type-long-to-double"]);
    let shape = "data_type: object, fields: [{name: a, data_type: string}]";
    assert_eq!(codes("data_type: json, physical_type: text", shape), ["type-json-to-struct"]);
}

#[test]
fn what_types_hold_is_compared_where_nothing_else_says_it() {
    let at = |base: &str, head: &str| -> Vec<(&'static str, String)> {
        changes("", base, head).iter().map(|change| (change.meta.code, change.element())).collect()
    };
    let list = |physical: &str, items: &str| {
        format!("data_type: array, physical_type: '{physical}', items: {{data_type: {items}}}")
    };
    let path = || "orders.v[]".to_owned();
    assert_eq!(at(&list("array<int>", "integer"), &list("array<bigint>", "integer")), [("type-int-widened", path())]);
    assert_eq!(at(&list("array<int>", "integer"), &list("text[]", "string")), [("type-scalar-to-string", path())]);
    let own = |physical: &str| list(&format!("array<{physical}>"), &format!("integer, physical_type: {physical}"));
    assert_eq!(at(&own("int"), &own("bigint")), [("type-int-widened", path())]);
    let object = |physical: &str| {
        format!("data_type: object, physical_type: '{physical}', fields: [{{name: a, data_type: integer}}]")
    };
    let found = at(&object("struct<a:int>"), &object("struct<a:bigint,b:text>"));
    assert_eq!(
        found,
        [("type-int-widened", "orders.v.a".to_owned()), ("field-added-optional", "orders.v.b".to_owned())]
    );
}

#[test]
fn spelling_is_no_change() {
    let pairs = [
        ("string", "VARCHAR(50)", "character varying(50)"),
        ("integer", "INT4", "INTEGER"),
        ("integer", "int8", "BIGINT"),
        ("decimal", "NUMERIC", "DECIMAL"),
        ("timestamp", "TIMESTAMP (3) WITH TIME ZONE", "timestamptz(3)"),
        ("timestamp", "timestamptz", "timestamptz(6)"),
        ("json", "my  Type( 3 )", "MY TYPE (3)"),
    ];
    for (logical, one, other) in pairs {
        let field = |physical: &str| format!("data_type: {logical}, physical_type: '{physical}'");
        assert_eq!(codes(&field(one), &field(other)), Vec::<&str>::new(), "{one} and {other}");
    }
}

/// A type whose values are easy to count.
fn measured() -> impl Strategy<Value = P> {
    let bits = prop_oneof![Just(None), Just(Some(8)), Just(Some(16)), Just(Some(32)), Just(Some(64))];
    let digits = (1u32..24, -2i32..6).prop_map(|(precision, scale)| Digits { precision, scale });
    prop_oneof![
        (bits, any::<bool>()).prop_map(|(bits, signed)| P::Integer { bits, signed }),
        prop::option::of(digits).prop_map(P::Decimal),
        prop_oneof![Just(None), Just(Some(32)), Just(Some(64))].prop_map(|bits| P::Float { bits }),
    ]
}

/// Texts and times of any parameter.
fn counted() -> impl Strategy<Value = (P, P)> {
    let text = || prop::option::of(0u32..5).prop_map(|length| P::Text { length, fixed: false });
    let time = || prop::option::of(0u32..10).prop_map(|digits| P::Timestamp { digits, zoned: true });
    prop_oneof![(text(), text()), (time(), time())]
}

/// Values of numbers are in millionths.
const ONE: i128 = 1_000_000;

/// Whether a type allows a value: of numbers in millionths; of texts by their length; of times by the digits of a second
/// that they need.
fn allows(kind: &P, value: i128) -> bool {
    match kind {
        P::Integer { bits, signed } => {
            let bits = bits.unwrap_or(100);
            let (low, high) = match (signed, bits) {
                (true, bits) => (-(1i128 << (bits - 1)), 1i128 << (bits - 1)),
                (false, bits) => (0, 1i128 << bits),
            };
            value % ONE == 0 && (low..high).contains(&(value / ONE))
        }
        P::Decimal(None) => true,
        P::Decimal(Some(digits)) => {
            let step = 10i128.pow(u32::try_from(6 - digits.scale).expect("a scale of at most six"));
            value % step == 0 && (value / step).abs() < 10i128.pow(digits.precision)
        }
        // Whole numbers alone: their significant bits must fit. Tenths and the like fit no binary fraction.
        P::Float { bits } => {
            let significant =
                |whole: u128| if whole == 0 { 0 } else { 128 - whole.leading_zeros() - whole.trailing_zeros() };
            let room = if *bits == Some(32) { 24 } else { 53 };
            value % ONE == 0 && significant((value / ONE).unsigned_abs()) <= room
        }
        P::Text { length, .. } => length.is_none_or(|length| value.unsigned_abs() <= u128::from(length)),
        P::Timestamp { digits, .. } => {
            value.unsigned_abs() <= u128::from(digits.unwrap_or(crate::model::SECOND_DIGITS))
        }
        _ => false,
    }
}

/// Values at the edges of what types allow.
fn edges(kind: &P) -> Vec<i128> {
    if matches!(kind, P::Text { .. } | P::Timestamp { .. }) {
        return (0..12).collect();
    }
    let widths = [0, 7, 8, 15, 16, 24, 31, 32, 53, 63, 64, 90];
    let whole = widths.into_iter().flat_map(|power| [-1, 0, 1].map(|next| ((1i128 << power) + next) * ONE));
    let digits = (0u32..34).map(|power| 10i128.pow(power));
    whole.chain(digits).flat_map(|value| [value, -value]).collect()
}

/// Holds the finding between two types against their values.
fn assert_told(base: &P, head: &P) -> Result<(), TestCaseError> {
    let values = edges(base);
    let new = values.iter().any(|value| allows(head, *value) && !allows(base, *value));
    let gone = values.iter().any(|value| allows(base, *value) && !allows(head, *value));
    let found = match between(base, head) {
        Moved::Same => {
            prop_assert!(!new && !gone, "{base} and {head} differ");
            return Ok(());
        }
        Moved::Inside(_) => return Err(TestCaseError::fail("nothing is inside")),
        Moved::To(found) => found,
    };
    let (reader, writer) = levels(found, Profile::default());
    let code = found.meta.code;
    prop_assert!(reader == Level::Major || !new, "{base} to {head}: {code} hides new values");
    prop_assert!(writer == Level::Major || !gone, "{base} to {head}: {code} hides lost values");
    // Another kind of number, and fewer digits behind the point, are another form of what is stored: that is bad even
    // where every value fits.
    let same_kind = std::mem::discriminant(base) == std::mem::discriminant(head);
    let coded_anew = matches!(code, "type-decimal-scale-lowered" | "type-timestamp-precision-lowered");
    if same_kind {
        prop_assert!(reader < Level::Major || new || coded_anew, "{base} to {head}: {code} without a new value");
        prop_assert!(writer < Level::Major || gone || coded_anew, "{base} to {head}: {code} without a lost value");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn it_is_major_for_readers_exactly_when_a_number_is_new(base in measured(), head in measured()) {
        // Against other kinds of numbers a whole number of no stated width counts as one of 64 bits.
        let base = match base {
            P::Integer { bits: None, signed } if !matches!(head, P::Integer { .. }) => P::Integer { bits: Some(64), signed },
            base => base,
        };
        assert_told(&base, &head)?;
    }

    #[test]
    fn it_is_major_for_readers_exactly_when_a_text_or_time_is_new((base, head) in counted()) {
        assert_told(&base, &head)?;
    }
}

/// Which code the way back of a code may have. A code alone is its own mirror.
const MIRRORS: &[(&str, &[&str])] = &[
    ("type-array-to-scalar", &["type-scalar-to-array"]),
    ("type-array-to-set", &["type-changed"]),
    ("type-array-to-string", &["type-scalar-to-array"]),
    ("type-bool-to-int", &["type-bool-to-int"]),
    ("type-bool-to-string", &["type-string-to-scalar"]),
    ("type-bytes-to-string", &["type-string-to-bytes"]),
    ("type-changed", &["type-changed", "type-string-to-json"]),
    ("type-char-to-varchar", &["type-varchar-to-char"]),
    ("type-date-to-timestamp", &["type-timestamp-to-date"]),
    ("type-date-to-timestamptz", &["type-timestamp-to-date"]),
    ("type-decimal-precision-lowered", &["type-decimal-precision-raised"]),
    ("type-decimal-scale-lowered", &["type-decimal-scale-raised", "type-decimal-scale-raised-digits-lost"]),
    ("type-decimal-to-double", &["type-double-to-decimal"]),
    ("type-decimal-to-int", &["type-int-to-decimal"]),
    ("type-double-to-int", &["type-int-to-double", "type-int-to-float", "type-long-to-double"]),
    ("type-duration-unit-changed", &["type-duration-unit-changed"]),
    ("type-enum-to-string", &["type-string-to-enum"]),
    ("type-fixed-length-changed", &["type-fixed-length-changed"]),
    ("type-float-narrowed", &["type-float-widened"]),
    ("type-geometry-narrowed", &["type-geometry-widened"]),
    ("type-geometry-srid-changed", &["type-geometry-srid-changed"]),
    ("type-geometry-to-geography", &["type-geometry-to-geography"]),
    ("type-int-narrowed", &["type-int-widened", "type-unsigned-to-wider-signed"]),
    ("type-integer-to-number", &["type-number-to-integer"]),
    ("type-json-to-struct", &["type-struct-to-json"]),
    ("type-map-key-changed", &["type-map-key-changed"]),
    ("type-map-to-struct", &["type-struct-to-map"]),
    ("type-number-bounded", &["type-number-unbounded"]),
    ("type-scalar-to-string", &["type-string-to-scalar"]),
    ("type-scalar-to-struct", &["type-scalar-to-struct"]),
    ("type-signedness-changed", &["type-signedness-changed"]),
    ("type-string-to-uuid", &["type-uuid-to-string"]),
    ("type-temporal-to-string", &["type-temporal-to-string"]),
    ("type-text-to-varchar", &["type-varchar-to-text"]),
    ("type-time-precision-changed", &["type-time-precision-changed"]),
    ("type-time-to-timetz", &["type-time-to-timetz"]),
    ("type-timestamp-precision-lowered", &["type-timestamp-precision-raised"]),
    ("type-timestamp-to-epoch", &["type-timestamp-to-epoch"]),
    ("type-timestamp-to-timestamptz", &["type-timestamptz-to-timestamp"]),
    ("type-union-narrowed", &["type-union-widened"]),
    ("type-unknown-resolved", &["type-removed"]),
    ("type-uuid-encoding-changed", &["type-uuid-encoding-changed"]),
    ("type-varchar-lengthened", &["type-varchar-shortened"]),
    ("type-vector-dimensions-changed", &["type-vector-dimensions-changed"]),
    ("type-vector-element-changed", &["type-vector-element-changed"]),
];

#[test]
fn the_way_back_has_the_mirrored_code() {
    let all = MIRRORS.iter().flat_map(|(code, mirrors)| mirrors.iter().map(|mirror| (*code, *mirror)));
    let allowed: BTreeSet<(&str, &str)> = all.flat_map(|(one, other)| [(one, other), (other, one)]).collect();
    let mut seen = BTreeSet::new();
    for base in TYPES {
        for head in TYPES {
            let (Some(there), Some(back)) = (found(base, head), found(head, base)) else { continue };
            seen.insert((there.meta.code, back.meta.code));
            assert!(
                allowed.contains(&(there.meta.code, back.meta.code)),
                "{base} to {head}: {} and back {}",
                there.meta.code,
                back.meta.code
            );
        }
    }
    assert_eq!(seen, allowed, "mirrors that never come");
}

/// Another spelling of a type: letters in another case and white space where it means nothing, by the bits of a seed.
fn respelled(text: &str, mut seed: u64) -> String {
    let mut bit = || {
        seed = seed.rotate_right(1);
        seed & 1 == 1
    };
    let mut spelled = String::new();
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '\'';
        let tight = matches!(letter, '(' | ')' | '<' | '>' | ',' | ':') && !quoted;
        if tight && bit() {
            spelled.push(' ');
        }
        match letter {
            ' ' if bit() => spelled.push_str("   "),
            _ if bit() && !quoted => spelled.extend(letter.to_uppercase()),
            _ => spelled.push(letter),
        }
        if tight && bit() {
            spelled.push(' ');
        }
    }
    spelled
}

proptest! {
    #[test]
    fn another_spelling_of_any_type_is_no_change(which in 0..TYPES.len(), seed in any::<u64>()) {
        let field = |physical: &str| format!("data_type: json, physical_type: {}", serde_json::to_string(physical).expect("a text"));
        let other = respelled(TYPES[which], seed);
        prop_assert_eq!(codes(&field(TYPES[which]), &field(&other)), Vec::<&str>::new(), "{}", other);
    }

    #[test]
    fn any_two_types_differ_exactly_when_they_mean_different_things(one in 0..TYPES.len(), other in 0..TYPES.len()) {
        let field = |physical: &str| format!("data_type: json, physical_type: {}", serde_json::to_string(physical).expect("a text"));
        let found = codes(&field(TYPES[one]), &field(TYPES[other]));
        prop_assert_eq!(found.is_empty(), P::parse(TYPES[one]) == P::parse(TYPES[other]), "{} and {}: {:?}", TYPES[one], TYPES[other], found);
    }
}
