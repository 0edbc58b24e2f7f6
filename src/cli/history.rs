//! The contracts of a repository as git has them: at a revision, and what changed between two states.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::Error;
use super::output::Output;
use super::workspace::{Documents, Workspace, read_document};
use crate::config::FILE_NAME;
use crate::io::fs::{self, ReadError};
use crate::io::git::{BlobId, Changed, Commit, Content, FilesByMention, Repository, Selection, State};
use crate::model::SourceId;

/// A text, or why it could not be read, and the path under which it is shown.
pub(super) type NamedText = (PathBuf, Result<String, ReadError>);

/// A workspace together with the git repository that it lies in.
pub(super) struct History<'a> {
    workspace: &'a Workspace,
    /// The git repository.
    pub(super) git: Repository,
    /// The folder of the workspace in the git repository.
    prefix: PathBuf,
    below: Vec<PathBuf>,
    /// Files that the configuration names one by one, and folders.
    plain: Vec<PathBuf>,
    patterns: fs::Patterns,
    exclude: fs::Globs,
}

impl<'a> History<'a> {
    /// Finds the git repository of a workspace.
    ///
    /// # Errors
    ///
    /// There is none, it can't be read, or a pattern of the configuration is no glob.
    pub(super) fn open(workspace: &'a Workspace) -> Result<Self, Error> {
        let git = Repository::open(&workspace.root)?;
        let prefix = git.root().and_then(|root| workspace.root.strip_prefix(root).ok());
        let prefix = prefix.map(Path::to_path_buf).unwrap_or_default();
        let (globs, plain) = workspace.config.contract_entries();
        let plain: Vec<PathBuf> = plain.iter().map(|entry| fs::normalized(&prefix.join(entry))).collect();
        let below = if globs.is_empty() { plain.clone() } else { vec![prefix.clone()] };
        let wrong = |error| Error::new(format!("a pattern in {FILE_NAME}: {error}"));
        let patterns = fs::Patterns::new(&prefix, &globs).map_err(wrong)?;
        let exclude = fs::globs(&prefix, &workspace.config.exclude).map_err(wrong)?;
        Ok(Self { workspace, git, prefix, below, plain, patterns, exclude })
    }

    /// Tells who asked for details where the repository is not read in the usual way.
    pub(super) fn tell(self, output: Output) -> Self {
        if let Some(reader) = self.git.reader() {
            output.detail(&format!("this repository is read by {reader}: its form is not one that pact reads itself"));
        }
        self
    }

    /// Whether a path of the git repository is one of a contract, as the configuration has it.
    pub(super) fn accepts(&self, path: &Path) -> bool {
        if self.plain.iter().any(|plain| plain == path) {
            return true;
        }
        let Ok(inner) = path.strip_prefix(&self.prefix) else { return false };
        let in_folder = self.plain.iter().any(|folder| path.starts_with(folder));
        !self.workspace.is_own(&self.workspace.root.join(inner))
            && (in_folder || self.patterns.takes(path))
            && self.is_document(path)
    }

    /// Whether a path of the git repository may be one of a contract in a folder that somebody named.
    pub(super) fn is_document(&self, path: &Path) -> bool {
        let inner = path.strip_prefix(&self.prefix).unwrap_or(path);
        let hidden = inner.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
        let is_named = || self.patterns.takes_json(path) || self.plain.iter().any(|plain| plain == path);
        (fs::is_contract(path) || is_named())
            && !hidden
            && path.file_name().is_none_or(|name| name != FILE_NAME)
            && !self.exclude.matched(path, false).is_whitelist()
    }

    /// Whether there may be contracts in a folder, as the configuration has it.
    pub(super) fn concerns(&self, folder: &Path) -> bool {
        self.below.iter().any(|below| below.starts_with(folder) || folder.starts_with(below))
    }

    /// A path of the git repository as it is shown to people.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        self.git.root().map_or_else(|| path.to_path_buf(), |root| self.workspace.shown(&root.join(path)))
    }

    /// The files of contracts that differ between a commit and another state.
    ///
    /// # Errors
    ///
    /// git can't say, or what the configuration names as contracts is on neither side.
    pub(super) fn changed(&self, from: Option<&Commit>, to: State<'_>) -> Result<Vec<Changed>, Error> {
        let accepts = |path: &Path| self.accepts(path);
        let changed = self.git.changed(from, to, Selection { below: &self.below, accepts: &accepts })?;
        if changed.is_empty() {
            self.demand_contracts(from, to)?;
        }
        Ok(changed)
    }

    /// Makes sure that "no change" is not the answer to a folder that nobody has ever seen.
    fn demand_contracts(&self, from: Option<&Commit>, to: State<'_>) -> Result<(), Error> {
        let head = if let State::Commit(commit) = to { Some(commit) } else { None };
        for (entry, path) in self.workspace.config.contract_entries().1.iter().zip(&self.plain) {
            let on_disk = self.workspace.root.join(entry).exists();
            let in_git = || {
                [from, head]
                    .into_iter()
                    .flatten()
                    .map(|commit| self.git.has(commit, path))
                    .collect::<Result<Vec<_>, _>>()
            };
            if on_disk || in_git()?.contains(&true) {
                continue;
            }
            // What lies in a submodule is told apart.
            let newest = head.or(from);
            if newest.is_some_and(|commit| self.git.submodule(commit, path).is_ok_and(|found| found.is_some())) {
                continue;
            }
            // A folder that was there once is gone with its contracts, and that is no mistake.
            let mut was_there = false;
            if let Some(newest) = newest {
                self.git.walk::<Error>(newest, |_, parent| {
                    was_there = parent.map(|parent| self.git.has(parent, path)).transpose()?.unwrap_or_default();
                    Ok(!was_there)
                })?;
            }
            if !was_there {
                return Err(self.workspace.nothing_at(entry));
            }
        }
        Ok(())
    }

    /// The files of contracts that a commit has no longer and its parent had.
    pub(super) fn removed(&self, parent: &Commit, commit: &Commit) -> Result<Vec<(PathBuf, BlobId)>, Error> {
        let accepts = |path: &Path| self.accepts(path);
        Ok(self.git.removed(parent, commit, Selection { below: &self.below, accepts: &accepts })?)
    }

    /// The files of contracts that a commit has changed or taken away, as its parent had them and as they are now.
    pub(super) fn replaced(
        &self,
        parent: &Commit,
        commit: &Commit,
    ) -> Result<Vec<(PathBuf, BlobId, Option<BlobId>)>, Error> {
        let accepts = |path: &Path| self.accepts(path);
        let selection = Selection { below: &self.below, accepts: &accepts };
        let changed = self.git.changed(Some(parent), State::Commit(commit), selection)?;
        let after = |content| if let Content::Blob(blob) = content { Some(blob) } else { None };
        let replaced = changed.into_iter().filter_map(|one| Some((one.path, one.before?, one.after.and_then(after))));
        Ok(replaced.collect())
    }

    /// The files of contracts at a commit.
    pub(super) fn files(&self, commit: &Commit) -> Result<Vec<(PathBuf, BlobId)>, Error> {
        let accepts = |path: &Path| self.accepts(path);
        Ok(self.git.files(commit, Selection { below: &self.below, accepts: &accepts })?)
    }

    /// The texts of contents in git and on disk, in their order.
    pub(super) fn contents(&self, paths: &[&PathBuf], contents: &[Content]) -> Vec<NamedText> {
        let blob = |content: &Content| if let Content::Blob(blob) = content { Some(*blob) } else { None };
        let blobs: Vec<BlobId> = contents.iter().filter_map(blob).collect();
        let mut stored = self.git.read_all(&blobs).into_iter();
        // Only what has a work tree has a file on disk.
        let root = self.git.root().unwrap_or_else(|| Path::new(""));
        let texts = paths.iter().zip(contents).map(|(path, content)| match blob(content) {
            Some(_) => stored.next().unwrap_or_else(|| Ok(String::new())),
            None => fs::read_text(&root.join(path), Some(&self.workspace.root)),
        });
        paths.iter().map(|path| self.shown(path)).zip(texts).collect()
    }

    /// All documents at a commit.
    pub(super) fn documents_at(&self, commit: &Commit) -> Result<Documents, Error> {
        let documents = self.texts(commit)?.into_par_iter().enumerate().map(|(index, (shown, text))| {
            read_document(SourceId(u32::try_from(index).unwrap_or(u32::MAX)), shown, text)
        });
        Ok(Documents::new(documents.collect()))
    }

    /// What the files at a commit mention that may be those of contracts. Which of them are is asked of those few that
    /// mention something: to ask of all takes longer than to look it up.
    pub(super) fn mentions(&self, commit: &Commit) -> Result<FilesByMention, Error> {
        let accepts =
            |path: &Path| fs::is_yaml(path) || fs::is_json(path) || self.plain.iter().any(|plain| plain == path);
        Ok(self.git.mentions(commit, Selection { below: &self.below, accepts: &accepts })?)
    }

    /// The texts of files at a commit.
    pub(super) fn stored(&self, files: &[(&Path, BlobId)]) -> Vec<NamedText> {
        let blobs: Vec<BlobId> = files.iter().map(|(_, blob)| *blob).collect();
        files.iter().map(|(path, _)| self.shown(path)).zip(self.git.read_all(&blobs)).collect()
    }

    /// The texts of all files of contracts at a commit.
    pub(super) fn texts(&self, commit: &Commit) -> Result<Vec<NamedText>, Error> {
        let files = self.files(commit)?;
        let blobs: Vec<BlobId> = files.iter().map(|(_, blob)| *blob).collect();
        let paths = files.iter().map(|(path, _)| self.shown(path));
        Ok(paths.zip(self.git.read_all(&blobs)).collect())
    }
}
