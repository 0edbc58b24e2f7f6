//! Who uses the contract, and what they were promised beyond it.

use std::collections::{HashMap, VecDeque};

use jiff::civil::Date;

use super::service_levels::{self, element};
use super::standing;
use super::{
    At, Changes, Codes, Relation, Stronger, code, operation, order_of_quantities, quality, quantity, text, texts,
};
use crate::model::{Contract, Literal, Measuring, Path, Quantity, Subscriber};

const OVERRIDE: Codes = Codes {
    added: &code::OVERRIDE_ADDED,
    removed: &code::OVERRIDE_REMOVED,
    tightened: &code::OVERRIDE_TIGHTENED,
    loosened: &code::OVERRIDE_LOOSENED,
    changed: &code::OVERRIDE_LOOSENED,
};

pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract) {
    for (old, new) in paired(&base.subscribers, &head.subscribers) {
        let (before, after) = (old.or(new), new.or(old));
        if let (Some((before, _)), Some((after, one))) = (before, after) {
            let side = |side: Option<(usize, _)>| side.map(|(_, subscriber)| subscriber);
            let (element, place) = at(one, before, after);
            let first = changes.list.len();
            if let Some((_, new)) = new {
                standing::compare(changes, &element, (base, side(old)), (head, new));
            }
            found_at(changes, first, &element, &place);
            self::one(changes, &(element, place), side(old), side(new));
        }
    }
}

/// A subscriber with its position in the list.
type Numbered<'a> = (usize, &'a Subscriber);

/// A team, and what it uses the data for.
type Use<'a> = (&'a str, Option<&'a str>);

/// The subscribers of both sides, those that are the same together: who is gone first, then the new list in its order.
fn paired<'a>(base: &'a [Subscriber], head: &'a [Subscriber]) -> Vec<(Option<Numbered<'a>>, Option<Numbered<'a>>)> {
    let mut old: Vec<Option<Numbered<'a>>> = base.iter().enumerate().map(Some).collect();
    let mut found: Vec<Option<Numbered<'a>>> = vec![None; head.len()];
    // A team may use a contract for several things: the same use first, then the same team.
    let keys: [fn(&Subscriber) -> Use<'_>; 2] = [|one| (&one.team, one.use_case.as_deref()), |one| (&one.team, None)];
    for key in keys {
        let mut places: HashMap<Use<'_>, VecDeque<usize>> = HashMap::new();
        for (place, one) in old.iter().flatten() {
            places.entry(key(one)).or_default().push_back(*place);
        }
        for (new, slot) in head.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            let place = places.get_mut(&key(new)).and_then(VecDeque::pop_front);
            *slot = place.and_then(|place| old.get_mut(place)?.take());
        }
    }
    let gone = old.into_iter().flatten().map(|gone| (Some(gone), None));
    gone.chain(found.into_iter().zip(head.iter().enumerate()).map(|(old, new)| (old, Some(new)))).collect()
}

/// The subscribers of both sides, those that are the same together.
pub(in crate::diff) fn pair<'a>(
    base: &'a [Subscriber],
    head: &'a [Subscriber],
) -> Vec<(Option<&'a Subscriber>, Option<&'a Subscriber>)> {
    let side = |side: Option<Numbered<'a>>| side.map(|(_, subscriber)| subscriber);
    paired(base, head).into_iter().map(|(old, new)| (side(old), side(new))).collect()
}

/// A subscriber, named by its team and found by its position.
fn at(subscriber: &Subscriber, base: usize, head: usize) -> (At, At) {
    let list = Path::of("subscribers");
    let element = At::both(&list).named(&subscriber.team);
    (element, At { base: list.index(base), head: list.index(head) })
}

/// Compares one subscriber, in a contract or in a file of its own. Elements are named by the first path and found by the
/// second.
pub(in crate::diff) fn one(
    changes: &mut Changes,
    (element, place): &(At, At),
    base: Option<&Subscriber>,
    head: Option<&Subscriber>,
) {
    let first = changes.list.len();
    match (base, head) {
        (None, None) => {}
        (None, Some(new)) => {
            changes.push(&code::SUBSCRIBER_ADDED, element, None, Some(text(&new.team)));
        }
        (Some(gone), None) => {
            changes.push(&code::SUBSCRIBER_REMOVED, element, Some(text(&gone.team)), None);
        }
        (Some(old), Some(new)) => both(changes, element, old, new),
    }
    found_at(changes, first, element, place);
}

/// Changes that are named by one path are found by another.
fn found_at(changes: &mut Changes, first: usize, element: &At, place: &At) {
    for change in changes.list.iter_mut().skip(first) {
        change.base.place = moved(&element.base, &place.base, &change.base.place);
        change.head.place = moved(&element.head, &place.head, &change.head.place);
    }
}

/// A path below one element as the path below another.
fn moved(from: &Path, to: &Path, path: &Path) -> Path {
    path.steps().iter().skip(from.steps().len()).fold(to.clone(), |path, step| path.step(step.clone()))
}

fn both(changes: &mut Changes, at: &At, base: &Subscriber, head: &Subscriber) {
    let purpose = [&code::SUBSCRIBER_PURPOSE_CHANGED; 3];
    changes.optional(purpose, at, "use_case", base.use_case.as_ref(), head.use_case.as_ref(), text);
    changes.optional(purpose, at, "purpose", base.purpose.as_ref(), head.purpose.as_ref(), text);
    let pin = [&code::SUBSCRIBER_PIN_MOVED; 3];
    let (before, after) = (base.contract_version.as_ref(), head.contract_version.as_ref());
    changes.optional(pin, at, "contract_version", before, after, text);
    let (before, after) = (base.contact_email.as_ref(), head.contact_email.as_ref());
    changes.optional([&code::CONTACT_CHANGED; 3], at, "contact_email", before, after, text);
    until(changes, at, base.until.as_ref(), head.until.as_ref());
    fields(changes, at, &base.fields_used, &head.fields_used);
    overrides(changes, &at.key("overrides"), base, head);
}

/// The last day: without one a subscription goes on.
fn until(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let day = |text: Option<&String>| text.and_then(|text| text.parse::<Date>().ok());
    let (before, after) = (day(base), day(head));
    let meta = match after {
        Some(after) if after < changes.today => &code::SUBSCRIBER_EXPIRED,
        Some(after) if before.is_none_or(|before| after < before) => &code::SUBSCRIBER_EXPIRY_SHORTENED,
        _ => &code::CUSTOM_PROPERTY_CHANGED,
    };
    changes.optional([meta; 3], &at.key("until"), "", base, head, text);
}

/// No list means all fields.
fn fields(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let (extended, reduced) = (&code::SUBSCRIBER_FIELDS_EXTENDED, &code::SUBSCRIBER_FIELDS_REDUCED);
    match (base.is_empty(), head.is_empty()) {
        (true, true) => {}
        (true, false) => {
            changes.property(reduced, at, "fields_used", Some(text("all fields")), Some(texts(head)));
        }
        (false, true) => {
            changes.property(extended, at, "fields_used", Some(texts(base)), Some(text("all fields")));
        }
        (false, false) => {
            let from = changes.list.len();
            changes.words(extended, reduced, at, base, head);
            for change in changes.list.iter_mut().skip(from) {
                change.base.place = at.base.key("fields_used");
                change.head.place = at.head.key("fields_used");
            }
        }
    }
}

fn overrides(changes: &mut Changes, at: &At, base: &Subscriber, head: &Subscriber) {
    let levels = |one: &Subscriber| one.overrides.service_levels.clone();
    let (before, after) = (levels(base), levels(head));
    let at_levels = at.key("service_levels");
    for ((key, before, _, stronger), (_, after, _, _)) in
        service_levels::numbers(&before).into_iter().zip(service_levels::numbers(&after))
    {
        term(changes, &element(&at_levels, key), before, after, stronger);
    }
    for term in operation::terms(&before, &after) {
        let meta = match term.relation {
            // No question of more or less.
            Relation::Same => term.meta,
            _ if !term.given[0] => OVERRIDE.added,
            _ if !term.given[1] => OVERRIDE.removed,
            Relation::Tightened => OVERRIDE.tightened,
            Relation::Loosened | Relation::Changed => OVERRIDE.loosened,
        };
        changes.push(meta, &element(&at_levels, term.key), term.base, term.head);
    }
    let (before, after) = (before.ready_by.as_ref(), after.ready_by.as_ref());
    let metas = [&code::OVERRIDE_ADDED, &code::OVERRIDE_REMOVED, &code::OVERRIDE_LOOSENED];
    changes.optional(metas, &at_levels.key("ready_by"), "", before, after, text);
    let mut metrics: Vec<_> =
        base.overrides.quality.iter().chain(&head.overrides.quality).map(|one| one.metric).collect();
    metrics.sort_unstable();
    metrics.dedup();
    for metric in metrics {
        let of = |one: &Subscriber| -> Option<Quantity> {
            one.overrides
                .quality
                .iter()
                .find(|quality| quality.metric == metric)
                .map(|quality| quality.threshold.clone())
        };
        let (_, stronger) = quality::of_metric(metric);
        let at = at.key("quality").key(metric.name());
        term(changes, &at, of(base).as_ref(), of(head).as_ref(), stronger);
        let first = |one: &Subscriber| -> Option<Option<Box<Measuring>>> {
            let found = one.overrides.quality.iter().find(|quality| quality.metric == metric);
            found.map(|quality| quality.measuring.clone())
        };
        if let (Some(before), Some(after)) = (first(base), first(head)) {
            let meta = match quality::measured(before.as_deref(), after.as_deref()) {
                Relation::Same => continue,
                Relation::Tightened => OVERRIDE.tightened,
                Relation::Loosened | Relation::Changed => OVERRIDE.loosened,
            };
            changes.push(meta, &at, quality::shown(before.as_deref()), quality::shown(after.as_deref()));
        }
    }
}

fn term(changes: &mut Changes, at: &At, base: Option<&Quantity>, head: Option<&Quantity>, stronger: Stronger) {
    if let Some(meta) = OVERRIDE.of(base, head, stronger, order_of_quantities) {
        let value = |one: Option<&Quantity>| -> Option<Literal> { one.map(quantity) };
        changes.push(meta, at, value(base), value(head));
    }
}
