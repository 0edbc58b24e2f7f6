//! Which files differ between a commit and another state.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::{Delta, DiffOptions, Index, IndexEntryExtendedFlag};

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
        let before = from.map(|commit| self.tree(commit)).transpose()?;
        let before = before.as_ref();
        let mut options = options(selection.below);
        if !matches!(to, State::Commit(_)) {
            self.demand_resolved(selection)?;
        }
        let diff = match to {
            State::Commit(commit) => {
                self.inner.diff_tree_to_tree(before, Some(&self.tree(commit)?), Some(&mut options))?
            }
            State::Index => self.inner.diff_tree_to_index(before, self.given_index()?.as_ref(), Some(&mut options))?,
            State::WorkTree if self.inner.is_bare() => {
                return Err(GitError::new("a bare repository has no work tree").hint("give two revisions: BASE..HEAD"));
            }
            State::WorkTree => self.inner.diff_tree_to_workdir_with_index(before, Some(&mut options))?,
        };
        let mut changed = Vec::new();
        for delta in diff.deltas() {
            let Some(path) = delta.new_file().path().or_else(|| delta.old_file().path()) else { continue };
            if !(selection.accepts)(path) {
                continue;
            }
            let old = delta.old_file().id();
            let before = (!old.is_zero() && delta.status() != Delta::Added).then_some(BlobId(old));
            let gone = delta.status() == Delta::Deleted;
            let after = match to {
                State::WorkTree if gone => self.left_behind(path),
                State::WorkTree => Some(Content::Disk),
                _ => (!gone).then(|| Content::Blob(BlobId(delta.new_file().id()))),
            };
            if before.is_none() || self.blob_of(path, after) != before {
                changed.push(Changed { path: path.to_path_buf(), before, after });
            }
        }
        changed.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(changed)
    }

    /// Refuses to compare what a merge has left open: there is no one content that the file has.
    fn demand_resolved(&self, selection: Selection<'_>) -> Result<(), GitError> {
        let index = match self.given_index()? {
            Some(index) => index,
            None => self.inner.index()?,
        };
        if !index.has_conflicts() {
            return Ok(());
        }
        let mut open = BTreeSet::new();
        for conflict in index.conflicts()? {
            let conflict = conflict?;
            for entry in [conflict.ancestor, conflict.our, conflict.their].into_iter().flatten() {
                let path = PathBuf::from(String::from_utf8_lossy(&entry.path).as_ref());
                let is_below =
                    selection.below.is_empty() || selection.below.iter().any(|below| path.starts_with(below));
                if is_below && (selection.accepts)(&path) {
                    open.insert(path.display().to_string());
                }
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

    /// The index that git gives to a hook where it is not the repository's own: `git commit -a` and `git commit FILE` commit
    /// from a temporary one.
    fn given_index(&self) -> Result<Option<Index>, GitError> {
        let Some(given) = std::env::var_os("GIT_INDEX_FILE").filter(|path| !path.is_empty()) else { return Ok(None) };
        let path = self.root.as_deref().unwrap_or_else(|| self.inner.path()).join(given);
        let index = Index::open(&path).map_err(|error| {
            GitError::new(format!("the index {} can't be read: {}", path.display(), error.message()))
                .hint("GIT_INDEX_FILE names it; git sets that for hooks, and nobody else has to")
        })?;
        Ok(Some(index))
    }

    /// The identity of a content. The index may hold another state than both sides, which may well be equal.
    fn blob_of(&self, path: &Path, content: Option<Content>) -> Option<BlobId> {
        match content? {
            Content::Blob(blob) => Some(blob),
            Content::Disk => self.hash_file(&self.root.as_ref()?.join(path)),
        }
    }

    /// What is there of a file that git takes for deleted: a sparse checkout leaves it in the index only, and
    /// `git rm --cached` on disk only.
    fn left_behind(&self, path: &Path) -> Option<Content> {
        let index = self.inner.index().ok()?;
        if let Some(entry) = index.get_path(path, 0) {
            let flags = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
            if flags.is_skip_worktree() {
                return Some(Content::Blob(BlobId(entry.id)));
            }
        }
        let on_disk = self.root.as_ref().is_some_and(|root| root.join(path).is_file());
        (on_disk && !self.inner.status_should_ignore(path).unwrap_or(false)).then_some(Content::Disk)
    }
}

fn options(below: &[PathBuf]) -> DiffOptions {
    let mut options = DiffOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).include_typechange(true).ignore_submodules(true);
    if !below.iter().any(|path| path.as_os_str().is_empty()) {
        options.disable_pathspec_match(true);
        for path in below {
            options.pathspec(path);
        }
    }
    options
}
