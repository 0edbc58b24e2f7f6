//! Live columns against promised fields. Nested fields have no live column of their own and are not compared.

use std::collections::BTreeMap;

use super::{Bench, CheckResult};
use crate::check::{Answer, Ask, CheckKind, Column, Table, Verdict};
use crate::model::{DataType, Dataset, ExtraFields, Field, Path, live_type};
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

fn compare(bench: &mut Bench<'_>, dataset: &Dataset, table: &Table) {
    let promised: Vec<&Field> = dataset.fields.iter().filter(|field| !field.internal).collect();
    let before = bench.results.len();
    for field in &promised {
        let column = table.columns.iter().find(|column| column.name == column_name(field));
        if let Some((verdict, actual)) = compare_field(field, column, table) {
            let element = Path::dataset(&dataset.name).field(&field.name);
            let result = CheckResult::new(CheckKind::Schema, verdict, element, &promise(field), &actual);
            let affected = bench.affected(Some(dataset), Some(&field.name));
            bench.add(result.affecting(affected));
        }
    }
    let extra = match dataset.extra_fields {
        ExtraFields::Allow => None,
        ExtraFields::Warn => Some(Verdict::Warn),
        ExtraFields::Fail => Some(Verdict::Fail),
    };
    for column in &table.columns {
        let is_known = |field: &Field| column_name(field) == column.name || field.aliases().contains(&column.name);
        if let Some(verdict) = extra
            && !dataset.fields.iter().any(is_known)
        {
            let element = Path::dataset(&dataset.name);
            let actual =
                format!("the column {} ({}), which the contract does not know", quoted(&column.name), short(column));
            let result = CheckResult::new(CheckKind::Schema, verdict, element, "the fields of the contract", &actual);
            // A warning is nobody's broken promise.
            let affected = if verdict == Verdict::Fail { bench.affected(Some(dataset), None) } else { Vec::new() };
            bench.add(result.affecting(affected));
        }
    }
    if bench.results.len() == before {
        let count = promised.len();
        let expected = if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
        let element = Path::dataset(&dataset.name);
        bench.add(CheckResult::new(CheckKind::Schema, Verdict::Pass, element, &expected, "all as promised"));
    }
}

/// The name of the live column of a field.
pub(super) fn column_name(field: &Field) -> &str {
    field.physical_name.as_deref().unwrap_or(&field.name)
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

fn compare_field(field: &Field, column: Option<&Column>, table: &Table) -> Option<(Verdict, String)> {
    let Some(column) = column else {
        let names = table.columns.iter().map(|column| column.name.as_str());
        let near =
            nearest(column_name(field), names).map_or_else(String::new, |name| format!("; there is {}", quoted(name)));
        return Some((Verdict::Fail, format!("no column {}{near}", quoted(column_name(field)))));
    };
    let kept = accepts(field.data_type, &column.physical);
    if kept == Some(false) {
        return Some((Verdict::Fail, format!("the type {}", short(column))));
    }
    if never_null(field) && column.nullable == Some(true) {
        return Some((Verdict::Fail, format!("{}, may be null", short(column))));
    }
    if kept.is_none() {
        return Some((Verdict::Warn, format!("the type {}, which pact does not know", short(column))));
    }
    None
}

/// Lists, objects and maps live in JSON columns where a database has no type of their own for them.
fn accepts(promised: DataType, physical: &str) -> Option<bool> {
    // So pact itself calls what is looked at value by value.
    if physical == promised.name() {
        return Some(true);
    }
    if matches!(promised, DataType::Array | DataType::Object | DataType::Map)
        && live_type(physical) == Some(DataType::Json)
    {
        return Some(true);
    }
    promised.accepts_live(physical)
}
