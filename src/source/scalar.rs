//! Parts of a value found in the text of the file, whatever the value is written as: plain, quoted, or as a block.

use super::{Node, Span, Value};

/// Where a part of a node's text stands in the file, by bytes of the node's text. `None` where the node has no text, or
/// stands elsewhere.
pub fn within(file: &str, node: &Node, part: Span) -> Option<Span> {
    let Value::Text(value) = &node.value else { return None };
    let part = part.range();
    value.get(part.clone())?;
    let mut source = Source::new(file.get(node.span.range())?);
    let (mut start, mut end) = (None, 0);
    for (at, letter) in value.char_indices() {
        let place = source.next(letter)?;
        if at >= part.start {
            start.get_or_insert(place.start);
        }
        if at < part.end {
            end = place.end;
        } else {
            break;
        }
    }
    let start = start.unwrap_or(source.at);
    let before = node.span.range().start;
    Some(Span::new(before + start, before + end.max(start)))
}

/// The text of a scalar in the file, read a letter of its value at a time.
struct Source<'a> {
    text: &'a str,
    at: usize,
    quote: Option<char>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        let first = text.chars().next();
        let quote = first.filter(|first| matches!(first, '\'' | '"'));
        let is_block = matches!(first, Some('|' | '>'));
        let header = text.find('\n').map_or(text.len(), |end| end + 1);
        let at = if is_block { header } else { usize::from(quote.is_some()) };
        Self { text, at, quote }
    }

    /// Where the next letter of the value stands.
    fn next(&mut self, letter: char) -> Option<std::ops::Range<usize>> {
        loop {
            let (length, written) = self.letter()?;
            let place = self.at..self.at + length;
            let is_space = written.is_none_or(char::is_whitespace);
            if written == Some(letter) {
                self.at = place.end;
                return Some(place);
            }
            match (letter.is_whitespace(), is_space) {
                // Lines are folded, or the file ends them otherwise.
                (true, true) => {
                    self.at = place.end;
                    return Some(place);
                }
                // White space that is not written: the end of a block.
                (true, false) => return Some(self.at..self.at),
                // Indentation, and line ends that are folded.
                (false, true) => self.at = place.end,
                (false, false) => return None,
            }
        }
    }

    /// The letter that is written here, and in how many bytes; no letter for the end of a line that is escaped.
    fn letter(&self) -> Option<(usize, Option<char>)> {
        let rest = self.text.get(self.at..)?;
        let first = rest.chars().next()?;
        match (self.quote, first) {
            (Some('\''), '\'') => rest.starts_with("''").then_some((2, Some('\''))),
            (Some('"'), '"') => None,
            (Some('"'), '\\') => escaped(rest),
            _ => Some((first.len_utf8(), Some(first))),
        }
    }
}

/// The letter of an escape in double quotes (<https://yaml.org/spec/1.2.2/#57-escaped-characters>).
fn escaped(text: &str) -> Option<(usize, Option<char>)> {
    let kind = text.chars().nth(1)?;
    let digits = |count: usize| {
        let code = u32::from_str_radix(text.get(2..2 + count)?, 16).ok()?;
        Some((2 + count, Some(char::from_u32(code)?)))
    };
    let plain = |letter| Some((1 + kind.len_utf8(), Some(letter)));
    match kind {
        'x' => digits(2),
        'u' => digits(4),
        'U' => digits(8),
        'n' | 'r' | 'N' | 'L' | 'P' | 't' | '\t' | '_' | 'v' | 'f' => plain(' '),
        '\n' | '\r' => Some((2, None)),
        letter => plain(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    #[track_caller]
    fn found(text: &str, part: &str) -> Option<String> {
        let tree = parse(text).expect("YAML");
        let node = tree.get("a").expect("a value");
        let start = node.text().expect("text").find(part).expect("the part");
        let span = within(text, node, Span::new(start, start + part.len()))?;
        Some(text[span.range()].to_owned())
    }

    #[test]
    fn parts_are_found_in_every_way_to_write_a_value() {
        let cases = [
            ("a: amount > 0 and b", "b"),
            ("a: amount > 0 and b", "amount"),
            ("a: 'it''s b'", "b"),
            ("a: 'it''s b'  # b", "s b"),
            (r#"a: "\"amount\" > \u00e4 and b""#, "b"),
            ("a: amount > 0\n  and\n  b", "b"),
            ("a: 'amount > 0\n\n  and\n  b'", "b"),
            ("a: \"amount > 0 \\\n  and\n  b\"", "b"),
            ("a: |\n  amount > 0\n    and b\n  or c\n", "b"),
            ("a: |\n  amount > 0\n    and b\n  or c\n", "c"),
            ("a: >-\n  amount > 0\n  and b\n\n  or c\n", "c"),
            ("a: |2-\n    amount > 0\n  or c\n", "amount"),
            ("a: |\r\n  amount > 0\r\n  or c\r\n", "c"),
            ("x: 1\na:\n  ä > 0 or ö", "ö"),
            ("{a: b > c, d: e}", "c"),
        ];
        for (text, part) in cases {
            assert_eq!(found(text, part).as_deref(), Some(part), "{text:?}");
        }
        assert_eq!(found("a: 'it''s b'", "it's").as_deref(), Some("it''s"));
        assert_eq!(found("a: amount >\n    0", "amount > 0").as_deref(), Some("amount >\n    0"));
    }

    #[test]
    fn what_is_no_text_has_no_parts() {
        let tree = parse("a: 5\nb: text").expect("YAML");
        let part = |key: &str, span| within("a: 5\nb: text", tree.get(key).expect("a value"), span);
        assert_eq!(part("a", Span::new(0, 1)), None);
        assert_eq!(part("b", Span::new(0, 9)), None);
        assert_eq!(part("b", Span::new(4, 4)), Some(Span::new(12, 12)));
    }
}
