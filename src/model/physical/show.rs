//! Physical types as people write them, each in one spelling.

use std::fmt::{Display, Formatter, Result};

use super::PhysicalType;

impl Display for PhysicalType {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        let list = |out: &mut Formatter<'_>, name: &str, items: &[String]| write!(out, "{name}<{}>", items.join(", "));
        let bounded = |out: &mut Formatter<'_>, name: &str, count: Option<u32>| match count {
            Some(count) => write!(out, "{name}({count})"),
            None => out.write_str(name),
        };
        match self {
            Self::Integer { bits, signed } => {
                match bits {
                    Some(16) => out.write_str("smallint")?,
                    Some(32) | None => out.write_str("integer")?,
                    Some(64) => out.write_str("bigint")?,
                    Some(8) => out.write_str("tinyint")?,
                    Some(24) => out.write_str("mediumint")?,
                    Some(bits) => write!(out, "int{bits}")?,
                }
                if *signed { Ok(()) } else { out.write_str(" unsigned") }
            }
            Self::Float { bits: Some(64) } => out.write_str("double"),
            Self::Float { bits: Some(16) } => out.write_str("float16"),
            Self::Float { .. } => out.write_str("float"),
            Self::Decimal(None) => out.write_str("decimal"),
            Self::Decimal(Some(digits)) => write!(out, "decimal({},{})", digits.precision, digits.scale),
            Self::Boolean => out.write_str("boolean"),
            Self::Text { length: None, .. } => out.write_str("text"),
            Self::Text { length, fixed } => bounded(out, if *fixed { "char" } else { "varchar" }, *length),
            Self::Enum(values) => {
                let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
                write!(out, "enum({})", values.join(", "))
            }
            Self::Binary { length, fixed } => bounded(out, if *fixed { "binary" } else { "varbinary" }, *length),
            Self::Date => out.write_str("date"),
            Self::Time { digits, zoned } => {
                bounded(out, "time", *digits)?;
                out.write_str(if *zoned { " with time zone" } else { "" })
            }
            Self::Timestamp { digits, zoned } => {
                bounded(out, "timestamp", *digits)?;
                out.write_str(if *zoned { " with time zone" } else { "" })
            }
            Self::Interval(unit) => write!(out, "{}", format!("interval {unit}").trim_end()),
            Self::Uuid => out.write_str("uuid"),
            Self::Json => out.write_str("json"),
            Self::Array(item) => list(out, "array", &[item.to_string()]),
            Self::Set { distinct, item } => list(out, if *distinct { "set" } else { "multiset" }, &[item.to_string()]),
            Self::Map(key, value) => list(out, "map", &[key.to_string(), value.to_string()]),
            Self::Struct(members) => {
                let members: Vec<String> = members.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
                list(out, "struct", &members)
            }
            Self::Union(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
                list(out, "union", &kinds)
            }
            Self::Void => out.write_str("void"),
            Self::Geometry { shape, srid, geodetic } => {
                let parts: Vec<&str> = [shape.as_deref(), srid.as_deref()].into_iter().flatten().collect();
                out.write_str(if *geodetic { "geography" } else { "geometry" })?;
                if parts.is_empty() { Ok(()) } else { write!(out, "({})", parts.join(", ")) }
            }
            Self::Vector { dimensions: Some(count), element } => write!(out, "vector({element}, {count})"),
            Self::Vector { dimensions: None, element } => write!(out, "vector({element})"),
            Self::Other(text) => out.write_str(text),
        }
    }
}
