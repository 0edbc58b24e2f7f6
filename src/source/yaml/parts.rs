//! The parts of a YAML text in their order, as they are written: what the tree of its meaning does not tell.

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

use super::MAX_DEPTH;
use crate::source::Span;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Part {
    /// A key or a value in one piece, with its quotes; nothing at all where the span is empty.
    Scalar {
        /// Whether it is a block of lines, below `|` or `>`.
        is_block: bool,
    },
    /// An alias, with its `*`.
    Alias,
    /// A list begins.
    List {
        /// Whether it is in brackets.
        is_flow: bool,
    },
    /// A mapping begins.
    Map {
        /// Whether it is in braces, or a pair in a list in brackets.
        is_flow: bool,
    },
    /// The innermost list or mapping ends. The span is that of its bracket, and empty where there is none.
    End,
}

/// A part with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) struct Placed {
    /// The part.
    pub(in crate::source) part: Part,
    /// Where it stands, without its anchor and its tag.
    pub(in crate::source) span: Span,
    /// How many of an anchor and a tag stand before it.
    pub(in crate::source) properties: usize,
}

/// The parts of a text in their order. `None` where the text is no YAML or nests too deep; [`super::parse`] tells of that.
pub(in crate::source) fn parts(text: &str) -> Option<Vec<Placed>> {
    let (skipped, body) = super::without_mark(text);
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut parts = Vec::with_capacity(text.len() / 8);
    let mut depth = 0;
    for event in Parser::new_from_str_with_options(body, options) {
        let (event, span) = event.ok()?;
        let (part, properties) = match &event {
            Event::Scalar(_, style, anchor, tag) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                (Part::Scalar { is_block }, count(*anchor, tag.is_some()))
            }
            Event::SequenceStart(style, anchor, tag) => {
                (Part::List { is_flow: is_flow(*style) }, count(*anchor, tag.is_some()))
            }
            Event::MappingStart(style, anchor, tag) => {
                (Part::Map { is_flow: is_flow(*style) }, count(*anchor, tag.is_some()))
            }
            Event::SequenceEnd | Event::MappingEnd => (Part::End, 0),
            Event::Alias(_) => (Part::Alias, 0),
            _ => continue,
        };
        match part {
            Part::List { .. } | Part::Map { .. } => depth += 1,
            Part::End => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let range = span.byte_range()?;
        parts.push(Placed { part, span: Span::new(range.start + skipped, range.end + skipped), properties });
    }
    Some(parts)
}

fn is_flow(style: StructureStyle) -> bool {
    style == StructureStyle::Flow
}

fn count(anchor: usize, has_tag: bool) -> usize {
    usize::from(anchor > 0) + usize::from(has_tag)
}
