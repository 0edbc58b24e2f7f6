//! Types of properties with their options, in which most conditions on values stand.

use super::super::read::plain_physical;
use super::Writer;
use super::entries::Entries;
use crate::format::odcs::version::Version::{V3_1_0, V3_2_0};
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal, Physical, PhysicalType};

/// How the standard says a type.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The logical type; `None` where the version has no word for it.
    pub(super) word: Option<&'static str>,
    /// Its options.
    pub(super) options: Entries,
    /// The physical type.
    pub(super) physical: Option<String>,
}

impl Writer<'_> {
    pub(super) fn typed(&self, field: &Field) -> Typed {
        let word = self.word(field);
        let physical = field.physical();
        let kind = physical.map(|physical| &physical.kind);
        let mut typed = Typed { word, physical: physical.map(|it| it.text.clone()), options: Entries::default() };
        let options = &mut typed.options;
        match (field.data_type, word) {
            (_, None) => return typed,
            (_, Some("vector")) => {
                vector(field, options);
                if is_plain_vector(field) {
                    typed.physical = None;
                }
                return typed;
            }
            (DataType::Uuid, _) => options.text("format", Some("uuid")),
            (DataType::Binary, _) if kind.and_then(PhysicalType::logical) != Some(DataType::Binary) => {
                options.text("format", Some("binary"));
            }
            (DataType::Float, _) if kind.and_then(PhysicalType::logical) != Some(DataType::Float) => {
                options.text("format", Some("f64"));
            }
            (DataType::Timestamp | DataType::Datetime, Some("timestamp")) => {
                let is_zoned = field.data_type == DataType::Timestamp;
                let says_other = match kind {
                    Some(PhysicalType::Timestamp { zoned, .. }) => *zoned != is_zoned,
                    _ => !is_zoned,
                };
                if says_other {
                    options.put("timezone", Literal::Bool(is_zoned));
                }
            }
            _ if physical.is_none() => typed.physical = plain_physical(field),
            _ => {}
        }
        self.conditions(field, word.unwrap_or_default(), &mut typed.options);
        let takes_format = matches!(word, Some("string" | "date" | "time" | "timestamp"));
        if takes_format && !typed.options.has("format") {
            typed.options.text("format", field.format.as_deref());
        }
        typed
    }

    /// The logical type, where the version has a word for it.
    fn word(&self, field: &Field) -> Option<&'static str> {
        Some(match field.data_type {
            DataType::Json if !field.fields.is_empty() => return None,
            DataType::String | DataType::Uuid | DataType::Binary | DataType::Json => "string",
            DataType::Integer => "integer",
            DataType::Float | DataType::Decimal => "number",
            DataType::Boolean => "boolean",
            DataType::Date => "date",
            // Before 3.1 a date is any moment.
            DataType::Time | DataType::Datetime | DataType::Timestamp if self.version < V3_1_0 => "date",
            DataType::Time => "time",
            DataType::Datetime | DataType::Timestamp => "timestamp",
            DataType::Array if self.version >= V3_2_0 && is_vector(field) => "vector",
            DataType::Array => "array",
            DataType::Object => "object",
            DataType::Map if self.version >= V3_2_0 && field.values.is_some() => "map",
            DataType::Map | DataType::Unknown => return None,
        })
    }

    /// Conditions that the options of the type have a word for, the first of each kind.
    fn conditions(&self, field: &Field, word: &str, options: &mut Entries) {
        let is_said = |kind: ConstraintKind| field.constraints.iter().any(|one| one.kind == kind && one.when.is_none());
        for constraint in &field.constraints {
            let Some(key) = key(constraint.kind, word) else { continue };
            if constraint.when.is_some() || options.has(key) || !is_legal(constraint, word) {
                continue;
            }
            let of = match constraint.kind {
                ConstraintKind::ExclusiveMin if self.version < V3_1_0 => Some(("minimum", ConstraintKind::Min)),
                ConstraintKind::ExclusiveMax if self.version < V3_1_0 => Some(("maximum", ConstraintKind::Max)),
                _ => None,
            };
            match of {
                None => options.put(key, constraint.value.clone()),
                // Before 3.1 a bound is in or out, and so there is one.
                Some((bound, kind)) if !is_said(kind) && !options.has(bound) => {
                    options.put(bound, constraint.value.clone());
                    options.put(key, Literal::Bool(true));
                }
                Some(_) => {}
            }
        }
    }
}

/// What its options say of a vector: its physical type, and the model that made it.
fn vector(field: &Field, options: &mut Entries) {
    if let Some((dimensions, element)) = field.physical().and_then(dimensions) {
        options.put("dimensions", Literal::Int(dimensions.into()));
        options.text("elementType", (element != "float32").then_some(element));
    }
    let storage = field.storage.as_deref();
    options.text("embeddingModel", storage.and_then(|storage| storage.embedding_model.as_deref()));
}

/// The option that a condition is for values of a logical type.
fn key(kind: ConstraintKind, word: &str) -> Option<&'static str> {
    let is_ordered = matches!(word, "integer" | "number" | "date" | "time" | "timestamp");
    Some(match (kind, word) {
        (ConstraintKind::Min, _) if is_ordered => "minimum",
        (ConstraintKind::Max, _) if is_ordered => "maximum",
        (ConstraintKind::ExclusiveMin, _) if is_ordered => "exclusiveMinimum",
        (ConstraintKind::ExclusiveMax, _) if is_ordered => "exclusiveMaximum",
        (ConstraintKind::MultipleOf, "integer" | "number") => "multipleOf",
        (ConstraintKind::MinLength, "string") => "minLength",
        (ConstraintKind::MaxLength, "string") => "maxLength",
        (ConstraintKind::Regex, "string") => "pattern",
        (ConstraintKind::MinItems, "array") => "minItems",
        (ConstraintKind::MaxItems, "array") => "maxItems",
        (ConstraintKind::UniqueItems, "array") => "uniqueItems",
        (ConstraintKind::MinProperties, "object") => "minProperties",
        (ConstraintKind::MaxProperties, "object") => "maxProperties",
        _ => return None,
    })
}

/// Whether the option can have the value.
fn is_legal(constraint: &Constraint, word: &str) -> bool {
    match (constraint.kind, &constraint.value) {
        (ConstraintKind::Regex, value) => value.text().is_some(),
        (ConstraintKind::UniqueItems, value) => *value == Literal::Bool(true),
        (ConstraintKind::MultipleOf, value) => value.number().is_some_and(|number| number > 0.0 && number.is_finite()),
        (
            ConstraintKind::Min | ConstraintKind::Max | ConstraintKind::ExclusiveMin | ConstraintKind::ExclusiveMax,
            value,
        ) => match word {
            "integer" | "number" => value.number().is_some_and(f64::is_finite),
            _ => value.text().is_some(),
        },
        (_, Literal::Int(count)) => *count >= 0,
        _ => false,
    }
}

/// Whether a field is a vector as the standard has them: numbers of a fixed count, with nothing more said of them.
fn is_vector(field: &Field) -> bool {
    let plain = |items: &Field| {
        matches!(items.data_type, DataType::Float | DataType::Integer) && *items == Field::new("", items.data_type)
    };
    field.constraints.is_empty()
        && field.items.as_deref().is_some_and(plain)
        && field.physical().and_then(dimensions).is_some()
}

/// How many numbers of which type a vector has, in the standard's words.
fn dimensions(physical: &Physical) -> Option<(u32, &'static str)> {
    let PhysicalType::Vector { dimensions: Some(count), element } = &physical.kind else { return None };
    let word = match &**element {
        PhysicalType::Float { bits: Some(16) } => "float16",
        PhysicalType::Float { bits: Some(64) } => "float64",
        PhysicalType::Float { .. } => "float32",
        PhysicalType::Integer { bits: Some(8), signed: true } => "int8",
        PhysicalType::Integer { bits: Some(8), signed: false } => "uint8",
        PhysicalType::Other(text) if text == "bfloat16" => "bfloat16",
        _ => return None,
    };
    (*count > 0).then_some((*count, word))
}

/// Whether its options say all of a vector's physical type.
fn is_plain_vector(field: &Field) -> bool {
    let Some((count, element)) = field.physical().and_then(dimensions) else { return false };
    let name = if element == "int8" { "tinyint" } else { element };
    field.physical().is_some_and(|physical| physical.text == format!("vector({name}, {count})"))
}
