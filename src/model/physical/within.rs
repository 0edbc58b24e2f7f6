//! Whether every value of one type is a value of another, whatever the two are called.

use super::{PhysicalType as P, SECOND_DIGITS};

impl P {
    /// Whether every value of another type is one of this type as well: `varchar(20)` contains `varchar(10)`, and `integer` contains
    /// `smallint`. `None` where that is not known.
    pub fn contains(&self, other: &Self) -> Option<bool> {
        if self == other {
            return Some(true);
        }
        match (self, other) {
            (P::Void, _)
            | (P::Decimal(None), P::Decimal(_) | P::Integer { .. })
            | (P::Json, P::Array(_) | P::Map(..) | P::Struct(_)) => Some(true),
            (P::Other(_), _)
            | (_, P::Other(_) | P::Void)
            | (P::Interval(_), P::Interval(_))
            | (P::Geometry { .. }, P::Geometry { .. }) => None,
            (P::Integer { bits, signed }, P::Integer { bits: of, signed: is_signed }) => {
                Some(integer((*bits, *signed), (*of, *is_signed)))
            }
            (P::Float { bits }, P::Float { bits: of }) => Some(bits.unwrap_or(64) >= of.unwrap_or(64)),
            (P::Decimal(Some(room)), P::Decimal(of)) => {
                Some(of.is_some_and(|of| room.scale >= of.scale && room.whole() >= of.whole()))
            }
            (P::Decimal(Some(room)), P::Integer { bits, .. }) => {
                Some(bits.is_some_and(|bits| room.scale >= 0 && room.whole() >= digits(bits)))
            }
            (P::Integer { bits, signed: true }, P::Decimal(Some(of))) => {
                Some(of.scale <= 0 && bits.is_none_or(|bits| of.whole() < digits(bits)))
            }
            (P::Text { length, .. }, P::Text { length: of, .. })
            | (P::Binary { length, .. }, P::Binary { length: of, .. }) => Some(has_length(*length, *of)),
            (P::Text { length, .. }, P::Enum(words)) => {
                let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
                Some(length.is_none_or(|length| longest as u64 <= u64::from(length)))
            }
            (P::Enum(words), P::Enum(of)) => Some(of.iter().all(|word| words.contains(word))),
            (P::Time { digits, zoned }, P::Time { digits: of, zoned: is_zoned })
            | (P::Timestamp { digits, zoned }, P::Timestamp { digits: of, zoned: is_zoned }) => {
                Some(zoned == is_zoned && seconds(*digits) >= seconds(*of))
            }
            (P::Array(item), P::Array(of)) => item.contains(of),
            (P::Map(key, value), P::Map(of_key, of_value)) => all(&[key.contains(of_key), value.contains(of_value)]),
            (P::Struct(members), P::Struct(of)) => within(members, of),
            (P::Union(kinds), one) => {
                let held: Vec<Option<bool>> = kinds.iter().map(|kind| kind.contains(one)).collect();
                if held.contains(&Some(true)) { Some(true) } else { Some(false).filter(|_| !held.contains(&None)) }
            }
            _ => Some(false),
        }
    }
}

fn integer((bits, signed): (Option<u32>, bool), (of, is_signed): (Option<u32>, bool)) -> bool {
    // Without a width there is no bound.
    let (bits, of) = (bits.unwrap_or(u32::MAX), of.unwrap_or(u32::MAX));
    match (signed, is_signed) {
        (false, true) => false,
        (true, false) => bits > of || bits == u32::MAX,
        _ => bits >= of,
    }
}

/// How many decimal digits the greatest whole number of a width has.
fn digits(bits: u32) -> i64 {
    i64::from(bits) * 30_103 / 100_000 + 1
}

fn has_length(length: Option<u32>, of: Option<u32>) -> bool {
    length.is_none_or(|length| of.is_some_and(|of| of <= length))
}

fn seconds(digits: Option<u32>) -> u32 {
    digits.unwrap_or(SECOND_DIGITS)
}

/// Whether all of several things are so.
fn all(held: &[Option<bool>]) -> Option<bool> {
    if held.contains(&Some(false)) { Some(false) } else { Some(true).filter(|_| !held.contains(&None)) }
}

/// Whether members are all there, in any order, and no others.
fn within(members: &[(String, P)], of: &[(String, P)]) -> Option<bool> {
    if members.len() != of.len() {
        return Some(false);
    }
    let held = of.iter().map(|(name, kind)| {
        let own = members.iter().find(|(other, _)| other == name);
        own.map_or(Some(false), |(_, own)| own.contains(kind))
    });
    all(&held.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::P;

    #[test]
    fn a_type_contains_another_or_not() {
        for (one, other, expected) in [
            ("numeric(10,2)", "numeric(12,4)", Some(false)),
            ("numeric(12,4)", "numeric(10,2)", Some(true)),
            ("numeric(10,2)", "numeric(10,4)", Some(false)),
            ("numeric(10,2)", "numeric(8,2)", Some(true)),
            ("numeric(10,2)", "numeric", Some(false)),
            ("numeric", "numeric(10,2)", Some(true)),
            ("numeric(10,0)", "integer", Some(true)),
            ("numeric(9,0)", "integer", Some(false)),
            ("integer", "numeric(9,0)", Some(true)),
            ("integer", "numeric(10,0)", Some(false)),
            ("smallint", "integer", Some(false)),
            ("bigint", "integer", Some(true)),
            ("integer", "int unsigned", Some(false)),
            ("bigint", "int unsigned", Some(true)),
            ("varchar(5)", "varchar(10)", Some(false)),
            ("varchar(10)", "char(5)", Some(true)),
            ("text", "varchar(10)", Some(true)),
            ("varchar(10)", "text", Some(false)),
            ("varchar(3)", "enum('new', 'paid')", Some(false)),
            ("varchar(4)", "enum('new', 'paid')", Some(true)),
            ("enum('new', 'paid')", "enum('new')", Some(true)),
            ("real", "double precision", Some(false)),
            ("timestamp(3)", "timestamp", Some(false)),
            ("timestamp", "timestamp(3)", Some(true)),
            ("timestamp", "timestamptz", Some(false)),
            ("integer[]", "smallint[]", Some(true)),
            ("smallint[]", "integer[]", Some(false)),
            ("jsonb", "row(a integer)", Some(true)),
            ("row(a integer, b text)", "row(b text, a smallint)", Some(true)),
            ("row(a integer)", "row(a integer, b text)", Some(false)),
            ("map(text, integer)", "map(text, bigint)", Some(false)),
            ("integer", "int4range", None),
            ("date", "text", Some(false)),
        ] {
            assert_eq!(P::parse(one).contains(&P::parse(other)), expected, "{one} and {other}");
        }
    }
}
