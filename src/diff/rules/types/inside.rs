//! What types hold: items, values and members that no field of their own speaks for.

use crate::diff::catalog as code;
use crate::diff::change::{At, Changes, text};
use crate::diff::lattice::{Found, Moved, Part, between};
use crate::finding::change::Level;
use crate::model::{DataType, Field, PhysicalType, Step};

/// A part of a physical type. A field that says more of the same part speaks for itself.
pub(super) fn inside(changes: &mut Changes, at: &At, place: &At, (base, head): (&Field, &Field), part: &Part<'_>) {
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
        (None, Some(_)) if other.is_none() => Found { meta: &code::FIELD_ADDED_OPTIONAL, loses: false, gains: false },
        (Some(_), None) if one.is_none() => Found { meta: &code::FIELD_REMOVED_OPTIONAL, loses: false, gains: false },
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
