//! Values in words, and why a constraint refuses one.

use super::context::Context;
use super::patterns::Spent;
use crate::model::values::{has_digits_of, has_room_in, limit, satisfies};
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal, PhysicalType, SourceId};
use crate::source::words::quoted;

/// Whether a value is one only once a variable of the environment stands in its place: `${LIMIT}`, `${LIMIT:-10}`.
pub(super) fn is_variable(value: &Literal) -> bool {
    let has_variable = |text: &str| {
        text.match_indices("${").any(|(at, _)| {
            let rest = text.get(at + 2..).unwrap_or_default();
            rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && rest.contains('}')
        })
    };
    value.text().is_some_and(has_variable)
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
        DataType::Json | DataType::Unknown => "anything",
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
    let mut spent = None;
    let mut matches = |pattern: &str, text: &str| match context.patterns.matches(source, pattern, text) {
        Ok(matches) => matches,
        Err(Spent { first }) => {
            spent = Some(first);
            None
        }
    };
    let satisfied = satisfies(value, constraint, field, &mut matches);
    let shown = || quoted(&constraint.value.to_string());
    if let Some(first) = spent {
        return first.then(|| format!("it takes too long to match it, and what is behind it, with {}", shown()));
    }
    if satisfied != Some(false) {
        return None;
    }
    let counted = |words: &str| Some(format!("{words} {}", limit(&constraint.value)?));
    match constraint.kind {
        ConstraintKind::Min => Some(format!("it is below `min` {}", shown())),
        ConstraintKind::Max => Some(format!("it is above `max` {}", shown())),
        ConstraintKind::ExclusiveMin => Some(format!("it is not above `exclusive_min` {}", shown())),
        ConstraintKind::ExclusiveMax => Some(format!("it is not below `exclusive_max` {}", shown())),
        ConstraintKind::MinLength => counted("it is shorter than `min_length`"),
        ConstraintKind::MaxLength => counted("it is longer than `max_length`"),
        ConstraintKind::MinItems => counted("it has fewer items than `min_items`"),
        ConstraintKind::MaxItems => counted("it has more items than `max_items`"),
        ConstraintKind::Enum => Some("`enum` does not list it".to_owned()),
        ConstraintKind::Const => Some(format!("`const` allows {} only", shown())),
        ConstraintKind::UniqueItems => Some("`unique_items` allows each of its items once".to_owned()),
        ConstraintKind::MinProperties => counted("it has fewer keys than `min_properties`"),
        ConstraintKind::MaxProperties => counted("it has more keys than `max_properties`"),
        ConstraintKind::Regex => Some(format!("it does not match {}", shown())),
        ConstraintKind::MultipleOf => Some(format!("it is no multiple of {}", shown())),
        // SQL is not evaluated here.
        ConstraintKind::Expression => None,
    }
}

/// Why a value can't be stored, to follow "because"; `None` where it can, or where nobody knows.
pub(super) fn no_room(field: &Field, value: &Literal) -> Option<String> {
    /// Values of a type in the store that lists them; more are not looked through for each value.
    const MOST: usize = 1_000;
    let kind = field.physical().map(|physical| &physical.kind);
    let is_long = matches!(kind, Some(PhysicalType::Enum(values)) if values.len() > MOST);
    if !is_long && has_room_in(field, value) == Some(false) {
        return field.physical().map(|physical| format!("{} has no room for it", quoted(&physical.text)));
    }
    (has_digits_of(field, value) == Some(false)).then(|| "`precision` and `scale` allow fewer digits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::patterns::Patterns;
    use crate::model::Listing;

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }

    #[test]
    fn constraints_refuse_what_breaks_them() {
        let patterns = Patterns::default();
        let context = Context::new(&patterns, jiff::civil::date(2026, 1, 5));
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
        let patterns = Patterns::default();
        let context = Context::new(&patterns, jiff::civil::date(2026, 1, 5));
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
