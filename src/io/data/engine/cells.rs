//! Answers of the engine as cells.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{
    DataType, Field, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};
use datafusion::arrow::datatypes::{UInt8Type, UInt16Type, UInt32Type, UInt64Type};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::json::writer::{EncoderOptions, make_encoder};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};

use crate::io::data::Cell;

/// Adds the rows of a batch, until there are so many.
pub(super) fn append(batch: &RecordBatch, most: usize, rows: &mut Vec<Vec<Cell>>) -> Result<(), ArrowError> {
    let options = FormatOptions::default().with_display_error(true);
    let formatters: Result<Vec<ArrayFormatter<'_>>, ArrowError> =
        batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &options)).collect();
    let formatters = formatters?;
    for row in 0..batch.num_rows().min(most.saturating_sub(rows.len())) {
        let cells = batch.columns().iter().zip(&formatters);
        rows.push(cells.map(|(column, formatter)| cell(column, row, formatter)).collect());
    }
    Ok(())
}

/// A list, an object or a map as JSON.
fn json(column: &ArrayRef, row: usize) -> Option<String> {
    let field = Arc::new(Field::new("value", column.data_type().clone(), true));
    let options = EncoderOptions::default().with_explicit_nulls(true);
    let mut bytes = Vec::new();
    make_encoder(&field, column, &options).ok()?.encode(row, &mut bytes);
    String::from_utf8(bytes).ok()
}

fn cell(column: &ArrayRef, row: usize, formatter: &ArrayFormatter<'_>) -> Cell {
    if column.is_null(row) {
        return Cell::Null;
    }
    let text = || Cell::Text(formatter.value(row).to_string());
    match column.data_type() {
        DataType::Null => Cell::Null,
        DataType::Boolean => Cell::Bool(column.as_boolean().value(row)),
        DataType::Int8 => Cell::Int(column.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => Cell::Int(column.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => Cell::Int(column.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Cell::Int(column.as_primitive::<Int64Type>().value(row).into()),
        DataType::UInt8 => Cell::Int(column.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Cell::Int(column.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => Cell::Int(column.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => Cell::Int(column.as_primitive::<UInt64Type>().value(row).into()),
        DataType::Float32 => Cell::Float(column.as_primitive::<Float32Type>().value(row).into()),
        DataType::Float64 => Cell::Float(column.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
            Cell::Decimal(formatter.value(row).to_string())
        }
        kind if kind.is_nested() => json(column, row).map_or_else(text, Cell::Text),
        _ => text(),
    }
}
