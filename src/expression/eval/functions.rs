//! Functions of one row: their names, what they take, and what they give.

use std::borrow::Cow;

use super::compile::Compiler;
use super::node::{Node, Typed};
use super::value::{DAY, Moment, Value};
use super::{Failed, Number, constants, node};
use crate::expression::Type;
use crate::expression::ast::Expr;
use crate::source::words::quoted;

/// A function that can be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builtin {
    Abs,
    Ceil,
    CharLength,
    Coalesce,
    Concat,
    Contains,
    Date,
    DaysBetween,
    EndsWith,
    Floor,
    Greatest,
    Least,
    Left,
    Lower,
    NullIf,
    OctetLength,
    Part(Part),
    Position,
    Replace,
    Reverse,
    Right,
    Round,
    Sign,
    StartsWith,
    Substring,
    Trim { start: bool, end: bool },
    Trunc,
    Upper,
}

/// A part of a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Quarter,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Epoch,
    /// 0 is Sunday.
    Weekday,
    /// 1 is Monday.
    IsoWeekday,
    DayOfYear,
}

fn part(unit: &str) -> Option<Part> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "year" | "years" => Part::Year,
        "quarter" => Part::Quarter,
        "month" | "months" => Part::Month,
        "day" | "days" => Part::Day,
        "hour" | "hours" => Part::Hour,
        "minute" | "minutes" => Part::Minute,
        "second" | "seconds" => Part::Second,
        "epoch" => Part::Epoch,
        "dow" => Part::Weekday,
        "isodow" => Part::IsoWeekday,
        "doy" => Part::DayOfYear,
        _ => return None,
    })
}

/// Compiles a call of a function by its name in lower case.
pub(super) fn compile(compiler: &Compiler<'_>, expr: &Expr, name: &str, arguments: &[Expr]) -> Result<Typed, String> {
    use Type::{Boolean, Moment as At, Number as Num, Text};
    let unknown = || format!("the function {} is not evaluated outside databases", quoted(name));
    let count = || format!("{} takes other arguments", quoted(name));
    let call = |function, takes: &[Type], least: usize, gives: Type| {
        if arguments.len() > takes.len() || arguments.len() < least {
            return Err(count());
        }
        let nodes = arguments.iter().zip(takes).map(|(argument, wanted)| compiler.of(argument, *wanted));
        Ok(Typed::new(Node::Call(function, nodes.collect::<Result<_, _>>()?), gives))
    };
    let merged = |function| {
        let (nodes, kind) = compiler.merged(arguments)?;
        Ok(Typed::new(Node::Call(function, nodes), kind))
    };
    let of_unit = |unit: &str, value: &Expr| {
        let part = part(unit).ok_or_else(|| format!("the part {} of a moment is not evaluated", quoted(unit)))?;
        let is_time = matches!(part, Part::Hour | Part::Minute | Part::Second);
        let wanted = if is_time && compiler.expr(value)?.family() == Type::Time { Type::Time } else { At };
        Ok(Typed::new(Node::Call(Builtin::Part(part), vec![compiler.of(value, wanted)?]), Num))
    };
    match (name, arguments) {
        ("abs", _) => call(Builtin::Abs, &[Num], 1, Num),
        ("ceil" | "ceiling", _) => call(Builtin::Ceil, &[Num], 1, Num),
        ("floor", _) => call(Builtin::Floor, &[Num], 1, Num),
        ("round", _) => call(Builtin::Round, &[Num, Num], 1, Num),
        ("trunc" | "truncate", [_]) => call(Builtin::Trunc, &[Num], 1, Num),
        ("sign", _) => call(Builtin::Sign, &[Num], 1, Num),
        ("mod", [one, two]) => {
            let (one, two) = (compiler.of(one, Num)?, compiler.of(two, Num)?);
            let operator = crate::expression::Operator::Remainder;
            Ok(Typed::new(Node::Operate(Box::new(one), operator, Box::new(two)), Num))
        }
        ("lower" | "lcase", _) => call(Builtin::Lower, &[Text], 1, Text),
        ("upper" | "ucase", _) => call(Builtin::Upper, &[Text], 1, Text),
        ("length" | "char_length" | "character_length" | "len", _) => call(Builtin::CharLength, &[Text], 1, Num),
        ("octet_length", _) => call(Builtin::OctetLength, &[Text], 1, Num),
        ("reverse", _) => call(Builtin::Reverse, &[Text], 1, Text),
        ("left", _) => call(Builtin::Left, &[Text, Num], 2, Text),
        ("right", _) => call(Builtin::Right, &[Text, Num], 2, Text),
        ("substring" | "substr", _) => call(Builtin::Substring, &[Text, Num, Num], 2, Text),
        ("replace", _) => call(Builtin::Replace, &[Text, Text, Text], 3, Text),
        ("trim", [_]) => {
            let inside = compiler.source(expr).split_once('(').map_or("", |(_, inside)| inside.trim_start());
            let begins = |word: &str| inside.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            let trim = Builtin::Trim { start: !begins("trailing "), end: !begins("leading ") };
            call(trim, &[Text], 1, Text)
        }
        ("btrim", [_]) => call(Builtin::Trim { start: true, end: true }, &[Text], 1, Text),
        ("ltrim", [_]) => call(Builtin::Trim { start: true, end: false }, &[Text], 1, Text),
        ("rtrim", [_]) => call(Builtin::Trim { start: false, end: true }, &[Text], 1, Text),
        ("starts_with" | "startswith", _) => call(Builtin::StartsWith, &[Text, Text], 2, Boolean),
        ("ends_with" | "endswith", _) => call(Builtin::EndsWith, &[Text, Text], 2, Boolean),
        ("contains", _) => call(Builtin::Contains, &[Text, Text], 2, Boolean),
        ("strpos" | "instr", _) => call(Builtin::Position, &[Text, Text], 2, Num),
        ("position", [part, whole]) => {
            let nodes = vec![compiler.of(whole, Text)?, compiler.of(part, Text)?];
            Ok(Typed::new(Node::Call(Builtin::Position, nodes), Num))
        }
        ("concat", [_, ..]) => {
            let nodes = arguments.iter().map(|argument| compiler.of(argument, Text)).collect::<Result<_, _>>()?;
            Ok(Typed::new(Node::Call(Builtin::Concat, nodes), Text))
        }
        ("regexp_like" | "regexp_contains" | "rlike", [value, pattern]) => {
            let text =
                constants::text(pattern).ok_or_else(|| format!("the pattern of {} is no constant", quoted(name)))?;
            let pattern = constants::regex(text, false)?;
            Ok(Typed::new(Node::Matches(Box::new(compiler.of(value, Text)?), Box::new(pattern), false), Boolean))
        }
        ("coalesce" | "ifnull" | "nvl", [_, ..]) => merged(Builtin::Coalesce),
        ("nullif", [_, _]) => merged(Builtin::NullIf),
        ("greatest", [_, ..]) => merged(Builtin::Greatest),
        ("least", [_, ..]) => merged(Builtin::Least),
        ("if" | "iff" | "iif", [when, then, otherwise]) => {
            let (mut nodes, kind) = compiler.merged(&[then.clone(), otherwise.clone()])?;
            let otherwise = nodes.pop().ok_or_else(unknown)?;
            let then = nodes.pop().ok_or_else(unknown)?;
            Ok(Typed::new(Node::Case(vec![(compiler.condition(when)?, then)], Box::new(otherwise)), kind))
        }
        ("date", [value]) => {
            let kind = node::Kind { family: At, is_date: true };
            Ok(Typed::new(Node::Call(Builtin::Date, vec![compiler.of(value, At)?]), kind))
        }
        ("extract", [value]) => {
            let inside = compiler.source(expr).split_once('(').map_or("", |(_, inside)| inside.trim_start());
            of_unit(inside.split_whitespace().next().unwrap_or_default(), value)
        }
        ("date_part", [unit, value]) => of_unit(constants::text(unit).ok_or_else(unknown)?, value),
        ("year" | "quarter" | "month" | "day" | "hour" | "minute" | "second", [value]) => of_unit(name, value),
        _ => Err(unknown()),
    }
}

/// The value of a call. Most functions make null of null.
pub(super) fn run<'v>(function: Builtin, arguments: &'v [Node], row: &'v [Value<'v>]) -> Result<Value<'v>, Failed> {
    match function {
        Builtin::Coalesce => {
            for argument in arguments {
                let value = argument.value(row)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            return Ok(Value::Null);
        }
        // Null is nothing to them, as in PostgreSQL and DataFusion.
        Builtin::Concat => {
            let mut joined = String::new();
            for argument in arguments {
                if let Value::Text(text) = argument.value(row)? {
                    joined.push_str(&text);
                }
            }
            return Ok(Value::Text(Cow::Owned(joined)));
        }
        Builtin::Greatest | Builtin::Least => return extreme(function, arguments, row),
        Builtin::NullIf => {
            let [one, two] = arguments else { return Ok(Value::Null) };
            let one = one.value(row)?;
            let is_same = one.order(&two.value(row)?).is_some_and(std::cmp::Ordering::is_eq);
            return Ok(if is_same { Value::Null } else { one });
        }
        _ => {}
    }
    let mut values = [Value::Null, Value::Null, Value::Null];
    for (place, argument) in values.iter_mut().zip(arguments) {
        *place = argument.value(row)?;
        if place.is_null() {
            return Ok(Value::Null);
        }
    }
    match values {
        [Value::Number(number), second, _] => of_number(function, number, &second),
        [Value::Text(text), second, third] => of_text(function, text, second, third, arguments.len()),
        [Value::Moment(moment), second, _] => of_moment(function, moment, &second),
        [Value::Time(nanos), ..] => {
            let seconds = nanos / 1_000_000_000;
            match function {
                Builtin::Part(Part::Hour) => Ok(int(seconds / 3600)),
                Builtin::Part(Part::Minute) => Ok(int(seconds / 60 % 60)),
                Builtin::Part(Part::Second) => {
                    Ok(Value::Number(Number::Decimal(i128::from(nanos % 60_000_000_000), 9).shortest()))
                }
                _ => Err(Failed::Argument),
            }
        }
        _ => Err(Failed::Argument),
    }
}

fn int<'v>(value: i64) -> Value<'v> {
    Value::Number(Number::Int(i128::from(value)))
}

/// Nulls are passed over, as in `PostgreSQL` and `DataFusion`.
fn extreme<'v>(function: Builtin, arguments: &'v [Node], row: &'v [Value<'v>]) -> Result<Value<'v>, Failed> {
    let mut best = Value::Null;
    for argument in arguments {
        let value = argument.value(row)?;
        let order = value.order(&best);
        let is_better = if function == Builtin::Greatest {
            order.is_some_and(std::cmp::Ordering::is_gt)
        } else {
            order.is_some_and(std::cmp::Ordering::is_lt)
        };
        if best.is_null() || is_better {
            best = value;
        }
    }
    Ok(best)
}

fn of_number<'v>(function: Builtin, number: Number, second: &Value<'_>) -> Result<Value<'v>, Failed> {
    Ok(Value::Number(match function {
        Builtin::Abs => number.absolute()?,
        Builtin::Ceil => number.ceil(),
        Builtin::Floor => number.floor(),
        Builtin::Trunc => number.truncated(),
        Builtin::Sign => Number::Int(number.order(&Number::Int(0)) as i128),
        Builtin::Round => match second {
            Value::Number(digits) => number.round(count(*digits)?)?,
            _ => number.round(0)?,
        },
        _ => return Err(Failed::Argument),
    }))
}

/// A count of letters or digits.
fn count(number: Number) -> Result<i128, Failed> {
    match number.truncated().whole() {
        Some(Number::Int(count)) => Ok(count),
        _ => Err(Failed::Argument),
    }
}

/// Letters of a text from a place on, the first being 1, and at most so many.
fn letters(text: &str, from: i128, most: Option<i128>) -> String {
    let end = most.map(|most| from.saturating_add(most));
    let place = |index: usize| i128::try_from(index).unwrap_or(i128::MAX) + 1;
    let is_wanted = |(index, _): &(usize, char)| place(*index) >= from && end.is_none_or(|end| place(*index) < end);
    text.chars().enumerate().filter(is_wanted).map(|(_, letter)| letter).collect()
}

fn of_text<'v>(
    function: Builtin,
    text: Cow<'v, str>,
    second: Value<'v>,
    third: Value<'v>,
    arguments: usize,
) -> Result<Value<'v>, Failed> {
    let owned = |text: String| Ok(Value::Text(Cow::Owned(text)));
    let length = || i128::try_from(text.chars().count()).unwrap_or(i128::MAX);
    match (function, second, third) {
        (Builtin::Lower, ..) => owned(text.to_lowercase()),
        (Builtin::Upper, ..) => owned(text.to_uppercase()),
        (Builtin::Reverse, ..) => owned(text.chars().rev().collect()),
        (Builtin::CharLength, ..) => Ok(Value::Number(Number::Int(length()))),
        (Builtin::OctetLength, ..) => Ok(Value::Number(Number::Int(i128::try_from(text.len()).unwrap_or(i128::MAX)))),
        (Builtin::Trim { start, end }, ..) => {
            let mut rest = text.as_ref();
            rest = if start { rest.trim_start_matches(' ') } else { rest };
            rest = if end { rest.trim_end_matches(' ') } else { rest };
            owned(rest.to_owned())
        }
        (Builtin::StartsWith, Value::Text(part), _) => Ok(Value::Bool(text.starts_with(part.as_ref()))),
        (Builtin::EndsWith, Value::Text(part), _) => Ok(Value::Bool(text.ends_with(part.as_ref()))),
        (Builtin::Contains, Value::Text(part), _) => Ok(Value::Bool(text.contains(part.as_ref()))),
        (Builtin::Position, Value::Text(part), _) => {
            let before = text.find(part.as_ref()).and_then(|at| text.get(..at)).map(|before| before.chars().count());
            Ok(int(before.map_or(0, |before| i64::try_from(before).unwrap_or(i64::MAX - 1) + 1)))
        }
        (Builtin::Replace, Value::Text(part), Value::Text(with)) => {
            // An empty text is nowhere.
            owned(if part.is_empty() { text.into_owned() } else { text.replace(part.as_ref(), &with) })
        }
        // A negative count leaves out letters of the other end, as in PostgreSQL.
        (Builtin::Left, Value::Number(many), _) => {
            let many = count(many)?;
            owned(letters(&text, 1, Some(if many < 0 { (length() + many).max(0) } else { many })))
        }
        (Builtin::Right, Value::Number(many), _) => {
            let many = count(many)?;
            let kept = if many < 0 { (length() + many).max(0) } else { many.min(length()) };
            owned(letters(&text, length() - kept + 1, None))
        }
        (Builtin::Substring, Value::Number(from), third) => {
            let from = count(from)?;
            let most = match third {
                Value::Number(most) => Some(count(most)?),
                _ if arguments > 2 => return Ok(Value::Null),
                _ => None,
            };
            if most.is_some_and(|most| most < 0) {
                return Err(Failed::Argument);
            }
            owned(letters(&text, from, most))
        }
        _ => Err(Failed::Argument),
    }
}

fn of_moment<'v>(function: Builtin, moment: Moment, second: &Value<'_>) -> Result<Value<'v>, Failed> {
    match (function, second) {
        (Builtin::Date, _) => Ok(Value::Moment(moment.midnight())),
        (Builtin::DaysBetween, Value::Moment(to)) => {
            Ok(int(to.seconds.div_euclid(DAY) - moment.seconds.div_euclid(DAY)))
        }
        (Builtin::Part(part), _) => {
            let civil = moment.civil().ok_or(Failed::Overflow)?;
            let nanos = i128::from(moment.nanos);
            Ok(match part {
                Part::Year => int(civil.year().into()),
                Part::Quarter => int((i64::from(civil.month()) + 2) / 3),
                Part::Month => int(civil.month().into()),
                Part::Day => int(civil.day().into()),
                Part::Hour => int(civil.hour().into()),
                Part::Minute => int(civil.minute().into()),
                Part::Second => {
                    let all = i128::from(civil.second()) * 1_000_000_000 + nanos;
                    Value::Number(Number::Decimal(all, 9).shortest())
                }
                Part::Epoch => {
                    let all = i128::from(moment.seconds) * 1_000_000_000 + nanos;
                    Value::Number(Number::Decimal(all, 9).shortest())
                }
                Part::Weekday => int(civil.weekday().to_sunday_zero_offset().into()),
                Part::IsoWeekday => int(civil.weekday().to_monday_one_offset().into()),
                Part::DayOfYear => int(civil.day_of_year().into()),
            })
        }
        _ => Err(Failed::Argument),
    }
}
