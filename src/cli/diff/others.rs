//! Everything else in the repository that may use what changed.

use std::path::PathBuf;

use rayon::prelude::*;
use regex::Regex;

use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::format::Document;
use crate::io::fs;
use crate::io::git::Commit;
use crate::model::SourceId;

/// Where the others are.
pub(super) struct Others<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) output: Output,
    pub(super) place: Place<'a>,
}

/// A place of files.
pub(super) enum Place<'a> {
    /// A commit.
    Commit(&'a History<'a>, &'a Commit),
    /// What is on disk.
    WorkTree,
    /// These files.
    Files(Vec<PathBuf>),
}

impl Others<'_> {
    /// The documents that name one of the given contracts. Those that do not are read and not parsed.
    pub(super) fn load(&self, names: &[&str]) -> Result<Documents, Error> {
        let any = names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
        // Names without end may be more than a pattern can hold: then every document is parsed.
        let any = Regex::new(&any).ok();
        let mentions = |text: &str| any.as_ref().is_none_or(|any| any.is_match(text));
        let documents: Vec<Document> = self
            .texts()?
            .into_par_iter()
            .filter(|(_, text)| text.as_deref().is_ok_and(mentions))
            .map(|(shown, text)| read_document(SourceId(u32::MAX), shown, text))
            .collect();
        Ok(Documents::new(documents))
    }

    fn texts(&self) -> Result<Vec<NamedText>, Error> {
        match &self.place {
            Place::Commit(history, commit) => return history.texts(commit),
            Place::WorkTree => {}
            Place::Files(files) => {
                let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, None));
                return Ok(files.par_iter().map(read).collect());
            }
        }
        // What is staged is near enough to what is on disk to say who is hit. A folder that is gone took its contracts with it.
        let files = self.workspace.files(self.output, |_| Ok(()))?;
        let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, Some(&self.workspace.root)));
        Ok(files.par_iter().map(read).collect())
    }
}
