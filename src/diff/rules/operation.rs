//! Promises about operation that are no numbers: days, hours, ways of delivery.

use std::cmp::Ordering;

use super::{Relation, Stronger, both_orders, code, order_of_quantities, text, texts};
use crate::finding::change::ChangeMeta;
use crate::model::{Covered, Hours, Literal, Maintenance, OperationTerms, Quantity, ServiceLevels, Weekday};

/// A promise that has changed.
pub(super) struct Term {
    /// The key below the service levels; with a dot, a key in a key.
    pub(super) key: &'static str,
    /// What was promised.
    pub(super) base: Option<Literal>,
    /// What is promised now.
    pub(super) head: Option<Literal>,
    /// Whether anything was promised, and whether anything is.
    pub(super) given: [bool; 2],
    /// Which promises more; `Same` where it is no question of more or less.
    pub(super) relation: Relation,
    /// What it is called.
    pub(super) meta: &'static ChangeMeta,
}

/// The changes of all promises that are no numbers.
pub(super) fn terms(base: &ServiceLevels, head: &ServiceLevels) -> Vec<Term> {
    let mut terms = Vec::new();
    if base.operation == head.operation {
        return terms;
    }
    let none = OperationTerms::default();
    let base = base.operation.as_deref().unwrap_or(&none);
    let head = head.operation.as_deref().unwrap_or(&none);
    let (before, after) = (&base.delivery, &head.delivery);
    let mode = (before.mode.map(|mode| text(mode.name())), after.mode.map(|mode| text(mode.name())));
    terms.extend(word("delivery.mode", mode, &code::DELIVERY_MODE_CHANGED));
    let direction = (before.direction.map(|word| text(word.name())), after.direction.map(|word| text(word.name())));
    terms.extend(word("delivery.direction", direction, &code::DELIVERY_MODE_CHANGED));
    terms.extend(days(&before.days, &after.days));
    terms.extend(availability_hours(&base.availability_hours, &head.availability_hours));
    terms.extend(maintenance(base.maintenance.as_ref(), head.maintenance.as_ref()));
    terms.extend(support_hours(&base.support.hours, &head.support.hours));
    if base.driver != head.driver {
        let shown = |all: &OperationTerms| all.driver.map(|driver| text(driver.name()));
        let (base, head) = (shown(base), shown(head));
        let (given, meta) = ([base.is_some(), head.is_some()], &code::SLA_DRIVER_CHANGED);
        terms.push(Term { key: "driver", base, head, given, relation: Relation::Same, meta });
    }
    terms
}

fn word(
    key: &'static str,
    (base, head): (Option<Literal>, Option<Literal>),
    changed: &'static ChangeMeta,
) -> Option<Term> {
    let (relation, meta) = match (&base, &head) {
        (one, other) if one == other => return None,
        (None, _) => (Relation::Tightened, &code::SLA_ADDED),
        (_, None) => (Relation::Loosened, &code::SLA_REMOVED),
        _ => (Relation::Changed, changed),
    };
    let given = [base.is_some(), head.is_some()];
    Some(Term { key, base, head, given, relation, meta })
}

/// Without a list it is every day.
fn days(base: &[Weekday], head: &[Weekday]) -> Vec<Term> {
    let every = |days: &[Weekday]| -> Vec<Weekday> {
        Weekday::WEEK.into_iter().filter(|day| days.is_empty() || days.contains(day)).collect()
    };
    let given = [!base.is_empty(), !head.is_empty()];
    let (base, head) = (every(base), every(head));
    let only = |one: &[Weekday], other: &[Weekday]| {
        let days: Vec<&str> = one.iter().filter(|day| !other.contains(day)).map(|day| day.name()).collect();
        (!days.is_empty()).then(|| texts(days))
    };
    let key = "delivery.days";
    let mut terms = Vec::new();
    if let Some(gone) = only(&base, &head) {
        let meta = &code::DELIVERY_DAYS_REDUCED;
        terms.push(Term { key, base: Some(gone), head: None, given, relation: Relation::Loosened, meta });
    }
    if let Some(new) = only(&head, &base) {
        let meta = &code::DELIVERY_DAYS_EXTENDED;
        terms.push(Term { key, base: None, head: Some(new), given, relation: Relation::Tightened, meta });
    }
    terms
}

fn shown(hours: &[Hours]) -> Option<Literal> {
    (!hours.is_empty()).then(|| texts(hours.iter().map(Hours::to_string)))
}

/// Without hours the promise counts around the clock.
fn availability_hours(base: &[Hours], head: &[Hours]) -> Option<Term> {
    let covered = |hours: &[Hours]| if hours.is_empty() { Covered::always() } else { Covered::by(hours) };
    let relation = Stronger::Higher.relation(covered(base).order(&covered(head)));
    let meta = match relation {
        Relation::Same => return None,
        Relation::Tightened => &code::AVAILABILITY_RAISED,
        Relation::Loosened | Relation::Changed => &code::AVAILABILITY_WINDOW_CHANGED,
    };
    let given = [!base.is_empty(), !head.is_empty()];
    Some(Term { key: "availability_hours", base: shown(base), head: shown(head), given, relation, meta })
}

fn support_hours(base: &[Hours], head: &[Hours]) -> Option<Term> {
    let relation = Stronger::Higher.relation(Covered::by(base).order(&Covered::by(head)));
    let meta = match relation {
        Relation::Same => return None,
        _ if base.is_empty() => &code::SLA_ADDED,
        _ if head.is_empty() => &code::SLA_REMOVED,
        Relation::Tightened => &code::SUPPORT_HOURS_EXTENDED,
        Relation::Loosened => &code::SUPPORT_HOURS_REDUCED,
        Relation::Changed => &code::SLA_PROPERTY_UNKNOWN,
    };
    let given = [!base.is_empty(), !head.is_empty()];
    Some(Term { key: "support.hours", base: shown(base), head: shown(head), given, relation, meta })
}

/// Without a word about it there is no planned downtime.
fn maintenance(base: Option<&Maintenance>, head: Option<&Maintenance>) -> Option<Term> {
    let order = match (base, head) {
        (None, None) => return None,
        (None, Some(_)) => Some(Ordering::Less),
        (Some(_), None) => Some(Ordering::Greater),
        (Some(base), Some(head)) => {
            let covered = |one: &Maintenance| {
                if one.hours.is_empty() { Covered::always() } else { Covered::by(&one.hours) }
            };
            both_orders(covered(base).order(&covered(head)), limits(base, head))
        }
    };
    let relation = Stronger::Lower.relation(order);
    let meta = match relation {
        Relation::Same => return None,
        Relation::Tightened => &code::MAINTENANCE_WINDOW_REDUCED,
        Relation::Loosened => &code::MAINTENANCE_WINDOW_EXTENDED,
        Relation::Changed => &code::SLA_PROPERTY_UNKNOWN,
    };
    let shown = |one: &Maintenance| {
        let limit = one.at_most.as_ref().map(|time| format!("{time} in {}", period(one)));
        let hours = one.hours.iter().map(Hours::to_string);
        let all: Vec<String> = limit.into_iter().chain(hours).collect();
        if all.is_empty() { text("at any time") } else { texts(all) }
    };
    let given = [base.is_some(), head.is_some()];
    Some(Term { key: "maintenance", base: base.map(shown), head: head.map(shown), given, relation, meta })
}

fn period(maintenance: &Maintenance) -> Quantity {
    maintenance.period.clone().unwrap_or_else(|| Quantity::new("1 month"))
}

/// Which allows more downtime: more time, or as much in less time.
fn limits(base: &Maintenance, head: &Maintenance) -> Option<Ordering> {
    match (&base.at_most, &head.at_most) {
        (None, None) => Some(Ordering::Equal),
        (None, Some(_)) => Some(Ordering::Greater),
        (Some(_), None) => Some(Ordering::Less),
        (Some(before), Some(after)) => {
            let periods = order_of_quantities(&period(base), &period(head));
            both_orders(order_of_quantities(before, after), periods.map(Ordering::reverse))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowance(at_most: &str, period: &str) -> Maintenance {
        let quantity = |text: &str| (!text.is_empty()).then(|| Quantity::new(text));
        Maintenance { hours: Vec::new(), at_most: quantity(at_most), period: quantity(period) }
    }

    #[test]
    fn downtime_is_compared_by_what_it_allows() {
        let order =
            |one: (&str, &str), other: (&str, &str)| limits(&allowance(one.0, one.1), &allowance(other.0, other.1));
        assert_eq!(order(("4 hours", ""), ("240m", "1 month")), Some(Ordering::Equal));
        assert_eq!(order(("4 hours", ""), ("4 hours", "1 week")), Some(Ordering::Less));
        assert_eq!(order(("4 hours", ""), ("", "")), Some(Ordering::Less));
        // As much on the whole, in longer outages.
        assert_eq!(order(("4 hours", "1 month"), ("48 hours", "12 months")), None);
    }
}
