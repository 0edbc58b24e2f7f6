//! Values held against the type of a field and against its constraints.

use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::context::Context;
use super::patterns::Spent;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal, SourceId};
use crate::source::words::quoted;

/// Whether a value can stand in a field, by its type alone. `null` can where the field is nullable.
pub(super) fn fits(value: &Literal, field: &Field) -> bool {
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
        DataType::Json => true,
        DataType::Array => match (value, &field.items) {
            (Literal::List(values), Some(items)) => values.iter().all(|value| fits(value, items)),
            (Literal::List(_), None) => true,
            _ => false,
        },
        DataType::Object | DataType::Map => matches!(value, Literal::Map(_)),
    }
}

/// A value that fits a type, in words, to follow "expected".
pub(super) fn expected(data_type: DataType) -> &'static str {
    match data_type {
        DataType::String => "a text",
        DataType::Binary => "a text that encodes bytes",
        DataType::Integer => "a whole number",
        DataType::Float | DataType::Decimal => "a number",
        DataType::Boolean => "true or false",
        DataType::Date => "a date as YYYY-MM-DD",
        DataType::Time => "a time as HH:MM:SS",
        DataType::Datetime => "a date and time such as 2026-01-31T12:00:00",
        DataType::Timestamp => "a time with its offset such as 2026-01-31T12:00:00Z",
        DataType::Uuid => "a UUID such as 6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f",
        DataType::Json => "anything",
        DataType::Array => "a list, each item of the items' type",
        DataType::Object | DataType::Map => "a mapping",
    }
}

/// A value in words for a message: `the number 5`.
pub(super) fn described(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => format!("the boolean {value}"),
        Literal::Int(value) => format!("the number {value}"),
        Literal::Float(value) => format!("the number {value:?}"),
        Literal::Text(text) => format!("the text {}", quoted(text)),
        Literal::List(_) => "a list".to_owned(),
        Literal::Map(_) => "a mapping".to_owned(),
    }
}

/// Why a constraint refuses a value, to follow "because"; `None` where it does not, where it holds for some rows only, or
/// where the constraint is itself wrong, which other rules tell.
pub(super) fn refusal(
    value: &Literal,
    constraint: &Constraint,
    field: &Field,
    source: SourceId,
    context: &Context<'_>,
) -> Option<String> {
    if constraint.when.is_some() {
        return None;
    }
    let bound = &constraint.value;
    let ordered = |wrong: &[Ordering], words: &str| {
        let order = field.data_type.order(value, bound)?;
        wrong.contains(&order).then(|| format!("{words} {}", quoted(&bound.to_string())))
    };
    let counted = |count: Option<usize>, wrong: Ordering, words: &str| {
        let (count, limit) = (count?, limit(bound)?);
        (count.cmp(&limit) == wrong).then(|| format!("{words} {limit}"))
    };
    let characters = || value.text().map(|text| text.chars().count());
    let items = || if let Literal::List(items) = value { Some(items.len()) } else { None };
    let keys = || if let Literal::Map(entries) = value { Some(entries.len()) } else { None };
    match constraint.kind {
        ConstraintKind::Min => ordered(&[Ordering::Less], "it is below `min`"),
        ConstraintKind::Max => ordered(&[Ordering::Greater], "it is above `max`"),
        ConstraintKind::ExclusiveMin => ordered(&[Ordering::Less, Ordering::Equal], "it is not above `exclusive_min`"),
        ConstraintKind::ExclusiveMax => {
            ordered(&[Ordering::Greater, Ordering::Equal], "it is not below `exclusive_max`")
        }
        ConstraintKind::MinLength => counted(characters(), Ordering::Less, "it is shorter than `min_length`"),
        ConstraintKind::MaxLength => counted(characters(), Ordering::Greater, "it is longer than `max_length`"),
        ConstraintKind::MinItems => counted(items(), Ordering::Less, "it has fewer items than `min_items`"),
        ConstraintKind::MaxItems => counted(items(), Ordering::Greater, "it has more items than `max_items`"),
        ConstraintKind::Enum => match bound {
            Literal::List(allowed)
                if !constraint.is_open() && !allowed.iter().any(|one| field.data_type.same(one, value)) =>
            {
                Some("`enum` does not list it".to_owned())
            }
            _ => None,
        },
        ConstraintKind::Const => {
            (!field.data_type.same(bound, value)).then(|| format!("`const` allows {} only", quoted(&bound.to_string())))
        }
        ConstraintKind::UniqueItems => match (bound, value) {
            (Literal::Bool(true), Literal::List(items)) => {
                let of = field.items.as_ref().map_or(DataType::Json, |items| items.data_type);
                let mut seen = HashSet::with_capacity(items.len());
                let twice = items.iter().find(|item| !seen.insert(of.identity(item)))?;
                Some(format!("`unique_items` allows {} once", quoted(&twice.to_string())))
            }
            _ => None,
        },
        ConstraintKind::MinProperties => counted(keys(), Ordering::Less, "it has fewer keys than `min_properties`"),
        ConstraintKind::MaxProperties => counted(keys(), Ordering::Greater, "it has more keys than `max_properties`"),
        ConstraintKind::Regex => {
            let pattern = bound.text()?;
            match context.patterns.matches(source, pattern, value.text()?) {
                Ok(matches) => (!matches?).then(|| format!("it does not match {}", quoted(pattern))),
                Err(Spent { first }) => first
                    .then(|| format!("it takes too long to match it, and what is behind it, with {}", quoted(pattern))),
            }
        }
        ConstraintKind::MultipleOf => {
            (!divides(bound, value)?).then(|| format!("it is no multiple of {}", quoted(&bound.to_string())))
        }
        // SQL is not evaluated here.
        ConstraintKind::Expression => None,
    }
}

/// A length or count written as a bound.
pub(super) fn limit(bound: &Literal) -> Option<usize> {
    if let Literal::Int(value) = bound { usize::try_from(*value).ok() } else { None }
}

/// A decimal: a number, or a number in quotes, which is how digits are kept that a binary number would lose.
fn decimal(value: &Literal) -> Option<f64> {
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

fn divides(divisor: &Literal, value: &Literal) -> Option<bool> {
    if let (Literal::Int(divisor), Literal::Int(value)) = (divisor, value) {
        return value.checked_rem(*divisor).map(|rest| rest == 0);
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
    use crate::model::{Listing, Registry};

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
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
    }

    #[test]
    fn constraints_refuse_what_breaks_them() {
        let registry = Registry::default();
        let context = Context::new(&registry);
        let refused = |data_type, kind, bound: Literal, value: Literal| {
            let constraint = Constraint::new(kind, bound);
            refusal(&value, &constraint, &Field::new("f", data_type), SourceId(0), &context).is_some()
        };
        let (int, float) = (Literal::Int, Literal::Float);
        assert!(refused(DataType::Integer, ConstraintKind::Min, int(1), int(0)));
        assert!(!refused(DataType::Integer, ConstraintKind::Min, int(0), int(0)));
        assert!(refused(DataType::Integer, ConstraintKind::ExclusiveMin, int(0), int(0)));
        assert!(refused(DataType::Decimal, ConstraintKind::Max, int(10), text("10.01")));
        assert!(refused(DataType::Date, ConstraintKind::Min, text("2026-01-01"), text("2025-12-31")));
        // The same instant in two zones.
        let noon = text("2026-01-31T12:00:00Z");
        assert!(!refused(DataType::Timestamp, ConstraintKind::Max, noon, text("2026-01-31T13:00:00+01:00")));
        assert!(refused(DataType::String, ConstraintKind::MaxLength, int(2), text("äöü")));
        assert!(!refused(DataType::String, ConstraintKind::MaxLength, int(3), text("äöü")));
        assert!(refused(DataType::String, ConstraintKind::Regex, text("^[A-Z]{3}$"), text("eur")));
        assert!(refused(DataType::String, ConstraintKind::Enum, Literal::List(vec![text("a")]), text("b")));
        assert!(!refused(DataType::Decimal, ConstraintKind::MultipleOf, float(0.01), float(19.99)));
        assert!(refused(DataType::Decimal, ConstraintKind::MultipleOf, float(0.01), float(19.995)));
        assert!(refused(DataType::Decimal, ConstraintKind::Const, float(1.5), text("1.51")));
        assert!(!refused(DataType::Decimal, ConstraintKind::Const, float(1.5), text("1.50")));
        let twice = Literal::List(vec![int(1), float(1.0)]);
        assert!(refused(DataType::Array, ConstraintKind::UniqueItems, Literal::Bool(true), twice.clone()));
        assert!(!refused(DataType::Array, ConstraintKind::UniqueItems, Literal::Bool(false), twice));
        let one_key = Literal::Map(vec![("a".to_owned(), int(1))]);
        assert!(refused(DataType::Map, ConstraintKind::MinProperties, int(2), one_key.clone()));
        assert!(!refused(DataType::Map, ConstraintKind::MaxProperties, int(1), one_key));
        // A constraint that is wrong itself refuses nothing, and divides nothing by zero.
        assert!(!refused(DataType::Integer, ConstraintKind::MultipleOf, int(0), int(5)));
        assert!(!refused(DataType::String, ConstraintKind::Regex, text("("), text("a")));
    }

    #[test]
    fn what_holds_for_some_rows_or_is_open_refuses_nothing() {
        let registry = Registry::default();
        let context = Context::new(&registry);
        let field = Field::new("f", DataType::String);
        let refused =
            |constraint: &Constraint| refusal(&text("b"), constraint, &field, SourceId(0), &context).is_some();
        let closed = Constraint::new(ConstraintKind::Enum, Literal::List(vec![text("a")]));
        assert!(refused(&closed));
        assert!(!refused(&Constraint { when: Some("x > 1".into()), ..closed.clone() }));
        let open = Listing { open: true, ..Listing::default() };
        assert!(!refused(&Constraint { listing: Some(Box::new(open)), ..closed }));
    }
}
