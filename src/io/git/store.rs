//! What a way to read git's repositories has to offer. All that pact asks of git is built on this.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::object::{Entry, Oid};
use super::{GitError, ReadError, Stage};

/// A way to read a repository: libgit2 within this process, or the `git` program.
pub(super) trait Store {
    /// How it is called in notes; `None` for the usual way, of which nobody has to know.
    fn name(&self) -> Option<&'static str>;

    /// The folder of the work tree without links; `None` in a bare repository.
    fn root(&self) -> Option<&Path>;

    /// Where git keeps what all work trees share, if pact may keep something beside it.
    fn common_folder(&self) -> Option<PathBuf>;

    /// How many bytes ids have.
    fn id_length(&self) -> usize;

    /// The branch that `HEAD` is on, be it without a commit yet; `None` where it is detached.
    fn branch(&self) -> Option<String>;

    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> Result<Oid, Unresolved>;

    /// The shortest unique id.
    fn short(&self, id: Oid) -> String;

    /// The full names of branches, tags and other references, a million at most.
    fn references(&self) -> Vec<String>;

    /// What a symbolic reference points to.
    fn symbolic(&self, reference: &str) -> Option<String>;

    /// Whether all branches of `origin` are fetched; `None` without `origin`.
    fn fetches_all(&self) -> Option<bool>;

    /// The commits whose parents a shallow clone has left out.
    fn cut(&self) -> HashSet<Oid>;

    /// A newest common ancestor, if they have one.
    fn merge_base(&self, one: Oid, other: Oid) -> Result<Option<Oid>, GitError>;

    /// Whether one commit has the other among its ancestors.
    fn descends(&self, one: Oid, other: Oid) -> bool;

    /// A commit or a tree as it is stored.
    fn object(&self, id: Oid) -> Result<Vec<u8>, GitError>;

    /// The texts of files of at most 8 MiB, in their order.
    fn read(&self, blobs: &[Oid]) -> Vec<Result<String, ReadError>>;

    /// The files that differ, in any order, those of submodules left out. Below `below` only, or everywhere if it holds an
    /// empty path.
    fn deltas(&self, from: Option<Oid>, to: Target, below: &[PathBuf]) -> Result<Vec<Delta>, GitError>;

    /// The paths that a merge has left open.
    fn conflicts(&self) -> Result<Vec<PathBuf>, GitError>;

    /// What the index has at a path, if that is no folder.
    fn index_at(&self, path: &Path) -> Result<Option<Entry>, GitError>;

    /// What the index has at a path, and below it if that is a folder.
    fn staged(&self, path: &Path, stage: Stage) -> Result<Vec<(PathBuf, Entry)>, GitError>;

    /// The id that git would give to the content of a file, as it is.
    fn hash_file(&self, file: &Path) -> Option<Oid>;
}

/// Why a revision names no commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// There is nothing of that name.
    Missing,
    /// A shortened id of several objects.
    Ambiguous,
    /// Nothing can have such a name.
    Malformed,
    /// It names something else.
    NoCommit,
    /// Objects are missing or damaged.
    Failed(String),
}

/// The state that a commit is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    Commit(Oid),
    Index,
    WorkTree,
}

/// A file that may differ.
#[derive(Debug)]
pub(super) struct Delta {
    pub(super) path: PathBuf,
    pub(super) before: Option<Entry>,
    pub(super) after: Option<Side>,
}

/// Where the content is that a file has now.
#[derive(Debug)]
pub(super) enum Side {
    Stored(Entry),
    Disk,
}
