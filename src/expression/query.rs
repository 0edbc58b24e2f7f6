//! Whole queries: one statement, which only reads, and gives one value.

use std::ops::Range;

use super::mistakes::{Mistake, Mistakes};
use super::parse::{Columns, Token, TokenKind, query, tokens};
use crate::source::words::{nearest, quoted};

/// What queries may have in curly brackets, with `$` or without: the dataset and the field of the rule.
pub const PLACEHOLDERS: &[&str] = &["object", "property", "table", "column"];

/// Words that begin a statement which changes something.
const WRITING: &[&str] = &[
    "alter", "analyze", "attach", "call", "copy", "create", "delete", "detach", "do", "drop", "exec", "execute",
    "export", "grant", "insert", "install", "load", "lock", "merge", "optimize", "pragma", "refresh", "rename",
    "replace", "reset", "revoke", "set", "truncate", "unload", "update", "use", "vacuum",
];

/// Everything that is wrong with a query whose result is measured.
pub fn judge_query(text: &str) -> Vec<Mistake> {
    // Templates of other tools: what they become nobody knows.
    if text.contains("{{") || text.contains("{%") {
        return Vec::new();
    }
    let (plain, mut mistakes) = filled(text);
    let tokens = match tokens(&plain) {
        Ok(tokens) => tokens,
        Err(mistake) => return vec![mistake],
    };
    let first = tokens.iter().find(|token| !token.is_mark("("));
    let Some(first) = first else {
        return vec![Mistake::new(Mistakes::QuerySyntax, 0..text.len(), "there is no query")];
    };
    if let Some(mistake) = writing(&tokens) {
        mistakes.push(mistake);
        return mistakes;
    }
    let begins = ["select", "with", "values", "from", "table"];
    if !begins.iter().any(|word| first.is_word(word)) {
        let message = format!("a query begins with `SELECT` or `WITH`, and this begins with {}", quoted(first.text));
        mistakes.push(Mistake::new(Mistakes::QuerySyntax, first.at.clone(), message));
        return mistakes;
    }
    match query(&plain, &tokens) {
        Some(Err(mistake)) => mistakes.push(mistake),
        Some(Ok(Columns::All)) => mistakes.push(not_one_value(first, "all columns of the table")),
        Some(Ok(Columns::Count(count))) if count != 1 => {
            mistakes.push(not_one_value(first, &format!("{count} values in a row")));
        }
        Some(Ok(_)) | None => {}
    }
    mistakes
}

fn not_one_value(first: &Token<'_>, gives: &str) -> Mistake {
    let message = format!("the query gives {gives}, and what is measured is one value");
    Mistake::new(Mistakes::NotOneValue, first.at.clone(), message).help("select one value, such as `count(*)`")
}

/// The first thing that is no reading.
fn writing(tokens: &[Token<'_>]) -> Option<Mistake> {
    let mut depth = 0usize;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let next = tokens.get(index + 1);
        let wrong = |message: String, help: &str| {
            Some(Mistake::new(Mistakes::NotReadOnly, token.at.clone(), message).help(help))
        };
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            ";" if next.is_some_and(|next| !next.is_mark(";")) => {
                return wrong(
                    "a second statement begins behind this".to_owned(),
                    "write one query; a rule measures one value",
                );
            }
            _ => {}
        }
        if token.kind != TokenKind::Word {
            continue;
        }
        let begins = before.is_none_or(|before| matches!(before.text, "(" | ")" | ";"));
        let goes_on = next.is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Quoted(..)));
        let is_writing = WRITING.iter().any(|word| token.is_word(word));
        if is_writing && begins && (goes_on || before.is_none()) && !is_alias(token, before) {
            let word = token.text.to_uppercase();
            return wrong(
                format!("`{word}` changes something, and a rule only reads"),
                "measure by a query that begins with `SELECT`",
            );
        }
        if token.is_word("into") && depth == 0 && goes_on {
            return wrong(
                "`INTO` writes the result somewhere, and a rule only reads".to_owned(),
                "remove `INTO` and what it names",
            );
        }
        if token.is_word("for") && next.is_some_and(|next| next.is_word("update") || next.is_word("share")) {
            return wrong("this locks rows, and a rule only reads".to_owned(), "remove `FOR UPDATE`");
        }
    }
    None
}

/// Whether a word behind a bracket names what stands in it: `(SELECT ...) replace`.
fn is_alias(token: &Token<'_>, before: Option<&Token<'_>>) -> bool {
    let names = ["insert", "update", "delete", "merge"];
    before.is_some_and(|before| before.is_mark(")")) && !names.iter().any(|word| token.is_word(word))
}

/// The query with names of the same length where placeholders stood, and the placeholders that nothing is put into.
fn filled(text: &str) -> (String, Vec<Mistake>) {
    let (mut plain, mut mistakes) = (text.to_owned(), Vec::new());
    for (at, name) in placeholders(text) {
        let (name, is_variable) = match name.split_once(':') {
            Some((name, _)) => (name, true),
            None => (name, name.chars().all(|letter| !letter.is_ascii_lowercase())),
        };
        // Variables of the environment are put in before anybody asks.
        if !PLACEHOLDERS.contains(&name) && !is_variable {
            let whole = quoted(text.get(at.clone()).unwrap_or_default());
            let message = format!("nothing is put in the place of {whole}");
            let help = match nearest(name, PLACEHOLDERS.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => "`{object}` stands for the dataset, and `{property}` for the field".to_owned(),
            };
            mistakes.push(Mistake::new(Mistakes::UnknownPlaceholder, at.clone(), message).help(help));
        }
        plain.replace_range(at.clone(), &format!("p{}", "_".repeat(at.len().saturating_sub(1))));
    }
    (plain, mistakes)
}

/// The names in curly brackets outside of quotes, with their places.
fn placeholders(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut is_text = false;
    let mut from = 0;
    while let Some(next) = text.get(from..).and_then(|rest| rest.find(['\'', '{'])) {
        let start = from + next;
        from = start + 1;
        if text.as_bytes().get(start) == Some(&b'\'') {
            is_text = !is_text;
            continue;
        }
        let Some(length) = text.get(from..).and_then(|rest| rest.find(['}', '{', '\''])) else { break };
        let name = text.get(from..from + length).unwrap_or_default();
        let plain = name.split(':').next().unwrap_or_default();
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
        let is_name = !plain.is_empty() && plain.chars().all(is_letter);
        if is_text || !is_name || text.as_bytes().get(from + length) != Some(&b'}') {
            continue;
        }
        let begin = if text.get(..start).is_some_and(|before| before.ends_with('$')) { start - 1 } else { start };
        from += length + 1;
        found.push((begin..from, name));
    }
    found
}
