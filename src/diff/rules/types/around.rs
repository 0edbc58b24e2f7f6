//! What belongs to a type beside its name: keys, media types, models, a shape; and the constraints that move with it.

use std::borrow::Cow;

use super::Types;
use crate::diff::catalog as code;
use crate::diff::change::{At, Changes, text, texts};
use crate::diff::direction::{Relation, Stronger};
use crate::finding::change::ChangeMeta;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal, PhysicalType, Storage};

/// What belongs to a type beside its name.
pub(super) fn properties(changes: &mut Changes, at: &At, base: &Field, head: &Field, found: Option<&ChangeMeta>) {
    if base.data_type != head.data_type {
        return;
    }
    if found != Some(&code::TYPE_MAP_KEY_CHANGED) {
        let metas = [&code::TYPE_ADDED, &code::TYPE_REMOVED, &code::TYPE_MAP_KEY_CHANGED];
        changes.optional(metas, at, "keys", base.keys.as_ref(), head.keys.as_ref(), |keys| text(keys.name()));
    }
    let nothing = Storage::default();
    let (one, other) = (base.storage.as_deref().unwrap_or(&nothing), head.storage.as_deref().unwrap_or(&nothing));
    let metas = |changed| [&code::TYPE_ADDED, &code::TYPE_REMOVED, changed];
    // Media types know no letter case.
    let media = |storage: &Storage| storage.media_type.as_ref().map(|media| media.trim().to_lowercase());
    let (before, after) = (media(one), media(other));
    let metas_of_media = metas(&code::TYPE_MEDIA_TYPE_CHANGED);
    changes.optional(metas_of_media, at, "media_type", before.as_ref(), after.as_ref(), text);
    let (before, after) = (one.embedding_model.as_ref(), other.embedding_model.as_ref());
    changes.optional(metas(&code::TYPE_VECTOR_MODEL_CHANGED), at, "embedding_model", before, after, text);
}

/// JSON of any shape got one, or lost it: one finding, and none of its fields. Says whether it is so.
pub(in crate::diff::rules) fn schema(changes: &mut Changes, at: &At, base: &Field, head: &Field) -> bool {
    if base.data_type != DataType::Json || head.data_type != DataType::Json {
        return false;
    }
    let names = |field: &Field| texts(field.fields.iter().map(|field| &field.name));
    match (base.fields.is_empty(), head.fields.is_empty()) {
        (true, false) => changes.property(&code::TYPE_JSON_SCHEMA_ATTACHED, at, "fields", None, Some(names(head))),
        (false, true) => changes.property(&code::TYPE_REMOVED, at, "fields", Some(names(base)), None),
        _ => return false,
    };
    true
}

impl Types {
    /// Both sides without the constraints that moved together with the type, and with those that the types themselves are.
    pub(in crate::diff::rules) fn constrained<'a>(
        &self,
        base: &'a Field,
        head: &'a Field,
    ) -> (Cow<'a, Field>, Cow<'a, Field>) {
        use ConstraintKind as K;
        let kind = |field: &'a Field| field.physical().map(|physical| &physical.kind);
        if let (Some(PhysicalType::Enum(before)), Some(PhysicalType::Enum(after))) = (kind(base), kind(head))
            && before != after
        {
            return (Cow::Owned(with_enum(base, before)), Cow::Owned(with_enum(head, after)));
        }
        let Some(meta) = self.meta else { return (Cow::Borrowed(base), Cow::Borrowed(head)) };
        let without = |field: &Field, kind| {
            let constraints = field.constraints.iter().filter(|one| one.kind != kind).cloned().collect();
            Cow::Owned(Field { constraints, ..field.clone() })
        };
        let has = |field: &Field, kind| field.constraint(kind).is_some();
        let listed = [&code::TYPE_STRING_TO_ENUM, &code::TYPE_ENUM_TO_STRING];
        if listed.contains(&meta) && has(base, K::Enum) != has(head, K::Enum) {
            return (without(base, K::Enum), without(head, K::Enum));
        }
        let shorter = [&code::TYPE_VARCHAR_SHORTENED, &code::TYPE_TEXT_TO_VARCHAR].contains(&meta);
        let longer = [&code::TYPE_VARCHAR_LENGTHENED, &code::TYPE_VARCHAR_TO_TEXT].contains(&meta);
        let moved = max_length(base, head);
        if shorter && moved == Relation::Tightened || longer && moved == Relation::Loosened {
            return (without(base, K::MaxLength), without(head, K::MaxLength));
        }
        (Cow::Borrowed(base), Cow::Borrowed(head))
    }
}

/// The field with the values of its type as one more list of what is allowed.
fn with_enum(field: &Field, values: &[String]) -> Field {
    let value = Literal::List(values.iter().map(text).collect());
    let mut field = field.clone();
    field.constraints.push(Constraint::new(ConstraintKind::Enum, value));
    field
}

/// What became of the greatest length.
fn max_length(base: &Field, head: &Field) -> Relation {
    let bound = |field: &Field| field.constraint(ConstraintKind::MaxLength).map(|bound| bound.value.clone());
    match (bound(base), bound(head)) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Tightened,
        (Some(_), None) => Relation::Loosened,
        (Some(before), Some(after)) => Stronger::Lower.relation(DataType::Integer.order(&before, &after)),
    }
}
