//! Conditions as SQL, in the words of each dialect.

use super::files::{decimal_literal, json_path, json_value, unreadable};
use super::relation::digits_in_sqlite;
use super::{Column, Condition, Dialect, Relation, Unmeasured, pattern};
use crate::model::{DAY, DataType, Field, Literal, UUID};
use crate::source::words::quoted;

/// Why something is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsupported {
    /// There is nothing to ask: the type of the column says it of every value.
    Nothing,
    /// The column is not there, which the check of the schema tells.
    NoColumn(String),
    /// It can't be said in the dialect; the reason, to follow "not checked:".
    Reason(String),
    /// Nobody here may read it. Why, and what would let them.
    Denied(String),
}

impl Unsupported {
    /// Why it is not measured; `None` where nothing is left unchecked.
    pub fn unmeasured(self) -> Option<Unmeasured> {
        match self {
            Self::Nothing => None,
            Self::NoColumn(name) => Some(Unmeasured::Elsewhere(format!("the column {} is not there", quoted(&name)))),
            Self::Reason(reason) => Some(Unmeasured::Elsewhere(reason)),
            Self::Denied(reason) => Some(Unmeasured::Denied(reason)),
        }
    }
}

pub(super) type Sql = Result<String, Unsupported>;

pub(super) fn unsupported(reason: impl Into<String>) -> Unsupported {
    Unsupported::Reason(reason.into())
}

/// Writes conditions on the rows of a relation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) dialect: Dialect,
    pub(super) relation: &'a Relation,
}

impl Writer<'_> {
    /// That a column is of another kind than promised says the check of its type, once. What such values are like nobody asked.
    fn fits(&self, condition: &Condition<'_>) -> Result<(), Unsupported> {
        let column = match condition {
            Condition::Present(_) | Condition::Typed(_) | Condition::Where(..) => None,
            other => other.column().filter(|column| column.rest.is_empty()),
        };
        match column.and_then(|column| Some((column, self.relation.misfit(&column.first.name)?))) {
            Some((column, physical)) => {
                let promised = column.field().data_type.name();
                Err(unsupported(format!("its column is of type {}, and no {promised}", quoted(physical))))
            }
            None => Ok(()),
        }
    }

    /// A condition, in brackets.
    pub(super) fn condition(&self, condition: &Condition<'_>) -> Sql {
        self.fits(condition)?;
        Ok(match condition {
            Condition::Present(column) => {
                // What can't be read is there all the same.
                let text = self.unread(column).map_or_else(|| self.column(column), Ok)?;
                // A composite value of PostgreSQL with a null within is neither null nor not null.
                let is_composite = self.dialect == Dialect::Postgres && column.field().data_type == DataType::Object;
                let is_there = if is_composite { "IS DISTINCT FROM NULL" } else { "IS NOT NULL" };
                match self.postgres_json(column) {
                    // A value of another kind is there, and a null of JSON is none.
                    Some(json) => format!("(nullif({json}, 'null'::jsonb) IS NOT NULL)"),
                    None => format!("({text} {is_there})"),
                }
            }
            Condition::Compare(column, comparison, value) => {
                format!("({} {} {})", self.column(column)?, comparison.sql(), self.literal(value, column.field())?)
            }
            Condition::OneOf(column, values) => self.among(column, values, "IN", "false")?,
            Condition::NoneOf(column, values) if values.contains(&Literal::Null) => {
                format!("({} IS NOT NULL AND {})", self.column(column)?, self.among(column, values, "NOT IN", "true")?)
            }
            Condition::NoneOf(column, values) => self.among(column, values, "NOT IN", "true")?,
            Condition::Matches(column, pattern) => self.matches(&self.text(column)?, pattern)?,
            Condition::Length(column, comparison, length) => {
                format!("({} {} {length})", self.length_of(column)?, comparison.sql())
            }
            Condition::Count(column, comparison, count) => {
                format!("({} {} {count})", self.count(column)?, comparison.sql())
            }
            Condition::DistinctItems(column) => self.distinct_items(column)?,
            Condition::MultipleOf(column, divisor) => self.multiple_of(column, divisor)?,
            Condition::Typed(column) => self.typed(column)?,
            Condition::Sql(text, expr) => format!("({})", self.expression(text, expr)?),
            Condition::Every(conditions) => {
                let mut all = Vec::with_capacity(conditions.len());
                for condition in conditions {
                    match self.condition(condition) {
                        Ok(sql) => all.push(sql),
                        // What is not there can't be wrong, and is told as missing.
                        Err(Unsupported::Nothing | Unsupported::NoColumn(_)) => {}
                        // What is in lists is told to be left out where its type is asked for, and says nothing against the rest.
                        Err(Unsupported::Reason(_)) if is_type_within(condition) => {}
                        Err(reason) => return Err(reason),
                    }
                }
                if all.is_empty() { "(true)".to_owned() } else { format!("({})", all.join(" AND ")) }
            }
            Condition::Where(rows, then) => {
                format!("(NOT {} OR {})", self.condition(rows)?, self.condition(then)?)
            }
        })
    }

    /// What the value of a column was read from, where it was read from anything: what can't be read is there all the same.
    fn unread(&self, column: &Column<'_>) -> Option<String> {
        let name = &column.first.name;
        match column.rest.as_slice() {
            [] => self.relation.text_of(name),
            _ if self.dialect != Dialect::DataFusion || !self.relation.is_json(name) || !column.is_single() => None,
            rest => {
                let names: Vec<&str> = rest.iter().map(|step| step.field().name.as_str()).collect();
                Some(json_path(&self.dialect.name_of(name), &names))
            }
        }
    }

    /// The value of a column.
    pub(super) fn column(&self, column: &Column<'_>) -> Sql {
        if !self.relation.has(&column.first.name) {
            let denied = self.relation.denied(&[&column.first.name]);
            return Err(denied.unwrap_or_else(|| Unsupported::NoColumn(column.first.name.clone())));
        }
        if !column.is_single() {
            return Err(unsupported(format!("{} does not look into lists and maps here", self.dialect.name())));
        }
        let first = self.dialect.name_of(&column.first.name);
        if let Some(reason) = self.relation.unreadable(&column.first.name) {
            return Err(unsupported(reason));
        }
        if column.rest.is_empty() {
            return Ok(first);
        }
        let names: Vec<&str> = column.rest.iter().map(|step| step.field().name.as_str()).collect();
        Ok(match self.dialect {
            Dialect::DataFusion if self.relation.is_json(&column.first.name) => match unreadable(column.field()) {
                Some(reason) => return Err(unsupported(reason)),
                None => json_value(column.field(), &json_path(&first, &names)),
            },
            Dialect::DataFusion => {
                names.iter().fold(first, |sql, name| format!("{sql}[{}]", self.dialect.text_of(name)))
            }
            Dialect::Sqlite => {
                let path = steps(names.iter().copied());
                format!("json_extract({first}, {})", self.dialect.text_of(&format!("${path}")))
            }
            Dialect::Postgres => self.postgres_path(&first, column, &names),
        })
    }

    /// The value of a column as it is held against those of other rows: capitals in a UUID, which is text in files and in SQLite,
    /// mean the same.
    pub(super) fn key(&self, column: &Column<'_>) -> Sql {
        let value = self.column(column)?;
        let is_text = self.relation.text_of(&column.first.name).is_some();
        Ok(if is_text && column.field().data_type == DataType::Uuid { format!("lower({value})") } else { value })
    }

    /// A value within an object, which is a composite type or JSON.
    fn postgres_path(&self, first: &str, column: &Column<'_>, names: &[&str]) -> String {
        if !self.relation.is_json(&column.first.name) {
            return names.iter().fold(first.to_owned(), |sql, name| format!("({sql}).{}", self.dialect.name_of(name)));
        }
        self.postgres_value(first, column.field().data_type, names)
    }

    /// A value within JSON, as one of the type that the contract says.
    pub(super) fn postgres_value(&self, first: &str, promised: DataType, names: &[&str]) -> String {
        let path = self.postgres_steps(names);
        let (value, text) = (format!("({first} #> {path})"), format!("({first} #>> {path})"));
        let as_type = match promised {
            DataType::Integer | DataType::Float | DataType::Decimal => "numeric",
            DataType::Boolean => "boolean",
            DataType::Date => "date",
            DataType::Time => "time",
            DataType::Datetime => "timestamp",
            DataType::Timestamp => "timestamptz",
            DataType::Uuid => "uuid",
            DataType::Json | DataType::Object | DataType::Map | DataType::Array => return value,
            DataType::String | DataType::Binary => "text",
            DataType::Unknown => return text,
        };
        // What is of another kind has no value: its type is what is wrong with it.
        let is_kept = kept_as(&value, promised).unwrap_or_default();
        format!("(CASE WHEN {is_kept} THEN {text}::{as_type} END)")
    }

    /// The way to a value within JSON.
    pub(super) fn postgres_steps(&self, names: &[&str]) -> String {
        let steps = names.iter().map(|name| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")));
        self.dialect.text_of(&format!("{{{}}}", steps.collect::<Vec<_>>().join(",")))
    }

    /// The value of a column as text.
    fn text(&self, column: &Column<'_>) -> Sql {
        let sql = self.column(column)?;
        Ok(match (column.field().data_type, self.dialect) {
            (DataType::String, Dialect::DataFusion | Dialect::Sqlite) => sql,
            _ => self.as_text(&sql),
        })
    }

    /// A value as text.
    pub(super) fn as_text(&self, sql: &str) -> String {
        match self.dialect {
            Dialect::DataFusion => format!("CAST({sql} AS VARCHAR)"),
            Dialect::Postgres => format!("({sql})::text"),
            Dialect::Sqlite => format!("CAST({sql} AS TEXT)"),
        }
    }

    fn among(&self, column: &Column<'_>, values: &[Literal], operator: &str, of_none: &str) -> Sql {
        let field = column.field();
        let values: Result<Vec<String>, Unsupported> =
            values.iter().filter(|value| **value != Literal::Null).map(|value| self.literal(value, field)).collect();
        let (column, values) = (self.column(column)?, values?);
        // A list of nothing is no SQL; of a null nothing is known either way.
        if values.is_empty() {
            return Ok(format!("({column} IS NULL OR {of_none})"));
        }
        Ok(format!("({column} {operator} ({}))", values.join(", ")))
    }

    fn matches(&self, text: &str, pattern: &str) -> Sql {
        let plain = self.dialect.text_of(pattern);
        Ok(match self.dialect {
            Dialect::DataFusion => format!("regexp_like({text}, {plain})"),
            Dialect::Postgres => {
                let theirs = pattern::postgres(pattern).map_err(unsupported)?;
                format!("({text} ~ {})", self.dialect.text_of(&theirs))
            }
            Dialect::Sqlite => format!("({text} REGEXP {plain})"),
        })
    }

    /// How many characters a text has, or how many bytes there are.
    fn length_of(&self, column: &Column<'_>) -> Sql {
        if self.dialect == Dialect::Postgres && column.field().data_type == DataType::Binary && column.rest.is_empty() {
            return Ok(format!("octet_length({})", self.column(column)?));
        }
        Ok(self.length(&self.text(column)?))
    }

    pub(super) fn length(&self, text: &str) -> String {
        match self.dialect {
            Dialect::DataFusion | Dialect::Postgres => format!("char_length({text})"),
            Dialect::Sqlite => format!("length({text})"),
        }
    }

    fn count(&self, column: &Column<'_>) -> Sql {
        let sql = self.column(column)?;
        let is_map = column.field().data_type == DataType::Map;
        Ok(match self.dialect {
            Dialect::DataFusion if self.relation.is_json(&column.first.name) => format!("json_length({sql})"),
            Dialect::Sqlite if is_map => format!("(SELECT count(*) FROM json_each({sql}))"),
            Dialect::Sqlite => format!("json_array_length({sql})"),
            Dialect::Postgres if self.relation.is_json(&column.first.name) && is_map => format!(
                "(CASE WHEN jsonb_typeof({sql}) = 'object' THEN (SELECT count(*) FROM jsonb_object_keys({sql})) END)"
            ),
            Dialect::Postgres if self.relation.is_json(&column.first.name) => {
                format!("(CASE WHEN jsonb_typeof({sql}) = 'array' THEN jsonb_array_length({sql}) END)")
            }
            // All items of all lists within are one cardinality there.
            Dialect::Postgres if is_nested(column) => {
                format!("(cardinality({sql}) * 0 + coalesce(array_length({sql}, 1), 0))")
            }
            Dialect::DataFusion | Dialect::Postgres => format!("cardinality({sql})"),
        })
    }

    fn distinct_items(&self, column: &Column<'_>) -> Sql {
        let sql = self.column(column)?;
        Ok(match self.dialect {
            Dialect::DataFusion if self.relation.is_json(&column.first.name) => format!("json_distinct({sql})"),
            Dialect::DataFusion => format!("(cardinality(array_distinct({sql})) = cardinality({sql}))"),
            Dialect::Sqlite => format!("(SELECT count(*) = count(DISTINCT value) FROM json_each({sql}))"),
            Dialect::Postgres if self.relation.is_json(&column.first.name) => {
                let items = format!("CASE WHEN jsonb_typeof({sql}) = 'array' THEN {sql} END");
                format!("(SELECT count(*) = count(DISTINCT item) FROM jsonb_array_elements({items}) AS item)")
            }
            Dialect::Postgres if is_nested(column) => {
                format!("(SELECT count(*) = count(DISTINCT item) FROM jsonb_array_elements(to_jsonb({sql})) AS item)")
            }
            Dialect::Postgres => format!("(SELECT count(*) = count(DISTINCT item) FROM unnest({sql}) AS item)"),
        })
    }

    fn multiple_of(&self, column: &Column<'_>, divisor: &Literal) -> Sql {
        let sql = self.column(column)?;
        if let (Literal::Int(divisor), DataType::Integer) = (divisor, column.field().data_type) {
            return Ok(format!("({sql} % {divisor} = 0)"));
        }
        let divisor = Self::number(divisor)?;
        // Binary fractions are near a multiple at best.
        Ok(match self.dialect {
            Dialect::Postgres => format!("({sql}::numeric % {divisor}::numeric = 0)"),
            Dialect::DataFusion | Dialect::Sqlite => {
                format!("(abs({sql} / {divisor} - round({sql} / {divisor})) < 1e-9)")
            }
        })
    }

    /// Whether a text could be read as what its field promises.
    fn typed(&self, column: &Column<'_>) -> Sql {
        if !self.relation.has(&column.first.name) {
            return Err(self.relation.denied_type(&column.first.name).unwrap_or(Unsupported::Nothing));
        }
        let text = self.unread(column);
        match text {
            Some(text) => {
                let value = self.column(column)?;
                let digits = digits_in_sqlite(column.field(), &value).filter(|_| self.dialect == Dialect::Sqlite);
                let digits = digits.map_or_else(String::new, |digits| format!(" AND {digits}"));
                Ok(format!("({text} IS NULL OR {value} IS NOT NULL{digits})"))
            }
            None if self.dialect == Dialect::Postgres && self.relation.is_json(&column.first.name) => {
                self.kept_as(column)
            }
            None if self.dialect == Dialect::Postgres && self.relation.is_array(&column.first.name) => {
                self.has_dimensions(column)
            }
            // Nobody says of what types the values are that are within.
            None if self.relation.is_json(&column.first.name) && !column.is_single() => self.column(column),
            None if self.dialect == Dialect::Sqlite && !column.rest.is_empty() => self.kept_in_sqlite(column),
            // The type of the column says it of every value.
            None => Err(Unsupported::Nothing),
        }
    }

    /// Whether SQLite has JSON of the kind that a field within promises. A null of JSON is none as well.
    fn kept_in_sqlite(&self, column: &Column<'_>) -> Sql {
        let value = self.column(column)?;
        let (kind, shape) = kind_in_json(column.field().data_type).ok_or(Unsupported::Nothing)?;
        let kinds = match kind {
            "number" => "'integer', 'real'",
            "boolean" => "'true', 'false'",
            "string" => "'text'",
            "array" => "'array'",
            _ => "'object'",
        };
        let path = steps(column.rest.iter().map(|step| step.field().name.as_str()));
        let (first, path) = (self.dialect.name_of(&column.first.name), self.dialect.text_of(&format!("${path}")));
        let shape = shape.map_or_else(String::new, |shape| format!(" AND {} REGEXP '{shape}'", self.as_text(&value)));
        let found = format!("json_type({first}, {path})");
        Ok(format!("(coalesce({found}, 'null') = 'null' OR ({found} IN ({kinds}){shape}))"))
    }

    /// The JSON that a column of `PostgreSQL` is, or is within.
    fn postgres_json(&self, column: &Column<'_>) -> Option<String> {
        if self.dialect != Dialect::Postgres || !self.relation.is_json(&column.first.name) || !column.is_single() {
            return None;
        }
        let names: Vec<&str> = column.rest.iter().map(|step| step.field().name.as_str()).collect();
        let first = self.dialect.name_of(&column.first.name);
        Some(if names.is_empty() { first } else { format!("({first} #> {})", self.postgres_steps(&names)) })
    }

    /// Whether `PostgreSQL` has JSON of the kind that a field promises. A null of JSON is none as well.
    fn kept_as(&self, column: &Column<'_>) -> Sql {
        let Some(value) = self.postgres_json(column) else { return self.column(column) };
        let kept = kept_as(&value, column.field().data_type).ok_or(Unsupported::Nothing)?;
        Ok(format!("(jsonb_typeof({value}) = 'null' OR {kept})"))
    }

    /// Whether lists of `PostgreSQL` are as deep as a field promises. Its types do not tell: each value of `integer[]` has as many
    /// dimensions as it likes.
    fn has_dimensions(&self, column: &Column<'_>) -> Sql {
        let depth = depth(column.field()).filter(|_| column.rest.is_empty()).ok_or(Unsupported::Nothing)?;
        // A list of nothing has none.
        Ok(format!("(coalesce(array_ndims({}), {depth}) = {depth})", self.column(column)?))
    }

    /// A value of the contract as a value of the type of a field.
    fn literal(&self, value: &Literal, field: &Field) -> Sql {
        let kind = field.data_type;
        Ok(match value {
            Literal::Null => "NULL".to_owned(),
            Literal::Bool(value) if kind == DataType::String => self.dialect.text_of(&value.to_string()),
            Literal::Bool(value) => value.to_string(),
            Literal::Int(_) | Literal::Float(_) | Literal::Text(_) if kind.is_number() => {
                let number = Self::number(value)?;
                let is_exact = self.dialect == Dialect::DataFusion && kind == DataType::Decimal;
                // Without an exponent.
                let exact = is_exact.then(|| decimal_literal(field, &value.to_string()));
                exact.flatten().unwrap_or(number)
            }
            Literal::Int(_) | Literal::Float(_) => self.dialect.text_of(&value.to_string()),
            Literal::Text(text) => self.typed_text(text, kind),
            Literal::List(_) | Literal::Map(_) => {
                return Err(unsupported(format!("{} compares no lists and maps", self.dialect.name())));
            }
        })
    }

    /// A number of the contract, which may stand there as text, as people and SQL write it.
    fn number(value: &Literal) -> Sql {
        Ok(match value {
            Literal::Float(value) => format!("{value:?}"),
            Literal::Text(text) => {
                let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
                number.ok_or_else(|| unsupported(format!("{} is no number", quoted(text))))?;
                text.trim().to_owned()
            }
            other => other.to_string(),
        })
    }

    fn typed_text(&self, text: &str, kind: DataType) -> String {
        let plain = self.dialect.text_of(text);
        let word = match (self.dialect, kind) {
            (Dialect::Sqlite, DataType::Datetime | DataType::Timestamp) => return Dialect::moment_in_sqlite(&plain),
            // What SQLite has of dates is text that sorts as they do.
            (Dialect::Sqlite, _) => return plain,
            (_, DataType::Date) => "DATE",
            (_, DataType::Time) => "TIME",
            // Nanoseconds, which it would take by itself, do not reach the year 9999.
            (Dialect::DataFusion, DataType::Datetime) => return format!("CAST({plain} AS TIMESTAMP(6))"),
            (Dialect::DataFusion, DataType::Timestamp) => {
                return format!("CAST({plain} AS TIMESTAMP(6) WITH TIME ZONE)");
            }
            (_, DataType::Datetime) => "TIMESTAMP",
            (Dialect::Postgres, DataType::Timestamp) => "TIMESTAMPTZ",
            (Dialect::Postgres, DataType::Uuid) => "UUID",
            _ => return plain,
        };
        format!("{word} {plain}")
    }
}

/// Whether a condition is about the types of what is in lists and maps.
fn is_type_within(condition: &Condition<'_>) -> bool {
    matches!(condition, Condition::Typed(column) if !column.is_single())
}

/// Whether the items of a list are lists.
fn is_nested(column: &Column<'_>) -> bool {
    depth(column.field()).is_some_and(|depth| depth > 1)
}

/// The kind of JSON that a type promises, and the regular expression of what stands there; `None` where everything will do.
fn kind_in_json(promised: DataType) -> Option<(&'static str, Option<String>)> {
    const CLOCK: &str = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?";
    Some(match promised {
        DataType::Integer => ("number", Some("^-?[0-9]+([.]0+)?$".to_owned())),
        DataType::Float | DataType::Decimal => ("number", None),
        DataType::Boolean => ("boolean", None),
        DataType::Array => ("array", None),
        DataType::Object | DataType::Map => ("object", None),
        DataType::Json | DataType::Unknown => return None,
        DataType::Date => ("string", Some(format!("^{DAY}$"))),
        DataType::Datetime | DataType::Timestamp => ("string", Some(format!("^{DAY}[T ]{CLOCK}(Z|[+-][0-9:]+)?$"))),
        DataType::Time => ("string", Some(format!("^{CLOCK}$"))),
        DataType::Uuid => ("string", Some(UUID.to_owned())),
        DataType::String | DataType::Binary => ("string", None),
    })
}

/// Whether a value of JSON is what a type promises, in SQL of `PostgreSQL`; `None` where every value is.
fn kept_as(value: &str, promised: DataType) -> Option<String> {
    let (kind, shape) = kind_in_json(promised)?;
    let is_kind = format!("jsonb_typeof({value}) = '{kind}'");
    Some(match shape {
        Some(shape) => format!("({is_kind} AND {value}#>>'{{}}' ~ '{shape}')"),
        None => is_kind,
    })
}

/// How many lists are within one another, as far down as nothing but lists is; `None` where the contract does not say what is in one.
fn depth(field: &Field) -> Option<usize> {
    match field.data_type {
        DataType::Array => Some(1 + depth(field.items.as_deref()?)?),
        _ => Some(0),
    }
}

/// The way to a value within JSON, as SQLite writes it behind `$`.
pub(super) fn steps<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.fold(String::new(), |path, name| format!("{path}.\"{name}\""))
}
