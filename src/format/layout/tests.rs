use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::format::{self, OdcsVersion};
use crate::model::samples::contracts;
use crate::model::{Literal, SourceId};
use crate::source::edit::comments;
use crate::source::{SourceFile, emit, parse};

/// A value with its keys in another order.
fn reversed(value: &Literal) -> Literal {
    match value {
        Literal::Map(entries) => {
            Literal::Map(entries.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect())
        }
        Literal::List(items) => Literal::List(items.iter().map(reversed).collect()),
        other => other.clone(),
    }
}

/// What a text means, whatever the order of its keys.
fn meaning(text: &str) -> Literal {
    fn sorted(value: Literal) -> Literal {
        match value {
            Literal::Map(mut entries) => {
                entries.sort_by(|one, other| one.0.cmp(&other.0));
                Literal::Map(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect())
            }
            Literal::List(items) => Literal::List(items.into_iter().map(sorted).collect()),
            other => other,
        }
    }
    sorted(parse(text).expect("YAML").literal())
}

fn all_comments(text: &str) -> Vec<String> {
    let tree = parse(text).expect("YAML");
    let mut all: Vec<String> = comments(text, &tree).into_iter().map(|range| text[range].to_owned()).collect();
    all.sort();
    all
}

/// The places of all keys in block style that begin their line, but for dashes.
fn keys(text: &str) -> Vec<(usize, String)> {
    let tree = parse(text).expect("YAML");
    let mut waiting = vec![&tree];
    let mut found = Vec::new();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.items());
        for entry in node.entries() {
            let at = entry.key_span.start as usize;
            let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            if text[line..at].chars().all(|letter| letter == ' ') {
                found.push((line, text[entry.key_span.range()].to_owned()));
            }
            waiting.push(&entry.value);
        }
    }
    found.sort();
    found
}

/// A text with comments above keys, which say above which, and blank lines.
fn sprinkled(text: &str, rolls: &[u8]) -> String {
    let mut new = text.to_owned();
    for (index, ((line, key), roll)) in
        keys(text).into_iter().zip(rolls.iter().cycle()).enumerate().collect::<Vec<_>>().into_iter().rev()
    {
        let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
        let mut above = String::new();
        if roll & 4 != 0 && index > 0 {
            above.push('\n');
        }
        if roll.is_multiple_of(4) {
            let _ = writeln!(above, "{}# {index} above {key}", " ".repeat(indent));
        }
        new.insert_str(line, &above);
    }
    format!("# head\n\n{new}# tail\n")
}

/// Every comment that says above which key it belongs stands there, with nothing but comments between.
fn assert_above(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some((_, key)) = line.trim_start().strip_prefix("# ").and_then(|line| line.split_once(" above ")) else {
            continue;
        };
        let next = lines[index + 1..].iter().map(|line| line.trim_start()).find(|line| !line.starts_with('#'));
        let next = next.unwrap_or("").trim_start_matches("- ");
        assert!(next.starts_with(key), "{key} is not below its comment but {next:?}\n{text}");
    }
}

/// What the contract of a text is, whatever the order of its keys.
fn contract(path: &str, text: &str) -> Option<Literal> {
    let document = format::read(SourceId(0), SourceFile::new(path, text));
    document.contract().map(|contract| meaning(&format::write_native(contract).text))
}

fn holds(path: &str, written: &str, rolls: &[u8]) -> Result<(), TestCaseError> {
    let done = formatted(Path::new(path), written).map(|done| done.text);
    prop_assert_eq!(done.as_deref(), Ok(written), "what is written anew is in its layout");
    let other = emit::yaml(&reversed(&parse(written).expect("YAML").literal()));
    let messy = sprinkled(&other, rolls);
    let done = formatted(Path::new(path), &messy).map(|done| done.text);
    prop_assert!(done.is_ok(), "{done:?}\n{messy}");
    let done = done.unwrap_or_default();
    prop_assert_eq!(formatted(Path::new(path), &done).map(|again| again.text), Ok(done.clone()));
    // As texts: a number that is none equals nothing, not even itself.
    let said = |value: &dyn std::fmt::Debug| format!("{value:?}");
    prop_assert_eq!(said(&meaning(&done)), said(&meaning(&messy)));
    prop_assert_eq!(all_comments(&done), all_comments(&messy));
    assert_above(&done);
    prop_assert_eq!(said(&contract(path, &done)), said(&contract(path, &messy)));
    let windows = messy.replace('\n', "\r\n");
    let of_windows = formatted(Path::new(path), &windows).map(|done| done.text);
    prop_assert_eq!(of_windows, Ok(done.replace('\n', "\r\n")));
    Ok(())
}

/// Files of people, to be broken.
const FILES: &[&str] = &[
    include_str!("../../../examples/shop/contracts/orders.yaml"),
    include_str!("../../../examples/shop/subscriptions/analytics.orders.yaml"),
    include_str!("../../cli/init/orders.yaml"),
    include_str!("../../cli/init/pact.yaml"),
    "# c\na: &x [1, {b: 2}] # d\nc: |+\n  t\n\nd: \"q\n  r\" # e\n? f\n: *x\ng:\n- - h\n  # i\n  - j: >-\n      k\n# l\n",
];

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "#",
    " # c",
    "- ",
    ": ",
    "?",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    "\"",
    "|",
    ">",
    "|2-\n",
    "&a ",
    "*a",
    "!t ",
    "<<: ",
    "---\n",
    "...\n",
    "%",
    "\r",
    "\r\n",
    "\\",
    "\u{feff}",
    "\u{85}",
    "ä",
    "a: b\n",
    "~",
    "\u{0}",
    "# pact: ignore x\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn contracts_keep_their_meaning_and_their_comments(
        contract in contracts(),
        rolls in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        holds("a.yaml", &format::write_native(&contract).text, &rolls)?;
        holds("a.odcs.yaml", &format::write_odcs(&contract, OdcsVersion::NEWEST).text, &rolls)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn broken_files_are_neither_damaged_nor_a_reason_to_panic(
        file in proptest::sample::select(FILES),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..12, proptest::sample::select(PIECES)), 1..6),
    ) {
        let mut text = file.to_owned();
        for (at, gone, piece) in changes {
            let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if letters.is_empty() {
                continue;
            }
            let index = at.index(letters.len());
            let end = letters.get(index + gone).copied().unwrap_or(text.len());
            text.replace_range(letters[index]..end, piece);
        }
        if let Ok(done) = formatted(Path::new("a.yaml"), &text) {
            prop_assert_eq!(meaning(&done.text), meaning(&text), "{}", text);
            prop_assert_eq!(all_comments(&done.text), all_comments(&text), "{}", text);
            prop_assert_eq!(formatted(Path::new("a.yaml"), &done.text), Ok(done.clone()), "{}", text);
        }
    }
}

#[test]
fn keys_are_in_the_order_of_their_format() {
    let done = |path: &str, text: &str| formatted(Path::new(path), text).expect("a layout").text;
    assert_eq!(
        done("a.yaml", "odd: 1\nversion: 1.0.0\nschema:\n- {data_type: string, name: a}\nname: b\n"),
        "name: b\nversion: 1.0.0\nschema:\n  - {name: a, data_type: string}\nodd: 1\n"
    );
    assert_eq!(done("a.yaml", "name: b\nkind: calendar\ndays: []\n"), "kind: calendar\nname: b\ndays: []\n");
    assert_eq!(
        done(
            "a.odcs.yaml",
            "kind: DataContract\nservers:\n- {port: 1, host: h, type: postgres, server: s}\napiVersion: v3.1.0\n"
        ),
        "apiVersion: v3.1.0\nkind: DataContract\nservers:\n  - {server: s, type: postgres, host: h, port: 1}\n"
    );
    // Of an edition that is not known no order is.
    let old = "kind: DataContract\napiVersion: v2.2.2\n";
    assert_eq!(done("a.odcs.yaml", old), old);
}
