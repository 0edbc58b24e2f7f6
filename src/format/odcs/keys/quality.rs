//! The keys of rules.

use super::extras::{CUSTOM_PROPERTIES, DEFINITIONS, ID};
use super::habits::RULE_HABITS;
use super::{Key, Kind, List, Open, Shape, TAGS, Variant, Word};
use crate::format::odcs::version::Version::V3_1_0;

pub(super) const QUALITY: Key = Key::new("quality", Kind::List(&RULE_LIST));

static RULE_LIST: List = List::of(Kind::Map(&RULE), "a rule", "name");

pub(in crate::format::odcs) static RULE: Shape = Shape {
    name: "a rule of `quality`",
    keys: &[
        Key::new("type", Kind::Word(&[Word::new("text"), Word::new("library"), Word::new("sql"), Word::new("custom")])),
        Key::text("name"),
        Key::text("description"),
        Key::new("dimension", Kind::Word(DIMENSIONS)),
        Key::text("severity"),
        Key::text("unit"),
        Key::text("businessImpact"),
        Key::text("method"),
        Key::text("schedule"),
        Key::text("scheduler"),
        ID,
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
    ],
    open: Open::Before3_1,
    variant: Some(Variant::RuleType),
    habits: RULE_HABITS,
};

/// The long words; the short ones are of the text of the standard alone.
const DIMENSIONS: &[Word] = &[
    Word::new("accuracy"),
    Word::new("completeness"),
    Word::new("conformity"),
    Word::new("consistency"),
    Word::new("coverage"),
    Word::new("timeliness"),
    Word::new("uniqueness"),
    Word::new("ac"),
    Word::new("cp"),
    Word::new("cf"),
    Word::new("cs"),
    Word::new("cv"),
    Word::new("tm"),
    Word::new("uq"),
];

/// What a result is held against.
pub(in crate::format::odcs) const OPERATORS: [&str; 8] = [
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
];

static TWO_NUMBERS: List = List::of(Kind::Number, "a number", "").distinct(2).at_most(2);

/// What a result is held against, as keys.
pub(in crate::format::odcs) static OPERATOR_KEYS: [Key; 8] = [
    Key::new("mustBe", Kind::Any),
    Key::new("mustNotBe", Kind::Any),
    Key::new("mustBeGreaterThan", Kind::Number),
    Key::new("mustBeGreaterOrEqualTo", Kind::Number),
    Key::new("mustBeLessThan", Kind::Number),
    Key::new("mustBeLessOrEqualTo", Kind::Number),
    Key::new("mustBeBetween", Kind::List(&TWO_NUMBERS)),
    Key::new("mustNotBeBetween", Kind::List(&TWO_NUMBERS)),
];

/// The keys of a `library` rule since 3.1.
pub(in crate::format::odcs) static LIBRARY: [Key; 3] = [
    Key::new(
        "metric",
        Kind::Word(&[
            Word::new("nullValues"),
            Word::new("missingValues"),
            Word::new("invalidValues"),
            Word::new("duplicateValues"),
            Word::new("rowCount"),
        ]),
    )
    .required()
    .example("nullValues"),
    Key::text("rule"),
    Key::new("arguments", Kind::Mapping),
];

/// The keys of a `library` rule before 3.1, which is also a rule without a type.
pub(in crate::format::odcs) static LIBRARY_3_0: [Key; 3] = [
    Key::text("rule").required().example("nullCheck"),
    Key::new("metric", Kind::Any).since(V3_1_0),
    Key::new("arguments", Kind::Any).since(V3_1_0),
];

/// The keys of an `sql` rule beside operators, which no schema looks at before 3.1.
pub(in crate::format::odcs) static SQL: [Key; 1] =
    [Key::text("query").required().example("SELECT count(*) FROM ${table} WHERE ${column} < 0")];

/// The keys of a `custom` rule.
pub(in crate::format::odcs) static CUSTOM: [Key; 2] = [
    Key::text("engine").required().example("soda"),
    Key::new("implementation", Kind::Or(&Kind::Text, &Kind::Mapping)).required().example("\"...\""),
];

/// The metric that a rule of 3.0 is called today, for those that were used most.
pub(in crate::format::odcs) const METRIC_OF_RULE: &[(&str, &str)] = &[
    ("nullCheck", "nullValues"),
    ("nullCount", "nullValues"),
    ("nullValues", "nullValues"),
    ("missingValues", "missingValues"),
    ("missingCount", "missingValues"),
    ("invalidValues", "invalidValues"),
    ("validValues", "invalidValues"),
    ("invalidCount", "invalidValues"),
    ("duplicateCount", "duplicateValues"),
    ("duplicateCheck", "duplicateValues"),
    ("duplicateValues", "duplicateValues"),
    ("uniqueCheck", "duplicateValues"),
    ("rowCount", "rowCount"),
    ("countCheck", "rowCount"),
];
