//! Where a contract and its subscribers come to disagree: fields, versions, and promises beyond the contract. What disagreed
//! before is no change.

use std::cmp::Ordering;

use semver::VersionReq;

use super::service_levels::{self, element};
use super::{At, Changes, Stronger, code, order_of_quantities, quality, quantity, text, texts};
use crate::finding::change::{ChangeMeta, Grade, Level, Levels};
use crate::model::{Contract, Quality, Quantity, Subscriber};

/// Compares how a subscriber stands to both sides of the contract. `before` is what it said when the old side held.
pub(in crate::diff) fn compare(
    changes: &mut Changes,
    at: &At,
    (base, before): (&Contract, Option<&Subscriber>),
    (head, after): (&Contract, &Subscriber),
) {
    if !after.is_live(changes.today) {
        return;
    }
    if outdated(base, head, after) {
        let pin = after.contract_version.as_ref().map(text);
        let now = Some(text(&head.version.to_string()));
        let change = changes.property(&code::SUBSCRIBER_PIN_OUTDATED, at, "contract_version", pin, now);
        change.help = Some(format!("agree with {} on moving to {}, and on when", after.team, head.version));
    } else {
        fields(changes, at, (base, before), (head, after));
    }
    let at = at.key("overrides");
    for (own, old) in terms(&at, after).into_iter().zip(terms_or_none(&at, before, after)) {
        promise(
            changes,
            &own,
            old.as_ref(),
            [&base.service_levels, &head.service_levels],
            [&base.quality, &head.quality],
        );
    }
}

/// Whether the pin admitted the version before, and the new major is beyond it.
fn outdated(base: &Contract, head: &Contract, subscriber: &Subscriber) -> bool {
    let (one, other) = (&base.version, &head.version);
    let is_major = one.major != other.major || one.major == 0 && one.minor != other.minor;
    let pin = subscriber.contract_version.as_ref().and_then(|pin| VersionReq::parse(pin).ok());
    is_major && pin.is_some_and(|pin| pin.matches(one) && !pin.matches(other))
}

fn fields(
    changes: &mut Changes,
    at: &At,
    (base, before): (&Contract, Option<&Subscriber>),
    (head, after): (&Contract, &Subscriber),
) {
    let was_unknown =
        |name: &String| before.is_some_and(|before| before.fields_used.contains(name)) && base.field_at(name).is_none();
    let unknown: Vec<&String> =
        after.fields_used.iter().filter(|name| head.field_at(name).is_none() && !was_unknown(name)).collect();
    if !unknown.is_empty() {
        changes.property(&code::SUBSCRIBER_FIELD_UNKNOWN, at, "fields_used", Some(texts(unknown)), None);
    }
}

/// A term that a subscriber was promised: its element, its key, its value, and in which direction it promises more.
struct Term {
    at: At,
    key: Key,
    value: Quantity,
    stronger: Stronger,
}

/// The place of a term in the contract.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Key {
    Level(&'static str),
    Quality(crate::model::Metric),
}

fn terms(at: &At, subscriber: &Subscriber) -> Vec<Term> {
    let levels = &subscriber.overrides.service_levels;
    let at_levels = at.key("service_levels");
    let levels = service_levels::numbers(levels).into_iter().filter_map(|(key, value, _, stronger)| {
        Some(Term { at: element(&at_levels, key), key: Key::Level(key), value: value?.clone(), stronger })
    });
    let quality = subscriber.overrides.quality.iter().map(|one| Term {
        at: at.key("quality").key(one.metric.name()),
        key: Key::Quality(one.metric),
        value: one.threshold.clone(),
        stronger: quality::of_metric(one.metric).1,
    });
    levels.chain(quality).collect()
}

/// The same terms as they were before, in the same order.
fn terms_or_none(at: &At, before: Option<&Subscriber>, after: &Subscriber) -> Vec<Option<Term>> {
    let mut old = before.map(|before| terms(at, before)).unwrap_or_default();
    let take = |key: Key, old: &mut Vec<Term>| {
        let index = old.iter().position(|term| term.key == key)?;
        Some(old.remove(index))
    };
    terms(at, after).iter().map(|term| take(term.key, &mut old)).collect()
}

/// The contract's own term of a key.
fn of_contract(key: Key, levels: &crate::model::ServiceLevels, quality: &[Quality]) -> Option<Quantity> {
    match key {
        Key::Level(key) => service_levels::numbers(levels).into_iter().find(|(name, ..)| *name == key)?.1.cloned(),
        Key::Quality(metric) => quality.iter().find(|one| one.metric == metric).map(|one| one.threshold.clone()),
    }
}

/// Whether an override promises more than the contract does. `None` where that can't be said.
fn is_more(term: &Term, of_contract: Option<&Quantity>) -> Option<Ordering> {
    let Some(common) = of_contract else { return Some(Ordering::Greater) };
    let order = order_of_quantities(&term.value, common)?;
    Some(if term.stronger == Stronger::Higher { order } else { order.reverse() })
}

fn promise(
    changes: &mut Changes,
    term: &Term,
    old: Option<&Term>,
    [levels_before, levels_after]: [&crate::model::ServiceLevels; 2],
    [quality_before, quality_after]: [&Vec<Quality>; 2],
) {
    let common_before = of_contract(term.key, levels_before, quality_before);
    let common_after = of_contract(term.key, levels_after, quality_after);
    let same = |old: &Term| order_of_quantities(&old.value, &term.value) == Some(Ordering::Equal);
    let after = is_more(term, common_after.as_ref());
    let meta: &'static ChangeMeta = match old.filter(|old| same(old)) {
        None if after == Some(Ordering::Less) => &code::OVERRIDE_CONFLICTS_WITH_BASE,
        Some(_) if common_before.is_some() && common_after.is_none() => &code::OVERRIDE_TARGET_REMOVED,
        Some(old) => match (is_more(old, common_before.as_ref()), after) {
            (Some(Ordering::Greater), Some(Ordering::Less | Ordering::Equal)) => &code::OVERRIDE_MADE_MOOT,
            (Some(Ordering::Less | Ordering::Equal), Some(Ordering::Greater)) => &code::OVERRIDE_SLA_VIOLATED_BY_BASE,
            _ => return,
        },
        None => return,
    };
    let words = |common: Option<&Quantity>| match common {
        Some(common) => text(&format!("{common} for everybody, {} here", term.value)),
        None => quantity(&term.value),
    };
    let change = changes.push(meta, &term.at, Some(words(common_before.as_ref())), Some(words(common_after.as_ref())));
    if meta.reader == Grade::Verdict {
        change.levels = Levels { reader: Level::None, writer: Level::None };
    }
}
