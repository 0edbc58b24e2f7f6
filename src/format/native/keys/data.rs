//! The keys of fields.

use super::constraint::CONSTRAINT;
use super::forms::{DATE, FIELD_NAME};
use super::meaning::{PRIVACY_KEY, SEMANTICS_KEY};
use super::{METADATA_KEY, TAGS_KEY, TEXT, TITLE_KEY};
use crate::model::DataType;
use crate::source::shape::{Key, Kind, Shape};

pub(super) static FIELD_KIND: Kind = Kind::Map(&FIELD);

pub(in crate::format) static FIELD: Shape = Shape {
    name: "field",
    doc: "A field: a column or property, possibly nested.",
    keys: &[
        Key::new("name", Kind::Form(&FIELD_NAME), "The name.").required().example("customer_id"),
        Key::new("data_type", Kind::Word(DataType::ALL), "The logical type.")
            .required()
            .example("string")
            .also_called(&["type", "logicalType"]),
        PHYSICAL_TYPE_KEY,
        Key::new("precision", Kind::Count, "How many digits a decimal has."),
        Key::new("scale", Kind::Count, "How many digits stand behind the point."),
        Key::new("unit", TEXT, "The unit of numbers.").example("EUR"),
        Key::new("description", TEXT, "What a value means.").also_called(&["comment", "doc"]),
        Key::new("nullable", Kind::Bool, "Whether a value may be missing; true if not given.")
            .also_called(&["isNullable"])
            .opposites(&["required", "not_null", "mandatory", "is_required"]),
        Key::new("unique", Kind::Bool, "Whether no two rows have the same value.").also_called(&["isUnique"]),
        Key::new("is_primary_key", Kind::Bool, "Whether the field belongs to the primary key.")
            .also_called(&["primary_key", "pk"]),
        Key::new("is_foreign_key", Kind::Bool, "Whether the field refers to another dataset's field.")
            .also_called(&["foreign_key", "fk"]),
        Key::new(
            "foreign_key_reference",
            TEXT,
            "The field referred to: `contract.field`, or `contract.dataset.field`.",
        )
        .example("customers.customer_id")
        .also_called(&["references", "reference"]),
        Key::new("is_pii", Kind::Bool, "Whether values are personal data.").also_called(&["pii", "personal"]),
        Key::new("classification", TEXT, "How well values must be guarded.").example("confidential"),
        Key::new("format", TEXT, "The form of texts.").example("email"),
        Key::new("physical_name", TEXT, "The name in the physical store, where it differs."),
        MEDIA_TYPE_KEY,
        EMBEDDING_MODEL_KEY,
        Key::new("example_value", Kind::Any, "A value that a row may have.").also_called(&["example", "examples"]),
        Key::new("default_value", Kind::Any, "The value of rows that do not say.").also_called(&["default"]),
        Key::new(
            "previously",
            Kind::OneOrMany(&Kind::Text),
            "Names that the field had before, so that a rename is known.",
        )
        .also_called(&["renamed_from", "old_names"]),
        Key::new(
            "id",
            Kind::Scalar,
            "A name or number that stays whatever the field is called: a tag number, a column id.",
        )
        .example("7"),
        TITLE_KEY,
        Key::new("synonyms", Kind::OneOrMany(&Kind::Text), "Other words that people use for it."),
        Key::new("aliases", Kind::OneOrMany(&Kind::Text), "Further names under which the same values are served.")
            .also_called(&["alias"]),
        Key::new(
            "always_present",
            Kind::Bool,
            "Whether the field is in every record, if only as null; what is never null is.",
        ),
        Key::new("missing_values", Kind::OneOrMany(&Kind::Scalar), "Values that stand for a missing one.")
            .example("[\"\", \"N/A\", -1]")
            .also_called(&["null_values", "missing", "na_values"]),
        Key::new("critical", Kind::Bool, "Whether the business hangs on the field.").also_called(&[
            "critical_data_element",
            "is_critical",
            "cde",
        ]),
        Key::new("deprecated", Kind::Either(&Kind::Bool, &DEPRECATED), "That readers should stop using the field."),
        Key::new("internal", Kind::Bool, "Whether the field is internal to the model and no part of the contract."),
        Key::new("constraints", Kind::List(&Kind::Map(&CONSTRAINT)), "What values satisfy."),
        SEMANTICS_KEY,
        PRIVACY_KEY,
        Key::new("fields", Kind::List(&FIELD_KIND), "The fields of an `object`, or of the objects in `json`.")
            .also_called(&["properties"]),
        Key::new("items", Kind::Map(&ITEM), "The items of an `array`."),
        Key::new("keys", Kind::Word(DataType::ALL), "The type of the keys of a `map`.").example("string"),
        Key::new("values", Kind::Map(&ITEM), "The values of a `map`."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

const PHYSICAL_TYPE_KEY: Key = Key::new(
    "physical_type",
    TEXT,
    "The type in the physical store, in the words of that store; letter case and white space mean nothing.",
)
.example("varchar(50)")
.also_called(&["physicalType", "db_type", "column_type"]);

const MEDIA_TYPE_KEY: Key = Key::new("media_type", TEXT, "What the bytes of a `binary` are.")
    .example("image/png")
    .also_called(&["contentMediaType"]);

const EMBEDDING_MODEL_KEY: Key =
    Key::new("embedding_model", TEXT, "The model that made the vectors: those of two models do not compare.")
        .example("all-MiniLM-L6-v2");

/// An item has no name of its own; the rest is a field.
pub(in crate::format) static ITEM: Shape = Shape {
    name: "item",
    doc: "The items of an array, or the values of a map.",
    keys: &[
        Key::new("data_type", Kind::Word(DataType::ALL), "The logical type.").required().example("string"),
        PHYSICAL_TYPE_KEY,
        Key::new("precision", Kind::Count, "How many digits a decimal has."),
        Key::new("scale", Kind::Count, "How many digits stand behind the point."),
        Key::new("unit", TEXT, "The unit of numbers."),
        Key::new("description", TEXT, "What a value means."),
        Key::new("nullable", Kind::Bool, "Whether a value may be missing; true if not given."),
        Key::new("unique", Kind::Bool, "Whether no value is there twice."),
        Key::new("is_foreign_key", Kind::Bool, "Whether values refer to another dataset's field."),
        Key::new(
            "foreign_key_reference",
            TEXT,
            "The field referred to: `contract.field`, or `contract.dataset.field`.",
        ),
        Key::new("is_pii", Kind::Bool, "Whether values are personal data."),
        Key::new("classification", TEXT, "How well values must be guarded."),
        Key::new("format", TEXT, "The form of texts."),
        Key::new("physical_name", TEXT, "The name in the physical store, where it has one."),
        MEDIA_TYPE_KEY,
        EMBEDDING_MODEL_KEY,
        Key::new("example_value", Kind::Any, "A value that it may have."),
        Key::new("default_value", Kind::Any, "The value where none is said."),
        Key::new("id", Kind::Scalar, "A name or number that stays: a tag number, a column id."),
        TITLE_KEY,
        Key::new("synonyms", Kind::OneOrMany(&Kind::Text), "Other words that people use for it."),
        Key::new("missing_values", Kind::OneOrMany(&Kind::Scalar), "Values that stand for a missing one."),
        Key::new("critical", Kind::Bool, "Whether the business hangs on it."),
        Key::new("deprecated", Kind::Either(&Kind::Bool, &DEPRECATED), "That readers should stop using it."),
        Key::new("constraints", Kind::List(&Kind::Map(&CONSTRAINT)), "What values satisfy."),
        SEMANTICS_KEY,
        PRIVACY_KEY,
        Key::new("fields", Kind::List(&FIELD_KIND), "The fields of an `object`, or of the objects in `json`."),
        Key::new("items", Kind::Map(&ITEM), "The items of an `array`."),
        Key::new("keys", Kind::Word(DataType::ALL), "The type of the keys of a `map`.").example("string"),
        Key::new("values", Kind::Map(&ITEM), "The values of a `map`."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

pub(super) static DEPRECATED: Shape = Shape {
    name: "deprecation",
    doc: "That readers should stop using the field or the dataset.",
    keys: &[
        Key::new("since", TEXT, "The contract version that deprecated it.").example("1.4.0"),
        Key::new("sunset_on", Kind::Form(&DATE), "The day after which it may be removed."),
        Key::new("replaced_by", TEXT, "The field or dataset to use instead."),
    ],
};
