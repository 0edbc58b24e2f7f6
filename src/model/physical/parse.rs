//! The grammar of physical types, as tolerant as systems differ: a name, parameters in brackets of any kind, more of the
//! name, and `[]` for arrays.

use super::{PhysicalType, names};

/// A longer text is no type that anybody compares by its meaning.
const LONGEST: usize = 4_000;
/// Types nested deeper are kept as text.
const DEEPEST: usize = 24;

pub(super) fn parse(text: &str) -> PhysicalType {
    let plain = normal(text);
    if plain.len() > LONGEST {
        return PhysicalType::Other(plain);
    }
    of(&plain, 0).unwrap_or(PhysicalType::Other(plain))
}

/// The name of a type without its parameters: `timestamp with time zone` of `TIMESTAMP(3) WITH TIME ZONE`.
pub(in crate::model) fn plain_name(text: &str) -> String {
    let plain = normal(text);
    split(&plain).map_or_else(|| plain.clone(), |parts| parts.words)
}

/// Lower case but for what is quoted, with single spaces, and with none around brackets and commas.
fn normal(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut quote = None;
    let mut space = false;
    for letter in text.trim().chars() {
        if let Some(open) = quote {
            plain.push(letter);
            if letter == open {
                quote = None;
            }
            continue;
        }
        if letter.is_whitespace() {
            space = true;
            continue;
        }
        let tight = |letter: char| matches!(letter, '(' | ')' | '<' | '>' | '[' | ']' | ',' | ':');
        if space && !tight(letter) && !plain.ends_with(tight) {
            plain.push(' ');
        }
        space = false;
        if matches!(letter, '\'' | '"' | '`') {
            quote = Some(letter);
        }
        plain.extend(letter.to_lowercase());
    }
    plain
}

/// The parts of a type.
pub(super) struct Parts<'a> {
    /// The name: what stands before and after the parameters.
    pub(super) words: String,
    /// The parameters.
    pub(super) args: Vec<&'a str>,
}

/// Walks over a text at the outermost level, outside of quotes and brackets. Stops where `visit` says so; `None` where
/// brackets do not match.
fn outermost(text: &str, mut visit: impl FnMut(usize, char) -> bool) -> Option<()> {
    let mut open: Vec<char> = Vec::new();
    let mut quote = None;
    for (index, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(end), _) => {
                if letter == end {
                    quote = None;
                }
                continue;
            }
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(') => open.push(')'),
            (None, '<') => open.push('>'),
            (None, '[') => open.push(']'),
            (None, ')' | '>' | ']') => {
                if open.pop() != Some(letter) {
                    return None;
                }
            }
            _ => {}
        }
        // A closing bracket is outermost again; an opening one is not yet inside for whoever looks for it.
        let first = matches!(letter, '(' | '<' | '[') && open.len() == 1;
        if (open.is_empty() || first) && visit(index, letter) {
            return Some(());
        }
    }
    (open.is_empty() && quote.is_none()).then_some(())
}

fn split(text: &str) -> Option<Parts<'_>> {
    let (mut from, mut to) = (None, None);
    outermost(text, |index, letter| {
        if matches!(letter, '(' | '<' | '[') {
            from = from.or(Some(index));
        } else if matches!(letter, ')' | '>' | ']') {
            to = to.or(Some(index));
        }
        to.is_some()
    })?;
    let Some((from, to)) = from.zip(to) else { return Some(Parts { words: text.to_owned(), args: Vec::new() }) };
    let (name, args, rest) = (text.get(..from)?, text.get(from + 1..to)?, text.get(to + 1..)?.trim_start());
    let gap = if name.is_empty() || rest.is_empty() { "" } else { " " };
    Some(Parts { words: format!("{name}{gap}{rest}"), args: list(args)? })
}

/// What stands between commas.
fn list(text: &str) -> Option<Vec<&str>> {
    let mut all = Vec::new();
    let mut from = 0;
    outermost(text, |index, letter| {
        if letter == ',' {
            all.extend(text.get(from..index));
            from = index + 1;
        }
        false
    })?;
    let last = text.get(from..)?;
    if !(all.is_empty() && last.is_empty()) {
        all.push(last);
    }
    Some(all)
}

/// A type in normal form; `None` where it is unknown.
pub(super) fn of(text: &str, depth: usize) -> Option<PhysicalType> {
    if depth > DEEPEST {
        return None;
    }
    // What is inside of a known type may be unknown.
    let inner = |text: &str| Box::new(of(text, depth + 1).unwrap_or_else(|| PhysicalType::Other(text.to_owned())));
    if let Some(item) = text.strip_suffix(" array").or_else(|| array_of(text)) {
        return Some(PhysicalType::Array(inner(item)));
    }
    if let Some(item) = text.strip_suffix(" multiset") {
        return Some(PhysicalType::Set { distinct: false, item: inner(item) });
    }
    let Parts { words, args } = split(text)?;
    let quoted = || args.first().is_some_and(|arg| arg.starts_with(['\'', '"']));
    Some(match (words.as_str(), args.as_slice()) {
        ("nullable" | "lowcardinality", [one]) => *inner(one),
        ("array" | "list" | "large_list", [item]) => PhysicalType::Array(inner(item)),
        ("array" | "list", []) => PhysicalType::Array(Box::new(PhysicalType::Void)),
        ("set", [item]) if !quoted() => PhysicalType::Set { distinct: true, item: inner(item) },
        ("multiset", [item]) => PhysicalType::Set { distinct: false, item: inner(item) },
        ("map", [key, value]) => PhysicalType::Map(inner(key), inner(value)),
        ("map", []) => PhysicalType::Map(Box::new(PhysicalType::Void), Box::new(PhysicalType::Void)),
        ("struct" | "row" | "record", members) => {
            PhysicalType::Struct(members.iter().map(|member| member_of(member, inner)).collect())
        }
        ("union" | "uniontype", [_, ..]) => PhysicalType::Union(args.iter().map(|arg| *inner(arg)).collect()),
        ("variant", [_, ..]) => PhysicalType::Union(args.iter().map(|arg| *inner(arg)).collect()),
        ("enum" | "enum8" | "enum16", [_, ..]) if quoted() => {
            PhysicalType::Enum(args.iter().map(|arg| unquoted(arg).to_owned()).collect())
        }
        ("vector" | "halfvec", args) => vector(&words, args, inner)?,
        _ => names::scalar(&words, &args)?,
    })
}

/// The type before `[]` or `[3]`.
fn array_of(text: &str) -> Option<&str> {
    let (item, count) = text.strip_suffix(']')?.rsplit_once('[')?;
    let is_length = matches!(item, "fixed" | "vector");
    (count.chars().all(|digit| digit.is_ascii_digit()) && !item.is_empty() && !is_length).then_some(item)
}

/// A member of a struct: `name:type`, `name type`, or a type alone.
fn member_of(text: &str, inner: impl Fn(&str) -> Box<PhysicalType>) -> (String, PhysicalType) {
    let mut at = None;
    // Brackets that do not match have been found before.
    let _ = outermost(text, |index, letter| {
        let ends = matches!(letter, ':' | ' ');
        if ends {
            at = Some(index);
        }
        ends
    });
    match at.and_then(|at| text.get(..at).zip(text.get(at + 1..))) {
        Some((name, kind)) => (unquoted(name).to_owned(), *inner(kind)),
        None => (String::new(), *inner(text)),
    }
}

/// `vector(768)`, `vector(float,768)`, `vector<float,768>`, `halfvec(768)`.
fn vector(name: &str, args: &[&str], inner: impl Fn(&str) -> Box<PhysicalType>) -> Option<PhysicalType> {
    let default = |bits| Box::new(PhysicalType::Float { bits: Some(bits) });
    let plain = || default(if name == "halfvec" { 16 } else { 32 });
    let (element, count) = match args {
        [] => (plain(), None),
        [count] if count.starts_with(|first: char| first.is_ascii_digit()) => (plain(), Some(*count)),
        [element] => (inner(element), None),
        [element, count] if count.starts_with(|first: char| first.is_ascii_digit()) => (inner(element), Some(*count)),
        [count, element] => (inner(element), Some(*count)),
        _ => return None,
    };
    let dimensions = match count {
        Some(count) => Some(count.parse().ok()?),
        None => None,
    };
    Some(PhysicalType::Vector { dimensions, element })
}

fn unquoted(text: &str) -> &str {
    let inside = |quote| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inside('\'').or_else(|| inside('"')).or_else(|| inside('`')).unwrap_or(text)
}
