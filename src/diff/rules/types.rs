//! Types: which became which.

use super::{At, Changes, Stronger, code, text};
use crate::finding::change::{ChangeMeta, Grade, Level};
use crate::model::{DataType, Field};

/// What a comparison of types leaves to compare.
pub(super) enum Left {
    /// It is the same type.
    Everything,
    /// The values are of the same kind still: constraints on them are comparable.
    Constraints,
    /// The values are of another kind. What was demanded of the old ones went with them; what is demanded of the new ones is
    /// new.
    NewConstraints,
    /// Nothing: both parties are hit as badly as can be.
    Nothing,
}

/// Compares the types of a field.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) -> Left {
    if base.data_type != head.data_type {
        let meta = conversion(base.data_type, head.data_type);
        let values = (text(&base.type_text()), text(&head.type_text()));
        changes.property(meta, at, "data_type", Some(values.0), Some(values.1));
        let temporal = |kind| matches!(kind, DataType::Date | DataType::Datetime | DataType::Timestamp);
        let textual = |kind| matches!(kind, DataType::String | DataType::Uuid);
        let same_kind =
            [DataType::is_number, temporal, textual].iter().any(|is| is(base.data_type) && is(head.data_type));
        return match meta.writer {
            _ if same_kind => Left::Constraints,
            Grade::Always(Level::Major) => Left::Nothing,
            _ => Left::NewConstraints,
        };
    }
    let digits = match base.data_type {
        DataType::Decimal => decimal(base, head),
        _ => precision(base, head),
    };
    if let Some(meta) = digits {
        let key = if base.precision == head.precision { "scale" } else { "precision" };
        changes.property(meta, at, key, Some(text(&base.type_text())), Some(text(&head.type_text())));
    }
    Left::Everything
}

/// The kind of change between two types.
fn conversion(base: DataType, head: DataType) -> &'static ChangeMeta {
    use DataType as T;
    let is_temporal = |kind| matches!(kind, T::Date | T::Time | T::Datetime | T::Timestamp);
    let is_scalar = |kind| !matches!(kind, T::Array | T::Object | T::Map | T::Json);
    match (base, head) {
        (T::Integer, T::Decimal) => &code::TYPE_INT_TO_DECIMAL,
        (T::Decimal, T::Integer) => &code::TYPE_DECIMAL_TO_INT,
        (T::Integer, T::Float) => &code::TYPE_LONG_TO_DOUBLE,
        (T::Float, T::Integer) => &code::TYPE_DOUBLE_TO_INT,
        (T::Decimal, T::Float) => &code::TYPE_DECIMAL_TO_DOUBLE,
        (T::Float, T::Decimal) => &code::TYPE_DOUBLE_TO_DECIMAL,
        (T::Boolean, T::Integer) | (T::Integer, T::Boolean) => &code::TYPE_BOOL_TO_INT,
        (T::Boolean, T::String) => &code::TYPE_BOOL_TO_STRING,
        (T::String, T::Binary) => &code::TYPE_STRING_TO_BYTES,
        (T::Binary, T::String) => &code::TYPE_BYTES_TO_STRING,
        (T::Uuid, T::String) => &code::TYPE_UUID_TO_STRING,
        (T::String, T::Uuid) => &code::TYPE_STRING_TO_UUID,
        (T::Uuid, T::Binary) | (T::Binary, T::Uuid) => &code::TYPE_UUID_ENCODING_CHANGED,
        (T::Date, T::Datetime) => &code::TYPE_DATE_TO_TIMESTAMP,
        (T::Date, T::Timestamp) => &code::TYPE_DATE_TO_TIMESTAMPTZ,
        (T::Datetime | T::Timestamp, T::Date) => &code::TYPE_TIMESTAMP_TO_DATE,
        (T::Datetime, T::Timestamp) => &code::TYPE_TIMESTAMP_TO_TIMESTAMPTZ,
        (T::Timestamp, T::Datetime) => &code::TYPE_TIMESTAMPTZ_TO_TIMESTAMP,
        (T::Datetime | T::Timestamp, T::Integer) | (T::Integer, T::Datetime | T::Timestamp) => {
            &code::TYPE_TIMESTAMP_TO_EPOCH
        }
        (T::String, T::Json) => &code::TYPE_STRING_TO_JSON,
        (T::Json, T::Object) => &code::TYPE_JSON_TO_STRUCT,
        (T::Object, T::Json) => &code::TYPE_STRUCT_TO_JSON,
        (T::Map, T::Object) => &code::TYPE_MAP_TO_STRUCT,
        (T::Object, T::Map) => &code::TYPE_STRUCT_TO_MAP,
        (T::Array, T::String) => &code::TYPE_ARRAY_TO_STRING,
        (base, T::String) | (T::String, base) if is_temporal(base) => &code::TYPE_TEMPORAL_TO_STRING,
        (T::Array, head) if is_scalar(head) => &code::TYPE_ARRAY_TO_SCALAR,
        (base, T::Array) if is_scalar(base) => &code::TYPE_SCALAR_TO_ARRAY,
        (T::Object, other) | (other, T::Object) if is_scalar(other) => &code::TYPE_SCALAR_TO_STRUCT,
        (base, T::String) if is_scalar(base) => &code::TYPE_SCALAR_TO_STRING,
        (T::String, head) if is_scalar(head) => &code::TYPE_STRING_TO_SCALAR,
        _ => &code::TYPE_CHANGED,
    }
}

/// A decimal without a precision is unbounded; one without a scale has no digits behind the point.
fn decimal(base: &Field, head: &Field) -> Option<&'static ChangeMeta> {
    let digits = |field: &Field| field.precision.map(|precision| (precision, field.scale.unwrap_or(0)));
    let (before, after) = match (digits(base), digits(head)) {
        (None, None) => return precision_of(base.scale, head.scale),
        (None, Some(_)) => return Some(&code::TYPE_NUMBER_BOUNDED),
        (Some(_), None) => return Some(&code::TYPE_NUMBER_UNBOUNDED),
        (Some(before), Some(after)) => (before, after),
    };
    let whole = |(precision, scale): (u32, u32)| precision.saturating_sub(scale);
    if after.1 < before.1 {
        Some(&code::TYPE_DECIMAL_SCALE_LOWERED)
    } else if after.1 > before.1 && whole(after) < whole(before) {
        Some(&code::TYPE_DECIMAL_SCALE_RAISED_DIGITS_LOST)
    } else if after.1 > before.1 {
        Some(&code::TYPE_DECIMAL_SCALE_RAISED)
    } else {
        match after.0.cmp(&before.0) {
            std::cmp::Ordering::Less => Some(&code::TYPE_DECIMAL_PRECISION_LOWERED),
            std::cmp::Ordering::Greater => Some(&code::TYPE_DECIMAL_PRECISION_RAISED),
            std::cmp::Ordering::Equal => None,
        }
    }
}

fn precision_of(base: Option<u32>, head: Option<u32>) -> Option<&'static ChangeMeta> {
    let order = base.unwrap_or(0).cmp(&head.unwrap_or(0));
    match Stronger::Lower.relation(Some(order)) {
        super::Relation::Same => None,
        super::Relation::Tightened => Some(&code::TYPE_DECIMAL_SCALE_LOWERED),
        _ => Some(&code::TYPE_DECIMAL_SCALE_RAISED),
    }
}

/// The digits of what is no decimal: of times those of a second.
fn precision(base: &Field, head: &Field) -> Option<&'static ChangeMeta> {
    if (base.precision, base.scale) == (head.precision, head.scale) {
        return None;
    }
    Some(match base.data_type {
        DataType::Time => &code::TYPE_TIME_PRECISION_CHANGED,
        DataType::Datetime | DataType::Timestamp if head.precision < base.precision => {
            &code::TYPE_TIMESTAMP_PRECISION_LOWERED
        }
        DataType::Datetime | DataType::Timestamp => &code::TYPE_TIMESTAMP_PRECISION_RAISED,
        _ => &code::TYPE_CHANGED,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_ordered_by_what_fits() {
        let kind = |base: (u32, u32), head: (u32, u32)| {
            let field = |(precision, scale)| Field {
                precision: Some(precision),
                scale: Some(scale),
                ..Field::new("amount", DataType::Decimal)
            };
            decimal(&field(base), &field(head)).map(|meta| meta.code)
        };
        assert_eq!(kind((10, 2), (10, 2)), None);
        assert_eq!(kind((10, 2), (12, 2)), Some("type-decimal-precision-raised"));
        assert_eq!(kind((12, 2), (10, 2)), Some("type-decimal-precision-lowered"));
        assert_eq!(kind((10, 2), (12, 4)), Some("type-decimal-scale-raised"));
        assert_eq!(kind((10, 2), (10, 4)), Some("type-decimal-scale-raised-digits-lost"));
        assert_eq!(kind((10, 4), (12, 2)), Some("type-decimal-scale-lowered"));
    }
}
