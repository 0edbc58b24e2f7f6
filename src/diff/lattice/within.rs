//! Types that stay of their kind: which allows more is decided by their parameters.

use std::cmp::Ordering;

use super::{Found, Moved, Part};
use crate::diff::catalog as code;
use crate::finding::change::ChangeMeta;
use crate::model::{Digits, PhysicalType as P, SECOND_DIGITS, Step};

/// What became of the parameters; `None` where the kinds differ.
pub(super) fn compare<'a>(base: &'a P, head: &'a P) -> Option<Moved<'a>> {
    let to = |meta| Some(Moved::To(Found::new(meta)));
    let part = |step, base, head| Part { step, base: Some(base), head: Some(head) };
    match (base, head) {
        (P::Integer { bits: before, signed: was }, P::Integer { bits: after, signed: is }) => {
            to(integer((*before, *was), (*after, *is)))
        }
        (P::Float { bits: before }, P::Float { bits: after }) => {
            // Where the width is not said it is the widest.
            match before.unwrap_or(64).cmp(&after.unwrap_or(64)) {
                Ordering::Less => to(&code::TYPE_FLOAT_WIDENED),
                Ordering::Greater => to(&code::TYPE_FLOAT_NARROWED),
                Ordering::Equal => Some(Moved::Same),
            }
        }
        (P::Decimal(before), P::Decimal(after)) => Some(decimal(*before, *after).map_or(Moved::Same, Moved::To)),
        (P::Text { length: before, fixed: was }, P::Text { length: after, fixed: is }) => {
            Some(Moved::To(text((*before, *was), (*after, *is))))
        }
        (P::Binary { fixed: false, length: before }, P::Binary { fixed: false, length: after }) => {
            to(length(*before, *after))
        }
        (P::Binary { .. }, P::Binary { .. }) => to(&code::TYPE_FIXED_LENGTH_CHANGED),
        (P::Time { zoned: was, .. }, P::Time { zoned: is, .. }) if was != is => to(&code::TYPE_TIME_TO_TIMETZ),
        (P::Time { digits: before, .. }, P::Time { digits: after, .. }) => {
            Some(match seconds(*before).cmp(&seconds(*after)) {
                Ordering::Equal => Moved::Same,
                Ordering::Less => Moved::To(Found::new(&code::TYPE_TIME_PRECISION_CHANGED)),
                Ordering::Greater => Moved::To(Found::losing(&code::TYPE_TIME_PRECISION_CHANGED)),
            })
        }
        (P::Timestamp { digits: before, zoned: was }, P::Timestamp { digits: after, zoned: is }) if was == is => {
            match seconds(*before).cmp(&seconds(*after)) {
                Ordering::Equal => Some(Moved::Same),
                Ordering::Less => to(&code::TYPE_TIMESTAMP_PRECISION_RAISED),
                Ordering::Greater => to(&code::TYPE_TIMESTAMP_PRECISION_LOWERED),
            }
        }
        (P::Interval(_), P::Interval(_)) => to(&code::TYPE_DURATION_UNIT_CHANGED),
        // Which texts there are is compared as other lists of allowed values are.
        (P::Enum(_), P::Enum(_)) => Some(Moved::Same),
        (P::Array(before), P::Array(after)) => Some(Moved::Inside(vec![part(Step::Items, before, after)])),
        (P::Set { distinct: was, item: before }, P::Set { distinct: is, item: after }) if was == is => {
            Some(Moved::Inside(vec![part(Step::Items, before, after)]))
        }
        (P::Map(key, _), P::Map(other, _)) if key != other => to(&code::TYPE_MAP_KEY_CHANGED),
        (P::Map(_, before), P::Map(_, after)) => Some(Moved::Inside(vec![part(Step::Values, before, after)])),
        (P::Struct(before), P::Struct(after)) => Some(Moved::Inside(members(before, after))),
        (P::Union(before), P::Union(after)) => Some(union(before, after)),
        (one, P::Union(many)) if many.contains(one) => to(&code::TYPE_UNION_WIDENED),
        (P::Union(many), one) if many.contains(one) => to(&code::TYPE_UNION_NARROWED),
        (P::Geometry { .. }, P::Geometry { .. }) => to(geometry(base, head)),
        (P::Vector { dimensions: before, .. }, P::Vector { dimensions: after, .. }) if before != after => {
            to(&code::TYPE_VECTOR_DIMENSIONS_CHANGED)
        }
        (P::Vector { .. }, P::Vector { .. }) => to(&code::TYPE_VECTOR_ELEMENT_CHANGED),
        _ => None,
    }
}

/// Digits of a second.
fn seconds(digits: Option<u32>) -> u32 {
    digits.unwrap_or(SECOND_DIGITS)
}

fn integer((before, was): (Option<u32>, bool), (after, is): (Option<u32>, bool)) -> &'static ChangeMeta {
    // Without a width there is no bound.
    let wider = |one: Option<u32>, other: Option<u32>| one.unwrap_or(u32::MAX) > other.unwrap_or(u32::MAX);
    match (was, is) {
        (false, true) if after.is_none() || wider(after, before) => &code::TYPE_UNSIGNED_TO_WIDER_SIGNED,
        // Every number of the new type is one of the old type.
        (true, false) if before.is_none() || wider(before, after) => &code::TYPE_INT_NARROWED,
        (false, true) | (true, false) => &code::TYPE_SIGNEDNESS_CHANGED,
        _ if wider(after, before) => &code::TYPE_INT_WIDENED,
        _ => &code::TYPE_INT_NARROWED,
    }
}

/// A decimal without digits is unbounded.
fn decimal(base: Option<Digits>, head: Option<Digits>) -> Option<Found> {
    let (before, after) = match (base, head) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Found::new(&code::TYPE_NUMBER_BOUNDED)),
        (Some(_), None) => return Some(Found::new(&code::TYPE_NUMBER_UNBOUNDED)),
        (Some(before), Some(after)) => (before, after),
    };
    Some(Found::new(match after.scale.cmp(&before.scale) {
        Ordering::Less => &code::TYPE_DECIMAL_SCALE_LOWERED,
        Ordering::Greater if after.whole() < before.whole() => &code::TYPE_DECIMAL_SCALE_RAISED_DIGITS_LOST,
        Ordering::Greater => &code::TYPE_DECIMAL_SCALE_RAISED,
        Ordering::Equal => match after.precision.cmp(&before.precision) {
            Ordering::Less => &code::TYPE_DECIMAL_PRECISION_LOWERED,
            Ordering::Greater => &code::TYPE_DECIMAL_PRECISION_RAISED,
            Ordering::Equal => return None,
        },
    }))
}

/// Lengths that differ.
fn length(before: Option<u32>, after: Option<u32>) -> &'static ChangeMeta {
    match (before, after) {
        (_, None) => &code::TYPE_VARCHAR_TO_TEXT,
        (None, _) => &code::TYPE_TEXT_TO_VARCHAR,
        (Some(before), Some(after)) if before < after => &code::TYPE_VARCHAR_LENGTHENED,
        _ => &code::TYPE_VARCHAR_SHORTENED,
    }
}

fn text((before, was): (Option<u32>, bool), (after, is): (Option<u32>, bool)) -> Found {
    match (was, is) {
        (true, true) => Found::new(&code::TYPE_FIXED_LENGTH_CHANGED),
        (false, true) => Found::new(&code::TYPE_VARCHAR_TO_CHAR),
        (false, false) => Found::new(length(before, after)),
        (true, false) if after.is_none_or(|after| before.is_some_and(|before| before <= after)) => {
            Found::new(&code::TYPE_CHAR_TO_VARCHAR)
        }
        (true, false) => Found::losing(&code::TYPE_CHAR_TO_VARCHAR),
    }
}

fn members<'a>(before: &'a [(String, P)], after: &'a [(String, P)]) -> Vec<Part<'a>> {
    let find = |list: &'a [(String, P)], name: &str| list.iter().find(|(other, _)| other == name).map(|(_, kind)| kind);
    let part = |name: &str, base, head| Part { step: Step::Field(name.to_owned()), base, head };
    let kept = before.iter().map(|(name, kind)| part(name, Some(kind), find(after, name)));
    let new = after.iter().filter(|(name, _)| find(before, name).is_none());
    kept.chain(new.map(|(name, kind)| part(name, None, Some(kind)))).collect()
}

fn union(before: &[P], after: &[P]) -> Moved<'static> {
    let within = |one: &[P], other: &[P]| one.iter().all(|kind| other.contains(kind));
    Moved::To(Found::new(match (within(before, after), within(after, before)) {
        // The order of the members means nothing.
        (true, true) => return Moved::Same,
        (true, false) => &code::TYPE_UNION_WIDENED,
        (false, true) => &code::TYPE_UNION_NARROWED,
        (false, false) => &code::TYPE_CHANGED,
    }))
}

fn geometry(base: &P, head: &P) -> &'static ChangeMeta {
    let parts = |of| match of {
        P::Geometry { shape, srid, geodetic } => (shape, srid, geodetic),
        _ => (None, None, false),
    };
    let (before, after) = (parts(base.clone()), parts(head.clone()));
    if before.2 != after.2 {
        return &code::TYPE_GEOMETRY_TO_GEOGRAPHY;
    }
    if before.1 != after.1 {
        return &code::TYPE_GEOMETRY_SRID_CHANGED;
    }
    match (before.0, after.0) {
        (Some(_), None) => &code::TYPE_GEOMETRY_WIDENED,
        (None, Some(_)) => &code::TYPE_GEOMETRY_NARROWED,
        _ => &code::TYPE_CHANGED,
    }
}
