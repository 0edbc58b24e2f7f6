//! Everything else in the repository that may use what changed.

use std::collections::HashSet;
use std::path::PathBuf;

use rayon::prelude::*;
use regex::Regex;

use super::endpoints::Endpoints;
use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::format::Document;
use crate::io::fs;
use crate::io::git::State;
use crate::model::SourceId;

/// Where the others are.
pub(super) struct Others<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) output: Output,
    pub(super) place: Place<'a>,
}

/// A place of files.
pub(super) enum Place<'a> {
    /// The state of a git repository that is compared.
    Git(&'a History<'a>, &'a Endpoints),
    /// These files.
    Files(Vec<PathBuf>),
}

/// So often texts are searched for the names that were found in others.
const MOST_ROUNDS: usize = 6;

impl Others<'_> {
    /// The documents that name one of the given contracts, or a contract that is made of one of them. Those that do not are read
    /// and not parsed.
    pub(super) fn load(&self, names: &[&str]) -> Result<Documents, Error> {
        let mut texts = self.texts()?;
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut known: HashSet<String> = names.iter().cloned().collect();
        let mut all = Vec::new();
        let mut round = 0;
        while !names.is_empty() && !texts.is_empty() {
            round += 1;
            // A chain without end is not followed name by name: then every document is parsed.
            let any = if round > MOST_ROUNDS { Vec::new() } else { names };
            let (found, rest) = mentioning(&any, texts);
            texts = rest;
            // Who is made of what was found is found next.
            names = found.iter().filter_map(|document| made_of(document, &known)).collect();
            known.extend(names.iter().cloned());
            all.extend(found);
        }
        Ok(Documents::new(all))
    }

    fn texts(&self) -> Result<Vec<NamedText>, Error> {
        let (history, endpoints) = match &self.place {
            Place::Git(history, endpoints) => (history, endpoints),
            Place::Files(files) => {
                let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, None));
                return Ok(files.par_iter().map(read).collect());
            }
        };
        if let State::Commit(commit) = endpoints.head() {
            return history.texts(commit);
        }
        // What is staged is near enough to what is on disk to say who is hit. A folder that is gone took its contracts with it.
        let files = self.workspace.files(self.output, |_| Ok(()))?;
        let read = |path: &PathBuf| (self.workspace.shown(path), fs::read_text(path, Some(&self.workspace.root)));
        Ok(files.par_iter().map(read).collect())
    }
}

/// The documents that name one of the given contracts, and the texts that do not.
fn mentioning(names: &[String], texts: Vec<NamedText>) -> (Vec<Document>, Vec<NamedText>) {
    let any = names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    // Names without end may be more than a pattern can hold: then every document is parsed.
    let any = Regex::new(&any).ok();
    let mentions = |text: &str| any.as_ref().is_none_or(|any| any.is_match(text));
    let (found, rest): (Vec<NamedText>, Vec<NamedText>) =
        texts.into_par_iter().partition(|(_, text)| text.as_deref().is_ok_and(mentions));
    let read = |(shown, text)| read_document(SourceId(u32::MAX), shown, text);
    (found.into_par_iter().map(read).collect(), rest)
}

/// The name of a contract that is made of known ones and is not known itself.
fn made_of(document: &Document, known: &HashSet<String>) -> Option<String> {
    let contract = document.contract()?;
    let lineage = &contract.lineage;
    let is_made = lineage.derived_from.iter().chain(&lineage.depends_on).any(|name| known.contains(name));
    (is_made && !known.contains(&contract.name)).then(|| contract.name.clone())
}
