//! Service levels: promises with their units.

use std::collections::HashSet;

use super::leftovers::{Leftovers, rest_of};
use crate::format::values::literal;
use crate::model::{Contract, Literal, Measuring, Metric, OperationTerms, Quality, Quantity};
use crate::source::Node;

/// What a service level is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format::odcs) enum Promise {
    Availability,
    Throughput,
    ErrorRate,
    AvailableFrom,
    SupportUntil,
    SunsetOn,
    Retention,
    Cadence,
    Freshness,
    Detect,
    Notify,
    Repair,
    ReadyBy,
}

impl Promise {
    /// The promise of a property, in any letter case, or of its short form.
    pub(in crate::format::odcs) fn of(property: &str) -> Option<Self> {
        Some(match property.to_lowercase().as_str() {
            "availability" | "av" => Self::Availability,
            "throughput" | "th" => Self::Throughput,
            "errorrate" | "er" => Self::ErrorRate,
            "generalavailability" | "ga" => Self::AvailableFrom,
            "endofsupport" | "es" => Self::SupportUntil,
            "endoflife" | "el" => Self::SunsetOn,
            "retention" | "re" => Self::Retention,
            "frequency" | "fy" => Self::Cadence,
            "latency" | "ly" | "freshness" => Self::Freshness,
            "timetodetect" | "td" => Self::Detect,
            "timetonotify" | "tn" => Self::Notify,
            "timetorepair" | "tr" => Self::Repair,
            "timeofavailability" => Self::ReadyBy,
            _ => return None,
        })
    }

    fn is_date(self) -> bool {
        matches!(self, Self::AvailableFrom | Self::SupportUntil | Self::SunsetOn)
    }

    fn is_share(self) -> bool {
        matches!(self, Self::Availability | Self::ErrorRate)
    }
}

/// Reads the service levels. What the model has no word for, and what it has already, is left over as it is; of others
/// what they say beyond their value.
pub(super) fn promises(contract: &mut Contract, node: &Node, default_element: Option<&str>, rest: &mut Leftovers) {
    let mut kept = Vec::new();
    let elements = Elements::of(contract);
    for item in node.items() {
        let text = item.get("value").and_then(Node::scalar_text);
        let Some((promise, text)) = promise_of(item).zip(text) else {
            if !item.is_null() {
                kept.push(literal(item));
            }
            continue;
        };
        let unit = item.get("unit").and_then(Node::text).unwrap_or_default();
        if promise == Promise::Freshness {
            contract.quality.push(freshness(item, &text, unit, default_element, &elements));
            kept.extend(left_of_freshness(item, &elements));
        } else if take(contract, promise, &text, unit) {
            let is_cut = promise.is_date() && day(&text).len() != text.len();
            let read: &[&str] = if is_cut { &[] } else { &["value", "unit"] };
            kept.extend(rest_of(item, "property", read));
        } else {
            kept.push(literal(item));
        }
    }
    rest.list("slaProperties", kept);
}

/// The promise of an item that has a value.
pub(in crate::format::odcs) fn promise_of(item: &Node) -> Option<Promise> {
    item.get("value")?.scalar_text()?;
    Promise::of(item.get("property")?.text()?)
}

/// What elements are called in the model.
#[derive(Debug, Default)]
struct Elements {
    /// The name of the only object, with the names of its properties.
    only: Option<(String, HashSet<String>)>,
}

impl Elements {
    fn of(contract: &Contract) -> Self {
        let [dataset] = contract.datasets.as_slice() else { return Self::default() };
        let fields = dataset.fields.iter().map(|field| field.name.clone());
        Self { only: Some((dataset.name.clone(), fields.collect())) }
    }

    /// What an element of the only object is called in it.
    fn inner<'e>(&self, element: &'e str) -> Option<(&str, &'e str)> {
        let (object, fields) = self.only.as_ref()?;
        let is_known =
            |path: &&str| fields.contains(*path) || path.split('.').next().is_some_and(|it| fields.contains(it));
        let bare = element.strip_prefix(object.as_str()).and_then(|rest| rest.strip_prefix('.')).filter(is_known);
        bare.or(Some(element).filter(is_known)).map(|bare| (object.as_str(), bare))
    }

    /// The field as the model has it. Where there is one object, its name says nothing.
    fn field(&self, element: &str) -> String {
        self.inner(element).map_or(element, |(_, bare)| bare).to_owned()
    }

    /// The element as it is written.
    fn written(&self, element: &str) -> String {
        self.inner(element).map_or_else(|| element.to_owned(), |(object, bare)| format!("{object}.{bare}"))
    }
}

/// A promise about the age of the newest data.
fn freshness(item: &Node, text: &str, unit: &str, default_element: Option<&str>, elements: &Elements) -> Quality {
    let field = element(item).or(default_element.filter(|_| item.get("element").is_none()));
    let field = field.map(|field| elements.field(field));
    let schedule = schedule(item);
    let measuring = (field.is_some() || schedule.is_some())
        .then(|| Box::new(Measuring { timestamp_field: field, every: schedule, ..Measuring::default() }));
    Quality {
        metric: Metric::Freshness,
        threshold: quantity(Promise::Freshness, text, unit),
        measurement_method: item.get("description").and_then(Node::text).map(str::to_owned),
        alert_on_breach: true,
        measuring,
    }
}

/// The field that an item names; a list of them names none.
fn element(item: &Node) -> Option<&str> {
    item.get("element")?.text().map(str::trim).filter(|text| !text.contains(',') && !text.is_empty())
}

/// How often it is measured, where that is a span of time and no plan.
fn schedule(item: &Node) -> Option<Quantity> {
    item.get("schedule")?.text().map(Quantity::new).filter(|every| every.duration().is_some())
}

/// What an item says beyond its promise, with the element that tells it from others of its kind.
fn left_of_freshness(item: &Node, elements: &Elements) -> Option<Literal> {
    let mut read = vec!["value", "unit", "description"];
    read.extend(schedule(item).map(|_| "schedule"));
    let element = element(item);
    if element.is_some() {
        read.push("element");
    }
    let rest = rest_of(item, "property", &read)?;
    Some(match (rest, element) {
        (Literal::Map(mut entries), Some(element)) => {
            entries.push(("element".to_owned(), Literal::Text(elements.written(element))));
            Literal::Map(entries)
        }
        (rest, _) => rest,
    })
}

/// Puts a promise in its place; `false` where the place is taken.
fn take(contract: &mut Contract, promise: Promise, text: &str, unit: &str) -> bool {
    let amount = || quantity(promise, text, unit);
    let (levels, life) = (&mut contract.service_levels, &mut contract.lifecycle);
    match promise {
        Promise::AvailableFrom => set(&mut life.available_from, || day(text).to_owned()),
        Promise::SupportUntil => set(&mut life.support_until, || day(text).to_owned()),
        Promise::SunsetOn => set(&mut life.sunset_on, || day(text).to_owned()),
        Promise::ReadyBy => set(&mut levels.ready_by, || ready_by(text)),
        Promise::Availability => set(&mut levels.availability, amount),
        Promise::Retention => set(&mut levels.retention, amount),
        Promise::Cadence => set(&mut levels.cadence, amount),
        Promise::Freshness => false,
        _ => {
            let operation: &mut OperationTerms = levels.operation.get_or_insert_default();
            let slot = match promise {
                Promise::Throughput => &mut operation.throughput,
                Promise::ErrorRate => &mut operation.error_rate,
                Promise::Detect => &mut operation.incidents.detect_within,
                Promise::Notify => &mut operation.incidents.notify_within,
                _ => &mut operation.incidents.repair_within,
            };
            set(slot, amount)
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: impl FnOnce() -> T) -> bool {
    if slot.is_some() {
        return false;
    }
    *slot = Some(value());
    true
}

/// The day of a moment.
fn day(text: &str) -> &str {
    match text.split_at_checked(10) {
        Some((day, rest)) if rest.starts_with(['T', 't', ' ']) => day,
        _ => text,
    }
}

/// The time of day with its zone behind a space: `09:00-08:00` is `09:00 -08:00`.
fn ready_by(text: &str) -> String {
    match text.split_at_checked(5) {
        Some((time, zone)) if zone.starts_with(['+', '-']) => format!("{time} {zone}"),
        _ => text.to_owned(),
    }
}

/// A value with its unit, in the words of pact.
fn quantity(promise: Promise, value: &str, unit: &str) -> Quantity {
    let value = value.trim();
    let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
    let text = match word(promise, unit.trim()) {
        _ if !is_number => value.to_owned(),
        Unit::None if promise.is_share() && value.parse::<f64>().is_ok_and(|value| value > 1.0) => format!("{value}%"),
        Unit::None => value.to_owned(),
        Unit::Percent => format!("{value}%"),
        Unit::Time(unit) if value == "1" => format!("1 {unit}"),
        Unit::Time(unit) => format!("{value} {unit}s"),
        Unit::Other(unit) => format!("{value} {unit}"),
    };
    Quantity::new(text)
}

enum Unit<'a> {
    None,
    Percent,
    /// In the singular.
    Time(&'static str),
    Other(&'a str),
}

/// What a unit is, in the words that people have for it.
fn word(promise: Promise, unit: &str) -> Unit<'_> {
    Unit::Time(match unit.to_lowercase().as_str() {
        "" => return Unit::None,
        "%" | "percent" | "pct" | "percentage" => return Unit::Percent,
        // Nobody keeps data for minutes.
        "m" if promise == Promise::Retention => "month",
        "ms" | "millisecond" | "milliseconds" => "millisecond",
        "s" | "sec" | "secs" | "second" | "seconds" => "second",
        "m" | "min" | "mins" | "minute" | "minutes" => "minute",
        "h" | "hr" | "hrs" | "hour" | "hours" => "hour",
        "d" | "day" | "days" => "day",
        "w" | "wk" | "week" | "weeks" => "week",
        "mo" | "mon" | "month" | "months" => "month",
        "y" | "yr" | "yrs" | "year" | "years" => "year",
        _ => return Unit::Other(unit),
    })
}
