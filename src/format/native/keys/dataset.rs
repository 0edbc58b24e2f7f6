//! The keys of datasets: what they are, and how their rows are written, stored and delivered.

use super::data::{DEPRECATED, FIELD_KIND};
use super::forms::{DATE, FIELD_NAME, LETTER, LETTER_OR_NONE, REQUIREMENT};
use super::service_levels::SERVICE_LEVELS_KEY;
use super::terms::{QUALITY_KEY, RULES_KEY};
use super::{METADATA_KEY, TAGS_KEY, TEXT, TEXTS, TITLE_KEY};
use crate::model::{
    Cardinality, Compression, Delivery, ExtraFields, FileFormat, LineEnding, Medium, Operation, ReferenceAction,
    WriteMode,
};
use crate::source::shape::{Key, Kind, Shape};

pub(in crate::format) static DATASET: Shape = Shape {
    name: "dataset",
    doc: "A table, topic, file set or resource.",
    keys: &[
        Key::new("name", Kind::Form(&FIELD_NAME), "The name, unique in the contract.").required().example("orders"),
        Key::new("description", TEXT, "What a row stands for."),
        TITLE_KEY,
        Key::new("id", Kind::Scalar, "A name that stays whatever the dataset is called.").example("ds_orders"),
        Key::new("physical_name", TEXT, "The name in the physical store, where it differs."),
        Key::new("aliases", Kind::OneOrMany(&Kind::Text), "Further names under which the same data is served.")
            .also_called(&["alias"]),
        Key::new(
            "medium",
            Kind::Word(Medium::ALL),
            "What it is; `table` if not given, or what `files` or `topic` tell.",
        ),
        Key::new("files", Kind::Map(&FILES), "How the files are written, where it is files."),
        Key::new("topic", Kind::Map(&TOPIC), "How the messages are written, where it is a topic."),
        Key::new("schema", Kind::List(&FIELD_KIND), "The fields.").required().also_called(&["fields", "columns"]),
        Key::new(
            "primary_key",
            Kind::OneOrMany(&Kind::Text),
            "The fields of the primary key in its order; the same as `is_primary_key` at each.",
        )
        .example("[region, order_id]"),
        Key::new("unique", Kind::List(&Kind::List(&Kind::Text)), "Groups of fields that are unique together."),
        Key::new(
            "foreign_keys",
            Kind::List(&Kind::Map(&FOREIGN_KEY)),
            "References of several fields at once, or with more to say than `foreign_key_reference` can.",
        ),
        Key::new(
            "grain",
            Kind::OneOrMany(&Kind::Text),
            "What one row stands for: in words, or the list of fields that tell rows apart.",
        )
        .example("[order_id, line]"),
        Key::new("filter", TEXT, "Which rows are there, of all that there could be: a SQL condition, or words.")
            .example("status <> 'test'"),
        Key::new("write_mode", Kind::Word(WriteMode::ALL), "What a new delivery does to the rows that are there."),
        Key::new("history_from", Kind::Form(&DATE), "The first day of which there are rows.").example("\"2020-01-01\""),
        Key::new(
            "ordering",
            Kind::OneOrMany(&Kind::Text),
            "The fields by which rows come in order, each with ` desc` where it falls.",
        )
        .example("[account_id, booked_at desc]")
        .also_called(&["order_by", "sort_by"]),
        Key::new("delivery", Kind::Word(Delivery::ALL), "How often a row may come."),
        Key::new("late_arrival", TEXT, "How long after its time a row may still come.").example("2 days"),
        Key::new(
            "partitioned_by",
            Kind::OneOrMany(&Kind::Text),
            "The fields, or expressions over them, by which rows are stored apart.",
        )
        .example("[day(booked_at)]")
        .also_called(&["partition_by"]),
        Key::new("clustered_by", Kind::OneOrMany(&Kind::Text), "The fields by which rows are stored near each other.")
            .also_called(&["cluster_by"]),
        Key::new(
            "extra_fields",
            Kind::Word(ExtraFields::ALL),
            "What becomes of fields in the data that the contract does not know.",
        )
        .also_called(&["additional_properties", "additional_fields"]),
        QUALITY_KEY,
        RULES_KEY,
        SERVICE_LEVELS_KEY,
        Key::new("previously", Kind::OneOrMany(&Kind::Text), "Names that the dataset had before.")
            .also_called(&["renamed_from"]),
        Key::new(
            "reserved",
            Kind::OneOrMany(&Kind::Scalar),
            "Names and ids of fields of before, which no new field may have.",
        )
        .example("[fax]"),
        Key::new("deprecated", Kind::Either(&Kind::Bool, &DEPRECATED), "That readers should stop using the dataset."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

pub(in crate::format) static FOREIGN_KEY: Shape = Shape {
    name: "foreign key",
    doc: "A reference of one or more fields to another dataset.",
    keys: &[
        Key::new("fields", TEXTS, "The fields of this dataset.").required().example("[region, code]"),
        Key::new("references", TEXT, "The contract, or `contract.dataset`, referred to.").required().example("shops"),
        Key::new("referenced_fields", TEXTS, "The fields there, in the same order.")
            .required()
            .example("[region, code]"),
        Key::new(
            "cardinality",
            Kind::Word(Cardinality::ALL),
            "How many rows belong together, here and there; `many_to_one` if not given.",
        ),
        Key::new(
            "on_delete",
            Kind::Word(ReferenceAction::ALL),
            "What becomes of rows here when the row there goes; `no_action` if not given.",
        ),
        Key::new(
            "on_update",
            Kind::Word(ReferenceAction::ALL),
            "What becomes of rows here when the key there changes; `no_action` if not given.",
        ),
        Key::new(
            "version",
            Kind::Form(&REQUIREMENT),
            "The versions of the other contract that the reference is made for.",
        )
        .example("^1.2"),
        Key::new("id", Kind::Scalar, "A name that stays whatever else changes."),
        METADATA_KEY,
    ],
};

static FILES: Shape = Shape {
    name: "files",
    doc: "How files are written.",
    keys: &[
        Key::new("format", Kind::Word(FileFormat::ALL), "The format.").example("csv"),
        Key::new("compression", Kind::Word(Compression::ALL), "How they are compressed as a whole."),
        Key::new(
            "delimiter",
            Kind::Form(&LETTER),
            "Of delimited text: what stands between two values; a comma (csv) or a tab (tsv) if not given.",
        )
        .example("\";\"")
        .also_called(&["separator", "sep"]),
        Key::new(
            "quote",
            Kind::Form(&LETTER_OR_NONE),
            "Of delimited text: what stands around a value; a double quote if not given, nothing if empty.",
        )
        .example("\"'\"")
        .also_called(&["quote_char", "quotechar"]),
        Key::new(
            "escape",
            Kind::Form(&LETTER),
            "Of delimited text: what makes a quote within a value a part of it; the quote itself if not given.",
        )
        .also_called(&["escape_char", "escapechar"]),
        Key::new(
            "header",
            Kind::Bool,
            "Of delimited text: whether the first line has the names of the fields; true if not given. Without it the \
             order of the fields is a part of the promise.",
        ),
        Key::new("encoding", TEXT, "Of text: the character encoding; UTF-8 if not given.")
            .example("latin1")
            .also_called(&["charset"]),
        Key::new("line_ending", Kind::Word(LineEnding::ALL), "Of text: how lines end.")
            .also_called(&["newline", "line_terminator"]),
        Key::new(
            "missing_values",
            Kind::OneOrMany(&Kind::Scalar),
            "Words that stand for a missing value in every field.",
        )
        .example("[\"\", \"NULL\"]")
        .also_called(&["null_values", "null_words", "na_values"]),
    ],
};

static TOPIC: Shape = Shape {
    name: "topic",
    doc: "How the messages of a topic are written.",
    keys: &[
        Key::new("message_key", Kind::OneOrMany(&Kind::Text), "The fields of the message key.")
            .example("[order_id]")
            .also_called(&["key"]),
        Key::new("partitions", Kind::Count, "How many partitions there are.").example("12"),
        Key::new("envelope", TEXT, "What is around the row in a message; nothing if not given.").example("debezium"),
        Key::new(
            "operations",
            Kind::List(&Kind::Word(Operation::ALL)),
            "What messages do to rows; `insert` alone if not given.",
        )
        .example("[insert, update, delete]"),
    ],
};
