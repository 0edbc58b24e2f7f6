//! Regular expressions as sets of texts: does one allow all that another allows, and if not, which text tells them apart?

mod automaton;
mod product;

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// What all questions about the patterns of one contract may cost together, in steps of about 50 ns. A usual pattern costs
/// a thousand; `^\w{1,50}$`, which knows the letters of all scripts, more than one question may.
const BUDGET: usize = 2_000_000;
/// What one question may cost.
const QUESTION: usize = 100_000;
/// What it costs to compile a pattern of a usual size.
const COMPILE: usize = 1_000;
/// How large a pattern may be that values are held against, in bytes once compiled.
const LARGEST_PATTERN: usize = 64 << 10;

/// What one set of texts has beyond another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing: it is contained in the other.
    Nothing,
    /// This text, and no shorter one.
    Text(String),
    /// Nobody can tell: no regular expression, or one that is too large.
    Unknown,
}

/// Answers about the patterns of one contract, within what it may spend. It depends on that contract alone, so that the
/// changes are the same in every run.
#[derive(Debug, Default)]
pub(super) struct Languages {
    spent: usize,
    compiled: HashMap<String, Option<Regex>>,
}

impl Languages {
    /// A shortest text that matches all of `inside` and not all of `outside`. Patterns are searched for, as everywhere
    /// where a contract has one: without `^` and `$` they may match anywhere in the text.
    pub(super) fn difference(&mut self, inside: &[&str], outside: &[&str]) -> Difference {
        let left = BUDGET.saturating_sub(self.spent).min(QUESTION);
        let (difference, spent) = product::difference(inside, outside, left);
        self.spent = self.spent.saturating_add(spent);
        difference
    }

    /// Whether a text matches a pattern; `None` where that is none, or where the budget is spent.
    pub(super) fn matches(&mut self, pattern: &str, text: &str) -> Option<bool> {
        if self.spent >= BUDGET {
            return None;
        }
        if !self.compiled.contains_key(pattern) {
            self.spent += COMPILE;
            let compiled = RegexBuilder::new(pattern).size_limit(LARGEST_PATTERN).build().ok();
            self.compiled.insert(pattern.to_owned(), compiled);
        }
        self.spent += 1 + text.len() / 8;
        let compiled = self.compiled.get(pattern)?.as_ref()?;
        Some(compiled.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn text(text: &str) -> Difference {
        Difference::Text(text.to_owned())
    }

    fn only(one: &str, other: &str) -> Difference {
        Languages::default().difference(&[one], &[other])
    }

    #[test]
    fn a_pattern_is_contained_in_another_or_a_text_tells_them_apart() {
        let cases = [
            ("^[A-Z]+$", "^[A-Z0-9]+$", Difference::Nothing),
            ("^[A-Z0-9]+$", "^[A-Z]+$", text("0")),
            ("^[a-z]*$", "^[a-z]+$", text("")),
            ("^a{2,3}$", "^a{3,4}$", text("aa")),
            // Written differently, the same texts.
            ("^[0-9]{2}$", "^(?:[0-9][0-9])$", Difference::Nothing),
            ("^(a|b)+$", "^[ab][ab]*$", Difference::Nothing),
            ("(?i)^eur$", "^[eE][uU][rR]$", Difference::Nothing),
            // A pattern without anchors is searched for.
            ("b", "^b$", text("ab")),
            ("^b$", "b", Difference::Nothing),
            (".*", "", Difference::Nothing),
            ("", "^[^x]*$", text("x")),
            // `.` is no line break; `\d` is a digit of any script.
            ("^(?s:.)*$", "^.*$", text("\n")),
            ("^[0-9]$", r"^\d$", Difference::Nothing),
            ("^ä$", "^[^a-z]$", Difference::Nothing),
            // What is no text (here: bytes that are no UTF-8) tells nothing apart.
            ("a", "^(?s:.)*a", Difference::Nothing),
        ];
        for (one, other, expected) in cases {
            assert_eq!(only(one, other), expected, "{one} without {other}");
        }
        let Difference::Text(digit) = only(r"^\d$", "^[0-9]$") else { panic!("`\\d` is more") };
        assert!(digit.chars().all(|digit| digit.is_numeric() && !digit.is_ascii()), "{digit}");
    }

    #[test]
    fn several_patterns_hold_at_once() {
        let mut languages = Languages::default();
        assert_eq!(languages.difference(&["^[a-m]+$", "^[h-z]+$"], &["^[h-m]+$"]), Difference::Nothing);
        assert_eq!(languages.difference(&["^[a-z]+$"], &["a", "b"]), text("a"));
        assert_eq!(languages.difference(&["^[ab]+$", "^(?s:.){3}$"], &["^a+$"]), text("aab"));
        assert_eq!(languages.difference(&["a"], &[]), Difference::Nothing, "without a pattern every text is right");
    }

    #[test]
    fn what_is_no_regular_expression_or_too_large_is_not_told() {
        for hostile in ["a(?=b)", "(", r"(\w{1,1000}){1,1000}", &"(a|b)".repeat(10_000), "[ab]*a[ab]{40}$"] {
            let start = Instant::now();
            let there = only(hostile, "^[a-y]$");
            let back = only("^[a-z]*$", hostile);
            let unknown = [&there, &back].into_iter().filter(|one| **one == Difference::Unknown).count();
            assert!(unknown > 0, "{there:?} {back:?}");
            assert!(start.elapsed() < Duration::from_secs(5), "{hostile:.40}");
        }
    }

    #[test]
    fn a_contract_spends_what_it_has() {
        let mut languages = Languages::default();
        let answered = (0..10_000).take_while(|n| languages.matches(&format!("a{n}"), "a1").is_some()).count();
        assert!(answered > 1_000 && answered < 10_000, "{answered}");
        assert_eq!(languages.difference(&["a"], &["b"]), Difference::Unknown);
        assert_eq!(languages.matches("a1", "a1"), None);
    }

    #[test]
    fn texts_match_as_everywhere() {
        let mut languages = Languages::default();
        assert_eq!(languages.matches("b", "abc"), Some(true));
        assert_eq!(languages.matches("^b", "abc"), Some(false));
        assert_eq!(languages.matches("(", "abc"), None);
    }
}
