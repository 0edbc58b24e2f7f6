//! Git: revisions, their files without a checkout, and what changed between two states. Everything is read; nothing is
//! written, but for a new repository ([`start()`]).

mod changed;
mod error;
mod log;
mod mentions;
mod start;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use git2::{BranchType, ErrorCode, FileMode, ObjectType, Oid, Tree};
use rayon::prelude::*;

use error::refused;

use super::fs::{ReadError, normalized, read_bounded};
use crate::source::MAX_BYTES;
use crate::source::words::{nearest, quoted};

pub use error::GitError;
pub use log::Made;
pub use start::{is_around, start};

/// What helps where a clone lacks history.
const UNSHALLOW: &str =
    "the clone is shallow: `git fetch --unshallow` gets the whole history (in GitHub Actions: `fetch-depth: 0`)";

/// What helps where a clone lacks history, and all branches but one.
const UNSHALLOW_ALL: &str = "the clone is shallow and of one branch: \
    `git remote set-branches origin '*' && git fetch --unshallow` gets all branches and the whole history \
    (in GitHub Actions: `fetch-depth: 0`)";

/// What helps where a clone lacks all branches but one.
const ALL_BRANCHES: &str =
    "the clone is of one branch: `git remote set-branches origin '*' && git fetch` gets the others";

/// So many files at least are a share that is worth a thread, which opens the repository once more.
const WORTH_A_THREAD: usize = 50;

/// A git repository.
pub struct Repository {
    inner: git2::Repository,
    root: Option<PathBuf>,
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

/// The commit from which a line of work started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkPoint {
    /// The commit.
    pub commit: Commit,
    /// The branch that it was left from, such as `origin/main`.
    pub branch: String,
}

impl Repository {
    /// The repository that a folder lies in, found upward.
    ///
    /// # Errors
    ///
    /// There is none, or git (or libgit2) refuses to read it.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        // As git itself does: what is read is checked for damage by its compression, and by its hash in `git fsck`.
        git2::opts::strict_hash_verification(false);
        let inner = git2::Repository::discover(folder).map_err(|error| refused(folder, &error))?;
        let root = inner.workdir().map(|path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
        Ok(Self { inner, root })
    }

    /// The folder of the work tree without links; `None` in a bare repository.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Whether there is no commit yet on the branch that `HEAD` is on, as after `git init`.
    pub fn is_unborn(&self) -> bool {
        self.inner.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch)
    }

    /// The commit that a revision names: a branch, a tag, `HEAD~1`, a short id.
    ///
    /// # Errors
    ///
    /// It names nothing, or several things, or no commit.
    pub fn resolve(&self, revision: &str) -> Result<Commit, GitError> {
        let object = self.inner.revparse_single(revision).map_err(|error| self.unresolved(revision, &error))?;
        let commit = object.peel_to_commit().map_err(|_| {
            GitError::new(format!("the revision {} is no commit", quoted(revision)))
                .hint("give a branch, a tag or a commit")
        })?;
        Ok(self.commit(commit.id()))
    }

    fn commit(&self, oid: Oid) -> Commit {
        let id = oid.to_string();
        let short = self.inner.find_object(oid, None).and_then(|object| object.short_id());
        let short = short.ok().and_then(|short| short.as_str().ok().map(str::to_owned));
        Commit { short: short.unwrap_or_else(|| id.chars().take(7).collect()), id, oid }
    }

    fn unresolved(&self, revision: &str, error: &git2::Error) -> GitError {
        if error.code() == ErrorCode::Ambiguous {
            return GitError::new(format!("the revision {} names several things", quoted(revision)))
                .hint("give more of the commit's id");
        }
        if revision == "HEAD" && self.is_unborn() {
            return GitError::new("the repository has no commit yet").hint("`git commit` makes the first");
        }
        if revision == "HEAD" {
            return GitError::new(format!("HEAD can't be read: {}", error.message()))
                .hint("`git fsck` tells what is wrong with the repository");
        }
        if error.code() == ErrorCode::InvalidSpec {
            return GitError::new(format!("{} is not a revision", quoted(revision)))
                .hint("give a branch, a tag, a commit, or something like HEAD~1");
        }
        let beginning = revision.split(['~', '^']).next().unwrap_or_default();
        if beginning != revision && !beginning.is_empty() && self.inner.revparse_single(beginning).is_ok() {
            let error = GitError::new(format!("there is no revision {}", quoted(revision)));
            return match self.lacking() {
                Some(hint) if self.inner.is_shallow() => error.hint(hint),
                _ => error.hint(format!("`git log --oneline {beginning}` shows how far its history goes back")),
            };
        }
        let names = self.names();
        let remote = names.iter().find(|name| name.strip_prefix("origin/") == Some(revision));
        let near = remote.map(String::as_str).or_else(|| nearest(revision, names.iter().map(String::as_str)));
        let error = GitError::new(format!("there is no revision {}", quoted(revision)));
        match near {
            Some(near) => error.hint(format!("did you mean {}?", quoted(near))),
            None => error.hint(
                self.lacking()
                    .unwrap_or("`git branch --all` and `git tag` list what there is; `git fetch` gets what is new"),
            ),
        }
    }

    /// What helps where the clone may lack what was asked for, as one of a single branch or without its whole history does.
    fn lacking(&self) -> Option<&'static str> {
        let fetched =
            self.inner.find_remote("origin").ok().map(|origin| {
                origin.refspecs().any(|spec| spec.src().is_ok_and(|branches| branches == "refs/heads/*"))
            });
        match (self.inner.is_shallow(), fetched) {
            (true, Some(false)) => Some(UNSHALLOW_ALL),
            (true, _) => Some(UNSHALLOW),
            (false, Some(false)) => Some(ALL_BRANCHES),
            (false, _) => None,
        }
    }

    /// The names of branches and tags.
    fn names(&self) -> Vec<String> {
        let references = self.inner.references().into_iter().flatten();
        references.filter_map(|reference| reference.ok()?.shorthand().ok().map(str::to_owned)).take(10_000).collect()
    }

    /// The commit from which the present work left the default branch: the newest common ancestor of `HEAD` with it, be it
    /// the local one or that of `origin`. On the default branch itself that is `HEAD`.
    ///
    /// # Errors
    ///
    /// No default branch is known, or the clone is too shallow to hold the common ancestor.
    pub fn fork_point(&self, configured: Option<&str>) -> Result<ForkPoint, GitError> {
        let head = self.resolve("HEAD")?;
        let name = match configured {
            Some(name) => name.to_owned(),
            None => self.default_branch()?,
        };
        let on_branch = self.inner.head().ok().and_then(|head| head.shorthand().ok().map(str::to_owned));
        if on_branch.as_deref() == Some(name.as_str()) {
            return Ok(ForkPoint { commit: head, branch: name });
        }
        let tips = [name.clone(), format!("origin/{name}")];
        let tips: Vec<(String, Commit)> =
            tips.into_iter().filter_map(|tip| self.resolve(&tip).ok().map(|commit| (tip, commit))).collect();
        if tips.is_empty() {
            return Err(self
                .unresolved(&name, &git2::Error::from_str(""))
                .hint("`default_branch` in pact.yaml names it"));
        }
        let mut nearest: Option<ForkPoint> = None;
        let mut failed = None;
        for (branch, tip) in tips {
            match self.merge_base(&head, &tip) {
                // The one further on is nearer to where the work began: a local branch may lie behind.
                Ok(commit) if nearest.as_ref().is_none_or(|found| self.descends(&commit, &found.commit)) => {
                    nearest = Some(ForkPoint { commit, branch });
                }
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        }
        nearest.ok_or_else(|| failed.unwrap_or_else(|| GitError::new("there is no default branch")))
    }

    fn descends(&self, one: &Commit, other: &Commit) -> bool {
        self.inner.graph_descendant_of(one.oid, other.oid).unwrap_or(false)
    }

    /// What `origin` calls its default branch, else `main` or `master`.
    fn default_branch(&self) -> Result<String, GitError> {
        let remote = self.inner.find_reference("refs/remotes/origin/HEAD").ok();
        let target = remote.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
        if let Some(name) = target.as_deref().and_then(|name| name.strip_prefix("refs/remotes/origin/")) {
            return Ok(name.to_owned());
        }
        let exists = |name: &str| {
            self.inner.find_branch(name, BranchType::Local).is_ok()
                || self.inner.find_branch(&format!("origin/{name}"), BranchType::Remote).is_ok()
        };
        ["main", "master"].into_iter().find(|name| exists(name)).map(str::to_owned).ok_or_else(|| {
            let error = GitError::new("git does not say which branch is the default one")
                .hint("name it in pact.yaml (`default_branch: NAME`), or give the revision to compare with");
            match self.lacking() {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })
    }

    /// The newest common ancestor of two commits.
    ///
    /// # Errors
    ///
    /// They have none, or the clone is too shallow to hold it.
    pub fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Commit, GitError> {
        match self.inner.merge_base(one.oid, other.oid) {
            Ok(oid) => Ok(self.commit(oid)),
            Err(_) if self.inner.is_shallow() => Err(GitError::new(format!(
                "the clone is shallow and does not hold the common ancestor of {} and {}",
                one.short, other.short
            ))
            .hint(self.lacking().unwrap_or(UNSHALLOW))),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(GitError::new(format!("{} and {} have no common ancestor", one.short, other.short))
                    .hint("give both revisions to compare them as they are: BASE..HEAD"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The files of a commit, sorted by path.
    ///
    /// # Errors
    ///
    /// Objects are missing or damaged.
    pub fn files(&self, commit: &Commit, selection: Selection<'_>) -> Result<Vec<(PathBuf, BlobId)>, GitError> {
        let tree = self.tree(commit)?;
        let mut files = Vec::new();
        for below in selection.below {
            if below.as_os_str().is_empty() {
                self.collect(&tree, &tree, Path::new(""), selection, &mut files)?;
                continue;
            }
            let Ok(entry) = tree.get_path(below) else { continue };
            match entry.kind() {
                Some(ObjectType::Tree) => {
                    self.collect(&tree, &self.inner.find_tree(entry.id())?, below, selection, &mut files)?;
                }
                Some(ObjectType::Blob) if (selection.accepts)(below) => files.push((below.clone(), BlobId(entry.id()))),
                _ => {}
            }
        }
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }

    fn tree(&self, commit: &Commit) -> Result<Tree<'_>, GitError> {
        Ok(self.inner.find_commit(commit.oid)?.tree()?)
    }

    fn collect(
        &self,
        root: &Tree<'_>,
        tree: &Tree<'_>,
        folder: &Path,
        selection: Selection<'_>,
        files: &mut Vec<(PathBuf, BlobId)>,
    ) -> Result<(), GitError> {
        for entry in tree {
            // A name that is not UTF-8 is kept as near as can be; such a path is shown, never opened.
            let path = folder.join(String::from_utf8_lossy(entry.name_bytes()).as_ref());
            match entry.kind() {
                Some(ObjectType::Tree) => {
                    self.collect(root, &self.inner.find_tree(entry.id())?, &path, selection, files)?;
                }
                Some(ObjectType::Blob) if (selection.accepts)(&path) => {
                    let is_link = entry.filemode() == i32::from(FileMode::Link);
                    let target = is_link.then(|| self.linked(root, folder, entry.id())).flatten();
                    files.push((path, BlobId(target.unwrap_or(entry.id()))));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The file of the same tree that a symbolic link leads to. A link that leads elsewhere stays what git stores: a path,
    /// which no reader takes for a contract.
    fn linked(&self, root: &Tree<'_>, folder: &Path, link: Oid) -> Option<Oid> {
        let blob = self.inner.find_blob(link).ok()?;
        let target = normalized(&folder.join(std::str::from_utf8(blob.content()).ok()?));
        let entry = root.get_path(&target).ok()?;
        (entry.kind() == Some(ObjectType::Blob)).then(|| entry.id())
    }

    /// The text of a file, of at most 8 MiB.
    pub fn read(&self, blob: BlobId) -> Result<String, ReadError> {
        let failed = |error: git2::Error| ReadError::Io(io::Error::other(error.message().to_owned()));
        let (size, _) = self.inner.odb().and_then(|odb| odb.read_header(blob.0)).map_err(failed)?;
        if size > MAX_BYTES {
            return Err(ReadError::TooLarge(size as u64));
        }
        let blob = self.inner.find_blob(blob.0).map_err(failed)?;
        read_bounded(blob.content(), size)
    }

    /// The texts of many files, in their order. libgit2 reads one object at a time, so each thread opens the repository
    /// for itself.
    pub fn read_all(&self, blobs: &[BlobId]) -> Vec<Result<String, ReadError>> {
        let share = blobs.len().div_ceil(rayon::current_num_threads());
        if share < WORTH_A_THREAD {
            return blobs.iter().map(|blob| self.read(*blob)).collect();
        }
        let path = self.inner.path();
        let read = |share: &[BlobId]| -> Vec<Result<String, ReadError>> {
            let own = git2::Repository::open(path).map(|inner| Self { inner, root: None });
            let read = |blob: &BlobId| match &own {
                Ok(own) => own.read(*blob),
                Err(error) => Err(ReadError::Io(io::Error::other(error.message().to_owned()))),
            };
            share.iter().map(read).collect()
        };
        blobs.par_chunks(share).flat_map_iter(read).collect()
    }

    /// The identity that git would give to the content of a file.
    pub fn hash_file(&self, file: &Path) -> Option<BlobId> {
        Oid::hash_file(ObjectType::Blob, file).ok().map(BlobId)
    }

    /// Whether a commit has a file or folder. An empty path is its root.
    pub fn has(&self, commit: &Commit, path: &Path) -> Result<bool, GitError> {
        Ok(path.as_os_str().is_empty() || self.tree(commit)?.get_path(path).is_ok())
    }
}
