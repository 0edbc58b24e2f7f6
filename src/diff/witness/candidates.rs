//! Values worth trying, the smallest and most telling first. Each is tried on both sides, so that none has to be right.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::constraints::{bounds, patterns};
use super::numbers;
use crate::diff::language::{Difference, Languages};
use crate::model::values::limit;
use crate::model::{ConstraintKind, DataType, Field, Literal, PhysicalType};

/// What a change of a field is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Null,
    Type,
    /// A least or greatest value: the kinds of constraints.
    Bound(&'static [&'static str]),
    Length,
    Items,
    Pattern,
    Steps,
    Listed,
    Unique,
}

const LOWER: &[&str] = &["min", "exclusive_min"];
const UPPER: &[&str] = &["max", "exclusive_max"];
const EITHER: &[&str] = &["min", "exclusive_min", "max", "exclusive_max"];

/// What codes are about, by how they start.
const TOPICS: &[(&str, Topic)] = &[
    ("field-became-", Topic::Null),
    ("element-became-", Topic::Null),
    ("type-", Topic::Type),
    ("minimum-", Topic::Bound(LOWER)),
    ("maximum-", Topic::Bound(UPPER)),
    ("bound-", Topic::Bound(EITHER)),
    ("min-length-", Topic::Length),
    ("max-length-", Topic::Length),
    ("min-items-", Topic::Items),
    ("max-items-", Topic::Items),
    ("multiple-of-", Topic::Steps),
    ("enum-", Topic::Listed),
    ("const-", Topic::Listed),
    ("unique-items-", Topic::Unique),
];

impl Topic {
    pub(super) fn of(code: &str) -> Option<Self> {
        TOPICS.iter().find(|(start, _)| code.starts_with(start)).map(|(_, topic)| *topic)
    }

    /// Whether a constraint of a kind can be what the change is about.
    pub(super) fn is_about(self, kind: ConstraintKind) -> bool {
        let kinds: &[&str] = match self {
            Self::Null | Self::Type => &[],
            Self::Bound(kinds) => kinds,
            Self::Length => &["min_length", "max_length"],
            Self::Items => &["min_items", "max_items"],
            Self::Pattern => &["regex"],
            Self::Steps => &["multiple_of"],
            Self::Listed => &["enum", "const"],
            Self::Unique => &["unique_items"],
        };
        kinds.contains(&kind.name())
    }
}

/// Texts longer than this are not made, in characters.
const LONGEST_TEXT: usize = 100_000;
/// Lists longer than this are not made.
const LONGEST_LIST: usize = 1_000;
/// Texts longer than this are not looked for in patterns, in characters.
const LONGEST_MATCH: usize = 300;
/// So many values of a list of allowed ones are tried.
const MOST_LISTED: usize = 50;

fn text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn texts(texts: &[&str]) -> Vec<Literal> {
    texts.iter().map(|one| text(one)).collect()
}

/// Values to try. `noted` is what the change shows for the side on which the value is to be legal.
pub(super) fn of(topic: Topic, legal: &Field, illegal: &Field, noted: Option<&Literal>) -> Vec<Literal> {
    match topic {
        Topic::Null => vec![Literal::Null],
        Topic::Type => typed(legal, illegal),
        Topic::Bound(_) | Topic::Steps => {
            let mut values = temporal(legal, illegal);
            values.extend(numbers::near(legal, illegal));
            values.extend(listed(legal));
            values
        }
        Topic::Length => {
            let short = listed(legal).into_iter();
            short.chain(lengths(legal, illegal, LONGEST_TEXT).into_iter().flat_map(of_length)).collect()
        }
        Topic::Items => lists(legal, illegal),
        Topic::Unique => samples(legal.items.as_deref().unwrap_or(legal)).into_iter().map(twice).collect(),
        Topic::Listed => {
            let mut values = match noted {
                Some(Literal::List(values)) => values.iter().take(MOST_LISTED).cloned().collect(),
                Some(value) => vec![value.clone()],
                None => Vec::new(),
            };
            values.extend(listed(legal));
            values.extend(texts(&["other", "Other", "OTHER", "x", "X", ""]));
            values.extend(samples(legal));
            values.extend(numbers::near(legal, illegal));
            values
        }
        Topic::Pattern => listed(legal),
    }
}

/// Values that a field may well accept.
pub(super) fn samples(field: &Field) -> Vec<Literal> {
    let mut values = vec![Literal::Int(1), text("a"), text("A1")];
    values.extend(by_type());
    values.extend(listed(field));
    values.extend(numbers::near(field, field));
    values.extend(temporal(field, field));
    values.extend(lengths(field, field, LONGEST_MATCH).into_iter().flat_map(of_length));
    values
}

/// A value of each type.
fn by_type() -> Vec<Literal> {
    let mut values = vec![text("abc"), Literal::Bool(true), Literal::Int(1), Literal::Float(0.5), Literal::Int(-1)];
    values.extend(texts(&[
        "2026-01-31",
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00",
        "12:00:00",
        "00000000-0000-4000-8000-000000000001",
        "1",
        "a",
        "",
    ]));
    values.push(Literal::List(Vec::new()));
    values.push(Literal::List(vec![Literal::Int(1)]));
    values.push(Literal::List(vec![text("a")]));
    values
}

fn typed(legal: &Field, illegal: &Field) -> Vec<Literal> {
    let mut values = numbers::of_digits(legal, illegal);
    values.extend(rooms(legal, illegal));
    values.extend(by_type());
    values.extend(listed(legal));
    values.extend(numbers::near(legal, illegal));
    values.extend(temporal(legal, illegal));
    values.extend(lengths(legal, illegal, LONGEST_MATCH).into_iter().flat_map(of_length));
    values
}

/// The smallest values that have no room in the physical type of a side: one character or one unit too much.
fn rooms(legal: &Field, illegal: &Field) -> Vec<Literal> {
    let kinds = [illegal, legal].into_iter().filter_map(Field::physical);
    kinds
        .flat_map(|physical| match physical.kind {
            PhysicalType::Text { length: Some(length), .. } => {
                let lengths = usize::try_from(length).ok().filter(|length| *length < LONGEST_TEXT);
                lengths.map_or_else(Vec::new, |length| of_length(length + 1))
            }
            PhysicalType::Integer { bits: Some(bits), signed } => {
                let end = bits.checked_sub(u32::from(signed)).and_then(|powers| 1i128.checked_shl(powers));
                end.filter(|end| *end > 0).map(Literal::Int).into_iter().chain([Literal::Int(-1)]).collect()
            }
            PhysicalType::Decimal(Some(digits)) => {
                let whole = u32::try_from(digits.whole()).ok().and_then(|whole| 10i128.checked_pow(whole));
                let smallest = u32::try_from(digits.scale).ok().and_then(numbers::behind);
                whole.map(Literal::Int).into_iter().chain(smallest).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

/// What the field itself lists.
fn listed(field: &Field) -> Vec<Literal> {
    let lists = field.constraints.iter().filter(|constraint| Topic::Listed.is_about(constraint.kind));
    lists
        .flat_map(|constraint| match &constraint.value {
            Literal::List(values) => values.iter().take(MOST_LISTED).cloned().collect(),
            value => vec![value.clone()],
        })
        .collect()
}

fn twice(value: Literal) -> Literal {
    Literal::List(vec![value.clone(), value])
}

fn counts(legal: &Field, illegal: &Field, kinds: &[&str], most: usize) -> Vec<usize> {
    let limits = bounds([illegal, legal], kinds).filter_map(limit);
    let near = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    let mut counts: Vec<usize> = near.chain([0, 1]).filter(|count| *count <= most).collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

/// Lengths around the bounds of both sides, the shortest first.
fn lengths(legal: &Field, illegal: &Field, most: usize) -> Vec<usize> {
    counts(legal, illegal, &["min_length", "max_length"], most)
}

fn of_length(length: usize) -> Vec<Literal> {
    ["a", "A", "1"].iter().map(|letter| Literal::Text(letter.repeat(length))).collect()
}

fn lists(legal: &Field, illegal: &Field) -> Vec<Literal> {
    let counts = counts(legal, illegal, &["min_items", "max_items"], LONGEST_LIST);
    let numbers = |count| -> Vec<Literal> { (1..=count as i128).map(Literal::Int).collect() };
    let names = |count| -> Vec<Literal> { (1..=count).map(|index| text(&format!("a{index}"))).collect() };
    let mut lists: Vec<Literal> = Vec::new();
    let items = legal.items.as_deref().map(samples).unwrap_or_default();
    for count in counts {
        lists.push(Literal::List(numbers(count)));
        lists.push(Literal::List(names(count)));
        let same = items.iter().skip(2).take(12).map(|item| Literal::List(vec![item.clone(); count]));
        lists.extend(same);
    }
    lists
}

/// Moments around the bounds of both sides.
fn temporal(legal: &Field, illegal: &Field) -> Vec<Literal> {
    let near = |bound: &Literal| -> Vec<String> {
        let Some(text) = bound.text() else { return Vec::new() };
        let second = SignedDuration::from_secs(1);
        match legal.data_type {
            DataType::Date => text.parse::<Date>().map_or_else(
                |_| Vec::new(),
                |date| {
                    [date.tomorrow(), date.yesterday(), Ok(date)].into_iter().flatten().map(|d| d.to_string()).collect()
                },
            ),
            DataType::Time => text.parse::<Time>().map_or_else(
                |_| Vec::new(),
                |time| {
                    vec![time.wrapping_add(second).to_string(), time.wrapping_sub(second).to_string(), time.to_string()]
                },
            ),
            DataType::Datetime | DataType::Timestamp => around(text, second),
            _ => Vec::new(),
        }
    };
    bounds([illegal, legal], EITHER).flat_map(near).map(Literal::Text).collect()
}

fn around(text: &str, step: SignedDuration) -> Vec<String> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        let moments = [moment.checked_add(step), moment.checked_sub(step), Ok(moment)];
        return moments.into_iter().flatten().map(|moment| moment.to_string()).collect();
    }
    let Ok(moment) = text.parse::<DateTime>() else { return Vec::new() };
    let moments = [moment.checked_add(step), moment.checked_sub(step), Ok(moment)];
    moments.into_iter().flatten().map(|moment| moment.to_string()).collect()
}

/// The lengths that a field allows, as a pattern; `None` where they are beyond what a pattern should count.
fn length_pattern(field: &Field) -> Option<String> {
    let limits = |kind: &[&str]| -> Vec<usize> { bounds([field, field], kind).filter_map(limit).collect() };
    let least = limits(&["min_length"]).into_iter().max().unwrap_or(0);
    let most = limits(&["max_length"]).into_iter().min().filter(|most| *most <= LONGEST_MATCH);
    let most = most.map_or_else(String::new, |most| most.to_string());
    (least <= LONGEST_MATCH).then(|| format!(r"^(?s:.){{{least},{most}}}$"))
}

/// A text that the patterns and lengths of one side allow, and the patterns of the other do not.
pub(super) fn text_of_pattern(legal: &Field, illegal: &Field, languages: &mut Languages) -> Option<String> {
    let length = length_pattern(legal)?;
    let inside: Vec<&str> = patterns(legal).into_iter().chain([length.as_str()]).collect();
    found(languages.difference(&inside, &patterns(illegal)))
}

/// A text that the patterns and lengths of one side allow, and the lengths of the other do not.
pub(super) fn text_of_length(
    topic: Topic,
    legal: &Field,
    illegal: &Field,
    languages: &mut Languages,
) -> Option<String> {
    let inside = patterns(legal);
    if topic != Topic::Length || inside.is_empty() {
        return None;
    }
    let (length, other) = (length_pattern(legal)?, length_pattern(illegal)?);
    found(languages.difference(&[inside, vec![length.as_str()]].concat(), &[other.as_str()]))
}

fn found(difference: Difference) -> Option<String> {
    if let Difference::Text(text) = difference { Some(text) } else { None }
}
