//! YAML text to a tree of nodes with places. The only file that knows the YAML crate.
//!
//! What is written plainly is read by [`plain`], which is several times as fast, and makes the same trees.
//!
//! Input is hostile here: nesting, the number of nodes and what aliases may unfold to are all bounded, and nothing
//! recurses over the input.

mod parts;
mod plain;

use std::collections::{HashMap, HashSet};
use std::mem;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, Span as ParserSpan, Tag};

use super::{Entry, Node, Problem, Span, Value};
pub(super) use parts::{Part, Placed, parts};

/// The largest text that is parsed, in bytes. A contract of 5,000 fields takes about one million.
pub const MAX_BYTES: usize = 8 << 20;
/// How deep lists and mappings may nest.
const MAX_DEPTH: usize = 100;
/// How many nodes all aliases of a file together may unfold to, and how many nodes its anchors together may name: what is
/// named is kept beside the tree, once for each anchor around it.
const MAX_ALIAS_NODES: usize = 100_000;

/// Parses one YAML document.
///
/// A leading byte-order mark is passed over; offsets count it. An empty text gives a null node.
///
/// # Errors
///
/// The first thing that is no YAML, a second document, or a limit that was exceeded.
pub fn parse(text: &str) -> Result<Node, Problem> {
    if text.len() > MAX_BYTES {
        let message = format!("the file has {} bytes; pact reads at most {MAX_BYTES}", text.len());
        return Err(Problem::new("yaml-too-large", Span::default(), message)
            .help("split the file, or move large examples out of it"));
    }
    let (skipped, body) = without_mark(text);
    plain::tree(body, skipped).map_or_else(|| Builder::new(body, skipped).run(), Ok)
}

/// Parses as [`parse`] does, with the crate alone and a text of any length: fuzzing holds the plain reader against it.
#[doc(hidden)]
pub fn parse_by_crate(text: &str) -> Result<Node, Problem> {
    let (skipped, body) = without_mark(text);
    Builder::new(body, skipped).run()
}

/// The length of a leading byte-order mark, and the text behind it.
fn without_mark(text: &str) -> (usize, &str) {
    text.strip_prefix('\u{feff}').map_or((0, text), |rest| ('\u{feff}'.len_utf8(), rest))
}

/// Reads a plain (unquoted) scalar by the core schema of YAML 1.2, with one exception: a number with a leading zero, such
/// as `017`, stays text, since nobody agrees on what it means.
pub fn parse_scalar(text: &str) -> Value {
    // Nearly all texts begin as nothing else does.
    let may_be_else =
        |first: &u8| matches!(first, b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'.' | b'+' | b'-' | b'0'..=b'9');
    if text.as_bytes().first().is_some_and(|first| !may_be_else(first)) {
        return Value::Text(text.into());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        _ => {}
    }
    number(text).unwrap_or_else(|| Value::Text(text.into()))
}

fn number(text: &str) -> Option<Value> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        b'0'..=b'9' | b'.' => (false, text),
        _ => return None,
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Some(Value::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }));
    }
    let radix = |prefix: &str, radix: u32| {
        let rest = text.strip_prefix(prefix)?;
        rest.bytes().next()?.is_ascii_alphanumeric().then(|| i128::from_str_radix(rest, radix).ok()).flatten()
    };
    if let Some(value) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(Value::Int(value));
    }
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    if leading_zero || !digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(value) = text.strip_prefix('+').unwrap_or(text).parse()
    {
        return Some(Value::Int(value));
    }
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().map(Value::Float)
}

/// A list or mapping that is still open.
struct Open {
    node: Node,
    anchor: usize,
    /// How many nodes it has so far, itself included.
    size: usize,
    /// The key that waits for its value.
    key: Option<(Box<str>, Span)>,
    /// What merge keys brought; the mapping's own keys win.
    merged: Vec<Entry>,
}

/// Where the next line begins with a tab, in bytes.
fn tab_behind(text: &str) -> Option<usize> {
    let next = text.find('\n')? + 1;
    let line = text.get(next..)?;
    let indentation = line.len() - line.trim_start_matches(' ').len();
    line.get(indentation..)?.starts_with('\t').then_some(next + indentation)
}

struct Builder<'text> {
    text: &'text str,
    skipped: usize,
    /// How many lists and mappings the text stands in, where it is a part of another.
    around: usize,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, usize)>,
    unfolded: usize,
    anchored: usize,
    documents: usize,
}

impl<'text> Builder<'text> {
    fn new(text: &'text str, skipped: usize) -> Self {
        Self {
            text,
            skipped,
            around: 0,
            open: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            unfolded: 0,
            anchored: 0,
            documents: 0,
        }
    }

    fn run(mut self) -> Result<Node, Problem> {
        self.read()?;
        let end = Span::new(self.skipped, self.skipped);
        Ok(self.root.unwrap_or(Node { span: end, value: Value::Null }))
    }

    /// The tree of a part of a text, if it means the same alone: it has no anchor.
    fn piece(mut self, around: usize) -> Option<Node> {
        self.around = around;
        self.read().ok()?;
        self.root.filter(|_| self.anchors.is_empty())
    }

    /// Reads the text with the crate.
    fn read(&mut self) -> Result<(), Problem> {
        let mut options = Options::default();
        options.set_emit_comments(false);
        for event in Parser::new_from_str_with_options(self.text, options) {
            match event {
                Ok((event, span)) => self.event(event, &span)?,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
                    return Err(match error.kind() {
                        ErrorKind::RecursionLimitExceeded => too_deep(Span::new(at + self.skipped, at + self.skipped)),
                        _ => self.syntax(at, &error.info()),
                    });
                }
            }
        }
        Ok(())
    }

    fn syntax(&self, at: usize, message: &str) -> Problem {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let letter = after.chars().next().map_or(0, char::len_utf8);
        let span = Span::new(at + self.skipped, at + self.skipped + letter);
        let problem = Problem::new("yaml-syntax", span, format!("this is not YAML: {message}"));
        let line = before.rsplit('\n').next().unwrap_or("");
        if line.trim_start_matches(' ').starts_with('\t') {
            problem.help("indent with spaces: YAML forbids tabs there")
        } else if let Some(tab) = tab_behind(after) {
            let at = at + self.skipped + tab;
            Problem { span: Span::new(at, at + 1), ..problem }.help("indent with spaces: YAML forbids tabs there")
        } else if message.contains("mapping values are not allowed") {
            problem.help("put a text that has `: ` in it into quotes; if this is a key, its indentation is not that of its neighbours")
        } else {
            problem.help("an unclosed quote or bracket is often on a line above")
        }
    }

    fn span(&self, span: &ParserSpan) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(range.start + self.skipped, range.end + self.skipped)
    }

    fn event(&mut self, event: Event<'_>, span: &ParserSpan) -> Result<(), Problem> {
        let at = self.span(span);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Problem::new("yaml-documents", at, "a second YAML document begins here")
                        .help("write one contract in a file and remove the `---`"));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref()).ok_or_else(|| {
                    let tag = tag.map(|tag| tag.original()).unwrap_or_default();
                    Problem::new("yaml-tag", at, format!("the tag `{tag}` does not fit this value"))
                        .help("remove the tag; pact reads the types of YAML's core schema")
                })?;
                self.add(Node { span: at, value }, 1, anchor)?;
            }
            Event::SequenceStart(_, anchor, _) => self.start(at, Value::List(Vec::new()), anchor)?,
            Event::MappingStart(_, anchor, _) => self.start(at, Value::Map(Vec::new()), anchor)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(at)?,
            Event::Alias(id) => self.alias(id, at)?,
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, span: Span, value: Value, anchor: usize) -> Result<(), Problem> {
        if self.around + self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        self.open.push(Open { node: Node { span, value }, anchor, size: 1, key: None, merged: Vec::new() });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), Problem> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        // The parser's end of a block lies behind trailing comments: the end of the last child is what people mean. A
        // flow collection ends with its bracket.
        let last = match &open.node.value {
            Value::List(items) => items.last().map(|item| item.span.end),
            Value::Map(entries) => entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)),
            _ => None,
        };
        let bracket = (end.end > end.start).then_some(end.end);
        if let Value::Map(entries) = &mut open.node.value {
            adopt(entries, open.merged);
        }
        open.node.span.end = bracket.or(last).unwrap_or(open.node.span.end).max(open.node.span.start);
        self.add(open.node, open.size, open.anchor)
    }

    fn alias(&mut self, id: usize, at: Span) -> Result<(), Problem> {
        let Some((node, size)) = self.anchors.get(&id) else {
            return Err(Problem::new("yaml-syntax", at, "this alias names a value that is not complete here"));
        };
        self.unfolded += size;
        if self.unfolded > MAX_ALIAS_NODES {
            let message = format!("the aliases of this file unfold to more than {MAX_ALIAS_NODES} values");
            return Err(Problem::new("yaml-too-large", at, message).help("write the values out, or drop the aliases"));
        }
        let (node, size) = (node.clone(), *size);
        self.add(node, size, 0)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, size: usize, anchor: usize) -> Result<(), Problem> {
        if anchor > 0 {
            self.anchored += size;
            if self.anchored > MAX_ALIAS_NODES {
                let message = format!("the anchors of this file name more than {MAX_ALIAS_NODES} values");
                return Err(Problem::new("yaml-too-large", node.span, message)
                    .help("give an anchor to what an alias repeats, and to nothing else"));
            }
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let (text, skipped) = (self.text, self.skipped);
        let is_plain = |span: Span| {
            let start = (span.start as usize).saturating_sub(skipped);
            text.get(start..).is_some_and(|rest| rest.starts_with("<<"))
        };
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.size += size;
        match &mut parent.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match parent.key.take() {
                None => parent.key = Some(key_text(node)?),
                // In quotes it is a key like any other.
                Some((key, key_span)) if &*key == "<<" && is_plain(key_span) => {
                    merge(&mut parent.merged, node, key_span)?;
                }
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
            },
            _ => {}
        }
        Ok(())
    }
}

fn too_deep(at: Span) -> Problem {
    let message = format!("lists and mappings nest deeper than {MAX_DEPTH} levels here");
    Problem::new("yaml-too-deep", at, message).help("flatten the structure")
}

fn key_text(node: Node) -> Result<(Box<str>, Span), Problem> {
    match node.value {
        Value::Text(text) => Ok((text, node.span)),
        Value::Null => Ok(("".into(), node.span)),
        _ => match node.scalar_text() {
            Some(text) => Ok((text.into(), node.span)),
            None => Err(Problem::new("yaml-syntax", node.span, "a list or a mapping can't be a key")),
        },
    }
}

/// The merge key `<<` of YAML 1.1, which real files use with anchors.
fn merge(merged: &mut Vec<Entry>, node: Node, key_span: Span) -> Result<(), Problem> {
    let sources = match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
    for mut source in sources {
        let Value::Map(entries) = mem::replace(&mut source.value, Value::Null) else {
            return Err(Problem::new("yaml-syntax", key_span, "`<<` merges mappings only"));
        };
        merged.extend(entries);
    }
    Ok(())
}

/// Adds what merge keys brought and the mapping does not have itself; of several the first counts.
fn adopt(entries: &mut Vec<Entry>, merged: Vec<Entry>) {
    let mut seen: HashSet<Box<str>> = HashSet::new();
    if !merged.is_empty() {
        seen.extend(entries.iter().map(|entry| entry.key.clone()));
    }
    entries.extend(merged.into_iter().filter(|entry| seen.insert(entry.key.clone())));
}

/// The value of a scalar; `None` where its tag does not fit it.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Option<Value> {
    let Some(tag) = tag else {
        return Some(if style == ScalarStyle::Plain { parse_scalar(text) } else { Value::Text(text.into()) });
    };
    let value = parse_scalar(text);
    match tag.core_suffix() {
        Some("str") => Some(Value::Text(text.into())),
        Some("null") => matches!(value, Value::Null).then_some(value),
        Some("bool") => matches!(value, Value::Bool(_)).then_some(value),
        Some("int") => matches!(value, Value::Int(_)).then_some(value),
        Some("float") => text.parse().ok().map(Value::Float),
        // `!` alone means "not resolved": text.
        _ => (tag.original() == "!").then(|| Value::Text(text.into())),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn tree(text: &str) -> Node {
        parse(text).expect("valid YAML")
    }

    #[test]
    fn scalars_follow_yaml_1_2() {
        let cases = [
            ("no", Value::Text("no".into())),
            ("on", Value::Text("on".into())),
            ("017", Value::Text("017".into())),
            ("1_000", Value::Text("1_000".into())),
            ("2026-01-01", Value::Text("2026-01-01".into())),
            ("1.2.3", Value::Text("1.2.3".into())),
            ("e5", Value::Text("e5".into())),
            ("-", Value::Text("-".into())),
            ("0o17", Value::Int(15)),
            ("0xff", Value::Int(255)),
            ("-12", Value::Int(-12)),
            ("0", Value::Int(0)),
            ("0.5", Value::Float(0.5)),
            ("1e3", Value::Float(1000.0)),
            ("-.inf", Value::Float(f64::NEG_INFINITY)),
            ("true", Value::Bool(true)),
            ("~", Value::Null),
        ];
        for (text, value) in cases {
            assert_eq!(parse_scalar(text), value, "{text}");
        }
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "\u{feff}näme: \"orders\" # comment\nlist:\n  - a\n  - {b: 1}\n\n# the end\n";
        let root = tree(text);
        let name = root.entry("näme").unwrap();
        assert_eq!(&text[name.key_span.range()], "näme");
        assert_eq!(&text[name.value.span.range()], "\"orders\"");
        let list = root.get("list").unwrap();
        assert_eq!(&text[list.span.range()], "- a\n  - {b: 1}");
        assert_eq!(&text[list.items()[1].span.range()], "{b: 1}");
        assert_eq!(root.span.end, list.span.end, "trailing comments belong to nobody");
    }

    #[test]
    fn anchors_aliases_and_merge_keys_unfold() {
        let root = tree("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\ncopy: *b\n");
        assert_eq!(root.get("use").unwrap().entries().len(), 2, "a key of its own replaces the merged one");
        assert_eq!(root.get("use").unwrap().get("x").unwrap().integer(), Some(1));
        assert_eq!(root.get("use").unwrap().get("y").unwrap().integer(), Some(3));
        assert_eq!(root.get("copy").unwrap().get("y").unwrap().integer(), Some(2));
    }

    #[test]
    fn bombs_end_in_an_error() {
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for n in 1..20 {
            let items = vec![format!("*a{}", n - 1); 9].join(",");
            let _ = writeln!(laughs, "a{n}: &a{n} [{items}]");
        }
        assert_eq!(parse(&laughs).unwrap_err().code, "yaml-too-large");
        let many: String = "&a [".repeat(50) + &"1,".repeat(5_000) + &"]".repeat(50);
        assert_eq!(parse(&many).unwrap_err().code, "yaml-too-large");
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        assert!(parse(&"{a: ".repeat(100_000)).is_err());
        let stairs = (0..2_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "k:\n");
        assert!(parse(&stairs).is_err());
        assert_eq!(parse(&format!("a: {}", "x".repeat(10 << 20))).unwrap_err().code, "yaml-too-large");
    }

    #[test]
    fn what_is_no_yaml_has_a_place() {
        let problem = parse("name: orders\n\tversion: 1.0.0\n").unwrap_err();
        assert_eq!(problem.code, "yaml-syntax");
        assert!(parse("a: 1\n---\nb: 2\n").unwrap_err().code == "yaml-documents");
        assert!(parse("a: !!int x\n").unwrap_err().code == "yaml-tag");
        assert!(parse("? [a]\n: b\n").unwrap_err().message.contains("key"));
        assert!(parse("a: *b\n").is_err());
        for text in ["a: [b\n\u{e9}: c\n", "a: 'b'\u{202e}c\n", "\u{feff}a: }\u{e9}\n", "{a: b\u{e9}}\u{e9}\n"] {
            let span = parse(text).unwrap_err().span;
            assert!(text.get(span.range()).is_some(), "{text:?}: {span:?} cuts a letter");
        }
    }

    #[test]
    fn an_empty_text_is_null() {
        assert!(tree("").is_null());
        assert!(tree("# only a comment\n").is_null());
    }
}
