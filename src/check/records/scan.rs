//! JSON as it stands in a line: where its parts are, with nothing copied.
//!
//! A line is read once, from its begin to its end. What is JSON is what `serde_json` says is JSON, which a law of the tests
//! holds; why something is none is asked of it, since it has the words.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::bytes::{Key, POWERS, digits_of, end_of_plain, word};
use crate::expression::eval::Number;
use crate::source::words::quoted;

/// Why a text is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no JSON.
    Syntax,
    /// A key is there twice, for the second time behind so many bytes.
    Twice(usize),
}

impl Fault {
    /// The reason in words, without the text itself.
    pub(super) fn told(&self, text: &str) -> String {
        match self {
            Self::Twice(behind) => {
                let key = text.get(*behind..).and_then(|rest| Scanner::new(rest).key().ok()).unwrap_or_default();
                format!("the key {} is there twice at character {}", quoted(&key), behind + 1)
            }
            Self::Syntax => match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => "a key has half a letter".to_owned(),
                Err(error) => {
                    let text = error.to_string();
                    let (what, place) = text.split_once(" at line 1 column ").unwrap_or((&text, ""));
                    if matches!(place, "" | "0") { what.to_owned() } else { format!("{what} at character {place}") }
                }
            },
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape<'r> {
    Null,
    Bool(bool),
    /// A number whose digits fit into 64 bits: these, and how many of them stand behind the point where it has one. A value of
    /// a few bytes is handed on for each of millions; [`Found::number`] makes a number of it.
    Digits(i64, Option<u8>),
    /// A number with more digits, or with an exponent.
    Long,
    /// A text without escapes, and what is between its quotes.
    Plain(&'r str),
    /// A text with escapes.
    Escaped,
    List,
    Object,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found<'r> {
    /// As it stands there.
    pub(super) raw: &'r str,
    pub(super) shape: Shape<'r>,
}

impl<'r> Found<'r> {
    /// What a text is that is a value and nothing else.
    pub(super) fn of(raw: &'r str) -> Option<Self> {
        let mut scanner = Scanner::new(raw);
        let found = scanner.value().ok()?;
        scanner.end().ok().map(|()| found)
    }

    /// The number that it is; `None` where it is none, or beyond all bounds.
    #[inline]
    pub(super) fn number(&self) -> Option<Number> {
        match self.shape {
            Shape::Digits(whole, None) => Some(Number::Int(i128::from(whole))),
            Shape::Digits(digits, Some(behind)) => Some(Number::Decimal(i128::from(digits), u32::from(behind))),
            Shape::Long => Number::parse(self.raw),
            _ => None,
        }
    }

    /// The text that it is, borrowed where it has no escapes; `None` where it is none, or has half a letter.
    pub(super) fn text(&self) -> Option<Cow<'r, str>> {
        match self.shape {
            Shape::Plain(text) => Some(Cow::Borrowed(text)),
            Shape::Escaped => serde_json::from_str(self.raw).ok().map(Cow::Owned),
            _ => None,
        }
    }
}

/// Goes through a text from value to value.
#[derive(Debug)]
pub(super) struct Scanner<'r> {
    text: &'r str,
    at: usize,
}

impl<'r> Scanner<'r> {
    pub(super) fn new(text: &'r str) -> Self {
        Self { text, at: 0 }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What comes next that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Where it stands.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Where the text begins.
    pub(super) fn address(&self) -> usize {
        self.text.as_ptr() as usize
    }

    /// What it passed since a place.
    #[inline]
    pub(super) fn since(&self, place: usize) -> &'r str {
        self.text.get(place..self.at).unwrap_or_default()
    }

    /// Makes sure that nothing comes any more.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        if self.peek().is_none() { Ok(()) } else { Err(Fault::Syntax) }
    }

    /// Enters a list or an object, and tells whether there is anything in it. Otherwise it is behind its end already.
    pub(super) fn enter(&mut self, is_object: bool) -> Result<bool, Fault> {
        let (open, close) = if is_object { (b'{', b'}') } else { (b'[', b']') };
        if self.peek() != Some(open) {
            return Err(Fault::Syntax);
        }
        self.at += 1;
        let is_empty = self.peek() == Some(close);
        self.at += usize::from(is_empty);
        Ok(!is_empty)
    }

    /// Goes on behind a value in a list or an object, and tells whether there is another.
    #[inline]
    pub(super) fn goes_on(&mut self, is_object: bool) -> Result<bool, Fault> {
        let next = self.peek();
        self.at += 1;
        match (next, is_object) {
            (Some(b','), _) => Ok(true),
            (Some(b'}'), true) | (Some(b']'), false) => Ok(false),
            _ => Err(Fault::Syntax),
        }
    }

    /// Passes a key and its colon, if it is this one. White space before it is passed already.
    #[inline]
    pub(super) fn passes(&mut self, key: &Key) -> Result<bool, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !key.begins(rest) {
            return Ok(false);
        }
        self.at += key.quoted.len();
        self.colon().map(|()| true)
    }

    /// A key, and passes the colon behind it.
    pub(super) fn key(&mut self) -> Result<Cow<'r, str>, Fault> {
        let start = self.text_raw()?;
        let raw = self.since(start);
        let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        let key = if memchr::memchr(b'\\', inside.as_bytes()).is_none() {
            Cow::Borrowed(inside)
        } else {
            Cow::Owned(serde_json::from_str(raw).map_err(|_| Fault::Syntax)?)
        };
        self.colon().map(|()| key)
    }

    /// Passes a key of which nobody asks, and its colon.
    fn pass_key(&mut self) -> Result<(), Fault> {
        self.text_raw()?;
        self.colon()
    }

    fn text_raw(&mut self) -> Result<usize, Fault> {
        if self.peek() != Some(b'"') {
            return Err(Fault::Syntax);
        }
        let start = self.at;
        self.string().ok_or(Fault::Syntax)?;
        Ok(start)
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Fault> {
        let is_colon = self.peek() == Some(b':');
        self.at += 1;
        if is_colon { Ok(()) } else { Err(Fault::Syntax) }
    }

    /// The value that comes next.
    #[inline]
    pub(super) fn value(&mut self) -> Result<Found<'r>, Fault> {
        let next = self.peek();
        let start = self.at;
        let shape = match next {
            Some(b'{' | b'[') => {
                self.pass()?;
                if next == Some(b'{') { Shape::Object } else { Shape::List }
            }
            _ => self.scalar().ok_or(Fault::Syntax)?,
        };
        Ok(Found { raw: self.since(start), shape })
    }

    /// Passes a value, however deep lists and objects are within each other.
    fn pass(&mut self) -> Result<(), Fault> {
        let mut open = Nest::default();
        loop {
            match self.peek() {
                Some(byte @ (b'{' | b'[')) => {
                    let is_object = byte == b'{';
                    if self.enter(is_object)? {
                        open.push(is_object);
                        if is_object {
                            self.pass_key()?;
                        }
                        continue;
                    }
                }
                _ => _ = self.scalar().ok_or(Fault::Syntax)?,
            }
            // A value is over, and with it perhaps what it is in.
            loop {
                let Some(is_object) = open.innermost() else { return Ok(()) };
                if self.goes_on(is_object)? {
                    if is_object {
                        self.pass_key()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }

    /// A text without escapes, as it stands there; passes nothing where something else comes.
    #[inline]
    pub(super) fn plain_text(&mut self) -> Option<&'r str> {
        if self.byte() != Some(b'"') {
            return None;
        }
        let bytes = self.text.as_bytes();
        let end = end_of_plain(bytes, self.at + 1);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        let raw = self.text.get(self.at..=end)?;
        self.at = end + 1;
        Some(raw)
    }

    /// A whole number of few digits, and as it stands there; passes nothing where something else comes.
    #[inline]
    pub(super) fn plain_whole(&mut self) -> Option<(i64, &'r str)> {
        let start = self.at;
        let is_negative = self.takes(|byte| byte == b'-');
        let mut digits = 0;
        let count = self.whole(&mut digits);
        let is_over = !matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        if is_over && count.is_some_and(|count| count <= MOST_DIGITS) {
            return Some((signed(digits, is_negative)?, self.since(start)));
        }
        self.at = start;
        None
    }

    /// A value with nothing in it.
    #[inline]
    fn scalar(&mut self) -> Option<Shape<'r>> {
        match self.byte()? {
            b'"' => {
                let start = self.at + 1;
                let has_escapes = self.string()?;
                Some(if has_escapes { Shape::Escaped } else { Shape::Plain(self.text.get(start..self.at - 1)?) })
            }
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Shape::Bool(true)),
            b'f' => self.word("false", Shape::Bool(false)),
            b'n' => self.word("null", Shape::Null),
            _ => None,
        }
    }

    #[inline]
    fn word(&mut self, word: &str, shape: Shape<'r>) -> Option<Shape<'r>> {
        let rest = self.text.as_bytes().get(self.at..)?;
        self.at += word.len();
        rest.starts_with(word.as_bytes()).then_some(shape)
    }

    /// Passes a text whose quote comes next, and tells whether it has escapes.
    #[inline]
    fn string(&mut self) -> Option<bool> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        let mut has_escapes = false;
        loop {
            at = end_of_plain(bytes, at);
            match bytes.get(at)? {
                b'"' => {
                    self.at = at + 1;
                    return Some(has_escapes);
                }
                b'\\' => {
                    has_escapes = true;
                    at += escape(bytes.get(at + 1..)?)? + 1;
                }
                // A control character.
                _ => return None,
            }
        }
    }

    /// A number, read as far as it has no more digits than fit into 64 bits.
    #[inline]
    fn number(&mut self) -> Option<Shape<'r>> {
        let is_negative = self.takes(|byte| byte == b'-');
        let mut mantissa = 0;
        let whole = self.whole(&mut mantissa)?;
        let has_point = self.takes(|byte| byte == b'.');
        let behind = if has_point { self.digits(&mut mantissa) } else { 0 };
        if has_point && behind == 0 {
            return None;
        }
        if self.takes(|byte| matches!(byte, b'e' | b'E')) {
            self.takes(|byte| matches!(byte, b'+' | b'-'));
            return (self.digits(&mut 0) > 0).then_some(Shape::Long);
        }
        if whole + behind > MOST_DIGITS {
            return Some(Shape::Long);
        }
        let behind = if has_point { Some(u8::try_from(behind).ok()?) } else { None };
        Some(Shape::Digits(signed(mantissa, is_negative)?, behind))
    }

    /// Passes the digits before the point, and gives how many there are: one at least, and no zero before others.
    #[inline]
    fn whole(&mut self, value: &mut u64) -> Option<usize> {
        let first = self.byte();
        let count = self.digits(value);
        (count == 1 || count > 1 && first != Some(b'0')).then_some(count)
    }

    #[inline]
    fn takes(&mut self, is: impl Fn(u8) -> bool) -> bool {
        let is_there = self.byte().is_some_and(is);
        self.at += usize::from(is_there);
        is_there
    }

    /// Passes digits, and gives how many there are. Of many of them the value is of no use.
    #[inline]
    fn digits(&mut self, value: &mut u64) -> usize {
        let bytes = self.text.as_bytes();
        let start = self.at;
        while let Some(word) = word(bytes, self.at) {
            let (more, count) = digits_of(word);
            *value = value.wrapping_mul(POWERS.get(count).copied().unwrap_or_default()).wrapping_add(more);
            self.at += count;
            if count < 8 {
                return self.at - start;
            }
        }
        for byte in bytes.get(self.at..).unwrap_or_default() {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            *value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            self.at += 1;
        }
        self.at - start
    }
}

/// More digits may not fit into 64 bits.
const MOST_DIGITS: usize = 18;

/// A number of at most so many digits with its sign.
#[inline]
fn signed(digits: u64, is_negative: bool) -> Option<i64> {
    let digits = i64::try_from(digits).ok()?;
    Some(if is_negative { -digits } else { digits })
}

/// How long an escape is behind its backslash, if it is one.
fn escape(rest: &[u8]) -> Option<usize> {
    match rest.first()? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(1),
        b'u' => rest.get(1..5)?.iter().all(u8::is_ascii_hexdigit).then_some(5),
        _ => None,
    }
}

/// Lists and objects that are open, a bit for each.
#[derive(Debug, Default)]
struct Nest {
    bits: u64,
    depth: usize,
    outer: Vec<u64>,
}

impl Nest {
    fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.depth += 1;
    }

    /// Whether the innermost is an object.
    fn innermost(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.bits >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn json_is_what_serde_says_is_json(text in r#"([\[\]{}:, ]|"(a|\\n|\\u00e9|\\ud800|\\u12|\\x|ü|\x01){0,12}"|-?(0|1|12)(\.[0-9]{0,2})?([eE][+-]?[0-9]?)?|true|false|nul{1,2}|["\\a\t]){0,12}"#) {
            let known = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            prop_assert_eq!(Found::of(text.trim_matches([' ', '\t', '\n', '\r'])).is_some(), known);
        }

        #[test]
        fn values_are_those_of_serde(text in r#""([a-z"\\/\u{0}-\u{2f}ü\u{1F600}]|\\[nt"\\/]|\\u00[0-9a-f]{2}){0,40}""#) {
            let known = serde_json::from_str::<String>(&text).ok();
            prop_assert_eq!(Found::of(&text).and_then(|found| found.text().map(Cow::into_owned)), known);
        }

        #[test]
        fn numbers_are_those_that_are_read_by_digits(text in r"-?(0|[1-9][0-9]{0,22})(\.[0-9]{1,22})?([eE][+-]?[0-9]{1,3})?") {
            // Digit by digit: 1 and 1.0 are equal.
            let shown = |number: Option<Number>| number.map(|number| format!("{number:?}"));
            let found = Found::of(&text).expect("a number");
            prop_assert!(matches!(found.shape, Shape::Digits(..) | Shape::Long));
            prop_assert_eq!(shown(found.number()), shown(Number::parse(&text)));
            // What stands behind it changes nothing, though it is looked at in one go with it.
            for behind in [",", ", \"0123456789\"", "}          ", " 1234567890"] {
                let longer = format!("{text}{behind}");
                let there = Scanner::new(&longer).value().expect("a number");
                prop_assert_eq!(there, Found { raw: &text, shape: there.shape });
                prop_assert_eq!(shown(there.number()), shown(found.number()));
                let mut scanner = Scanner::new(&longer);
                let whole = scanner.plain_whole();
                prop_assert_eq!(scanner.place(), if whole.is_some() { text.len() } else { 0 });
                let known = if let Shape::Digits(whole, None) = found.shape { Some((whole, text.as_str())) } else { None };
                prop_assert_eq!(whole, known);
            }
        }

        #[test]
        fn a_plain_text_is_one_without_escapes(text in r#""[a-z"\\\u{0}-\u{2f}ü\u{1F600}]{0,40}""#, behind in "[,\" a]{0,12}") {
            let longer = format!("{text}{behind}");
            let mut scanner = Scanner::new(&longer);
            let plain = scanner.plain_text();
            let known = Scanner::new(&longer).value().ok().filter(|found| matches!(found.shape, Shape::Plain(_)));
            prop_assert_eq!(plain, known.map(|found| found.raw));
            prop_assert_eq!(scanner.place(), plain.map_or(0, str::len));
        }
    }

    #[test]
    fn depth_is_no_matter() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":[", "]}]")] {
            for depth in [1, 21, 22, 63, 64, 65, 128, 129, 100_000] {
                let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                assert_eq!(Found::of(&text).map(|found| found.raw.len()), Some(text.len()), "{open} {depth}");
                let wrong = format!("{}1{}}}", open.repeat(depth), close.repeat(depth - 1));
                assert_eq!(Found::of(&wrong).is_some(), open.starts_with('{'), "{open} {depth}");
            }
        }
    }
}
