//! From one format to another, and from an old edition of one to the newest.

use std::fmt;

use super::dcs;
use super::odcs::{self, migrate};
use super::written::{Note, Outcome, Written};
use crate::model::Path;
use crate::source::{Node, Problem, Span, Value, parse};

/// What a text is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standard {
    /// pact's own format.
    Native,
    /// The Open Data Contract Standard, with what `apiVersion` says without its `v`; empty where it says nothing.
    Odcs(String),
    /// The Data Contract Specification, with its version.
    Dcs(String),
}

impl Standard {
    /// What a tree is written in, rightly or not.
    pub fn of(tree: &Node) -> Self {
        let word = |key: &str| tree.get(key).and_then(Node::scalar_text).unwrap_or_default();
        if tree.entry("dataContractSpecification").is_some() {
            Self::Dcs(word("dataContractSpecification"))
        } else if odcs::is_written_in(tree) || migrate::is_old(tree) {
            let version = word("apiVersion");
            Self::Odcs(version.strip_prefix('v').unwrap_or(&version).to_owned())
        } else {
            Self::Native
        }
    }

    /// Whether it is an edition of the ODCS that pact does not read.
    pub fn is_before_3(&self) -> bool {
        matches!(self, Self::Odcs(version) if version.is_empty() || version.starts_with("2."))
    }

    /// The short name of the format, as commands and reports have it.
    pub fn format(&self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Odcs(_) => "odcs",
            Self::Dcs(_) => "dcs",
        }
    }

    /// The version of the format; empty where it has none.
    pub fn version(&self) -> &str {
        match self {
            Self::Native => "",
            Self::Odcs(version) | Self::Dcs(version) => version,
        }
    }
}

impl fmt::Display for Standard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => write!(out, "the native format"),
            Self::Odcs(version) if version.is_empty() => write!(out, "ODCS 2.2"),
            Self::Odcs(version) => write!(out, "ODCS {version}"),
            Self::Dcs(version) => write!(out, "Data Contract Specification {version}"),
        }
    }
}

/// Brings a text of the ODCS to its newest edition, in place: every byte that does not have to change stays.
///
/// # Errors
///
/// It is no YAML.
pub fn migrate(text: &str) -> Result<Written, Problem> {
    let tree = parse(text)?;
    Ok(migrate::to_newest(text, &tree))
}

/// Writes a text of the Data Contract Specification as a contract of the newest ODCS.
///
/// # Errors
///
/// It is no YAML, or its form is wrong.
pub fn dcs_to_odcs(text: &str) -> Result<Written, Vec<Problem>> {
    let tree = parse(text).map_err(|problem| vec![problem])?;
    Ok(anew(text, dcs::to_odcs(&tree, text, dcs::Target::Odcs)?))
}

/// Writes a text of the Data Contract Specification as a contract of the newest ODCS that is on its way to the native format: the
/// notes are in the words of that.
///
/// # Errors
///
/// It is no YAML, or its form is wrong.
pub fn dcs_for_native(text: &str) -> Result<Written, Vec<Problem>> {
    let tree = parse(text).map_err(|problem| vec![problem])?;
    dcs::to_odcs(&tree, text, dcs::Target::Native)
}

/// A text that was written anew, with what the old one said in comments: those above its first key stay, others are told as lost.
/// Its lines end as those of the old one did.
pub fn anew(old: &str, mut written: Written) -> Written {
    let comments = comments(old);
    let mut header = String::new();
    let mut gone = comments.as_slice();
    let mut rest = old.trim_start_matches('\u{feff}').lines();
    let mut line = 0;
    for text in rest.by_ref() {
        line += 1;
        if text.starts_with('#') || text.trim().is_empty() && !header.is_empty() {
            // The line that tells an editor the schema is about the old format.
            if !text.contains("yaml-language-server") {
                header.push_str(text.trim_end());
                header.push('\n');
            }
        } else if text.trim_end() != "---" {
            break;
        }
    }
    let kept = gone.partition_point(|comment| *comment < line);
    gone = gone.get(kept..).unwrap_or_default();
    let message = match gone {
        [] => None,
        [line] => Some(format!("the comment of line {line} is gone: the file is written anew")),
        [first, ..] => Some(format!(
            "{} comments below the header are gone, the first of them in line {first}: the file is written anew",
            gone.len()
        )),
    };
    if let Some(message) = message
        && !written.notes.iter().any(|note| note.message == message)
    {
        written.notes.push(Note { element: Path::root(), outcome: Outcome::Lost, message });
    }
    written.text.insert_str(0, &header);
    if old.contains("\r\n") {
        written.text = written.text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    written
}

/// The lines with a comment. A `#` inside of a key or a value is none.
fn comments(text: &str) -> Vec<usize> {
    let mut said = Vec::new();
    if let Ok(tree) = parse(text) {
        places(&tree, &mut said);
    }
    said.sort_unstable();
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let is_said = |at: usize| {
            let before = said.partition_point(|span| (span.start as usize) <= at);
            before.checked_sub(1).and_then(|last| said.get(last)).is_some_and(|span| at < span.end as usize)
        };
        let is_comment = |(at, _): (usize, &str)| {
            let before = line.get(..at).unwrap_or_default();
            (before.trim_start_matches('\u{feff}').is_empty() || before.ends_with([' ', '\t'])) && !is_said(start + at)
        };
        if line.match_indices('#').any(is_comment) {
            lines.push(index + 1);
        }
        start += line.len() + 1;
    }
    lines
}

/// Where the keys and values of a tree stand.
fn places(node: &Node, said: &mut Vec<Span>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| places(item, said)),
        Value::Map(entries) => {
            for entry in entries {
                said.push(entry.key_span);
                places(&entry.value, said);
            }
        }
        Value::Null => {}
        _ => said.push(node.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_what_no_key_and_no_value_says() {
        let text = "# header\na: 1 # one\nb: \"x # no\"\nc: |\n  text # no\n  # no\n# two\nd: a#b\n";
        assert_eq!(comments(text), [1, 2, 7]);
    }

    #[test]
    fn lost_comments_are_told_with_their_count_and_the_first_line() {
        let written = |old: &str| {
            let written = anew(old, Written { text: "x: 1\n".to_owned(), notes: Vec::new() });
            (written.text, written.notes.first().map(|note| note.message.clone()))
        };
        assert_eq!(written("# header\na: 1\n"), ("# header\nx: 1\n".to_owned(), None));
        let (_, note) = written("a: 1 # one\n");
        assert_eq!(note.as_deref(), Some("the comment of line 1 is gone: the file is written anew"));
        let (text, note) = written("# header\r\na: 1 # one\r\nb: 2 # two\r\n");
        assert_eq!(text, "# header\r\nx: 1\r\n");
        assert!(
            note.is_some_and(
                |note| note.starts_with("2 comments below the header are gone, the first of them in line 2")
            )
        );
    }
}
