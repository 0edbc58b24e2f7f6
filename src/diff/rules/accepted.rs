//! Which results a bound accepts: a set of numbers, so that `below 5 rows` and `4 rows or fewer` are the same.

use std::cmp::Ordering;

use super::Relation;
use crate::model::{Bound, Literal, Operator};

/// A place on the line of numbers: at a number, just before it (-1) or just behind it (1).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge(f64, i8);

impl Edge {
    const FIRST: Self = Self(f64::NEG_INFINITY, 0);
    const LAST: Self = Self(f64::INFINITY, 0);

    fn order(self, other: Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }

    fn least(self, other: Self) -> Self {
        if self.order(other).is_le() { self } else { other }
    }

    fn greatest(self, other: Self) -> Self {
        if self.order(other).is_ge() { self } else { other }
    }
}

/// Which numbers there are at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Counts: 0, 1, 2, ...
    Counts,
    /// Shares from 0 to 100.
    Shares,
    /// Any number.
    Any,
}

/// The results that a bound accepts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Accepted {
    /// Those between these edges, from low to high and apart from each other.
    Spans(Vec<(f64, i8, f64, i8)>),
    /// A value that is no number, or all but it.
    Value { operator: Operator, values: Vec<Literal> },
}

impl Accepted {
    /// What a bound accepts of the numbers that there are.
    pub(super) fn of(bound: &Bound, numbers: Numbers) -> Self {
        let values: Option<Vec<f64>> = bound
            .values
            .iter()
            .map(|value| value.number().filter(|number| !number.is_nan()).map(|one| one + 0.0))
            .collect();
        let near = bound.near().map(|(usual, allowed)| (Edge(usual - allowed, 0), Edge(usual + allowed, 0)));
        let at = |number: f64| (Edge(number, 0), Edge(number, 0));
        let spans = match (bound.operator, values.as_deref()) {
            (Operator::MustBe, Some([value])) => vec![at(*value)],
            (Operator::MustNotBe, Some([value])) => {
                vec![(Edge::FIRST, Edge(*value, -1)), (Edge(*value, 1), Edge::LAST)]
            }
            (Operator::MustBeGreaterThan, Some([value])) => vec![(Edge(*value, 1), Edge::LAST)],
            (Operator::MustBeGreaterOrEqualTo, Some([value])) => vec![(Edge(*value, 0), Edge::LAST)],
            (Operator::MustBeLessThan, Some([value])) => vec![(Edge::FIRST, Edge(*value, -1))],
            (Operator::MustBeLessOrEqualTo, Some([value])) => vec![(Edge::FIRST, Edge(*value, 0))],
            (Operator::MustBeBetween, Some([low, high])) => vec![(Edge(*low, 1), Edge(*high, -1))],
            (Operator::MustNotBeBetween, Some([low, high])) => {
                vec![(Edge::FIRST, Edge(*low, 0)), (Edge(*high, 0), Edge::LAST)]
            }
            (Operator::Near, _) if let Some(span) = near => vec![span],
            _ => return Self::Value { operator: bound.operator, values: bound.values.clone() },
        };
        let (first, last) = match numbers {
            Numbers::Counts => (Edge(0.0, 0), Edge::LAST),
            Numbers::Shares => (Edge(0.0, 0), Edge(100.0, 0)),
            Numbers::Any => (Edge::FIRST, Edge::LAST),
        };
        let spans = spans.into_iter().map(|(low, high)| (low.greatest(first), high.least(last)));
        let whole = |(low, high): (Edge, Edge)| match numbers {
            Numbers::Counts => (up(low), down(high)),
            Numbers::Shares | Numbers::Any => (low, high),
        };
        let mut joined: Vec<(Edge, Edge)> = Vec::new();
        for (low, high) in spans.map(whole).filter(|(low, high)| low.order(*high).is_le()) {
            // Between 3 and 4 there is no count.
            let next = |high: Edge| if numbers == Numbers::Counts { Edge(high.0 + 1.0, 0) } else { high };
            match joined.last_mut() {
                Some((_, end)) if low.order(next(*end)).is_le() => *end = end.greatest(high),
                _ => joined.push((low, high)),
            }
        }
        Self::Spans(joined.into_iter().map(|(low, high)| (low.0, low.1, high.0, high.1)).collect())
    }

    fn spans(&self) -> Option<Vec<(Edge, Edge)>> {
        let Self::Spans(spans) = self else { return None };
        Some(spans.iter().map(|(low, before, high, behind)| (Edge(*low, *before), Edge(*high, *behind))).collect())
    }

    /// Whether every number that it accepts is accepted by another.
    fn is_within(&self, other: &Self) -> bool {
        let (Some(own), Some(others)) = (self.spans(), other.spans()) else { return self.is_same_value(other) };
        own.iter()
            .all(|(low, high)| others.iter().any(|(from, to)| from.order(*low).is_le() && high.order(*to).is_le()))
    }

    fn is_same_value(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value { operator, values }, Self::Value { operator: second, values: others }) => {
                operator == second
                    && values.len() == others.len()
                    && values.iter().zip(others).all(|(one, other)| one.same(other))
            }
            _ => false,
        }
    }

    /// How what is accepted after a change relates to what was accepted before.
    pub(super) fn relation(&self, head: &Self) -> Relation {
        match (self.is_within(head), head.is_within(self)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Loosened,
            (false, true) => Relation::Tightened,
            (false, false) => Relation::Changed,
        }
    }

    /// Whether a number is accepted.
    pub(super) fn accepts(&self, number: f64) -> bool {
        let at = Edge(number, 0);
        let is_in = |(low, high): &(Edge, Edge)| low.order(at).is_le() && at.order(*high).is_le();
        self.spans().is_some_and(|spans| spans.iter().any(is_in))
    }

    /// Whether 0 alone is accepted, which is the same in every unit.
    pub(super) fn is_none_at_all(&self) -> bool {
        self.spans().is_some_and(|spans| spans == [(Edge(0.0, 0), Edge(0.0, 0))])
    }

    /// Whether it is kept by whatever is less than what keeps it (`Less`), or by whatever is more (`Greater`).
    pub(super) fn direction(&self) -> Option<Ordering> {
        let spans = self.spans()?;
        let [(low, high)] = spans.as_slice() else { return None };
        match (low.order(Edge(0.0, 0)).is_le(), high.0 == f64::INFINITY || high.order(Edge(100.0, 0)).is_ge()) {
            (true, _) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    /// Numbers near its edges, small ones first: where two sets differ, one of these is in one of them alone.
    pub(super) fn near(&self) -> Vec<f64> {
        let spans = self.spans().unwrap_or_default();
        let edges = spans.iter().flat_map(|(low, high)| [low.0, high.0]).filter(|edge| edge.is_finite());
        edges.flat_map(|edge| [edge - 1.0, edge - 0.5, edge, edge + 0.5, edge + 1.0]).collect()
    }
}

/// The first count from an edge on.
fn up(Edge(number, side): Edge) -> Edge {
    Edge(if side > 0 { number.floor() + 1.0 } else { number.ceil() }, 0)
}

/// The last count up to an edge.
fn down(Edge(number, side): Edge) -> Edge {
    Edge(if side < 0 { number.ceil() - 1.0 } else { number.floor() }, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bound(operator: Operator, values: &[i64]) -> Bound {
        Bound { operator, values: values.iter().map(|value| Literal::Int(i128::from(*value))).collect() }
    }

    fn relation(one: (Operator, &[i64]), other: (Operator, &[i64]), numbers: Numbers) -> Relation {
        Accepted::of(&bound(one.0, one.1), numbers).relation(&Accepted::of(&bound(other.0, other.1), numbers))
    }

    #[test]
    fn the_same_numbers_are_the_same_bound() {
        use Operator::{
            MustBe, MustBeBetween, MustBeGreaterThan, MustBeLessOrEqualTo, MustBeLessThan, MustNotBe, MustNotBeBetween,
        };
        let counts = |one, other| relation(one, other, Numbers::Counts);
        assert_eq!(counts((MustBeLessThan, &[5]), (MustBeLessOrEqualTo, &[4])), Relation::Same);
        assert_eq!(counts((MustBe, &[0]), (MustBeLessThan, &[1])), Relation::Same);
        assert_eq!(counts((MustNotBe, &[0]), (MustBeGreaterThan, &[0])), Relation::Same);
        assert_eq!(counts((MustBeBetween, &[3, 5]), (MustBe, &[4])), Relation::Same);
        assert_eq!(counts((MustNotBeBetween, &[3, 4]), (MustBeGreaterThan, &[-1])), Relation::Same);
        assert_eq!(counts((MustBe, &[5]), (MustBe, &[7])), Relation::Changed);
        assert_eq!(counts((MustBeLessThan, &[5]), (MustBeLessThan, &[3])), Relation::Tightened);
        let shares = |one, other| relation(one, other, Numbers::Shares);
        assert_eq!(shares((MustBeLessThan, &[5]), (MustBeLessOrEqualTo, &[4])), Relation::Tightened);
        assert_eq!(shares((MustBeLessThan, &[101]), (MustBeLessOrEqualTo, &[100])), Relation::Same);
        let text = |text: &str| Bound { operator: MustBe, values: vec![Literal::Text(text.to_owned())] };
        let set = |text: &Bound| Accepted::of(text, Numbers::Any);
        assert_eq!(set(&text("ok")).relation(&set(&text("ok"))), Relation::Same);
        assert_eq!(set(&text("ok")).relation(&set(&text("no"))), Relation::Changed);
    }

    fn some() -> impl Strategy<Value = Bound> {
        let operator = prop::sample::select(Operator::ALL).prop_map(|(name, _)| Operator::from_name(name).unwrap());
        (operator, -2i64..6, -2i64..6).prop_map(|(operator, one, other)| match operator {
            Operator::MustBeBetween | Operator::MustNotBeBetween => bound(operator, &[one, other]),
            Operator::Near => bound(operator, &[one, other.abs()]),
            _ => bound(operator, &[one]),
        })
    }

    /// What a bound says, straight from its words.
    #[expect(clippy::float_cmp, reason = "halves of whole numbers are exact")]
    fn keeps(bound: &Bound, number: f64) -> bool {
        let values: Vec<f64> = bound.values.iter().filter_map(Literal::number).collect();
        let (first, last) = (values[0], *values.last().unwrap());
        match bound.operator {
            Operator::MustBe => number == first,
            Operator::MustNotBe => number != first,
            Operator::MustBeGreaterThan => number > first,
            Operator::MustBeGreaterOrEqualTo => number >= first,
            Operator::MustBeLessThan => number < first,
            Operator::MustBeLessOrEqualTo => number <= first,
            Operator::MustBeBetween => first < number && number < last,
            Operator::MustNotBeBetween => number <= first || last <= number,
            Operator::Near => (number - first).abs() <= last,
        }
    }

    proptest! {
        #[test]
        fn a_set_is_what_its_bound_says(one in some(), other in some(), counts in any::<bool>()) {
            let numbers = if counts { Numbers::Counts } else { Numbers::Shares };
            let (before, after) = (Accepted::of(&one, numbers), Accepted::of(&other, numbers));
            let all = (0..202).map(|half| f64::from(half) / 2.0).filter(|one| !counts || one.fract() == 0.0);
            let all: Vec<f64> = all.filter(|one| counts || *one <= 100.0).collect();
            for number in &all {
                prop_assert_eq!(before.accepts(*number), keeps(&one, *number), "{:?} {}", one, number);
            }
            let less = all.iter().all(|number| keeps(&one, *number) || !keeps(&other, *number));
            let more = all.iter().all(|number| keeps(&other, *number) || !keeps(&one, *number));
            let expected = match (more, less) {
                (true, true) => Relation::Same,
                (true, false) => Relation::Loosened,
                (false, true) => Relation::Tightened,
                (false, false) => Relation::Changed,
            };
            prop_assert_eq!(before.relation(&after), expected, "{:?} {:?}", one, other);
        }
    }
}
