//! Numbers worth trying.

use super::constraints::bounds;
use crate::model::values::decimal;
use crate::model::{Field, Literal};

const BOUNDS: &[&str] = &["min", "exclusive_min", "max", "exclusive_max"];
/// So many digits behind the point are told apart by binary numbers.
const MOST_PLACES: u32 = 12;

/// Numbers near the bounds and steps of both sides, whole ones first.
pub(super) fn near(legal: &Field, illegal: &Field) -> Vec<Literal> {
    if !legal.data_type.is_number() && !illegal.data_type.is_number() {
        return Vec::new();
    }
    let steps: Vec<&Literal> = bounds([legal, illegal], &["multiple_of"]).collect();
    let marks: Vec<&Literal> = bounds([illegal, legal], BOUNDS).collect();
    let mut values = Vec::new();
    for mark in &marks {
        for step in &steps {
            values.extend(multiples(mark, step));
        }
    }
    for mark in &marks {
        values.extend([moved(mark, 1, 0), moved(mark, -1, 0)].into_iter().flatten());
    }
    for mark in &marks {
        for places in places(legal, illegal) {
            values.extend([moved(mark, 1, places), moved(mark, -1, places)].into_iter().flatten());
        }
    }
    values.extend(marks.iter().map(|mark| (*mark).clone()));
    values.extend(between(&marks));
    for step in &steps {
        values.push((*step).clone());
        let Some(step) = decimal(step) else { continue };
        values.extend([2.0, 3.0, -1.0, 0.5, 0.1].into_iter().map(|times| number(step * times)));
        values.push(number(step + 1.0));
    }
    values.extend([0, 1, 2, 3, 5, 7, -1].map(Literal::Int));
    values.extend([0.5, 0.1, 0.01, 0.001].map(Literal::Float));
    values
}

/// Numbers with more digits than one side allows, before the point or behind it.
pub(super) fn of_digits(legal: &Field, illegal: &Field) -> Vec<Literal> {
    let mut values = Vec::new();
    for field in [illegal, legal] {
        let scale = field.scale.unwrap_or(0);
        if field.precision.is_none() && field.scale.is_none() {
            continue;
        }
        if scale < MOST_PLACES {
            let smallest = behind(scale);
            let near = bounds([legal, illegal], BOUNDS)
                .flat_map(|mark| [moved(mark, 1, scale + 1), moved(mark, -1, scale + 1)].into_iter().flatten());
            values.extend(near.chain(smallest));
        }
        if let Some(whole) = field.precision.and_then(|precision| precision.checked_sub(scale)) {
            values.extend(10i128.checked_pow(whole).map(Literal::Int));
        }
    }
    values
}

/// The smallest number with one digit more behind the point than a scale has.
pub(super) fn behind(scale: u32) -> Option<Literal> {
    (scale < MOST_PLACES).then(|| moved(&Literal::Int(0), 1, scale + 1)).flatten()
}

/// How many digits behind the point are worth a try: those of the scales, and one.
fn places(legal: &Field, illegal: &Field) -> Vec<u32> {
    let scales = [illegal.scale, legal.scale].into_iter().flatten().filter(|scale| (1..=MOST_PLACES).contains(scale));
    scales.chain([1]).collect()
}

/// A number and so many units more, each of the last of some places behind the point.
fn moved(mark: &Literal, units: i32, places: u32) -> Option<Literal> {
    if let (Literal::Int(mark), 0) = (mark, places) {
        return mark.checked_add(i128::from(units)).map(Literal::Int);
    }
    let unit = 10f64.powi(-i32::try_from(places).ok()?);
    let moved = decimal(mark)? + f64::from(units) * unit;
    // 100 + 0.01 in binary has more digits than anybody wants to read.
    format!("{moved:.*}", places.max(6) as usize).parse().ok().map(number)
}

/// The multiples of a step on both sides of a bound.
fn multiples(mark: &Literal, step: &Literal) -> Vec<Literal> {
    if let (Literal::Int(mark), Literal::Int(step)) = (mark, step) {
        if *step <= 0 {
            return Vec::new();
        }
        let below = mark.div_euclid(*step).checked_mul(*step);
        let around = [below, below.and_then(|at| at.checked_add(*step)), below.and_then(|at| at.checked_sub(*step))];
        return around.into_iter().flatten().map(Literal::Int).collect();
    }
    let (Some(mark), Some(step)) = (decimal(mark), decimal(step)) else { return Vec::new() };
    if step <= 0.0 {
        return Vec::new();
    }
    let times = (mark / step).floor();
    let exact = |times: f64| format!("{:.12}", times * step).parse().ok().map(number);
    [times, times + 1.0, times - 1.0].into_iter().filter_map(exact).collect()
}

/// The middles between bounds.
fn between(marks: &[&Literal]) -> Vec<Literal> {
    let mut numbers: Vec<f64> = marks.iter().filter_map(|mark| decimal(mark)).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.windows(2).filter_map(|pair| Some(number(f64::midpoint(*pair.first()?, *pair.last()?)))).collect()
}

/// A number as people write it: whole ones without a point.
fn number(value: f64) -> Literal {
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53 are exact")]
    if value.fract() == 0.0 && value.abs() < 9e15 { Literal::Int(value as i128) } else { Literal::Float(value) }
}
