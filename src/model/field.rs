//! A field of a dataset.

use super::{Constraint, ConstraintKind, DataType, DateForm, Literal, Physical, Privacy, Semantics};

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
    /// Whether the field is in every record, if only as null; `None` where it is not said. What is never null is.
    pub always_present: Option<bool>,
    /// Whether the field is one of those that the business hangs on.
    pub critical: bool,
    /// What few fields say of themselves.
    pub details: Option<Box<Details>>,
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
    /// What values mean, where more is said than type and unit.
    pub semantics: Option<Box<Semantics>>,
    /// What personal data asks of those who hold it.
    pub privacy: Option<Box<Privacy>>,
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
            always_present: None,
            critical: false,
            details: None,
            deprecated: None,
            internal: false,
            tags: Vec::new(),
            metadata: Vec::new(),
            constraints: Vec::new(),
            semantics: None,
            privacy: None,
            fields: Vec::new(),
            items: None,
            values: None,
        }
    }

    /// A name that stays whatever the field is called: a tag number, a column id.
    pub fn id(&self) -> Option<&str> {
        self.details.as_ref()?.id.as_deref()
    }

    /// The name of its column in the store: the physical one, where it has one.
    pub fn column_name(&self) -> &str {
        self.physical_name.as_deref().unwrap_or(&self.name)
    }

    /// Whether this is its name or its identifier.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.id() == Some(name)
    }

    /// The form of its dates and times as text; `None` where that is ISO 8601, and of fields of other types.
    ///
    /// # Errors
    ///
    /// What of its format can't be understood, to follow "the format ...".
    pub fn date_form(&self) -> Result<Option<DateForm>, String> {
        let is_date =
            matches!(self.data_type, DataType::Date | DataType::Time | DataType::Datetime | DataType::Timestamp);
        self.format.as_deref().filter(|_| is_date).map_or(Ok(None), |format| DateForm::of(format, self.data_type))
    }

    /// Further names under which the same values are served.
    pub fn aliases(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.aliases)
    }

    /// What it is called among people.
    pub fn title(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| details.title.as_slice())
    }

    /// Other words that people use for it.
    pub fn synonyms(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.synonyms)
    }

    /// Values that stand for a missing one.
    pub fn missing_values(&self) -> &[Literal] {
        self.details.as_ref().map_or(&[], |details| &details.missing_values)
    }

    /// Whether the field is in every record, if only as null.
    pub fn is_always_present(&self) -> bool {
        self.always_present.unwrap_or(!self.nullable)
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

/// What few fields say of themselves: apart from the rest, so that the many others stay small.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    /// A name that stays whatever the field is called: a tag number, a column id.
    pub id: Option<String>,
    /// What it is called among people.
    pub title: Option<String>,
    /// Other words that people use for it.
    pub synonyms: Vec<String>,
    /// Further names under which the same values are served, such as those of before.
    pub aliases: Vec<String>,
    /// Values that stand for a missing one, such as an empty text or -1.
    pub missing_values: Vec<Literal>,
}

/// A warning that a field or a dataset will go away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deprecation {
    /// The contract version that deprecated it.
    pub since: Option<String>,
    /// The date after which it may be removed, as `YYYY-MM-DD`.
    pub sunset_on: Option<String>,
    /// The field or dataset to use instead.
    pub replaced_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_stays_small() {
        // Registries have hundreds of thousands of them: what few fields say goes to `Details`, `Storage` and their like.
        assert!(size_of::<Field>() <= 448, "{} bytes", size_of::<Field>());
    }
}
