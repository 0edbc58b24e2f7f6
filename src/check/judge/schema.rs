//! Live columns against promised fields, and what is within them as far as the type of the column tells.

use std::collections::BTreeMap;

use super::own_types::{Held, held, is_named_so};
use super::{Bench, CheckResult};
use crate::check::{Answer, Ask, CheckKind, Column, Table, Verdict};
use crate::model::{DataType, Dataset, ExtraFields, Field, Path, Physical, PhysicalType, Step, live_type};
use crate::source::words::{nearest, quoted};

pub(super) fn judge(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    let tables = match bench.answer(Ask::Schema) {
        Ok(Answer::Schema(schema)) => &schema.tables,
        Ok(_) => return bench.unanswered(CheckKind::Schema, Path::root(), "a schema", &super::misplaced(Ask::Schema)),
        Err(failure) => return bench.unanswered(CheckKind::Schema, Path::root(), "a schema", &failure),
    };
    for dataset in &contract.datasets {
        let lost = bench.data().and_then(Result::ok).and_then(|data| data.lost.get(&dataset.name));
        if let Some(reason) = lost {
            let (element, expected) = (Path::dataset(&dataset.name), format!("the data of {}", quoted(&dataset.name)));
            let result = CheckResult::new(CheckKind::Schema, Verdict::NotReceived, element, &expected, reason);
            let affected = bench.affected(Some(dataset), None);
            bench.add(result.affecting(affected));
        } else if chosen(bench, dataset).is_some_and(<[String]>::is_empty) {
            // Nobody asked for its columns.
        } else if let Some(table) = table_of(dataset, contract.datasets.len(), tables) {
            compare(bench, dataset, table);
        } else {
            let result = no_table(bench, dataset, tables);
            bench.add(result);
        }
    }
}

/// The table of a dataset: by its physical name, by its name, or the only one where there is one dataset.
fn table_of<'a>(dataset: &Dataset, datasets: usize, tables: &'a BTreeMap<String, Table>) -> Option<&'a Table> {
    let physical = dataset.physical_name.as_deref().and_then(|name| tables.get(name));
    let only = || tables.values().next().filter(|_| tables.len() == 1 && datasets == 1);
    physical.or_else(|| tables.get(&dataset.name)).or_else(only)
}

fn no_table(bench: &Bench<'_>, dataset: &Dataset, tables: &BTreeMap<String, Table>) -> CheckResult {
    let element = Path::dataset(&dataset.name);
    let expected = format!("a table {}", quoted(&dataset.name));
    if tables.is_empty() {
        let result = CheckResult::new(CheckKind::Schema, Verdict::Fail, element, &expected, "no tables at all");
        return result.affecting(bench.affected(Some(dataset), None));
    }
    // Which of several tables is meant can't be guessed: that is no broken promise, and no kept one.
    let names: Vec<String> = tables.keys().take(5).map(|name| quoted(name)).collect();
    let more = if tables.len() > names.len() { ", …" } else { "" };
    let actual =
        format!("the tables {}{more}; say which one it is with `physical_name` in `datasets`", names.join(", "));
    CheckResult::new(CheckKind::Schema, Verdict::Error, element, &expected, &actual)
}

/// The fields whose columns are asked for; all if `None`.
fn chosen<'a>(bench: &Bench<'a>, dataset: &Dataset) -> Option<&'a [String]> {
    let data = bench.data().and_then(Result::ok).filter(|data| data.is_choice)?;
    Some(data.datasets.get(&dataset.name).map_or(&[][..], |answer| answer.chosen_fields.as_slice()))
}

fn compare(bench: &mut Bench<'_>, dataset: &Dataset, table: &Table) {
    let only = chosen(bench, dataset);
    let is_promised = |field: &&Field| !field.internal && only.is_none_or(|only| only.contains(&field.name));
    let promised: Vec<&Field> = dataset.fields.iter().filter(is_promised).collect();
    let before = bench.results.len();
    for field in &promised {
        let column = table.columns.iter().find(|column| column.name == field.column_name());
        let element = Path::dataset(&dataset.name).field(&field.name);
        let is_named_so = column.and_then(|column| is_named_so(field, column));
        let said = compare_field(field, column, table, is_named_so);
        let said = said.map(|(verdict, actual)| (element.clone(), promise(field), verdict, actual));
        let mut found: Vec<Wrong> = said.into_iter().collect();
        // What a service says of its types may leave out how long and how wide they are.
        if let Some(Column { physical, is_counted: false, .. }) = column
            && bench.is_of_data()
            && accepts(field.data_type, physical) == Some(true)
        {
            if is_named_so == Some(false) {
                found.push((element, stored(field), Verdict::Fail, format!("the type {}", named(column))));
            } else {
                // `integer[]` of PostgreSQL is a list of lists as well.
                let is_flat = physical.contains("[]");
                of_type(field, element, &PhysicalType::parse(physical), physical, is_flat, &mut found);
            }
        }
        for (element, expected, verdict, actual) in found {
            let result = CheckResult::new(CheckKind::Schema, verdict, element, &expected, &actual);
            let affected = bench.affected(Some(dataset), Some(&field.name));
            bench.add(result.affecting(affected));
        }
    }
    if only.is_none() {
        extra_columns(bench, dataset, table);
    }
    if bench.results.len() == before {
        let count = promised.len();
        let expected = if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
        let element = Path::dataset(&dataset.name);
        bench.add(CheckResult::new(CheckKind::Schema, Verdict::Pass, element, &expected, "all as promised"));
    }
}

/// Columns that the contract does not know, all of a table at once.
fn extra_columns(bench: &mut Bench<'_>, dataset: &Dataset, table: &Table) {
    const MOST: usize = 20;
    let verdict = match dataset.extra_fields {
        ExtraFields::Allow => return,
        ExtraFields::Warn => Verdict::Warn,
        ExtraFields::Fail => Verdict::Fail,
    };
    let is_known = |column: &&Column| {
        let is = |field: &Field| field.column_name() == column.name || field.aliases().contains(&column.name);
        dataset.fields.iter().any(is)
    };
    let extra: Vec<&Column> = table.columns.iter().filter(|column| !is_known(column)).collect();
    let named: Vec<String> =
        extra.iter().take(MOST).map(|one| format!("{} ({})", quoted(&one.name), short(one))).collect();
    let actual = match extra.len() {
        0 => return,
        1 => format!("the column {}, which the contract does not know", named.join("")),
        count => {
            let more = if count > MOST { format!(" and {} more", count - MOST) } else { String::new() };
            format!("{count} columns that the contract does not know: {}{more}", named.join(", "))
        }
    };
    let element = Path::dataset(&dataset.name);
    let result = CheckResult::new(CheckKind::Schema, verdict, element, "the fields of the contract", &actual);
    // A warning is nobody's broken promise.
    let affected = if verdict == Verdict::Fail { bench.affected(Some(dataset), None) } else { Vec::new() };
    bench.add(result.affecting(affected));
}

/// What is wrong with a type: where, what was promised, and what was found.
type Wrong = (Path, String, Verdict, String);

/// How wide a type is, and what it is within, against the field that it is to keep.
fn of_type(field: &Field, at: Path, live: &PhysicalType, text: &str, is_flat: bool, wrong: &mut Vec<Wrong>) {
    let digits = PhysicalType::of_logical(field.data_type, field.precision, field.scale);
    let logical = match (&digits, live) {
        // Whether it has a zone was looked at before.
        (PhysicalType::Timestamp { digits, .. }, PhysicalType::Timestamp { zoned, .. }) => {
            PhysicalType::Timestamp { digits: *digits, zoned: *zoned }
        }
        _ => digits,
    };
    let promised = [
        field.precision.map(|_| (promise(field), &logical)),
        field
            .physical()
            .map(|Physical { text, kind }| (format!("{}, stored as {}", promise(field), quoted(text)), kind)),
    ];
    for (expected, promised) in promised.into_iter().flatten() {
        if promised.contains(live) == Some(false) {
            let how =
                if live.contains(promised) == Some(true) { "which has room for more" } else { "which is another" };
            let actual = format!("the type {}, {how}", quoted(text));
            return wrong.push((at, expected, Verdict::Fail, actual));
        }
    }
    for (field, at, live) in inner(field, &at, live, is_flat) {
        let text = live.map(ToString::to_string);
        match (live, text.as_deref().map(|text| accepts(field.data_type, text))) {
            (None, _) => wrong.push((at, promise(field), Verdict::Fail, "no such member".to_owned())),
            (Some(live), Some(Some(true))) => of_type(field, at, live, &text.unwrap_or_default(), is_flat, wrong),
            (Some(live), Some(Some(false))) => {
                wrong.push((at, promise(field), Verdict::Fail, format!("the type {}", quoted(&live.to_string()))));
            }
            _ => {}
        }
    }
}

/// The fields within a field, each with its type as far as the type around it tells. Where lists are `flat`, their type tells that of the
/// innermost items, and not how many lists are around these.
fn inner<'a>(
    field: &'a Field,
    at: &Path,
    live: &'a PhysicalType,
    is_flat: bool,
) -> Vec<(&'a Field, Path, Option<&'a PhysicalType>)> {
    match live {
        PhysicalType::Struct(members) => {
            let fields = field.fields.iter().filter(|field| !field.internal);
            let member = |field: &Field| {
                // Names come in small letters, and quoted where they have others.
                let name = field.column_name().to_lowercase();
                let found = members.iter().find(|(other, _)| other.trim_matches('"').to_lowercase() == name);
                found.map(|(_, kind)| kind)
            };
            fields.map(|field| (field, at.field(&field.name), member(field))).collect()
        }
        PhysicalType::Array(item) => {
            let Some(mut items) = field.items.as_deref() else { return Vec::new() };
            let mut at = at.step(Step::Items);
            // Such a type does not tell how deep its lists are.
            while is_flat && items.data_type == DataType::Array && !matches!(**item, PhysicalType::Array(_)) {
                let Some(inner) = items.items.as_deref() else { return Vec::new() };
                (items, at) = (inner, at.step(Step::Items));
            }
            vec![(items, at, Some(&**item))]
        }
        PhysicalType::Map(_, value) => {
            field.values.iter().map(|values| (&**values, at.step(Step::Values), Some(&**value))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether values of the field are always there.
pub(super) fn never_null(field: &Field) -> bool {
    !field.nullable || field.is_primary_key
}

fn promise(field: &Field) -> String {
    format!("{}{}", field.type_text(), if never_null(field) { ", never null" } else { "" })
}

fn short(column: &Column) -> String {
    quoted(&column.physical)
}

/// What a database calls the type of a column.
fn named(column: Option<&Column>) -> String {
    let name = column.map(|column| column.declared.as_deref().unwrap_or(&column.physical));
    quoted(name.unwrap_or_default())
}

/// What a field promises, with how it is stored.
fn stored(field: &Field) -> String {
    let physical = field.physical().map_or_else(String::new, |physical| quoted(&physical.text));
    format!("{}, stored as {physical}", promise(field))
}

/// What is wrong with a column. `is_named_so` says whether its type has the name that the field promises, where it promises one that tells
/// nothing but itself.
fn compare_field(
    field: &Field,
    column: Option<&Column>,
    table: &Table,
    is_named_so: Option<bool>,
) -> Option<(Verdict, String)> {
    let Some(column) = column else {
        let names = table.columns.iter().map(|column| column.name.as_str());
        let near =
            nearest(field.column_name(), names).map_or_else(String::new, |name| format!("; there is {}", quoted(name)));
        return Some((Verdict::Fail, format!("no column {}{near}", quoted(field.column_name()))));
    };
    let kept = accepts(field.data_type, &column.physical);
    if kept == Some(false) {
        return Some((Verdict::Fail, format!("the type {}", short(column))));
    }
    if never_null(field) && column.nullable == Some(true) {
        return Some((Verdict::Fail, format!("{}, may be null", short(column))));
    }
    if kept.is_some() || is_named_so == Some(true) {
        return None;
    }
    let live = PhysicalType::parse(&column.physical);
    let promised = field.physical().map(|physical| &physical.kind);
    // A span of time is one whatever its fields are.
    let is_span = |kind: &PhysicalType| matches!(kind, PhysicalType::Interval(_));
    if promised.is_some_and(|promised| promised.contains(&live) == Some(true) || is_span(promised) && is_span(&live)) {
        return None;
    }
    let name = named(Some(column));
    // What a database tells by a name of its own is no type that pact knows by its meaning.
    let is_another = |promised: &PhysicalType| {
        promised.contains(&live) == Some(false)
            || column.declared.is_some()
                && matches!(live, PhysicalType::Other(_))
                && !matches!(promised, PhysicalType::Other(_))
    };
    if is_named_so == Some(false) || promised.is_some_and(is_another) {
        let physical = field.physical().map_or_else(String::new, |physical| quoted(&physical.text));
        return Some((Verdict::Fail, format!("the type {name}, which is no {physical}")));
    }
    match held(&column.physical) {
        Held::Of(kind) if kind == field.data_type => None,
        Held::Of(_) => Some((Verdict::Fail, format!("the type {name}"))),
        Held::Other => {
            // Shown as text, everything is one, and money is compared as the number that it is.
            let is_near = field.data_type == DataType::String
                || field.data_type.is_number() && column.physical.eq_ignore_ascii_case("money");
            let hint = format!("`physical_type: {}` would hold it", column.physical);
            let verdict = if is_near { Verdict::Warn } else { Verdict::Fail };
            Some((verdict, format!("the type {name}, which no `data_type` is; {hint}")))
        }
        Held::Unknown => Some((Verdict::Warn, format!("the type {name}, which pact does not know"))),
    }
}

/// Lists, objects and maps live in JSON columns where a database has no type of their own for them.
fn accepts(promised: DataType, physical: &str) -> Option<bool> {
    // So pact itself calls what is looked at value by value.
    if physical == promised.name() || promised == DataType::Unknown {
        return Some(true);
    }
    if matches!(promised, DataType::Array | DataType::Object | DataType::Map)
        && live_type(physical) == Some(DataType::Json)
    {
        return Some(true);
    }
    // As Parquet and Arrow keep one.
    if promised == DataType::Uuid && physical == "fixed(16)" {
        return Some(true);
    }
    promised.accepts_live(physical)
}
