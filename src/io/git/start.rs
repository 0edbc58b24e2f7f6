//! A new git repository, for those who start with pact before git.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, RepositoryInitOptions};

use super::GitError;

/// Whether a folder lies in a git repository, be it one that pact can't read.
pub fn is_around(folder: &Path) -> bool {
    let nothing = |error: &git2::Error| error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Repository;
    git2::Repository::discover(folder).err().is_none_or(|error| !nothing(&error))
}

/// Makes a repository in a folder that is there, with the branch `main` and no commit. What is there already stays.
///
/// # Errors
///
/// The folder can't be written.
pub fn start(folder: &Path) -> Result<(), GitError> {
    let mut options = RepositoryInitOptions::new();
    // The templates of this machine (hooks, say) are for those who call git themselves.
    options.initial_head("main").external_template(false);
    git2::Repository::init_opts(folder, &options).map(drop).map_err(|error| {
        GitError::new(format!("cannot make a git repository in {}: {}", folder.display(), error.message()))
            .hint("check that the folder may be written, or leave git to yourself with --no-git")
    })
}
