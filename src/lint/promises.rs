//! Promises that are numbers, and which of two is the stronger one.

use std::cmp::Ordering;

use jiff::civil::Time;

use crate::model::{Measure, Metric, Quality, Quantity, ServiceLevels, fixed_offset};

/// Whether more is a stronger promise, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    /// A higher number promises more.
    Higher,
    /// A lower number promises more.
    Lower,
}

impl Better {
    /// Of a promise about quality.
    pub(super) fn of(metric: Metric) -> Self {
        if metric == Metric::Freshness { Self::Lower } else { Self::Higher }
    }

    /// How much the first promises, compared with the second; `None` where they measure different things.
    pub(super) fn compare(self, one: &Quantity, other: &Quantity) -> Option<Ordering> {
        let order = order(one, other)?;
        Some(if self == Self::Higher { order } else { order.reverse() })
    }
}

fn order(one: &Quantity, other: &Quantity) -> Option<Ordering> {
    match (one.measure().ok()?, other.measure().ok()?) {
        (Measure::Percent(one), Measure::Percent(other)) | (Measure::Count(one), Measure::Count(other)) => {
            one.partial_cmp(&other)
        }
        (Measure::Duration(one), Measure::Duration(other)) => Some(one.cmp(&other)),
        (Measure::Rate(one, counted), Measure::Rate(other, same)) if counted == same => one.partial_cmp(&other),
        _ => None,
    }
}

/// A service level that is a number: its key, with a dot where it is in a key, the number, and its direction.
pub(super) type Level<'a> = (&'static str, &'a Quantity, Better);

/// The service levels that are numbers, as far as they are promised.
pub(super) fn levels(levels: &ServiceLevels) -> impl Iterator<Item = Level<'_>> {
    use Better::{Higher, Lower};
    let volume = &levels.volume;
    let common = [
        ("cadence", &levels.cadence, Lower),
        ("completeness_min", &levels.completeness_min, Higher),
        ("volume.floor", &volume.floor, Higher),
        ("volume.ceiling", &volume.ceiling, Lower),
        ("volume.deviation", &volume.deviation, Lower),
        ("latency.p50", &levels.latency_p50, Lower),
        ("latency.p95", &levels.latency_p95, Lower),
        ("availability", &levels.availability, Higher),
        ("rpo", &levels.rpo, Lower),
        ("rto", &levels.rto, Lower),
        ("retention", &levels.retention, Higher),
    ];
    let rare = levels.operation.as_deref().map(|all| {
        [
            ("throughput", &all.throughput, Higher),
            ("error_rate", &all.error_rate, Lower),
            ("replay_window", &all.replay_window, Higher),
            ("backup_every", &all.backup_every, Lower),
            ("incidents.detect_within", &all.incidents.detect_within, Lower),
            ("incidents.notify_within", &all.incidents.notify_within, Lower),
            ("incidents.repair_within", &all.incidents.repair_within, Lower),
            ("support.respond_within", &all.support.respond_within, Lower),
        ]
    });
    let all = common.into_iter().chain(rare.into_iter().flatten());
    all.filter_map(|(key, value, better)| Some((key, value.as_ref()?, better)))
}

/// The one promise of a metric about the same rows; `None` where there is none, or where it is open which one is meant.
pub(super) fn same_quality<'a>(all: &'a [Quality], wanted: &Quality) -> Option<&'a Quality> {
    /// Nobody promises so much; who makes it up is not looked at one by one.
    const MOST: usize = 1_000;
    fn rows(quality: &Quality) -> Option<&str> {
        quality.measuring.as_ref()?.rows.as_deref()
    }
    let mut same = all.iter().take(MOST).filter(|one| one.metric == wanted.metric && rows(one) == rows(wanted));
    same.next().filter(|_| same.next().is_none())
}

/// Half a day, in minutes.
const HALF_A_DAY: i32 = 12 * 60;

/// By how many minutes the first time of day with its zone is before the second. `None` where the zones leave it open, where it
/// is not before it, and where it is so long before it that the next day is meant.
pub(super) fn minutes_before(one: &str, other: &str) -> Option<i32> {
    let (one, zone) = time_of_day(one)?;
    let (other, another) = time_of_day(other)?;
    let minutes = if zone.eq_ignore_ascii_case(another) {
        other - one
    } else {
        (other - fixed_offset(another)?) - (one - fixed_offset(zone)?)
    };
    (1..=HALF_A_DAY).contains(&minutes).then_some(minutes)
}

/// A time of day in minutes, and its zone.
fn time_of_day(text: &str) -> Option<(i32, &str)> {
    let (time, zone) = text.trim().split_once(' ')?;
    let time: Time = time.parse().ok()?;
    Some((i32::from(time.hour()) * 60 + i32::from(time.minute()), zone.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stronger_promise_is_a_greater_one() {
        let compare = |better: Better, one, other| better.compare(&Quantity::new(one), &Quantity::new(other));
        assert_eq!(compare(Better::Lower, "5 minutes", "1 hour"), Some(Ordering::Greater));
        assert_eq!(compare(Better::Higher, "99%", "99.9%"), Some(Ordering::Less));
        assert_eq!(compare(Better::Lower, "60 minutes", "1 hour"), Some(Ordering::Equal));
        assert_eq!(compare(Better::Higher, "99%", "1 hour"), None);
        assert_eq!(compare(Better::Higher, "soon", "1 hour"), None);
        assert_eq!(Better::of(Metric::Freshness), Better::Lower);
    }

    #[test]
    fn times_of_day_are_compared_where_their_zones_allow() {
        assert_eq!(minutes_before("06:00 Europe/Amsterdam", "08:00 europe/amsterdam"), Some(120));
        assert_eq!(minutes_before("06:00 UTC", "06:00 -02:00"), Some(120));
        assert_eq!(minutes_before("06:00 UTC", "08:00 Europe/Amsterdam"), None);
        assert_eq!(minutes_before("08:00 UTC", "06:00 UTC"), None);
        // What is ready in the evening is used the next morning.
        assert_eq!(minutes_before("06:00 UTC", "23:00 UTC"), None);
        assert_eq!(minutes_before("soon", "06:00 UTC"), None);
    }
}
