//! From one format to another, and from an old edition of one to the newest.

use std::fmt;

use super::dcs;
use super::odcs::{self, migrate};
use super::written::{Note, Outcome, Written};
use crate::model::Path;
use crate::source::edit::comments;
use crate::source::{Node, Problem, parse};

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
        // What the body is counts more than what the head says.
        let is_specification = || odcs::is_written_in(tree) && odcs::foreign(tree) == Some(odcs::Body::Specification);
        if let Some(version) = dcs::version(tree) {
            Self::Dcs(version)
        } else if is_specification() {
            Self::Dcs(String::new())
        } else if odcs::is_written_in(tree) || migrate::is_old(tree) {
            let version = odcs::declared(tree);
            let is_old_body = migrate::is_old(tree) && !version.starts_with("2.");
            Self::Odcs(if is_old_body { String::new() } else { version })
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
            Self::Dcs(version) if version.is_empty() => write!(out, "the Data Contract Specification"),
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

/// What is told of the comments behind the first lines of a text, which are gone.
fn lost_comments(text: &str, first: usize) -> Option<Note> {
    const MOST: usize = 12;
    let tree = parse(text).ok()?;
    let mut lines = Vec::new();
    let (mut line, mut at) = (1, 0);
    for comment in comments(text, &tree) {
        line += text.get(at..comment.start).unwrap_or("").matches('\n').count();
        at = comment.start;
        if line > first {
            lines.push(line.to_string());
        }
    }
    let (count, last) = (lines.len(), lines.last()?.clone());
    let shown = match count {
        1 => format!("the comment of line {last} is"),
        2..=MOST => {
            lines.pop();
            format!("the comments of lines {} and {last} are", lines.join(", "))
        }
        _ => {
            lines.truncate(MOST);
            format!("the comments of lines {} and {} others are", lines.join(", "), count - MOST)
        }
    };
    let message = format!("{shown} gone: the file is written anew");
    Some(Note { element: Path::root(), outcome: Outcome::Lost, message })
}

/// A text that was written anew, with what the old one said in comments: those above its first key stay, others are told as lost.
/// Its lines end as those of the old one did.
pub fn anew(old: &str, mut written: Written) -> Written {
    let old = old.trim_start_matches('\u{feff}');
    let mut header = String::new();
    let mut rest = old.lines();
    for line in rest.by_ref() {
        if line.starts_with('#') || line.trim().is_empty() && !header.is_empty() {
            // The line that tells an editor the schema is about the old format.
            if !line.contains("yaml-language-server") {
                header.push_str(line.trim_end());
                header.push('\n');
            }
        } else if line.trim_end() != "---" {
            break;
        }
    }
    let kept = old.lines().count() - rest.count();
    if let Some(note) = lost_comments(old, kept.saturating_sub(1)).filter(|note| !written.notes.contains(note)) {
        written.notes.push(note);
    }
    written.text.insert_str(0, &header);
    if old.contains("\r\n") {
        written.text = written.text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_comments_are_told_with_their_lines_and_line_ends_stay() {
        let written = |old: &str| {
            let written = anew(old, Written { text: "x: 1\n".to_owned(), notes: Vec::new() });
            (written.text, written.notes.first().map(|note| note.message.clone()))
        };
        assert_eq!(written("# header\na: 1\n"), ("# header\nx: 1\n".to_owned(), None));
        let (_, note) = written("a: 1 # one\n");
        assert_eq!(note.as_deref(), Some("the comment of line 1 is gone: the file is written anew"));
        let (text, note) = written("# header\r\na: 1 # one\r\nb: \"x # no\"\r\nc: 2 # two\r\n");
        assert_eq!(text, "# header\r\nx: 1\r\n");
        assert_eq!(note.as_deref(), Some("the comments of lines 2 and 4 are gone: the file is written anew"));
    }
}
