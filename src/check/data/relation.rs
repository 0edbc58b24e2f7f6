//! The rows of a dataset as a database has them.

use super::Dialect;
use super::dialect::number;
use super::sql::Unsupported;
use crate::model::{DataType, Field, Literal, UUID, live_type};
use crate::source::words::quoted;

/// The rows of a dataset in a database: its live columns under the names of the contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Relation {
    /// What stands behind `FROM`: a table in quotes, or a query in brackets.
    pub from: String,
    /// What SQL of the contract calls the table, in quotes.
    pub table: String,
    /// The fields of the contract that have a column, which may be read.
    pub columns: Vec<Live>,
    /// The fields whose column may not be read.
    pub denied: Vec<Denied>,
    /// How many rows are looked at; all if `None`.
    pub sample: Option<u64>,
    /// The place of a row, as SQL over `from`, where rows have one, such as the lines of a file.
    pub place: Option<String>,
}

/// A field whose column may not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The name of the field.
    pub field: String,
    /// Why, and what would let us.
    pub why: String,
    /// Whether the type of the column leaves open what its values are, as that of JSON does.
    pub is_open: bool,
}

/// The column of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Live {
    /// The name of the field.
    pub field: String,
    /// The name of the column.
    pub column: String,
    /// Its value, as SQL over `from`: the name of the column in quotes, or the text of a file read as what the field promises.
    pub value: String,
    /// The text that it was read from, as SQL over `from`; `None` for what is of its type by itself.
    pub text: Option<String>,
    /// Whether the value is JSON, in which objects and lists are.
    pub is_json: bool,
    /// Whether the value is an array of `PostgreSQL`.
    pub is_array: bool,
    /// The same value as JSON, where it is neither that nor a single value.
    pub as_json: Option<String>,
    /// Whether its values are moments.
    pub is_moment: bool,
    /// Why texts can't be read as values of the field at all; then the value is the text.
    pub unreadable: Option<String>,
    /// What the contract says of the objects within it, where they are JSON.
    pub within: Vec<Field>,
    /// The type of the column, where its values can't be held against those of the field: a text is no more than 5, and no less.
    pub misfit: Option<String>,
}

impl Live {
    /// The column of a field whose values are of its type by themselves.
    pub fn of(field: &Field, column: &str, value: String) -> Self {
        Self {
            field: field.name.clone(),
            column: column.to_owned(),
            value,
            text: None,
            is_json: false,
            is_array: false,
            as_json: None,
            is_moment: matches!(field.data_type, DataType::Datetime | DataType::Timestamp),
            unreadable: None,
            within: Vec::new(),
            misfit: None,
        }
    }

    /// The same, for a column of this type.
    #[must_use]
    pub fn of_type(mut self, field: &Field, physical: &str) -> Self {
        let is_open = matches!(
            field.data_type,
            DataType::String
                | DataType::Binary
                | DataType::Json
                | DataType::Array
                | DataType::Object
                | DataType::Map
                | DataType::Unknown
        );
        let live = live_type(physical).filter(|_| !is_open);
        self.misfit = live.filter(|live| !field.data_type.is_compared_with(*live)).map(|_| physical.to_owned());
        self
    }

    /// The column of a field in SQLite, where the type of a column binds no value: what is stored as something else than the field
    /// promises can't be read as its value.
    pub fn in_sqlite(field: &Field, column: &str) -> Self {
        let sql = without_missing(field, Dialect::Sqlite.name_of(column));
        let is = |kind: &str| format!("typeof({sql}) = '{kind}'");
        let fits = match field.data_type {
            DataType::Integer => is("integer"),
            DataType::Float | DataType::Decimal => format!("typeof({sql}) IN ('integer', 'real')"),
            DataType::Boolean => format!("{sql} IN (0, 1)"),
            DataType::String => is("text"),
            DataType::Uuid => format!("{} AND {sql} REGEXP '{UUID}'", is("text")),
            DataType::Date => format!("{} AND date({sql}) = {sql}", is("text")),
            DataType::Time => format!("{} AND {sql} REGEXP '{TIME}'", is("text")),
            DataType::Datetime | DataType::Timestamp => format!(
                "{} AND {sql} REGEXP '{MOMENT}' AND date(substr({sql}, 1, 10)) = substr({sql}, 1, 10) \
                 AND datetime({sql}) IS NOT NULL",
                is("text")
            ),
            DataType::Json | DataType::Array | DataType::Object | DataType::Map => format!("json_valid({sql})"),
            DataType::Binary => is("blob"),
            DataType::Unknown => {
                return Self::of(field, column, sql);
            }
        };
        let read = match field.data_type {
            DataType::Datetime | DataType::Timestamp => Dialect::moment_in_sqlite(&sql),
            _ => sql.clone(),
        };
        let value = format!("CASE WHEN {fits} THEN {read} END");
        let unreadable = match (field.date_form(), field.format.as_deref()) {
            (Ok(None), _) | (_, None) => None,
            (_, Some(format)) => {
                Some(format!("SQLite has no dates in the format {}, but only those of ISO 8601", quoted(format)))
            }
        };
        Self { text: Some(sql), unreadable, ..Self::of(field, column, value) }
    }
}

/// A value in SQLite that is null where it is one of the words that stand for a missing value of the field. These are compared as they are
/// stored: as text, and numbers as numbers.
fn without_missing(field: &Field, name: String) -> String {
    let is_number =
        |word: &&Literal| matches!(word, Literal::Int(_) | Literal::Float(_)) || field.data_type.is_number();
    let numbers = field.missing_values().iter().filter(is_number).filter_map(number);
    let truths = field.missing_values().iter().filter_map(|word| match word {
        Literal::Bool(truth) if field.data_type == DataType::Boolean => Some(u8::from(*truth).to_string()),
        _ => None,
    });
    let words: Vec<String> = Dialect::Sqlite.missing(field).chain(numbers).chain(truths).collect();
    if words.is_empty() {
        return name;
    }
    // With the sign the type of the column makes no number of a text.
    format!("CASE WHEN +{name} IN ({}) THEN NULL ELSE {name} END", words.join(", "))
}

/// A column that no field has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it has as it lies there, as SQL over `from`.
    pub raw: String,
    /// The same as SQL of a contract may compare it.
    pub value: String,
    /// Whether it is a list or an object that the database does not write as JSON.
    pub is_nested: bool,
}

/// A time of the day, and how a moment begins, by ISO 8601. SQLite takes other texts for them as well, such as a number of days.
const TIME: &str = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?$";
const MOMENT: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]";

/// Whether a number in SQLite has no more digits than a field promises; `None` where it promises none. SQLite keeps binary numbers: 0.1 + 0.2 is
/// meant to be 0.3.
pub(super) fn digits_in_sqlite(field: &Field, sql: &str) -> Option<String> {
    if field.data_type != DataType::Decimal || field.precision.is_none() && field.scale.is_none() {
        return None;
    }
    let scale = field.scale.unwrap_or(0);
    // As many digits as a binary number of 64 bits keeps.
    let text = |number: &str| format!("printf('%.15g', {number})");
    let behind = format!("(typeof({sql}) = 'integer' OR {} = {})", text(sql), text(&format!("round({sql}, {scale})")));
    Some(match field.precision {
        Some(precision) => {
            let end = i64::from(precision) - i64::from(scale);
            format!("{sql} < 1e{end} AND {sql} > -1e{end} AND {behind}")
        }
        None => behind,
    })
}

impl Relation {
    fn live(&self, field: &str) -> Option<&Live> {
        self.columns.iter().find(|live| live.field == field)
    }

    /// Whether a field has a column.
    pub fn has(&self, field: &str) -> bool {
        self.live(field).is_some()
    }

    /// Whether the rows are lines of text, which each pass over them takes apart again.
    pub(super) fn is_text(&self) -> bool {
        self.place.is_some()
    }

    /// Whether a field has moments.
    pub(super) fn is_moment(&self, field: &str) -> bool {
        self.live(field).is_some_and(|live| live.is_moment)
    }

    pub(super) fn is_json(&self, field: &str) -> bool {
        self.live(field).is_some_and(|live| live.is_json)
    }

    pub(super) fn is_array(&self, field: &str) -> bool {
        self.live(field).is_some_and(|live| live.is_array)
    }

    /// Why what is called so may not be read, in any letter case; `None` where it may, or is not there at all.
    pub(super) fn denied(&self, names: &[&str]) -> Option<Unsupported> {
        let is = |name: &str| self.denied.iter().find(|denied| denied.field.eq_ignore_ascii_case(name));
        let denied = names.iter().find_map(|name| is(name))?;
        Some(Unsupported::Denied(denied.why.clone()))
    }

    /// The same of a field whose values alone tell whether they are of its type.
    pub(super) fn denied_type(&self, field: &str) -> Option<Unsupported> {
        let denied = self.denied.iter().find(|denied| denied.field == field && denied.is_open)?;
        Some(Unsupported::Denied(denied.why.clone()))
    }

    /// The field within JSON, by the names that lead to it in any letter case, and these names as the contract has them.
    pub(super) fn within<'s>(&'s self, field: &str, names: &[&str]) -> Option<(&'s Field, Vec<&'s str>)> {
        let mut inner = self.live(field)?.within.as_slice();
        let (mut found, mut path) = (None, Vec::with_capacity(names.len()));
        for name in names {
            let exact = inner.iter().find(|field| field.name == *name);
            let field = exact.or_else(|| inner.iter().find(|field| field.name.eq_ignore_ascii_case(name)))?;
            path.push(field.name.as_str());
            (found, inner) = (Some(field), field.fields.as_slice());
        }
        Some((found?, path))
    }

    /// The type of the column of a field, where its values can't be held against those that the field promises.
    pub(super) fn misfit(&self, field: &str) -> Option<&str> {
        self.live(field)?.misfit.as_deref()
    }

    /// Why no value of a field can be read.
    pub(super) fn unreadable(&self, field: &str) -> Option<&str> {
        self.live(field)?.unreadable.as_deref()
    }

    /// The name of the text that the value of a field was read from, in quotes.
    pub(super) fn text_of(&self, field: &str) -> Option<String> {
        self.live(field)?.text.as_ref()?;
        Some(Dialect::DataFusion.name_of(&text_name(field)))
    }

    /// The field that a name in SQL means, in any letter case, and the names behind it.
    pub(super) fn name<'n>(&self, names: &'n [&'n str]) -> Option<(&str, &'n [&'n str])> {
        // `orders.amount`: what stands in front may be the dataset.
        (0..names.len()).find_map(|at| {
            let (first, rest) = names.get(at..)?.split_first()?;
            let exact = self.columns.iter().find(|live| live.field == *first);
            let live = exact.or_else(|| self.columns.iter().find(|live| live.field.eq_ignore_ascii_case(first)))?;
            Some((live.field.as_str(), rest))
        })
    }

    /// All rows under the names of the fields, with the columns that no field has: what SQL of the contract is asked of.
    pub fn typed(&self, others: &[Other<'_>], dialect: Dialect) -> String {
        let own = self.columns.iter().map(|live| format!("{} AS {}", live.value, dialect.name_of(&live.field)));
        let others = others.iter().filter(|other| !self.has(other.name));
        let others = others.map(|other| format!("{} AS {}", other.value, dialect.name_of(other.name)));
        format!("SELECT {} FROM {}", own.chain(others).collect::<Vec<_>>().join(", "), self.from)
    }

    /// The rows, with the columns under the names of the fields.
    pub(super) fn rows(&self, dialect: Dialect) -> String {
        self.rows_with(&[], dialect)
    }

    /// The same, with columns that no field has, under names of our own: a field may be called as one of them.
    pub(super) fn rows_with(&self, others: &[&Other<'_>], dialect: Dialect) -> String {
        let other =
            |(at, other): (usize, &&Other<'_>)| format!("{} AS {}", other.raw, dialect.name_of(&other_name(at)));
        let mut columns: Vec<String> = others.iter().enumerate().map(other).collect();
        for live in &self.columns {
            columns.push(format!("{} AS {}", live.value, dialect.name_of(&live.field)));
            if let Some(text) = &live.text {
                columns.push(format!("{text} AS {}", dialect.name_of(&text_name(&live.field))));
            }
        }
        columns.extend(self.place.as_ref().map(|place| format!("{place} AS {}", dialect.name_of(PLACE))));
        let limit = self.sample.map_or_else(String::new, |count| format!(" LIMIT {count}"));
        let columns =
            if columns.is_empty() { format!("1 AS {}", dialect.name_of("nothing")) } else { columns.join(", ") };
        format!("(SELECT {columns} FROM {}{limit}) AS pact_rows", self.from)
    }
}

/// The column with the place of a row.
pub(super) const PLACE: &str = "pact place";

/// The name of the column of this position among those that no field has.
pub(super) fn other_name(at: usize) -> String {
    format!("pact other {at}")
}

fn text_name(field: &str) -> String {
    format!("{field} as text")
}
