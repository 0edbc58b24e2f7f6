//! One layout for texts that say the same: keys in the order of the shape that describes them, two spaces for each level,
//! one blank line at most, and every comment where it belongs.
//!
//! What is written stays as it is written: the spelling of scalars, the order of lists, brackets and braces that fit on one
//! line. What comes out is read again and held against what went in; a text that can't be laid out safely is refused.

mod arrange;
mod gap;
mod guard;
mod json;
mod print;
mod read;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;
use std::collections::HashMap;

use super::yaml::parts;
use super::{Node, Problem, Span, parse};

/// The order of keys that stand in another one: for each its rank among the keys of its mapping.
#[derive(Debug, Clone, Default)]
pub struct Order {
    ranks: HashMap<u32, u32>,
}

impl Order {
    /// Puts the keys of a mapping in order. Each key comes with its place and its rank; keys without a rank follow the others as
    /// they are.
    pub fn add(&mut self, keys: &[(Span, Option<usize>)]) {
        let rank = |rank: Option<usize>| rank.and_then(|rank| u32::try_from(rank).ok()).unwrap_or(u32::MAX);
        if !keys.is_sorted_by_key(|key| rank(key.1)) {
            self.ranks.extend(keys.iter().map(|key| (key.0.start, rank(key.1))));
        }
    }

    fn rank(&self, at: usize) -> u32 {
        u32::try_from(at).ok().and_then(|at| self.ranks.get(&at)).copied().unwrap_or(u32::MAX)
    }
}

/// What a text is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// YAML, with comments.
    Yaml,
    /// JSON, each value on a line of its own.
    Json,
}

/// A text in its canonical layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOut {
    /// The whole text.
    pub text: String,
    /// Whether its keys are in order: they stay where they are if an alias would come before its anchor otherwise.
    pub in_order: bool,
}

/// Why a text is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// It can't be read.
    Unreadable(Problem),
    /// Something unusual stands there that no layout is known for.
    Unusual(Span),
    /// It has the name of JSON and is none.
    NotJson,
    /// The result would mean something else.
    OtherMeaning,
    /// A comment would be lost or changed.
    Comments,
    /// The result would not be laid out as it would be the next time.
    Unstable,
}

impl Refused {
    /// The reason as the end of a sentence.
    pub fn reason(&self) -> &str {
        match self {
            Self::Unreadable(problem) => &problem.message,
            Self::Unusual(_) => "an unusual notation stands here",
            Self::NotJson => "it has the name of a JSON file and is no JSON",
            Self::OtherMeaning => "an unusual notation would change its meaning",
            Self::Comments => "a comment stands where it can't be kept",
            Self::Unstable => "an unusual notation has no layout that stays",
        }
    }
}

/// Lays a text out. `order` finds the order of its keys.
///
/// # Errors
///
/// The text is no YAML, or can't be laid out so that it means the same: see [`Refused`].
pub fn layout(text: &str, style: Style, order: impl Fn(&Node) -> Order) -> Result<LaidOut, Refused> {
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    // A stray line of another system does not turn the whole file.
    let is_crlf = 2 * text.matches("\r\n").count() > lines;
    let plain: Cow<'_, str> = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
    let unreadable = |problem| Refused::Unreadable(parse(text).err().unwrap_or(problem));
    let tree = parse(&plain).map_err(unreadable)?;
    if let Some(at) = plain.contains('\r').then(|| lone_return(text)).flatten() {
        return Err(Refused::Unusual(Span::new(at, at + 1)));
    }
    if style == Style::Json && serde_json::from_str::<serde::de::IgnoredAny>(&plain).is_err() {
        return Err(Refused::NotJson);
    }
    let laid_out = |new: String, in_order: bool| {
        let text = if is_crlf { new.replace('\n', "\r\n") } else { new };
        LaidOut { text, in_order }
    };
    let attempt = |order: &dyn Fn(&Node) -> Order| {
        let new = render(&plain, style, &order(&tree))?;
        if new != plain {
            let now = guard::check(&plain, &tree, &new)?;
            let again = render(&new, style, &order(&now))?;
            if again != new {
                return Err(Refused::Unstable);
            }
        }
        Ok(new)
    };
    let in_place = |error| in_original(text, error);
    match attempt(&order) {
        Ok(new) => Ok(laid_out(new, true)),
        Err(Refused::OtherMeaning) => attempt(&|_| Order::default()).map(|new| laid_out(new, false)).map_err(in_place),
        Err(error) => Err(in_place(error)),
    }
}

/// One text from another, without a guard.
fn render(text: &str, style: Style, order: &Order) -> Result<String, Refused> {
    let parts = parts(text).ok_or(Refused::OtherMeaning)?;
    let mut document = read::read(text, &parts)?;
    document.arrange(order);
    Ok(match style {
        Style::Yaml => {
            let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
            print::print(&document, mark, text.len())
        }
        Style::Json => json::json(&document, text.len()),
    })
}

/// The first carriage return that ends no line.
fn lone_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_lone = |at: &usize| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).find(is_lone)
}

/// The place of an error in the text before its line ends were changed.
fn in_original(text: &str, error: Refused) -> Refused {
    let Refused::Unusual(span) = error else { return error };
    let mut left = span.start as usize;
    let is_kept = |(at, byte): &(usize, u8)| *byte != b'\r' || text.as_bytes().get(at + 1) != Some(&b'\n');
    let place = text.bytes().enumerate().filter(is_kept).find(|_| {
        let is_there = left == 0;
        left = left.saturating_sub(1);
        is_there
    });
    let at = place.map_or(text.len(), |(at, _)| at);
    let letter = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Refused::Unusual(Span::new(at, at + letter))
}
