//! SQL booleans, as far as their text tells: when two say the same, and when one holds for fewer rows than another. Nothing
//! is evaluated.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Longer expressions are compared as they are written: nobody reads them, and each part would be held against each.
const MOST_TOKENS: usize = 400;

type Tokens = Vec<String>;

/// A condition as alternatives, each of which is a set of parts that all hold.
type Alternatives = BTreeSet<BTreeSet<Tokens>>;

/// The text in a form that two conditions share if they say the same: letter case and white space outside of quotes do not
/// count, nor does the order of what is joined by `and` or by `or`.
pub(super) fn normal(text: &str) -> String {
    match tokens(text) {
        None => text.trim().to_owned(),
        Some(tokens) if tokens.len() > MOST_TOKENS => tokens.join(" "),
        Some(tokens) => {
            let all = |parts: BTreeSet<Tokens>| {
                // In brackets: those of the text are gone, and what stood in them belongs together.
                parts.into_iter().map(|tokens| format!("({})", tokens.join(" "))).collect::<Vec<_>>().join(" and ")
            };
            alternatives(&tokens).into_iter().map(all).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// A whole query in a form that its spellings share: letter case and white space outside of quotes do not count.
pub(super) fn plain(text: &str) -> String {
    tokens(text).map_or_else(|| text.trim().to_owned(), |tokens| tokens.join(" "))
}

/// How the rows of a condition relate to those of another: `Less` where `head` holds for fewer; `None` where the texts
/// don't tell.
pub(super) fn rows(base: &str, head: &str) -> Option<Ordering> {
    if normal(base) == normal(head) {
        return Some(Ordering::Equal);
    }
    let (base, head) = (tokens(base)?, tokens(head)?);
    if base.len().max(head.len()) > MOST_TOKENS {
        return None;
    }
    let (base, head) = (alternatives(&base), alternatives(&head));
    // Whatever holds for more parts at once holds for fewer rows.
    let within = |one: &Alternatives, other: &Alternatives| {
        one.iter().all(|parts| other.iter().any(|fewer| fewer.is_subset(parts)))
    };
    match (within(&head, &base), within(&base, &head)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

/// Words and marks; quoted texts stay as they are. `None` where quotes stay open, or where comments make lines count.
fn tokens(text: &str) -> Option<Tokens> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$');
    while let Some(letter) = letters.next() {
        let mut token = String::from(letter);
        match letter {
            _ if letter.is_whitespace() => continue,
            '\'' | '"' | '`' => {
                // A doubled quote ends one quoted text and begins the next: both stay as they are.
                loop {
                    let next = letters.next()?;
                    token.push(next);
                    if next == letter {
                        break;
                    }
                }
            }
            '-' if letters.peek() == Some(&'-') => return None,
            '/' if letters.peek() == Some(&'*') => return None,
            _ if is_word(letter) => {
                while let Some(next) = letters.next_if(|next| is_word(*next)) {
                    token.push(next);
                }
                token = token.to_lowercase();
            }
            _ => {}
        }
        tokens.push(token);
    }
    Some(tokens)
}

fn alternatives(tokens: &[String]) -> Alternatives {
    let all = |tokens: &[String]| split(bare(tokens), "and").into_iter().map(|part| bare(part).to_vec()).collect();
    split(bare(tokens), "or").into_iter().map(all).collect()
}

/// The parts between a word that stands outside of all brackets.
fn split<'a>(tokens: &'a [String], word: &str) -> Vec<&'a [String]> {
    let (mut parts, mut start, mut depth, mut between) = (Vec::new(), 0, 0usize, false);
    for (index, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "case" => depth += 1,
            ")" | "end" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            "between" => between = true,
            // `between 1 and 5` is one part.
            "and" if between => between = false,
            token if token == word => {
                parts.push(tokens.get(start..index).unwrap_or_default());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(tokens.get(start..).unwrap_or_default());
    parts
}

/// Without the brackets around the whole.
fn bare(mut tokens: &[String]) -> &[String] {
    while let [first, inner @ .., last] = tokens {
        let mut depth = 0i32;
        let stays_open = inner.iter().all(|token| {
            depth += i32::from(token == "(") - i32::from(token == ")");
            depth >= 0
        });
        if first != "(" || last != ")" || !stays_open || depth != 0 {
            break;
        }
        tokens = inner;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_order_do_not_count() {
        let same = [
            ("a > 1", "A  >1"),
            ("a = 'X y' and b", "b AND a='X y'"),
            ("(a or b)", "b or a"),
            ("a between 1 and 5", "a BETWEEN 1 AND 5"),
            ("(a) and ((b))", "b and a"),
        ];
        for (one, other) in same {
            assert_eq!(normal(one), normal(other), "{one} | {other}");
            assert_eq!(rows(one, other), Some(Ordering::Equal));
        }
        let different = [
            ("a = 'X'", "a = 'x'"),
            ("a = 'b  c'", "a = 'b c'"),
            ("a between b and c and d", "a between b and d and c"),
            ("a and (b or c)", "(a and b) or c"),
            ("case when a and b then c end", "case when b and a then c end"),
            ("a -- b\nand c", "a -- b and c"),
            ("'a", "'A"),
            ("(a) or (b)", "a) or (b"),
        ];
        for (one, other) in different {
            assert_ne!(normal(one), normal(other), "{one} | {other}");
        }
    }

    #[test]
    fn more_parts_are_fewer_rows_and_more_alternatives_more() {
        assert_eq!(rows("a", "a and b"), Some(Ordering::Less));
        assert_eq!(rows("a and b", "b"), Some(Ordering::Greater));
        assert_eq!(rows("a", "a or b"), Some(Ordering::Greater));
        assert_eq!(rows("a or b", "b and c"), Some(Ordering::Less));
        assert_eq!(rows("a and b or c", "c or a"), Some(Ordering::Greater));
        assert_eq!(rows("a", "b"), None);
        assert_eq!(rows("a between 1 and 5", "a between 1 and 9"), None);
    }
}
