//! The names of types that hold one value.

use super::{Digits, PhysicalType as P};

/// The type of a name in lower case and its parameters.
pub(super) fn scalar(words: &str, args: &[&str]) -> Option<P> {
    if let Some(found) = integer(words) {
        return Some(found);
    }
    let length = || match args.first() {
        None | Some(&"max") => Some(None),
        // `varchar(50 char)`: the rest says what is counted.
        Some(arg) => arg.split(' ').next()?.parse().ok().map(Some),
    };
    let text = |fixed| Some(P::Text { length: length()?, fixed });
    let binary = |fixed| Some(P::Binary { length: length()?, fixed });
    Some(match words {
        "varchar"
        | "varchar2"
        | "nvarchar"
        | "nvarchar2"
        | "character varying"
        | "char varying"
        | "string"
        | "text"
        | "clob"
        | "nclob"
        | "ntext"
        | "tinytext"
        | "mediumtext"
        | "longtext"
        | "utf8"
        | "large_utf8"
        | "large_string"
        | "national character varying" => text(false)?,
        "char" | "character" | "nchar" | "bpchar" | "national character" | "fixedstring" => match text(true)? {
            P::Text { length: None, .. } if words != "bpchar" => P::Text { length: Some(1), fixed: true },
            found => found,
        },
        "bytea" | "blob" | "bytes" | "varbinary" | "binary varying" | "raw" | "long raw" | "tinyblob"
        | "mediumblob" | "longblob" | "large_binary" | "image" => binary(false)?,
        // Without a length `binary` is bytes of any count in most systems.
        "binary" => binary(!args.is_empty())?,
        "fixed" | "fixed_size_binary" if !args.is_empty() => binary(true)?,
        "real" | "float4" | "float32" | "binary_float" => P::Float { bits: Some(32) },
        "double" | "double precision" | "float8" | "float64" | "binary_double" => P::Float { bits: Some(64) },
        "half" | "float16" | "halffloat" => P::Float { bits: Some(16) },
        "float" => match args.first() {
            None => P::Float { bits: Some(32) },
            Some(digits) => P::Float { bits: Some(if digits.parse::<u32>().ok()? > 24 { 64 } else { 32 }) },
        },
        "decimal" | "numeric" | "dec" | "number" | "bignumeric" | "bigdecimal" => P::Decimal(digits(args)?),
        // ClickHouse names the width and gives the scale.
        "decimal32" | "decimal64" | "decimal128" | "decimal256" => match args {
            [scale] => {
                let precision = match words {
                    "decimal32" => 9,
                    "decimal64" => 18,
                    "decimal128" => 38,
                    _ => 76,
                };
                P::Decimal(Some(Digits { precision, scale: scale.parse().ok()? }))
            }
            _ => P::Decimal(digits(args)?),
        },
        "boolean" | "bool" => P::Boolean,
        "date" | "date32" => P::Date,
        "uuid" | "uniqueidentifier" | "guid" => P::Uuid,
        "json" | "jsonb" | "variant" | "super" => P::Json,
        "void" | "null" | "unknown" | "nothing" => P::Void,
        _ => return temporal(words, args).or_else(|| geometry(words, args)),
    })
}

fn digits(args: &[&str]) -> Option<Option<Digits>> {
    // Oracle's `number(*,0)`: as many as there are.
    let precision = |text: &str| if text == "*" { Some(38) } else { text.parse().ok() };
    Some(match args {
        [] => None,
        [one] => Some(Digits { precision: precision(one)?, scale: 0 }),
        [one, other] => Some(Digits { precision: precision(one)?, scale: other.parse().ok()? }),
        _ => return None,
    })
}

fn integer(words: &str) -> Option<P> {
    let words = words.strip_suffix(" zerofill").unwrap_or(words);
    let (name, signed) = match words.strip_suffix(" unsigned") {
        Some(name) => (name, false),
        None => (words.strip_suffix(" signed").unwrap_or(words), true),
    };
    let bits = match name {
        "tinyint" | "byte" | "int1" => 8,
        "smallint" | "short" | "int2" | "smallserial" | "serial2" | "int16" => 16,
        "mediumint" | "int3" => 24,
        "int" | "integer" | "int4" | "int32" | "serial" | "serial4" => 32,
        "bigint" | "long" | "int8" | "int64" | "bigserial" | "serial8" => 64,
        "hugeint" | "int128" => 128,
        "int256" => 256,
        _ if signed => {
            let bits = match name {
                "uint8" | "utinyint" => 8,
                "uint16" | "usmallint" => 16,
                "uint32" | "uinteger" => 32,
                "uint64" | "ubigint" => 64,
                "uint128" | "uhugeint" => 128,
                "uint256" => 256,
                _ => return None,
            };
            return Some(P::Integer { bits: Some(bits), signed: false });
        }
        _ => return None,
    };
    Some(P::Integer { bits: Some(bits), signed })
}

/// How many digits of a second a unit keeps.
fn unit(text: &str) -> Option<u32> {
    Some(match text {
        "s" | "seconds" => 0,
        "ms" | "millis" => 3,
        "us" | "micros" => 6,
        "ns" | "nanos" => 9,
        _ => return None,
    })
}

fn temporal(words: &str, args: &[&str]) -> Option<P> {
    let digits = match args.first() {
        None => None,
        Some(arg) => Some(unit(arg).or_else(|| arg.parse().ok())?),
    };
    let local = |digits| Some(P::Timestamp { digits, zoned: false });
    let instant = |digits| Some(P::Timestamp { digits, zoned: true });
    match words {
        "time" | "time without time zone" | "time32" | "time64" => Some(P::Time { digits, zoned: false }),
        "timetz" | "time with time zone" => Some(P::Time { digits, zoned: true }),
        // Arrow gives the zone beside the unit: `timestamp[us, tz=UTC]`.
        "timestamp" if args.len() > 1 => instant(digits),
        "timestamp"
        | "datetime"
        | "datetime2"
        | "datetime64"
        | "timestamp_ntz"
        | "timestampntz"
        | "timestamp without time zone"
        | "local-timestamp" => local(digits),
        "smalldatetime" => local(Some(0)),
        "timestamptz"
        | "timestamp with time zone"
        | "timestamp with local time zone"
        | "timestamp_tz"
        | "timestamp_ltz"
        | "timestampltz"
        | "datetimeoffset" => instant(digits),
        "interval" | "duration" => Some(P::Interval(args.join(","))),
        _ => {
            if let Some(fields) = words.strip_prefix("interval ") {
                let args = if args.is_empty() { String::new() } else { format!("({})", args.join(",")) };
                return Some(P::Interval(format!("{fields}{args}")));
            }
            // The names of Avro, Iceberg and DuckDB carry the unit.
            let (name, suffix) = words.rsplit_once(['-', '_'])?;
            let digits = Some(unit(suffix)?);
            match (name, words.contains('-')) {
                ("timestamp", true) | ("timestamptz", _) => instant(digits),
                ("timestamp" | "local-timestamp", _) => local(digits),
                ("time", _) => Some(P::Time { digits, zoned: false }),
                _ => None,
            }
        }
    }
}

const SHAPES: &[&str] =
    &["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection"];

fn geometry(words: &str, args: &[&str]) -> Option<P> {
    let geodetic = match words {
        "geometry" => false,
        "geography" => true,
        _ => return None,
    };
    let (mut shape, mut srid) = (None, None);
    for arg in args {
        // `pointz`, `pointm` and `pointzm` have more coordinates: they are shapes of their own.
        let plain = arg.trim_end_matches('m').trim_end_matches('z');
        if SHAPES.contains(&plain) || SHAPES.contains(arg) {
            shape = Some((*arg).to_owned());
        } else if *arg != "geometry" {
            srid = Some(arg.strip_prefix("epsg:").unwrap_or(arg).to_owned());
        }
    }
    Some(P::Geometry { shape, srid, geodetic })
}
