//! Promises with their units.

use super::Writer;
use super::entries::Entries;
use crate::format::odcs::version::Version::V3_1_0;
use crate::model::{Literal, Metric, Quality, Quantity};

impl Writer<'_> {
    pub(super) fn promises(&self) -> Vec<Literal> {
        let contract = self.contract;
        let (levels, life) = (&contract.service_levels, &contract.lifecycle);
        let mut promises = Vec::new();
        let quantity = |property: &str, quantity: Option<&Quantity>| quantity.map(|amount| promise(property, amount));
        let date = |property: &str, date: Option<&String>| {
            date.map(|date| said(property, Literal::Text(date.clone()), None).into_literal())
        };
        promises.extend(contract.quality.iter().filter(|quality| is_freshness(quality)).map(|one| self.freshness(one)));
        promises.extend(date("timeOfAvailability", levels.ready_by.as_ref()));
        promises.extend(quantity("frequency", levels.cadence.as_ref()));
        promises.extend(quantity("availability", levels.availability.as_ref()));
        promises.extend(quantity("retention", levels.retention.as_ref()));
        if let Some(operation) = &levels.operation {
            promises.extend(quantity("throughput", operation.throughput.as_ref()));
            promises.extend(quantity("errorRate", operation.error_rate.as_ref()));
            promises.extend(quantity("timeToDetect", operation.incidents.detect_within.as_ref()));
            promises.extend(quantity("timeToNotify", operation.incidents.notify_within.as_ref()));
            promises.extend(quantity("timeToRepair", operation.incidents.repair_within.as_ref()));
        }
        promises.extend(date("generalAvailability", life.available_from.as_ref()));
        promises.extend(date("endOfSupport", life.support_until.as_ref()));
        promises.extend(date("endOfLife", life.sunset_on.as_ref()));
        promises
    }

    fn freshness(&self, quality: &Quality) -> Literal {
        let (value, unit) = amount(&quality.threshold);
        let mut entries = said("freshness", value, unit);
        let measuring = quality.measuring.as_deref();
        let field = measuring.and_then(|measuring| measuring.timestamp_field.as_deref());
        entries.text("element", field.map(|field| self.element(field)).as_deref());
        if self.version >= V3_1_0 {
            entries.text("description", quality.measurement_method.as_deref());
            let every = measuring.and_then(|measuring| measuring.every.as_ref());
            entries.text("schedule", every.filter(|every| every.duration().is_some()).map(|every| every.text.as_str()));
        }
        entries.into_literal()
    }

    /// A field as `object.property`.
    fn element(&self, field: &str) -> String {
        match self.contract.datasets.as_slice() {
            [dataset] if dataset.field_at(field).is_some() => format!("{}.{field}", dataset.name),
            _ => field.to_owned(),
        }
    }
}

/// A promise of freshness for all rows.
fn is_freshness(quality: &Quality) -> bool {
    let rows = quality.measuring.as_deref().and_then(|measuring| measuring.rows.as_ref());
    quality.metric == Metric::Freshness && rows.is_none()
}

fn promise(property: &str, quantity: &Quantity) -> Literal {
    let (value, unit) = amount(quantity);
    said(property, value, unit).into_literal()
}

fn said(property: &str, value: Literal, unit: Option<&str>) -> Entries {
    let mut entries = Entries::default();
    entries.text("property", Some(property));
    entries.put("value", value);
    entries.text("unit", unit);
    entries
}

/// A quantity as a number and its unit, where it is that and nothing more.
fn amount(quantity: &Quantity) -> (Literal, Option<&str>) {
    let text = quantity.text.trim();
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number.trim(), Some("percent")),
        None => match text.split_once(' ') {
            Some((number, unit)) => (number, Some(unit.trim())),
            None => (text, None),
        },
    };
    let is_unit = unit.is_none_or(|unit| unit.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '/'));
    match plain(number).filter(|_| is_unit && unit != Some("")) {
        Some(number) => (number, unit),
        None => (Literal::Text(quantity.text.clone()), None),
    }
}

/// A number that is written back as it stands here.
fn plain(text: &str) -> Option<Literal> {
    if let Ok(whole) = text.parse::<i128>() {
        return (whole.to_string() == text).then_some(Literal::Int(whole));
    }
    let number: f64 = text.parse().ok()?;
    (format!("{number:?}") == text).then_some(Literal::Float(number))
}
