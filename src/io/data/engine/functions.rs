//! Functions of SQL that read texts: JSON, and dates in forms of their own. What can't be read, or is not there, is null.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use serde_json::Value;

use super::text::json_member;
use crate::model::{DataType as Type, DateForm};

/// Makes the functions known.
pub(super) fn register(context: &SessionContext) {
    let texts = |count: usize| vec![DataType::Utf8; count];
    let add = |name: &str, inputs, output, function: fn(&[ArrayRef]) -> ArrayRef| {
        let function = move |values: &[ColumnarValue]| -> Result<ColumnarValue> {
            Ok(ColumnarValue::Array(function(&ColumnarValue::values_to_arrays(values)?)))
        };
        context.register_udf(create_udf(name, inputs, output, Volatility::Immutable, Arc::new(function)));
    };
    // The value of a key of an object, as JSON.
    add("json_at", texts(2), DataType::Utf8, |arrays| {
        let keys = arrays.get(1).map(AsArray::as_string::<i32>);
        let values = rows(arrays)
            .enumerate()
            .map(|(row, json)| json_member(json?, keys.filter(|keys| keys.is_valid(row))?.value(row)));
        Arc::new(values.collect::<StringArray>())
    });
    // A date, a time, and a date with a time, in the form of the second argument, as SQL writes them.
    add("date_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, Type::Date, DateForm::date));
    add("time_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, Type::Time, DateForm::time));
    add("moment_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, Type::Timestamp, DateForm::moment));
    // A number that is written with an exponent, without it; null for any other text.
    add("without_exponent", texts(1), DataType::Utf8, |arrays| {
        Arc::new(rows(arrays).map(|text| without_exponent(text?)).collect::<StringArray>())
    });
    // The text that a JSON value is.
    add("json_text", texts(1), DataType::Utf8, |arrays| {
        let values = rows(arrays).map(|json| serde_json::from_str::<String>(json?).ok());
        Arc::new(values.collect::<StringArray>())
    });
    // JSON that is a list, an object, or anything, as the second argument says.
    add("json_as", texts(2), DataType::Utf8, |arrays| {
        let kinds = arrays.get(1).map(AsArray::as_string::<i32>);
        let values = rows(arrays).enumerate().map(|(row, json)| {
            let json = json?;
            let first = json.trim_start().bytes().next()?;
            let is_right = match kinds?.value(row) {
                "list" => first == b'[',
                "object" => first == b'{',
                _ => true,
            };
            (is_right && serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok()).then_some(json)
        });
        Arc::new(values.collect::<StringArray>())
    });
    // How many items a list has, or keys an object.
    add("json_length", texts(1), DataType::Int64, |arrays| {
        let values = rows(arrays).map(|json| match serde_json::from_str(json?).ok()? {
            Value::Array(items) => i64::try_from(items.len()).ok(),
            Value::Object(members) => i64::try_from(members.len()).ok(),
            _ => None,
        });
        Arc::new(values.collect::<Int64Array>())
    });
    // Whether no item of a list is there twice.
    add("json_distinct", texts(1), DataType::Boolean, |arrays| {
        let values = rows(arrays).map(|json| match serde_json::from_str(json?).ok()? {
            Value::Array(items) => {
                let mut seen = std::collections::HashSet::new();
                Some(items.iter().all(|item| seen.insert(item.to_string())))
            }
            _ => None,
        });
        Arc::new(values.collect::<BooleanArray>())
    });
}

/// A number without its exponent, with all its digits. What has more of them than any type is none.
fn without_exponent(text: &str) -> Option<String> {
    const MOST: usize = 100;
    let at = memchr::memchr2(b'e', b'E', text.as_bytes())?;
    let (mantissa, exponent) = (text.get(..at)?, text.get(at + 1..)?.parse::<i64>().ok()?);
    let (sign, digits) = match mantissa.strip_prefix(['-', '+']) {
        Some(digits) => (if mantissa.starts_with('-') { "-" } else { "" }, digits),
        None => ("", mantissa),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && behind.is_empty()
        || ![whole, behind].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return None;
    }
    let all = format!("{whole}{behind}");
    let significant = all.trim_start_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    // Where the point is, counted from the first digit that is no zero.
    let leading = i64::try_from(all.len() - significant.len()).ok()?;
    let point = i64::try_from(whole.len()).ok()?.checked_sub(leading)?.checked_add(exponent)?;
    let significant = significant.trim_end_matches('0');
    let length = i64::try_from(significant.len()).ok()?;
    if point.unsigned_abs() > MOST as u64 || significant.len() > MOST {
        return None;
    }
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    Some(if point <= 0 {
        format!("{sign}0.{}{significant}", zeros(-point))
    } else if point >= length {
        format!("{sign}{significant}{}", zeros(point - length))
    } else {
        let (whole, behind) = significant.split_at_checked(usize::try_from(point).ok()?)?;
        format!("{sign}{whole}.{behind}")
    })
}

/// The texts of the first argument.
fn rows(arrays: &[ArrayRef]) -> impl Iterator<Item = Option<&str>> {
    arrays.first().into_iter().flat_map(|array| array.as_string::<i32>().iter())
}

fn in_form(arrays: &[ArrayRef], kind: Type, read: impl Fn(&DateForm, &str) -> Option<String>) -> ArrayRef {
    // The form is a constant of the query.
    let forms = arrays.get(1).map(AsArray::as_string::<i32>);
    let form =
        forms.filter(|forms| !forms.is_empty()).and_then(|forms| DateForm::of(forms.value(0), kind).ok().flatten());
    let values = rows(arrays).map(|text| read(form.as_ref()?, text?));
    Arc::new(values.collect::<StringArray>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_move_the_point() {
        for (text, expected) in [
            ("1e2", Some("100")),
            ("1.25e1", Some("12.5")),
            ("-12345E-2", Some("-123.45")),
            ("1e-05", Some("0.00001")),
            ("+1.0e+3", Some("1000")),
            ("0.001e3", Some("1")),
            ("0e99999", Some("0")),
            (".5e1", Some("5")),
            ("12", None),
            ("1e", None),
            ("e5", None),
            ("1.2.3e4", None),
            ("1e400", None),
            ("1e99999999999999999999", None),
            ("date", None),
        ] {
            assert_eq!(without_exponent(text).as_deref(), expected, "{text}");
        }
    }
}
