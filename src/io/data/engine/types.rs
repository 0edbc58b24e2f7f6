//! The types of columns in the words that contracts use.

use datafusion::arrow::datatypes::{DataType, Field, IntervalUnit, TimeUnit};

/// The name of a type, which `PhysicalType` understands.
pub(super) fn name(kind: &DataType) -> String {
    let fixed = |text: &str| text.to_owned();
    match kind {
        DataType::Null => fixed("void"),
        DataType::Boolean => fixed("boolean"),
        DataType::Int8 => fixed("tinyint"),
        DataType::Int16 => fixed("smallint"),
        DataType::Int32 => fixed("integer"),
        DataType::Int64 => fixed("bigint"),
        DataType::UInt8 => fixed("uint8"),
        DataType::UInt16 => fixed("uint16"),
        DataType::UInt32 => fixed("uint32"),
        DataType::UInt64 => fixed("uint64"),
        DataType::Float16 => fixed("float16"),
        DataType::Float32 => fixed("real"),
        DataType::Float64 => fixed("double"),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => format!("decimal({precision},{scale})"),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => fixed("varchar"),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => fixed("varbinary"),
        DataType::FixedSizeBinary(length) => format!("fixed({length})"),
        DataType::Date32 | DataType::Date64 => fixed("date"),
        DataType::Time32(unit) | DataType::Time64(unit) => format!("time({})", digits(*unit)),
        DataType::Timestamp(unit, zone) => match (unit, zone) {
            (TimeUnit::Microsecond, None) => fixed("timestamp"),
            (TimeUnit::Microsecond, Some(_)) => fixed("timestamp with time zone"),
            (unit, None) => format!("timestamp({})", digits(*unit)),
            (unit, Some(_)) => format!("timestamp({}) with time zone", digits(*unit)),
        },
        DataType::Duration(_) => fixed("interval day to second"),
        DataType::Interval(IntervalUnit::YearMonth) => fixed("interval year to month"),
        DataType::Interval(_) => fixed("interval"),
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::ListView(item)
        | DataType::LargeListView(item)
        | DataType::FixedSizeList(item, _) => format!("array<{}>", name(item.data_type())),
        DataType::Struct(fields) => {
            let members: Vec<String> = fields.iter().map(|field| member(field)).collect();
            format!("struct<{}>", members.join(","))
        }
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) => {
                let of = |at: usize| fields.get(at).map_or_else(|| "void".to_owned(), |field| name(field.data_type()));
                format!("map<{},{}>", of(0), of(1))
            }
            other => format!("map<void,{}>", name(other)),
        },
        DataType::Dictionary(_, value) => name(value),
        DataType::RunEndEncoded(_, values) => name(values.data_type()),
        DataType::Union(..) => fixed("union of types"),
    }
}

fn member(field: &Field) -> String {
    let plain =
        field.name().chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') && !field.name().is_empty();
    let kind = name(field.data_type());
    if plain { format!("{}:{kind}", field.name()) } else { format!("\"{}\":{kind}", field.name()) }
}

fn digits(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{DataType as Logical, live_type};

    #[test]
    fn names_are_understood() {
        let list = DataType::List(Arc::new(Field::new("item", DataType::Int32, true)));
        let object = DataType::Struct(
            vec![Field::new("a b", DataType::Utf8View, true), Field::new("c", list.clone(), true)].into(),
        );
        let cases = [
            (DataType::Decimal128(12, 2), "decimal(12,2)", Some(Logical::Decimal)),
            (DataType::Timestamp(TimeUnit::Microsecond, None), "timestamp", Some(Logical::Datetime)),
            (
                DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
                "timestamp(9) with time zone",
                Some(Logical::Timestamp),
            ),
            (DataType::Timestamp(TimeUnit::Nanosecond, None), "timestamp(9)", Some(Logical::Datetime)),
            (
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
                "varchar",
                Some(Logical::String),
            ),
            (list, "array<integer>", Some(Logical::Array)),
            (object, "struct<\"a b\":varchar,c:array<integer>>", Some(Logical::Object)),
            (DataType::Time64(TimeUnit::Nanosecond), "time(9)", Some(Logical::Time)),
            (DataType::Null, "void", None),
            (DataType::UInt64, "uint64", Some(Logical::Integer)),
        ];
        for (kind, expected, logical) in cases {
            assert_eq!(name(&kind), expected);
            assert_eq!(live_type(&name(&kind)), logical, "{expected}");
        }
    }
}
