//! Why pact could not do its work: where, what, and what to do now.

use std::fmt;

/// An error that ends a command with exit code 2.
#[derive(Debug)]
pub(super) struct Error {
    /// What went wrong, and where.
    pub(super) message: String,
    /// What to do now.
    pub(super) hints: Vec<String>,
}

impl Error {
    /// An error without advice.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    /// The same error with advice.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<crate::io::git::GitError> for Error {
    fn from(error: crate::io::git::GitError) -> Self {
        Self { message: error.message, hints: error.hints }
    }
}
