//! Promises about operation that are numbers, and the moment at which data is ready.

use std::cmp::Ordering;

use super::{At, Changes, Codes, Stronger, code, operation, order_of_quantities, quantity, text};
use crate::finding::change::ChangeMeta;
use crate::model::{OperationTerms, Quantity, ServiceLevels, fixed_offset};

const fn codes(tightened: &'static ChangeMeta, loosened: &'static ChangeMeta) -> Codes {
    Codes {
        added: &code::SLA_ADDED,
        removed: &code::SLA_REMOVED,
        tightened,
        loosened,
        changed: &code::SLA_PROPERTY_UNKNOWN,
    }
}

/// A service level with a number: its key, its value, its codes, and its direction.
pub(super) type Level<'a> = (&'static str, Option<&'a Quantity>, Codes, Stronger);

/// Every service level that has a number.
pub(super) fn numbers(levels: &ServiceLevels) -> Vec<Level<'_>> {
    use Stronger::{Higher, Lower};
    let latency = codes(&code::LATENCY_TIGHTENED, &code::LATENCY_LOOSENED);
    let floor = codes(&code::VOLUME_MINIMUM_RAISED, &code::VOLUME_MINIMUM_LOWERED);
    let ceiling = codes(&code::VOLUME_MAXIMUM_LOWERED, &code::VOLUME_MAXIMUM_RAISED);
    let share = codes(&code::COMPLETENESS_RAISED, &code::COMPLETENESS_LOWERED);
    let uptime = codes(&code::AVAILABILITY_RAISED, &code::AVAILABILITY_LOWERED);
    let spread = codes(&code::QUALITY_THRESHOLD_TIGHTENED, &code::QUALITY_THRESHOLD_LOOSENED);
    let retention = codes(&code::RETENTION_LENGTHENED, &code::RETENTION_SHORTENED);
    let mut numbers = vec![
        ("cadence", levels.cadence.as_ref(), codes(&code::FREQUENCY_RAISED, &code::FREQUENCY_LOWERED), Lower),
        ("completeness_min", levels.completeness_min.as_ref(), share, Higher),
        ("volume.floor", levels.volume.floor.as_ref(), floor, Higher),
        ("volume.ceiling", levels.volume.ceiling.as_ref(), ceiling, Lower),
        ("volume.deviation", levels.volume.deviation.as_ref(), spread, Lower),
        ("latency.p50", levels.latency_p50.as_ref(), latency, Lower),
        ("latency.p95", levels.latency_p95.as_ref(), latency, Lower),
        ("availability", levels.availability.as_ref(), uptime, Higher),
        ("rpo", levels.rpo.as_ref(), codes(&code::RPO_LOWERED, &code::RPO_RAISED), Lower),
        ("rto", levels.rto.as_ref(), codes(&code::RTO_LOWERED, &code::RTO_RAISED), Lower),
        ("retention", levels.retention.as_ref(), retention, Higher),
    ];
    numbers.extend(rare_numbers(levels.operation.as_deref()));
    numbers
}

/// The numbers that few contracts have.
fn rare_numbers(operation: Option<&OperationTerms>) -> [Level<'_>; 10] {
    use Stronger::{Higher, Lower};
    // A longer time of counting allows a longer outage at the same share.
    let period = codes(&code::AVAILABILITY_RAISED, &code::AVAILABILITY_WINDOW_CHANGED);
    let throughput = codes(&code::THROUGHPUT_RAISED, &code::THROUGHPUT_LOWERED);
    let errors = codes(&code::ERROR_RATE_LOWERED, &code::ERROR_RATE_RAISED);
    let replay = codes(&code::REPLAY_WINDOW_LENGTHENED, &code::REPLAY_WINDOW_SHORTENED);
    let backup = codes(&code::BACKUP_FREQUENCY_RAISED, &code::BACKUP_FREQUENCY_LOWERED);
    let reaction = codes(&code::TIME_TO_DETECT_LOWERED, &code::TIME_TO_DETECT_RAISED);
    let response = codes(&code::SUPPORT_HOURS_EXTENDED, &code::SUPPORT_HOURS_REDUCED);
    let penalty = Codes {
        removed: &code::PENALTY_REDUCED,
        added: &code::PENALTY_RAISED,
        ..codes(&code::PENALTY_RAISED, &code::PENALTY_REDUCED)
    };
    [
        ("availability_period", operation.and_then(|all| all.availability_period.as_ref()), period, Lower),
        ("throughput", operation.and_then(|all| all.throughput.as_ref()), throughput, Higher),
        ("error_rate", operation.and_then(|all| all.error_rate.as_ref()), errors, Lower),
        ("replay_window", operation.and_then(|all| all.replay_window.as_ref()), replay, Higher),
        ("backup_every", operation.and_then(|all| all.backup_every.as_ref()), backup, Lower),
        ("incidents.detect_within", operation.and_then(|all| all.incidents.detect_within.as_ref()), reaction, Lower),
        ("incidents.notify_within", operation.and_then(|all| all.incidents.notify_within.as_ref()), reaction, Lower),
        ("incidents.repair_within", operation.and_then(|all| all.incidents.repair_within.as_ref()), reaction, Lower),
        ("support.respond_within", operation.and_then(|all| all.support.respond_within.as_ref()), response, Lower),
        ("penalty", operation.and_then(|all| all.penalty.as_ref()), penalty, Higher),
    ]
}

/// The element of a service level: `volume.floor` is a key in a key.
pub(super) fn element(at: &At, key: &'static str) -> At {
    key.split('.').fold(at.clone(), |at, key| at.key(key))
}

pub(super) fn compare(changes: &mut Changes, at: &At, base: &ServiceLevels, head: &ServiceLevels) {
    for ((key, before, codes, stronger), (_, after, _, _)) in numbers(base).into_iter().zip(numbers(head)) {
        if let Some(meta) = codes.of(before, after, stronger, order_of_quantities) {
            changes.quantities(meta, &element(at, key), before, after);
        }
    }
    let (before, after) = (base.volume.baseline.as_ref(), head.volume.baseline.as_ref());
    let same = matches!((before, after), (Some(before), Some(after))
        if order_of_quantities(before, after) == Some(Ordering::Equal));
    if !same {
        let metas = [&code::SLA_ADDED, &code::SLA_REMOVED, &code::DISTRIBUTION_RULE_CHANGED];
        changes.optional(metas, &element(at, "volume.baseline"), "", before, after, quantity);
    }
    ready_by(changes, &at.key("ready_by"), base.ready_by.as_ref(), head.ready_by.as_ref());
    for term in operation::terms(base, head) {
        changes.push(term.meta, &element(at, term.key), term.base, term.head);
    }
}

/// A time of day, in seconds, and the words behind it, which name the zone.
fn time_of_day(text: &str) -> Option<(i32, &str)> {
    let text = text.trim();
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ':' | '.'))).unwrap_or(text.len());
    let (time, zone) = text.split_at(end);
    // `6:00` is what people write for `06:00`.
    let padded = if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() };
    let time: jiff::civil::Time = Some(padded).filter(|time| time.contains(':'))?.parse().ok()?;
    let seconds = (i32::from(time.hour()) * 60 + i32::from(time.minute())) * 60 + i32::from(time.second());
    Some((seconds, zone.trim()))
}

/// The order of two times of day; `None` where their zones leave it open.
fn order_of_times((one, zone): (i32, &str), (other, another): (i32, &str)) -> Option<Ordering> {
    const DAY: i32 = 24 * 60 * 60;
    if zone.eq_ignore_ascii_case(another) {
        return Some(one.cmp(&other));
    }
    // Without a zone nobody knows which is meant.
    let offset = |zone: &str| fixed_offset(zone).filter(|_| !zone.is_empty());
    let (one, other) = (one - offset(zone)? * 60, other - offset(another)? * 60);
    if one.rem_euclid(DAY) == other.rem_euclid(DAY) {
        return Some(Ordering::Equal);
    }
    // Before midnight here and after it there: which day is meant is open.
    let same_day = one.div_euclid(DAY) == other.div_euclid(DAY);
    same_day.then(|| one.cmp(&other))
}

fn ready_by(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let moved = match (base.map(|text| time_of_day(text)), head.map(|text| time_of_day(text))) {
        (Some(Some(before)), Some(Some(after))) => match order_of_times(before, after) {
            Some(Ordering::Equal) => return,
            Some(Ordering::Less) => &code::READY_BY_LATER,
            Some(Ordering::Greater) => &code::READY_BY_EARLIER,
            None => &code::READY_BY_TIMEZONE_CHANGED,
        },
        _ => &code::SLA_PROPERTY_UNKNOWN,
    };
    changes.optional([&code::SLA_ADDED, &code::SLA_REMOVED, moved], at, "", base, head, text);
}
