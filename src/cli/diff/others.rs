//! Everything else in the repository that may use what changed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use regex::Regex;

use super::endpoints::Endpoints;
use super::input::Input;
use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::io::fs;
use crate::io::git::{Commit, State};
use crate::model::{Registry, SourceId};

/// Where the others are.
pub(super) struct Others<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) output: Output,
    pub(super) place: Place<'a>,
}

/// A place of files.
pub(super) enum Place<'a> {
    /// Two states of a git repository.
    Git(&'a History<'a>, &'a Endpoints),
    /// A commit.
    Commit(&'a History<'a>, &'a Commit),
    /// What is on disk.
    WorkTree,
    /// These files.
    Files(Vec<PathBuf>),
}

impl Others<'_> {
    /// What else there is that names one of the given contracts. Files that do not are not parsed, and in git most of them
    /// not even read. `input` is what was compared.
    pub(super) fn load(&self, names: &[&str], input: &Input) -> Result<Registry, Error> {
        let Place::Git(history, endpoints) = &self.place else { return Ok(read(mentioning(self.texts()?, names))) };
        // What did not change is as it was before, and what changed has been read.
        let unchanged = match endpoints.base() {
            Some(base) => {
                let changed: HashSet<&Path> = input.paths.iter().map(PathBuf::as_path).collect();
                history.mentioning(base, names, &|path| !changed.contains(path))?
            }
            None => Vec::new(),
        };
        let mut registry = read(mentioning(unchanged, names));
        let after = input.sides.iter().filter_map(|(_, after)| input.documents.get((*after)?));
        for document in after {
            document.add_to(&mut registry);
        }
        Ok(registry)
    }

    fn texts(&self) -> Result<Vec<NamedText>, Error> {
        match &self.place {
            Place::Git(history, endpoints) => {
                if let State::Commit(commit) = endpoints.head() {
                    return history.texts(commit);
                }
            }
            Place::Commit(history, commit) => return history.texts(commit),
            Place::WorkTree => {}
            Place::Files(files) => {
                let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, None));
                return Ok(files.par_iter().map(read).collect());
            }
        }
        // A folder that is gone took its contracts with it.
        let files = self.workspace.files(self.output, |_| Ok(()))?;
        let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, Some(&self.workspace.root)));
        Ok(files.par_iter().map(read).collect())
    }
}

/// The texts that have one of the names in them, and those that can't be read.
fn mentioning(texts: Vec<NamedText>, names: &[&str]) -> Vec<NamedText> {
    let any = names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    // Names without end may be more than a pattern can hold: then every document is parsed.
    let any = Regex::new(&any).ok();
    let mentions = |text: &str| any.as_ref().is_none_or(|any| any.is_match(text));
    texts.into_par_iter().filter(|(_, text)| text.as_deref().is_ok_and(mentions)).collect()
}

fn read(texts: Vec<NamedText>) -> Registry {
    let documents = texts.into_par_iter().map(|(shown, text)| read_document(SourceId(u32::MAX), shown, text));
    Documents::new(documents.collect()).registry()
}
