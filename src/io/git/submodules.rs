//! Submodules: folders whose files are in repositories of their own.

use std::path::{Path, PathBuf};

use super::object::{Entry, Mode};
use super::{BlobId, Commit, GitError, Repository, State};

/// A submodule as a state has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submodule {
    /// Its folder in the repository around it.
    pub path: PathBuf,
    /// The id of its commit.
    pub commit: String,
}

impl Repository {
    /// The submodules of a commit, of the index, or of the work tree: there, the commits that they stand on, or those of the
    /// index where they are not checked out.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn submodules(&self, state: State<'_>) -> Result<Vec<Submodule>, GitError> {
        let file = Path::new(".gitmodules");
        let list = match state {
            State::Commit(commit) => self.entry(commit, file)?,
            State::Index | State::WorkTree => self.store.index_at(file)?,
        };
        // Most repositories have none, and nothing more is looked at.
        let Some(list) = list else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for path in paths(&self.read(BlobId(list.id)).unwrap_or_default()) {
            let entry = match state {
                State::Commit(commit) => self.entry(commit, &path)?,
                State::Index | State::WorkTree => self.store.index_at(&path)?,
            };
            let Some(Entry { mode: Mode::Submodule, id }) = entry else { continue };
            let on_disk = if matches!(state, State::WorkTree) { self.inside(&path) } else { None };
            let commit =
                on_disk.and_then(|inner| inner.resolve("HEAD").ok()).map_or_else(|| id.to_string(), |at| at.id);
            found.push(Submodule { path, commit });
        }
        Ok(found)
    }

    /// The repository of a submodule, where it is checked out.
    pub fn inside(&self, path: &Path) -> Option<Self> {
        let folder = self.root()?.join(path);
        // Without a `.git` of its own the folder belongs to the repository around it.
        folder.join(".git").exists().then(|| Self::open(&folder).ok()).flatten()
    }

    /// A commit by its whole id, if it is here.
    pub fn known(&self, id: &str) -> Option<Commit> {
        self.resolve(id).ok()
    }
}

/// The folders that `.gitmodules` names. None leads out of the repository.
fn paths(text: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else { continue };
        if key.trim().eq_ignore_ascii_case("path") {
            let path = PathBuf::from(value.trim().trim_matches('"'));
            let stays = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
            if stays && !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_found_and_none_is_outside() {
        let text = "[submodule \"a\"]\n\tpath = vendor/a\n\turl = x\n[submodule \"b\"]\n path=../b\n\tpath = /etc\n";
        assert_eq!(paths(text), [PathBuf::from("vendor/a")]);
    }
}
