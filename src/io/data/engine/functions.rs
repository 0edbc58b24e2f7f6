//! Functions of SQL that read texts: JSON, and dates in forms of their own. What can't be read, or is not there, is null.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use serde_json::Value;

use super::text::json_member;
use crate::model::DateForm;

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
    add("date_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, DateForm::date));
    add("time_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, DateForm::time));
    add("moment_in", texts(2), DataType::Utf8, |arrays| in_form(arrays, DateForm::moment));
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

/// The texts of the first argument.
fn rows(arrays: &[ArrayRef]) -> impl Iterator<Item = Option<&str>> {
    arrays.first().into_iter().flat_map(|array| array.as_string::<i32>().iter())
}

fn in_form(arrays: &[ArrayRef], read: impl Fn(&DateForm, &str) -> Option<String>) -> ArrayRef {
    // The form is a constant of the query.
    let forms = arrays.get(1).map(AsArray::as_string::<i32>);
    let form = forms.filter(|forms| !forms.is_empty()).and_then(|forms| DateForm::of(forms.value(0)).ok().flatten());
    let values = rows(arrays).map(|text| read(form.as_ref()?, text?));
    Arc::new(values.collect::<StringArray>())
}
