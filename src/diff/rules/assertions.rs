//! Rules that hold a measured number against a bound: which of two measures counts more, and which bound accepts more.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::accepted::{Accepted, Numbers};
use super::{At, Changes, Relation, code, sql, text, texts};
use crate::diff::language::{Difference, Languages};
use crate::finding::change::{Change, Legal, Level, Sureness, Witness};
use crate::model::{Assertion, Bound, Literal, Operator, Statistic, Subject};

/// An assertion in a few words: `null_values must be less than 5 percent`.
pub(super) fn shown(assertion: &Assertion) -> String {
    let what = match &assertion.subject {
        Subject::Query(query) => query.split_whitespace().collect::<Vec<_>>().join(" "),
        Subject::Engine(Literal::Text(implementation)) => implementation.trim().to_owned(),
        Subject::Engine(implementation) => implementation.to_string(),
        Subject::Statistic(statistic) => {
            let of = match statistic {
                Statistic::Quantile(Some(part)) => format!(" {part}"),
                Statistic::Share(values) => format!(" of {}", Literal::List(values.clone())),
                _ => String::new(),
            };
            format!("{}{of}", statistic.metric().name())
        }
        subject => subject.metric().map_or_else(String::new, |metric| metric.name().to_owned()),
    };
    match bound_text(assertion) {
        Some(bound) => format!("{what} {bound}"),
        None => what,
    }
}

/// A bound in words: `must be between 1 and 5 percent`.
fn bound_text(assertion: &Assertion) -> Option<String> {
    let Bound { operator, values } = assertion.bound.as_ref()?;
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    let unit = assertion.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    if *operator == Operator::Near {
        return Some(format!("must be {}{unit}", values.join(" give or take ")));
    }
    Some(format!("{} {}{unit}", operator.name().replace('_', " "), values.join(" and ")))
}

/// Compares what two assertions measure, and what the result must be. The fields are those that the rules are about.
pub(super) fn compare(
    changes: &mut Changes,
    at: &At,
    (base, of): (&Assertion, Option<&str>),
    (head, now): (&Assertion, Option<&str>),
) {
    let counted = counted((&base.subject, of), (&head.subject, now), &mut changes.languages);
    let is_code = |subject: &Subject| matches!(subject, Subject::Query(_) | Subject::Engine(_));
    let mean_same = counted == Counted::Same;
    if !mean_same {
        let both_code =
            is_code(&base.subject) && std::mem::discriminant(&base.subject) == std::mem::discriminant(&head.subject);
        let meta = if both_code { &code::QUALITY_QUERY_CHANGED } else { &code::QUALITY_METRIC_CHANGED };
        let key = subject_key(&base.subject, &head.subject);
        let (before, after) = (subject(&base.subject, key), subject(&head.subject, key));
        let change = changes.property(meta, at, key, Some(before), Some(after));
        if let Some(relation) = stronger(counted, base, head) {
            (change.levels, change.sure) = (relation.levels(), Sureness::Certain);
        }
    }
    let meta = match bounds(base, head) {
        Relation::Same => return,
        Relation::Tightened => &code::QUALITY_THRESHOLD_TIGHTENED,
        Relation::Loosened => &code::QUALITY_THRESHOLD_LOOSENED,
        Relation::Changed if is_near(base) || is_near(head) => &code::DISTRIBUTION_RULE_CHANGED,
        Relation::Changed => &code::QUALITY_THRESHOLD_CHANGED,
    };
    let value = |one: &Assertion| bound_text(one).map(|words| text(&words));
    let change = changes.push(meta, at, value(base), value(head));
    // What stands under `baseline` may be the same on both sides.
    let usual = |one: &Assertion| one.bound.as_ref().and_then(|bound| bound.values.first()).cloned();
    let is_deviation = is_near(base) && is_near(head) && usual(base) == usual(head);
    let key = |one: &Assertion| {
        let bound = one.bound.as_ref()?;
        Some(if is_deviation { "deviation" } else { bound.operator.name() })
    };
    change.base.place = key(base).map_or_else(|| at.base.clone(), |key| at.base.key(key));
    change.head.place = key(head).map_or_else(|| at.head.clone(), |key| at.head.key(key));
    if mean_same {
        change.witness = witness(change, base, head).map(Box::new);
    }
}

fn is_near(assertion: &Assertion) -> bool {
    assertion.bound.as_ref().is_some_and(|bound| bound.operator == Operator::Near)
}

/// The key under which two subjects differ.
fn subject_key(base: &Subject, head: &Subject) -> &'static str {
    match (base, head) {
        (Subject::Query(_), Subject::Query(_)) => "query",
        (Subject::Engine(_), Subject::Engine(_)) => "implementation",
        _ if base.metric() == head.metric() => "arguments",
        _ => "metric",
    }
}

/// What is measured, as far as it stands under a key.
fn subject(of: &Subject, key: &str) -> Literal {
    match of {
        Subject::Query(query) => text(query),
        Subject::Engine(implementation) => implementation.clone(),
        Subject::MissingValues(values) if key == "arguments" => Literal::List(values.clone()),
        Subject::InvalidValues { valid, pattern } if key == "arguments" => {
            let valid = (!valid.is_empty()).then(|| ("valid_values".to_owned(), Literal::List(valid.clone())));
            let pattern = pattern.as_ref().map(|pattern| ("pattern".to_owned(), text(pattern)));
            Literal::Map(valid.into_iter().chain(pattern).collect())
        }
        Subject::DuplicateValues(fields) if key == "arguments" => texts(fields),
        Subject::Statistic(Statistic::Quantile(Some(part))) if key == "arguments" => Literal::Float(*part),
        Subject::Statistic(Statistic::Share(values)) if key == "arguments" => Literal::List(values.clone()),
        other => text(other.metric().map_or("", |metric| metric.name())),
    }
}

/// How what the new measure counts relates to what the old one counts, in any data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Same,
    More,
    Fewer,
    /// It depends on the data, or nobody can tell.
    Unknown,
}

impl Counted {
    /// What is counted is a set of values: whether the new one holds the old one, and the other way round.
    fn by_containment(holds_old: bool, is_in_old: bool) -> Self {
        match (holds_old, is_in_old) {
            (true, true) => Self::Same,
            (true, false) => Self::More,
            (false, true) => Self::Fewer,
            (false, false) => Self::Unknown,
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::More => Self::Fewer,
            Self::Fewer => Self::More,
            other => other,
        }
    }

    /// What both of two measures do together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, one) | (one, Self::Same) => one,
            (one, other) if one == other => one,
            _ => Self::Unknown,
        }
    }
}

fn counted(
    (base, of): (&Subject, Option<&str>),
    (head, now): (&Subject, Option<&str>),
    languages: &mut Languages,
) -> Counted {
    match (base, head) {
        (Subject::NullValues, Subject::NullValues) | (Subject::RowCount, Subject::RowCount) => Counted::Same,
        (Subject::NullValues, Subject::MissingValues(values)) => {
            // Null is a missing value where it is listed.
            let has_null = values.contains(&Literal::Null);
            let has_others = values.iter().any(|value| *value != Literal::Null);
            Counted::by_containment(has_null, has_null && !has_others)
        }
        (Subject::MissingValues(_), Subject::NullValues) => counted((head, now), (base, of), languages).reversed(),
        (Subject::MissingValues(before), Subject::MissingValues(after)) => contained(before, after),
        (
            Subject::InvalidValues { valid: before, pattern },
            Subject::InvalidValues { valid: after, pattern: other },
        ) => listed(before, after).and(patterns(pattern.as_deref(), other.as_deref(), languages)),
        (Subject::DuplicateValues(before), Subject::DuplicateValues(after)) => {
            // Without fields it is about that of the rule. A renamed field is another name for the same.
            let fields = |fields: &[String], own: Option<&str>| -> HashSet<String> {
                let own = own.map(str::to_owned).filter(|_| fields.is_empty());
                fields.iter().cloned().chain(own).collect()
            };
            let (before, after) = match (before.is_empty(), after.is_empty()) {
                (true, true) => return Counted::Same,
                _ => (fields(before, of), fields(after, now)),
            };
            // What is the same in more fields is the same in fewer of them.
            Counted::by_containment(after.is_subset(&before), before.is_subset(&after))
        }
        (Subject::Statistic(one), Subject::Statistic(other)) => statistics(one, other),
        (Subject::Query(one), Subject::Query(other)) if query(one) == query(other) => Counted::Same,
        (Subject::Engine(one), Subject::Engine(other)) if is_same_code(one, other) => Counted::Same,
        _ => Counted::Unknown,
    }
}

/// What of more values is a larger share, and more of the numbers lie below a larger quantile.
fn statistics(base: &Statistic, head: &Statistic) -> Counted {
    match (base, head) {
        (Statistic::Share(before), Statistic::Share(after)) => contained(before, after),
        (Statistic::Quantile(Some(before)), Statistic::Quantile(Some(after))) => {
            Counted::by_containment(after >= before, before >= after)
        }
        (one, other) if one == other => Counted::Same,
        _ => Counted::Unknown,
    }
}

/// A query without what has no meaning in it. Both ways of naming the place of the dataset and of the field are the same.
fn query(text: &str) -> String {
    let text = text.replace("${table}", "{object}").replace("${object}", "{object}");
    sql::plain(&text.replace("${column}", "{property}").replace("${property}", "{property}"))
}

fn is_same_code(one: &Literal, other: &Literal) -> bool {
    match (one, other) {
        (Literal::Text(one), Literal::Text(other)) => {
            let lines = |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
            lines(one) == lines(other)
        }
        (one, other) => one.same(other),
    }
}

/// A value in a form that all of its spellings share.
fn identity(value: &Literal) -> String {
    match value {
        Literal::Text(text) => format!("'{text}"),
        other => crate::model::DataType::Json.identity(other),
    }
}

fn contained(before: &[Literal], after: &[Literal]) -> Counted {
    let set = |values: &[Literal]| values.iter().map(identity).collect::<HashSet<_>>();
    let (before, after) = (set(before), set(after));
    Counted::by_containment(before.is_subset(&after), after.is_subset(&before))
}

/// Lists of valid values: what is on a longer list is invalid less often. Without a list every value is valid.
fn listed(before: &[Literal], after: &[Literal]) -> Counted {
    match (before.is_empty(), after.is_empty()) {
        (true, true) => Counted::Same,
        (true, false) => Counted::More,
        (false, true) => Counted::Fewer,
        (false, false) => contained(before, after).reversed(),
    }
}

/// Patterns of valid values.
fn patterns(before: Option<&str>, after: Option<&str>, languages: &mut Languages) -> Counted {
    let (Some(before), Some(after)) = (before, after) else {
        return match (before, after) {
            (None, None) => Counted::Same,
            (None, Some(_)) => Counted::More,
            (Some(_), _) => Counted::Fewer,
        };
    };
    if before == after {
        return Counted::Same;
    }
    let [gone, new] = [languages.difference(&[before], &[after]), languages.difference(&[after], &[before])];
    match (&gone, &new) {
        (Difference::Unknown, _) | (_, Difference::Unknown) => Counted::Unknown,
        // What is not valid any more is counted now.
        _ => Counted::by_containment(new == Difference::Nothing, gone == Difference::Nothing),
    }
}

/// Whether counting more or less under the same kind of bound promises more. `None` where that can't be told.
fn stronger(counted: Counted, base: &Assertion, head: &Assertion) -> Option<Relation> {
    let direction = |one: &Assertion| Accepted::of(one.bound.as_ref()?, numbers(one)).direction();
    let at_most = match (direction(base)?, direction(head)?) {
        (Ordering::Less, Ordering::Less) => true,
        (Ordering::Greater, Ordering::Greater) => false,
        _ => return None,
    };
    match (counted, at_most) {
        (Counted::More, true) | (Counted::Fewer, false) => Some(Relation::Tightened),
        (Counted::Fewer, true) | (Counted::More, false) => Some(Relation::Loosened),
        _ => None,
    }
}

/// In what a result is told.
#[derive(Debug, PartialEq, Eq)]
enum Unit {
    Rows,
    Percent,
    Other(String),
}

fn unit(of: &Assertion) -> Unit {
    let word = of.unit.as_deref().map(|unit| unit.trim().to_lowercase());
    match word.as_deref() {
        None | Some("" | "rows" | "row" | "count") => Unit::Rows,
        Some("percent" | "%" | "percentage") => Unit::Percent,
        Some(other) => Unit::Other(other.to_owned()),
    }
}

/// Which results there can be.
fn numbers(of: &Assertion) -> Numbers {
    match (&of.subject, unit(of)) {
        (Subject::Statistic(Statistic::Share(_)), Unit::Percent) => Numbers::Shares,
        (Subject::Statistic(Statistic::DistinctValues), Unit::Rows) => Numbers::Counts,
        (Subject::Statistic(_) | Subject::Query(_) | Subject::Engine(_), _) | (_, Unit::Other(_)) => Numbers::Any,
        (_, Unit::Rows) => Numbers::Counts,
        (_, Unit::Percent) => Numbers::Shares,
    }
}

/// How what the new bound accepts relates to what the old one accepts.
fn bounds(base: &Assertion, head: &Assertion) -> Relation {
    let (before, after) = match (&base.bound, &head.bound) {
        (None, None) => return Relation::Same,
        // The tool may have had a bound of its own.
        (None, _) | (_, None) if matches!(base.subject, Subject::Engine(_)) => return Relation::Changed,
        (None, Some(_)) => return Relation::Tightened,
        (Some(_), None) => return Relation::Loosened,
        (Some(before), Some(after)) => (Accepted::of(before, numbers(base)), Accepted::of(after, numbers(head))),
    };
    // The same words are the same bound, whatever they mean.
    if base.bound == head.bound && unit(base) == unit(head) {
        return Relation::Same;
    }
    if unit(base) == unit(head) {
        return before.relation(&after);
    }
    // None at all is none in every unit; any other count may be any share.
    match (before.is_none_at_all(), after.is_none_at_all()) {
        (true, true) => Relation::Same,
        (true, false) if after.accepts(0.0) => Relation::Loosened,
        (false, true) if before.accepts(0.0) => Relation::Tightened,
        _ => Relation::Changed,
    }
}

/// The smallest result that one side alone accepts.
fn witness(change: &Change, base: &Assertion, head: &Assertion) -> Option<Witness> {
    if unit(base) != unit(head) {
        return None;
    }
    let set = |one: &Assertion| Some(Accepted::of(one.bound.as_ref()?, numbers(one)));
    let (before, after) = (set(base)?, set(head)?);
    let mut near: Vec<f64> = [before.near(), after.near()].concat();
    near.sort_by(f64::total_cmp);
    // There are no half rows.
    near.retain(|number| numbers(head) != Numbers::Counts || number.fract() == 0.0);
    let metric = head.subject.metric().map_or("the result", |metric| metric.name());
    let unit = match unit(head) {
        Unit::Rows => "",
        Unit::Percent => " %",
        Unit::Other(_) => return None,
    };
    let sides =
        [(Legal::Head, change.levels.reader, &after, &before), (Legal::Base, change.levels.writer, &before, &after)];
    sides.into_iter().filter(|(_, level, ..)| *level == Level::Major).find_map(|(legal_in, _, legal, illegal)| {
        let number = near.iter().find(|number| legal.accepts(**number) && !illegal.accepts(**number))?;
        Some(Witness { legal_in, value: None, text: format!("{metric} = {number}{unit}") })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ints(values: &[i128]) -> Vec<Literal> {
        values.iter().copied().map(Literal::Int).collect()
    }

    fn count(base: &Subject, head: &Subject) -> Counted {
        counted((base, Some("a")), (head, Some("a")), &mut Languages::default())
    }

    #[test]
    fn what_is_missing_or_valid_is_a_set() {
        let missing = |values: &[Literal]| Subject::MissingValues(values.to_vec());
        let null = [Literal::Null];
        let more = [Literal::Null, Literal::Int(-1)];
        assert_eq!(count(&Subject::NullValues, &missing(&null)), Counted::Same);
        assert_eq!(count(&Subject::NullValues, &missing(&more)), Counted::More);
        assert_eq!(count(&missing(&more), &Subject::NullValues), Counted::Fewer);
        assert_eq!(count(&Subject::NullValues, &missing(&ints(&[-1]))), Counted::Unknown);
        assert_eq!(count(&missing(&ints(&[-1, -2])), &missing(&ints(&[-2]))), Counted::Fewer);
        let valid = |values: &[i128], pattern: Option<&str>| Subject::InvalidValues {
            valid: ints(values),
            pattern: pattern.map(str::to_owned),
        };
        assert_eq!(count(&valid(&[1, 2], None), &valid(&[2, 1], None)), Counted::Same);
        assert_eq!(count(&valid(&[1, 2], None), &valid(&[1], None)), Counted::More);
        assert_eq!(count(&valid(&[], Some("^a$")), &valid(&[], Some("^[ab]$"))), Counted::Fewer);
        assert_eq!(count(&valid(&[], None), &valid(&[], Some("^[ab]$"))), Counted::More);
        assert_eq!(count(&valid(&[1], Some("^1$")), &valid(&[1, 2], Some("^.$"))), Counted::Fewer);
        assert_eq!(count(&valid(&[1, 2], Some("^1$")), &valid(&[1], Some("^.$"))), Counted::Unknown);
    }

    #[test]
    fn rows_are_the_same_in_more_fields_less_often() {
        let of = |fields: &[&str]| Subject::DuplicateValues(fields.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(count(&of(&[]), &of(&["a"])), Counted::Same);
        assert_eq!(count(&of(&["a", "b"]), &of(&["b", "a"])), Counted::Same);
        assert_eq!(count(&of(&["a"]), &of(&["a", "b"])), Counted::Fewer);
        assert_eq!(count(&of(&["a", "b"]), &of(&["a"])), Counted::More);
        assert_eq!(count(&of(&["a"]), &of(&["b"])), Counted::Unknown);
    }

    #[test]
    fn queries_differ_by_their_words() {
        let query = |text: &str| Subject::Query(text.to_owned());
        let one = query("SELECT count(*) FROM ${table} WHERE a < 0");
        assert_eq!(count(&one, &query("select count(*)\n  from {object} where a < 0")), Counted::Same);
        assert_eq!(count(&one, &query("SELECT count(*) FROM ${table} WHERE a < 1")), Counted::Unknown);
    }

    fn near(subject: Subject, usual: f64, deviation: &str) -> Assertion {
        let values = vec![Literal::Float(usual), Literal::Text(deviation.to_owned())];
        Assertion { subject, bound: Some(Bound { operator: Operator::Near, values }), unit: None }
    }

    #[test]
    fn what_is_near_a_baseline_is_a_range() {
        let mean = |usual, deviation| near(Subject::Statistic(Statistic::Mean), usual, deviation);
        let relation = |base: &Assertion, head: &Assertion| bounds(base, head);
        assert_eq!(relation(&mean(50.0, "10%"), &mean(50.0, "5")), Relation::Same);
        assert_eq!(relation(&mean(50.0, "10%"), &mean(50.0, "20%")), Relation::Loosened);
        assert_eq!(relation(&mean(50.0, "10%"), &mean(51.0, "1%")), Relation::Tightened);
        assert_eq!(relation(&mean(50.0, "10%"), &mean(60.0, "10%")), Relation::Changed);
        assert_eq!(shown(&mean(50.0, "10%")), "mean must be 50 give or take 10%");
    }

    #[test]
    fn of_more_values_is_a_larger_share() {
        let share = |values: &[i128]| Subject::Statistic(Statistic::Share(ints(values)));
        let quantile = |part: f64| Subject::Statistic(Statistic::Quantile(Some(part)));
        assert_eq!(count(&share(&[1]), &share(&[2, 1])), Counted::More);
        assert_eq!(count(&share(&[1]), &share(&[2])), Counted::Unknown);
        assert_eq!(count(&quantile(0.95), &quantile(0.5)), Counted::Fewer);
        assert_eq!(count(&quantile(0.95), &quantile(0.95)), Counted::Same);
        assert_eq!(count(&share(&[1]), &quantile(0.95)), Counted::Unknown);
    }
}
