//! Datasets: what they are, and how their rows are written, stored and delivered.

use super::data::{deprecation, field};
use super::service_levels::service_levels;
use super::terms::{quality, rules};
use super::tree::{Keys, list_of_texts, scalar};
use crate::model::{
    Cardinality, Compression, Dataset, Delivery, ExtraFields, FileFormat, Files, ForeignKey, Grain, LineEnding,
    Literal, Medium, ReferenceAction, Topic, WriteMode,
};

/// A dataset with everything in it.
pub(in crate::format) fn dataset(it: &Dataset) -> Literal {
    Keys::new()
        .text("name", Some(&it.name))
        .text("description", it.description.as_deref())
        .text("title", it.title.as_deref())
        .scalar("id", it.id.as_deref())
        .text("physical_name", it.physical_name.as_deref())
        .texts("aliases", &it.aliases)
        .text("medium", it.medium.map(Medium::name))
        .some("files", it.files.as_deref().map(files))
        .some("topic", it.topic.as_deref().map(topic))
        .put("schema", Literal::List(it.fields.iter().map(field).collect()))
        .texts("primary_key", &it.key_order)
        .list("unique", &it.unique, |group| list_of_texts(group))
        .list("foreign_keys", &it.foreign_keys, foreign_key)
        .some("grain", it.grain.as_ref().map(grain))
        .text("filter", it.filter.as_deref())
        .text("write_mode", it.write_mode.map(WriteMode::name))
        .text("history_from", it.history_from.as_deref())
        .texts("ordering", &it.ordering)
        .text("delivery", it.delivery.map(Delivery::name))
        .quantity("late_arrival", it.late_arrival.as_ref())
        .texts("partitioned_by", &it.partitioned_by)
        .texts("clustered_by", &it.clustered_by)
        .text("extra_fields", (it.extra_fields != ExtraFields::default()).then_some(it.extra_fields.name()))
        .list("quality", &it.quality, quality)
        .map("rules", rules(&it.rules))
        .map("service_levels", service_levels(&it.service_levels))
        .texts("previously", &it.previously)
        .list("reserved", &it.reserved, |name| scalar(name))
        .some("deprecated", it.deprecated.as_deref().map(deprecation))
        .texts("tags", &it.tags)
        .dict("metadata", &it.metadata, Clone::clone)
        .done()
}

/// What one row stands for.
pub(in crate::format) fn grain(grain: &Grain) -> Literal {
    match grain {
        Grain::Text(text) => Literal::Text(text.clone()),
        Grain::Fields(fields) => list_of_texts(fields),
    }
}

/// How files are written.
pub(in crate::format) fn files(files: &Files) -> Literal {
    let letter = |letter: Option<char>| letter.map(|letter| Literal::Text(letter.to_string()));
    Keys::new()
        .text("format", files.format.map(FileFormat::name))
        .text("compression", (files.compression != Compression::default()).then_some(files.compression.name()))
        .some("delimiter", letter(files.delimiter))
        .text("quote", files.quote.as_deref())
        .some("escape", letter(files.escape))
        .some("header", files.header.map(Literal::Bool))
        .text("encoding", files.encoding.as_deref())
        .text("line_ending", (files.line_ending != LineEnding::default()).then_some(files.line_ending.name()))
        .list("missing_values", &files.missing_values, Clone::clone)
        .done()
}

/// How messages are written.
pub(in crate::format) fn topic(topic: &Topic) -> Literal {
    Keys::new()
        .texts("message_key", &topic.message_key)
        .count("partitions", topic.partitions)
        .text("envelope", topic.envelope.as_deref())
        .list("operations", &topic.operations, |operation| Literal::Text(operation.name().to_owned()))
        .done()
}

/// A reference to another dataset.
pub(in crate::format) fn foreign_key(key: &ForeignKey) -> Literal {
    let action = |action: ReferenceAction| (action != ReferenceAction::default()).then_some(action.name());
    Keys::new()
        .put("fields", list_of_texts(&key.fields))
        .text("references", Some(&key.references))
        .put("referenced_fields", list_of_texts(&key.referenced_fields))
        .text("cardinality", (key.cardinality != Cardinality::default()).then_some(key.cardinality.name()))
        .text("on_delete", action(key.on_delete))
        .text("on_update", action(key.on_update))
        .text("version", key.version.as_deref())
        .scalar("id", key.id.as_deref())
        .dict("metadata", &key.metadata, Clone::clone)
        .done()
}
