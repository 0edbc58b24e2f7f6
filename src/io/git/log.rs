//! The history of a file: the commits behind a state, and what they have at a path.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::object::{self, Oid};
use super::{BlobId, Commit, GitError, Repository, Selection, State};

/// A commit as its author made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The commit.
    pub commit: Commit,
    /// The author's name.
    pub author: String,
    /// When the author made it.
    pub date: Timestamp,
    /// The first line of the message.
    pub subject: String,
}

/// What is behind a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind<'a> {
    /// Its parents, at least one; the first is what a merge was made on.
    Parents(&'a Commit, &'a [Commit]),
    /// Nothing: history begins here.
    Beginning,
    /// Commits that this clone does not have: it is shallow.
    Missing,
}

impl Repository {
    /// Calls `visit` with a commit and those behind it, each with its first parent, the newest first: history as the branch
    /// saw it. Ends where `visit` says so. Returns whether history goes on where a shallow clone has cut it off.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged, or `visit` fails.
    pub fn walk<E: From<GitError>>(
        &self,
        from: &Commit,
        mut visit: impl FnMut(&Commit, Option<&Commit>) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let mut is_cut = false;
        self.trace::<E>(from, |commit, behind| {
            is_cut = behind == Behind::Missing;
            let parent = if let Behind::Parents(parent, _) = behind { Some(parent) } else { None };
            Ok(visit(commit, parent)?.then_some(0))
        })?;
        Ok(is_cut)
    }

    /// Calls `visit` with a commit and those behind it, the newest first. `visit` says which parent comes next, counted from
    /// 0 (always 0 is history as the branch saw it), or `None` to end.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged, or `visit` fails.
    pub fn trace<E: From<GitError>>(
        &self,
        from: &Commit,
        mut visit: impl FnMut(&Commit, Behind<'_>) -> Result<Option<usize>, E>,
    ) -> Result<(), E> {
        let cut = self.store.cut();
        let mut commit = from.clone();
        loop {
            let header = object::commit(&self.store.object(commit.oid)?);
            // Short ids are asked for where a commit is shown: finding the shortest one looks at every object.
            let plain = |oid: &Oid| Commit { id: String::new(), short: String::new(), oid: *oid };
            let parents: Vec<Commit> = header.parents.iter().map(plain).collect();
            let behind = match parents.first() {
                None => Behind::Beginning,
                Some(_) if cut.contains(&commit.oid) => Behind::Missing,
                Some(first) => Behind::Parents(first, &parents),
            };
            let next = visit(&commit, behind)?;
            let next = next.filter(|_| behind != Behind::Missing).and_then(|next| parents.get(next));
            let Some(next) = next else { return Ok(()) };
            commit = next.clone();
        }
    }

    /// Who made a commit, and when.
    ///
    /// # Errors
    ///
    /// The commit is missing or damaged.
    pub fn made(&self, commit: &Commit) -> Result<Made, GitError> {
        let header = object::commit(&self.store.object(commit.oid)?);
        Ok(Made {
            commit: self.commit(commit.oid),
            author: header.author,
            // A date that no calendar has is no reason to hide the commit.
            date: Timestamp::from_second(header.authored).unwrap_or_default(),
            subject: header.subject,
        })
    }

    /// The file that a commit has at a path.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn blob_at(&self, commit: &Commit, path: &Path) -> Result<Option<BlobId>, GitError> {
        Ok(self.entry(commit, path)?.and_then(|entry| self.file(commit, path, entry)))
    }

    /// The files that a commit has no longer and its parent had.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn removed(
        &self,
        parent: &Commit,
        commit: &Commit,
        selection: Selection<'_>,
    ) -> Result<Vec<(PathBuf, BlobId)>, GitError> {
        let changed = self.changed(Some(parent), State::Commit(commit), selection)?;
        let gone = changed.into_iter().filter(|changed| changed.after.is_none());
        Ok(gone.filter_map(|changed| Some((changed.path, changed.before?))).collect())
    }
}
