//! The canonical layout of documents: each in the order of the format that it is written in.

use std::path::Path;

use super::{Grammar, native, odcs};
use crate::source::layout::{LaidOut, Refused, Style, layout};

/// Lays the text of a document out: its keys in the order of its format, its comments kept. A file with the name of JSON is
/// laid out as JSON.
///
/// # Errors
///
/// The text is no YAML, or can't be laid out so that it means the same.
pub fn formatted(path: &Path, text: &str) -> Result<LaidOut, Refused> {
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    layout(text, if is_json { Style::Json } else { Style::Yaml }, |tree| match Grammar::of(tree) {
        Grammar::Native => native::order(tree),
        Grammar::Odcs => odcs::order(tree),
    })
}
