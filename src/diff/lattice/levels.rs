//! How bad each kind of change is by the way in which data is read and written. Everything that depends on the medium is in
//! this table; the first and the third column are the levels of the catalogue.

use crate::diff::catalog as code;
use crate::finding::change::{ChangeMeta, Level};

use SetRelation::{Apart, Narrower, Overlapping, Wider};

/// How the values after a change relate to those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetRelation {
    /// There are more.
    Wider,
    /// There are fewer.
    Narrower,
    /// Some are gone and some are new.
    Overlapping,
    /// They are others, or the same ones in another form.
    Apart,
}

/// A level, and whether it holds for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The level.
    pub level: Level,
    /// Whether it is real for some readers or some data only.
    pub possible: bool,
}

/// A kind of change by profile.
#[derive(Debug)]
pub struct Row {
    /// The kind.
    pub meta: &'static ChangeMeta,
    /// What becomes of the values; `None` where a name changes and no value.
    pub set: Option<SetRelation>,
    /// For typed readers: of streams, files and interfaces.
    pub strict: Cell,
    /// For queries in a database, which coerces within a family of types.
    pub sql: Cell,
    /// For writers whose values are cast.
    pub logical: Cell,
    /// Where bytes written before are read again as what is promised now.
    pub encoded: Cell,
}

impl Row {
    /// Whether it depends on the medium at all.
    pub fn varies(&self) -> bool {
        self.strict != self.sql || self.logical != self.encoded
    }
}

const fn cell(level: Level, possible: bool) -> Cell {
    Cell { level, possible }
}

const MAJOR: Cell = cell(Level::Major, false);
const MAYBE: Cell = cell(Level::Major, true);
const MINOR: Cell = cell(Level::Minor, false);
const PATCH: Cell = cell(Level::Patch, false);

const fn row(meta: &'static ChangeMeta, set: SetRelation, cells: [Cell; 4]) -> Row {
    let [strict, sql, logical, encoded] = cells;
    Row { meta, set: Some(set), strict, sql, logical, encoded }
}

const fn name(meta: &'static ChangeMeta, cells: [Cell; 4]) -> Row {
    let [strict, sql, logical, encoded] = cells;
    Row { meta, set: None, strict, sql, logical, encoded }
}

/// Kinds of change whose levels depend on the medium, and every kind of change of a type.
pub static ROWS: &[Row] = &[
    name(&code::FIELD_NAME_CASE_CHANGED, [MAYBE, PATCH, MAJOR, MAJOR]),
    row(&code::MAX_LENGTH_RAISED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_INT_WIDENED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_INT_NARROWED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_INT_TO_DECIMAL, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_DECIMAL_TO_INT, Overlapping, [MAJOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_INT_TO_DOUBLE, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_LONG_TO_DOUBLE, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_INT_TO_FLOAT, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_DOUBLE_TO_INT, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_FLOAT_WIDENED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_FLOAT_NARROWED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_DECIMAL_PRECISION_RAISED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_DECIMAL_PRECISION_LOWERED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_DECIMAL_SCALE_RAISED, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_DECIMAL_SCALE_RAISED_DIGITS_LOST, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_DECIMAL_SCALE_LOWERED, Overlapping, [MAJOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_DECIMAL_TO_DOUBLE, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_DOUBLE_TO_DECIMAL, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_NUMBER_BOUNDED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_NUMBER_UNBOUNDED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_INTEGER_TO_NUMBER, Wider, [MAJOR, MINOR, MINOR, MINOR]),
    row(&code::TYPE_NUMBER_TO_INTEGER, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_UNSIGNED_TO_WIDER_SIGNED, Wider, [MAYBE, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_SIGNEDNESS_CHANGED, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_STRUCT_WRAPPED, Apart, [MAJOR; 4]),
    row(&code::TYPE_STRUCT_FLATTENED, Apart, [MAJOR; 4]),
    row(&code::TYPE_BOOL_TO_INT, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_BOOL_TO_STRING, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_VARCHAR_LENGTHENED, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_VARCHAR_SHORTENED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_VARCHAR_TO_TEXT, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_TEXT_TO_VARCHAR, Narrower, [MINOR, MINOR, MAJOR, MINOR]),
    row(&code::TYPE_CHAR_TO_VARCHAR, Wider, [MAYBE, MINOR, MINOR, MINOR]),
    row(&code::TYPE_VARCHAR_TO_CHAR, Overlapping, [MAYBE, MAYBE, MAJOR, MAJOR]),
    row(&code::TYPE_FIXED_LENGTH_CHANGED, Apart, [MAJOR, MAYBE, MAJOR, MAJOR]),
    row(&code::TYPE_STRING_TO_BYTES, Apart, [MAJOR, MAJOR, MAJOR, MINOR]),
    row(&code::TYPE_BYTES_TO_STRING, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_SCALAR_TO_STRING, Overlapping, [MAJOR, MAJOR, MINOR, MAJOR]),
    row(&code::TYPE_STRING_TO_SCALAR, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_UUID_TO_STRING, Wider, [MAYBE, MAJOR, MINOR, MINOR]),
    row(&code::TYPE_STRING_TO_UUID, Narrower, [MINOR, MAJOR, MAJOR, MINOR]),
    row(&code::TYPE_UUID_ENCODING_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_ENUM_TO_STRING, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_STRING_TO_ENUM, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_DATE_TO_TIMESTAMP, Wider, [MAJOR, MAYBE, MINOR, MAJOR]),
    row(&code::TYPE_DATE_TO_TIMESTAMPTZ, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIMESTAMP_TO_DATE, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIMESTAMP_PRECISION_RAISED, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_TIMESTAMP_PRECISION_LOWERED, Overlapping, [MAJOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIMESTAMP_TO_TIMESTAMPTZ, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIMESTAMPTZ_TO_TIMESTAMP, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIMESTAMP_TO_EPOCH, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TIME_PRECISION_CHANGED, Wider, [MAJOR, MINOR, MINOR, MAJOR]),
    row(&code::TYPE_TIME_TO_TIMETZ, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_DURATION_UNIT_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_TEMPORAL_TO_STRING, Overlapping, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_SCALAR_TO_STRUCT, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_SCALAR_TO_ARRAY, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_ARRAY_TO_SCALAR, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_ARRAY_TO_SET, Overlapping, [MAJOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_ARRAY_TO_STRING, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_MAP_KEY_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_MAP_TO_STRUCT, Narrower, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_STRUCT_TO_MAP, Wider, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_STRUCT_TO_JSON, Wider, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_JSON_TO_STRUCT, Narrower, [MAJOR, MAYBE, MAJOR, MAJOR]),
    row(&code::TYPE_JSON_SCHEMA_ATTACHED, Narrower, [MINOR, MINOR, MAJOR, MINOR]),
    row(&code::TYPE_STRING_TO_JSON, Narrower, [MAYBE, MAYBE, MAJOR, MINOR]),
    row(&code::TYPE_UNION_WIDENED, Wider, [MAJOR, MAJOR, MINOR, MINOR]),
    row(&code::TYPE_UNION_NARROWED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_ADDED, Narrower, [MINOR, MINOR, MAJOR, MINOR]),
    row(&code::TYPE_REMOVED, Wider, [MAJOR, MINOR, MINOR, MINOR]),
    row(&code::TYPE_UNKNOWN_RESOLVED, Narrower, [MINOR, MINOR, MINOR, MINOR]),
    row(&code::TYPE_GEOMETRY_SRID_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_GEOMETRY_WIDENED, Wider, [MAJOR, MAYBE, MINOR, MINOR]),
    row(&code::TYPE_GEOMETRY_NARROWED, Narrower, [MINOR, MINOR, MAJOR, MAJOR]),
    row(&code::TYPE_GEOMETRY_TO_GEOGRAPHY, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_VECTOR_DIMENSIONS_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_VECTOR_ELEMENT_CHANGED, Overlapping, [MAJOR, MAYBE, MAJOR, MAJOR]),
    row(&code::TYPE_VECTOR_MODEL_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_MEDIA_TYPE_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
    row(&code::TYPE_CHANGED, Apart, [MAJOR, MAJOR, MAJOR, MAJOR]),
];

/// The row of a kind of change, where it has one.
pub fn row_of(meta: &ChangeMeta) -> Option<&'static Row> {
    ROWS.iter().find(|row| std::ptr::eq(row.meta, meta))
}
