//! Which files are in the work tree as the newest commit has them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::select::Target;
use crate::cli::workspace::Workspace;
use crate::io::git::{GitError, Repository, Selection};
use crate::model::SourceId;

/// The contracts' files in the commit that is checked out. Empty without a repository or a commit.
#[derive(Debug, Default)]
pub(super) struct Commits {
    /// The commit's id.
    head: String,
    /// The id of the blob of each file.
    blobs: HashMap<SourceId, String>,
}

impl Commits {
    /// Looks for the files of all targets at once. What git can't tell is not known: that hinders no check.
    pub(super) fn of(workspace: &Workspace, files: &[PathBuf], targets: &[Target<'_>]) -> Self {
        let files = targets.iter().filter_map(|target| {
            let source = target.contract.source;
            Some((source, files.get(source.0 as usize)?.as_path()))
        });
        Self::read(&workspace.root, files).unwrap_or_default()
    }

    fn read<'a>(root: &Path, files: impl Iterator<Item = (SourceId, &'a Path)>) -> Result<Self, GitError> {
        let git = Repository::open(root)?;
        let head = git.resolve("HEAD")?;
        let top = git.root().unwrap_or(root);
        let sources: HashMap<PathBuf, SourceId> =
            files.filter_map(|(source, file)| Some((file.strip_prefix(top).ok()?.to_path_buf(), source))).collect();
        // A folder is listed once: to look up its files one by one would read it as often as it has files.
        let mut below: Vec<PathBuf> = sources.keys().filter_map(|path| Some(path.parent()?.to_path_buf())).collect();
        below.sort_unstable();
        below.dedup_by(|folder, above| folder.starts_with(above));
        let accepts = |path: &Path| sources.contains_key(path);
        let found = git.files(&head, Selection { below: &below, accepts: &accepts })?;
        let blobs =
            found.into_iter().filter_map(|(path, blob)| Some((*sources.get(&path)?, blob.to_string()))).collect();
        Ok(Self { head: head.id, blobs })
    }

    /// The commit, if it has the file of a contract byte for byte: with this blob id.
    pub(super) fn commit_of(&self, source: SourceId, blob: Option<&str>) -> Option<String> {
        let same = blob.is_some() && self.blobs.get(&source).map(String::as_str) == blob;
        same.then(|| self.head.clone())
    }
}
