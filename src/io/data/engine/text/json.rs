//! JSON objects as columns of text: for each key one with its texts, and one with its values as they stand there.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::chunks::{Chunk, string_end};
use super::columns::Rows;

/// Reads pieces of JSON files.
#[derive(Debug)]
pub(super) struct Json {
    /// Keys, each with two columns: that of its texts, and behind it that of its JSON.
    keys: Vec<String>,
    positions: HashMap<Vec<u8>, usize>,
    /// Whether each line is a value.
    lines: bool,
}

/// The value of a key.
#[derive(Debug, Clone, Default)]
struct Value {
    at: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Missing,
    Text,
    /// A text with escapes.
    Escaped,
    /// A number, or true or false.
    Plain,
    /// A list or an object.
    Nested,
}

type Read<T> = Result<T, String>;

impl Json {
    pub(super) fn new(keys: Vec<String>, lines: bool) -> Self {
        let positions = keys.iter().enumerate().map(|(at, key)| (key.clone().into_bytes(), at)).collect();
        Self { keys, positions, lines }
    }

    /// The keys of the objects of a piece that are not known yet, in the order of their appearance.
    pub(super) fn new_keys(&self, chunk: &Chunk) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut known = HashSet::new();
        self.each(chunk, |bytes, at, _| {
            Scanner { bytes, at }.object(|key, _, _| {
                if !self.positions.contains_key(key) && known.insert(key.to_vec()) {
                    found.extend(String::from_utf8(key.to_vec()));
                }
            })
        });
        found
    }

    /// The rows of a piece.
    pub(super) fn rows(&self, chunk: &Chunk, rows: &mut Rows) {
        let mut values: Vec<Value> = vec![Value::default(); self.keys.len()];
        let mut texts: Vec<Option<String>> = vec![None; self.keys.len()];
        let mut row = 0_usize;
        let mut seen = vec![0_usize; self.keys.len()];
        let broken = self.each(chunk, |bytes, at, line| {
            row += 1;
            values.fill(Value::default());
            let mut guess = 0;
            let mut scanner = Scanner { bytes, at };
            let mut failed = None;
            let end = scanner.object(|key, at, kind| {
                let guessed = self.keys.get(guess).filter(|known| known.as_bytes() == key).map(|_| guess);
                let Some(position) = guessed.or_else(|| self.positions.get(key).copied()) else { return };
                guess = position + 1;
                // What was there before would be lost.
                if seen.get_mut(position).is_some_and(|seen| std::mem::replace(seen, row) == row) {
                    failed = Some(format!("its key {} is there twice", quoted(key)));
                }
                if kind == Kind::Escaped {
                    match serde_json::from_slice::<String>(bytes.get(at.clone()).unwrap_or_default()) {
                        Ok(text) => {
                            if let Some(into) = texts.get_mut(position) {
                                *into = Some(text);
                            }
                        }
                        Err(_) => failed = Some(format!("the text of its key {} is no JSON", quoted(key))),
                    }
                }
                if let Some(value) = values.get_mut(position) {
                    *value = Value { at, kind };
                }
            })?;
            if let Some(failed) = failed {
                return Err(failed);
            }
            // Each line is cut off where it ends.
            if self.lines && space(bytes, end) < bytes.len() {
                return Err("there is something behind its JSON object".to_owned());
            }
            for (column, into) in &mut rows.columns {
                let (key, raw) = (*column / 2, *column % 2 == 1);
                let value = values.get(key).cloned().unwrap_or_default();
                match value.kind {
                    Kind::Missing => into.push_null(),
                    _ if raw => into.push(bytes.get(value.at).unwrap_or_default()),
                    Kind::Text => into.push(bytes.get(value.at.start + 1..value.at.end - 1).unwrap_or_default()),
                    Kind::Escaped => match texts.get(key) {
                        Some(Some(text)) => into.push(text.as_bytes()),
                        _ => into.push_null(),
                    },
                    Kind::Plain | Kind::Nested => into.push_null(),
                }
            }
            rows.row(line);
            Ok(end)
        });
        rows.broken.extend(broken);
    }

    /// Goes through the values of a piece; those that are broken, by their lines.
    fn each(&self, chunk: &Chunk, mut value: impl FnMut(&[u8], usize, u64) -> Read<usize>) -> Vec<(u64, String)> {
        if self.lines { each_line(chunk, &mut value) } else { each_value(chunk, &mut value) }
    }
}

fn each_line(chunk: &Chunk, value: &mut impl FnMut(&[u8], usize, u64) -> Read<usize>) -> Vec<(u64, String)> {
    let mut broken = Vec::new();
    let (mut at, mut line) = (0, chunk.line);
    let bytes = chunk.bytes.as_slice();
    let careful = std::str::from_utf8(bytes).is_err();
    while at < bytes.len() {
        let end = memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |length| at + length);
        let text = bytes.get(..end).unwrap_or_default();
        let start = space(text, at);
        if start < end {
            let whole = utf8(text.get(at..).unwrap_or_default(), careful).and_then(|()| value(text, start, line));
            broken.extend(whole.err().map(|what| (line, what)));
        }
        at = end + 1;
        line += 1;
    }
    broken
}

fn each_value(chunk: &Chunk, value: &mut impl FnMut(&[u8], usize, u64) -> Read<usize>) -> Vec<(u64, String)> {
    let mut broken = Vec::new();
    let bytes = chunk.bytes.as_slice();
    if let Err(what) = utf8(bytes, true) {
        return vec![(chunk.line, what)];
    }
    let (mut at, mut line, mut seen) = (0, chunk.line, 0);
    loop {
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']')) {
            at += 1;
        }
        line += memchr::memchr_iter(b'\n', bytes.get(seen..at).unwrap_or_default()).count() as u64;
        seen = at;
        if at >= bytes.len() {
            break;
        }
        match value(bytes, at, line) {
            Ok(end) => at = end,
            Err(what) => {
                // Where the next one begins is not known.
                let next = memchr::memmem::find(bytes.get(at..).unwrap_or_default(), b"\n{").map(|next| at + next + 1);
                let lost = if next.is_some() { "" } else { ", and what follows is lost" };
                broken.push((line, format!("{what}{lost}")));
                at = next.unwrap_or(bytes.len());
            }
        }
    }
    let ends_open = bytes.trim_ascii_end().last() != Some(&b']');
    if chunk.closes && ends_open && broken.is_empty() {
        broken.push((line, "the file ends before its list does".to_owned()));
    }
    broken
}

fn utf8(text: &[u8], careful: bool) -> Read<()> {
    match careful.then(|| std::str::from_utf8(text)) {
        Some(Err(error)) => {
            let byte = text.get(error.valid_up_to()).copied().unwrap_or_default();
            Err(format!("it is not UTF-8: byte 0x{byte:02X} at its position {}", error.valid_up_to() + 1))
        }
        _ => Ok(()),
    }
}

/// What JSON takes for white space (RFC 8259, section 2).
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

fn quoted(key: &[u8]) -> String {
    crate::source::words::quoted(&String::from_utf8_lossy(key))
}

/// Reads JSON from a position on.
struct Scanner<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&mut self) -> Option<u8> {
        self.at = space(self.bytes, self.at);
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, wanted: u8, place: impl FnOnce() -> String) -> Read<()> {
        match self.peek() {
            Some(byte) if byte == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(format!("there is no `{}` {}", wanted as char, place())),
            None => Err("it ends within an object".to_owned()),
        }
    }

    /// Reads an object, and tells of each key where its value is; the position behind it.
    fn object(&mut self, mut visit: impl FnMut(&[u8], Range<usize>, Kind)) -> Read<usize> {
        if self.peek() != Some(b'{') {
            return Err("it is no JSON object".to_owned());
        }
        self.at += 1;
        if self.peek() == Some(b'}') {
            return Ok(self.at + 1);
        }
        loop {
            self.expect(b'"', || "where a key should be".to_owned())?;
            let start = self.at;
            self.at = string_end(self.bytes, start).ok_or("a text in it is not closed")?;
            let key = self.bytes.get(start..self.at - 1).unwrap_or_default();
            plain(key)?;
            self.expect(b':', || format!("behind its key {}", Key(key)))?;
            let (value, kind) = self.value().map_err(|what| format!("{what} in its key {}", Key(key)))?;
            if memchr(b'\\', key).is_some() {
                let whole: Result<String, _> =
                    serde_json::from_slice(self.bytes.get(start - 1..start + key.len() + 1).unwrap_or_default());
                visit(whole.map_err(|_| "a key in it is no JSON text")?.as_bytes(), value, kind);
            } else {
                visit(key, value, kind);
            }
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => return Ok(self.at + 1),
                Some(_) => return Err(format!("there is no `,` behind its key {}", Key(key))),
                None => return Err("it ends within an object".to_owned()),
            }
        }
    }

    fn value(&mut self) -> Read<(Range<usize>, Kind)> {
        let first = self.peek().ok_or("it ends")?;
        let start = self.at;
        let kind = match first {
            b'"' => {
                self.at = string_end(self.bytes, start + 1).ok_or("a text is not closed")?;
                let text = self.bytes.get(start..self.at).unwrap_or_default();
                plain(text)?;
                if memchr(b'\\', text).is_some() { Kind::Escaped } else { Kind::Text }
            }
            b'{' | b'[' => {
                self.at = nested_end(self.bytes, start).ok_or("a bracket is not closed")?;
                self.valid_nested(start)?;
                Kind::Nested
            }
            _ => {
                let rest = self.bytes.get(start..).unwrap_or_default();
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
                self.at = start + rest.iter().position(ends).unwrap_or(rest.len());
                match self.bytes.get(start..self.at).unwrap_or_default() {
                    b"null" => Kind::Missing,
                    b"true" | b"false" => Kind::Plain,
                    number if is_plain_integer(number) => Kind::Plain,
                    _ => {
                        self.valid(start)?;
                        Kind::Plain
                    }
                }
            }
        };
        Ok((start..self.at, kind))
    }

    fn valid(&self, start: usize) -> Read<()> {
        let text = self.bytes.get(start..self.at).unwrap_or_default();
        serde_json::from_slice::<IgnoredAny>(text).map(drop).map_err(|_| "there is no JSON value".to_owned())
    }

    fn valid_nested(&self, start: usize) -> Read<()> {
        let text = self.bytes.get(start..self.at).unwrap_or_default();
        match serde_json::from_slice::<Once>(text) {
            Err(error) if error.is_data() => {
                let told = error.to_string();
                Err(told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what).to_owned())
            }
            Ok(_) => Ok(()),
            // What is too deep or too large for a number may be JSON all the same.
            Err(_) => self.valid(start),
        }
    }
}

/// JSON in which no object has a key twice: which of the two is meant nobody knows.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Self;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        let mut keys: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(Name(key)) = object.next_key()? {
            object.next_value::<Self>()?;
            if let Some(key) = keys.replace(key) {
                let key = crate::source::words::quoted(&key);
                return Err(serde::de::Error::custom(format!("the key {key} is there twice")));
            }
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

/// The key of an object.
#[derive(Deserialize)]
struct Name<'k>(#[serde(borrow)] Cow<'k, str>);

/// The value of a key of an object, as JSON; `None` where there is none, or where it is null.
pub(in super::super) fn member<'t>(object: &'t str, key: &str) -> Option<&'t str> {
    let mut found = None;
    let read = Scanner { bytes: object.as_bytes(), at: 0 }.object(|name, at, kind| {
        if name == key.as_bytes() {
            found = (kind != Kind::Missing).then_some(at);
        }
    });
    read.ok()?;
    object.get(found?)
}

/// Makes sure that a text has no control characters, which JSON has escapes for.
fn plain(text: &[u8]) -> Read<()> {
    // Without a way out the loop is done for many bytes at once.
    let least = text.iter().copied().min().unwrap_or(b' ');
    if least < b' ' { Err(format!("there is a control character (0x{least:02X}) in a text")) } else { Ok(()) }
}

fn is_plain_integer(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'1'..=b'9')) && text.iter().all(u8::is_ascii_digit)
}

fn nested_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at + 1)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Shows a key only where it is needed.
struct Key<'b>(&'b [u8]);

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&quoted(self.0))
    }
}
