//! Which values of one field keep a condition, where that can be told for certain.

use std::cmp::Ordering;

use super::ast::{Comparison, Expr, Kind, Truth};
use super::scope::{Found, Scope};
use crate::model::{DataType, Field, Literal};

/// The values of a field that keep a condition, and what the condition is where the field is null.
#[derive(Debug, Clone)]
pub(super) struct Values<'a> {
    pub(super) field: &'a Field,
    set: Set,
    pub(super) at_null: Truth,
}

/// Conditions on more ranges or values than these are not looked at.
const MOST: usize = 200;

#[derive(Debug, Clone)]
enum Set {
    /// For types with an order. Ranges may overlap.
    Ranges(Vec<Range>),
    /// For others: these values, or all but these.
    Listed(Vec<Literal>, bool),
}

/// From one value to another; open where there is none. The second of each is whether the value itself is in it.
#[derive(Debug, Clone, Default)]
struct Range {
    low: Option<(Literal, bool)>,
    high: Option<(Literal, bool)>,
}

impl<'a> Values<'a> {
    /// The values that keep a condition on one field and constants; `None` where it is another, or can't be told.
    pub(super) fn of(expr: &Expr, scope: &Scope<'a>) -> Option<Self> {
        match &expr.kind {
            Kind::Field(_) => {
                let field = field(expr, scope).filter(|field| field.data_type == DataType::Boolean)?;
                Some(Self::listed(field, vec![Literal::Bool(true)], false))
            }
            Kind::Not(inner) => Self::of(inner, scope)?.complement(),
            Kind::Compare(left, comparison, right) => {
                let straight =
                    field(left, scope).zip(constant(right)).map(|(field, value)| (field, *comparison, value));
                let swapped = || {
                    field(right, scope).zip(constant(left)).map(|(field, value)| (field, comparison.swapped(), value))
                };
                let (field, comparison, value) = straight.or_else(swapped)?;
                Self::compared(field, comparison, value)
            }
            Kind::Between(value, bounds, negated) => {
                let [low, high] = &**bounds;
                let field = field(value, scope)?;
                let above = Self::compared(field, Comparison::GreaterOrEqual, constant(low)?)?;
                let both = above.and(Self::compared(field, Comparison::LessOrEqual, constant(high)?)?)?;
                if *negated { both.complement() } else { Some(both) }
            }
            Kind::In(value, list, negated) if list.len() <= MOST => {
                let field = field(value, scope)?;
                let mut any: Option<Self> = None;
                for item in list {
                    let one = Self::compared(field, Comparison::Equal, constant(item)?)?;
                    any = Some(match any {
                        Some(before) => before.or(one)?,
                        None => one,
                    });
                }
                if *negated { any?.complement() } else { any }
            }
            Kind::IsNull(value, negated) => {
                let field = field(value, scope)?;
                let at_null = if *negated { Truth::False } else { Truth::True };
                let set = if field.data_type.is_ordered() {
                    Set::Ranges(if *negated { vec![Range::default()] } else { Vec::new() })
                } else {
                    Set::Listed(Vec::new(), *negated)
                };
                Some(Self { field, set, at_null })
            }
            Kind::All(parts) => Self::joined(parts, scope, Self::and),
            Kind::Any(parts) => Self::joined(parts, scope, Self::or),
            _ => None,
        }
    }

    fn joined(parts: &[Expr], scope: &Scope<'a>, join: fn(Self, Self) -> Option<Self>) -> Option<Self> {
        let mut all: Option<Self> = None;
        for part in parts.iter().take(MOST + 1) {
            let one = Self::of(part, scope)?;
            all = Some(match all {
                Some(before) => join(before, one)?,
                None => one,
            });
        }
        all.filter(|_| parts.len() <= MOST)
    }

    fn listed(field: &'a Field, values: Vec<Literal>, all_but: bool) -> Self {
        Self { field, set: Set::Listed(values, all_but), at_null: Truth::Unknown }
    }

    fn compared(field: &'a Field, comparison: Comparison, value: Literal) -> Option<Self> {
        let at_null = match comparison {
            Comparison::Distinct => Truth::True,
            Comparison::NotDistinct => Truth::False,
            _ => Truth::Unknown,
        };
        if !field.data_type.is_ordered() {
            let is_known = matches!(
                (field.data_type, &value),
                (DataType::String | DataType::Uuid, Literal::Text(_)) | (DataType::Boolean, Literal::Bool(_))
            );
            let all_but = match comparison {
                Comparison::Equal | Comparison::NotDistinct => false,
                Comparison::Unequal | Comparison::Distinct => true,
                _ => return None,
            };
            return is_known.then(|| Self { at_null, ..Self::listed(field, vec![value], all_but) });
        }
        // What is no value of the type has no place in its order.
        field.data_type.order(&value, &value)?;
        let below = |included| Range { low: None, high: Some((value.clone(), included)) };
        let above = |included| Range { low: Some((value.clone(), included)), high: None };
        let ranges = match comparison {
            Comparison::Equal | Comparison::NotDistinct => {
                vec![Range { low: Some((value.clone(), true)), high: Some((value, true)) }]
            }
            Comparison::Unequal | Comparison::Distinct => vec![below(false), above(false)],
            Comparison::Less => vec![below(false)],
            Comparison::LessOrEqual => vec![below(true)],
            Comparison::Greater => vec![above(false)],
            Comparison::GreaterOrEqual => vec![above(true)],
        };
        let ranges = ranges.into_iter().map(|range| range.tightened(field.data_type)).collect();
        Some(Self { field, set: Set::Ranges(ranges), at_null })
    }

    /// Where both conditions hold.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        if !std::ptr::eq(self.field, other.field) {
            return None;
        }
        let of = self.field.data_type;
        let set = match (self.set, other.set) {
            (Set::Ranges(some), Set::Ranges(others)) => {
                let mut both = Vec::new();
                for one in &some {
                    for other in &others {
                        let range = one.within(other, of)?;
                        if !range.is_empty(of)? {
                            both.push(range);
                        }
                    }
                }
                Set::Ranges(both)
            }
            (Set::Listed(some, false), Set::Listed(others, but))
            | (Set::Listed(others, but), Set::Listed(some, false)) => {
                let mut both = Vec::new();
                for value in some {
                    if is_in(&value, &others)? != but {
                        both.push(value);
                    }
                }
                Set::Listed(both, false)
            }
            (Set::Listed(mut some, true), Set::Listed(others, true)) => {
                some.extend(others);
                Set::Listed(some, true)
            }
            _ => return None,
        };
        Self { field: self.field, set, at_null: and(self.at_null, other.at_null) }.bounded()
    }

    /// Where one of the conditions holds.
    pub(super) fn or(self, other: Self) -> Option<Self> {
        if !std::ptr::eq(self.field, other.field) {
            return None;
        }
        let at_null = or(self.at_null, other.at_null);
        match (self.set, other.set) {
            (Set::Ranges(mut some), Set::Ranges(others)) => {
                some.extend(others);
                Self { field: self.field, set: Set::Ranges(some), at_null }.bounded()
            }
            (some @ Set::Listed(..), others @ Set::Listed(..)) => {
                let field = self.field;
                let flip = |set| Self { field, set, at_null: Truth::Unknown }.complement();
                let neither = flip(some)?.and(flip(others)?)?.complement()?;
                Some(Self { at_null, ..neither })
            }
            _ => None,
        }
    }

    fn complement(self) -> Option<Self> {
        let of = self.field.data_type;
        let at_null = match self.at_null {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        };
        let set = match self.set {
            Set::Listed(values, all_but) => Set::Listed(values, !all_but),
            Set::Ranges(ranges) => {
                let everything = Self { field: self.field, set: Set::Ranges(vec![Range::default()]), at_null };
                let mut left = Some(everything);
                for range in ranges {
                    let outside = [
                        range.low.map(|(value, included)| Range { low: None, high: Some((value, !included)) }),
                        range.high.map(|(value, included)| Range { low: Some((value, !included)), high: None }),
                    ];
                    let outside = outside.into_iter().flatten().map(|range| range.tightened(of)).collect();
                    left = left?.and(Self { field: self.field, set: Set::Ranges(outside), at_null });
                }
                return Some(Self { at_null, ..left? });
            }
        };
        Some(Self { field: self.field, set, at_null })
    }

    fn bounded(self) -> Option<Self> {
        let count = match &self.set {
            Set::Ranges(ranges) => ranges.len(),
            Set::Listed(values, _) => values.len(),
        };
        (count <= MOST).then_some(self)
    }

    /// Whether no value keeps the condition; null is another matter.
    pub(super) fn is_empty(&self) -> bool {
        match &self.set {
            Set::Ranges(ranges) => ranges.is_empty(),
            Set::Listed(values, false) => values.is_empty(),
            Set::Listed(values, true) => self.are_all(values),
        }
    }

    /// Whether every value keeps the condition; null is another matter.
    pub(super) fn is_full(&self) -> Option<bool> {
        match &self.set {
            Set::Ranges(ranges) => covers(ranges, self.field.data_type),
            Set::Listed(values, true) => Some(values.is_empty()),
            Set::Listed(values, false) => Some(self.are_all(values)),
        }
    }

    /// Whether a list has every value of the type.
    fn are_all(&self, values: &[Literal]) -> bool {
        let has = |value| values.contains(&Literal::Bool(value));
        self.field.data_type == DataType::Boolean && has(true) && has(false)
    }
}

impl Range {
    /// Both ends as values that are in it, where there are next values.
    fn tightened(mut self, of: DataType) -> Self {
        if of == DataType::Integer {
            if let Some((Literal::Int(value), included @ false)) = &mut self.low {
                (*value, *included) = (value.saturating_add(1), true);
            }
            if let Some((Literal::Int(value), included @ false)) = &mut self.high {
                (*value, *included) = (value.saturating_sub(1), true);
            }
        }
        self
    }

    fn within(&self, other: &Self, of: DataType) -> Option<Self> {
        let tighter = |one: &Option<(Literal, bool)>, other: &Option<(Literal, bool)>, wanted| match (one, other) {
            (None, end) | (end, None) => Some(end.clone()),
            (Some(one), Some(other)) => Some(Some(match of.order(&one.0, &other.0)? {
                Ordering::Equal => (one.0.clone(), one.1 && other.1),
                order if order == wanted => one.clone(),
                _ => other.clone(),
            })),
        };
        Some(Self {
            low: tighter(&self.low, &other.low, Ordering::Greater)?,
            high: tighter(&self.high, &other.high, Ordering::Less)?,
        })
    }

    fn is_empty(&self, of: DataType) -> Option<bool> {
        let (Some((low, low_in)), Some((high, high_in))) = (&self.low, &self.high) else { return Some(false) };
        Some(match of.order(low, high)? {
            Ordering::Less => false,
            Ordering::Equal => !(*low_in && *high_in),
            Ordering::Greater => true,
        })
    }
}

/// Whether ranges leave no gap from one end of the order to the other.
fn covers(ranges: &[Range], of: DataType) -> Option<bool> {
    let mut reached: Option<(Literal, bool)> = None;
    let mut has_begun = false;
    // Each pass takes the range that reaches farthest among those that join on.
    for _ in 0..=ranges.len() {
        let mut best = reached.clone();
        let mut grew = false;
        for range in ranges {
            let joins = match (&range.low, &reached) {
                (None, _) => true,
                (Some((low, low_in)), Some((end, end_in))) if has_begun => joins_on(low, *low_in, end, *end_in, of)?,
                _ => false,
            };
            if !joins {
                continue;
            }
            let Some((high, high_in)) = &range.high else { return Some(true) };
            let is_farther = match &best {
                None => true,
                Some((end, end_in)) => match of.order(high, end)? {
                    Ordering::Greater => true,
                    Ordering::Equal => *high_in && !*end_in,
                    Ordering::Less => false,
                },
            };
            if is_farther {
                (best, grew) = (Some((high.clone(), *high_in)), true);
            }
        }
        if !grew {
            return Some(false);
        }
        (reached, has_begun) = (best, true);
    }
    Some(false)
}

/// Whether what begins at `low` leaves no gap behind what ends at `end`.
fn joins_on(low: &Literal, low_in: bool, end: &Literal, end_in: bool, of: DataType) -> Option<bool> {
    if let (DataType::Integer, Literal::Int(low), Literal::Int(end)) = (of, low, end)
        && low_in
        && end_in
    {
        return Some(*low <= end.saturating_add(1));
    }
    Some(match of.order(low, end)? {
        Ordering::Less => true,
        Ordering::Equal => low_in || end_in,
        Ordering::Greater => false,
    })
}

/// Whether a list has a value; `None` where it has one that some databases take for the same, since letter case or white
/// space at the end do not count there.
fn is_in(value: &Literal, list: &[Literal]) -> Option<bool> {
    let plain = |value: &Literal| value.text().map(|text| text.trim_end().to_lowercase());
    let like = |other: &Literal| other != value && plain(value).is_some() && plain(other) == plain(value);
    if list.iter().any(like) { None } else { Some(list.contains(value)) }
}

fn and(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::False, _) | (_, Truth::False) => Truth::False,
        (Truth::True, Truth::True) => Truth::True,
        _ => Truth::Unknown,
    }
}

fn or(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::True, _) | (_, Truth::True) => Truth::True,
        (Truth::False, Truth::False) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The field that an expression names.
pub(super) fn field<'a>(expr: &Expr, scope: &Scope<'a>) -> Option<&'a Field> {
    let Kind::Field(names) = &expr.kind else { return None };
    if let Found::Field(field) = scope.find(names) { Some(field) } else { None }
}

/// The value of a constant; `None` for null, for anything else, and for numbers with more digits than can be told apart.
pub(super) fn constant(expr: &Expr) -> Option<Literal> {
    match &expr.kind {
        Kind::Bool(value) => Some(Literal::Bool(*value)),
        Kind::Text(text) | Kind::Typed(_, text) => Some(Literal::Text(text.clone())),
        Kind::Number(text) => number(text),
        Kind::Negated(inner) => match constant(inner)? {
            Literal::Int(value) => value.checked_neg().map(Literal::Int),
            Literal::Float(value) => Some(Literal::Float(-value)),
            _ => None,
        },
        _ => None,
    }
}

fn number(text: &str) -> Option<Literal> {
    if let Ok(value) = text.parse() {
        return Some(Literal::Int(value));
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|value: &f64| value.is_finite() && digits <= 15).map(Literal::Float)
}
