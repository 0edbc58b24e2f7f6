//! A field of a dataset, and the constraints on its values.

use super::words::words;
use super::{DataType, Literal, Physical};

/// A column or property, possibly nested.
#[expect(clippy::struct_excessive_bools, reason = "each is a promise of its own, named as in the format")]
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The logical type.
    pub data_type: DataType,
    /// What a value means.
    pub description: Option<String>,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// Whether no two rows may have the same value.
    pub unique: bool,
    /// Whether the field belongs to the primary key.
    pub is_primary_key: bool,
    /// Whether the field refers to a field of another dataset.
    pub is_foreign_key: bool,
    /// The field referred to, as `contract.field` or `contract.dataset.field`.
    pub foreign_key_reference: Option<String>,
    /// Whether values are personal data.
    pub is_pii: bool,
    /// How well values must be guarded, such as `public` or `confidential`.
    pub classification: Option<String>,
    /// The unit of numbers, such as `EUR` or `kg`.
    pub unit: Option<String>,
    /// The form of texts, such as `email` or `iso-4217`.
    pub format: Option<String>,
    /// How many digits a decimal has.
    pub precision: Option<u32>,
    /// How many of them stand behind the point.
    pub scale: Option<u32>,
    /// The name in the physical store, where it differs.
    pub physical_name: Option<String>,
    /// How values are stored, where that is said.
    pub storage: Option<Box<Storage>>,
    /// The type of a map's keys, where it is said.
    pub keys: Option<DataType>,
    /// A value that a row may have.
    pub example_value: Option<Literal>,
    /// The value of rows that do not say.
    pub default_value: Option<Literal>,
    /// Names that the field had before.
    pub previously: Vec<String>,
    /// Set where readers should stop using the field.
    pub deprecated: Option<Box<Deprecation>>,
    /// Whether the field is internal to the producer's model and no part of the promise.
    pub internal: bool,
    /// Free labels.
    pub tags: Vec<String>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
    /// What values must satisfy.
    pub constraints: Vec<Constraint>,
    /// The fields of an object.
    pub fields: Vec<Field>,
    /// The items of an array.
    pub items: Option<Box<Field>>,
    /// The values of a map.
    pub values: Option<Box<Field>>,
}

impl Field {
    /// A nullable field with nothing but a name and a type.
    pub fn new(name: impl Into<String>, data_type: DataType) -> Self {
        Self {
            name: name.into(),
            data_type,
            description: None,
            nullable: true,
            unique: false,
            is_primary_key: false,
            is_foreign_key: false,
            foreign_key_reference: None,
            is_pii: false,
            classification: None,
            unit: None,
            format: None,
            precision: None,
            scale: None,
            physical_name: None,
            storage: None,
            keys: None,
            example_value: None,
            default_value: None,
            previously: Vec::new(),
            deprecated: None,
            internal: false,
            tags: Vec::new(),
            metadata: Vec::new(),
            constraints: Vec::new(),
            fields: Vec::new(),
            items: None,
            values: None,
        }
    }

    /// The first constraint of a kind.
    pub fn constraint(&self, kind: ConstraintKind) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| constraint.kind == kind)
    }

    /// The type in the physical store, where it is said.
    pub fn physical(&self) -> Option<&Physical> {
        self.storage.as_ref()?.physical.as_ref()
    }

    /// The type as people write it, with precision and scale where there are any: `decimal(10,2)`.
    pub fn type_text(&self) -> String {
        match (self.precision, self.scale) {
            (Some(precision), Some(scale)) => format!("{}({precision},{scale})", self.data_type.name()),
            (Some(precision), None) => format!("{}({precision})", self.data_type.name()),
            _ => match &self.items {
                Some(items) => format!("array<{}>", items.type_text()),
                None => self.data_type.name().to_owned(),
            },
        }
    }
}

/// How values are stored: what few fields say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Storage {
    /// The type in the physical store.
    pub physical: Option<Physical>,
    /// What the bytes are, such as `image/png`.
    pub media_type: Option<String>,
    /// The model that made the vectors.
    pub embedding_model: Option<String>,
}

/// A warning that a field will go away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deprecation {
    /// The contract version that deprecated it.
    pub since: Option<String>,
    /// The date after which it may be removed, as `YYYY-MM-DD`.
    pub sunset_on: Option<String>,
    /// The field to use instead.
    pub replaced_by: Option<String>,
}

/// A condition on the values of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// Which condition.
    pub kind: ConstraintKind,
    /// Its bound, list, pattern or expression.
    pub value: Literal,
    /// What to tell people whose values break it.
    pub message: Option<String>,
}

words! {
    /// The kinds of constraints.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum ConstraintKind {
        Min = "min", "the least value";
        Max = "max", "the greatest value";
        ExclusiveMin = "exclusive_min", "a value that every value exceeds";
        ExclusiveMax = "exclusive_max", "a value that every value stays below";
        Regex = "regex", "a regular expression that the text matches";
        Enum = "enum", "the list of allowed values";
        MinLength = "min_length", "the least length in characters";
        MaxLength = "max_length", "the greatest length in characters";
        MinItems = "min_items", "the least count of items";
        MaxItems = "max_items", "the greatest count of items";
        MultipleOf = "multiple_of", "a number that divides every value";
        Expression = "expression", "a SQL boolean over the fields of the row";
    }
}
