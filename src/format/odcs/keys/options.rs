//! What the logical type of a property decides on: its options and what it contains.

use super::schema::{ITEM, PROPERTY_LIST};
use super::{Habit, Instead, Key, Kind, List, Open, Shape, TEXTS, Word};
use crate::format::odcs::version::Version::{V3_1_0, V3_2_0};

const fn options(kind: Kind) -> Key {
    Key::new("logicalTypeOptions", kind)
}

const PROPERTIES: Key = Key::new("properties", Kind::List(&PROPERTY_LIST));
const ITEMS: Key = Key::new("items", Kind::Map(&ITEM));
const MAP_KEY: Key = Key::new("map", Kind::Map(&KEY_AND_VALUE)).since(V3_2_0);

pub(in crate::format::odcs) static STRING: [Key; 1] = [options(Kind::Map(&STRING_OPTIONS))];
pub(in crate::format::odcs) static DATE: [Key; 1] = [options(Kind::Map(&DATE_OPTIONS))];
pub(in crate::format::odcs) static TIMESTAMP: [Key; 1] = [options(Kind::Map(&TIMESTAMP_OPTIONS))];
pub(in crate::format::odcs) static INTEGER: [Key; 1] = [options(Kind::Map(&INTEGER_OPTIONS))];
pub(in crate::format::odcs) static NUMBER: [Key; 1] = [options(Kind::Map(&NUMBER_OPTIONS))];
pub(in crate::format::odcs) static BOOLEAN: [Key; 1] = [options(Kind::Mapping)];
pub(in crate::format::odcs) static OBJECT: [Key; 2] = [options(Kind::Map(&OBJECT_OPTIONS)), PROPERTIES];
pub(in crate::format::odcs) static ARRAY: [Key; 2] = [options(Kind::Map(&ARRAY_OPTIONS)), ITEMS];
pub(in crate::format::odcs) static MAP: [Key; 2] =
    [options(Kind::Mapping), MAP_KEY.required().example("{key: {logicalType: string}, value: {logicalType: string}}")];
pub(in crate::format::odcs) static VECTOR: [Key; 1] =
    [options(Kind::Map(&VECTOR_OPTIONS)).required().example("{dimensions: 768}")];
/// Without a logical type nothing tells what options mean.
pub(in crate::format::odcs) static UNTYPED: [Key; 3] = [options(Kind::Empty), PROPERTIES, ITEMS];
/// With a logical type that is none, one can't tell what is right.
pub(in crate::format::odcs) static UNKNOWN: [Key; 4] =
    [options(Kind::Any), PROPERTIES, ITEMS, Key::new("map", Kind::Any)];

/// The options of each logical type that has any.
pub(in crate::format::odcs) static OPTIONS: &[(&str, &Shape)] = &[
    ("string", &STRING_OPTIONS),
    ("date", &DATE_OPTIONS),
    ("timestamp", &TIMESTAMP_OPTIONS),
    ("time", &TIMESTAMP_OPTIONS),
    ("integer", &INTEGER_OPTIONS),
    ("number", &NUMBER_OPTIONS),
    ("object", &OBJECT_OPTIONS),
    ("array", &ARRAY_OPTIONS),
    ("vector", &VECTOR_OPTIONS),
];

const fn shape(name: &'static str, keys: &'static [Key]) -> Shape {
    Shape { name, keys, open: Open::No, variant: None, habits: HABITS }
}

const HABITS: &[Habit] = &[
    Habit { words: &["min"], instead: Instead::Key("minimum") },
    Habit { words: &["max"], instead: Instead::Key("maximum") },
    Habit { words: &["regex", "regexp"], instead: Instead::Key("pattern") },
    Habit { words: &["length", "size"], instead: Instead::Key("maxLength") },
    Habit {
        words: &["precision", "scale"],
        instead: Instead::Do("write them into the `physicalType` of the property, such as `decimal(12,2)`"),
    },
];

static STRING_OPTIONS: Shape = shape(
    "the options of a `string`",
    &[
        Key::new("minLength", Kind::Whole(0)),
        Key::new("maxLength", Kind::Whole(0)),
        Key::text("pattern"),
        Key::text("format"),
    ],
);

/// A bound that stands apart: before 3.1 a switch of the bound beside it.
const EXCLUSIVE_TEXT: Kind = Kind::Until(V3_1_0, &Kind::Bool, &Kind::Text);
const EXCLUSIVE_NUMBER: Kind = Kind::Until(V3_1_0, &Kind::Bool, &Kind::Number);

static DATE_OPTIONS: Shape = shape(
    "the options of a `date`",
    &[
        Key::text("format"),
        Key::text("minimum"),
        Key::text("maximum"),
        Key::new("exclusiveMinimum", EXCLUSIVE_TEXT),
        Key::new("exclusiveMaximum", EXCLUSIVE_TEXT),
    ],
);

static TIMESTAMP_OPTIONS: Shape = shape(
    "the options of a `timestamp` or `time`",
    &[
        Key::text("format"),
        Key::new("timezone", Kind::Bool),
        Key::text("defaultTimezone"),
        Key::text("minimum"),
        Key::text("maximum"),
        Key::text("exclusiveMinimum"),
        Key::text("exclusiveMaximum"),
    ],
);

const WHOLE_FORMATS: &[Word] = &[
    Word::new("i8"),
    Word::new("i16"),
    Word::new("i32"),
    Word::new("i64"),
    Word::new("i128"),
    Word::new("u8"),
    Word::new("u16"),
    Word::new("u32"),
    Word::new("u64"),
    Word::new("u128"),
];

static INTEGER_OPTIONS: Shape = shape(
    "the options of an `integer`",
    &[
        Key::new("format", Kind::Word(WHOLE_FORMATS)),
        Key::new("minimum", Kind::Number),
        Key::new("maximum", Kind::Number),
        Key::new("exclusiveMinimum", EXCLUSIVE_NUMBER),
        Key::new("exclusiveMaximum", EXCLUSIVE_NUMBER),
        Key::new("multipleOf", Kind::Positive),
    ],
);

static NUMBER_OPTIONS: Shape = shape(
    "the options of a `number`",
    &[
        Key::new("format", Kind::Word(&[Word::new("f32"), Word::new("f64")])),
        Key::new("minimum", Kind::Number),
        Key::new("maximum", Kind::Number),
        Key::new("exclusiveMinimum", EXCLUSIVE_NUMBER),
        Key::new("exclusiveMaximum", EXCLUSIVE_NUMBER),
        Key::new("multipleOf", Kind::Positive),
    ],
);

static OBJECT_OPTIONS: Shape = shape(
    "the options of an `object`",
    &[
        Key::new("minProperties", Kind::Whole(0)),
        Key::new("maxProperties", Kind::Whole(0)),
        Key::new("required", Kind::List(&NAMES)),
    ],
);

static NAMES: List = TEXTS.distinct(1);

static ARRAY_OPTIONS: Shape = shape(
    "the options of an `array`",
    &[Key::new("minItems", Kind::Whole(0)), Key::new("maxItems", Kind::Whole(0)), Key::new("uniqueItems", Kind::Bool)],
);

static VECTOR_OPTIONS: Shape = shape(
    "the options of a `vector`",
    &[
        Key::new("dimensions", Kind::Whole(1)).required().example("768"),
        Key::new(
            "elementType",
            Kind::Word(&[
                Word::new("bfloat16"),
                Word::new("binary"),
                Word::new("float16"),
                Word::new("float32"),
                Word::new("float64"),
                Word::new("int8"),
                Word::new("uint8"),
            ]),
        ),
        Key::new(
            "distanceMetric",
            Kind::Word(&[
                Word::new("cosine"),
                Word::new("dotProduct"),
                Word::new("euclidean"),
                Word::new("hamming"),
                Word::new("manhattan"),
            ]),
        ),
        Key::text("embeddingModel"),
        Key::text("embeddingModelVersion"),
        Key::new("normalized", Kind::Bool),
    ],
);

static KEY_AND_VALUE: Shape = Shape {
    name: "a map",
    keys: &[
        Key::new("key", Kind::Map(&ITEM)).required().example("{logicalType: string}"),
        Key::new("value", Kind::Map(&ITEM)).required().example("{logicalType: string}"),
    ],
    open: Open::No,
    variant: None,
    habits: &[
        Habit { words: &["keys"], instead: Instead::Key("key") },
        Habit { words: &["values"], instead: Instead::Key("value") },
    ],
};
