//! The tree held against a row.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::constants::boolean;
use super::node::{Cast, Node};
use super::value::{DAY, Moment, Span, Value, time_of_day};
use super::{Failed, Number, functions};
use crate::expression::{Comparison, Operator, Truth};
use crate::model::DataType;

/// What `and` and `or` make of true, false and unknown.
fn joined<'v>(parts: &'v [Node], row: &'v [Value<'v>], decides: bool) -> Result<Option<bool>, Failed> {
    let mut all = Some(!decides);
    for part in parts {
        match part.truth(row)? {
            Some(truth) if truth == decides => return Ok(Some(decides)),
            Some(_) => {}
            None => all = None,
        }
    }
    Ok(all)
}

/// Whether two values stand to each other as a comparison says.
pub(super) fn compared(left: &Value<'_>, comparison: Comparison, right: &Value<'_>) -> Option<bool> {
    if comparison.takes_null() {
        let same = match (left.is_null(), right.is_null()) {
            (true, true) => true,
            (false, false) => left.order(right) == Some(Ordering::Equal),
            _ => false,
        };
        return Some(same == (comparison == Comparison::NotDistinct));
    }
    left.order(right).map(|order| comparison.holds(order))
}

fn of(truth: Option<bool>) -> Value<'static> {
    truth.map_or(Value::Null, Value::Bool)
}

impl Node {
    /// The value as a condition.
    pub(super) fn truth<'v>(&'v self, row: &'v [Value<'v>]) -> Result<Option<bool>, Failed> {
        match self {
            Self::Not(inner) => Ok(inner.truth(row)?.map(|truth| !truth)),
            Self::All(parts) => joined(parts, row, false),
            Self::Any(parts) => joined(parts, row, true),
            Self::Compare(left, comparison, right) => Ok(compared(&*left.look(row)?, *comparison, &*right.look(row)?)),
            Self::IsNull(inner, negated) => Ok(Some(inner.value(row)?.is_null() != *negated)),
            Self::Is(inner, what, negated) => {
                let truth = inner.truth(row)?;
                let is = match what {
                    Truth::True => truth == Some(true),
                    Truth::False => truth == Some(false),
                    Truth::Unknown => truth.is_none(),
                };
                Ok(Some(is != *negated))
            }
            Self::In(value, list, negated) => {
                let value = value.value(row)?;
                let mut found = Some(false);
                for one in list {
                    match compared(&value, Comparison::Equal, &one.value(row)?) {
                        Some(true) => return Ok(Some(!negated)),
                        Some(false) => {}
                        None => found = None,
                    }
                }
                Ok(found.map(|found| found != *negated))
            }
            Self::Between(value, bounds, negated) => {
                let value = value.value(row)?;
                let low = compared(&value, Comparison::GreaterOrEqual, &bounds[0].value(row)?);
                let high = compared(&value, Comparison::LessOrEqual, &bounds[1].value(row)?);
                let within = match (low, high) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                Ok(within.map(|within| within != *negated))
            }
            Self::Matches(value, pattern, negated) => match value.value(row)? {
                Value::Text(text) => Ok(Some(pattern.is_match(&text) != *negated)),
                _ => Ok(None),
            },
            _ => match self.value(row)? {
                Value::Bool(truth) => Ok(Some(truth)),
                _ => Ok(None),
            },
        }
    }

    /// The value where it stands, if it stands anywhere: to compare it, it need not be copied.
    #[inline]
    fn look<'v>(&'v self, row: &'v [Value<'v>]) -> Result<Cow<'v, Value<'v>>, Failed> {
        match self {
            Self::Constant(value) => Ok(Cow::Borrowed(value)),
            Self::Slot(slot) => Ok(row.get(*slot).map_or(Cow::Owned(Value::Null), Cow::Borrowed)),
            _ => self.value(row).map(Cow::Owned),
        }
    }

    /// The value.
    pub(super) fn value<'v>(&'v self, row: &'v [Value<'v>]) -> Result<Value<'v>, Failed> {
        match self {
            Self::Constant(value) => Ok(value.borrowed()),
            Self::Slot(slot) => Ok(row.get(*slot).map_or(Value::Null, Value::borrowed)),
            Self::Negated(inner) => match inner.value(row)? {
                Value::Number(number) => number.negated().map(Value::Number),
                _ => Ok(Value::Null),
            },
            Self::Operate(left, operator, right) => operate(left.value(row)?, *operator, right.value(row)?),
            Self::Case(branches, otherwise) => {
                for (when, then) in branches {
                    if when.truth(row)? == Some(true) {
                        return then.value(row);
                    }
                }
                otherwise.value(row)
            }
            Self::Cast(inner, cast) => {
                let value = inner.value(row)?;
                if value.is_null() {
                    return Ok(value);
                }
                match cast_to(value, *cast) {
                    Err(_) if cast.is_try => Ok(Value::Null),
                    cast => cast,
                }
            }
            Self::Call(function, arguments) => functions::run(*function, arguments, row),
            Self::Not(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Compare(..)
            | Self::IsNull(..)
            | Self::Is(..)
            | Self::In(..)
            | Self::Between(..)
            | Self::Matches(..) => self.truth(row).map(of),
        }
    }
}

fn operate<'v>(left: Value<'v>, operator: Operator, right: Value<'v>) -> Result<Value<'v>, Failed> {
    let back = |span: Span| if operator == Operator::Subtract { span.negated() } else { span };
    let moved = |moment, span: Span| span.after(moment).map(Value::Moment).ok_or(Failed::Overflow);
    match (left, right) {
        (Value::Number(one), Value::Number(two)) => {
            let number = match operator {
                Operator::Add => one.plus(two),
                Operator::Subtract => one.minus(two),
                Operator::Multiply => one.times(two),
                Operator::Divide => one.over(two),
                Operator::Remainder => one.remainder(two),
                Operator::Concat => return Ok(Value::Null),
            };
            number.map(Value::Number)
        }
        (Value::Text(one), Value::Text(two)) => Ok(Value::Text(Cow::Owned(format!("{one}{two}")))),
        (Value::Moment(moment), Value::Span(span)) | (Value::Span(span), Value::Moment(moment)) => {
            moved(moment, back(span))
        }
        (Value::Moment(moment), Value::Number(days)) => match days.truncated().float() {
            #[expect(clippy::cast_possible_truncation, reason = "it is within the bounds")]
            days if days.abs() < 1e7 => {
                let seconds = (days as i64) * DAY;
                moved(moment, back(Span { seconds, ..Span::default() }))
            }
            _ => Err(Failed::Overflow),
        },
        (Value::Moment(to), Value::Moment(from)) => Ok(Value::Span(Span::between(from, to))),
        (Value::Span(one), Value::Span(two)) => {
            let two = back(two);
            let sum = |one: i64, two: i64| one.checked_add(two).ok_or(Failed::Overflow);
            Ok(Value::Span(Span {
                months: sum(one.months, two.months)?,
                seconds: sum(one.seconds, two.seconds)?,
                nanos: sum(one.nanos, two.nanos)?,
            }))
        }
        _ => Ok(Value::Null),
    }
}

fn cast_to(value: Value<'_>, cast: Cast) -> Result<Value<'_>, Failed> {
    let number = |number: Number| {
        Ok(Value::Number(match (cast.to, cast.scale) {
            // Towards zero, as SQLite and DataFusion have it; PostgreSQL rounds.
            (DataType::Integer, _) => number.truncated().whole().ok_or(Failed::Overflow)?,
            (_, Some(scale)) => number.fractional().round(i128::from(scale))?,
            _ => number.fractional(),
        }))
    };
    let text = |text: String| Ok(Value::Text(Cow::Owned(text)));
    match value {
        Value::Number(value) if cast.to == DataType::String => text(value.to_string()),
        Value::Number(value) => number(value),
        Value::Uuid(id) if cast.to == DataType::String => text(uuid::Uuid::from_u128(id).to_string()),
        Value::Moment(moment) if cast.to == DataType::Date => Ok(Value::Moment(moment.midnight())),
        Value::Text(words) => {
            let trimmed = words.trim();
            let read = match cast.to {
                DataType::Integer => {
                    let whole = Number::parse(trimmed).filter(|number| matches!(number, Number::Int(_)));
                    whole.map(Value::Number)
                }
                DataType::Float | DataType::Decimal => {
                    return Number::parse(trimmed).ok_or(Failed::Cast).and_then(number);
                }
                DataType::Boolean => boolean(trimmed).map(Value::Bool),
                DataType::Date => {
                    let moment = Moment::date(trimmed).or_else(|| Moment::parse(trimmed));
                    moment.map(|moment| Value::Moment(moment.midnight()))
                }
                DataType::Datetime | DataType::Timestamp => {
                    Moment::parse(trimmed).or_else(|| Moment::date(trimmed)).map(Value::Moment)
                }
                DataType::Time => time_of_day(trimmed).map(Value::Time),
                DataType::Uuid => uuid::Uuid::try_parse(trimmed).ok().map(|id| Value::Uuid(id.as_u128())),
                _ => return Ok(Value::Text(words)),
            };
            read.ok_or(Failed::Cast)
        }
        same => Ok(same),
    }
}
