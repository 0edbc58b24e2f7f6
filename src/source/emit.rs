//! Values to text: YAML as people write it, or JSON. The only file that knows the crate that writes YAML.
//!
//! What is written is read back as the same values, by [`super::parse`] and by readers of YAML 1.1 alike: a text stands
//! without quotes only where none of them takes it for something else. Characters that turn the direction of text or hide
//! it are written as escapes, so that the text shows what it says.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_saphyr::{DoubleQuoted, FlowSeq, SingleQuoted};

use crate::model::Literal;

/// The columns that a folded text or a list on one line takes at most, without its indentation.
const WIDTH: usize = 100;
/// How many characters an item may have in a list that stands on one line.
const SHORT: usize = 40;
/// Stands before a character that is to be an escape. It is none that text has: YAML allows it as an escape only, and so
/// whatever holds one is in double quotes.
const MARK: char = '\u{fffe}';
const WRITTEN_MARK: &str = "\\uFFFE";
/// Stands before a text that needs no quotes, whatever the crate thinks. Where text has one of its own, it is an escape.
const PLAIN: char = '\u{f8ff}';

/// A value as YAML, two spaces for each level: mappings and lists in blocks, lists of short values on one line
/// (`[a, b]`), long text folded (`>-`) and text of several lines as it is (`|`). Ends with a line end.
pub fn yaml(value: &Literal) -> String {
    let options = serde_saphyr::ser_options! { compact_list_indent: false, folded_wrap_chars: WIDTH };
    // Writing to memory does not fail, and JSON is YAML.
    let text = serde_saphyr::to_string_with_options(&Yaml(value), options).unwrap_or_else(|_| json(value));
    let text = if text.contains(WRITTEN_MARK) { unmarked(&text) } else { text };
    if text.contains(PLAIN) { text.replace(PLAIN, "") } else { text }
}

/// A value as JSON, two spaces for each level. JSON has no word for what is no finite number: that becomes text, as
/// `".nan"` or `"-.inf"`. Ends with a line end.
pub fn json(value: &Literal) -> String {
    // Writing to memory does not fail, and all keys are text.
    let text = serde_json::to_string_pretty(&Json(value)).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        // Outside of strings there is none of them but line ends.
        if letter != '\n' && (is_hidden(letter) || is_no_text(letter)) {
            let _ = write!(safe, "\\u{:04x}", u32::from(letter));
        } else {
            safe.push(letter);
        }
    }
    safe.push('\n');
    safe
}

/// Whether a character turns the direction of the text around it, or hides it, or has a meaning of its own here.
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        PLAIN |
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
    )
}

/// Whether a character stands in YAML as an escape only, which the crate sees to.
fn is_no_text(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text with a mark before everything that is to be an escape.
fn marked(text: &str) -> Option<String> {
    let mut letters = text.chars().filter(|letter| is_hidden(*letter)).peekable();
    letters.peek()?;
    let mut marked = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_hidden(letter) {
            marked.push(MARK);
        }
        marked.push(letter);
    }
    Some(marked)
}

/// The escapes in the place of the marks and of what follows them.
fn unmarked(text: &str) -> String {
    let mut parts = text.split(WRITTEN_MARK);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        match letters.next() {
            Some(letter) if is_hidden(letter) => {
                let _ = write!(result, "\\u{:04X}", u32::from(letter));
                result.push_str(letters.as_str());
            }
            // The text itself has such a character, or the letters of its escape.
            _ => {
                result.push_str(WRITTEN_MARK);
                result.push_str(part);
            }
        }
    }
    result
}

struct Yaml<'a>(&'a Literal);

impl Serialize for Yaml<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Literal::Null => to.serialize_unit(),
            Literal::Bool(value) => to.serialize_bool(*value),
            Literal::Int(value) => to.serialize_i128(*value),
            Literal::Float(value) => to.serialize_f64(*value),
            Literal::Text(text) => YamlText(text).serialize(to),
            Literal::List(items) if is_short(items) => FlowSeq(Items(items)).serialize(to),
            Literal::List(items) => Items(items).serialize(to),
            Literal::Map(entries) => {
                let mut map = to.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    match marked(key) {
                        Some(key) => map.serialize_entry(&key, &Yaml(value))?,
                        None => map.serialize_entry(key, &Yaml(value))?,
                    }
                }
                map.end()
            }
        }
    }
}

struct Items<'a>(&'a [Literal]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.0.len()))?;
        for item in self.0 {
            list.serialize_element(&Yaml(item))?;
        }
        list.end()
    }
}

struct YamlText<'a>(&'a str);

impl Serialize for YamlText<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text = self.0;
        if is_version(text) {
            to.serialize_str(&format!("{PLAIN}{text}"))
        } else if let Some(marked) = marked(text) {
            DoubleQuoted(marked.as_str()).serialize(to)
        } else if is_single(text) && is_plain(text) != Some(true) {
            SingleQuoted(text).serialize(to)
        } else if (text.contains('\n') || text.len() > WIDTH) && !is_block(text) {
            DoubleQuoted(text).serialize(to)
        } else {
            to.serialize_str(text)
        }
    }
}

/// Whether a text is made of three numbers or more with dots between them, as versions and addresses are. The words of YAML
/// 1.1 make a number of that, and no reader does.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.len() < SHORT && text.bytes().filter(|byte| *byte == b'.').count() >= 2 && text.split('.').all(is_number)
}

/// Whether single quotes show a text better than double ones, which would double its backslashes: patterns, most of all.
fn is_single(text: &str) -> bool {
    text.contains(['\\', '"']) && !text.contains(['\'', '\n']) && !text.chars().any(is_no_text)
}

/// Whether a text needs no quotes in a list on one line; `None` where that can't be told.
fn is_plain(text: &str) -> Option<bool> {
    let written = serde_saphyr::to_string(&FlowSeq([text])).ok()?;
    Some(!written.starts_with("[\""))
}

/// Whether a text can stand as a block of lines, where what is at the ends of lines is not seen.
fn is_block(text: &str) -> bool {
    let is_tidy = |line: &str| !line.ends_with([' ', '\t']) && !line.starts_with('\t');
    let is_text = |letter: char| letter == '\n' || letter == '\t' || !is_no_text(letter);
    let lines = text.strip_suffix('\n').unwrap_or(text);
    !text.starts_with([' ', '\n'])
        && !lines.ends_with('\n')
        && lines.split('\n').all(is_tidy)
        && text.chars().all(is_text)
        // A folded text is broken at its spaces, of which there can be one.
        && (text.contains('\n') || !text.contains("  ") && !text.contains('\t'))
}

/// Whether a list of values stands on one line.
fn is_short(items: &[Literal]) -> bool {
    let mut room = WIDTH;
    items.iter().all(|item| {
        let letters = match item {
            Literal::List(_) | Literal::Map(_) => return false,
            Literal::Text(text) if text.len() > 4 * SHORT || text.contains('\n') => return false,
            Literal::Text(text) => text.chars().count(),
            other => other.to_string().len(),
        };
        let fits = letters <= SHORT && letters + 2 <= room;
        room = room.saturating_sub(letters + 2);
        fits
    })
}

struct Json<'a>(&'a Literal);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Literal::Null => to.serialize_unit(),
            Literal::Bool(value) => to.serialize_bool(*value),
            Literal::Int(value) => to.serialize_i128(*value),
            Literal::Float(value) if value.is_nan() => to.serialize_str(".nan"),
            Literal::Float(value) if value.is_infinite() => {
                to.serialize_str(if value.is_sign_positive() { ".inf" } else { "-.inf" })
            }
            Literal::Float(value) => to.serialize_f64(*value),
            Literal::Text(text) => to.serialize_str(text),
            Literal::List(items) => to.collect_seq(items.iter().map(Json)),
            Literal::Map(entries) => to.collect_map(entries.iter().map(|(key, value)| (key, Json(value)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Node, Value, parse};

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }

    fn map(entries: &[(&str, Literal)]) -> Literal {
        Literal::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    fn read(node: &Node) -> Literal {
        match &node.value {
            Value::Null => Literal::Null,
            Value::Bool(value) => Literal::Bool(*value),
            Value::Int(value) => Literal::Int(*value),
            Value::Float(value) => Literal::Float(*value),
            Value::Text(text) => Literal::Text(text.to_string()),
            Value::List(items) => Literal::List(items.iter().map(read).collect()),
            Value::Map(entries) => {
                Literal::Map(entries.iter().map(|entry| (entry.key.to_string(), read(&entry.value))).collect())
            }
        }
    }

    /// Equal, with NaN equal to itself and -0.0 told from 0.0.
    fn alike(one: &Literal, other: &Literal) -> bool {
        match (one, other) {
            (Literal::Float(one), Literal::Float(other)) => {
                one.is_nan() && other.is_nan() || one.to_bits() == other.to_bits()
            }
            (Literal::List(one), Literal::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
            }
            (Literal::Map(one), Literal::Map(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.0 == other.0 && alike(&one.1, &other.1))
            }
            _ => one == other,
        }
    }

    /// What writers of YAML fall over.
    const HOSTILE: &[&str] = &[
        "",
        " ",
        "  ",
        "a ",
        " a",
        "\t",
        "\ta",
        "a\t",
        "no",
        "on",
        "Yes",
        "y",
        "N",
        "null",
        "~",
        "true",
        "1.0",
        "1",
        "-1",
        "+1",
        "0x1f",
        "0o17",
        "017",
        "1e3",
        "1_000",
        "190:20:30",
        ".5",
        "5.",
        ".",
        "-",
        "--",
        "---",
        "...",
        "--- a",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        ".inf",
        ".nan",
        "NaN",
        "<<",
        "=",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "|-",
        "? a",
        "?",
        ":",
        ": ",
        "a: b",
        "a:",
        "a:b",
        " #",
        "a #b",
        "#a",
        "- a",
        "[a",
        "a]",
        "{",
        "}",
        "a, b",
        ",",
        "'",
        "\"",
        "\\",
        "\\d+",
        "^[a-z]\\.$",
        "'a' \"b\"",
        "\n",
        "\n\n",
        "a\n",
        "a\nb",
        "a\n\n",
        "a\n\nb\n",
        " a\nb",
        "a \nb",
        "a\n b",
        "a\n\tb",
        "\na",
        "a\r\nb",
        "\r",
        "\u{0}",
        "\u{7}",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{85}",
        "\u{9b}",
        "\u{a0}",
        "\u{ad}",
        "\u{2028}",
        "\u{2029}",
        "a\u{202e}b",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{feff}\nb",
        "\u{fffd}",
        "\u{fffe}",
        "\u{fffe}\u{202e}",
        "\\uFFFE\u{202e}",
        "\u{fffe}\\uFEFF",
        "\\uFFFE\\L",
        "\u{ffff}",
        "\u{e000}",
        "🦀",
        "é",
        "e\u{301}",
        "👩\u{200d}🔬",
        "\u{10ffff}",
        "a\u{202e}\nb",
        "${VAR:-x}",
        "%YAML 1.2",
        "a\n---\nb",
        "a\n# b",
    ];

    fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => proptest::sample::select(HOSTILE).prop_map(str::to_owned),
            3 => proptest::collection::vec(proptest::sample::select(HOSTILE), 1..6).prop_map(|parts| parts.concat()),
            2 => "[a-z ,:#'\"\\\\\\[\\]{}&*!|>%@\\-\n\t]{0,12}",
            2 => "([a-z]{1,9}[ ,.:]{1,2}){8,40}",
            1 => "([a-z]{1,9}[ \n]){8,40}",
            1 => "([a-z]{1,9} {1,3}){8,30}",
            1 => any::<String>(),
        ]
    }

    fn values() -> impl Strategy<Value = Literal> {
        let leaf = prop_oneof![
            1 => Just(Literal::Null),
            1 => any::<bool>().prop_map(Literal::Bool),
            2 => any::<i128>().prop_map(Literal::Int),
            1 => (-100i128..100).prop_map(Literal::Int),
            2 => any::<f64>().prop_map(Literal::Float),
            1 => proptest::sample::select(&[0.0, -0.0, 1.0, 1e300, -1e-300, 5e-324, f64::NAN, f64::INFINITY][..])
                .prop_map(Literal::Float),
            8 => hostile().prop_map(Literal::Text),
        ];
        leaf.prop_recursive(6, 64, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Literal::List),
                proptest::collection::vec((hostile(), inner), 0..6).prop_map(Literal::Map),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_written_is_read_back(value in values()) {
            let written = yaml(&value);
            let tree = parse(&written).map_err(|problem| TestCaseError::fail(format!("{problem:?}\n{written}")))?;
            prop_assert!(alike(&read(&tree), &value), "{written}\n{:?}", read(&tree));
            prop_assert!(!written.chars().any(|letter| letter != '\n' && letter != '\t' && (is_hidden(letter) || is_no_text(letter))));
        }

        #[test]
        fn json_is_read_back_by_json_and_yaml(value in values()) {
            let written = json(&value);
            serde_json::from_str::<serde_json::Value>(&written).expect("JSON");
            let tree = parse(&written).map_err(|problem| TestCaseError::fail(format!("{problem:?}\n{written}")))?;
            prop_assert_eq!(json(&read(&tree)), written);
        }
    }

    #[test]
    fn hostile_texts_stand_everywhere() {
        for one in HOSTILE {
            let value = map(&[
                (one, text(one)),
                ("list", Literal::List(vec![text(one), Literal::Null])),
                ("long", Literal::List(vec![text(one), map(&[(one, text(one))])])),
            ]);
            let written = yaml(&value);
            let tree = parse(&written).unwrap_or_else(|problem| panic!("{one:?}: {problem:?}\n{written}"));
            assert!(alike(&read(&tree), &value), "{one:?}\n{written}");
        }
    }

    #[test]
    fn the_text_is_as_people_write_it() {
        let long =
            "How far the order has come, from the moment at which it is placed until the last parcel is delivered.";
        let value = map(&[
            ("name", text("orders")),
            ("on", text("no")),
            ("version", text("1.0.0")),
            ("number", text("1.0")),
            ("day", text("2026-01-01")),
            ("description", text(long)),
            ("query", text("SELECT 1\nFROM orders\n")),
            ("regex", text(r#"["\d]+"#)),
            ("plain", text(r"^\d+$")),
            ("hidden", text("a\u{202e}b")),
            ("tags", Literal::List(vec![text("a"), text("b: c"), Literal::Int(1)])),
            ("none", Literal::List(Vec::new())),
            ("fields", Literal::List(vec![map(&[("name", text("id")), ("max", Literal::Float(1.0))])])),
        ]);
        let expected = "\
name: orders
\"on\": \"no\"
version: 1.0.0
number: \"1.0\"
day: \"2026-01-01\"
description: >-
  How far the order has come, from the moment at which it is placed until the last parcel is
  delivered.
query: |
  SELECT 1
  FROM orders
regex: '[\"\\d]+'
plain: ^\\d+$
hidden: \"a\\u202Eb\"
tags: [a, \"b: c\", 1]
none: []
fields:
  - name: id
    max: 1.0
";
        assert_eq!(yaml(&value), expected);
    }
}
