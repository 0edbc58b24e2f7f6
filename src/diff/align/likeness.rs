//! Evidence that two things are the same under different names.

use std::collections::HashSet;

use super::pair::MOST_PAIRS;
use crate::model::{Constraint, Dataset, Field};

/// In how many respects a field that is gone is like one that is new; none where their types differ.
pub(super) fn fields(one: &Field, other: &Field, same_place: bool) -> u32 {
    if one.type_text() != other.type_text() {
        return 0;
    }
    let respects = [
        alike(&one.name, &other.name),
        same_text(one.description.as_ref(), other.description.as_ref()),
        same_constraints(&one.constraints, &other.constraints),
        same_text(one.classification.as_ref(), other.classification.as_ref()),
        same_parts(&one.fields, &other.fields),
        same_place,
    ];
    respects.into_iter().map(u32::from).sum()
}

/// Names that are longer are no more than the same or not, in bytes: likeness costs the product of both lengths, for each pair.
const LONGEST_NAME: usize = 256;
/// So many constraints or parts are held against each other in any order, and more of them in theirs.
const MOST_UNORDERED: usize = 32;
/// So many words of a description are looked at.
const MOST_WORDS: usize = 500;

/// As for fields. Three quarters of the fields having the same names, of which there are more than two, count for two.
pub(super) fn datasets(one: &Dataset, other: &Dataset) -> u32 {
    let most = one.fields.len().max(other.fields.len());
    let least = one.fields.len().min(other.fields.len());
    if least <= 2 || least * 4 < most * 3 {
        return 0;
    }
    let names: HashSet<&str> = other.fields.iter().map(|field| field.name.as_str()).collect();
    let shared = one.fields.iter().filter(|field| names.contains(field.name.as_str())).count();
    if shared > 2 && shared * 4 >= most * 3 { 2 } else { 0 }
}

/// The new fields that a gone one may have become, best first: those that are like it, or else the only one of its type.
/// Three at most, and none where so many are gone (of which there are `count`) that nobody would look.
pub(in crate::diff) fn hints<'a>(gone: &Field, count: usize, new: &[&'a Field]) -> Vec<&'a Field> {
    if new.len().saturating_mul(count) > MOST_PAIRS {
        return Vec::new();
    }
    let same_type: Vec<&Field> = new.iter().copied().filter(|new| new.type_text() == gone.type_text()).collect();
    let mut like: Vec<(u32, &Field)> = same_type.iter().map(|new| (fields(gone, new, false), *new)).collect();
    like.retain(|(respects, _)| *respects > 0);
    like.sort_by_key(|(respects, _)| std::cmp::Reverse(*respects));
    match (like.is_empty(), same_type.as_slice()) {
        (true, [only]) => vec![only],
        _ => like.into_iter().take(3).map(|(_, field)| field).collect(),
    }
}

/// Whether both say the same, and anything at all. How words are broken into lines has no meaning.
fn same_text(one: Option<&String>, other: Option<&String>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    !one.trim().is_empty() && one.split_whitespace().take(MOST_WORDS).eq(other.split_whitespace().take(MOST_WORDS))
}

/// Whether both have the same constraints in whatever order, and any at all.
fn same_constraints(one: &[Constraint], other: &[Constraint]) -> bool {
    let same = |one: &Constraint, other: &Constraint| one.kind == other.kind && one.value.same(&other.value);
    if one.is_empty() || one.len() != other.len() {
        return false;
    }
    if one.len() > MOST_UNORDERED {
        return one.iter().zip(other).all(|(one, other)| same(one, other));
    }
    let has = |list: &[Constraint], wanted: &Constraint| list.iter().any(|constraint| same(constraint, wanted));
    one.iter().all(|constraint| has(other, constraint)) && other.iter().all(|constraint| has(one, constraint))
}

/// Whether two objects have the same fields by name, and any at all.
fn same_parts(one: &[Field], other: &[Field]) -> bool {
    if one.is_empty() || one.len() != other.len() {
        return false;
    }
    if one.len() > MOST_UNORDERED {
        return one.iter().zip(other).all(|(one, other)| one.name == other.name);
    }
    let has = |list: &[Field], name: &str| list.iter().any(|field| field.name == name);
    one.iter().all(|field| has(other, &field.name))
}

/// Whether two names are nearly the same, have the same words, or abbreviate each other: `cust_email` and `customerEmail`.
fn alike(one: &str, other: &str) -> bool {
    if one.len().max(other.len()) > LONGEST_NAME {
        return one == other;
    }
    let (first, second) = (words(one), words(other));
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    // A single letter begins too many words to stand for one.
    let shortens = |one: &str, other: &str| one == other || one.chars().nth(1).is_some() && other.starts_with(one);
    let abbreviated = first.len() == second.len()
        && first.iter().zip(&second).all(|(one, other)| shortens(one, other) || shortens(other, one));
    abbreviated
        || sorted(&first) == sorted(&second)
        || strsim::normalized_damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase()) >= 0.8
}

/// The words of a name in lower case: `customer_email` and `customerEmail` have the same.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        let is_border = matches!(letter, '_' | '-' | ' ' | '.');
        if is_border || was_lower && letter.is_uppercase() {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase() || letter.is_numeric();
        if let (false, Some(word)) = (is_border, words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ConstraintKind, DataType, Literal};

    #[test]
    fn names_are_alike_by_letters_words_or_abbreviations() {
        for (one, other) in [
            ("cust_email", "customer_email"),
            ("customer_email", "customerEmail"),
            ("email_customer", "customer_email"),
            ("shipment_date", "shipmnt_date"),
            ("Amount", "amounts"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one} and {other}");
        }
        for (one, other) in [("mail", "amount"), ("c", "cost"), ("first_name", "last_name"), ("id", "order_id")] {
            assert!(!alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn constraints_are_the_same_by_meaning_and_in_any_order() {
        let constraint = |kind, value| Constraint::new(kind, value);
        let one = [constraint(ConstraintKind::Min, Literal::Int(0)), constraint(ConstraintKind::Max, Literal::Int(9))];
        let other =
            [constraint(ConstraintKind::Max, Literal::Float(9.0)), constraint(ConstraintKind::Min, Literal::Int(0))];
        assert!(same_constraints(&one, &other));
        assert!(!same_constraints(&one, &other[..1]));
        assert!(!same_constraints(&[], &[]));
    }

    #[test]
    fn what_is_large_is_held_against_each_other_in_its_order() {
        // In any order each of these would cost 10^10 comparisons.
        let many: Vec<Constraint> =
            (0..100_000).map(|number| Constraint::new(ConstraintKind::Min, Literal::Int(number))).collect();
        let reversed: Vec<Constraint> = many.iter().rev().cloned().collect();
        assert!(same_constraints(&many, &many) && !same_constraints(&many, &reversed));
        let parts: Vec<Field> = (0..100_000).map(|number| Field::new(format!("f{number}"), DataType::Date)).collect();
        let turned: Vec<Field> = parts.iter().rev().cloned().collect();
        assert!(same_parts(&parts, &parts) && !same_parts(&parts, &turned));
        let long = "ab".repeat(500_000);
        assert!(alike(&long, &long) && !alike(&long, &format!("{long}c")));
    }

    #[test]
    fn hints_are_what_is_like_it_or_the_only_one_of_its_type() {
        let text = |name: &str| Field::new(name, DataType::String);
        let names = |gone: &str, new: &[&str]| -> Vec<String> {
            let new: Vec<Field> = new.iter().map(|name| text(name)).collect();
            let new: Vec<&Field> = new.iter().collect();
            hints(&text(gone), 1, &new).iter().map(|field| field.name.clone()).collect()
        };
        assert_eq!(names("mail", &["contact"]), ["contact"]);
        assert_eq!(names("mail", &["contact", "mails"]), ["mails"]);
        assert_eq!(names("mail", &["contact", "phone"]), [""; 0]);
    }
}
