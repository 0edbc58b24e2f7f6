//! Values of a row, as conditions see them.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::Number;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// None.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(Cow<'a, str>),
    /// A date, as the midnight with which it begins, or a moment. One without a zone is taken as one in UTC.
    Moment(Moment),
    /// A time of day, in nanoseconds from midnight.
    Time(i64),
    /// A span of time.
    Span(Span),
    /// A universally unique identifier.
    Uuid(u128),
    /// A list, an object or a value of any shape, as JSON.
    Json(&'a str),
}

impl Value<'_> {
    /// The same value, borrowed.
    pub fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => Value::Number(*value),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Moment(value) => Value::Moment(*value),
            Self::Time(value) => Value::Time(*value),
            Self::Span(value) => Value::Span(*value),
            Self::Uuid(value) => Value::Uuid(*value),
            Self::Json(text) => Value::Json(text),
        }
    }

    /// Whether it is none.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The order of two values; `None` where one of them is null, or they are of different kinds or of one without an order.
    pub fn order(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Value::Number(two)) => Some(one.order(two)),
            (Self::Text(one), Value::Text(two)) => Some(one.cmp(two)),
            (Self::Bool(one), Value::Bool(two)) => Some(one.cmp(two)),
            (Self::Moment(one), Value::Moment(two)) => Some(one.cmp(two)),
            (Self::Time(one), Value::Time(two)) => Some(one.cmp(two)),
            (Self::Span(one), Value::Span(two)) => Some(one.length().cmp(&two.length())),
            (Self::Uuid(one), Value::Uuid(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }
}

/// An instant. The order of the parts makes that of instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since the beginning of 1970.
    pub seconds: i64,
    /// Nanoseconds beyond them.
    pub nanos: u32,
}

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// The number that these digits make.
#[inline]
fn number<const COUNT: usize>(digits: [u8; COUNT]) -> Option<i64> {
    let mut value = 0;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(value)
}

/// The days from the beginning of 1970 to a date (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let most = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        _ => return None,
    };
    if !(1..=most).contains(&day) {
        return None;
    }
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// The day of `2026-01-31`, with which a text begins, and what is behind it.
#[inline]
fn plain_date(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = bytes else { return None };
    let day = days(number([*y1, *y2, *y3, *y4])?, number([*m1, *m2])?, number([*d1, *d2])?)?;
    Some((day, rest))
}

/// The seconds and nanoseconds of `12:30:59` or `12:30:59.123`, with which a text begins, and what is behind it.
#[inline]
fn plain_time(bytes: &[u8]) -> Option<(i64, u32, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    let (hour, minute, second) = (number([*h1, *h2])?, number([*m1, *m2])?, number([*s1, *s2])?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanos, rest) = if let [b'.', rest @ ..] = rest { fraction(rest)? } else { (0, rest) };
    Some((hour * 3600 + minute * 60 + second, nanos, rest))
}

/// The nanoseconds that digits behind a point make, and what is behind those.
fn fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = bytes.split_at(bytes.iter().take_while(|byte| byte.is_ascii_digit()).count());
    if !(1..=9).contains(&digits.len()) {
        return None;
    }
    let mut nine = [b'0'; 9];
    nine.get_mut(..digits.len())?.copy_from_slice(digits);
    Some((u32::try_from(number(nine)?).ok()?, rest))
}

impl Moment {
    /// Reads a date as contracts have it: `2026-01-31`, and nothing else.
    pub fn date(text: &str) -> Option<Self> {
        if text.len() != 10 {
            return None;
        }
        Some(Self { seconds: plain_date(text.as_bytes())?.0 * DAY, nanos: 0 })
    }

    /// Reads a date with a time of day, with a zone or without.
    pub fn parse(text: &str) -> Option<Self> {
        // A bare date is read by jiff as its midnight; here that is half a value.
        if text.len() <= 10 {
            return None;
        }
        Self::plain(text.as_bytes()).or_else(|| {
            // jiff takes offsets of up to 25 hours; a clock has 24 of them.
            let offset = text.rsplit_once(['+', '-']).and_then(|(_, offset)| offset.get(..2)?.parse::<u8>().ok());
            if text.len() > 19 && offset.is_some_and(|hours| hours > 23) {
                return None;
            }
            let instant = text.parse::<Timestamp>().ok();
            instant.or_else(|| zoned(text.parse().ok()?)).map(Self::of)
        })
    }

    /// The form in which nearly all of them are written.
    fn plain(bytes: &[u8]) -> Option<Self> {
        let (day, [b'T' | b' ', rest @ ..]) = plain_date(bytes)? else { return None };
        let (second, nanos, zone) = plain_time(rest)?;
        let offset = match zone {
            [] | [b'Z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (number([*h1, *h2])?, number([*m1, *m2])?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (hours * 3600 + minutes * 60) * if *sign == b'+' { 1 } else { -1 }
            }
            _ => return None,
        };
        Some(Self { seconds: day * DAY + second - offset, nanos })
    }

    /// An instant.
    pub fn of(instant: Timestamp) -> Self {
        let nanos = instant.as_nanosecond();
        let (seconds, nanos) = (nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000));
        Self { seconds: i64::try_from(seconds).unwrap_or(0), nanos: u32::try_from(nanos).unwrap_or(0) }
    }

    /// The instant; `None` beyond the years that calendars have.
    pub fn instant(self) -> Option<Timestamp> {
        Timestamp::new(self.seconds, self.nanos.cast_signed()).ok()
    }

    /// The date and time of day in UTC.
    pub(super) fn civil(self) -> Option<DateTime> {
        Some(TimeZone::UTC.to_datetime(self.instant()?))
    }

    /// From a date and time of day in UTC.
    pub(super) fn from_civil(civil: DateTime) -> Option<Self> {
        zoned(civil).map(Self::of)
    }

    /// From a date.
    pub fn from_date(date: Date) -> Option<Self> {
        Self::from_civil(date.at(0, 0, 0, 0))
    }

    /// The midnight with which its day begins.
    pub(super) fn midnight(self) -> Self {
        Self { seconds: self.seconds.div_euclid(DAY) * DAY, nanos: 0 }
    }
}

fn zoned(civil: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// A time of day in nanoseconds from midnight.
pub fn time_of_day(text: &str) -> Option<i64> {
    // ISO 8601 leaves the seconds out where there are none.
    let whole = if text.len() == 5 { Cow::Owned(format!("{text}:00")) } else { Cow::Borrowed(text) };
    let (seconds, nanos, _) = plain_time(whole.as_bytes()).filter(|(_, _, rest)| rest.is_empty())?;
    Some(seconds * 1_000_000_000 + i64::from(nanos))
}

/// A span of time: months are as long as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Calendar months.
    pub months: i64,
    /// Seconds beside them.
    pub seconds: i64,
    /// Nanoseconds beside them.
    pub nanos: i64,
}

impl Span {
    /// `30 days`, `1 hour 30 minutes`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut span = Self::default();
        let mut words = text.split_whitespace();
        let mut is_empty = true;
        while let Some(count) = words.next() {
            span = span.with(count.parse().ok()?, words.next()?)?;
            is_empty = false;
        }
        (!is_empty).then_some(span)
    }

    /// With so many more of a unit.
    pub(super) fn with(mut self, count: i64, unit: &str) -> Option<Self> {
        let unit = unit.to_ascii_lowercase();
        let unit = unit.strip_suffix('s').unwrap_or(&unit);
        let months = match unit {
            "month" | "mon" => 1,
            "quarter" => 3,
            "year" => 12,
            "decade" => 120,
            _ => 0,
        };
        let seconds = match unit {
            "second" | "sec" => 1,
            "minute" | "min" => 60,
            "hour" => 3600,
            "day" => DAY,
            "week" => 7 * DAY,
            _ => 0,
        };
        if months + seconds == 0 {
            return None;
        }
        self.months = self.months.checked_add(count.checked_mul(months)?)?;
        self.seconds = self.seconds.checked_add(count.checked_mul(seconds)?)?;
        Some(self)
    }

    /// The span the other way.
    pub(super) fn negated(self) -> Self {
        Self { months: -self.months, seconds: -self.seconds, nanos: -self.nanos }
    }

    /// The time between two moments.
    pub(super) fn between(from: Moment, to: Moment) -> Self {
        let seconds = to.seconds.saturating_sub(from.seconds);
        Self { months: 0, seconds, nanos: i64::from(to.nanos) - i64::from(from.nanos) }
    }

    /// Something to compare spans by: a month counts for 30 days, as in `PostgreSQL`.
    fn length(self) -> i128 {
        let seconds = i128::from(self.months) * 30 * i128::from(DAY) + i128::from(self.seconds);
        seconds * 1_000_000_000 + i128::from(self.nanos)
    }

    /// The moment that is so much later.
    pub(super) fn after(self, moment: Moment) -> Option<Moment> {
        let mut moved = moment;
        if self.months != 0 {
            let months = jiff::Span::new().try_months(self.months).ok()?;
            moved = Moment::from_civil(moment.civil()?.checked_add(months).ok()?)?;
        }
        let nanos = i64::from(moved.nanos) + self.nanos;
        let seconds = moved.seconds.checked_add(self.seconds)?.checked_add(nanos.div_euclid(1_000_000_000))?;
        Some(Moment { seconds, nanos: u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn dates_are_those_of_the_calendar(text in "[0-9]{4}-[0-1][0-9]-[0-3][0-9]") {
            let known = text.parse::<Date>().ok().and_then(Moment::from_date);
            prop_assert_eq!(Moment::date(&text), known);
        }

        #[test]
        fn moments_are_those_of_the_calendar(
            text in "[12][0-9]{3}-(0[1-9]|1[0-3])-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9]|)"
        ) {
            if let Some(plain) = Moment::plain(text.as_bytes()) {
                let slow = text.parse::<Timestamp>().ok().or_else(|| zoned(text.parse().ok()?)).map(Moment::of);
                prop_assert_eq!(Some(plain), slow);
            }
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in ["", "2026-02-29", "2026-01-31 25:00:00", "2026-01-31T12:00:00+99:00", "yesterday", "20260131"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::date("2026-02-29"), None);
        assert_eq!(Moment::date("2026-1-1"), None);
        assert_eq!(time_of_day("06:00"), time_of_day("06:00:00"));
        assert_eq!(time_of_day("24:00:00"), None);
    }

    #[test]
    fn spans_move_moments() {
        let at = |text| Moment::parse(text).unwrap();
        let moved = |text, span| Span::parse(span).unwrap().after(at(text));
        assert_eq!(moved("2026-01-31T12:00:00Z", "1 month"), Some(at("2026-02-28T12:00:00Z")));
        assert_eq!(moved("2026-01-31T12:00:00Z", "1 day 12 hours"), Some(at("2026-02-02T00:00:00Z")));
        assert_eq!(Span::parse("soon"), None);
        assert_eq!(Span::parse(""), None);
    }
}
