//! Repositories read by libgit2: without starting a program, which is what takes time.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use git2::{DiffOptions, ErrorCode, Index, IndexEntryExtendedFlag, ObjectType};
use rayon::prelude::*;

use super::error::{Refusal, refused};
use super::object::{self, Entry, Mode, Oid};
use super::store::{Delta, Side, Store, Target, Unresolved};
#[cfg(unix)]
use super::touched::touched;
use super::{GitError, ReadError, Stage};
use crate::io::fs::read_bounded;
use crate::source::MAX_BYTES;

/// So many files at least are a share that is worth a thread, which opens the repository once more.
const WORTH_A_THREAD: usize = 50;

/// No repository that people work in has more branches and tags.
const MOST_REFERENCES: usize = 1_000_000;

/// More paths than these are not worth a list: libgit2 looks at all.
const MOST_CANDIDATES: usize = 1_000;

/// A repository in libgit2's hands.
pub(super) struct Library {
    inner: git2::Repository,
    root: Option<PathBuf>,
}

impl Library {
    pub(super) fn open(folder: &Path) -> Result<Self, Refusal> {
        // As git itself does: what is read is checked for damage by its compression, and by its hash in `git fsck`.
        git2::opts::strict_hash_verification(false);
        let inner = git2::Repository::discover(folder).map_err(|error| refused(folder, &error))?;
        if is_partial(&inner) {
            return Err(Refusal::Form);
        }
        with_quarantine(&inner);
        let root = inner.workdir().map(|path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
        Ok(Self { inner, root })
    }

    /// The index that git gives to a hook where it is not the repository's own: `git commit -a` and `git commit FILE` commit
    /// from a temporary one.
    fn index(&self) -> Result<Index, GitError> {
        let Some(given) = std::env::var_os("GIT_INDEX_FILE").filter(|path| !path.is_empty()) else {
            return Ok(self.inner.index()?);
        };
        let path = self.root.as_deref().unwrap_or_else(|| self.inner.path()).join(given);
        Index::open(&path).map_err(|error| {
            GitError::new(format!("the index {} can't be read: {}", path.display(), error.message()))
                .hint("GIT_INDEX_FILE names it; git sets that for hooks, and nobody else has to")
        })
    }

    /// The paths at which the work tree may differ from a tree; `None` where they are too many to be worth a list, or can't be
    /// told apart.
    fn candidates(&self, before: Option<&git2::Tree<'_>>, below: &[PathBuf]) -> Result<Option<Vec<PathBuf>>, GitError> {
        let index = self.index()?;
        let Some(root) = self.root.as_deref() else { return Ok(None) };
        let Some(mut paths) = touched(root, &index, below) else { return Ok(None) };
        let staged = self.inner.diff_tree_to_index(before, Some(&index), Some(&mut options(below)))?;
        let sides = staged.deltas().flat_map(|delta| {
            [delta.old_file().path_bytes(), delta.new_file().path_bytes()].map(|path| path.map(object::path))
        });
        paths.extend(sides.flatten());
        paths.sort_unstable();
        paths.dedup();
        Ok((paths.len() <= MOST_CANDIDATES).then_some(paths))
    }

    /// What is there of a file that git takes for deleted: a sparse checkout leaves it in the index only, and
    /// `git rm --cached` on disk only.
    fn left_behind(&self, path: &Path) -> Option<Side> {
        let index = self.inner.index().ok()?;
        if let Some(entry) = index.get_path(path, 0) {
            let flags = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
            if flags.is_skip_worktree() {
                return Some(Side::Stored(Entry { mode: Mode::of(entry.mode)?, id: oid(entry.id) }));
            }
        }
        let on_disk = self.root.as_ref().is_some_and(|root| root.join(path).is_file());
        (on_disk && !self.inner.status_should_ignore(path).unwrap_or(false)).then_some(Side::Disk)
    }
}

/// Whether some objects are still where the clone was made from: the program gets them when they are asked for.
fn is_partial(inner: &git2::Repository) -> bool {
    let config = inner.config().and_then(|mut config| config.snapshot());
    let Ok(config) = config else { return false };
    let Ok(mut entries) = config.entries(Some("^(remote\\..*\\.promisor|extensions\\.partialclone)$")) else {
        return false;
    };
    entries.next().is_some_and(|entry| entry.is_ok_and(|entry| entry.value().is_ok_and(|value| value != "false")))
}

/// What is being pushed is apart from the repository until its hooks have agreed.
fn with_quarantine(inner: &git2::Repository) {
    if let Some(folder) = std::env::var_os("GIT_QUARANTINE_PATH").filter(|folder| !folder.is_empty())
        && let (Some(folder), Ok(odb)) = (Path::new(&folder).to_str(), inner.odb())
    {
        // Without it the objects are missing, which is told where one is read.
        let _ = odb.add_disk_alternate(folder);
    }
}

fn oid(id: git2::Oid) -> Oid {
    Oid::of_sha1(id.as_bytes())
}

fn theirs(id: Oid) -> Result<git2::Oid, git2::Error> {
    git2::Oid::from_bytes(id.as_bytes())
}

fn read(inner: &git2::Repository, id: Oid) -> Result<String, ReadError> {
    let failed = |error: git2::Error| ReadError::Io(io::Error::other(error.message().to_owned()));
    let id = theirs(id).map_err(failed)?;
    let (size, _) = inner.odb().and_then(|odb| odb.read_header(id)).map_err(failed)?;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(size as u64));
    }
    let blob = inner.find_blob(id).map_err(failed)?;
    read_bounded(blob.content(), size)
}

impl Store for Library {
    fn name(&self) -> Option<&'static str> {
        None
    }

    fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    fn common_folder(&self) -> Option<PathBuf> {
        Some(self.inner.commondir().to_path_buf())
    }

    fn id_length(&self) -> usize {
        20
    }

    fn branch(&self) -> Option<String> {
        let head = self.inner.find_reference("HEAD").ok()?;
        let target = head.symbolic_target().ok().flatten()?;
        Some(target.strip_prefix("refs/heads/").unwrap_or(target).to_owned())
    }

    fn commit(&self, revision: &str) -> Result<Oid, Unresolved> {
        let object = self.inner.revparse_single(revision).map_err(|error| match error.code() {
            ErrorCode::Ambiguous => Unresolved::Ambiguous,
            ErrorCode::InvalidSpec => Unresolved::Malformed,
            ErrorCode::NotFound => Unresolved::Missing,
            _ => Unresolved::Failed(error.message().to_owned()),
        })?;
        object.peel_to_commit().map(|commit| oid(commit.id())).map_err(|_| Unresolved::NoCommit)
    }

    fn short(&self, id: Oid) -> String {
        let object = theirs(id).and_then(|id| self.inner.find_object(id, None));
        let short = object.and_then(|object| object.short_id()).ok();
        let short = short.and_then(|short| short.as_str().ok().map(str::to_owned));
        short.unwrap_or_else(|| id.to_string().chars().take(7).collect())
    }

    fn references(&self) -> Vec<String> {
        let references = self.inner.references().into_iter().flatten();
        references
            .filter_map(|reference| reference.ok()?.name().ok().map(str::to_owned))
            .take(MOST_REFERENCES)
            .collect()
    }

    fn symbolic(&self, reference: &str) -> Option<String> {
        self.inner.find_reference(reference).ok()?.symbolic_target().ok().flatten().map(str::to_owned)
    }

    fn fetches_all(&self) -> Option<bool> {
        let origin = self.inner.find_remote("origin").ok()?;
        Some(origin.refspecs().any(|spec| spec.src().is_ok_and(|branches| branches == "refs/heads/*")))
    }

    fn cut(&self) -> HashSet<Oid> {
        if !self.inner.is_shallow() {
            return HashSet::new();
        }
        let list = crate::io::fs::read_text(&self.inner.commondir().join("shallow"), None).unwrap_or_default();
        list.lines().filter_map(|line| Oid::from_hex(line.trim())).collect()
    }

    fn merge_base(&self, one: Oid, other: Oid) -> Result<Option<Oid>, GitError> {
        match self.inner.merge_base(theirs(one)?, theirs(other)?) {
            Ok(found) => Ok(Some(oid(found))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn descends(&self, one: Oid, other: Oid) -> bool {
        let both = theirs(one).and_then(|one| Ok((one, theirs(other)?)));
        both.and_then(|(one, other)| self.inner.graph_descendant_of(one, other)).unwrap_or(false)
    }

    fn object(&self, id: Oid) -> Result<Vec<u8>, GitError> {
        Ok(self.inner.odb()?.read(theirs(id)?)?.data().to_vec())
    }

    /// libgit2 reads one object at a time, so each thread opens the repository for itself.
    fn read(&self, blobs: &[Oid]) -> Vec<Result<String, ReadError>> {
        let share = blobs.len().div_ceil(rayon::current_num_threads());
        if share < WORTH_A_THREAD {
            return blobs.iter().map(|blob| read(&self.inner, *blob)).collect();
        }
        let path = self.inner.path();
        let read = |share: &[Oid]| -> Vec<Result<String, ReadError>> {
            let own = git2::Repository::open(path).inspect(with_quarantine);
            let read = |blob: &Oid| match &own {
                Ok(own) => read(own, *blob),
                Err(error) => Err(ReadError::Io(io::Error::other(error.message().to_owned()))),
            };
            share.iter().map(read).collect()
        };
        blobs.par_chunks(share).flat_map_iter(read).collect()
    }

    fn deltas(&self, from: Option<Oid>, to: Target, below: &[PathBuf]) -> Result<Vec<Delta>, GitError> {
        let tree = |id: Oid| self.inner.find_commit(theirs(id)?)?.tree();
        let before = from.map(tree).transpose()?;
        let before = before.as_ref();
        let candidates = match to {
            Target::WorkTree => self.candidates(before, below)?,
            Target::Commit(_) | Target::Index => None,
        };
        if candidates.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut options = options(candidates.as_deref().unwrap_or(below));
        let options = Some(&mut options);
        let diff = match to {
            Target::Commit(commit) => self.inner.diff_tree_to_tree(before, Some(&tree(commit)?), options)?,
            Target::Index => self.inner.diff_tree_to_index(before, Some(&self.index()?), options)?,
            Target::WorkTree => self.inner.diff_tree_to_workdir_with_index(before, options)?,
        };
        let mut deltas = Vec::new();
        for delta in diff.deltas() {
            let file = if delta.new_file().path_bytes().is_some() { delta.new_file() } else { delta.old_file() };
            let Some(path) = file.path_bytes().map(object::path) else { continue };
            let entry = |file: &git2::DiffFile<'_>, is_there: bool| {
                let mode = Mode::of(file.mode().into()).unwrap_or(Mode::File);
                (is_there && !file.id().is_zero()).then(|| Entry { mode, id: oid(file.id()) })
            };
            let before = entry(&delta.old_file(), delta.status() != git2::Delta::Added);
            let gone = delta.status() == git2::Delta::Deleted;
            let after = match to {
                Target::WorkTree if gone => self.left_behind(&path),
                Target::WorkTree => Some(Side::Disk),
                _ => entry(&delta.new_file(), !gone).map(Side::Stored),
            };
            deltas.push(Delta { path, before, after });
        }
        Ok(deltas)
    }

    fn conflicts(&self) -> Result<Vec<PathBuf>, GitError> {
        let index = self.index()?;
        let mut open = Vec::new();
        if index.has_conflicts() {
            for conflict in index.conflicts()? {
                let conflict = conflict?;
                let entries = [conflict.ancestor, conflict.our, conflict.their].into_iter().flatten();
                open.extend(entries.map(|entry| object::path(&entry.path)));
            }
        }
        Ok(open)
    }

    fn index_at(&self, path: &Path) -> Result<Option<Entry>, GitError> {
        let entry = self.index()?.get_path(path, 0);
        Ok(entry.and_then(|entry| Some(Entry { mode: Mode::of(entry.mode)?, id: oid(entry.id) })))
    }

    fn staged(&self, path: &Path, stage: Stage) -> Result<Vec<(PathBuf, Entry)>, GitError> {
        let index = self.index()?;
        let entries = index.iter().filter(|entry| entry.flags >> 12 & 3 == u16::from(stage.0));
        let found = entries.filter_map(|entry| {
            let at = object::path(&entry.path);
            at.starts_with(path).then_some((at, Entry { mode: Mode::of(entry.mode)?, id: oid(entry.id) }))
        });
        Ok(found.collect())
    }

    fn hash_file(&self, file: &Path) -> Option<Oid> {
        git2::Oid::hash_file(ObjectType::Blob, file).ok().map(oid)
    }
}

/// Elsewhere nobody has written down what tells a touched file.
#[cfg(not(unix))]
fn touched(_: &Path, _: &Index, _: &[PathBuf]) -> Option<Vec<PathBuf>> {
    None
}

fn options(below: &[PathBuf]) -> DiffOptions {
    let mut options = DiffOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).include_typechange(true).ignore_submodules(true);
    if !below.iter().any(|path| path.as_os_str().is_empty()) {
        options.disable_pathspec_match(true);
        for path in below {
            options.pathspec(path);
        }
    }
    options
}
