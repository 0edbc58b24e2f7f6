//! Moments and measurements that a promise forbids on one side only.

use std::cmp::Ordering;

use jiff::SignedDuration;
use jiff::civil::Time;

use super::{sides, witness};
use crate::diff::direction::{Relation, Stronger, order_of_quantities};
use crate::finding::change::{Change, Legal, Witness};
use crate::model::{Literal, Measure, Quantity, Step};

/// What is measured by a promise: its key, in which direction it promises more, and what a measurement is called.
const MEASUREMENTS: &[(&str, Stronger, &str)] = &[
    ("freshness", Stronger::Lower, "data {} old"),
    ("cadence", Stronger::Lower, "{} between two deliveries"),
    ("completeness", Stronger::Higher, "a completeness of {}"),
    ("completeness_min", Stronger::Higher, "a completeness of {}"),
    ("accuracy", Stronger::Higher, "an accuracy of {}"),
    ("uniqueness", Stronger::Higher, "a uniqueness of {}"),
    ("availability", Stronger::Higher, "an availability of {} over a month"),
    ("volume", Stronger::Higher, "a delivery of {}"),
    ("floor", Stronger::Higher, "a delivery of {}"),
    ("ceiling", Stronger::Lower, "a delivery of {}"),
    ("deviation", Stronger::Lower, "a delivery {} off the usual count"),
    ("p50", Stronger::Lower, "half of the answers after {}"),
    ("p95", Stronger::Lower, "a twentieth of the answers after {}"),
    ("throughput", Stronger::Higher, "a throughput of {}"),
    ("error_rate", Stronger::Lower, "an error rate of {}"),
    ("replay_window", Stronger::Higher, "a replay that reaches back {} and no further"),
    ("backup_every", Stronger::Lower, "{} between two backups"),
    ("detect_within", Stronger::Lower, "an incident that is noticed after {}"),
    ("notify_within", Stronger::Lower, "an incident that is told after {}"),
    ("repair_within", Stronger::Lower, "an incident that is mended after {}"),
    ("respond_within", Stronger::Lower, "a question that is answered after {}"),
    ("penalty", Stronger::Higher, "a penalty of {}"),
    ("rpo", Stronger::Lower, "a loss of the last {} of data"),
    ("rto", Stronger::Lower, "a recovery that takes {}"),
    ("retention", Stronger::Higher, "data deleted after {}"),
    ("notice_period", Stronger::Higher, "a breaking change announced {} before"),
];

/// Dates: how their codes start, and what a day is called.
const DATES: &[(&str, &str)] = &[("sunset-", "an end on {}"), ("effective-date-", "a promise that binds from {} on")];

/// Finds witnesses for what a change says of itself: fields that are gone or new, promises, dates.
pub(in crate::diff) fn of_promises(changes: &mut [Change]) {
    for change in changes.iter_mut().filter(|change| change.witness.is_none()) {
        change.witness = sides(change.levels).iter().find_map(|legal_in| of_side(change, *legal_in)).map(Box::new);
    }
}

fn of_side(change: &Change, legal_in: Legal) -> Option<Witness> {
    let code = change.meta.code;
    if code.starts_with("field-removed") || code.starts_with("field-added-required") {
        let path = if legal_in == Legal::Head { &change.base.path } else { &change.head.path };
        let (name, nullable) = (path.last_field(), code.ends_with("-optional"));
        // A row may lack what is nullable; that nobody has it any more is what is new.
        let text = if nullable { format!("data without the field {name}") } else { format!("a row without {name}") };
        return Some(witness(legal_in, None, text));
    }
    if code.starts_with("foreign-key-") {
        return Some(witness(legal_in, None, orphan(change, legal_in)?));
    }
    let sides = [&change.base.value, &change.head.value].map(|value| value.as_ref().and_then(Literal::text));
    let [legal, illegal] = if legal_in == Legal::Head { [sides[1], sides[0]] } else { sides };
    if let Some((_, words)) = DATES.iter().find(|(start, _)| code.starts_with(start)) {
        let day = legal?;
        day.parse::<jiff::civil::Date>().ok().filter(|_| Some(day) != illegal)?;
        return Some(witness(legal_in, None, words.replace("{}", day)));
    }
    if code.starts_with("ready-by-") {
        let ready = moment(illegal?, legal)?;
        return Some(witness(legal_in, None, format!("data that is ready at {ready}")));
    }
    let (key, stronger, words) = measurement(change)?;
    // A check that is new or gone is shown with its name.
    let bare = |text: &str| Quantity::new(text.strip_prefix(key).unwrap_or(text).trim());
    let (tight, loose) = (bare(illegal?), legal.map(bare));
    let measured = beyond(&tight, loose.as_ref(), stronger)?;
    Some(witness(legal_in, None, words.replace("{}", &measured.text)))
}

/// A row that refers to nothing.
fn orphan(change: &Change, legal_in: Legal) -> Option<String> {
    let (legal, illegal) =
        if legal_in == Legal::Head { (&change.head, &change.base) } else { (&change.base, &change.head) };
    let target = illegal.value.as_ref()?.text()?;
    let other = legal.value.as_ref().and_then(Literal::text);
    let name = change.head.path.last_field();
    // A reference of several fields is shown as `a, b -> target (c, d)`.
    let (from, target) = target.split_once(" -> ").unwrap_or((&name, target));
    let other = other.map(|other| other.split_once(" -> ").map_or(other, |(_, other)| other));
    Some(match other {
        Some(other) => format!("a row whose {from} is in {other} and not in {target}"),
        None => format!("a row whose {from} is not in {target}"),
    })
}

/// The minute after a time of day, which keeps its zone, if the other side allows it.
fn moment(tight: &str, loose: Option<&str>) -> Option<String> {
    let parts = |text: &str| -> Option<(Time, String)> {
        let (time, zone) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        Some((time.parse().ok()?, zone.trim().to_owned()))
    };
    let ((tight, zone), (loose, other)) = (parts(tight)?, parts(loose?)?);
    let next = tight.checked_add(SignedDuration::from_mins(1)).ok()?.min(loose);
    (zone == other && next > tight).then(|| format!("{} {zone}", next.strftime("%H:%M")).trim_end().to_owned())
}

/// What a change of a promise is measured by. What subscribers were promised beyond it is theirs, and not looked at.
fn measurement(change: &Change) -> Option<(&'static str, Stronger, &'static str)> {
    let mut keys = Vec::new();
    for step in change.head.path.steps() {
        match step {
            Step::Key(key) => keys.push(key.as_ref()),
            Step::Dataset(_) => {}
            _ => return None,
        }
    }
    let (section, last) = (keys.first()?, keys.last()?);
    let known = |key: &str| match *section {
        "quality" | "service_levels" => key == *last,
        // How long readers may keep copies is their duty and no promise to them.
        "obligations" => key == *last && key == "notice_period",
        _ => false,
    };
    let found = MEASUREMENTS.iter().find(|(key, ..)| known(key));
    found.map(|(key, stronger, words)| (*key, *stronger, *words))
}

/// The smallest measurement that breaks the tight bound and keeps the loose one, if there is one at all.
fn beyond(tight: &Quantity, loose: Option<&Quantity>, stronger: Stronger) -> Option<Quantity> {
    let breaks = |measured: &Quantity, bound: &Quantity| {
        stronger.relation(order_of_quantities(bound, measured)) == Relation::Loosened
    };
    let keeps = |measured: &Quantity, bound: &Quantity| {
        let relation = stronger.relation(order_of_quantities(bound, measured));
        matches!(relation, Relation::Same | Relation::Tightened)
    };
    let candidates = one_more(tight, stronger).into_iter().chain(loose.cloned());
    let mut fitting = candidates.filter(|measured| measured.measure().is_ok());
    fitting.find(|measured| breaks(measured, tight) && loose.is_none_or(|loose| keeps(measured, loose)))
}

/// Units of time, the largest first.
const UNITS: &[(i64, &str)] =
    &[(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1_000, "second"), (1, "millisecond")];
/// More units than these nobody reads.
const MOST_UNITS: i64 = 1_000;

/// Quantities that are one unit weaker, those of the unit in which the bound is written first.
fn one_more(bound: &Quantity, stronger: Stronger) -> Vec<Quantity> {
    let weaker = |value: f64, unit: f64| match stronger {
        Stronger::Higher => value - unit,
        Stronger::Lower => value + unit,
    };
    match bound.measure() {
        Ok(Measure::Percent(share)) => {
            let behind = bound.text.split_once('.').map_or("", |(_, behind)| behind);
            let places = behind.chars().take_while(char::is_ascii_digit).count().min(9);
            let of_places = |places: usize| {
                let unit = 10f64.powi(-i32::try_from(places).unwrap_or(0));
                Quantity::new(format!("{:.places$} %", weaker(share, unit)))
            };
            vec![of_places(places), of_places(places + 1), of_places(places + 2)]
        }
        Ok(Measure::Count(count)) => vec![rows(weaker(count, 1.0))],
        Ok(Measure::Duration(time)) => times(time, stronger),
        // A rate has two units, and neither says which is one more.
        Ok(Measure::Rate(..)) | Err(_) => Vec::new(),
    }
}

fn rows(count: f64) -> Quantity {
    Quantity::new(format!("{count} row{}", if count.total_cmp(&1.0) == Ordering::Equal { "" } else { "s" }))
}

fn times(bound: SignedDuration, stronger: Stronger) -> Vec<Quantity> {
    let Ok(bound) = i64::try_from(bound.as_millis()) else { return Vec::new() };
    let step = if stronger == Stronger::Higher { -1 } else { 1 };
    let readable = UNITS.iter().filter(|(unit, _)| bound % unit == 0).filter_map(|(unit, name)| {
        // Of a single unit, one more is twice as much.
        let count = Some(bound / unit).filter(|count| (2..=MOST_UNITS).contains(count))? + step;
        Some(Quantity::new(format!("{count} {name}{}", if count == 1 { "" } else { "s" })))
    });
    readable.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(tight: &str, loose: Option<&str>, stronger: Stronger) -> Option<String> {
        beyond(&Quantity::new(tight), loose.map(Quantity::new).as_ref(), stronger).map(|found| found.text)
    }

    #[test]
    fn the_next_worse_measurement_breaks_a_promise() {
        let cases = [
            ("1 hour", Some("4 hours"), Stronger::Lower, Some("61 minutes")),
            ("15 minutes", Some("1h"), Stronger::Lower, Some("16 minutes")),
            ("2 days", Some("50 hours"), Stronger::Lower, Some("49 hours")),
            ("1 hour", Some("1 hour 1 second"), Stronger::Lower, Some("1 hour 1 second")),
            ("90 days", Some("30 days"), Stronger::Higher, Some("89 days")),
            ("5 years", Some("1 year"), Stronger::Higher, Some("1 year")),
            ("30 days", None, Stronger::Higher, Some("29 days")),
            ("300 ms", None, Stronger::Lower, Some("301 milliseconds")),
            ("99.9%", Some("99.5%"), Stronger::Higher, Some("99.8 %")),
            ("99.9%", Some("99.85%"), Stronger::Higher, Some("99.89 %")),
            ("100%", None, Stronger::Higher, Some("99 %")),
            ("1000", Some("10"), Stronger::Higher, Some("999 rows")),
            // What can't be ordered, or is no worse, is no witness.
            ("1 hour", Some("99%"), Stronger::Lower, None),
            ("1 hour", Some("60 minutes"), Stronger::Lower, None),
            ("0", None, Stronger::Higher, None),
            ("soon", None, Stronger::Lower, None),
        ];
        for (tight, loose, stronger, expected) in cases {
            assert_eq!(between(tight, loose, stronger).as_deref(), expected, "{tight} to {loose:?}");
        }
    }
}
