//! Quantities as people write them (`99.5%`, `15 minutes`, `1000 rows`) and what they measure.

use std::fmt;

use jiff::{SignedDuration, Span, SpanRelativeTo, Unit};

/// A quantity as it was written. It is read when it is needed, so that an unreadable one is a finding of the linter and
/// no reason to refuse the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The text of the contract, or a plain number as text.
    pub text: String,
}

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// A share in percent: `99.5%` is 99.5.
    Percent(f64),
    /// A span of time. A day has 24 hours, a month 30.436875 days and a year 365.2425 days (the Gregorian mean).
    Duration(SignedDuration),
    /// A number without a unit, or of rows.
    Count(f64),
    /// So many of something a second: `60 req/min` is 1 request a second.
    Rate(f64, Counted),
}

/// What a rate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Nothing is named: `10/s`.
    Things,
    /// Requests, calls, queries.
    Requests,
    /// Rows, records.
    Rows,
    /// Events.
    Events,
    /// Messages.
    Messages,
    /// Bytes, of whatever multiple.
    Bytes,
}

/// A quantity that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The text as it was written.
    pub text: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` is no share (99.5%), no time (15 minutes), no rate (10 req/s) and no number", self.text)
    }
}

impl Quantity {
    /// A quantity from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// What the text measures.
    ///
    /// Shares end in `%` and have a point before their fraction; times are what jiff's "friendly" format and ISO 8601 take (`15 minutes`, `1h 30m`, `PT15M`;
    /// <https://docs.rs/jiff/latest/jiff/fmt/friendly/index.html>); numbers may have the unit `rows`, and `_` or `,`
    /// between thousands; rates are a number of something in a unit of time (`1000 rows/s`, `60 req/min`, `10 MB per
    /// second`).
    ///
    /// # Errors
    ///
    /// The text is none of these, or is negative.
    pub fn measure(&self) -> Result<Measure, Unreadable> {
        let text = self.text.trim();
        let unreadable = || Unreadable { text: self.text.clone() };
        let measure = if let Some(share) = text.strip_suffix('%') {
            // `99,5%` is no 995 %: a share has no thousands.
            Measure::Percent(number(share).filter(|_| !share.contains(',')).ok_or_else(unreadable)?)
        } else if let Some((amount, time)) = text.split_once('/').or_else(|| text.split_once(" per ")) {
            let ((amount, counted), seconds) = amount_of(amount).zip(seconds_of(time)).ok_or_else(unreadable)?;
            Measure::Rate(amount / seconds, counted)
        } else if let Some(count) =
            number(text.strip_suffix("rows").or_else(|| text.strip_suffix("row")).unwrap_or(text))
        {
            Measure::Count(count)
        } else {
            Measure::Duration(duration(text).ok_or_else(unreadable)?)
        };
        let negative = match measure {
            Measure::Percent(value) | Measure::Count(value) | Measure::Rate(value, _) => value < 0.0,
            Measure::Duration(value) => value.is_negative(),
        };
        if negative { Err(unreadable()) } else { Ok(measure) }
    }

    /// The share in percent, if it is one.
    pub fn percent(&self) -> Option<f64> {
        if let Ok(Measure::Percent(share)) = self.measure() { Some(share) } else { None }
    }

    /// The span of time, if it is one.
    pub fn duration(&self) -> Option<SignedDuration> {
        if let Ok(Measure::Duration(time)) = self.measure() { Some(time) } else { None }
    }

    /// Whether it is a time that is written in months or years, whose length depends on the calendar.
    pub fn has_calendar_units(&self) -> bool {
        let span: Option<Span> = plain_span(self.text.trim()).parse().ok();
        span.is_some_and(|span| span.get_months() != 0 || span.get_years() != 0)
    }

    /// How many of what a second, if it is a rate.
    pub fn rate(&self) -> Option<(f64, Counted)> {
        if let Ok(Measure::Rate(amount, counted)) = self.measure() { Some((amount, counted)) } else { None }
    }

    /// The plain number, if it is one.
    pub fn count(&self) -> Option<f64> {
        if let Ok(Measure::Count(count)) = self.measure() { Some(count) } else { None }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | '-' | '+')) {
        return None;
    }
    if !has_thousands(text) {
        return None;
    }
    let value: f64 = text.replace(['_', ','], "").parse().ok()?;
    value.is_finite().then_some(value)
}

/// Whether commas, if there are any, stand between thousands: `12,500` is a number, and `12,5` may be meant as a fraction.
fn has_thousands(text: &str) -> bool {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let mut is_single = true;
    let all = groups.all(|group| {
        is_single = false;
        is_group(group)
    });
    all && !behind.contains(',') && (is_single || (1..=3).contains(&first.len()))
}

/// The amount in a rate, and what it counts.
fn amount_of(text: &str) -> Option<(f64, Counted)> {
    let text = text.trim();
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '_' | ',')));
    let (amount, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = unit.trim();
    let times = |factor: f64, counted| Some((number(amount)? * factor, counted));
    match unit {
        "B" => return times(1.0, Counted::Bytes),
        "kB" | "KB" => return times(1e3, Counted::Bytes),
        "MB" => return times(1e6, Counted::Bytes),
        "GB" => return times(1e9, Counted::Bytes),
        "KiB" => return times(1_024.0, Counted::Bytes),
        "MiB" => return times(1_048_576.0, Counted::Bytes),
        "GiB" => return times(1_073_741_824.0, Counted::Bytes),
        _ => {}
    }
    let counted = match unit.to_lowercase().as_str() {
        "" => Counted::Things,
        "req" | "reqs" | "request" | "requests" | "call" | "calls" | "query" | "queries" => Counted::Requests,
        "row" | "rows" | "record" | "records" => Counted::Rows,
        "event" | "events" => Counted::Events,
        "message" | "messages" | "msg" | "msgs" => Counted::Messages,
        "byte" | "bytes" => Counted::Bytes,
        _ => return None,
    };
    times(1.0, counted)
}

/// The unit of time of a rate.
fn seconds_of(unit: &str) -> Option<f64> {
    match unit.trim().to_lowercase().as_str() {
        "s" | "sec" | "second" => Some(1.0),
        "m" | "min" | "minute" => Some(60.0),
        "h" | "hour" => Some(3_600.0),
        "d" | "day" => Some(86_400.0),
        _ => None,
    }
}

/// Jiff knows no "every": a single unit stands for one of it.
fn plain_span(text: &str) -> &str {
    match text {
        "hourly" => "1 hour",
        "daily" => "1 day",
        "weekly" => "1 week",
        "monthly" => "1 month",
        other => other,
    }
}

fn duration(text: &str) -> Option<SignedDuration> {
    let span: Span = plain_span(text).parse().ok()?;
    // Calendar units have no fixed length without a date; the Gregorian mean compares them well enough for promises.
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let rest = span.years(0).months(0);
    let seconds = rest.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "months fit a f64 exactly")]
    SignedDuration::try_from_secs_f64(seconds + months as f64 * 30.436_875 * 86_400.0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_read() {
        let minutes = |count| Measure::Duration(SignedDuration::from_mins(count));
        let cases = [
            ("99.5%", Measure::Percent(99.5)),
            ("99.9 %", Measure::Percent(99.9)),
            ("15 minutes", minutes(15)),
            ("15m", minutes(15)),
            ("1 hour 30 minutes", minutes(90)),
            ("PT15M", minutes(15)),
            ("30 days", minutes(30 * 24 * 60)),
            ("2 weeks", minutes(14 * 24 * 60)),
            ("daily", minutes(24 * 60)),
            ("1000", Measure::Count(1000.0)),
            ("1_000 rows", Measure::Count(1000.0)),
            ("12,500", Measure::Count(12500.0)),
            ("60 req/min", Measure::Rate(1.0, Counted::Requests)),
            ("3,600 calls / hour", Measure::Rate(1.0, Counted::Requests)),
            ("1000 rows per second", Measure::Rate(1000.0, Counted::Rows)),
            ("5 MB/s", Measure::Rate(5e6, Counted::Bytes)),
            ("2/s", Measure::Rate(2.0, Counted::Things)),
        ];
        for (text, measure) in cases {
            assert_eq!(Quantity::new(text).measure(), Ok(measure), "{text}");
        }
    }

    #[test]
    fn a_year_is_twelve_months() {
        assert_eq!(Quantity::new("1 year").duration(), Quantity::new("12 months").duration());
        assert!(Quantity::new("7 years").duration() > Quantity::new("5 years").duration());
    }

    #[test]
    fn nonsense_is_unreadable() {
        for text in [
            "",
            "soon",
            "99,5 percent",
            "99,5%",
            "99,500%",
            "12,5",
            "1,2345",
            "1,000,5",
            "1.5,000",
            "-5%",
            "-5 minutes",
            "NaN",
            "inf",
            "1e999",
            "%",
            "5 parsecs",
            "/",
            "1/",
            "x/min",
            "1/fortnight",
            "5 apples/s",
            "-1/s",
        ] {
            assert!(Quantity::new(text).measure().is_err(), "{text}");
        }
    }
}
