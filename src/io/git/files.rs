//! The files of a commit, without a checkout.

use std::path::{Path, PathBuf};

use super::object::{self, Entry, Mode, Oid, entries};
use super::{BlobId, Commit, GitError, ReadError, Repository, Selection, Stage};
use crate::io::fs::normalized;

/// What a commit or the index has at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File(BlobId),
    /// A folder: its files, with their paths in the repository.
    Folder(Vec<(PathBuf, BlobId)>),
    /// A commit of another repository, whose files are not in this one.
    Submodule,
    /// Nothing.
    Nothing,
}

impl Repository {
    /// The files of a commit, sorted by path.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn files(&self, commit: &Commit, selection: Selection<'_>) -> Result<Vec<(PathBuf, BlobId)>, GitError> {
        let mut files = Vec::new();
        for below in selection.below {
            match self.entry(commit, below)? {
                Some(Entry { mode: Mode::Folder, id }) => self.collect(commit, id, below, selection, &mut files)?,
                Some(entry) if (selection.accepts)(below) => {
                    files.extend(self.file(commit, below, entry).map(|blob| (below.clone(), blob)));
                }
                _ => {}
            }
        }
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }

    /// What a commit has at a path; an empty one is its root.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn at(&self, commit: &Commit, path: &Path) -> Result<Found, GitError> {
        Ok(match self.entry(commit, path)? {
            None => Found::Nothing,
            Some(Entry { mode: Mode::Submodule, .. }) => Found::Submodule,
            Some(Entry { mode: Mode::Folder, id }) => {
                let all = Selection { below: &[], accepts: &|_| true };
                let mut files = Vec::new();
                self.collect(commit, id, path, all, &mut files)?;
                Found::Folder(files)
            }
            Some(entry) => self.file(commit, path, entry).map_or(Found::Nothing, Found::File),
        })
    }

    /// What the index has at a path.
    ///
    /// # Errors
    ///
    /// The index can't be read.
    pub fn staged(&self, path: &Path, stage: Stage) -> Result<Found, GitError> {
        let found = self.store.staged(path, stage)?;
        Ok(match found.as_slice() {
            [] => Found::Nothing,
            [(at, entry)] if at == path => match entry.mode {
                Mode::Submodule => Found::Submodule,
                _ => Found::File(BlobId(entry.id)),
            },
            _ => Found::Folder(
                found
                    .into_iter()
                    .filter(|(_, entry)| entry.mode == Mode::File)
                    .map(|(path, entry)| (path, BlobId(entry.id)))
                    .collect(),
            ),
        })
    }

    /// Whether a commit has a file or folder. An empty path is its root.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn has(&self, commit: &Commit, path: &Path) -> Result<bool, GitError> {
        Ok(self.entry(commit, path)?.is_some())
    }

    /// The nearest submodule in a commit that a path is or lies in.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn submodule(&self, commit: &Commit, path: &Path) -> Result<Option<(PathBuf, String)>, GitError> {
        for folder in path.ancestors() {
            if let Some(entry) = self.entry(commit, folder)? {
                let found = (entry.mode == Mode::Submodule).then(|| (folder.to_path_buf(), entry.id.to_string()));
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The text of a file, of at most 8 MiB.
    pub fn read(&self, blob: BlobId) -> Result<String, ReadError> {
        self.store.read(&[blob.0]).pop().unwrap_or_else(|| Ok(String::new()))
    }

    /// The texts of many files, in their order.
    pub fn read_all(&self, blobs: &[BlobId]) -> Vec<Result<String, ReadError>> {
        self.store.read(&blobs.iter().map(|blob| blob.0).collect::<Vec<Oid>>())
    }

    /// The identity that git would give to the content of a file.
    pub fn hash_file(&self, file: &Path) -> Option<BlobId> {
        self.store.hash_file(file).map(BlobId)
    }

    /// The entry at a path of a commit; an empty path is its root.
    pub(super) fn entry(&self, commit: &Commit, path: &Path) -> Result<Option<Entry>, GitError> {
        let Some(root) = object::commit(&self.store.object(commit.oid)?).tree else { return Ok(None) };
        let mut entry = Entry { mode: Mode::Folder, id: root };
        for part in path.components() {
            if entry.mode != Mode::Folder {
                return Ok(None);
            }
            let tree = self.store.object(entry.id)?;
            let name = part.as_os_str().as_encoded_bytes();
            let found = entries(&tree, self.store.id_length()).find(|(at, _)| *at == name);
            let Some((_, found)) = found else { return Ok(None) };
            entry = found;
        }
        Ok(Some(entry))
    }

    fn collect(
        &self,
        commit: &Commit,
        tree: Oid,
        folder: &Path,
        selection: Selection<'_>,
        files: &mut Vec<(PathBuf, BlobId)>,
    ) -> Result<(), GitError> {
        let tree = self.store.object(tree)?;
        for (name, entry) in entries(&tree, self.store.id_length()) {
            let path = folder.join(object::path(name));
            if entry.mode == Mode::Folder {
                self.collect(commit, entry.id, &path, selection, files)?;
            } else if entry.mode != Mode::Submodule && (selection.accepts)(&path) {
                files.extend(self.file(commit, &path, entry).map(|blob| (path, blob)));
            }
        }
        Ok(())
    }

    /// The content of a file: of a link, what it leads to.
    pub(super) fn file(&self, commit: &Commit, path: &Path, entry: Entry) -> Option<BlobId> {
        match entry.mode {
            Mode::File => Some(BlobId(entry.id)),
            Mode::Link => {
                let folder = path.parent().unwrap_or_else(|| Path::new(""));
                Some(BlobId(self.linked(commit, folder, entry.id).unwrap_or(entry.id)))
            }
            Mode::Folder | Mode::Submodule => None,
        }
    }

    /// The file of the same commit that a symbolic link leads to. A link that leads elsewhere stays what git stores: a path,
    /// which no reader takes for a contract.
    pub(super) fn linked(&self, commit: &Commit, folder: &Path, link: Oid) -> Option<Oid> {
        let target = self.read(BlobId(link)).ok()?;
        let entry = self.entry(commit, &normalized(&folder.join(target))).ok()??;
        (entry.mode == Mode::File).then_some(entry.id)
    }
}
