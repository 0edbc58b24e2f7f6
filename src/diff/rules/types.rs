//! Types: which became which.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{At, Changes, Relation, Stronger, code, order_of_literals, text};
use crate::diff::lattice::{Found, Moved, Part, between};
use crate::finding::change::{ChangeMeta, Grade, Level, Levels};
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal, Physical, PhysicalType, Step, Storage};

/// What a comparison of types leaves to compare.
pub(super) enum Left {
    /// It is the same type.
    Everything,
    /// The values are of the same kind still: constraints on them are comparable.
    Constraints,
    /// The values are of another kind. What was demanded of the old ones went with them; what is demanded of the new ones is
    /// new.
    NewConstraints,
    /// Nothing: both parties are hit as badly as can be.
    Nothing,
}

/// What became of the types of a field.
pub(super) struct Types {
    pub(super) left: Left,
    /// The change that was found, if any.
    meta: Option<&'static ChangeMeta>,
}

/// Compares the types of a field, logical and physical: a change of both is one finding.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) -> Types {
    let own = |field: &Field| (field.data_type, field.precision, field.scale, field.keys);
    if own(base) == own(head) && base.storage == head.storage {
        return Types { left: Left::Everything, meta: None };
    }
    let (one, other) = (logical(base), logical(head));
    let found = match (base.physical(), head.physical()) {
        (None, None) => stated(changes, at, base, head, &one, &other),
        (Some(before), Some(after)) => both(changes, at, (base, before), (head, after), (&one, &other)),
        _ => one_sided(changes, at, base, head, (&one, &other)),
    };
    properties(changes, at, base, head, found);
    if base.data_type == head.data_type {
        return Types { left: Left::Everything, meta: found };
    }
    let Moved::To(Found { meta, .. }) = between(&one, &other) else {
        return Types { left: Left::Everything, meta: found };
    };
    let temporal = |kind| matches!(kind, DataType::Date | DataType::Datetime | DataType::Timestamp);
    let textual = |kind| matches!(kind, DataType::String | DataType::Uuid);
    let same_kind = [DataType::is_number, temporal, textual].iter().any(|is| is(base.data_type) && is(head.data_type));
    let left = match meta.writer {
        _ if same_kind => Left::Constraints,
        Grade::Always(Level::Major) => Left::Nothing,
        _ => Left::NewConstraints,
    };
    Types { left, meta: found }
}

/// The logical type of a field, with its digits: where its own keys do not give them the physical type does.
fn logical(field: &Field) -> PhysicalType {
    let own = PhysicalType::of_logical(field.data_type, field.precision, field.scale);
    with_digits(own, field.physical().map(|physical| &physical.kind))
}

/// The physical type of a field, with its digits: where the name does not give them the keys of the logical type do. Where
/// there is none the logical type stands for it.
fn effective(field: &Field) -> PhysicalType {
    let own = PhysicalType::of_logical(field.data_type, field.precision, field.scale);
    match field.physical() {
        Some(physical) => with_digits(physical.kind.clone(), Some(&own)),
        None => own,
    }
}

/// A type with the digits of another where it has none.
fn with_digits(kind: PhysicalType, other: Option<&PhysicalType>) -> PhysicalType {
    use PhysicalType as P;
    match (kind, other) {
        (P::Decimal(None), Some(P::Decimal(digits))) => P::Decimal(*digits),
        (P::Time { digits: None, zoned }, Some(P::Time { digits, .. })) => P::Time { digits: *digits, zoned },
        (P::Timestamp { digits: None, zoned }, Some(P::Timestamp { digits, .. })) => {
            P::Timestamp { digits: *digits, zoned }
        }
        (kind, _) => kind,
    }
}

/// Notes a change, worse for writers where the parameters leave no room for old values.
fn note(
    changes: &mut Changes,
    found: Found,
    at: &At,
    key: &'static str,
    base: Literal,
    head: Literal,
) -> &'static ChangeMeta {
    let change = changes.property(found.meta, at, key, Some(base), Some(head));
    if found.loses {
        change.levels.writer = Level::Major;
    }
    found.meta
}

/// Neither side says how values are stored.
fn stated(
    changes: &mut Changes,
    at: &At,
    base: &Field,
    head: &Field,
    one: &PhysicalType,
    other: &PhysicalType,
) -> Option<&'static ChangeMeta> {
    let found = match between(one, other) {
        Moved::To(found) => found,
        // What holds others holds anything here.
        Moved::Same | Moved::Inside(_) => digits((base, one), (head, other))?,
    };
    let key = match () {
        () if base.data_type != head.data_type => "data_type",
        () if base.precision == head.precision => "scale",
        () => "precision",
    };
    Some(note(changes, found, at, key, text(&base.type_text()), text(&head.type_text())))
}

/// Digits that the type has no use for, and a scale without a precision: a mistake of the contract that moved.
fn digits((base, one): (&Field, &PhysicalType), (head, other): (&Field, &PhysicalType)) -> Option<Found> {
    let meta = match (one, other) {
        (PhysicalType::Decimal(None), PhysicalType::Decimal(None)) => {
            match base.scale.unwrap_or(0).cmp(&head.scale.unwrap_or(0)) {
                Ordering::Equal => return None,
                Ordering::Greater => &code::TYPE_DECIMAL_SCALE_LOWERED,
                Ordering::Less => &code::TYPE_DECIMAL_SCALE_RAISED,
            }
        }
        (PhysicalType::Decimal(_), _) => return None,
        _ if base.scale != head.scale => &code::TYPE_CHANGED,
        _ if base.precision != head.precision && !has_digits(one) => &code::TYPE_CHANGED,
        _ => return None,
    };
    Some(Found { meta, loses: false })
}

/// Both sides say how values are stored.
fn both(
    changes: &mut Changes,
    at: &At,
    (base, before): (&Field, &Physical),
    (head, after): (&Field, &Physical),
    (one, other): (&PhysicalType, &PhysicalType),
) -> Option<&'static ChangeMeta> {
    let kinds = (effective(base), effective(head));
    let physical = match between(&kinds.0, &kinds.1) {
        Moved::Same => return stated(changes, at, base, head, one, other),
        Moved::Inside(parts) if base.data_type == head.data_type => {
            for part in &parts {
                inside(changes, at, &at.key("physical_type"), (base, head), part);
            }
            return stated(changes, at, base, head, one, other);
        }
        Moved::Inside(_) => Found { meta: &code::TYPE_CHANGED, loses: false },
        Moved::To(found) => uuid(found, base, head),
    };
    if base.data_type == head.data_type {
        return Some(note(changes, physical, at, "physical_type", text(&before.text), text(&after.text)));
    }
    let shown = |field: &Field, physical: &Physical| text(&format!("{} as {}", field.type_text(), physical.text));
    let values = (Some(shown(base, before)), Some(shown(head, after)));
    let graded = |meta: &ChangeMeta| {
        // Every kind of change of the lattice is in its table; what were not would count as worst.
        let worst = Levels { reader: Level::Major, writer: Level::Major };
        changes.profile.levels(meta).unwrap_or((worst, meta.sure))
    };
    let mut levels = graded(physical.meta);
    // The physical types tell more, unless they are not those of the logical ones.
    let fits = before.kind.logical() == Some(base.data_type) && after.kind.logical() == Some(head.data_type);
    if let (false, Moved::To(found)) = (fits, between(one, other)) {
        let (logical, _) = graded(found.meta);
        levels.0.reader = levels.0.reader.max(logical.reader);
        levels.0.writer = levels.0.writer.max(logical.writer);
    }
    if physical.loses {
        levels.0.writer = Level::Major;
    }
    let change = changes.property(&code::TYPE_LOGICAL_PHYSICAL_PAIR, at, "data_type", values.0, values.1);
    (change.levels, change.sure) = levels;
    change.help = Some(format!("`pact explain {}` tells why the levels are so", physical.meta.code));
    Some(change.meta)
}

/// The same id in text and in bytes is the same id.
fn uuid(found: Found, base: &Field, head: &Field) -> Found {
    let is_uuid = base.data_type == DataType::Uuid && head.data_type == DataType::Uuid;
    let recoded = found.meta == &code::TYPE_STRING_TO_BYTES || found.meta == &code::TYPE_BYTES_TO_STRING;
    if is_uuid && recoded { Found { meta: &code::TYPE_UUID_ENCODING_CHANGED, ..found } } else { found }
}

/// A part of a physical type. A field that says more of the same part speaks for itself.
fn inside(changes: &mut Changes, at: &At, place: &At, (base, head): (&Field, &Field), part: &Part<'_>) {
    let declared = |field: &Field| -> Option<Field> {
        match &part.step {
            Step::Items => field.items.as_deref().cloned(),
            Step::Values => field.values.as_deref().cloned(),
            Step::Field(name) => field.fields.iter().find(|field| field.name.to_lowercase() == *name).cloned(),
            _ => None,
        }
    };
    let (one, other) = (declared(base), declared(head));
    let speaks = |field: &Option<Field>| field.as_ref().is_some_and(|field| field.physical().is_some());
    let retyped = one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.data_type != other.data_type);
    if speaks(&one) || speaks(&other) || retyped {
        return;
    }
    let at = at.step(&part.step);
    let shown = |kind: Option<&PhysicalType>| kind.map(|kind| text(&kind.to_string()));
    let found = match (part.base, part.head) {
        (None, Some(_)) if other.is_none() => Found { meta: &code::FIELD_ADDED_OPTIONAL, loses: false },
        (Some(_), None) if one.is_none() => Found { meta: &code::FIELD_REMOVED_OPTIONAL, loses: false },
        (Some(before), Some(after)) => match between(before, after) {
            Moved::Same => return,
            Moved::To(found) => found,
            Moved::Inside(parts) => {
                let nothing = || Field::new("", DataType::Json);
                let fields = (one.unwrap_or_else(nothing), other.unwrap_or_else(nothing));
                for part in &parts {
                    inside(changes, &at, place, (&fields.0, &fields.1), part);
                }
                return;
            }
        },
        _ => return,
    };
    let change = changes.push(found.meta, &at, shown(part.base), shown(part.head));
    // It is written in the type of the whole field.
    (change.base.place, change.head.place) = (place.base.clone(), place.head.clone());
    if found.loses {
        change.levels.writer = Level::Major;
    }
}

/// One side alone says how values are stored; what the other does not say, its logical type stands for.
fn one_sided(
    changes: &mut Changes,
    at: &At,
    base: &Field,
    head: &Field,
    (one, other): (&PhysicalType, &PhysicalType),
) -> Option<&'static ChangeMeta> {
    if base.data_type != head.data_type {
        // The physical type knows more, unless it is of another kind: JSON that is kept as text, say.
        let precise = |field: &Field, logical: &PhysicalType| {
            let own = effective(field);
            if own.logical() == Some(field.data_type) { own } else { logical.clone() }
        };
        return stated(changes, at, base, head, &precise(base, one), &precise(head, other));
    }
    let shown = |field: &Field| text(&field.physical().map_or_else(|| field.type_text(), |one| one.text.clone()));
    let (before, after) = (effective(base), effective(head));
    match between(&before, &after) {
        Moved::Same => return stated(changes, at, base, head, one, other),
        // Digits are the same thing in either place.
        Moved::To(found) if has_digits(&before) && before.logical() == after.logical() => {
            return Some(note(changes, found, at, "physical_type", shown(base), shown(head)));
        }
        Moved::To(_) | Moved::Inside(_) => {}
    }
    let change = if base.physical().is_none() {
        changes.property(&code::TYPE_ADDED, at, "physical_type", None, Some(shown(head)))
    } else {
        changes.property(&code::TYPE_REMOVED, at, "physical_type", Some(shown(base)), None)
    };
    Some(change.meta)
}

fn has_digits(kind: &PhysicalType) -> bool {
    matches!(kind, PhysicalType::Decimal(_) | PhysicalType::Time { .. } | PhysicalType::Timestamp { .. })
}

/// What belongs to a type beside its name.
fn properties(changes: &mut Changes, at: &At, base: &Field, head: &Field, found: Option<&ChangeMeta>) {
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
pub(super) fn schema(changes: &mut Changes, at: &At, base: &Field, head: &Field) -> bool {
    if base.data_type != DataType::Json || head.data_type != DataType::Json {
        return false;
    }
    let names = |field: &Field| super::texts(field.fields.iter().map(|field| &field.name));
    match (base.fields.is_empty(), head.fields.is_empty()) {
        (true, false) => changes.property(&code::TYPE_JSON_SCHEMA_ATTACHED, at, "fields", None, Some(names(head))),
        (false, true) => changes.property(&code::TYPE_REMOVED, at, "fields", Some(names(base)), None),
        _ => return false,
    };
    true
}

impl Types {
    /// Both sides without the constraints that moved together with the type, and with those that the types themselves are.
    pub(super) fn constrained<'a>(&self, base: &'a Field, head: &'a Field) -> (Cow<'a, Field>, Cow<'a, Field>) {
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
    field.constraints.push(Constraint { kind: ConstraintKind::Enum, value, message: None });
    field
}

/// What became of the greatest length.
fn max_length(base: &Field, head: &Field) -> Relation {
    let bound = |field: &Field| field.constraint(ConstraintKind::MaxLength).map(|bound| bound.value.clone());
    match (bound(base), bound(head)) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Tightened,
        (Some(_), None) => Relation::Loosened,
        (Some(before), Some(after)) => Stronger::Lower.relation(order_of_literals(&before, &after)),
    }
}
