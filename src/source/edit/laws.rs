//! Laws of changes of a text, held against random texts and random changes.

use proptest::prelude::*;

use super::comments::missing;
use super::{comments, rewrite};
use crate::source::{Entry, Node, Value, parse};

/// A random text: what is written is told by a list of numbers, used one after the other.
struct Writer<'a> {
    choices: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    comment: usize,
    text: String,
}

impl Writer<'_> {
    fn choose(&mut self, count: u8) -> u8 {
        self.choices.next().map_or(0, |choice| choice % count)
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn comment(&mut self) -> String {
        self.comment += 1;
        format!("# comment {}", self.comment)
    }

    /// The end of a line, with a comment beside it now and then, and lines of comments below.
    fn end(&mut self, column: usize) {
        if self.choose(3) == 1 {
            let comment = self.comment();
            self.put(&format!("  {comment}"));
        }
        self.text.push('\n');
        match self.choose(7) {
            1 => self.text.push('\n'),
            2 => {
                let comment = self.comment();
                self.put(&format!("{}{comment}\n", " ".repeat(column)));
            }
            _ => {}
        }
    }

    fn scalar(&mut self) {
        let scalar = ["one", "'two # no comment'", "\"three: \\\"3\\\"\"", "4", "true", "null", "${NAME:-x}", "a b c"];
        let index = usize::from(self.choose(8));
        self.text.push_str(scalar[index]);
    }

    fn flow(&mut self, depth: u8) {
        match if depth == 0 { 9 } else { self.choose(4) } {
            0 => {
                self.text.push('[');
                for index in 0..=self.choose(2) {
                    if index > 0 {
                        self.text.push_str(", ");
                    }
                    self.flow(depth - 1);
                }
                self.text.push(']');
            }
            1 => {
                self.text.push('{');
                for index in 0..=self.choose(2) {
                    if index > 0 {
                        self.text.push_str(", ");
                    }
                    self.put(&format!("f{index}: "));
                    self.flow(depth - 1);
                }
                self.text.push('}');
            }
            2 => {
                let (one, two) = (self.comment(), self.comment());
                self.put(&format!("[ {one}\n          1, {two}\n          'x'\n        ]"));
            }
            _ => {
                let scalar = ["one", "'two'", "3", "\"a, b\""];
                let index = usize::from(self.choose(4));
                self.text.push_str(scalar[index]);
            }
        }
    }

    /// A value behind a key or a dash at a column.
    fn value(&mut self, column: usize, depth: u8, is_item: bool) {
        match if depth == 0 { 0 } else { self.choose(8) } {
            0 | 1 => {
                self.text.push(' ');
                self.scalar();
                self.end(column);
            }
            2 => {
                self.text.push(' ');
                self.flow(2);
                self.end(column);
            }
            3 => {
                let header = ["|", ">-", "|-"][usize::from(self.choose(3))];
                let indent = " ".repeat(column + 2);
                self.put(&format!(" {header}\n{indent}line # no comment\n{indent}  # nor this\n"));
            }
            4 if !is_item => {
                self.end(column + 2);
                let column = if self.choose(2) == 0 { column } else { column + 2 };
                self.list(column, depth - 1);
            }
            _ if is_item => {
                self.text.push(' ');
                self.mapping(column + 2, depth - 1, true);
            }
            _ => {
                self.end(column + 2);
                self.mapping(column + 2, depth - 1, false);
            }
        }
    }

    fn mapping(&mut self, column: usize, depth: u8, is_begun: bool) {
        for index in 0..=self.choose(4) {
            if index > 0 || !is_begun {
                self.text.push_str(&" ".repeat(column));
            }
            let key = ["a", "b", "'c'", "\"d\"", "e"][usize::from(index)];
            self.put(&format!("{key}:"));
            self.value(column, depth, false);
        }
    }

    fn list(&mut self, column: usize, depth: u8) {
        for _ in 0..=self.choose(3) {
            self.put(&format!("{}-", " ".repeat(column)));
            self.value(column, depth, true);
        }
    }
}

/// Every node of a tree, by how to get there.
fn ways(node: &Node, way: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    all.push(way.clone());
    let inner: Vec<&Node> = node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)).collect();
    for (index, node) in inner.into_iter().enumerate() {
        way.push(index);
        ways(node, way, all);
        way.pop();
    }
}

fn at<'n>(node: &'n mut Node, way: &[usize]) -> Option<&'n mut Node> {
    let Some((first, rest)) = way.split_first() else { return Some(node) };
    let inner = match &mut node.value {
        Value::List(items) => items.get_mut(*first),
        Value::Map(entries) => entries.get_mut(*first).map(|entry| &mut entry.value),
        _ => None,
    };
    at(inner?, rest)
}

/// Changes a tree: what, and where, as numbers tell.
fn change(tree: &mut Node, what: u8, place: u8, target: u8) {
    let mut all = Vec::new();
    ways(tree, &mut Vec::new(), &mut all);
    let way = all[usize::from(place) % all.len()].clone();
    let other = all[usize::from(target) % all.len()].clone();
    let new = || match target % 4 {
        0 => Node::from("new: text"),
        1 => Node::from(7),
        2 => Node::mapping().with("n", Node::from(vec![1.into(), "two".into()])).with("m", "a\nb"),
        _ => Node::from(vec![Node::mapping().with("k", "v"), "x".into()]),
    };
    let Some(node) = at(tree, &way) else { return };
    match (&mut node.value, what % 6) {
        (Value::Map(entries), 0) => {
            let index = usize::from(target) % entries.len().max(1);
            if let Some(entry) = entries.get_mut(index) {
                entry.key = format!("renamed{target}").into();
            }
        }
        (Value::Map(entries), 1) if entries.len() > 1 => drop(entries.remove(usize::from(target) % entries.len())),
        (Value::List(items), 1) if items.len() > 1 => drop(items.remove(usize::from(target) % items.len())),
        (Value::Map(entries), 2) => {
            let key = format!("new{target}");
            if !entries.iter().any(|entry| *entry.key == *key) {
                entries.insert(usize::from(target) % (entries.len() + 1), Entry::new(key, new()));
            }
        }
        (Value::List(items), 2) => items.insert(usize::from(target) % (items.len() + 1), new()),
        (Value::List(items), 3) => items.reverse(),
        (Value::Map(entries), 3) => entries.reverse(),
        (_, 4) if !other.starts_with(&way) && !way.starts_with(&other) && !way.is_empty() => {
            // A value goes elsewhere, as a new key.
            let Some((last, parent)) = way.split_last() else { return };
            let taken = match at(tree, parent).map(|parent| &mut parent.value) {
                Some(Value::Map(entries)) if entries.len() > 1 => Some(entries.remove(*last).value),
                _ => None,
            };
            if let (Some(taken), Some(Value::Map(entries))) = (taken, at(tree, &other).map(|node| &mut node.value)) {
                let key = format!("moved{target}");
                if entries.iter().any(|entry| *entry.key == *key) {
                    return;
                }
                entries.push(Entry::new(key, taken));
            }
        }
        (Value::List(_) | Value::Map(_), _) if way.is_empty() => {}
        (value, 5) => *value = new().value,
        _ => *node = new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// A text is changed into what was asked for, and every comment is there still, or told.
    #[test]
    fn no_comment_is_lost_without_a_word(
        choices in prop::collection::vec(any::<u8>(), 1..120),
        changes in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..5),
        is_windows in any::<bool>(),
    ) {
        let mut writer = Writer { choices: choices.iter().cycle(), comment: 0, text: String::new() };
        if writer.choose(2) == 1 {
            let comment = writer.comment();
            writer.put(&format!("{comment}\n"));
        }
        writer.mapping(0, 3, false);
        let written = writer.comment;
        let text = if is_windows { writer.text.replace('\n', "\r\n") } else { writer.text };
        let old = parse(&text).map_err(|problem| TestCaseError::fail(format!("{problem:?}\n{text}")))?;
        let all = comments(&text, &old);
        prop_assert_eq!(all.len(), written, "{}", text);
        let mut new = old.clone();
        for (what, place, target) in changes {
            change(&mut new, what, place, target);
        }
        // Refused is no loss: who asked writes the whole text anew, and tells which comments are gone.
        if let Ok(rewritten) = rewrite(&text, &old, &new) {
            let tree = parse(&rewritten.text).expect("YAML");
            prop_assert!(tree.is_same(&new), "{}\n---\n{}", text, rewritten.text);
            let gone = missing(&text, &all, &rewritten.text, &comments(&rewritten.text, &tree));
            prop_assert_eq!(&gone, &rewritten.lost, "{}\n---\n{}", text, rewritten.text);
            if is_windows {
                prop_assert_eq!(rewritten.text.matches("\r\n").count(), rewritten.text.matches('\n').count(), "{}\n---\n{}", text, rewritten.text);
            }
        }
    }
}
