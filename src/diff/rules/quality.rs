//! Promises about the data's quality, and rules on its rows.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::constraints::same_code;
use super::{At, Changes, Codes, Relation, Stronger, code, order_of_quantities, quantity, text};
use crate::finding::change::ChangeMeta;
use crate::model::{Literal, Measuring, Metric, Path, Quality};

pub(super) const fn codes(tightened: &'static ChangeMeta, loosened: &'static ChangeMeta) -> Codes {
    Codes {
        added: &code::QUALITY_CHECK_ADDED,
        removed: &code::QUALITY_CHECK_REMOVED,
        tightened,
        loosened,
        changed: &code::QUALITY_THRESHOLD_CHANGED,
    }
}

/// How thresholds of a metric are called when they move, and in which direction they promise more.
pub(super) fn of_metric(metric: Metric) -> (Codes, Stronger) {
    match metric {
        Metric::Freshness => (codes(&code::FRESHNESS_TIGHTENED, &code::FRESHNESS_LOOSENED), Stronger::Lower),
        Metric::Completeness => (codes(&code::COMPLETENESS_RAISED, &code::COMPLETENESS_LOWERED), Stronger::Higher),
        Metric::Accuracy => (codes(&code::ACCURACY_RAISED, &code::ACCURACY_LOWERED), Stronger::Higher),
        Metric::Availability => (codes(&code::AVAILABILITY_RAISED, &code::AVAILABILITY_LOWERED), Stronger::Higher),
        Metric::Uniqueness => (codes(&code::UNIQUENESS_RAISED, &code::UNIQUENESS_LOWERED), Stronger::Higher),
        Metric::Volume => (codes(&code::VOLUME_MINIMUM_RAISED, &code::VOLUME_MINIMUM_LOWERED), Stronger::Higher),
    }
}

/// For each item of the second list the position of its partner in the first, and the positions that have none. What is of
/// one kind (wrongly, if it is a name) more than once is paired in the order in which it stands.
fn in_order<'a, T, K: Hash + Eq>(
    base: &'a [T],
    head: &'a [T],
    kind: impl Fn(&'a T) -> K,
) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut left: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, one) in base.iter().enumerate() {
        left.entry(kind(one)).or_default().push_back(index);
    }
    let partners = head.iter().map(|one| left.get_mut(&kind(one)).and_then(VecDeque::pop_front)).collect();
    let mut alone: Vec<usize> = left.into_values().flatten().collect();
    alone.sort_unstable();
    (partners, alone)
}

fn field_of(one: &Quality) -> Option<&str> {
    one.measuring.as_ref()?.timestamp_field.as_deref()
}

/// The metrics that are promised more than once.
fn several(list: &[Quality]) -> HashSet<Metric> {
    let mut known = HashSet::new();
    list.iter().map(|one| one.metric).filter(|metric| !known.insert(*metric)).collect()
}

/// Pairs promises by their metric and field, and what is left by the metric alone.
fn partners(base: &[Quality], head: &[Quality]) -> (Vec<Option<usize>>, Vec<usize>) {
    let (mut partners, alone) = in_order(base, head, |one| (one.metric, field_of(one)));
    let open: Vec<usize> = (0..head.len()).filter(|index| partners.get(*index) == Some(&None)).collect();
    let old: Vec<Metric> = alone.iter().filter_map(|index| Some(base.get(*index)?.metric)).collect();
    let new: Vec<Metric> = open.iter().filter_map(|index| Some(head.get(*index)?.metric)).collect();
    let (found, left) = in_order(&old, &new, |metric| *metric);
    for (index, partner) in open.into_iter().zip(found) {
        if let Some(slot) = partners.get_mut(index) {
            *slot = partner.and_then(|partner| alone.get(partner).copied());
        }
    }
    (partners, left.into_iter().filter_map(|index| alone.get(index).copied()).collect())
}

/// Compares what is promised of the whole contract or of a dataset.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &[Quality], head: &[Quality]) {
    let shown = |one: &Quality| Some(text(&format!("{} {}", one.metric.name(), one.threshold)));
    let several = several(base).union(&several(head)).copied().collect::<HashSet<_>>();
    let element = |one: &Quality| {
        let at = at.key("quality").key(one.metric.name());
        // Of several promises the field tells which one is meant.
        match field_of(one).filter(|_| several.contains(&one.metric)) {
            Some(field) => at.named(field),
            None => at,
        }
    };
    let (partners, alone) = partners(base, head);
    for (index, one) in alone.into_iter().filter_map(|index| Some((index, base.get(index)?))) {
        let change = changes.push(&code::QUALITY_CHECK_REMOVED, &element(one), shown(one), None);
        change.base.place = at.base.key("quality").index(index);
        change.head.place = at.head.key("quality");
    }
    for ((index, one), partner) in head.iter().enumerate().zip(partners) {
        let at_one = element(one);
        let place = |changes: &mut Changes, before: Option<usize>| {
            if let Some(change) = changes.list.last_mut() {
                change.head.place = at.head.key("quality").index(index).key("threshold");
                change.base.place = before.map_or(at.base.key("quality"), |index| at.base.key("quality").index(index));
            }
        };
        let Some((old, before)) = partner.and_then(|old| Some((old, base.get(old)?))) else {
            changes.push(&code::QUALITY_CHECK_ADDED, &at_one, None, shown(one));
            place(changes, None);
            continue;
        };
        let (codes, stronger) = of_metric(one.metric);
        let found = codes.of(Some(&before.threshold), Some(&one.threshold), stronger, order_of_quantities);
        if let Some(meta) = found {
            changes.quantities(meta, &at_one, Some(&before.threshold), Some(&one.threshold));
            place(changes, Some(old));
        }
        if before.alert_on_breach != one.alert_on_breach {
            let weaker = before.alert_on_breach;
            let meta = if weaker { &code::ON_FAILURE_ACTION_WEAKENED } else { &code::ON_FAILURE_ACTION_STRENGTHENED };
            let word = |alert: bool| Some(text(if alert { "alerts" } else { "does not alert" }));
            changes.push(meta, &at_one, word(before.alert_on_breach), word(one.alert_on_breach));
            place(changes, Some(old));
        }
        if before.measurement_method != one.measurement_method {
            let method = |one: &Quality| one.measurement_method.as_ref().map(text);
            changes.push(&code::SEMANTICS_TEXT_CHANGED, &at_one, method(before), method(one));
            place(changes, Some(old));
        }
        let first = changes.list.len();
        measuring(changes, &at_one, before.measuring.as_deref(), one.measuring.as_deref());
        for change in changes.list.iter_mut().skip(first) {
            let below = |list: &Path, index: usize, place: &Path| match place.steps().last() {
                Some(key) => list.key("quality").index(index).step(key.clone()),
                None => list.key("quality").index(index),
            };
            change.head.place = below(&at.head, index, &change.head.place);
            change.base.place = below(&at.base, old, &change.base.place);
        }
    }
}

/// Of which rows an expectation holds, and how it is measured.
pub(super) fn measuring(changes: &mut Changes, at: &At, base: Option<&Measuring>, head: Option<&Measuring>) {
    let none = Measuring::default();
    let (base, head) = (base.unwrap_or(&none), head.unwrap_or(&none));
    let (before, after) = (base.rows.as_ref().map(text), head.rows.as_ref().map(text));
    if !matches!((&before, &after), (Some(before), Some(after)) if same_code(before, after)) {
        // Without a condition it is about all rows. Which of two conditions holds for more can not be decided.
        let metas = [&code::QUALITY_SCOPE_NARROWED, &code::QUALITY_SCOPE_WIDENED, &code::QUALITY_QUERY_CHANGED];
        changes.optional(metas, at, "where", base.rows.as_ref(), head.rows.as_ref(), text);
    }
    let metas = [&code::SLA_ADDED, &code::SLA_REMOVED, &code::FRESHNESS_ELEMENT_CHANGED];
    let (before, after) = (base.timestamp_field.as_ref(), head.timestamp_field.as_ref());
    changes.optional(metas, at, "timestamp_field", before, after, text);
    let schedule = Codes {
        added: &code::QUALITY_SCHEDULE_DENSER,
        removed: &code::QUALITY_SCHEDULE_SPARSER,
        ..codes(&code::QUALITY_SCHEDULE_DENSER, &code::QUALITY_SCHEDULE_SPARSER)
    };
    let (before, after) = (base.every.as_ref(), head.every.as_ref());
    if let Some(meta) = schedule.of(before, after, Stronger::Lower, order_of_quantities) {
        changes.property(meta, at, "check_every", before.map(quantity), after.map(quantity));
    }
    let folded = |engine: Option<&String>| engine.map(|engine| engine.trim().to_lowercase());
    let (before, after) = (folded(base.engine.as_ref()), folded(head.engine.as_ref()));
    let engine = [&code::QUALITY_ENGINE_CHANGED; 3];
    changes.optional(engine, at, "engine", before.as_ref(), after.as_ref(), text);
}

/// Which of two measurements promises more, for consumers' own promises; `Same` where neither does.
pub(super) fn measured(base: Option<&Measuring>, head: Option<&Measuring>) -> Relation {
    let none = Measuring::default();
    let (base, head) = (base.unwrap_or(&none), head.unwrap_or(&none));
    let rows = match (&base.rows, &head.rows) {
        (None, None) => Relation::Same,
        (Some(_), None) => Relation::Tightened,
        (None, Some(_)) => Relation::Loosened,
        (Some(one), Some(other)) if same_code(&text(one), &text(other)) => Relation::Same,
        (Some(_), Some(_)) => Relation::Changed,
    };
    let field = if base.timestamp_field == head.timestamp_field { Relation::Same } else { Relation::Changed };
    let schedule = match (&base.every, &head.every) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Tightened,
        (Some(_), None) => Relation::Loosened,
        (Some(one), Some(other)) => Stronger::Lower.relation(order_of_quantities(one, other)),
    };
    [rows, field, schedule].into_iter().fold(Relation::Same, |one, other| match (one, other) {
        (Relation::Same, relation) | (relation, Relation::Same) => relation,
        (one, other) if one == other => one,
        _ => Relation::Changed,
    })
}

/// A measurement in words; nothing where nothing is said of it.
pub(super) fn shown(measuring: Option<&Measuring>) -> Option<Literal> {
    let measuring = measuring?;
    let parts = [
        measuring.rows.as_ref().map(|rows| format!("where {rows}")),
        measuring.timestamp_field.as_ref().map(|field| format!("by {field}")),
        measuring.every.as_ref().map(|every| format!("every {every}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| text(&parts.join(", ")))
}
