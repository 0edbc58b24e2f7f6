//! Whether a type has room for a value.

use super::{Digits, PhysicalType};
use crate::model::Literal;
use crate::model::values::digits;

/// Whole numbers up to this are exact in every binary number of 32 bits.
const EXACT: f64 = 16_777_216.0;

impl PhysicalType {
    /// Whether a value, in the form in which contracts write it, has room in this type; `None` where that depends on the
    /// store, or is not known.
    pub fn has_room(&self, value: &Literal) -> Option<bool> {
        match (self, value) {
            (Self::Text { length: Some(length), fixed }, Literal::Text(text)) => of_length(text, *length, *fixed),
            (Self::Enum(values), Literal::Text(text)) => Some(values.contains(text)),
            (Self::Integer { bits, signed }, Literal::Int(value)) => whole(*value, *bits, *signed),
            (Self::Integer { .. }, Literal::Float(value)) if value.fract() != 0.0 => Some(false),
            (Self::Decimal(Some(room)), Literal::Int(_) | Literal::Float(_) | Literal::Text(_)) => {
                decimal(*room, value)
            }
            (Self::Float { .. }, Literal::Int(_) | Literal::Float(_)) => {
                Some(true).filter(|_| value.number().is_some_and(|number| number.abs() <= EXACT))
            }
            // How many digits of a second there are is no matter of room: stores round.
            (Self::Json | Self::Text { length: None, .. }, _)
            | (Self::Decimal(None), Literal::Int(_) | Literal::Float(_))
            | (Self::Boolean, Literal::Bool(_))
            | (Self::Date | Self::Time { .. } | Self::Timestamp { .. } | Self::Uuid, Literal::Text(_)) => Some(true),
            (Self::Array(item), Literal::List(values)) => {
                let room: Vec<Option<bool>> = values.iter().map(|value| item.has_room(value)).collect();
                let worst = [Some(false), None].into_iter().find(|one| room.contains(one));
                worst.unwrap_or(Some(true))
            }
            _ => None,
        }
    }
}

/// Some stores count characters, others bytes: what is too long in one way only can't be told.
fn of_length(text: &str, length: u32, fixed: bool) -> Option<bool> {
    let length = usize::try_from(length).ok()?;
    match text.chars().count() {
        characters if characters > length => Some(false),
        // What is shorter than a fixed length is filled up by some and refused by others.
        characters if fixed && characters < length => None,
        _ => Some(true).filter(|_| text.len() <= length),
    }
}

fn whole(value: i128, bits: Option<u32>, signed: bool) -> Option<bool> {
    if !signed && value < 0 {
        return Some(false);
    }
    let Some(bits) = bits else { return Some(true) };
    let powers = bits.checked_sub(u32::from(signed))?;
    // Wider than what a value is read into: everything that can be written has room.
    let Some(end) = 1i128.checked_shl(powers).filter(|end| *end > 0) else { return Some(true) };
    Some((-end..end).contains(&value))
}

fn decimal(room: Digits, value: &Literal) -> Option<bool> {
    let (before, behind) = digits(value)?;
    let scale = u32::try_from(room.scale).ok()?;
    Some(behind <= scale && i64::from(before) <= room.whole())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_room_or_not() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let cases = [
            ("varchar(3)", text("abc"), Some(true)),
            ("varchar(3)", text("abcd"), Some(false)),
            ("varchar(3)", text("äbc"), None),
            ("char(3)", text("ab"), None),
            ("char(3)", text("abcd"), Some(false)),
            ("text", text("abcd"), Some(true)),
            ("smallint", Literal::Int(32_767), Some(true)),
            ("smallint", Literal::Int(32_768), Some(false)),
            ("smallint", Literal::Int(-32_768), Some(true)),
            ("smallint", Literal::Float(0.5), Some(false)),
            ("uint8", Literal::Int(-1), Some(false)),
            ("numeric(3, 1)", Literal::Float(99.9), Some(true)),
            ("numeric(3, 1)", Literal::Int(100), Some(false)),
            ("numeric(3, 1)", Literal::Float(0.25), Some(false)),
            ("numeric", Literal::Int(100), Some(true)),
            ("real", Literal::Int(1), Some(true)),
            ("real", Literal::Int(i128::MAX), None),
            ("smallint[]", Literal::List(vec![Literal::Int(1), Literal::Int(40_000)]), Some(false)),
            ("bytea", text("abc"), None),
            ("something", text("abc"), None),
        ];
        for (name, value, expected) in cases {
            assert_eq!(PhysicalType::parse(name).has_room(&value), expected, "{value} in {name}");
        }
    }
}
