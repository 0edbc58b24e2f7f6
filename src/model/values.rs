//! Values held against the type of a field and against its constraints.

use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::{Constraint, ConstraintKind, DataType, Field, Literal};

/// Whether a text matches a pattern; `None` where that is no pattern, or where nobody may try any longer. Who asks says
/// what may be spent on it.
pub type Matcher<'a> = &'a mut dyn FnMut(&str, &str) -> Option<bool>;

/// Whether a value can stand in a field, by its type alone. `null` can where the field is nullable.
pub fn fits(value: &Literal, field: &Field) -> bool {
    if matches!(value, Literal::Null) {
        return field.nullable;
    }
    match field.data_type {
        DataType::String | DataType::Binary => value.text().is_some(),
        DataType::Integer => is_whole(value),
        DataType::Float => value.number().is_some(),
        DataType::Decimal => decimal(value).is_some(),
        DataType::Boolean => matches!(value, Literal::Bool(_)),
        DataType::Date => value.text().is_some_and(|text| text.len() == 10 && text.parse::<Date>().is_ok()),
        DataType::Time => value.text().is_some_and(|text| text.parse::<Time>().is_ok()),
        DataType::Datetime | DataType::Timestamp => value.text().is_some_and(is_moment),
        DataType::Uuid => value.text().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()),
        DataType::Json | DataType::Unknown => true,
        DataType::Array => match (value, &field.items) {
            (Literal::List(values), Some(items)) => values.iter().all(|value| fits(value, items)),
            (Literal::List(_), None) => true,
            _ => false,
        },
        DataType::Object | DataType::Map => matches!(value, Literal::Map(_)),
    }
}

/// A length or count written as a bound.
pub fn limit(bound: &Literal) -> Option<usize> {
    if let Literal::Int(value) = bound { usize::try_from(*value).ok() } else { None }
}

/// Whether a value of a field satisfies a constraint; `None` where the constraint says nothing about it, is itself wrong,
/// holds for some rows only, or can't be evaluated here (SQL).
pub fn satisfies(value: &Literal, constraint: &Constraint, field: &Field, matches: Matcher<'_>) -> Option<bool> {
    if constraint.when.is_some() {
        return None;
    }
    let bound = &constraint.value;
    let data_type = field.data_type;
    let compared = || data_type.order(value, bound);
    let characters = || value.text().map(|text| text.chars().count());
    let keys = || if let Literal::Map(entries) = value { Some(entries.len()) } else { None };
    let items = || if let Literal::List(items) = value { Some(items.len()) } else { None };
    match constraint.kind {
        ConstraintKind::Min => compared().map(Ordering::is_ge),
        ConstraintKind::Max => compared().map(Ordering::is_le),
        ConstraintKind::ExclusiveMin => compared().map(Ordering::is_gt),
        ConstraintKind::ExclusiveMax => compared().map(Ordering::is_lt),
        ConstraintKind::MinLength => Some(characters()? >= limit(bound)?),
        ConstraintKind::MaxLength => Some(characters()? <= limit(bound)?),
        ConstraintKind::MinItems => Some(items()? >= limit(bound)?),
        ConstraintKind::MaxItems => Some(items()? <= limit(bound)?),
        ConstraintKind::Enum => match bound {
            _ if constraint.is_open() => Some(true),
            Literal::List(allowed) => Some(allowed.iter().any(|one| data_type.same(one, value))),
            _ => None,
        },
        ConstraintKind::Const => Some(data_type.same(bound, value)),
        ConstraintKind::UniqueItems => match (bound, value) {
            (Literal::Bool(true), Literal::List(items)) => {
                let of = field.items.as_ref().map_or(DataType::Json, |items| items.data_type);
                let mut seen = HashSet::with_capacity(items.len());
                Some(items.iter().all(|item| seen.insert(of.identity(item))))
            }
            (Literal::Bool(false), Literal::List(_)) => Some(true),
            _ => None,
        },
        ConstraintKind::MinProperties => Some(keys()? >= limit(bound)?),
        ConstraintKind::MaxProperties => Some(keys()? <= limit(bound)?),
        ConstraintKind::Regex => matches(bound.text()?, value.text()?),
        ConstraintKind::MultipleOf => divides(bound, value),
        ConstraintKind::Expression => None,
    }
}

/// Whether a field accepts a value, by everything that it says about values; `None` where that can't be told: an
/// expression in SQL, a format, a mapping.
pub fn accepts(field: &Field, value: &Literal, matches: Matcher<'_>) -> Option<bool> {
    if matches!(value, Literal::Null) {
        return Some(field.nullable);
    }
    if !fits(value, field) {
        return Some(false);
    }
    let mut told = !matches!(value, Literal::Map(_)) && field.format.is_none();
    let mut refused = false;
    let mut weigh = |accepted: Option<bool>| {
        refused |= accepted == Some(false);
        told &= accepted.is_some();
    };
    weigh(has_digits_of(field, value));
    weigh(has_room_in(field, value));
    for constraint in &field.constraints {
        weigh(satisfies(value, constraint, field, matches));
    }
    if let (Literal::List(values), Some(items)) = (value, &field.items) {
        for value in values {
            weigh(accepts(items, value, matches));
        }
    }
    if refused { Some(false) } else { told.then_some(true) }
}

/// Whether a number has no more digits than its field; `None` where the field leaves open how many that are.
pub fn has_digits_of(field: &Field, value: &Literal) -> Option<bool> {
    match (field.data_type, field.precision, field.scale) {
        (_, None, None) => Some(true),
        (DataType::Decimal, Some(precision), scale) => {
            let (whole, behind) = digits(value)?;
            let scale = scale.unwrap_or(0);
            Some(behind <= scale && whole <= precision.saturating_sub(scale))
        }
        // Nothing bounds the digits before the point.
        (DataType::Decimal, None, Some(scale)) => Some(digits(value)?.1 <= scale),
        _ => None,
    }
}

/// Whether a value has room in the physical type of its field; `None` where that can't be told.
pub fn has_room_in(field: &Field, value: &Literal) -> Option<bool> {
    field.physical().map_or(Some(true), |physical| physical.kind.has_room(value))
}

/// How many digits a number has before the point and behind it, without zeros at either end: 2 and 1 for `012.50`.
pub fn digits(value: &Literal) -> Option<(u32, u32)> {
    let text = match value {
        Literal::Text(text) => text.trim().to_owned(),
        // Written out in full, without an exponent.
        Literal::Int(_) | Literal::Float(_) => value.to_string(),
        _ => return None,
    };
    let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.trim_start_matches(['-', '+']).trim_start_matches('0');
    let behind = behind.trim_end_matches('0');
    let plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    let count = |digits: &str| u32::try_from(digits.len()).ok();
    (plain(whole) && plain(behind)).then_some((count(whole)?, count(behind)?))
}

/// A decimal: a number, or a number in quotes, which is how digits are kept that a binary number would lose.
pub fn decimal(value: &Literal) -> Option<f64> {
    value.number().or_else(|| value.text()?.trim().parse().ok()).filter(|number| number.is_finite())
}

fn is_whole(value: &Literal) -> bool {
    match value {
        Literal::Int(_) => true,
        Literal::Float(value) => value.is_finite() && value.fract() == 0.0,
        _ => false,
    }
}

/// Whether a text is a date with a time of day, with a zone or without.
fn is_moment(text: &str) -> bool {
    // A bare date is read by jiff as its midnight; here that is half a value.
    text.len() > 10 && (text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok())
}

/// Whether a number divides another, up to what binary fractions can tell; `None` where one of them is none, or the
/// divisor is not above 0.
pub fn divides(divisor: &Literal, value: &Literal) -> Option<bool> {
    if let (Literal::Int(divisor), Literal::Int(value)) = (divisor, value) {
        return value.checked_rem(*divisor).filter(|_| *divisor > 0).map(|rest| rest == 0);
    }
    let (divisor, value) = (decimal(divisor)?, decimal(value)?);
    if divisor <= 0.0 {
        return None;
    }
    // 19.99 / 0.01 is 1998.9999999999998 in binary.
    let times = value / divisor;
    Some((times - times.round()).abs() <= 1e-9 * times.abs().max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }

    fn no_patterns(_: &str, _: &str) -> Option<bool> {
        None
    }

    #[test]
    fn values_fit_their_type() {
        let cases = [
            (DataType::String, text("a"), true),
            (DataType::String, Literal::Int(1), false),
            (DataType::Integer, Literal::Float(5.0), true),
            (DataType::Integer, Literal::Float(5.5), false),
            (DataType::Integer, text("5"), false),
            (DataType::Decimal, text("12.50"), true),
            (DataType::Decimal, text("twelve"), false),
            (DataType::Decimal, text("NaN"), false),
            (DataType::Boolean, text("yes"), false),
            (DataType::Date, text("2026-02-29"), false),
            (DataType::Date, text("2028-02-29"), true),
            (DataType::Time, text("12:00:00"), true),
            (DataType::Timestamp, text("2026-01-31T12:00:00Z"), true),
            (DataType::Timestamp, text("2026-01-31"), false),
            (DataType::Datetime, text("2026-01-31 12:00:00"), true),
            (DataType::Uuid, text("6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f"), true),
            (DataType::Uuid, text("6f1c2f0e"), false),
            (DataType::Json, Literal::List(Vec::new()), true),
            (DataType::Array, text("a"), false),
            (DataType::Object, Literal::Map(Vec::new()), true),
        ];
        for (data_type, value, fitting) in cases {
            assert_eq!(fits(&value, &Field::new("f", data_type)), fitting, "{value} as {}", data_type.name());
        }
    }

    #[test]
    fn null_fits_what_is_nullable() {
        let mut field = Field::new("f", DataType::Integer);
        assert!(fits(&Literal::Null, &field));
        field.nullable = false;
        assert!(!fits(&Literal::Null, &field));
        assert_eq!(accepts(&field, &Literal::Null, &mut no_patterns), Some(false));
    }

    #[test]
    fn digits_are_counted_on_both_sides_of_the_point() {
        assert_eq!(digits(&text("012.50")), Some((2, 1)));
        assert_eq!(digits(&Literal::Float(-0.001)), Some((0, 3)));
        assert_eq!(digits(&Literal::Int(1000)), Some((4, 0)));
        assert_eq!(digits(&text("1e5")), None);
        let amount = Field { precision: Some(5), scale: Some(2), ..Field::new("amount", DataType::Decimal) };
        let accepted = |value| accepts(&amount, &value, &mut no_patterns);
        assert_eq!(accepted(Literal::Float(999.99)), Some(true));
        assert_eq!(accepted(Literal::Int(1000)), Some(false));
        assert_eq!(accepted(text("2.555")), Some(false));
    }

    #[test]
    fn what_can_not_be_told_is_not_told() {
        let with = |kind, value| Field {
            constraints: vec![Constraint::new(kind, value)],
            ..Field::new("value", DataType::String)
        };
        let expression = with(ConstraintKind::Expression, text("value <> ''"));
        assert_eq!(accepts(&expression, &text("a"), &mut no_patterns), None);
        let mut both = with(ConstraintKind::MaxLength, Literal::Int(2));
        both.constraints.extend(expression.constraints);
        assert_eq!(accepts(&both, &text("abc"), &mut no_patterns), Some(false), "the length is enough");
        let mail = Field { format: Some("email".to_owned()), ..Field::new("mail", DataType::String) };
        assert_eq!(accepts(&mail, &text("a"), &mut no_patterns), None);
    }

    #[test]
    fn items_are_held_against_their_own_constraints() {
        let items = Field {
            nullable: false,
            constraints: vec![Constraint::new(ConstraintKind::Max, Literal::Int(3))],
            ..Field::new("items", DataType::Integer)
        };
        let list = Field { items: Some(Box::new(items)), ..Field::new("list", DataType::Array) };
        let accepted = |values| accepts(&list, &Literal::List(values), &mut no_patterns);
        assert_eq!(accepted(vec![Literal::Int(3)]), Some(true));
        assert_eq!(accepted(vec![Literal::Int(4)]), Some(false));
        assert_eq!(accepted(vec![Literal::Null]), Some(false));
    }
}
