//! The data itself: fields.

use super::constraint::constraint;
use super::meaning::{privacy, semantics};
use super::tree::Keys;
use crate::model::{DataType, Deprecation, Field, Literal};

/// A field with everything in it. Items and values have no name.
pub(in crate::format) fn field(it: &Field) -> Literal {
    let mut keys = Keys::new();
    if !it.name.is_empty() {
        keys.text("name", Some(&it.name));
    }
    keys.text("data_type", Some(it.data_type.name()));
    let storage = it.storage.as_deref();
    let details = it.details.as_deref();
    let text = |text: &'_ Option<String>| text.clone().map(Literal::Text);
    keys.text("physical_type", it.physical().map(|physical| physical.text.as_str()))
        .count("precision", it.precision)
        .count("scale", it.scale)
        .text("unit", it.unit.as_deref())
        .text("description", it.description.as_deref())
        .some("nullable", (!it.nullable).then_some(Literal::Bool(false)))
        .flag("unique", it.unique)
        .flag("is_primary_key", it.is_primary_key)
        .flag("is_foreign_key", it.is_foreign_key)
        .text("foreign_key_reference", it.foreign_key_reference.as_deref())
        .flag("is_pii", it.is_pii)
        .text("classification", it.classification.as_deref())
        .text("format", it.format.as_deref())
        .text("physical_name", it.physical_name.as_deref())
        .some("media_type", storage.and_then(|storage| text(&storage.media_type)))
        .some("embedding_model", storage.and_then(|storage| text(&storage.embedding_model)))
        .some("example_value", it.example_value.clone())
        .some("default_value", it.default_value.clone())
        .texts("previously", &it.previously)
        .scalar("id", it.id())
        .some("title", details.and_then(|details| text(&details.title)))
        .texts("synonyms", details.map_or(&[], |details| &details.synonyms))
        .texts("aliases", it.aliases())
        .some("always_present", it.always_present.map(Literal::Bool))
        .list("missing_values", it.missing_values(), Clone::clone)
        .flag("critical", it.critical)
        .some("deprecated", it.deprecated.as_deref().map(deprecation))
        .flag("internal", it.internal)
        .list("constraints", &it.constraints, constraint)
        .some("semantics", it.semantics.as_deref().map(semantics))
        .some("privacy", it.privacy.as_deref().map(privacy))
        .list("fields", &it.fields, field)
        .some("items", it.items.as_deref().map(field))
        .text("keys", it.keys.map(DataType::name))
        .some("values", it.values.as_deref().map(field))
        .texts("tags", &it.tags)
        .dict("metadata", &it.metadata, Clone::clone)
        .done()
}

/// That readers should stop using something.
pub(in crate::format) fn deprecation(deprecation: &Deprecation) -> Literal {
    if *deprecation == Deprecation::default() {
        return Literal::Bool(true);
    }
    Keys::new()
        .text("since", deprecation.since.as_deref())
        .text("sunset_on", deprecation.sunset_on.as_deref())
        .text("replaced_by", deprecation.replaced_by.as_deref())
        .done()
}
