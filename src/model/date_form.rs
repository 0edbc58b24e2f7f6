//! How dates and times are written as text, where that is not ISO 8601.

use jiff::fmt::strtime::BrokenDownTime;

use super::DataType;

/// The form in which a field has its dates and times as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateForm {
    /// In the words of `strftime`.
    words: String,
    /// Whether a text has to have each digit that the form shows: `dd` is two digits.
    is_exact: bool,
}

/// What stands for ISO 8601, without anything but letters and digits.
const ISO: &[&str] =
    &["date", "datetime", "fulldate", "fulltime", "iso", "iso8601", "partialtime", "rfc3339", "time", "timestamp"];

impl DateForm {
    /// The form that a format says, in the letters of Unicode (UTS 35, as in Java's `DateTimeFormatter`: `dd.MM.yyyy`) or in the
    /// words of `strftime` (`%d.%m.%Y`); `None` where it is a name of ISO 8601.
    ///
    /// # Errors
    ///
    /// It is neither, or no value of the type can be read by it: what of it is not known, to follow "the format ...".
    pub fn of(format: &str, data_type: DataType) -> Result<Option<Self>, String> {
        let plain: String = format.chars().filter(char::is_ascii_alphanumeric).collect();
        if ISO.contains(&plain.to_ascii_lowercase().as_str()) {
            return Ok(None);
        }
        let (words, is_exact) =
            if format.contains('%') { (format.to_owned(), false) } else { (words_of(format)?, true) };
        let form = Self { words, is_exact };
        // What says nothing of a day or a time reads none.
        let some = jiff::civil::date(2001, 2, 3).at(4, 5, 6, 0).to_zoned(jiff::tz::TimeZone::UTC);
        let written = some.ok().and_then(|some| jiff::fmt::strtime::format(&form.words, &some).ok());
        let read = written.filter(|_| form.words.contains('%')).and_then(|written| form.read(&written));
        let Some(read) = read else { return Err("is none by which texts can be read".to_owned()) };
        let (is_whole, what) = match data_type {
            DataType::Date => (read.to_date().is_ok(), "which day it is"),
            DataType::Time => (read.to_time().is_ok(), "which time it is"),
            _ => (read.to_timestamp().is_ok() || read.to_datetime().is_ok(), "which day and which time it is"),
        };
        if is_whole { Ok(Some(form)) } else { Err(format!("does not say {what}")) }
    }

    /// A date as ISO 8601 writes it; `None` where the text is none in this form.
    pub fn date(&self, text: &str) -> Option<String> {
        Some(self.read(text)?.to_date().ok()?.to_string())
    }

    /// A date and a time as ISO 8601 writes them, in UTC where the text says how far it is from it.
    pub fn moment(&self, text: &str) -> Option<String> {
        let read = self.read(text)?;
        let instant = read.to_timestamp().map(|instant| instant.to_string());
        instant.or_else(|_| read.to_datetime().map(|moment| moment.to_string())).ok()
    }

    /// A time of day as ISO 8601 writes it.
    pub fn time(&self, text: &str) -> Option<String> {
        Some(self.read(text)?.to_time().ok()?.to_string())
    }

    fn read(&self, text: &str) -> Option<BrokenDownTime> {
        // UTC is also written `Z`, for which `strftime` has no word.
        let numbers = match text.strip_suffix('Z') {
            Some(rest) if self.words.ends_with("%:z") => Some(format!("{rest}+00:00")),
            Some(rest) if self.words.ends_with("%z") => Some(format!("{rest}+0000")),
            _ => None,
        };
        let text = numbers.as_deref().unwrap_or(text);
        let read = BrokenDownTime::parse(&self.words, text).ok()?;
        if self.is_exact {
            let again = read.to_string(&self.words).ok()?;
            return again.eq_ignore_ascii_case(text).then_some(read);
        }
        // A year of two digits is not one of the first century.
        (!self.words.contains("%Y") || read.year().is_none_or(|year| year > 999)).then_some(read)
    }
}

/// Letters of Unicode in the words of `strftime`.
fn words_of(format: &str) -> Result<String, String> {
    let mut words = String::new();
    let letters: Vec<char> = format.chars().collect();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        if letter == '\'' {
            at = quoted(&letters, at, &mut words)?;
            continue;
        }
        if !letter.is_ascii_alphabetic() {
            if matches!(letter, '[' | ']' | '{' | '}' | '#') {
                return Err(format!("has `{letter}`, which pact does not know in it"));
            }
            words.push(letter);
            at += 1;
            continue;
        }
        let count = letters.get(at..).unwrap_or_default().iter().take_while(|other| **other == letter).count();
        let fraction;
        let word = match (letter, count) {
            ('y' | 'u', 4) => "%Y",
            ('y' | 'u', 2) => "%y",
            ('M' | 'L', 1) => "%-m",
            ('M' | 'L', 2) => "%m",
            ('M' | 'L', 3) => "%b",
            ('M' | 'L', 4) => "%B",
            ('d', 1) => "%-d",
            ('d', 2) => "%d",
            ('D', 3) => "%j",
            ('E', 1..=3) => "%a",
            ('E', 4) => "%A",
            ('H', 1) => "%-H",
            ('H', 2) => "%H",
            ('h', 1) => "%-I",
            ('h', 2) => "%I",
            ('m', 1) => "%-M",
            ('m', 2) => "%M",
            ('s', 1) => "%-S",
            ('s', 2) => "%S",
            ('S', 1..=9) => {
                fraction = format!("%{count}f");
                &fraction
            }
            ('a', 1) => "%p",
            ('X' | 'x', 3) | ('Z', 5) => "%:z",
            ('X' | 'x', 2) | ('Z', 1..=3) => "%z",
            _ => {
                let run: String = letters.iter().skip(at).take(count).collect();
                return Err(format!("has `{run}`, which pact does not know in it"));
            }
        };
        words.push_str(word);
        at += count;
    }
    Ok(words)
}

/// Adds a text between quotes, in which two quotes are one; the place behind it.
fn quoted(letters: &[char], start: usize, words: &mut String) -> Result<usize, String> {
    let mut at = start + 1;
    if letters.get(at) == Some(&'\'') {
        words.push('\'');
        return Ok(at + 1);
    }
    loop {
        match (letters.get(at), letters.get(at + 1)) {
            (Some('\''), Some('\'')) => {
                words.push('\'');
                at += 2;
            }
            (Some('\''), _) => return Ok(at + 1),
            (Some(letter), _) => {
                words.push(*letter);
                at += 1;
            }
            (None, _) => return Err("has a quote that is never closed".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_form_that_is_said() {
        for (format, text, expected) in [
            ("dd.MM.yyyy", "31.01.2026", Some("2026-01-31")),
            ("dd.MM.yyyy", "31.01.26", None),
            ("dd.MM.yyyy", "1.1.2026", None),
            ("d.M.yyyy", "1.1.2026", Some("2026-01-01")),
            ("d.M.yyyy", "01.1.2026", None),
            ("MM/dd/yy", "01/31/26", Some("2026-01-31")),
            ("d MMM yyyy", "3 Feb 2026", Some("2026-02-03")),
            ("d MMM yyyy", "3 feb 2026", Some("2026-02-03")),
            ("EEEE, d MMMM yyyy", "Tuesday, 3 February 2026", Some("2026-02-03")),
            ("yyyy'Q''s' DDD", "2026Q's 034", Some("2026-02-03")),
            ("uuuuMMdd", "20260203", Some("2026-02-03")),
            ("%d.%m.%Y", "1.1.2026", Some("2026-01-01")),
            ("%d.%m.%Y", "31.01.26", None),
            ("%d.%m.%y", "31.01.26", Some("2026-01-31")),
        ] {
            let form = DateForm::of(format, DataType::Date).unwrap().unwrap();
            assert_eq!(form.date(text).as_deref(), expected, "{format}: {text}");
        }
    }

    #[test]
    fn moments_have_fractions_and_zones() {
        for (format, text, expected) in [
            ("yyyy-MM-dd HH:mm:ss.SSS", "2026-02-03 04:05:06.070", Some("2026-02-03T04:05:06.07")),
            ("yyyy-MM-dd HH:mm:ss.SSS", "2026-02-03 04:05:06.07", None),
            ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-02-03T04:05:06+02:00", Some("2026-02-03T02:05:06Z")),
            ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-02-03T04:05:06Z", Some("2026-02-03T04:05:06Z")),
            ("yyyy-MM-dd HH:mm:ssZ", "2026-02-03 04:05:06-0130", Some("2026-02-03T05:35:06Z")),
            ("MM/dd/yyyy hh:mm a", "02/03/2026 04:05 PM", Some("2026-02-03T16:05:00")),
            ("MM/dd/yyyy hh:mm a", "02/03/2026 16:05 PM", None),
            ("dd.MM.yyyy HH:mm", "03.02.2026 24:00", None),
        ] {
            let form = DateForm::of(format, DataType::Timestamp).unwrap().unwrap();
            assert_eq!(form.moment(text).as_deref(), expected, "{format}: {text}");
        }
        let form = DateForm::of("HH.mm", DataType::Time).unwrap().unwrap();
        assert_eq!(form.time("14.30").as_deref(), Some("14:30:00"));
    }

    #[test]
    fn what_is_no_form_is_told() {
        for format in [
            "QQ yyyy",
            "yyyy-MM-dd[ HH]",
            "'yyyy",
            "epoch",
            "email",
            "%",
            "%Y%",
            "",
            "--",
            "dd.mm.yyyy",
            "MMM-yy",
            "yyyy",
            "%Q",
        ] {
            let form = DateForm::of(format, DataType::Date);
            assert!(form.is_err(), "{format}: {form:?}");
        }
        assert!(DateForm::of("HH:mm", DataType::Datetime).is_err());
        for iso in ["date", "date-time", "ISO 8601", "rfc3339"] {
            assert_eq!(DateForm::of(iso, DataType::Date), Ok(None), "{iso}");
        }
    }
}
