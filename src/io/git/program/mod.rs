//! Repositories that libgit2 does not read, such as those with SHA-256 ids, references in tables or without all objects: read
//! by the `git` program. The answers are those of [`super::library`]; the tests run over both.

mod process;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::{distrusted, refused_by_program};
use super::object::{self, Entry, Mode, Oid};
use super::store::{Delta, Side, Store, Target, Unresolved};
use super::{GitError, ReadError, Stage};
use crate::io::fs::read_bounded;
use crate::source::MAX_BYTES;
use process::{Answer, Batch, is_distrust, path_of};

pub(super) use process::{Git, complaint};

/// The program, to be run in a folder.
pub(super) fn git_in(folder: &Path) -> Git {
    Git { folder: folder.to_path_buf() }
}

/// No tree or commit is larger; this keeps a damaged one from filling the memory.
const LARGEST_OBJECT: u64 = 1 << 30;

/// A repository that the `git` program reads.
pub(super) struct Program {
    git: Git,
    root: Option<PathBuf>,
    id_length: usize,
    is_shallow: bool,
    batch: RefCell<Option<Batch>>,
}

impl Program {
    pub(super) fn open(folder: &Path) -> Result<Self, GitError> {
        let git = git_in(folder);
        let asked =
            git.run(["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-object-format"])?;
        if is_distrust(&asked.stderr) {
            return Err(distrusted(folder));
        }
        if !asked.status.success() {
            return Err(refused_by_program(folder, &complaint(&asked.stderr)));
        }
        let answers = String::from_utf8_lossy(&asked.stdout).into_owned();
        let mut answers = answers.lines();
        let has_tree = answers.next() == Some("true");
        let is_shallow = answers.next() == Some("true");
        let id_length = if answers.next() == Some("sha256") { 32 } else { 20 };
        let root = if has_tree { Some(path_of(&git.must(["rev-parse", "--show-toplevel"])?)) } else { None };
        let git = Git { folder: root.clone().unwrap_or(git.folder) };
        Ok(Self { git, root, id_length, is_shallow, batch: RefCell::new(None) })
    }

    fn ask(&self, name: &str, limit: u64) -> io::Result<Answer> {
        let mut batch = self.batch.borrow_mut();
        let asked = match batch.as_mut() {
            Some(batch) => batch.ask(name, limit),
            None => batch.insert(self.git.batch().map_err(io::Error::other)?).ask(name, limit),
        };
        if asked.is_err() {
            // A process that has stopped answers nothing more.
            *batch = None;
        }
        asked
    }

    fn text(&self, blob: Oid) -> Result<String, ReadError> {
        match self.ask(&blob.to_string(), MAX_BYTES as u64).map_err(ReadError::Io)? {
            Answer::Found { bytes: Some(bytes), size, .. } => {
                read_bounded(bytes.as_slice(), usize::try_from(size).unwrap_or_default())
            }
            Answer::Found { size, .. } => Err(ReadError::TooLarge(size)),
            Answer::Missing | Answer::Ambiguous => {
                Err(ReadError::Io(io::Error::other(format!("the object {blob} is missing in git"))))
            }
        }
    }

    /// The id of the tree that has nothing in it, which git knows in every repository.
    fn empty_tree(&self) -> Oid {
        self.hash("tree", b"")
    }

    fn hash(&self, kind: &str, bytes: &[u8]) -> Oid {
        if self.id_length == 32 {
            let mut hash = Sha256::new();
            hash.update(format!("{kind} {}\0", bytes.len()));
            hash.update(bytes);
            if let Some(id) = Oid::from_bytes(&hash.finalize()) {
                return id;
            }
        }
        let of = if kind == "tree" { git2::ObjectType::Tree } else { git2::ObjectType::Blob };
        git2::Oid::hash_object(of, bytes).map_or(Oid::of_sha1(&[]), |id| Oid::of_sha1(id.as_bytes()))
    }

    fn is_on_disk(&self, path: &Path) -> bool {
        self.root.as_ref().is_some_and(|root| root.join(path).symlink_metadata().is_ok())
    }

    /// The paths that a command lists, each ended by a zero byte.
    fn paths(&self, command: &[&str], below: &[PathBuf]) -> Result<Vec<PathBuf>, GitError> {
        let listed = self.git.must(with_paths(command, below))?;
        Ok(listed.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(object::path).collect())
    }

    /// The entries of the index at a path or below it.
    fn index(&self, below: &[PathBuf], options: &[&str]) -> Result<Vec<(PathBuf, Entry, u8)>, GitError> {
        let command = [&["ls-files", "-z", "--stage", "--full-name"], options].concat();
        let listed = self.git.must(with_paths(&command, below))?;
        Ok(listed.split(|byte| *byte == 0).filter_map(staged).collect())
    }
}

/// A line of `git ls-files --stage`: `100644 ID 0<tab>PATH`.
fn staged(line: &[u8]) -> Option<(PathBuf, Entry, u8)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let (head, path) = line.split_at_checked(tab)?;
    let mut parts = std::str::from_utf8(head).ok()?.split(' ');
    let mode = Mode::of(u32::from_str_radix(parts.next()?, 8).ok()?)?;
    let id = Oid::from_hex(parts.next()?)?;
    Some((object::path(path.get(1..)?), Entry { mode, id }, parts.next()?.parse().ok()?))
}

/// A command with paths at its end, none where all are meant.
fn with_paths(command: &[&str], below: &[PathBuf]) -> Vec<OsString> {
    let mut args: Vec<OsString> = command.iter().map(OsString::from).collect();
    args.push("--".into());
    if !below.iter().any(|path| path.as_os_str().is_empty()) {
        args.extend(below.iter().map(|path| path.clone().into_os_string()));
    }
    args
}

/// The records of `--raw -z`: `:100644 100644 ID ID M`, a zero byte, the path, a zero byte.
fn raw(bytes: &[u8]) -> Vec<(PathBuf, [Option<Entry>; 2])> {
    let mut parts = bytes.split(|byte| *byte == 0);
    let mut found = Vec::new();
    while let (Some(head), Some(path)) = (parts.next(), parts.next()) {
        let head = String::from_utf8_lossy(head);
        let mut words = head.trim_start_matches(':').split(' ');
        let modes = [words.next(), words.next()];
        let modes = modes.map(|word| word.and_then(|word| u32::from_str_radix(word, 8).ok()).and_then(Mode::of));
        let ids = [words.next(), words.next()].map(|word| word.and_then(Oid::from_hex));
        let entry = |side: usize| {
            Some(Entry { mode: modes.get(side).copied().flatten()?, id: ids.get(side).copied().flatten()? })
        };
        found.push((object::path(path), [entry(0), entry(1)]));
    }
    found
}

impl Store for Program {
    fn name(&self) -> Option<&'static str> {
        Some("the program `git`")
    }

    fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    fn common_folder(&self) -> Option<PathBuf> {
        None
    }

    fn id_length(&self) -> usize {
        self.id_length
    }

    fn branch(&self) -> Option<String> {
        let target = self.symbolic("HEAD")?;
        Some(target.strip_prefix("refs/heads/").unwrap_or(&target).to_owned())
    }

    fn commit(&self, revision: &str) -> Result<Oid, Unresolved> {
        if revision.is_empty() || revision.contains(['\n', '\0']) || revision.starts_with(['-', '^']) {
            return Err(if revision.starts_with('-') { Unresolved::Missing } else { Unresolved::Malformed });
        }
        let failed = |error: io::Error| Unresolved::Failed(error.to_string());
        // Behind `:/` all is text to look for in messages, and what is found is a commit.
        let wanted = if revision.starts_with(":/") { revision.to_owned() } else { format!("{revision}^{{commit}}") };
        match self.ask(&wanted, LARGEST_OBJECT).map_err(failed)? {
            Answer::Found { id, .. } => Oid::from_hex(&id).ok_or(Unresolved::Malformed),
            Answer::Ambiguous => Err(Unresolved::Ambiguous),
            Answer::Missing => match self.ask(revision, 0).map_err(failed)? {
                Answer::Found { .. } => Err(Unresolved::NoCommit),
                Answer::Ambiguous => Err(Unresolved::Ambiguous),
                // git itself knows what can't be a name; so that the words are the same, it is told here.
                Answer::Missing if revision.contains("..") || revision.contains([' ', '?', '*', '[', '\\']) => {
                    Err(Unresolved::Malformed)
                }
                Answer::Missing => Err(Unresolved::Missing),
            },
        }
    }

    fn short(&self, id: Oid) -> String {
        let id = id.to_string();
        let short = self.git.line(&["rev-parse", "--short", "--verify", "--quiet", &id]);
        short.unwrap_or_else(|| id.chars().take(7).collect())
    }

    fn references(&self) -> Vec<String> {
        let listed = self.git.must(["for-each-ref", "--format=%(refname)", "--count=10000"]).unwrap_or_default();
        String::from_utf8_lossy(&listed).lines().map(str::to_owned).collect()
    }

    fn symbolic(&self, reference: &str) -> Option<String> {
        self.git.line(&["symbolic-ref", "--quiet", reference])
    }

    fn fetches_all(&self) -> Option<bool> {
        let specs = self.git.line(&["config", "--get-all", "remote.origin.fetch"])?;
        Some(specs.lines().any(|spec| spec.trim_start_matches('+').starts_with("refs/heads/*:")))
    }

    fn cut(&self) -> HashSet<Oid> {
        if !self.is_shallow {
            return HashSet::new();
        }
        let Ok(path) = self.git.must(["rev-parse", "--path-format=absolute", "--git-path", "shallow"]) else {
            return HashSet::new();
        };
        let list = crate::io::fs::read_text(&path_of(&path), None).unwrap_or_default();
        list.lines().filter_map(|line| Oid::from_hex(line.trim())).collect()
    }

    fn merge_base(&self, one: Oid, other: Oid) -> Result<Option<Oid>, GitError> {
        let output = self.git.run(["merge-base", &one.to_string(), &other.to_string()])?;
        match output.status.code() {
            Some(0) => Ok(Oid::from_hex(String::from_utf8_lossy(&output.stdout).trim())),
            Some(1) => Ok(None),
            _ => Err(GitError::new(complaint(&output.stderr))),
        }
    }

    fn descends(&self, one: Oid, other: Oid) -> bool {
        let asked = self.git.run(["merge-base", "--is-ancestor", &other.to_string(), &one.to_string()]);
        one != other && asked.is_ok_and(|output| output.status.success())
    }

    fn object(&self, id: Oid) -> Result<Vec<u8>, GitError> {
        match self.ask(&id.to_string(), LARGEST_OBJECT) {
            Ok(Answer::Found { bytes: Some(bytes), .. }) => Ok(bytes),
            Ok(_) => Err(GitError::new(format!("the object {id} is missing")).hint("`git fsck` tells what is wrong")),
            Err(error) => Err(GitError::new(error.to_string())),
        }
    }

    fn read(&self, blobs: &[Oid]) -> Vec<Result<String, ReadError>> {
        blobs.iter().map(|blob| self.text(*blob)).collect()
    }

    fn deltas(&self, from: Option<Oid>, to: Target, below: &[PathBuf]) -> Result<Vec<Delta>, GitError> {
        let from = from.unwrap_or_else(|| self.empty_tree()).to_string();
        let ways = ["-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=all"];
        let to_id;
        let command = match to {
            Target::Commit(commit) => {
                to_id = commit.to_string();
                [&["diff-tree", "-r"], &ways[..], &[&from, &to_id]].concat()
            }
            Target::Index => [&["diff-index", "--cached"], &ways[..], &[&from]].concat(),
            Target::WorkTree => [&["diff-index"], &ways[..], &[&from]].concat(),
        };
        let mut found = BTreeMap::new();
        for (path, [before, after]) in raw(&self.git.must(with_paths(&command, below))?) {
            let after = match after {
                // The work tree has it, unless it is a sparse one and has only the index.
                Some(_) if matches!(to, Target::WorkTree) && self.is_on_disk(&path) => Some(Side::Disk),
                after => after.map(Side::Stored),
            };
            let is_submodule = |entry: &Entry| entry.mode == Mode::Submodule;
            let after_is = matches!(&after, Some(Side::Stored(entry)) if is_submodule(entry));
            if before.as_ref().is_none_or(is_submodule) && (after.is_none() || after_is) {
                continue;
            }
            found.insert(path.clone(), Delta { path, before, after });
        }
        if matches!(to, Target::WorkTree) {
            for path in self.paths(&["ls-files", "-z", "--others", "--exclude-standard", "--full-name"], below)? {
                let delta = Delta { path: path.clone(), before: None, after: None };
                found.entry(path).or_insert(delta).after = Some(Side::Disk);
            }
        }
        Ok(found.into_values().collect())
    }

    fn conflicts(&self) -> Result<Vec<PathBuf>, GitError> {
        let open = self.index(&[PathBuf::new()], &["--unmerged"])?;
        Ok(open.into_iter().map(|(path, ..)| path).collect())
    }

    fn index_at(&self, path: &Path) -> Result<Option<Entry>, GitError> {
        let found = self.staged(path, Stage(0))?;
        Ok(found.into_iter().find(|(at, _)| at == path).map(|(_, entry)| entry))
    }

    fn staged(&self, path: &Path, stage: Stage) -> Result<Vec<(PathBuf, Entry)>, GitError> {
        let found = self.index(&[path.to_path_buf()], &[])?;
        Ok(found.into_iter().filter(|(.., at)| *at == stage.0).map(|(path, entry, _)| (path, entry)).collect())
    }

    fn hash_file(&self, file: &Path) -> Option<Oid> {
        #[expect(clippy::disallowed_methods, reason = "the edge: what is hashed is not kept")]
        let bytes = std::fs::read(file).ok()?;
        Some(self.hash("blob", &bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_with_any_path() {
        let id = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
        let zero = "0".repeat(40);
        let text = format!(":100644 000000 {id} {zero} D\0a \"\n\t.yaml\0:000000 120000 {zero} {id} A\0b\0");
        let found = raw(text.as_bytes());
        assert_eq!(found[0].0, Path::new("a \"\n\t.yaml"));
        assert!(found[0].1[0].is_some() && found[0].1[1].is_none());
        assert_eq!(found[1].1[1].map(|entry| entry.mode), Some(Mode::Link));
        let (path, entry, stage) = staged(format!("100644 {id} 2\ta\tb").as_bytes()).unwrap();
        assert_eq!((path.as_path(), entry.id.to_string().as_str(), stage), (Path::new("a\tb"), id, 2));
        assert!(staged(b"rubbish").is_none());
    }
}
