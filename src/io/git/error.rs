//! Why git could not answer, and what to do now.

use std::fmt;
use std::path::Path;

use git2::{ErrorClass, ErrorCode};

/// Why git could not answer, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitError {
    /// What went wrong.
    pub message: String,
    /// What to do now.
    pub hints: Vec<String>,
}

impl GitError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same error with one hint in place of the others: the one command that helps.
    #[must_use]
    pub(super) fn instead(mut self, hint: impl Into<String>) -> Self {
        self.hints = vec![hint.into()];
        self
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for GitError {}

impl From<git2::Error> for GitError {
    fn from(error: git2::Error) -> Self {
        Self::new(format!("git: {}", error.message()))
    }
}

/// Why libgit2 does not open a repository.
pub(super) enum Refusal {
    /// It does not know this form; the program may.
    Form,
    /// There is none, or nobody may read it.
    Final(GitError),
}

/// Why libgit2 does not open a repository: for good, or since it does not know its form.
pub(super) fn refused(folder: &Path, error: &git2::Error) -> Refusal {
    if error.code() == ErrorCode::Owner {
        return Refusal::Final(distrusted(folder));
    }
    if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Repository {
        return Refusal::Final(
            GitError::new(format!("{} is in no git repository", folder.display()))
                .hint("`git init` makes one, or give the folder of one to --directory"),
        );
    }
    Refusal::Form
}

/// git does not read what belongs to others: its configuration could run programs.
pub(super) fn distrusted(folder: &Path) -> GitError {
    GitError::new(format!("git does not trust the repository around {}: somebody else owns it", folder.display()))
        .hint(format!("if you trust it: git config --global --add safe.directory {}", folder.display()))
}

/// Why the program `git` does not read a repository that libgit2 does not read either.
pub(super) fn refused_by_program(folder: &Path, complaint: &str) -> GitError {
    GitError::new(format!("the git repository around {} can't be read: {complaint}", folder.display()))
        .hint("`git status` there tells more; a newer git may know its form")
}
