//! Contracts in submodules: the commits of a submodule that the two states stand on are compared in its own repository.

use std::path::{Path, PathBuf};

use super::endpoints::Endpoints;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::io::fs::{self, ReadError};
use crate::io::git::{Content, Repository, Selection, State, Submodule};
use crate::report::sanitize;

/// A text, or why it could not be read.
type Text = Result<String, ReadError>;

/// A changed file of a submodule, with its path in the repository around it.
pub(super) struct Inner {
    pub(super) path: PathBuf,
    pub(super) before: Option<Text>,
    pub(super) after: Option<Text>,
}

/// The files of contracts that differ in submodules. What can't be looked into is told.
pub(super) fn changed(history: &History<'_>, endpoints: &Endpoints, output: Output) -> Result<Vec<Inner>, Error> {
    let git = &history.git;
    let after = git.submodules(endpoints.head())?;
    let before = match endpoints.base() {
        Some(base) => git.submodules(State::Commit(base))?,
        None => Vec::new(),
    };
    let mut paths: Vec<&Path> =
        before.iter().chain(&after).map(|one| one.path.as_path()).filter(|path| history.concerns(path)).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut found = Vec::new();
    for path in paths {
        let commit = |list: &[Submodule]| list.iter().find(|one| one.path == path).map(|one| one.commit.clone());
        let (old, new) = (commit(&before), commit(&after));
        // What is not committed in a submodule is part of the work tree.
        if old == new && !(endpoints.is_work_tree() && git.inside(path).is_some()) {
            continue;
        }
        let inner = git.inside(path).and_then(|inner| {
            let known = |id: &Option<String>| id.as_ref().map(|id| inner.known(id).ok_or(())).transpose().ok();
            let commits = (known(&old)?, known(&new)?);
            Some((inner, commits))
        });
        let Some((inner, (old_commit, new_commit))) = inner else {
            let shown = sanitize::line(&path.display().to_string());
            let id = |id: Option<String>| id.map_or_else(|| "nothing".to_owned(), |id| id.chars().take(7).collect());
            let help = match git.root() {
                Some(_) => format!("`git submodule update --init {shown}` gets them"),
                None => "compare them in its own repository".to_owned(),
            };
            // Also a quiet run must not pass over it.
            output.reason(&format!(
                "note: the submodule {shown} went from {} to {}, and these commits are not here, so its contracts are not \
                 compared: {help}",
                id(old),
                id(new)
            ));
            continue;
        };
        let accepts = |file: &Path| history.accepts(&path.join(file));
        let selection = Selection { below: &[PathBuf::new()], accepts: &accepts };
        let changed = match (&new_commit, endpoints.is_work_tree()) {
            (Some(_), true) => inner.changed(old_commit.as_ref(), State::WorkTree, selection)?,
            (Some(new), false) => inner.changed(old_commit.as_ref(), State::Commit(new), selection)?,
            (None, _) => gone(&inner, old_commit.as_ref(), selection)?,
        };
        let text = |content: Content, file: &Path| match content {
            Content::Blob(blob) => inner.read(blob),
            Content::Disk => {
                let root = inner.root().unwrap_or(file);
                fs::read_text(&root.join(file), Some(root))
            }
        };
        for one in changed {
            found.push(Inner {
                before: one.before.map(|blob| text(Content::Blob(blob), &one.path)),
                after: one.after.map(|content| text(content, &one.path)),
                path: path.join(&one.path),
            });
        }
    }
    Ok(found)
}

/// All files of a submodule that is no longer there.
fn gone(
    inner: &Repository,
    old: Option<&crate::io::git::Commit>,
    selection: Selection<'_>,
) -> Result<Vec<crate::io::git::Changed>, Error> {
    let files = old.map(|old| inner.files(old, selection)).transpose()?.unwrap_or_default();
    let gone = |(path, blob)| crate::io::git::Changed { path, before: Some(blob), after: None };
    Ok(files.into_iter().map(gone).collect())
}
