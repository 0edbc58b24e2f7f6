//! The canonical layout of documents: each in the order of the format that it is written in.

#[cfg(test)]
mod tests;

use std::path::Path;

use super::{Grammar, Written, native, odcs};
use crate::source::Node;
use crate::source::layout::{LaidOut, Order, Refused, Style, layout};

/// Lays the text of a document out: its keys in the order of its format, its comments kept. A file with the name of JSON is
/// laid out as JSON.
///
/// # Errors
///
/// The text is no YAML, or can't be laid out so that it means the same.
pub fn formatted(path: &Path, text: &str) -> Result<LaidOut, Refused> {
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    layout(text, if is_json { Style::Json } else { Style::Yaml }, order)
}

fn order(tree: &Node) -> Order {
    match Grammar::of(tree) {
        Grammar::Native => native::order(tree),
        Grammar::Odcs => odcs::order(tree),
    }
}

/// What was written anew, in its canonical layout.
pub(super) fn canonical(written: Written) -> Written {
    match layout(&written.text, Style::Yaml, order) {
        Ok(laid_out) => Written { text: laid_out.text, ..written },
        // What the writer makes is plain, and right as it is.
        Err(_) => written,
    }
}
