//! What is compared: the documents that differ, and which of them belong together.

use std::path::PathBuf;

use rayon::prelude::*;

use super::endpoints::Endpoints;
use super::submodules;
use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, read_document};
use crate::format::Document;
use crate::io::git::Content;
use crate::model::SourceId;

/// A changed file: its documents before and after.
pub(super) type Sides = Vec<(Option<SourceId>, Option<SourceId>)>;

/// What is compared, once read.
pub(super) struct Input {
    /// The documents that differ, of both sides.
    pub(super) documents: Documents,
    /// The path of each document, in the order of their ids.
    pub(super) paths: Vec<PathBuf>,
    /// Which of them belong together.
    pub(super) sides: Sides,
    /// Whether both sides are states of one tree, so that another path means that the file was moved.
    pub(super) one_tree: bool,
    /// Whether what is compared is what will be merged: the work tree, or what is staged.
    pub(super) is_current: bool,
}

/// Reads what changed in git, and nothing else.
pub(super) fn in_git(history: &History<'_>, endpoints: &Endpoints, output: Output) -> Result<Input, Error> {
    let changed = history.changed(endpoints.base(), endpoints.head())?;
    let (mut paths, mut contents, mut sides) = (Vec::new(), Vec::new(), Vec::new());
    for file in &changed {
        let mut add = |content| {
            contents.push(content);
            paths.push(&file.path);
            SourceId(u32::try_from(contents.len() - 1).unwrap_or(u32::MAX))
        };
        let before = file.before.map(|blob| add(Content::Blob(blob)));
        sides.push((before, file.after.map(add)));
    }
    let mut texts: Vec<NamedText> = history.contents(&paths, &contents);
    let mut paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    for file in submodules::changed(history, endpoints, output)? {
        let mut add = |text| {
            texts.push((history.shown(&file.path), text));
            paths.push(file.path.clone());
            SourceId(u32::try_from(texts.len() - 1).unwrap_or(u32::MAX))
        };
        let before = file.before.map(&mut add);
        sides.push((before, file.after.map(add)));
    }
    let documents: Vec<Document> = texts
        .into_par_iter()
        .enumerate()
        .map(|(index, (shown, text))| read_document(SourceId(u32::try_from(index).unwrap_or(u32::MAX)), shown, text))
        .collect();
    let is_current = endpoints.is_current();
    Ok(Input { documents: Documents::new(documents), paths, sides, one_tree: true, is_current })
}
