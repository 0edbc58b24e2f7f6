//! Everything else in the repository that may use what changed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::endpoints::Endpoints;
use super::input::Input;
use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, read_document};
use crate::format::Document;
use crate::io::fs;
use crate::io::git::{Commit, State};
use crate::model::{Contract, Registry, SourceId};
use crate::report::sanitize;
use crate::source::mentions::{has_any, word_of};

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
    /// What else there is that names one of the given contracts, or one that is made of them. Files that do not are not
    /// parsed, and in git most of them not even read. `input` is what was compared.
    pub(super) fn load(&self, names: &[&str], input: &Input) -> Result<Registry, Error> {
        let Place::Git(history, endpoints) = &self.place else {
            let texts = self.readable(self.texts()?);
            return Ok(gather(Registry::default(), names, |_| texts.iter().map(Cow::Borrowed).collect()));
        };
        // What did not change is as it was before, and what changed has been read.
        let mut registry = Registry::default();
        for document in input.sides.iter().filter_map(|(_, after)| input.documents.get((*after)?)) {
            document.add_to(&mut registry);
        }
        let Some(base) = endpoints.base() else { return Ok(registry) };
        let changed: HashSet<&Path> = input.paths.iter().map(PathBuf::as_path).collect();
        let files = history.mentions(base)?;
        Ok(gather(registry, names, |names| {
            let mut found = files.of(names);
            found.retain(|(path, _)| !changed.contains(path) && history.accepts(path));
            self.readable(history.stored(&found)).into_iter().map(Cow::Owned).collect()
        }))
    }

    /// The texts that can be read. What others say may hang on the rest, so that is told.
    fn readable(&self, texts: Vec<NamedText>) -> Vec<Named> {
        let readable = texts.into_iter().filter_map(|(path, text)| {
            if text.is_err() {
                let path = sanitize::line(&path.display().to_string());
                self.output.note(&format!("note: {path} can't be read, so whether it uses what changed is not known"));
            }
            Some((path, text.ok()?))
        });
        readable.collect()
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

/// A text and its path.
type Named = (PathBuf, String);

/// So many contracts that are made of others are followed; whoever lists them shows no more.
const MOST_FOLLOWED: usize = 1_000;

/// Adds the documents that name contracts, and then those that name what is made of them, to their end. `texts` gives the
/// texts among which those are that have one of some names in them.
fn gather<'a>(mut registry: Registry, names: &[&str], texts: impl Fn(&[&str]) -> Vec<Cow<'a, Named>>) -> Registry {
    let mut asked: HashSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let most = asked.len() + MOST_FOLLOWED;
    let mut given: HashSet<PathBuf> = HashSet::new();
    let mut wave: Vec<String> = asked.iter().cloned().collect();
    while !wave.is_empty() {
        let names: Vec<&str> = wave.iter().map(|name| word_of(name)).collect();
        let wanted: HashSet<&str> = names.iter().copied().collect();
        let documents: Vec<Document> = texts(&names)
            .into_par_iter()
            .filter(|named| !given.contains(&named.0) && has_any(&named.1, &wanted))
            .map(|named| {
                let (shown, text) = named.into_owned();
                read_document(SourceId(u32::MAX), shown, Ok(text))
            })
            .collect();
        for document in &documents {
            given.insert(document.file.path().to_path_buf());
            document.add_to(&mut registry);
        }
        let is_made_of = |contract: &Contract| {
            let lineage = &contract.lineage;
            lineage.derived_from.iter().chain(&lineage.depends_on).any(|name| asked.contains(name))
        };
        let made =
            registry.contracts.iter().filter(|contract| is_made_of(contract)).flat_map(|contract| contract.names());
        wave = made.filter(|name| !asked.contains(*name)).map(str::to_owned).collect();
        if asked.len() + wave.len() > most {
            break;
        }
        asked.extend(wave.iter().cloned());
    }
    registry
}
