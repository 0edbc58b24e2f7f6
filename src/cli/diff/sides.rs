//! Two files or two folders compared as they are: on disk, on standard input, at a revision (`REV:path`) or in the index
//! (`:path`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Args;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::workspace::Workspace;
use crate::config::FILE_NAME;
use crate::io::fs::{self, ReadError};
use crate::io::git::{BlobId, Commit, Found, Stage};
use crate::report::changes::State;
use crate::source::words::{nearest, quoted};

/// One of the two.
pub(super) enum Side {
    /// A file or a folder on disk.
    Disk(PathBuf),
    /// Standard input.
    Stdin,
    /// A path in a commit.
    Commit(Commit, PathBuf),
    /// A path in the index.
    Index(Stage, PathBuf),
}

/// Where one file of a side is.
pub(super) enum Source {
    Disk(PathBuf),
    Blob(BlobId, PathBuf),
    Stdin,
}

/// What a side holds: one file, whose key is empty, or the files of a folder by their paths below it.
pub(super) struct Files {
    pub(super) is_folder: bool,
    pub(super) files: BTreeMap<PathBuf, Source>,
}

/// An argument that names a path in git: the revision (none means the index), the stage and the path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InGit<'a> {
    revision: Option<&'a str>,
    stage: Stage,
    path: &'a str,
}

impl<'a> InGit<'a> {
    /// Takes `REV:path`, `:path` or `:2:path` apart, as git does. `:/text` is a revision: the commit with that message.
    pub(super) fn of(argument: &'a str) -> Option<Self> {
        let mut depth = 0_u32;
        let colon = argument.find(|letter| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            letter == ':' && depth == 0
        })?;
        let (revision, path) = (argument.get(..colon)?, argument.get(colon + 1..)?);
        if revision.is_empty() && path.starts_with('/') || revision.contains("..") {
            return None;
        }
        let staged = |stage: u8| path.strip_prefix(&format!("{stage}:")).map(|path| (Stage(stage), path));
        let (stage, path) =
            if revision.is_empty() { (0..=3).find_map(staged) } else { None }.unwrap_or((Stage(0), path));
        Some(Self { revision: (!revision.is_empty()).then_some(revision), stage, path })
    }
}

/// Whether an argument names a path in git, and no file of that name is on disk.
pub(super) fn is_in_git(argument: &str, directory: &Path) -> bool {
    InGit::of(argument).is_some() && directory.join(argument).symlink_metadata().is_err()
}

impl Side {
    /// What an argument names; `None` where it may be a revision.
    ///
    /// # Errors
    ///
    /// The revision does not exist.
    pub(super) fn of(argument: &str, directory: &Path, history: Option<&History<'_>>) -> Result<Option<Self>, Error> {
        if argument == "-" {
            return Ok(Some(Self::Stdin));
        }
        if let Ok(path) = directory.join(argument).canonicalize() {
            return Ok(Some(Self::Disk(path)));
        }
        let (Some(named), Some(history)) = (InGit::of(argument), history) else { return Ok(None) };
        let path = inside(named.path, directory, history)?;
        Ok(Some(match named.revision {
            Some(revision) => Self::Commit(history.git.resolve(revision)?, path),
            None => Self::Index(named.stage, path),
        }))
    }

    /// The same path in the work tree, or in the index: what a path in git is compared with if nothing else is given.
    pub(super) fn counterpart(&self, staged: bool, history: &History<'_>) -> Result<(Self, String), Error> {
        let (Self::Commit(_, path) | Self::Index(_, path)) = self else {
            return Err(Error::new("one side is missing").hint("give both: pact diff OLD NEW"));
        };
        let shown = path.display().to_string();
        if staged {
            return Ok((Self::Index(Stage(0), path.clone()), format!(":{shown}")));
        }
        let Some(root) = history.git.root() else {
            return Err(Error::new("a bare repository has no work tree")
                .hint(format!("give both sides: pact diff REV:{shown} HEAD:{shown}")));
        };
        let file = root.join(path).canonicalize().map_err(|_| {
            Error::new(format!("{shown} is not in the work tree"))
                .hint("give both sides, should it have another name by now: pact diff REV:OLD NEW")
        })?;
        let shown = history.shown(path).display().to_string();
        Ok((Self::Disk(file), shown))
    }

    /// The state, as reports name it.
    pub(super) fn state(&self, name: &str) -> State {
        let commit = if let Self::Commit(commit, _) = self { Some(commit.id.clone()) } else { None };
        State { name: name.to_owned(), commit }
    }

    /// Lists the files of the side.
    ///
    /// # Errors
    ///
    /// There is nothing at the path, or it can't be listed.
    pub(super) fn files(
        &self,
        name: &str,
        workspace: &Workspace,
        history: Option<&History<'_>>,
    ) -> Result<Files, Error> {
        let one = |source| Files { is_folder: false, files: BTreeMap::from([(PathBuf::new(), source)]) };
        let found = match (self, history) {
            (Self::Stdin, _) => return Ok(one(Source::Stdin)),
            (Self::Disk(path), _) if path.is_dir() => {
                let files = workspace.walk(std::slice::from_ref(path))?;
                // A repository may be given as a whole; its configuration is no contract.
                let files = files.into_iter().filter(|file| file.file_name().is_none_or(|name| name != FILE_NAME));
                let below = |file: &Path| file.strip_prefix(path).unwrap_or(file).to_path_buf();
                let files = files.map(|file| (below(&file), Source::Disk(file))).collect();
                return Ok(Files { is_folder: true, files });
            }
            (Self::Disk(path), _) => return Ok(one(Source::Disk(path.clone()))),
            (Self::Commit(commit, path), Some(history)) => (history.git.at(commit, path)?, path),
            (Self::Index(stage, path), Some(history)) => (history.git.staged(path, *stage)?, path),
            (Self::Commit(_, path) | Self::Index(_, path), None) => (Found::Nothing, path),
        };
        match found {
            (Found::File(blob), path) => Ok(one(Source::Blob(blob, path.clone()))),
            (Found::Folder(files), path) => {
                let files =
                    files.into_iter().filter(|(file, _)| history.is_none_or(|history| history.is_document(file)));
                let below = |file: &Path| file.strip_prefix(path).unwrap_or(file).to_path_buf();
                let files = files.map(|(file, blob)| (below(&file), Source::Blob(blob, file))).collect();
                Ok(Files { is_folder: true, files })
            }
            (Found::Submodule, path) => {
                let path = path.display();
                Err(Error::new(format!("{path} is a submodule: its files are in a repository of their own"))
                    .hint(format!("work in it: pact diff -C {path} OLD NEW")))
            }
            (Found::Nothing, path) => Err(self.nothing(name, path, history)),
        }
    }

    fn nothing(&self, name: &str, path: &Path, history: Option<&History<'_>>) -> Error {
        let place = name.rsplit_once(':').map_or("", |(place, _)| place);
        let place = if place.is_empty() { "the index" } else { place };
        let shown = path.display().to_string();
        let error = Error::new(format!("{place} has no {}", quoted(&shown)));
        let (Self::Commit(commit, _), Some(history)) = (self, history) else {
            return error.hint(format!("`git ls-files {shown}` lists what the index has"));
        };
        if let Ok(Some((submodule, _))) = history.git.submodule(commit, path) {
            let submodule = submodule.display();
            return error.hint(format!("{submodule} is a submodule; work in it: pact diff -C {submodule} OLD NEW"));
        }
        let files = history.files(commit).unwrap_or_default();
        let names: Vec<&str> = files.iter().filter_map(|(file, _)| file.to_str()).collect();
        let same_name = names.iter().copied().find(|file| Path::new(file).file_name() == path.file_name());
        match same_name.or_else(|| nearest(&shown, names.iter().copied())) {
            Some(near) => error.hint(format!("did you mean `{place}:{near}`?")),
            None => error.hint(format!("`git ls-tree -r --name-only {place}` lists what it has")),
        }
    }
}

/// A path as it is meant in the repository: from its root, as git has it, or from the working directory if it begins with a
/// dot.
fn inside(path: &str, directory: &Path, history: &History<'_>) -> Result<PathBuf, Error> {
    let is_relative = path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
    if !is_relative {
        return Ok(fs::normalized(Path::new(path)));
    }
    let full = fs::normalized(&directory.join(path));
    let root = history.git.root();
    root.and_then(|root| full.strip_prefix(root).ok()).map(Path::to_path_buf).ok_or_else(|| {
        Error::new(format!("{} leads out of the repository", quoted(path)))
            .hint("paths behind a colon begin at the root of the repository")
    })
}

/// Reads standard input.
pub(super) fn stdin() -> Result<String, ReadError> {
    fs::read_bounded(std::io::stdin().lock(), 0)
}

/// Base and head as the user named them, where at least one of them is no revision.
pub(super) fn named(args: &Args, directory: &Path) -> bool {
    let is_special =
        |name: &Option<String>| name.as_deref().is_some_and(|name| name == "-" || is_in_git(name, directory));
    let is_there = |name: &Option<String>| name.as_ref().is_some_and(|name| directory.join(name).exists());
    is_special(&args.base) || is_special(&args.head) || is_there(&args.base) && is_there(&args.head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_taken_apart_as_git_does() {
        let path = |revision, stage, path| Some(InGit { revision, stage: Stage(stage), path });
        for (argument, expected) in [
            ("v1:a/b.yaml", path(Some("v1"), 0, "a/b.yaml")),
            (":a.yaml", path(None, 0, "a.yaml")),
            (":2:a.yaml", path(None, 2, "a.yaml")),
            ("HEAD@{12:00}:a", path(Some("HEAD@{12:00}"), 0, "a")),
            ("HEAD:", path(Some("HEAD"), 0, "")),
            ("v1:2:a", path(Some("v1"), 0, "2:a")),
            ("HEAD@{12:00}", None),
            (":/fix", None),
            ("a..b:c", None),
            ("main", None),
        ] {
            assert_eq!(InGit::of(argument), expected, "{argument}");
        }
    }
}
