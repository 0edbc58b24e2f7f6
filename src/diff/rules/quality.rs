//! Promises about the data's quality, and rules on its rows.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::constraints::same_code;
use super::documentation::description;
use super::{At, Changes, Codes, Relation, Stronger, code, order_of_quantities, quantity, text};
use crate::finding::change::ChangeMeta;
use crate::model::{Literal, Measure, Measuring, Metric, Path, Quality, Quantity, Rule};

const fn codes(tightened: &'static ChangeMeta, loosened: &'static ChangeMeta) -> Codes {
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

/// Compares what is promised of the whole contract or of a dataset.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &[Quality], head: &[Quality]) {
    let shown = |one: &Quality| Some(text(&format!("{} {}", one.metric.name(), one.threshold)));
    let element = |one: &Quality| at.key("quality").key(one.metric.name());
    let (partners, alone) = in_order(base, head, |one| one.metric);
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
            changes.push(meta, &at_one, Some(quantity(&before.threshold)), Some(quantity(&one.threshold)));
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

/// Compares rules, by their names.
pub(super) fn rules(changes: &mut Changes, at: &At, base: &[Rule], head: &[Rule]) {
    let at = at.key("rules");
    let element = |rule: &Rule| at.named(&rule.name);
    let shown = |rule: &Rule| text(rule.expression.as_ref().or(rule.check.as_ref()).unwrap_or(&rule.name));
    let (partners, alone) = in_order(base, head, |one| one.name.as_str());
    for gone in alone.into_iter().filter_map(|index| base.get(index)) {
        changes.push(&code::QUALITY_CHECK_REMOVED, &element(gone), Some(shown(gone)), None);
    }
    for (rule, partner) in head.iter().zip(partners) {
        let Some(before) = partner.and_then(|old| base.get(old)) else {
            changes.push(&code::QUALITY_CHECK_ADDED, &element(rule), None, Some(shown(rule)));
            continue;
        };
        one_rule(changes, &element(rule), before, rule);
    }
}

fn one_rule(changes: &mut Changes, at: &At, base: &Rule, head: &Rule) {
    let text_of = |value: Option<&String>| value.map(text);
    let same_expression = match (text_of(base.expression.as_ref()), text_of(head.expression.as_ref())) {
        (Some(one), Some(other)) => same_code(&one, &other),
        (one, other) => one == other,
    };
    let element = |rule: &Rule| {
        let names = [rule.dataset.as_deref(), rule.field.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join("."))
    };
    let (before, after) = (element(base), element(head));
    if base.check != head.check {
        let shown = |rule: &Rule, element: Option<String>| {
            let parts = rule.check.clone().into_iter().chain(element);
            Some(text(&parts.collect::<Vec<_>>().join(" ")))
        };
        changes.push(&code::QUALITY_METRIC_CHANGED, at, shown(base, before), shown(head, after));
    } else if before != after {
        let value = |element: Option<String>| element.map(|element| text(&element));
        changes.property(&code::QUALITY_METRIC_CHANGED, at, "field", value(before), value(after));
    }
    if base.check == head.check && !same_expression {
        let values = (text_of(base.expression.as_ref()), text_of(head.expression.as_ref()));
        changes.push(&code::QUALITY_QUERY_CHANGED, at, values.0, values.1);
    }
    if let Some(meta) = threshold(base.threshold.as_ref(), head.threshold.as_ref()) {
        let value = |rule: &Rule| rule.threshold.as_ref().map(quantity);
        changes.property(meta, at, "threshold", value(base), value(head));
    }
    if base.severity != head.severity {
        let lowered = head.severity < base.severity;
        let meta = if lowered { &code::QUALITY_SEVERITY_LOWERED } else { &code::QUALITY_SEVERITY_RAISED };
        let values = (text(base.severity.name()), text(head.severity.name()));
        changes.property(meta, at, "severity", Some(values.0), Some(values.1));
    }
    let dimension = [&code::QUALITY_DIMENSION_CHANGED; 3];
    changes.optional(dimension, at, "dimension", base.dimension.as_ref(), head.dimension.as_ref(), text);
    if base.family != head.family {
        changes.push(&code::QUALITY_DIMENSION_CHANGED, at, None, None);
    }
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, at, before, after, &code::SEMANTICS_TEXT_CHANGED);
    measuring(changes, at, base.measuring.as_deref(), head.measuring.as_deref());
}

/// Of which rows an expectation holds, and how it is measured.
fn measuring(changes: &mut Changes, at: &At, base: Option<&Measuring>, head: Option<&Measuring>) {
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

/// How many rows may break a rule (fewer is stronger), or what share must keep it (more is stronger). Without a threshold
/// every row must.
fn threshold(base: Option<&Quantity>, head: Option<&Quantity>) -> Option<&'static ChangeMeta> {
    let strict = |other: Option<&Quantity>| match other.and_then(|other| other.measure().ok()) {
        Some(Measure::Percent(_)) => Quantity::new("100%"),
        _ => Quantity::new("0"),
    };
    let (before, after) = match (base, head) {
        (None, None) => return None,
        (before, after) => (before.cloned().unwrap_or(strict(after)), after.cloned().unwrap_or(strict(before))),
    };
    let stronger = if before.percent().is_some() { Stronger::Higher } else { Stronger::Lower };
    codes(&code::QUALITY_THRESHOLD_TIGHTENED, &code::QUALITY_THRESHOLD_LOOSENED).of(
        Some(&before),
        Some(&after),
        stronger,
        order_of_quantities,
    )
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
