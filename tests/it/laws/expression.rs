//! SQL in contracts.

use pact::expression::{Mistake, Scope, Wanted, judge, judge_query, parse};
use pact::model::{Constraint, ConstraintKind, DataType, Dataset, Field, Literal};
use pact::source::Span;

use super::lies_in;

/// Reading and judging ends, every place lies in the text, and an expression that is printed is read as the same one. Whether
/// the text was an expression.
pub fn hold(text: &str) -> bool {
    let check = |mistakes: &[Mistake]| {
        for mistake in mistakes {
            lies_in(text, Span::new(mistake.at.start, mistake.at.end), &mistake.message);
            if let Some(correction) = &mistake.correction {
                lies_in(text, Span::new(correction.at.start, correction.at.end), &correction.title);
            }
        }
    };
    check(&judge_query(text));
    let expr = match parse(text) {
        Ok(expr) => expr,
        Err(mistake) => {
            check(&[mistake]);
            return false;
        }
    };
    lies_in(text, Span::new(expr.at.start, expr.at.end), "the expression");
    let dataset = dataset();
    let scopes = [Scope::new([&dataset]), Scope::open()];
    for scope in &scopes {
        for wanted in [Wanted::Condition, Wanted::Filter, Wanted::Value] {
            check(&judge(text, &expr, scope, wanted));
        }
    }
    let printed = expr.to_string();
    // Brackets may nest deeper than they are read.
    if let Ok(again) = parse(&printed) {
        assert_eq!(again.to_string(), printed, "printed twice, from {text:?}");
    }
    true
}

/// A field of each type.
fn dataset() -> Dataset {
    let values = ["open", "paid"].map(|text| Literal::Text(text.to_owned()));
    let mut state = Field::new("state", DataType::String);
    state.constraints = vec![Constraint::new(ConstraintKind::Enum, Literal::List(values.to_vec()))];
    let mut id = Field::new("id", DataType::Integer);
    id.nullable = false;
    id.constraints = vec![Constraint::new(ConstraintKind::Min, Literal::Int(1))];
    let mut place = Field::new("place", DataType::Object);
    place.fields = vec![Field::new("city", DataType::String)];
    let mut tags = Field::new("tags", DataType::Array);
    tags.items = Some(Box::new(Field::new("", DataType::String)));
    let plain = [
        ("amount", DataType::Decimal),
        ("paid", DataType::Boolean),
        ("day", DataType::Date),
        ("at", DataType::Timestamp),
        ("hour", DataType::Time),
        ("key", DataType::Uuid),
        ("body", DataType::Json),
        ("any", DataType::Unknown),
    ];
    let plain = plain.into_iter().map(|(name, data_type)| Field::new(name, data_type));
    let fields = [id, state, place, tags].into_iter().chain(plain).collect();
    Dataset { name: "orders".to_owned(), fields, ..Dataset::default() }
}
