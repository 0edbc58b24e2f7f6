//! The history of a file: the commits behind a state, and what they have at a path.

use std::path::Path;

use git2::{ObjectType, Sort};
use jiff::Timestamp;

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
        let lift = |error: git2::Error| E::from(GitError::from(error));
        let mut walk = self.inner.revwalk().map_err(lift)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(lift)?;
        walk.simplify_first_parent().map_err(lift)?;
        walk.push(from.oid).map_err(lift)?;
        let mut newer: Option<Commit> = None;
        for oid in walk {
            // Short ids are asked for where a commit is shown: finding the shortest one looks at every object.
            let commit = Commit { id: String::new(), short: String::new(), oid: oid.map_err(lift)? };
            if let Some(newer) = newer.replace(commit.clone())
                && !visit(&newer, Some(&commit))?
            {
                return Ok(false);
            }
        }
        if let Some(oldest) = newer {
            visit(&oldest, None)?;
        }
        Ok(self.inner.is_shallow())
    }

    /// Who made a commit, and when.
    ///
    /// # Errors
    ///
    /// The commit is missing or damaged.
    pub fn made(&self, commit: &Commit) -> Result<Made, GitError> {
        let found = self.inner.find_commit(commit.oid)?;
        let author = found.author();
        let subject = found.summary_bytes().unwrap_or_default();
        Ok(Made {
            commit: self.commit(commit.oid),
            author: String::from_utf8_lossy(author.name_bytes()).into_owned(),
            // A date that no calendar has is no reason to hide the commit.
            date: Timestamp::from_second(author.when().seconds()).unwrap_or_default(),
            subject: String::from_utf8_lossy(subject).into_owned(),
        })
    }

    /// The file that a commit has at a path.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn blob_at(&self, commit: &Commit, path: &Path) -> Result<Option<BlobId>, GitError> {
        let entry = match self.tree(commit)?.get_path(path) {
            Ok(entry) => entry,
            Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok((entry.kind() == Some(ObjectType::Blob)).then(|| BlobId(entry.id())))
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
    ) -> Result<Vec<(std::path::PathBuf, BlobId)>, GitError> {
        let changed = self.changed(Some(parent), State::Commit(commit), selection)?;
        let gone = changed.into_iter().filter(|changed| changed.after.is_none());
        Ok(gone.filter_map(|changed| Some((changed.path, changed.before?))).collect())
    }
}
