//! Files of the standards, broken in thousands of small ways: nothing panics, whatever is written is read again, and every
//! place is in the text.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use jiff::civil::date;
use pact::format::{self, Document};
use pact::model::SourceId;
use pact::source::{Node, SourceFile, Value, parse};
use serde_json::{Value as Json, json};

use crate::laws;
use crate::support::sources;

/// Numbers that look random and are the same each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("small")).expect("small")
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The full files of each standard.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["tests/it/odcs", "tests/it/odcs/pairs", "tests/it/migrations"] {
        let paths =
            fs::read_dir(sources().join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
        for path in paths.filter(|path| path.is_file()) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).expect("a file")));
        }
    }
    files.sort();
    assert!(files.len() > 10);
    files
}

fn document(text: &str) -> Document {
    format::read(SourceId(0), SourceFile::new("mutant.yaml", text))
}

/// What may stand anywhere in a text.
pub(crate) const PIECES: &[&str] = &[
    "\n", " ", "  ", "\t", "- ", ": ", "#", "null", "{}", "[]", "[", "}", "'", "\"", "&a ", "*a", "<<: *a\n", "!!str ",
    "|\n", "---\n", "\u{feff}", "é", "\u{202e}", "0", "-", "1e999", ".nan", "true", "${X:-y}", "\r\n", "%",
];

/// A text with a few bytes changed.
pub(crate) fn text(dice: &mut Dice, text: &str, pieces: &[&str]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(3) {
        let at = dice.below(letters.len());
        let end = (at + 1 + dice.below(12)).min(letters.len());
        match dice.below(4) {
            0 => drop(letters.drain(at..end)),
            1 => drop(letters.splice(at..at, dice.of(pieces).chars())),
            2 => drop(letters.splice(at..end, dice.of(pieces).chars())),
            _ => {
                // A line is given twice.
                let start = letters[..at].iter().rposition(|letter| *letter == '\n').map_or(0, |place| place + 1);
                let end = letters[at..].iter().position(|letter| *letter == '\n').map_or(letters.len(), |n| at + n + 1);
                let line = letters[start..end].to_vec();
                drop(letters.splice(end..end, line));
            }
        }
    }
    letters.into_iter().collect()
}

/// Values that nobody expects.
fn strange(dice: &mut Dice) -> Json {
    let all = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(4_000_000_000_u64),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(-0.0),
        json!(1e300),
        json!(""),
        json!(" "),
        json!("a.b/c\"d'e\n::error::x"),
        json!("\u{1b}[31m\u{202e}\u{feff}"),
        json!("2024-13-45"),
        json!("1e999"),
        json!("((a+)+)+$"),
        json!("${X"),
        json!("null"),
        json!("t.a.b.c"),
        json!("schema//properties/"),
        json!([]),
        json!([null]),
        json!([[1, {"a": []}]]),
        json!({}),
        json!({"": null}),
        json!({"odcs": 5, "pact": []}),
        json!([{"property": "pact", "value": {"name": null, "data_type": "map", "is_pii": true, "constraints": [{"type": "regex"}]}}]),
        json!([{"property": "pact", "value": {"name": "other", "data_type": "string", "metadata": {"odcs": {"tags": 5}, "a": {"b": 1}}}}]),
        json!([{"property": "pact", "value": {"rules": {"technical": []}, "schema": [], "fields": [{"name": "x", "data_type": "string"}]}}]),
        json!([{"property": "pact", "value": {"items": null, "keys": null, "values": {"data_type": "string"}, "quality": [], "access": null}}]),
        json!([{"property": "odcs", "value": {"schema": 1}}, {"property": "odcs", "value": [1]}, {"property": "a"}, {"value": 1}, 5]),
    ];
    dice.of(&all).clone()
}

/// The paths of all values.
fn paths(value: &Json, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| paths(item, &format!("{at}/{index}"), all));
        }
        Json::Object(entries) => {
            entries.iter().for_each(|(key, value)| paths(value, &format!("{at}/{}", escaped(key)), all));
        }
        _ => {}
    }
}

/// A tree with a few values changed, moved or renamed.
fn tree(dice: &mut Dice, tree: &Json) -> Json {
    let mut tree = tree.clone();
    for _ in 0..=dice.below(3) {
        let mut all = Vec::new();
        paths(&tree, "", &mut all);
        let other = tree.pointer(dice.of::<String>(&all)).expect("a value").clone();
        let at = dice.of(&all);
        let Some(value) = tree.pointer_mut(at) else { continue };
        match (dice.below(6), value) {
            (1, value) if other.to_string().len() < 2_000 => *value = other,
            (2, Json::Array(items)) if !items.is_empty() => {
                let item = dice.of(items).clone();
                items.push(item);
            }
            (3, Json::Array(items)) if !items.is_empty() => drop(items.remove(dice.below(items.len()))),
            (2 | 3, Json::Object(entries)) if !entries.is_empty() => {
                let key = entries.keys().nth(dice.below(entries.len())).expect("a key").clone();
                entries.shift_remove(&key);
            }
            (4, Json::Object(entries)) => {
                let keys = [
                    "customProperties",
                    "quality",
                    "enum",
                    "items",
                    "map",
                    "relationships",
                    "logicalType",
                    "id",
                    "metadata",
                    "nullable",
                ];
                entries.insert((*dice.of(&keys)).to_owned(), strange(dice));
            }
            (0, value) | (_, value @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_))) => {
                *value = strange(dice);
            }
            _ => {}
        }
    }
    tree
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Int(value) => i64::try_from(*value).map_or(Json::Null, Json::from),
        Value::Float(value) => Json::from(*value),
        Value::Text(text) => Json::from(&**text),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.to_string(), json(&entry.value))).collect())
        }
    }
}

/// Puts a text through everything. Returns whether it was a contract that is right by its form.
fn endure(original: &Document, text: &str) -> bool {
    let is_right = laws::odcs::hold(text);
    let read = document(text);
    let Some(contract) = read.contract() else { return false };
    let (places, today) = (read.places(), date(2026, 1, 5));
    for (base, head) in [(original.contract(), Some(contract)), (Some(contract), original.contract())] {
        for change in pact::diff::contract(base, head, today) {
            laws::lies_in(text, places.find(&change.head.place), change.meta.code);
        }
    }
    is_right
}

/// Puts mutants through everything until the time is up, and at least some of them.
fn mutants(seed: u64, mutant: impl Fn(&mut Dice, &str, &Json) -> String) {
    // `PACT_MUTANTS=5000` looks longer, and tells more than the first that does harm.
    let (least, time, most) = std::env::var("PACT_MUTANTS")
        .map_or((20, Duration::from_secs(2), 1), |count| (count.parse().expect("a number"), Duration::ZERO, 100));
    let files: Vec<_> = files()
        .into_iter()
        .map(|(name, text)| {
            let tree = json(&parse(&text).expect("YAML"));
            (name, document(&text), text, tree)
        })
        .collect();
    let (start, mut count, mut right, mut failed) = (Instant::now(), 0_u64, 0, Vec::new());
    while count < least || start.elapsed() < time {
        count += 1;
        let mut dice = Dice((seed + 2 * count).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (name, original, text, tree) = dice.of(&files);
        let mutant = mutant(&mut dice, text, tree);
        match catch_unwind(AssertUnwindSafe(|| endure(original, &mutant))) {
            Ok(is_right) => right += usize::from(is_right),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                failed.push(format!("mutant {count} of {name}: {}\n{mutant}\n", text.unwrap_or_default()));
                assert!(failed.len() < most, "{}", failed.join("\n"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(right > 0, "none of {count} mutants was right: they test too little");
}

#[test]
fn changed_bytes_do_no_harm() {
    mutants(1, |dice, original, _| text(dice, original, PIECES));
}

#[test]
fn changed_trees_do_no_harm() {
    mutants(2, |dice, _, original| tree(dice, original).to_string());
}
