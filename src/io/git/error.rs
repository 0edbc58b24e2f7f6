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

/// Why a repository can't be opened.
pub(super) fn refused(folder: &Path, error: &git2::Error) -> GitError {
    let message = error.message();
    if error.code() == ErrorCode::Owner {
        return GitError::new(format!(
            "git does not trust the repository around {}: somebody else owns it",
            folder.display()
        ))
        .hint(format!("if you trust it: git config --global --add safe.directory {}", folder.display()));
    }
    if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Repository {
        return GitError::new(format!("{} is in no git repository", folder.display()))
            .hint("`git init` makes one, or give the folder of one to --directory");
    }
    if message.contains("extension") || message.contains("object format") {
        return GitError::new(format!(
            "the git repository around {} has a form that pact can't read: {message}",
            folder.display()
        ))
        .hint("pact reads repositories with SHA-1 ids, files as references, and all objects (no --filter)");
    }
    GitError::new(format!("the git repository around {} can't be read: {message}", folder.display()))
}
