//! Files as relations: what their columns are, and how texts are read as what their fields promise.

use super::{Dialect, Live, Relation};
use crate::model::{DataType, Dataset, Field, PhysicalType, UUID};
use crate::source::words::quoted;

/// What the values of files are.
#[derive(Debug, Clone, Copy)]
pub enum FileWords {
    /// Text, as in CSV.
    Text,
    /// JSON. Each key has two columns: that of its own name has its texts and nothing else, the other one, whose name the function
    /// makes, has all values as JSON.
    Json(fn(&str) -> String),
    /// Of the types that the files themselves tell, as in Parquet.
    Typed,
}

/// The relation of a table of files. `columns` are those that it has, each with what its values are.
pub fn file_relation(dataset: &Dataset, table: &str, columns: &[(&str, FileWords)]) -> Relation {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let live = dataset.fields.iter().filter_map(|field| {
        let name = column_of(field, &names)?;
        let (_, words) = columns.iter().find(|(column, _)| *column == name)?;
        Some(live(field, name, *words))
    });
    let from = Dialect::DataFusion.name_of(table);
    Relation { table: from.clone(), from, columns: live.collect(), denied: Vec::new(), sample: None, place: None }
}

/// The column of a field: of its physical name or its own; in another letter case where only one has it.
fn column_of<'c>(field: &Field, columns: &[&'c str]) -> Option<&'c str> {
    let names = field.physical_name.as_deref().into_iter().chain([field.name.as_str()]);
    names.clone().find_map(|name| columns.iter().find(|column| **column == name)).copied().or_else(|| {
        names.into_iter().find_map(|name| {
            let mut alike = columns.iter().filter(|column| column.eq_ignore_ascii_case(name));
            alike.next().filter(|_| alike.next().is_none()).copied()
        })
    })
}

fn live(field: &Field, column: &str, words: FileWords) -> Live {
    let name = |name: &str| Dialect::DataFusion.name_of(name);
    let is_json = is_nested(field.data_type);
    let (value, text) = match words {
        // Times of other units than nanoseconds compare with none of SQL.
        FileWords::Typed if field.data_type == DataType::Time => {
            return Live::of(field, column, format!("try_cast({} AS TIME)", name(column)));
        }
        FileWords::Typed => return Live::of(field, column, name(column)),
        FileWords::Text => {
            let text = without_missing(field, name(column));
            (read(field, &text), text)
        }
        FileWords::Json(json) => {
            let raw = name(&json(column));
            let is_text = is_text(field.data_type);
            let from = match field.data_type {
                // Digits that a binary number would lose are kept in quotes.
                DataType::Decimal => format!("coalesce({}, {raw})", name(column)),
                _ if is_text => name(column),
                _ => json_scalar(field.data_type, &raw),
            };
            let text = if is_text { missing_json(field, raw, &name(column)) } else { without_missing(field, raw) };
            (read(field, &without_missing(field, from)), text)
        }
    };
    let (unreadable, within) = (unreadable(field), if is_json { field.fields.clone() } else { Vec::new() });
    // What is read as it stands there can't fail to be read.
    let is_read = matches!(words, FileWords::Json(_)) || text != value || unreadable.is_some();
    Live { text: is_read.then_some(text), is_json, unreadable, within, ..Live::of(field, column, value) }
}

/// Why texts can't be read as values of a field.
pub(super) fn unreadable(field: &Field) -> Option<String> {
    let what = field.date_form().err()?;
    Some(format!("the format {} {what}", quoted(field.format.as_deref().unwrap_or_default())))
}

fn is_nested(kind: DataType) -> bool {
    matches!(kind, DataType::Json | DataType::Array | DataType::Object | DataType::Map)
}

/// A text that is null where it is one of the words that stand for a missing value of the field.
fn without_missing(field: &Field, sql: String) -> String {
    missing(field).fold(sql, |sql, word| format!("nullif({sql}, {word})"))
}

/// JSON that is null where its text is one of those words.
fn missing_json(field: &Field, raw: String, text: &str) -> String {
    let words: Vec<String> = missing(field).collect();
    if words.is_empty() {
        return raw;
    }
    format!("CASE WHEN {text} IN ({}) THEN NULL ELSE {raw} END", words.join(", "))
}

fn missing(field: &Field) -> impl Iterator<Item = String> {
    Dialect::DataFusion.missing(field)
}

/// SQL that reads a text as a value of a field; null where it is none.
fn read(field: &Field, text: &str) -> String {
    let cast = |to: &str| format!("try_cast({text} AS {to})");
    // ISO 8601 leaves the seconds out where there are none.
    let moment = format!(
        "CASE WHEN length({text}) < 16 THEN NULL WHEN length({text}) = 16 THEN concat({text}, ':00') \
         WHEN length({text}) = 17 AND right({text}, 1) = 'Z' THEN concat(left({text}, 16), ':00Z') ELSE {text} END"
    );
    let form = match (field.date_form(), field.format.as_deref()) {
        (Err(_), _) => return text.to_owned(),
        (Ok(Some(_)), Some(form)) => Some(Dialect::DataFusion.text_of(form)),
        _ => None,
    };
    // A form of its own is made that of SQL first.
    let formed = |function: &str, to: &str| match &form {
        Some(form) => format!("try_cast({function}({text}, {form}) AS {to})"),
        None => format!("try_cast({moment} AS {to})"),
    };
    match field.data_type {
        DataType::Integer => match physical(field) {
            Some(PhysicalType::Integer { signed: false, .. }) => cast("BIGINT UNSIGNED"),
            _ => cast("BIGINT"),
        },
        DataType::Float => cast("DOUBLE"),
        DataType::Decimal => decimal(field, text),
        DataType::Boolean => cast("BOOLEAN"),
        // The engine takes a moment for its day, and leaves zeros out.
        DataType::Date if form.is_none() => {
            format!("CASE WHEN length({text}) = 10 THEN {} END", cast("DATE"))
        }
        DataType::Date => formed("date_in", "DATE"),
        // The engine takes a number for nanoseconds.
        DataType::Time if form.is_none() => {
            format!("CASE WHEN regexp_like({text}, '{TIME}') THEN {} END", cast("TIME"))
        }
        DataType::Time => formed("time_in", "TIME"),
        // Microseconds: nanoseconds do not reach the year 9999, which stands for "never" in many places.
        DataType::Datetime => formed("moment_in", "TIMESTAMP(6)"),
        DataType::Timestamp => formed("moment_in", "TIMESTAMP(6) WITH TIME ZONE"),
        DataType::Uuid => format!("CASE WHEN regexp_like({text}, '{UUID}') THEN {text} END"),
        DataType::Array => format!("json_as({text}, 'list')"),
        DataType::Object | DataType::Map => format!("json_as({text}, 'object')"),
        DataType::Json => format!("json_as({text}, 'any')"),
        DataType::String | DataType::Binary | DataType::Unknown => text.to_owned(),
    }
}

/// Whether the values of a field are read from texts of JSON, and not from JSON as it stands there.
fn is_text(kind: DataType) -> bool {
    let is_plain = matches!(kind, DataType::Integer | DataType::Float | DataType::Decimal | DataType::Boolean);
    !is_plain && !is_nested(kind) && kind != DataType::Unknown
}

/// A value within JSON as it stands there, as JSON.
pub(super) fn json_path(json: &str, names: &[&str]) -> String {
    names.iter().fold(json.to_owned(), |json, name| format!("json_at({json}, {})", Dialect::DataFusion.text_of(name)))
}

/// JSON as a value of a field; null where it is none.
pub(super) fn json_value(field: &Field, json: &str) -> String {
    match field.data_type {
        DataType::Decimal => read(field, &format!("coalesce(json_text({json}), {json})")),
        kind if is_text(kind) => read(field, &format!("json_text({json})")),
        kind => read(field, &json_scalar(kind, json)),
    }
}

/// JSON in the words of SQL: 1 is not true, and 1.0 and 1e2 are whole numbers.
fn json_scalar(kind: DataType, json: &str) -> String {
    match kind {
        DataType::Boolean => format!("CASE WHEN {json} IN ('true', 'false') THEN {json} END"),
        DataType::Integer => {
            let plain = format!("coalesce(without_exponent({json}), {json})");
            format!("regexp_replace({plain}, '^(-?[0-9]+)[.]0+$', '\\1')")
        }
        _ => json.to_owned(),
    }
}

const TIME: &str = "^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?$";
/// Digits that a decimal of the engine has at most.
const MOST_DIGITS: u32 = 76;

/// Reading rounds what has too many digits behind the point; such a text is none of the type. A text with an exponent is looked at
/// without it.
fn decimal(field: &Field, text: &str) -> String {
    let plain = format!("without_exponent({text})");
    let Some((precision, scale)) =
        digits(field).filter(|(precision, scale)| *precision <= MOST_DIGITS && scale <= precision)
    else {
        return format!("try_cast(coalesce({plain}, {text}) AS DECIMAL(38, 9))");
    };
    // Zeros at the end are no digits.
    let exact = format!("^[+-]?[0-9]*([.][0-9]{{0,{scale}}}0*)?$");
    let read = |text: &str| {
        format!("WHEN regexp_like({text}, '{exact}') THEN try_cast({text} AS DECIMAL({precision}, {scale}))")
    };
    format!("CASE {} {} END", read(text), read(&plain))
}

/// A number of the contract as a decimal with the digits of its field, or with more where it has more: the engine takes a number with
/// a point for a double, which has fifteen digits. `None` for what is no decimal number, or too long for one.
pub(super) fn decimal_literal(field: &Field, number: &str) -> Option<String> {
    let plain = number.trim();
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let length = |digits: &str| u32::try_from(digits.len()).ok();
    let needed = (length(whole.trim_start_matches('0'))?, length(fraction.trim_end_matches('0'))?);
    let (precision, scale) = digits(field).filter(|(precision, scale)| scale <= precision).unwrap_or((38, 9));
    let (whole, scale) = (needed.0.max(precision - scale), needed.1.max(scale));
    let precision = whole + scale;
    (precision <= MOST_DIGITS).then(|| format!("CAST('{plain}' AS DECIMAL({precision}, {scale}))"))
}

/// The digits of a decimal: as it says itself, or its physical type does.
fn digits(field: &Field) -> Option<(u32, u32)> {
    if let Some(precision) = field.precision {
        return Some((precision, field.scale.unwrap_or(0)));
    }
    match physical(field)? {
        PhysicalType::Decimal(Some(digits)) => Some((digits.precision, digits.scale.try_into().ok()?)),
        _ => None,
    }
}

fn physical(field: &Field) -> Option<PhysicalType> {
    field.physical().map(|physical| physical.kind.clone())
}
