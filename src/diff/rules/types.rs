//! Types: which became which.

mod around;
mod inside;

use std::cmp::Ordering;

use super::{At, Changes, code, text};
use crate::diff::lattice::{Found, Moved, between};
use crate::finding::change::{ChangeMeta, Grade, Level, Levels};
use crate::model::{DataType, Field, Literal, Physical, PhysicalType};

use around::properties;
use inside::inside;

pub(super) use around::schema;

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
    if found.gains {
        change.levels.reader = Level::Major;
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

/// Digits that the type has no use for, and a scale without a precision: it bounds the digits behind the point, and none
/// before it.
fn digits((base, one): (&Field, &PhysicalType), (head, other): (&Field, &PhysicalType)) -> Option<Found> {
    let meta = match (one, other) {
        (PhysicalType::Decimal(None), PhysicalType::Decimal(None)) => match (base.scale, head.scale) {
            (None, None) => return None,
            (None, Some(_)) => &code::TYPE_NUMBER_BOUNDED,
            (Some(_), None) => &code::TYPE_NUMBER_UNBOUNDED,
            (Some(before), Some(after)) => match before.cmp(&after) {
                Ordering::Equal => return None,
                Ordering::Greater => &code::TYPE_DECIMAL_SCALE_LOWERED,
                Ordering::Less => &code::TYPE_DECIMAL_SCALE_RAISED,
            },
        },
        (PhysicalType::Decimal(_), _) => return None,
        _ if base.scale != head.scale => &code::TYPE_CHANGED,
        _ if base.precision != head.precision && !has_digits(one) => &code::TYPE_CHANGED,
        _ => return None,
    };
    Some(Found { meta, loses: false, gains: false })
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
        Moved::Inside(_) => Found { meta: &code::TYPE_CHANGED, loses: false, gains: false },
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
    if physical.gains {
        levels.0.reader = Level::Major;
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
