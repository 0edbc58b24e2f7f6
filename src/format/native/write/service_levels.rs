//! What is promised of operation.

use super::tree::Keys;
use crate::model::{
    DeliveryDirection, DeliveryMode, DeliveryTerms, Driver, Hours, Incidents, Literal, Maintenance, OperationTerms,
    ServiceLevels, Support, Volume, Weekday,
};

/// Promises about operation.
pub(in crate::format) fn service_levels(levels: &ServiceLevels) -> Literal {
    let mut keys = Keys::new();
    keys.text("ready_by", levels.ready_by.as_deref())
        .quantity("cadence", levels.cadence.as_ref())
        .number("completeness_min", levels.completeness_min.as_ref())
        .map("volume", volume(&levels.volume))
        .map(
            "latency",
            Keys::new()
                .quantity("p50", levels.latency_p50.as_ref())
                .quantity("p95", levels.latency_p95.as_ref())
                .done(),
        )
        .number("availability", levels.availability.as_ref())
        .quantity("rpo", levels.rpo.as_ref())
        .quantity("rto", levels.rto.as_ref())
        .quantity("retention", levels.retention.as_ref());
    if let Some(terms) = &levels.operation {
        operation(&mut keys, terms);
    }
    keys.done()
}

fn volume(volume: &Volume) -> Literal {
    Keys::new()
        .number("baseline", volume.baseline.as_ref())
        .number("floor", volume.floor.as_ref())
        .number("ceiling", volume.ceiling.as_ref())
        .number("deviation", volume.deviation.as_ref())
        .done()
}

fn operation(keys: &mut Keys, terms: &OperationTerms) {
    keys.map("delivery", delivery(&terms.delivery))
        .list("availability_hours", &terms.availability_hours, hours)
        .quantity("availability_period", terms.availability_period.as_ref())
        .some("maintenance", terms.maintenance.as_ref().map(maintenance))
        .quantity("throughput", terms.throughput.as_ref())
        .number("error_rate", terms.error_rate.as_ref())
        .quantity("replay_window", terms.replay_window.as_ref())
        .quantity("backup_every", terms.backup_every.as_ref())
        .map("incidents", incidents(&terms.incidents))
        .map("support", support(&terms.support))
        .text("driver", terms.driver.map(Driver::name))
        .number("penalty", terms.penalty.as_ref());
}

fn delivery(terms: &DeliveryTerms) -> Literal {
    let mut keys = Keys::new();
    keys.text("mode", terms.mode.map(DeliveryMode::name))
        .text("direction", terms.direction.map(DeliveryDirection::name));
    days(&mut keys, &terms.days);
    keys.done()
}

fn maintenance(terms: &Maintenance) -> Literal {
    Keys::new()
        .list("hours", &terms.hours, hours)
        .quantity("at_most", terms.at_most.as_ref())
        .quantity("period", terms.period.as_ref())
        .done()
}

fn incidents(terms: &Incidents) -> Literal {
    Keys::new()
        .quantity("detect_within", terms.detect_within.as_ref())
        .quantity("notify_within", terms.notify_within.as_ref())
        .quantity("repair_within", terms.repair_within.as_ref())
        .done()
}

fn support(terms: &Support) -> Literal {
    Keys::new().list("hours", &terms.hours, hours).quantity("respond_within", terms.respond_within.as_ref()).done()
}

fn hours(hours: &Hours) -> Literal {
    let mut keys = Keys::new();
    days(&mut keys, &hours.days);
    keys.text("from", hours.from.as_deref())
        .text("to", hours.to.as_deref())
        .text("timezone", hours.timezone.as_deref())
        .done()
}

fn days(keys: &mut Keys, days: &[Weekday]) {
    keys.list("days", days, |day| Literal::Text(day.name().to_owned()));
}
