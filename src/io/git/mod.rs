//! Git: revisions, their files without a checkout, and what changed between two states. Everything is read; nothing is
//! written, but for a new repository ([`start()`]).
//!
//! libgit2 reads what it can, in this process; what it can't, the `git` program reads ([`store`] is what both offer).

mod changed;
mod error;
mod files;
mod fork;
mod library;
mod lines;
mod log;
mod mentions;
mod object;
mod program;
mod release;
mod revision;
mod start;
mod store;
mod submodules;
#[cfg(unix)]
mod touched;

use std::fmt;
use std::path::{Path, PathBuf};

use error::Refusal;
use library::Library;
use object::Oid;
use program::Program;
use store::Store;

use super::fs::ReadError;

pub use error::GitError;
pub use files::Found;
pub use fork::ForkPoint;
pub use lines::lines_between;
pub use log::{Behind, Made};
pub use mentions::FilesByMention;
pub use start::{is_around, start};
pub use submodules::Submodule;

/// A git repository.
pub struct Repository {
    store: Box<dyn Store>,
}

/// A commit that a revision names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The id, 40 hexadecimal digits.
    pub id: String,
    /// The shortest id that is unique in the repository.
    pub short: String,
    oid: Oid,
}

/// The identity of a file's content in git.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId(Oid);

impl fmt::Display for BlobId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Which files of a repository are wanted.
#[derive(Clone, Copy)]
pub struct Selection<'a> {
    /// Files and folders relative to the repository; an empty path means all of it.
    pub below: &'a [PathBuf],
    /// Whether a file below them is wanted.
    pub accepts: &'a (dyn Fn(&Path) -> bool + 'a),
}

/// A state of the files that a commit is compared with.
#[derive(Debug, Clone, Copy)]
pub enum State<'a> {
    /// Another commit.
    Commit(&'a Commit),
    /// What `git add` has put into the index.
    Index,
    /// The files on disk, untracked ones included, ignored ones not.
    WorkTree,
}

/// Where the content of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// In git.
    Blob(BlobId),
    /// On disk.
    Disk,
}

/// A file that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The path, relative to the repository.
    pub path: PathBuf,
    /// The content before; `None` where the file is new.
    pub before: Option<BlobId>,
    /// The content after; `None` where the file is gone.
    pub after: Option<Content>,
}

/// Which of its contents the index is asked for: 0 where there is one; in an open conflict 1 for the common ancestor, 2 for
/// this side and 3 for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stage(pub u8);

impl Repository {
    /// The repository that a folder lies in, found upward.
    ///
    /// # Errors
    ///
    /// There is none, or nobody may or can read it.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        match Library::open(folder) {
            Ok(library) => Ok(Self { store: Box::new(library) }),
            Err(Refusal::Final(error)) => Err(error),
            Err(Refusal::Form) => Self::open_by_program(folder),
        }
    }

    /// The same, read by the `git` program even where libgit2 could read it.
    ///
    /// # Errors
    ///
    /// There is none, nobody may or can read it, or the program is not installed.
    pub fn open_by_program(folder: &Path) -> Result<Self, GitError> {
        Ok(Self { store: Box::new(Program::open(folder)?) })
    }

    /// The folder of the work tree without links; `None` in a bare repository.
    pub fn root(&self) -> Option<&Path> {
        self.store.root()
    }

    /// What reads the repository, where it is not the usual way.
    pub fn reader(&self) -> Option<&'static str> {
        self.store.name()
    }

    /// Whether there is no commit yet on the branch that `HEAD` is on, as after `git init`.
    pub fn is_unborn(&self) -> bool {
        self.store.branch().is_some_and(|branch| {
            self.store.commit("HEAD").is_err() && !self.store.references().contains(&format!("refs/heads/{branch}"))
        })
    }
}
