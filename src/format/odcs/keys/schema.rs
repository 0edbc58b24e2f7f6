//! The keys of objects and properties.

use super::extras::{CUSTOM_PROPERTIES, DEFINITIONS, ID};
use super::habits::{OBJECT_HABITS, PROPERTY_HABITS};
use super::quality::QUALITY;
use super::references::{OF_OBJECT, OF_PROPERTY};
use super::root::CONTEXT;
use super::{Habit, Instead, Key, Kind, List, Open, Shape, TAGS, TEXTS, Variant, Word};
use crate::format::odcs::version::Version::{V3_0_2, V3_1_0, V3_2_0};

pub(super) static OBJECT_LIST: List = List::of(Kind::Map(&OBJECT), "an object", "name");
pub(super) static PROPERTY_LIST: List = List::of(Kind::Map(&PROPERTY), "a property", "name");

const NAME: Key = Key::text("name").required().example("order_id");
const DEPRECATED: Key = Key::new("deprecated", Kind::Bool).since(V3_2_0);
const SYNONYMS: Key = Key::new("synonyms", Kind::List(&SYNONYM_LIST)).since(V3_2_0);

pub(in crate::format::odcs) static OBJECT: Shape = Shape {
    name: "an object of `schema`",
    keys: &[
        NAME,
        Key::new("properties", Kind::List(&PROPERTY_LIST)),
        Key::text("physicalName"),
        Key::text("physicalType"),
        Key::text("description"),
        Key::text("businessName"),
        Key::new("logicalType", Kind::Word(&[Word::new("object"), Word::new("blob").since(V3_2_0)])),
        Key::text("dataGranularityDescription"),
        QUALITY,
        OF_OBJECT,
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
        ID,
        DEPRECATED,
        SYNONYMS,
        Key::new("context", CONTEXT).since(V3_2_0),
    ],
    open: Open::No,
    variant: None,
    habits: OBJECT_HABITS,
};

static LOGICAL_TYPES: &[Word] = &[
    Word::new("string"),
    Word::new("date"),
    Word::new("timestamp").since(V3_1_0),
    Word::new("time").since(V3_1_0),
    Word::new("number"),
    Word::new("integer"),
    Word::new("object"),
    Word::new("array"),
    Word::new("boolean"),
    Word::new("map").since(V3_2_0),
    Word::new("vector").since(V3_2_0),
];

const SEMANTIC_TYPES: &[Word] = &[Word::new("column"), Word::new("measure"), Word::new("dimension")];

const fn property(name: Key) -> [Key; 29] {
    [
        name,
        Key::new("logicalType", Kind::Word(LOGICAL_TYPES)),
        Key::text("physicalType"),
        Key::text("description"),
        Key::new("required", Kind::Bool),
        Key::new("primaryKey", Kind::Bool),
        Key::new("unique", Kind::Bool),
        Key::text("businessName"),
        Key::new("examples", Kind::List(&ANYTHING)),
        QUALITY,
        TAGS,
        Key::text("classification"),
        Key::new("criticalDataElement", Kind::Bool),
        Key::text("physicalName").since(V3_0_2),
        Key::new("primaryKeyPosition", Kind::Whole(i128::MIN)),
        Key::new("partitioned", Kind::Bool),
        Key::new("partitionKeyPosition", Kind::Whole(i128::MIN)),
        Key::text("encryptedName"),
        Key::new("transformSourceObjects", Kind::List(&TEXTS)),
        Key::text("transformLogic"),
        Key::text("transformDescription"),
        CUSTOM_PROPERTIES,
        DEFINITIONS,
        ID,
        OF_PROPERTY,
        Key::new("enum", Kind::List(&ENUM)).since(V3_2_0),
        Key::new("semanticType", Kind::Word(SEMANTIC_TYPES)).since(V3_2_0),
        DEPRECATED,
        SYNONYMS,
    ]
}

static PROPERTY_KEYS: [Key; 29] = property(NAME);
/// What stands in `items` or in a `map` needs no name.
static ITEM_KEYS: [Key; 29] = property(Key::text("name"));

pub(in crate::format::odcs) static PROPERTY: Shape = Shape {
    name: "a property",
    keys: &PROPERTY_KEYS,
    open: Open::No,
    variant: Some(Variant::LogicalType),
    habits: PROPERTY_HABITS,
};

pub(super) static ITEM: Shape = Shape {
    name: "a property",
    keys: &ITEM_KEYS,
    open: Open::No,
    variant: Some(Variant::LogicalType),
    habits: PROPERTY_HABITS,
};

static ANYTHING: List = List::of(Kind::Any, "a value", "");

static ENUM: List = List::of(Kind::Map(&ENUM_VALUE), "a value", "value").distinct(1);

pub(super) static ENUM_VALUE: Shape = Shape {
    name: "a value of `enum`",
    keys: &[
        Key::new("value", Kind::Scalar).required().example("open"),
        Key::text("label"),
        ID,
        Key::text("description"),
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
    ],
    open: Open::No,
    variant: None,
    habits: &[
        Habit { words: &["name", "code"], instead: Instead::Key("value") },
        Habit { words: &["title", "display"], instead: Instead::Key("label") },
    ],
};

static SYNONYM_LIST: List = List::of(Kind::Map(&SYNONYM), "a synonym", "synonym");

pub(super) static SYNONYM: Shape = Shape {
    name: "a synonym",
    keys: &[
        Key::text("synonym").required().example("purchase number"),
        ID,
        Key::text("description"),
        Key::text("locale"),
        Key::text("source"),
        Key::text("status"),
        CUSTOM_PROPERTIES,
    ],
    open: Open::No,
    variant: None,
    habits: &[Habit { words: &["name", "value"], instead: Instead::Key("synonym") }],
};
