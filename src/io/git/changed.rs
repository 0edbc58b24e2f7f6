//! Which files differ between a commit and another state.

use std::collections::BTreeSet;
use std::path::Path;

use super::object::{Entry, Mode};
use super::store::{Side, Target};
use super::{BlobId, Changed, Commit, Content, GitError, Repository, Selection, State};

impl Repository {
    /// The files that differ between a commit (or nothing at all) and another state, sorted by path.
    ///
    /// # Errors
    ///
    /// The work tree is asked for in a bare repository, or objects are missing or damaged.
    pub fn changed(
        &self,
        from: Option<&Commit>,
        to: State<'_>,
        selection: Selection<'_>,
    ) -> Result<Vec<Changed>, GitError> {
        let target = match to {
            State::Commit(commit) => Target::Commit(commit.oid),
            State::WorkTree if self.root().is_none() => {
                return Err(GitError::new("a bare repository has no work tree").hint("give two revisions: BASE..HEAD"));
            }
            State::Index => Target::Index,
            State::WorkTree => Target::WorkTree,
        };
        if !matches!(to, State::Commit(_)) {
            self.demand_resolved(selection)?;
        }
        let mut changed = Vec::new();
        for delta in self.store.deltas(from.map(|commit| commit.oid), target, selection.below)? {
            if !(selection.accepts)(&delta.path) {
                continue;
            }
            let before = delta.before.and_then(|entry| self.content(&delta.path, entry, from));
            let after = match delta.after {
                Some(Side::Disk) => Some(Content::Disk),
                Some(Side::Stored(entry)) => {
                    let tree = if let State::Commit(commit) = to { Some(commit) } else { None };
                    self.content(&delta.path, entry, tree).map(Content::Blob)
                }
                None => None,
            };
            if before != self.blob_of(&delta.path, after) {
                changed.push(Changed { path: delta.path, before, after });
            }
        }
        changed.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(changed)
    }

    /// The content of an entry: of a link, what it leads to in the same commit.
    fn content(&self, path: &Path, entry: Entry, commit: Option<&Commit>) -> Option<BlobId> {
        match (entry.mode, commit) {
            (_, Some(commit)) => self.file(commit, path, entry),
            (Mode::File | Mode::Link, None) => Some(BlobId(entry.id)),
            (Mode::Folder | Mode::Submodule, None) => None,
        }
    }

    /// Refuses to compare what a merge has left open: there is no one content that the file has.
    fn demand_resolved(&self, selection: Selection<'_>) -> Result<(), GitError> {
        let mut open = BTreeSet::new();
        for path in self.store.conflicts()? {
            let is_below = selection.below.is_empty() || selection.below.iter().any(|below| path.starts_with(below));
            if is_below && (selection.accepts)(&path) {
                open.insert(path.display().to_string());
            }
        }
        let files: Vec<String> = open.into_iter().collect();
        let (what, it) = match files.as_slice() {
            [] => return Ok(()),
            [one] => (format!("{one} is in conflict"), "it"),
            many => (format!("{} are in conflict", many.join(", ")), "them"),
        };
        Err(GitError::new(format!("{what}: a merge is not finished, so there is no one content to compare"))
            .hint(format!("resolve {it}, and stage {it}: `git add {}`", files.join(" "))))
    }

    /// The identity of a content. The index may hold another state than both sides, which may well be equal.
    fn blob_of(&self, path: &Path, content: Option<Content>) -> Option<BlobId> {
        match content? {
            Content::Blob(blob) => Some(blob),
            Content::Disk => self.hash_file(&self.root()?.join(path)),
        }
    }
}
