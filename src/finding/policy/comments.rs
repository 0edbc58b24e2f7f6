//! Exceptions that stand in the files themselves: `# pact: ignore CODE until 2027-01-31 reason`.
//!
//! At the end of a line it is for that line, on a line of its own for the entry below it with everything in it, and as
//! `ignore-file` before the first key for the whole file.

use std::ops::Range;

use jiff::civil::Date;

use super::codes::Codes;
use super::exceptions::INVALID;
use super::spelling::{self, Misspelt};
use crate::finding::{Edit, Finding, Fix, Label, Place};
use crate::model::SourceId;
use crate::source::edit::comments as comments_of;
use crate::source::words::{nearest, quoted};
use crate::source::{Node, Span, Value};

/// So many are read in a file. More are no exceptions but the rule, and would take long to hold against every finding.
const MOST: usize = 1_000;

/// The exceptions of a file.
#[derive(Debug, Default)]
pub struct Comments {
    /// Those that hold something back, in the order of the file.
    pub(super) all: Vec<Comment>,
    /// What is wrong with others. They hold nothing back.
    pub wrong: Vec<Finding>,
}

/// An exception in a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// The comment, with its `#`.
    pub(super) span: Span,
    /// The same with the blanks before it, or with its line where it stands alone: what goes with it.
    pub(super) all: Span,
    /// What it is for, and where that is written.
    pub(super) codes: Vec<(&'static str, Span)>,
    /// The last day on which it holds.
    pub(super) until: Date,
    /// What it covers.
    pub(super) covers: Covers,
}

/// What a comment covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Covers {
    /// The whole file.
    File,
    /// The line that it ends.
    Line(Range<u32>),
    /// The entry below it.
    Block(Range<u32>),
    /// Nothing: there is nothing below it.
    Nothing,
}

impl Comment {
    /// Whether what begins at an offset is covered.
    pub(super) fn covers(&self, at: u32) -> bool {
        match &self.covers {
            Covers::File => true,
            Covers::Line(range) | Covers::Block(range) => range.contains(&at),
            Covers::Nothing => false,
        }
    }
}

impl Comments {
    /// Whether a text can have such comments at all: most have none, and need not be looked through.
    pub fn may_be_in(text: &str) -> bool {
        spelling::may_be_in(text)
    }

    /// Whether there are none, not even wrong ones.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.wrong.is_empty()
    }

    /// Reads the comments of a text; `tree` is what it means.
    pub fn read(text: &str, tree: &Node, source: SourceId, codes: &Codes) -> Self {
        let mut found = Self::default();
        let ours = comments_of(text, tree).into_iter().filter_map(|range| Meant::of(text, range, codes));
        for (index, meant) in ours.enumerate() {
            let span = meant.span();
            let read = match meant {
                _ if index >= MOST => Err(Wrong::too_many()),
                Meant::Words(mut words) => read(&mut words, text, tree, codes),
                Meant::Misspelt(comment) => Err(Wrong::misspelt(&comment, codes)),
            };
            match read {
                Ok(comment) => found.all.push(comment),
                Err(wrong) => found.wrong.push(wrong.finding(source, span)),
            }
            if index == MOST {
                break;
            }
        }
        found
    }
}

/// A comment that is meant for pact.
enum Meant<'t> {
    /// Spelt as pact has it.
    Words(Words<'t>),
    /// Spelt as other tools have it.
    Misspelt(Misspelt<'t>),
}

impl<'t> Meant<'t> {
    fn of(text: &'t str, range: Range<usize>, codes: &Codes) -> Option<Self> {
        let words = Words::of(text, range.clone()).map(Self::Words);
        words.or_else(|| Misspelt::of(text, range, codes).map(Self::Misspelt))
    }

    fn span(&self) -> Span {
        match self {
            Self::Words(words) => words.span(),
            Self::Misspelt(comment) => Span::new(comment.range.start, comment.range.end),
        }
    }
}

/// Why a comment is no exception, and what to do about it.
struct Wrong {
    message: String,
    help: String,
    at: Option<Span>,
    /// What to write at that place, or for the whole comment.
    instead: Option<String>,
}

/// How it is written.
const FORM: &str = "write `# pact: ignore CODE until YYYY-MM-DD reason`";

impl Wrong {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), at: None, instead: None }
    }

    fn at(mut self, span: Span) -> Self {
        self.at = Some(span);
        self
    }

    fn too_many() -> Self {
        Self::new(
            format!("the file has more than {MOST} exceptions; this one and those below hold nothing back"),
            "write one `# pact: ignore-file` before the first key, or an override in pact.yaml",
        )
    }

    /// A comment in the spelling of other tools: as pact would read it nothing may be missing.
    fn misspelt(comment: &Misspelt<'_>, codes: &Codes) -> Self {
        let right = comment.right();
        let message = format!("pact does not read {}: the comment holds nothing back", quoted(comment.written));
        let help = format!("write {}", quoted(&comment.form()));
        let instead = is_whole(&right, codes).then(|| right.trim_start_matches(['#', ' ']).to_owned());
        Self { instead, ..Self::new(message, help) }
    }

    fn finding(self, source: SourceId, comment: Span) -> Finding {
        let at = self.at.unwrap_or(comment);
        let label = Label { source, place: Place::Span(at), note: String::new() };
        let finding = Finding::new(&INVALID, label, self.message).help(self.help);
        match self.instead {
            Some(text) => finding.fix(Fix::safe(format!("write {}", quoted(&text)), vec![Edit::Bytes(at, text)])),
            None => finding,
        }
    }
}

/// The words of a comment, one after the other.
struct Words<'t> {
    text: &'t str,
    range: Range<usize>,
    at: usize,
}

impl<'t> Words<'t> {
    /// The words of a comment that is meant for pact.
    fn of(text: &'t str, range: Range<usize>) -> Option<Self> {
        let comment = text.get(range.clone())?;
        let rest = comment.trim_start_matches('#').trim_start().strip_prefix("pact:")?;
        let words = Self { text, at: range.end - rest.len(), range };
        // Other comments may begin with the name of the tool, and `ignore[CODE]` is a spelling of other tools.
        let (word, _) = words.peek();
        nearest(word, ["ignore", "ignore-file", "disable", "noqa", "skip", "allow", "suppress"])?;
        Some(words)
    }

    fn span(&self) -> Span {
        Span::new(self.range.start, self.range.end)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.range.end).unwrap_or_default()
    }

    /// The next word, up to a blank or a comma.
    fn peek(&self) -> (&'t str, Span) {
        let rest = self.rest();
        let start = rest.len() - rest.trim_start().len();
        let word = rest.trim_start();
        let word = word.split(|letter: char| letter.is_whitespace() || letter == ',').next().unwrap_or_default();
        (word, Span::new(self.at + start, self.at + start + word.len()))
    }

    fn next(&mut self) -> (&'t str, Span) {
        let (word, span) = self.peek();
        self.at = span.range().end;
        (word, span)
    }

    /// Passes over a comma, if that is what comes next.
    fn comma(&mut self) -> bool {
        let rest = self.rest();
        let behind = rest.trim_start().strip_prefix(',');
        if let Some(behind) = behind {
            self.at = self.range.end - behind.len();
        }
        behind.is_some()
    }
}

fn read(words: &mut Words<'_>, text: &str, tree: &Node, codes: &Codes) -> Result<Comment, Wrong> {
    let (verb, at) = words.next();
    let for_file = match verb {
        "ignore" => false,
        "ignore-file" => true,
        other => {
            let meant = nearest(other, ["ignore", "ignore-file"]);
            let help = meant.map_or_else(|| FORM.to_owned(), |word| format!("did you mean `{word}`?"));
            return Err(Wrong {
                instead: meant.map(str::to_owned),
                ..Wrong::new(format!("pact knows no comment {}", quoted(other)), help).at(at)
            });
        }
    };
    let named = named(words, codes)?;
    let until = day(words)?;
    if words.rest().trim().is_empty() {
        let help = "say behind the day why it is accepted: who reads it must understand";
        return Err(Wrong::new("the exception has no reason", help));
    }
    let covers = covered(&words.range, text, tree, for_file)?;
    Ok(Comment { span: words.span(), all: with_blanks(&words.range, text), codes: named, until, covers })
}

/// Whether a comment says everything that an exception has to say.
fn is_whole(comment: &str, codes: &Codes) -> bool {
    let Some(mut words) = Words::of(comment, 0..comment.len()) else { return false };
    words.next();
    named(&mut words, codes).is_ok() && day(&mut words).is_ok() && !words.rest().trim().is_empty()
}

/// The codes, which commas part.
fn named(words: &mut Words<'_>, codes: &Codes) -> Result<Vec<(&'static str, Span)>, Wrong> {
    let mut named: Vec<(&'static str, Span)> = Vec::new();
    loop {
        let (word, span) = words.next();
        if word.is_empty() || word == "until" {
            return Err(Wrong::new("the exception names no code", FORM));
        }
        let known = codes.in_comment(word);
        let wrong = |help| Wrong::new(format!("{} can't be accepted in a comment", quoted(word)), help).at(span);
        let code = known.map_err(wrong)?;
        if named.iter().all(|(other, _)| *other != code) {
            named.push((code, span));
        }
        if !words.comma() {
            return Ok(named);
        }
    }
}

fn day(words: &mut Words<'_>) -> Result<Date, Wrong> {
    let help = "write behind the codes until when it holds: `until YYYY-MM-DD`";
    if words.peek().0 != "until" {
        return Err(Wrong::new("the exception has no last day", help));
    }
    words.next();
    let (word, span) = words.next();
    let day = Some(word).filter(|word| word.len() == 10).and_then(|word| word.parse().ok());
    day.ok_or_else(|| match word {
        "" => Wrong::new("the exception has no last day", help),
        word => Wrong::new(format!("{} is no day", quoted(word)), help).at(span),
    })
}

/// What a comment covers, by where it stands.
fn covered(comment: &Range<usize>, text: &str, tree: &Node, for_file: bool) -> Result<Covers, Wrong> {
    let before = text.get(..comment.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let is_alone = before.get(line..).unwrap_or_default().trim_start_matches('\u{feff}').trim().is_empty();
    let is_head = comment.start < tree.span.range().start;
    if !for_file && let Some(dash) = dash(text, line..comment.start) {
        return Ok(block(tree, dash).map_or(Covers::Nothing, Covers::Block));
    }
    match (for_file, is_alone, is_head) {
        (true, _, true) => Ok(Covers::File),
        (true, _, false) => Err(Wrong::new(
            "an exception for the whole file stands too far down",
            "move it before the first key; `ignore` is for the entry below it, or for the line that it ends",
        )),
        (false, false, _) => {
            let end =
                text.get(comment.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| comment.end + end);
            let span = Span::new(line, end + 1);
            Ok(Covers::Line(span.start..span.end))
        }
        (false, true, _) => Ok(block(tree, next_token(text, comment.end)).map_or(Covers::Nothing, Covers::Block)),
    }
}

/// The dash that stands on a part of a line, where nothing but dashes of items does.
fn dash(text: &str, part: Range<usize>) -> Option<u32> {
    let before = text.get(part.clone())?;
    let mut words = before.split_whitespace().peekable();
    words.peek()?;
    let at = part.start + before.find('-')?;
    words.all(|word| word == "-").then(|| Span::new(at, at).start)
}

/// A comment with the blanks before it, and with its whole line where nothing else stands there.
fn with_blanks(comment: &Range<usize>, text: &str) -> Span {
    let before = text.get(..comment.start).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let rest = text.get(comment.end..).unwrap_or_default();
    let is_alone = start == 0 || before.get(..start).is_some_and(|before| before.ends_with('\n'));
    let end = if is_alone { rest.find('\n').map_or(rest.len(), |newline| newline + 1) } else { 0 };
    Span::new(start, comment.end + end)
}

/// The first byte from an offset on that is neither blank nor of a comment.
fn next_token(text: &str, from: usize) -> u32 {
    let mut at = from;
    while let Some(rest) = text.get(at..) {
        let behind = rest.trim_start();
        at = text.len() - behind.len();
        if !behind.starts_with('#') {
            break;
        }
        at += behind.find('\n').unwrap_or(behind.len());
    }
    Span::new(at, at).start
}

/// The outermost entry or item that begins at an offset, with everything in it: on a line with a dash that is the item, and
/// below the dash the first key.
fn block(tree: &Node, at: u32) -> Option<Range<u32>> {
    let mut node = tree;
    loop {
        let (start, end, inner) = parts(node).into_iter().find(|(_, end, _)| *end > at)?;
        let is_below_dash = matches!(node.value, Value::List(_)) && begins_with_key(inner, at);
        if start >= at && !is_below_dash {
            return Some(at..end);
        }
        node = inner;
    }
}

/// Whether a mapping begins at an offset with a key, and not with a brace.
fn begins_with_key(node: &Node, at: u32) -> bool {
    node.span.start == at && node.entries().first().is_some_and(|entry| entry.key_span.start == at)
}

/// The entries or items of a node: where each begins, where it ends, and its value. What an alias stands for has its place
/// where it is written out.
fn parts(node: &Node) -> Vec<(u32, u32, &Node)> {
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .map(|entry| {
                let (key, value) = (entry.key_span, entry.value.span);
                let end = if value.start >= key.start { value.end.max(key.end) } else { key.end };
                (key.start, end, &entry.value)
            })
            .collect(),
        Value::List(items) => items.iter().map(|item| (item.span.start, item.span.end, item)).collect(),
        _ => Vec::new(),
    }
}
