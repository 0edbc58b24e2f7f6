//! Texts of an expression as values of the type that they are held against, and patterns.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};

use super::node::{Node, Typed};
use super::value::{Moment, Span, Value, time_of_day};
use super::{Number, node};
use crate::expression::Type;
use crate::expression::ast::{Expr, Kind, Like};
use crate::model::DataType;
use crate::source::words::quoted;

/// How much memory one pattern may take when it is compiled, in bytes.
const MOST_PATTERN: usize = 1 << 20;

/// A text as a value of a family of types.
pub(super) fn read(text: &str, of: Type) -> Option<Typed> {
    let text = text.trim();
    Some(match of {
        Type::Number => Typed::new(Node::Constant(Value::Number(Number::parse(text)?)), of),
        Type::Boolean => Typed::new(Node::Constant(Value::Bool(boolean(text)?)), of),
        Type::Time => Typed::new(Node::Constant(Value::Time(time_of_day(text)?)), of),
        Type::Uuid => Typed::new(Node::Constant(Value::Uuid(uuid::Uuid::try_parse(text).ok()?.as_u128())), of),
        Type::Interval => Typed::new(Node::Constant(Value::Span(Span::parse(text)?)), of),
        Type::Moment => {
            let date = Moment::date(text);
            let kind = node::Kind { family: of, is_date: date.is_some() };
            Typed::new(Node::Constant(Value::Moment(date.or_else(|| Moment::parse(text))?)), kind)
        }
        Type::Text => Typed::new(Node::Constant(Value::Text(Cow::Owned(text.to_owned()))), of),
        _ => return None,
    })
}

/// A word for true or false, as `PostgreSQL` takes them.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
        "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A type by its name in a cast, and the digits behind its point.
pub(super) fn target(name: &str) -> Result<(DataType, Option<u32>), String> {
    let of = crate::model::live_type(name).ok_or_else(|| format!("the type {} is not known", quoted(name)))?;
    let parameters = name.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    if parameters.is_some() && of == DataType::String {
        return Err(format!("a cast to {} cuts texts in some databases only", quoted(name)));
    }
    let scale =
        parameters.filter(|_| of == DataType::Decimal).map(|both| both.split_once(',').map_or("0", |(_, scale)| scale));
    let scale = scale.map(|scale| scale.trim().parse().map_err(|_| format!("the type {} is not known", quoted(name))));
    Ok((of, scale.transpose()?))
}

/// The text of a constant.
pub(super) fn text(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

/// Compiles a pattern within bounds.
pub(super) fn regex(pattern: &str, ignores_case: bool) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern).case_insensitive(ignores_case).size_limit(MOST_PATTERN).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "its pattern takes too much memory".to_owned(),
        regex::Error::Syntax(message) => {
            // The pattern itself, with a mark under it, stands in front.
            let reason = message.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("its pattern can't be read: {reason}")
        }
        _ => "its pattern can't be read; `pact lint` tells more".to_owned(),
    })
}

/// What a pattern operator looks for, as a regular expression.
pub(super) fn pattern(like: &Like, pattern: &str) -> Result<Regex, String> {
    match like.operator {
        "~" | "rlike" | "regexp" => regex(pattern, false),
        "~*" => regex(pattern, true),
        "like" | "ilike" => {
            let escape = match like.escape.as_deref() {
                None => Some('\\'),
                Some(text) => {
                    let mut letters = text.chars();
                    match (letters.next(), letters.next()) {
                        (letter, None) => letter,
                        _ => return Err("`escape` takes one letter".to_owned()),
                    }
                }
            };
            let mut text = String::from("(?s)^");
            let mut letters = pattern.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    letter if Some(letter) == escape => {
                        let next = letters.next().ok_or("its pattern ends with the letter that escapes")?;
                        text.push_str(&regex::escape(next.encode_utf8(&mut [0; 4])));
                    }
                    '%' => text.push_str(".*"),
                    '_' => text.push('.'),
                    letter => text.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
                }
            }
            text.push('$');
            regex(&text, like.operator == "ilike")
        }
        operator => Err(format!("`{operator}` is not evaluated outside databases")),
    }
}
