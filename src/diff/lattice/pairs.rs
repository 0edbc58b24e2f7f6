//! What becomes another kind of type: the first line that fits both kinds names the change.

use super::Found;
use crate::diff::catalog as code;
use crate::finding::change::ChangeMeta;
use crate::model::{Digits, PhysicalType};

/// A kind of type: what it is without its parameters, as far as they do not decide which numbers survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A whole number that a double holds exactly.
    Int,
    /// A whole number of any other width.
    Long,
    /// A float of 32 bits or less.
    Single,
    /// A float of 64 bits, or of a width that is not said.
    Double,
    /// A decimal of so many digits.
    Decimal,
    /// A decimal without bounds: any number.
    Number,
    Boolean,
    Text,
    Enum,
    Binary,
    Date,
    Time,
    /// A date with a time of day.
    Local,
    /// An instant.
    Instant,
    Interval,
    Uuid,
    Json,
    Array,
    Set,
    Map,
    Struct,
    Union,
    Void,
    Geometry,
    Vector,
    Other,
}

use Kind as K;

const ANY: &[Kind] = &[
    K::Int,
    K::Long,
    K::Single,
    K::Double,
    K::Decimal,
    K::Number,
    K::Boolean,
    K::Text,
    K::Enum,
    K::Binary,
    K::Date,
    K::Time,
    K::Local,
    K::Instant,
    K::Interval,
    K::Uuid,
    K::Json,
    K::Array,
    K::Set,
    K::Map,
    K::Struct,
    K::Union,
    K::Geometry,
    K::Vector,
    K::Other,
];
const SCALARS: &[Kind] = &[
    K::Int,
    K::Long,
    K::Single,
    K::Double,
    K::Decimal,
    K::Number,
    K::Boolean,
    K::Text,
    K::Enum,
    K::Binary,
    K::Date,
    K::Time,
    K::Local,
    K::Instant,
    K::Interval,
    K::Uuid,
];
const INTEGERS: &[Kind] = &[K::Int, K::Long];
const FLOATS: &[Kind] = &[K::Single, K::Double];
const DECIMALS: &[Kind] = &[K::Decimal, K::Number];
const TEXTS: &[Kind] = &[K::Text, K::Enum];
const TEMPORALS: &[Kind] = &[K::Date, K::Time, K::Local, K::Instant, K::Interval];
const MOMENTS: &[Kind] = &[K::Local, K::Instant];

/// From, to, and what it is called.
pub(super) static PAIRS: &[(&[Kind], &[Kind], &ChangeMeta)] = &[
    (&[K::Void], ANY, &code::TYPE_UNKNOWN_RESOLVED),
    (ANY, &[K::Void], &code::TYPE_REMOVED),
    // Numbers.
    (INTEGERS, &[K::Decimal], &code::TYPE_INT_TO_DECIMAL),
    (&[K::Decimal], INTEGERS, &code::TYPE_DECIMAL_TO_INT),
    (INTEGERS, &[K::Number], &code::TYPE_INTEGER_TO_NUMBER),
    (&[K::Number], INTEGERS, &code::TYPE_NUMBER_TO_INTEGER),
    (&[K::Int], &[K::Double], &code::TYPE_INT_TO_DOUBLE),
    (&[K::Long], &[K::Double], &code::TYPE_LONG_TO_DOUBLE),
    (INTEGERS, &[K::Single], &code::TYPE_INT_TO_FLOAT),
    (FLOATS, INTEGERS, &code::TYPE_DOUBLE_TO_INT),
    (DECIMALS, FLOATS, &code::TYPE_DECIMAL_TO_DOUBLE),
    (FLOATS, DECIMALS, &code::TYPE_DOUBLE_TO_DECIMAL),
    (&[K::Boolean], INTEGERS, &code::TYPE_BOOL_TO_INT),
    (INTEGERS, &[K::Boolean], &code::TYPE_BOOL_TO_INT),
    // Times.
    (&[K::Date], &[K::Local], &code::TYPE_DATE_TO_TIMESTAMP),
    (&[K::Date], &[K::Instant], &code::TYPE_DATE_TO_TIMESTAMPTZ),
    (MOMENTS, &[K::Date], &code::TYPE_TIMESTAMP_TO_DATE),
    (&[K::Local], &[K::Instant], &code::TYPE_TIMESTAMP_TO_TIMESTAMPTZ),
    (&[K::Instant], &[K::Local], &code::TYPE_TIMESTAMPTZ_TO_TIMESTAMP),
    (MOMENTS, INTEGERS, &code::TYPE_TIMESTAMP_TO_EPOCH),
    (INTEGERS, MOMENTS, &code::TYPE_TIMESTAMP_TO_EPOCH),
    (TEMPORALS, TEXTS, &code::TYPE_TEMPORAL_TO_STRING),
    (TEXTS, TEMPORALS, &code::TYPE_TEMPORAL_TO_STRING),
    // Texts and bytes.
    (&[K::Enum], &[K::Text], &code::TYPE_ENUM_TO_STRING),
    (&[K::Text], &[K::Enum], &code::TYPE_STRING_TO_ENUM),
    (&[K::Boolean], TEXTS, &code::TYPE_BOOL_TO_STRING),
    (TEXTS, &[K::Binary], &code::TYPE_STRING_TO_BYTES),
    (&[K::Binary], TEXTS, &code::TYPE_BYTES_TO_STRING),
    (&[K::Uuid], TEXTS, &code::TYPE_UUID_TO_STRING),
    (TEXTS, &[K::Uuid], &code::TYPE_STRING_TO_UUID),
    (&[K::Uuid], &[K::Binary], &code::TYPE_UUID_ENCODING_CHANGED),
    (&[K::Binary], &[K::Uuid], &code::TYPE_UUID_ENCODING_CHANGED),
    (TEXTS, &[K::Json], &code::TYPE_STRING_TO_JSON),
    // What holds others.
    (&[K::Json], &[K::Struct], &code::TYPE_JSON_TO_STRUCT),
    (&[K::Struct], &[K::Json], &code::TYPE_STRUCT_TO_JSON),
    (&[K::Map], &[K::Struct], &code::TYPE_MAP_TO_STRUCT),
    (&[K::Struct], &[K::Map], &code::TYPE_STRUCT_TO_MAP),
    (&[K::Array], &[K::Set], &code::TYPE_ARRAY_TO_SET),
    (&[K::Array], TEXTS, &code::TYPE_ARRAY_TO_STRING),
    (&[K::Array], SCALARS, &code::TYPE_ARRAY_TO_SCALAR),
    (SCALARS, &[K::Array], &code::TYPE_SCALAR_TO_ARRAY),
    (&[K::Struct], SCALARS, &code::TYPE_SCALAR_TO_STRUCT),
    (SCALARS, &[K::Struct], &code::TYPE_SCALAR_TO_STRUCT),
    // Whatever is left of single values.
    (SCALARS, TEXTS, &code::TYPE_SCALAR_TO_STRING),
    (TEXTS, SCALARS, &code::TYPE_STRING_TO_SCALAR),
];

/// The kind of a type.
pub(super) fn kind(of: &PhysicalType) -> Kind {
    use PhysicalType as P;
    match of {
        // 53 bits are exact in a double.
        P::Integer { bits: Some(bits), .. } if *bits < 54 => K::Int,
        P::Integer { .. } => K::Long,
        P::Float { bits: Some(bits) } if *bits < 64 => K::Single,
        P::Float { .. } => K::Double,
        P::Decimal(Some(_)) => K::Decimal,
        P::Decimal(None) => K::Number,
        P::Boolean => K::Boolean,
        P::Text { .. } => K::Text,
        P::Enum(_) => K::Enum,
        P::Binary { .. } => K::Binary,
        P::Date => K::Date,
        P::Time { .. } => K::Time,
        P::Timestamp { zoned: false, .. } => K::Local,
        P::Timestamp { zoned: true, .. } => K::Instant,
        P::Interval(_) => K::Interval,
        P::Uuid => K::Uuid,
        P::Json => K::Json,
        P::Array(_) => K::Array,
        P::Set { .. } => K::Set,
        P::Map(..) => K::Map,
        P::Struct(_) => K::Struct,
        P::Union(_) => K::Union,
        P::Void => K::Void,
        P::Geometry { .. } => K::Geometry,
        P::Vector { .. } => K::Vector,
        P::Other(_) => K::Other,
    }
}

/// The change between types of different kinds.
pub(super) fn compare(base: &PhysicalType, head: &PhysicalType) -> Found {
    let (from, to) = (kind(base), kind(head));
    let line = PAIRS.iter().find(|(before, after, _)| before.contains(&from) && after.contains(&to));
    let meta = line.map_or(&code::TYPE_CHANGED, |(_, _, meta)| *meta);
    match (base, head) {
        // A whole number of no stated width counts as one of 64 bits: hardly any store has wider ones.
        (PhysicalType::Integer { bits, signed }, PhysicalType::Decimal(Some(digits)))
            if !holds(*digits, bits.unwrap_or(64), *signed) =>
        {
            Found { gains: digits.scale > 0, ..Found::losing(meta) }
        }
        _ => Found::new(meta),
    }
}

/// Whether a decimal has room for every whole number of a width.
fn holds(digits: Digits, bits: u32, signed: bool) -> bool {
    let powers = i64::from(bits) - i64::from(signed);
    // The decimal logarithm of 2, to five digits: enough for 256 bits.
    let needed = powers * 30_103 / 100_000 + 1;
    digits.whole() >= needed && digits.scale >= 0
}
