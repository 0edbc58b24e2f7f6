//! `/metrics` in the Prometheus text format 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>), as far as the numbers of a dataset
//! need it. The names that pact knows are listed in `docs/data-service.md`; all others are passed over.

use jiff::Timestamp;

use super::{Completeness, DatasetMetrics, Freshness, Metrics, Uptime};

/// Reads the text.
///
/// # Errors
///
/// The line that is not of this format, or that nothing pact knows is in it.
pub(super) fn read(text: &str) -> Result<Metrics, String> {
    let mut metrics = Metrics::default();
    let mut known = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let sample = sample(line).ok_or_else(|| format!("line {} is no sample", index + 1))?;
        known |= take(&mut metrics, &sample).map_err(|error| format!("line {}: {error}", index + 1))?;
    }
    if known { Ok(metrics) } else { Err("no metric that pact knows is in it".to_owned()) }
}

/// One line: a name, labels and a value.
struct Sample<'a> {
    name: &'a str,
    labels: Vec<(&'a str, String)>,
    value: f64,
}

impl Sample<'_> {
    fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | ':'))
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':'))
}

fn sample(line: &str) -> Option<Sample<'_>> {
    let end = line.find(|letter: char| letter == '{' || letter.is_whitespace())?;
    let (name, rest) = line.split_at_checked(end)?;
    let rest = rest.trim_start();
    let (labels, rest) = match rest.strip_prefix('{') {
        Some(inner) => labels(inner)?,
        None => (Vec::new(), rest),
    };
    // A value may be followed by the time at which it was taken, in milliseconds.
    let mut words = rest.split_whitespace();
    let value = words.next()?.parse().ok()?;
    let time_is_sound = words.next().is_none_or(|time| time.parse::<f64>().is_ok());
    (is_name(name) && time_is_sound && words.next().is_none()).then_some(Sample { name, labels, value })
}

/// Labels and what stands behind their `}`.
fn labels(mut text: &str) -> Option<(Vec<(&str, String)>, &str)> {
    let mut labels = Vec::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix('}') {
            return Some((labels, rest));
        }
        let (name, rest) = text.split_once('=')?;
        let (value, rest) = quoted(rest.trim_start().strip_prefix('"')?)?;
        labels.push((name.trim(), value));
        text = rest.trim_start();
        text = text.strip_prefix(',').unwrap_or(text);
    }
}

/// A value up to its closing quote, and what stands behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, text.get(at + 1..)?)),
            '\\' => match letters.next()?.1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

/// A count that came as a number of any kind.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just before")]
pub(super) fn whole(value: f64) -> Option<u64> {
    let fits = value >= 0.0 && value.fract() == 0.0 && value < 9e15;
    fits.then_some(value as u64)
}

/// Takes a number over; says whether it is one that pact knows. A value that can't be used spoils nothing but itself.
fn take(metrics: &mut Metrics, sample: &Sample<'_>) -> Result<bool, String> {
    let odd = |wanted: &str| format!("`{}` in /metrics is {}, not {wanted}", sample.name, sample.value);
    if sample.name == "service_uptime_ratio" {
        let (share, odd) =
            if sample.value.is_finite() { (Some(sample.value * 100.0), None) } else { (None, Some(odd("a share"))) };
        metrics.availability = Some(Uptime { uptime_percentage: share, unreadable: odd });
        return Ok(true);
    }
    let is_known = matches!(
        sample.name,
        "dataset_rows" | "dataset_last_update_timestamp_seconds" | "dataset_field_completeness_ratio"
    );
    if !is_known {
        return Ok(false);
    }
    // A sample without a dataset is of the only one.
    let own = sample.label("dataset").map(|name| metrics.datasets.entry(name.to_owned()).or_default());
    let numbers: &mut DatasetMetrics = own.unwrap_or(&mut metrics.only);
    match sample.name {
        "dataset_rows" => match whole(sample.value) {
            Some(rows) => numbers.row_count = Some(rows),
            None => numbers.is_odd("row_count", odd("a number of rows")),
        },
        "dataset_last_update_timestamp_seconds" => {
            let time = jiff::SignedDuration::try_from_secs_f64(sample.value).ok();
            let time = time.and_then(|time| Timestamp::from_duration(time).ok());
            match time {
                Some(time) => {
                    let last_update = Some(time.to_string());
                    numbers.freshness = Some(Freshness { last_update, seconds_since_update: None });
                }
                None => numbers.is_odd("freshness", odd("a time")),
            }
        }
        _ => {
            let field = sample.label("field").ok_or("the label `field` is missing")?.to_owned();
            let completeness = numbers.completeness.get_or_insert_with(Completeness::default);
            if sample.value.is_finite() {
                completeness.field_completeness.insert(field, Some(sample.value * 100.0));
            } else {
                completeness.unreadable.insert(field, odd("a share"));
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_dataset_are_read() {
        let text = "# HELP dataset_rows Rows.\n# TYPE dataset_rows gauge\ndataset_rows 1200\n\
            dataset_last_update_timestamp_seconds 1.7672256e9 1767225600000\n\
            dataset_field_completeness_ratio{field=\"order_id\"} 1\n\
            dataset_field_completeness_ratio { field = \"no\\\"te\\\\\" , } 0.5\n\
            go_goroutines 12\nprocess_x{a=\"}\"} NaN\nservice_uptime_ratio 0.999\n";
        let metrics = read(text).unwrap();
        assert_eq!(metrics.only.rows(), Some(1200));
        let last = metrics.only.freshness.unwrap().last_update.unwrap();
        assert_eq!(last, "2026-01-01T00:00:00Z");
        let shares = metrics.only.completeness.unwrap().field_completeness;
        assert_eq!((shares["order_id"], shares["no\"te\\"]), (Some(100.0), Some(50.0)));
        assert_eq!(metrics.availability.unwrap().uptime_percentage, Some(99.9));
    }

    #[test]
    fn datasets_are_told_apart_by_their_label() {
        let metrics = read("dataset_rows{dataset=\"a\"} 1\ndataset_rows{dataset=\"b\"} 2\n").unwrap();
        assert_eq!((metrics.datasets["a"].rows(), metrics.datasets["b"].rows()), (Some(1), Some(2)));
    }

    #[test]
    fn a_value_that_is_none_is_told_from_none_at_all() {
        let text = "dataset_rows -1\ndataset_last_update_timestamp_seconds NaN\nservice_uptime_ratio +Inf\n\
            dataset_field_completeness_ratio{field=\"a\"} NaN\n";
        let metrics = read(text).unwrap();
        let numbers = metrics.only;
        assert_eq!(numbers.why_not("row_count"), Some("`dataset_rows` in /metrics is -1, not a number of rows"));
        let sentence = "`dataset_last_update_timestamp_seconds` in /metrics is NaN, not a time";
        assert_eq!(numbers.why_not("freshness"), Some(sentence));
        let sentence = "`dataset_field_completeness_ratio` in /metrics is NaN, not a share";
        assert_eq!(numbers.completeness.unwrap().unreadable["a"], sentence);
        let sentence = "`service_uptime_ratio` in /metrics is inf, not a share";
        assert_eq!(metrics.availability.unwrap().unreadable.as_deref(), Some(sentence));
        assert!(read("dataset_last_update_timestamp_seconds 1e300").unwrap().only.why_not("freshness").is_some());
    }

    #[test]
    fn what_is_not_the_format_is_said_with_its_line() {
        let cases = [
            ("sign in please", "line 1 is no sample"),
            ("dataset_rows 1\n\ndataset_rows{", "line 3 is no sample"),
            ("dataset_rows{a=\"x} 1", "line 1 is no sample"),
            ("dataset_rows 1 2 3", "line 1 is no sample"),
            ("9lives 1", "line 1 is no sample"),
            ("dataset_field_completeness_ratio 1", "line 1: the label `field` is missing"),
            ("go_goroutines 12", "no metric that pact knows is in it"),
            ("", "no metric that pact knows is in it"),
        ];
        for (text, expected) in cases {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
    }
}
