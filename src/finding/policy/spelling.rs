//! Comments that were meant as exceptions and are spelt as other tools have them: `# pact-ignore CODE`, `# pact: ignore[CODE]`.

use std::ops::Range;

use super::codes::Codes;
use crate::source::words::{misspelt, nearest};

/// How a comment of another spelling begins to be one of ours.
const NAME: &str = "pact";
/// What other tools write for `ignore`.
const SYNONYMS: &[&str] = &[
    "ignore",
    "allow",
    "disable",
    "disable-line",
    "disable-next-line",
    "ignore-line",
    "ignore-next",
    "ignore-next-line",
    "noqa",
    "skip",
    "suppress",
];
/// What they write for `ignore-file`.
const OF_FILE: &[&str] = &["ignore-file", "disable-file", "ignore-all", "skip-file"];

/// A comment that is an exception but for its spelling.
#[derive(Debug)]
pub(super) struct Misspelt<'t> {
    /// From the name of the tool to the end of the comment.
    pub(super) range: Range<usize>,
    /// The name and the word behind it, as they are written.
    pub(super) written: &'t str,
    verb: &'static str,
    /// The codes, with what parts them.
    codes: Vec<&'t str>,
    /// What follows the codes.
    rest: &'t str,
}

/// Whether a comment in a text may be one for pact, in whatever spelling.
pub(super) fn may_be_in(text: &str) -> bool {
    let begins = |at: usize| text.get(at..).and_then(body).is_some();
    text.match_indices('#').any(|(at, _)| begins(at))
}

/// What follows the name of the tool in a comment.
fn body(comment: &str) -> Option<&str> {
    let text = comment.trim_start_matches('#').trim_start_matches([' ', '\t']);
    let (name, rest) = text.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then_some(rest)
}

impl<'t> Misspelt<'t> {
    /// Such a comment, if it is one.
    pub(super) fn of(text: &'t str, range: Range<usize>, codes: &Codes) -> Option<Self> {
        let behind_name = body(text.get(range.clone())?)?;
        let start = range.end - behind_name.len() - NAME.len();
        let rest = behind_name.trim_start_matches([':', '-', '_', '=', '/', '.', ' ', '\t']);
        let parted = behind_name.split_at(behind_name.len() - rest.len()).0;
        let rest = rest.strip_prefix("lint").map_or(rest, |rest| rest.trim_start_matches([':', '-', ' ']));
        let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')));
        let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
        let verb = verb_of(word).filter(|_| !parted.is_empty())?;
        let written = text.get(start..range.end - rest.len())?;
        let (named, rest) = named(rest);
        let found = Self { range: start..range.end, written, verb, codes: named, rest };
        // People write about the tool in plain words: `pact skips nulls`.
        let is_plain = parted.trim().is_empty();
        (!is_plain || found.codes.first().is_some_and(|code| is_code(code, codes))).then_some(found)
    }

    /// The comment as pact reads it, with what is there.
    pub(super) fn right(&self) -> String {
        format!("# pact: {} {} {}", self.verb, self.codes.join(", "), self.rest).trim_end().to_owned()
    }

    /// How the comment has to look.
    pub(super) fn form(&self) -> String {
        let codes = if self.codes.is_empty() { "CODE".to_owned() } else { self.codes.join(", ") };
        format!("# pact: {} {codes} until YYYY-MM-DD reason", self.verb)
    }
}

/// What a word of other tools is called here.
fn verb_of(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase().replace('_', "-");
    if SYNONYMS.contains(&&*word) {
        return Some("ignore");
    }
    if OF_FILE.contains(&&*word) {
        return Some("ignore-file");
    }
    misspelt(&word, ["ignore", "ignore-file"]).map(|near| if near == "ignore" { "ignore" } else { "ignore-file" })
}

/// The codes that come first in a text, in brackets or parted by commas, and what follows them.
fn named(text: &str) -> (Vec<&str>, &str) {
    let text = text.trim_start_matches([':', '=', ' ', '\t']);
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let closing = match text.chars().next() {
        Some('[') => Some(']'),
        Some('(') => Some(')'),
        _ => None,
    };
    if let Some((inner, rest)) = closing.and_then(|closing| text.get(1..)?.split_once(closing)) {
        let codes = inner.split([',', ' ']).map(|code| code.trim_matches(|letter| !is_letter(letter)));
        return (
            codes.filter(|code| !code.is_empty()).collect(),
            rest.trim_start_matches([':', ',', ';', ' ', '\t', '-']),
        );
    }
    let mut codes = Vec::new();
    let mut rest = text.trim_start_matches(['[', '(', ' ']);
    loop {
        let end = rest.find(|letter: char| !is_letter(letter)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        if word.is_empty() || word == "until" {
            return (codes, rest);
        }
        codes.push(word);
        let behind = behind.trim_start_matches([' ', '\t']);
        let Some(next) = behind.strip_prefix(',') else {
            return (codes, behind.trim_start_matches([':', ';', ' ', '\t']));
        };
        rest = next.trim_start_matches([' ', '\t']);
    }
}

/// Whether a word is a code, or nearly one.
fn is_code(word: &str, codes: &Codes) -> bool {
    let known = || codes.rules.iter().map(|rule| rule.code);
    codes.rule(word).is_some() || codes.is_change(word) || word.contains('-') && nearest(word, known()).is_some()
}
