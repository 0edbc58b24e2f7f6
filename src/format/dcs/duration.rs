//! Durations: in words (`24 hours`, `30d`) and by ISO 8601 (`PT1H30M`).

/// A duration as one number of one unit, in the units that service levels of the ODCS use.
pub(super) fn parse(text: &str) -> Option<(i128, &'static str)> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix(['P', 'p']) { iso(rest) } else { words(text) }
}

/// A duration in the words of the native format: `24 hours`, `1 week`.
pub(super) fn in_words(text: &str) -> Option<String> {
    let (number, unit) = match text.trim().to_lowercase().as_str() {
        "hourly" => (1, "h"),
        "daily" => (1, "d"),
        "weekly" => (1, "w"),
        "monthly" => (1, "mo"),
        "yearly" => (1, "y"),
        _ => parse(text)?,
    };
    let unit = match unit {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        _ => "year",
    };
    Some(format!("{number} {unit}{}", if number == 1 { "" } else { "s" }))
}

fn words(text: &str) -> Option<(i128, &'static str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = match unit.trim().to_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" => "min",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        "mo" | "month" | "months" => "mo",
        "y" | "yr" | "yrs" | "year" | "years" => "y",
        _ => return None,
    };
    Some((number.parse().ok()?, unit))
}

/// The parts of a duration are one number where they are months, or days and times.
fn iso(text: &str) -> Option<(i128, &'static str)> {
    let mut parts: Vec<(i128, &'static str)> = Vec::new();
    let mut is_time = false;
    let mut number = String::new();
    for letter in text.chars() {
        match letter.to_ascii_uppercase() {
            'T' if number.is_empty() && !is_time => is_time = true,
            digit if digit.is_ascii_digit() => number.push(digit),
            letter => {
                let unit = match (letter, is_time) {
                    ('Y', false) => "y",
                    ('M', false) => "mo",
                    ('W', false) => "w",
                    ('D', false) => "d",
                    ('H', true) => "h",
                    ('M', true) => "min",
                    ('S', true) => "s",
                    _ => return None,
                };
                parts.push((std::mem::take(&mut number).parse().ok()?, unit));
            }
        }
    }
    if !number.is_empty() {
        return None;
    }
    parts.retain(|(count, _)| *count != 0);
    let (_, smallest) = *parts.last()?;
    // How many of the smallest unit one of another has; months have no fixed length.
    let size = |unit: &str| match unit {
        "y" => Some((12, true)),
        "mo" => Some((1, true)),
        "w" => Some((604_800, false)),
        "d" => Some((86_400, false)),
        "h" => Some((3_600, false)),
        "min" => Some((60, false)),
        "s" => Some((1, false)),
        _ => None,
    };
    let (base, in_months) = size(smallest)?;
    let mut total: i128 = 0;
    for (count, unit) in parts {
        let (size, months) = size(unit)?;
        if months != in_months {
            return None;
        }
        total = total.checked_add(count.checked_mul(size)?)?;
    }
    Some((total / base, smallest))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn durations_are_one_number_of_one_unit() {
        for (text, expected) in [
            ("PT1H30M", Some((90, "min"))),
            ("P1M", Some((1, "mo"))),
            ("PT1M", Some((1, "min"))),
            ("P1Y6M", Some((18, "mo"))),
            ("P1DT12H", Some((36, "h"))),
            ("P1Y", Some((1, "y"))),
            ("P2W", Some((2, "w"))),
            ("P1M10D", None),
            ("PT", None),
            ("P1H", None),
            ("25h", Some((25, "h"))),
            ("24 hours", Some((24, "h"))),
            ("5m", Some((5, "min"))),
            ("1 year", Some((1, "y"))),
            ("daily", None),
            ("", None),
            ("P99999999999999999999999999999999999999999Y", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
