//! Values that are written otherwise than promised and mean one thing only, rewritten as promised.

use std::ops::Range;
use std::sync::Arc;

use super::read::{State, value};
use super::scan::{Found, Shape};
use crate::expression::eval::{Moment, Number};
use crate::model::{DataType, DateForm, Field, Literal};

/// How a value was rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Coercion {
    /// White space at the ends of a text was removed.
    Trimmed,
    /// A text is a number.
    ToNumber,
    /// A text is true or false.
    ToBoolean,
    /// A number or a boolean is a text.
    ToText,
    /// A date or moment is written as ISO 8601 has it.
    ToMoment,
    /// A value that stands for a missing one is null.
    ToNull,
}

impl Coercion {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trimmed => "trimmed",
            Self::ToNumber => "to_number",
            Self::ToBoolean => "to_boolean",
            Self::ToText => "to_text",
            Self::ToMoment => "to_date",
            Self::ToNull => "to_null",
        }
    }
}

/// A value that was rewritten.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'c> {
    /// The field.
    pub field: &'c Field,
    /// Its place in the record: `lines[].sku`.
    pub path: Arc<str>,
    /// What was done.
    pub how: Coercion,
    /// Where the value stands in the line, in bytes.
    pub at: Range<usize>,
    /// The new value as JSON.
    pub to: String,
}

/// What a value is rewritten to, if it has to be and means one thing only.
pub(super) fn coerced(field: &Field, found: &Found<'_>, state: State) -> Option<(Coercion, String)> {
    if state == State::Null {
        return None;
    }
    if stands_for_nothing(field, found) {
        return Some((Coercion::ToNull, "null".to_owned()));
    }
    let words = found.text();
    if state != State::Wrong {
        let trimmed = words.as_deref().map(str::trim).filter(|trimmed| Some(*trimmed) != words.as_deref())?;
        let is_text = !matches!(field.data_type, DataType::Json | DataType::Unknown | DataType::Binary);
        return is_text.then(|| (Coercion::Trimmed, json(trimmed)));
    }
    let (how, to) = match (field.data_type, words.as_deref().map(str::trim)) {
        (DataType::String, None) if !matches!(found.shape, Shape::List | Shape::Object) => {
            (Coercion::ToText, json(found.raw))
        }
        (DataType::Integer | DataType::Float, Some(words)) => (Coercion::ToNumber, number(words)?),
        (DataType::Boolean, Some(words)) => (Coercion::ToBoolean, boolean(words)?.to_owned()),
        (DataType::Date, Some(words)) => (Coercion::ToMoment, json(&date(field, words)?)),
        (DataType::Datetime | DataType::Timestamp, Some(words)) => (Coercion::ToMoment, json(&moment(field, words)?)),
        (DataType::Uuid | DataType::Time, Some(words)) => (Coercion::Trimmed, json(words)),
        _ => return None,
    };
    // Only what is a value of the type afterwards was worth it.
    (!matches!(value(field, &Found::of(&to)?).0, State::Wrong)).then_some((how, to))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a value is one of those that stand for a missing one.
pub(super) fn stands_for_nothing(field: &Field, found: &Found<'_>) -> bool {
    field.missing_values().iter().any(|missing| match missing {
        Literal::Text(missing) => found.text().is_some_and(|text| text.trim() == missing.trim()),
        Literal::Int(_) | Literal::Float(_) => {
            found.number().is_some_and(|number| Number::parse(&missing.to_string()) == Some(number))
        }
        Literal::Bool(missing) => found.shape == Shape::Bool(*missing),
        _ => false,
    })
}

/// A number as JSON writes it. `1,234` may be two numbers, and is none; so are `NaN` and `0x10`.
fn number(words: &str) -> Option<String> {
    let plain = words.strip_prefix('+').unwrap_or(words);
    Number::parse(plain)?;
    let unsigned = plain.strip_prefix('-').unwrap_or(plain);
    // JSON knows neither `.5` nor `007`, and leading zeros are those of a code rather than of a number.
    let has_zeros = unsigned.len() > 1
        && unsigned.starts_with('0')
        && !unsigned.starts_with("0.")
        && !unsigned.starts_with(['e', 'E']);
    let is_json = !has_zeros && serde_json::from_str::<serde_json::Number>(plain).is_ok();
    is_json.then(|| plain.to_owned())
}

fn boolean(words: &str) -> Option<&'static str> {
    match words.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" => Some("true"),
        "false" | "no" | "n" | "f" | "0" => Some("false"),
        _ => None,
    }
}

/// A date in the form of the contract, or in one that can be read in one way only: the year first, or the day before a point.
fn date(field: &Field, words: &str) -> Option<String> {
    let forms = ["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"];
    let date = own_form(field).and_then(|form| form.date(words)).or_else(|| {
        forms.iter().find_map(|form| jiff::civil::Date::strptime(form, words).ok()).map(|date| date.to_string())
    });
    let day = || Moment::date(words.get(..10)?).zip(Moment::parse(words)).filter(|(day, at)| day == at);
    date.or_else(|| day().and(words.get(..10)).map(str::to_owned))
        .or_else(|| Moment::date(words).map(|_| words.to_owned()))
}

fn moment(field: &Field, words: &str) -> Option<String> {
    if Moment::parse(words).is_some() {
        return Some(words.to_owned());
    }
    let forms = ["%Y/%m/%d %H:%M:%S", "%Y%m%dT%H%M%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"];
    own_form(field).and_then(|form| form.moment(words)).or_else(|| {
        forms.iter().find_map(|form| jiff::civil::DateTime::strptime(form, words).ok()).map(|moment| moment.to_string())
    })
}

/// The form that the contract says. One that can't be understood is told where the records are read.
fn own_form(field: &Field) -> Option<DateForm> {
    field.date_form().ok().flatten()
}

/// A line with its changes.
pub(super) fn rewritten(line: &str, changes: &mut [Change<'_>]) -> Option<String> {
    changes.sort_by_key(|change| change.at.start);
    let mut new = String::with_capacity(line.len() + 16);
    let mut end = 0;
    for change in changes {
        new.push_str(line.get(end..change.at.start)?);
        new.push_str(&change.to);
        end = change.at.end;
    }
    new.push_str(line.get(end..)?);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Details;

    fn to(field: &Field, raw: &str) -> Option<(Coercion, String)> {
        let found = Found::of(raw).unwrap();
        coerced(field, &found, value(field, &found).0)
    }

    #[test]
    fn what_means_one_thing_is_rewritten() {
        for (data_type, raw, wanted) in [
            (DataType::Integer, r#"" 12 ""#, Some("12")),
            (DataType::Integer, r#""+12""#, Some("12")),
            (DataType::Integer, r#""12.5""#, None),
            (DataType::Integer, r#""007""#, None),
            (DataType::Integer, r#""1,234""#, None),
            (DataType::Integer, r#""0x10""#, None),
            (DataType::Integer, "12", None),
            (DataType::Integer, "12.5", None),
            (DataType::Float, r#""1e3""#, Some("1e3")),
            (DataType::Float, r#""NaN""#, None),
            (DataType::Boolean, r#""Yes""#, Some("true")),
            (DataType::Boolean, r#""maybe""#, None),
            (DataType::String, "12.50", Some(r#""12.50""#)),
            (DataType::String, "true", Some(r#""true""#)),
            (DataType::String, "[1]", None),
            (DataType::String, r#"" a ""#, Some(r#""a""#)),
            (DataType::String, r#""a""#, None),
            (DataType::Date, r#""31.01.2026""#, Some(r#""2026-01-31""#)),
            (DataType::Date, r#""2026/01/31""#, Some(r#""2026-01-31""#)),
            (DataType::Date, r#""20260131""#, Some(r#""2026-01-31""#)),
            (DataType::Date, r#""01/02/2026""#, None),
            (DataType::Date, r#""2026-01-31T00:00:00Z""#, Some(r#""2026-01-31""#)),
            (DataType::Date, r#""2026-01-31T10:00:00Z""#, None),
            (DataType::Timestamp, r#""31.01.2026 12:00:00""#, Some(r#""2026-01-31T12:00:00""#)),
            (
                DataType::Uuid,
                r#"" 6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f""#,
                Some(r#""6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f""#),
            ),
        ] {
            let found = to(&Field::new("f", data_type), raw).map(|(_, to)| to);
            assert_eq!(found.as_deref(), wanted, "{raw} as {}", data_type.name());
        }
        let field = Field { format: Some("MM/dd/yyyy".to_owned()), ..Field::new("f", DataType::Date) };
        assert_eq!(to(&field, r#""01/31/2026""#), Some((Coercion::ToMoment, r#""2026-01-31""#.to_owned())));
        let missing_values = vec![Literal::from("N/A"), Literal::Int(-1)];
        let details = Some(Box::new(Details { missing_values, ..Details::default() }));
        let field = Field { details, ..Field::new("f", DataType::Integer) };
        assert_eq!(to(&field, r#""N/A""#), Some((Coercion::ToNull, "null".to_owned())));
        assert_eq!(to(&field, "-1"), Some((Coercion::ToNull, "null".to_owned())));
        assert_eq!(to(&field, "1"), None);
    }
}
