//! Hours of the week: when a service is promised to be up, is maintained, or answers people.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{self, Time};

use super::words::words;

words! {
    /// A day of the week.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Weekday {
        Monday = "monday", "the first day of the week (ISO 8601)";
        Tuesday = "tuesday", "the second day of the week (ISO 8601)";
        Wednesday = "wednesday", "the third day of the week (ISO 8601)";
        Thursday = "thursday", "the fourth day of the week (ISO 8601)";
        Friday = "friday", "the fifth day of the week (ISO 8601)";
        Saturday = "saturday", "the sixth day of the week (ISO 8601)";
        Sunday = "sunday", "the last day of the week (ISO 8601)";
    }
}

impl Weekday {
    /// The days from Monday on.
    pub const WEEK: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];
}

impl From<civil::Weekday> for Weekday {
    fn from(day: civil::Weekday) -> Self {
        match day {
            civil::Weekday::Monday => Self::Monday,
            civil::Weekday::Tuesday => Self::Tuesday,
            civil::Weekday::Wednesday => Self::Wednesday,
            civil::Weekday::Thursday => Self::Thursday,
            civil::Weekday::Friday => Self::Friday,
            civil::Weekday::Saturday => Self::Saturday,
            civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// The same span of time on certain days of every week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// The days on which it begins; empty means every day.
    pub days: Vec<Weekday>,
    /// The time at which it begins, as `HH:MM`; midnight if not given.
    pub from: Option<String>,
    /// The time at which it ends, as `HH:MM` up to `24:00`; the end of the day if not given. Where it is not after the
    /// beginning, it is that time of the next day.
    pub to: Option<String>,
    /// The IANA name of the time zone, or an offset such as `+01:00`; UTC if not given.
    pub timezone: Option<String>,
}

impl fmt::Display for Hours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut days = self.days.clone();
        days.sort_unstable();
        days.dedup();
        let is_row = days.windows(2).all(|two| matches!(two, [one, next] if *one as usize + 1 == *next as usize));
        match days.as_slice() {
            [] => out.write_str("every day")?,
            [first, _, .., last] if is_row => write!(out, "{} to {}", first.name(), last.name())?,
            days => out.write_str(&days.iter().map(|day| day.name()).collect::<Vec<_>>().join(", "))?,
        }
        let (from, to) = (self.from.as_deref().unwrap_or("00:00"), self.to.as_deref().unwrap_or("24:00"));
        write!(out, " {from}-{to} {}", self.timezone.as_deref().unwrap_or("UTC"))
    }
}

const DAY: usize = 24 * 60;
const WEEK: usize = 7 * DAY;

/// A minute of the week as a clock shows it that is so many minutes behind.
fn moved(minute: usize, behind: i32) -> usize {
    let week = i64::try_from(WEEK).unwrap_or(i64::MAX);
    let moved = i64::try_from(minute).unwrap_or(0) - i64::from(behind);
    usize::try_from(moved.rem_euclid(week)).unwrap_or(0)
}

impl Hours {
    /// The minutes of the day of a time such as `08:30`, from 0 to 1440.
    pub fn minute_of_day(text: &str) -> Option<u16> {
        if text == "24:00" {
            return Some(24 * 60);
        }
        let is_short = text.len() == 5 && text.as_bytes().get(2) == Some(&b':');
        let time: Time = is_short.then(|| text.parse().ok())??;
        u16::try_from(time.hour()).ok()?.checked_mul(60)?.checked_add(u16::try_from(time.minute()).ok()?)
    }

    /// The zone by one spelling of its name, and by how many minutes its clocks are ahead of that zone's.
    fn zone(&self) -> (String, i32) {
        let zone = self.timezone.as_deref().unwrap_or("UTC");
        fixed_offset(zone).map_or_else(|| (zone.trim().to_lowercase(), 0), |offset| ("utc".to_owned(), offset))
    }
}

/// By how many minutes the clocks of a zone are always ahead of UTC: of UTC itself under any of its names, and of an
/// offset such as `+01:00`. `None` for places, whose clocks may change.
pub fn fixed_offset(zone: &str) -> Option<i32> {
    let zone = zone.trim().to_lowercase();
    if matches!(zone.as_str(), "" | "utc" | "etc/utc" | "gmt" | "etc/gmt" | "uct" | "z" | "zulu") {
        return Some(0);
    }
    let offset = zone.strip_prefix("utc").or_else(|| zone.strip_prefix("gmt")).unwrap_or(&zone).trim();
    let (sign, clock) = match offset.strip_prefix('+') {
        Some(clock) => (1, clock),
        None => (-1, offset.strip_prefix('-')?),
    };
    let (hours, minutes) = clock.split_once(':').unwrap_or((clock, "00"));
    let number = |digits: &str, most: i32| -> Option<i32> {
        let is_plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|number| is_plain && *number <= most)
    };
    Some(sign * (number(hours, 23)? * 60 + number(minutes, 59)?))
}

/// The minutes of the week that some hours cover, by their zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    zones: BTreeMap<String, Vec<bool>>,
    all: bool,
}

impl Covered {
    /// What a list of hours covers; an empty list covers nothing.
    pub fn by(hours: &[Hours]) -> Self {
        // How many spans begin at each minute, less those that end there: the work grows with the list alone.
        let mut zones: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for span in hours {
            let (zone, ahead) = span.zone();
            let steps = zones.entry(zone).or_insert_with(|| vec![0; WEEK + 1]);
            let mut add = |from: usize, to: usize| {
                for (minute, step) in [(from, 1), (to, -1)] {
                    if let Some(count) = steps.get_mut(minute) {
                        *count += step;
                    }
                }
            };
            let minute = |text: Option<&String>| text.and_then(|text| Hours::minute_of_day(text));
            let from = minute(span.from.as_ref()).map_or(0, usize::from);
            let to = minute(span.to.as_ref()).map_or(DAY, usize::from);
            let length = if to > from { to - from } else { to + DAY - from };
            let days = if span.days.is_empty() { &Weekday::WEEK[..] } else { &span.days };
            for day in days {
                let start = moved(*day as usize * DAY + from, ahead);
                let end = start + length;
                add(start.min(WEEK), end.min(WEEK));
                // What goes past Sunday goes on on Monday.
                if end > WEEK {
                    add(0, end - WEEK);
                }
            }
        }
        let covered = |steps: Vec<i64>| -> Vec<bool> {
            let open = steps.into_iter().take(WEEK).scan(0, |open, step| {
                *open += step;
                Some(*open)
            });
            open.map(|open| open > 0).collect()
        };
        let zones: BTreeMap<String, Vec<bool>> =
            zones.into_iter().map(|(zone, steps)| (zone, covered(steps))).collect();
        let all = zones.values().any(|minutes| minutes.iter().all(|covered| *covered));
        Self { zones, all }
    }

    /// Every minute of the week.
    pub fn always() -> Self {
        Self { zones: BTreeMap::new(), all: true }
    }

    /// Whether everything that is covered here is covered there too, as far as that can be told: hours of different
    /// zones are compared with nothing but the whole week.
    pub fn is_within(&self, other: &Self) -> bool {
        let inside = |zone: &String, minutes: &[bool]| match other.zones.get(zone) {
            Some(others) => minutes.iter().zip(others).all(|(one, other)| *other || !*one),
            None => !minutes.contains(&true),
        };
        other.all || (!self.all && self.zones.iter().all(|(zone, minutes)| inside(zone, minutes)))
    }

    /// Which covers more; `None` where neither contains the other, or the zones differ.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self.is_within(other), other.is_within(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(days: &[Weekday], from: &str, to: &str, zone: &str) -> Hours {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Hours { days: days.to_vec(), from: text(from), to: text(to), timezone: text(zone) }
    }

    fn order(one: &[Hours], other: &[Hours]) -> Option<Ordering> {
        Covered::by(one).order(&Covered::by(other))
    }

    #[test]
    fn hours_are_compared_by_the_minutes_that_they_cover() {
        use Weekday::{Friday, Monday, Saturday, Sunday};
        let office = hours(&[Monday, Friday], "09:00", "17:00", "UTC");
        let halves =
            [hours(&[Monday, Friday], "09:00", "12:00", ""), hours(&[Friday, Monday], "12:00", "17:00", "Etc/UTC")];
        assert_eq!(order(std::slice::from_ref(&office), &halves), Some(Ordering::Equal));
        assert_eq!(order(&halves[..1], std::slice::from_ref(&office)), Some(Ordering::Less));
        assert_eq!(order(std::slice::from_ref(&office), &[hours(&[Saturday], "", "", "")]), None);
        // Past midnight, and past the end of the week.
        let night = [hours(&[Sunday], "22:00", "02:00", "")];
        let parts = [hours(&[Sunday], "22:00", "24:00", ""), hours(&[Monday], "00:00", "02:00", "")];
        assert_eq!(order(&night, &parts), Some(Ordering::Equal));
    }

    #[test]
    fn zones_matter_unless_all_of_the_week_is_covered() {
        let noon = |zone| [hours(&[], "12:00", "13:00", zone)];
        assert_eq!(order(&noon("Europe/Amsterdam"), &noon("europe/amsterdam")), Some(Ordering::Equal));
        assert_eq!(order(&noon("Europe/Amsterdam"), &noon("UTC")), None);
        assert_eq!(order(&noon("UTC"), &[hours(&[], "13:00", "14:00", "+01:00")]), Some(Ordering::Equal));
        assert_eq!(order(&noon("+01:00"), &noon("UTC")), None);
        let sunday = [hours(&[Weekday::Sunday], "23:00", "24:00", "")];
        assert_eq!(order(&sunday, &[hours(&[Weekday::Monday], "01:00", "02:00", "UTC+2")]), Some(Ordering::Equal));
        assert_eq!(fixed_offset("-05:30"), Some(-330));
        assert_eq!(["Europe/Amsterdam", "+1:0:0", "+99", "5"].map(fixed_offset), [None; 4]);
        let always = [hours(&[], "", "", "Asia/Tokyo")];
        assert_eq!(order(&noon("UTC"), &always), Some(Ordering::Less));
        assert_eq!(Covered::by(&always).order(&Covered::always()), Some(Ordering::Equal));
        assert_eq!(Covered::by(&[]).order(&Covered::by(&noon("UTC"))), Some(Ordering::Less));
    }

    #[test]
    fn days_in_a_row_are_written_short() {
        let of = |days: &[Weekday]| hours(days, "08:00", "", "").to_string();
        assert_eq!(of(&Weekday::WEEK[..5]), "monday to friday 08:00-24:00 UTC");
        assert_eq!(of(&[Weekday::Sunday, Weekday::Monday]), "monday, sunday 08:00-24:00 UTC");
        assert_eq!(of(&[]), "every day 08:00-24:00 UTC");
    }

    #[test]
    fn times_are_hours_and_minutes() {
        assert_eq!(Hours::minute_of_day("08:30"), Some(510));
        assert_eq!(Hours::minute_of_day("24:00"), Some(1440));
        for text in ["8:30", "24:01", "08:30:10", "0830", "", "noon!", "ab:cd"] {
            assert_eq!(Hours::minute_of_day(text), None, "{text}");
        }
    }
}
