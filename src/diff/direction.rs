//! The algebra behind every bound, set, threshold and duration: which side allows more?

use std::cmp::Ordering;

use crate::finding::change::{ChangeMeta, Level, Levels};
use crate::model::{Measure, Quantity};

/// How what is allowed after a change relates to what was allowed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// Both allow the same.
    Same,
    /// Less is allowed: a stronger promise to readers, a heavier one for writers.
    Tightened,
    /// More is allowed.
    Loosened,
    /// Neither contains the other, or nobody can tell.
    Changed,
}

impl Relation {
    /// The levels that follow from the relation alone.
    pub(super) fn levels(self) -> Levels {
        let (reader, writer) = match self {
            Self::Same => (Level::Patch, Level::Patch),
            Self::Tightened => (Level::Minor, Level::Major),
            Self::Loosened => (Level::Major, Level::Minor),
            Self::Changed => (Level::Major, Level::Major),
        };
        Levels { reader, writer }
    }
}

/// In which direction a bound promises more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stronger {
    /// A greater value is a stronger promise: an availability, a least count.
    Higher,
    /// A smaller value is a stronger promise: an age, a greatest length.
    Lower,
}

impl Stronger {
    /// The relation of two bounds of this direction by their order, if they have one.
    pub(super) fn relation(self, base_to_head: Option<Ordering>) -> Relation {
        match (base_to_head, self) {
            (None, _) => Relation::Changed,
            (Some(Ordering::Equal), _) => Relation::Same,
            (Some(Ordering::Less), Self::Higher) | (Some(Ordering::Greater), Self::Lower) => Relation::Tightened,
            (Some(_), _) => Relation::Loosened,
        }
    }
}

/// The kinds of change that a bound knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Codes {
    /// There was none.
    pub(super) added: &'static ChangeMeta,
    /// There is none any more.
    pub(super) removed: &'static ChangeMeta,
    /// It allows less.
    pub(super) tightened: &'static ChangeMeta,
    /// It allows more.
    pub(super) loosened: &'static ChangeMeta,
    /// It can't be ordered.
    pub(super) changed: &'static ChangeMeta,
}

impl Codes {
    /// The kind of change between two bounds of which either may be missing.
    pub(super) fn of<T>(
        &self,
        base: Option<&T>,
        head: Option<&T>,
        stronger: Stronger,
        order: impl Fn(&T, &T) -> Option<Ordering>,
    ) -> Option<&'static ChangeMeta> {
        match (base, head) {
            (None, None) => None,
            (None, Some(_)) => Some(self.added),
            (Some(_), None) => Some(self.removed),
            (Some(base), Some(head)) => match stronger.relation(order(base, head)) {
                Relation::Same => None,
                Relation::Tightened => Some(self.tightened),
                Relation::Loosened => Some(self.loosened),
                Relation::Changed => Some(self.changed),
            },
        }
    }
}

/// The order of two quantities by what they measure; `None` where they measure different things or can't be read. Equal
/// texts are equal whatever they mean.
pub(super) fn order_of_quantities(one: &Quantity, other: &Quantity) -> Option<Ordering> {
    if one.text == other.text {
        return Some(Ordering::Equal);
    }
    match (one.measure().ok()?, other.measure().ok()?) {
        (Measure::Percent(one), Measure::Percent(other)) | (Measure::Count(one), Measure::Count(other)) => {
            one.partial_cmp(&other)
        }
        (Measure::Duration(one), Measure::Duration(other)) => Some(one.cmp(&other)),
        (Measure::Rate(one, of), Measure::Rate(other, what)) if of == what => one.partial_cmp(&other),
        _ => None,
    }
}

/// Why two quantities have no order, in words that say what to do.
pub(super) fn why_unordered(base: Option<&Quantity>, head: Option<&Quantity>) -> Option<String> {
    let (base, head) = (base?, head?);
    if order_of_quantities(base, head).is_some() {
        return None;
    }
    Some(match (base.measure(), head.measure()) {
        (_, Err(unreadable)) => format!("{unreadable}: write it as one of these"),
        (Err(unreadable), _) => format!("before, {unreadable}"),
        _ => format!("`{base}` and `{head}` measure different things: write both in units of one kind"),
    })
}

/// Whether two times have an order only because pact gives months and years a length: 30.436875 days and 365.2425 days.
pub(super) fn is_by_calendar(base: Option<&Quantity>, head: Option<&Quantity>) -> bool {
    let (Some(base), Some(head)) = (base, head) else { return false };
    base.has_calendar_units() != head.has_calendar_units() && base.duration().is_some() && head.duration().is_some()
}

/// The order of two things that are ordered in two respects: a greater one is not smaller in either.
pub(super) fn both_orders(one: Option<Ordering>, other: Option<Ordering>) -> Option<Ordering> {
    match (one?, other?) {
        (Ordering::Equal, order) | (order, Ordering::Equal) => Some(order),
        (one, other) => (one == other).then_some(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(one: &str, other: &str) -> Option<Ordering> {
        order_of_quantities(&Quantity::new(one), &Quantity::new(other))
    }

    #[test]
    fn quantities_are_compared_by_meaning() {
        assert_eq!(order("99.90%", "99.9 %"), Some(Ordering::Equal));
        assert_eq!(order("15m", "15 minutes"), Some(Ordering::Equal));
        assert_eq!(order("1 hour", "90m"), Some(Ordering::Less));
        assert_eq!(order("1 hour", "99%"), None);
        assert_eq!(order("60 rows/min", "1 record per second"), Some(Ordering::Equal));
        assert_eq!(order("60 rows/min", "2 events/s"), None);
        assert_eq!(order("soon", "later"), None);
        assert_eq!(order("soon", "soon"), Some(Ordering::Equal));
    }

    #[test]
    fn the_reverse_of_a_relation_swaps_the_parties() {
        for stronger in [Stronger::Higher, Stronger::Lower] {
            for order in [Some(Ordering::Less), Some(Ordering::Equal), Some(Ordering::Greater), None] {
                let there = stronger.relation(order).levels();
                let back = stronger.relation(order.map(Ordering::reverse)).levels();
                assert_eq!((there.reader, there.writer), (back.writer, back.reader));
            }
        }
    }
}
