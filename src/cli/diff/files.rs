//! Two files or two folders, each wherever it is, paired and read.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Args;
use super::input::Input;
use super::others::Place;
use super::sides::{Files, Side, Source, named, stdin};
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::workspace::{Documents, Workspace, read_with_tree};
use crate::io::fs::{self, ReadError};
use crate::model::SourceId;
use crate::report::changes::State;

/// Two files or two folders.
pub(super) struct Pair<'a> {
    workspace: &'a Workspace,
    history: Option<&'a History<'a>>,
    sides: [Side; 2],
    names: [String; 2],
    /// Whether paths are shown without the revision, as annotations of a pull request need them.
    plain: bool,
}

impl<'a> Pair<'a> {
    /// Whether the arguments name paths, and not revisions. Two that are both there on disk seldom are revisions.
    pub(super) fn is_meant(args: &Args, directory: &Path) -> bool {
        named(args, directory)
    }

    /// The two sides of the arguments.
    ///
    /// # Errors
    ///
    /// One of them is a revision without a path, or names nothing.
    pub(super) fn of(
        args: &Args,
        workspace: &'a Workspace,
        history: Option<&'a History<'a>>,
        plain: bool,
    ) -> Result<Self, Error> {
        let directory = workspace.directory.as_path();
        let no_path = |name: &str| {
            let other = [&args.base, &args.head].into_iter().flatten().find(|other| other.as_str() != name);
            let path = other.map_or("PATH", |other| other.rsplit(':').next().unwrap_or(other));
            Error::new(format!("{name} is no path, and the other side is one"))
                .hint(format!("compare two paths: `{name}:{path}` is the path at a revision; `-` is standard input"))
        };
        let side = |name: &String| Side::of(name, directory, history)?.ok_or_else(|| no_path(name));
        let base_name = args.base.clone().unwrap_or_default();
        let base = side(&base_name)?;
        let (head, head_name) = match (&args.head, &base, history) {
            (Some(name), ..) => (side(name)?, name.clone()),
            (None, Side::Commit(..) | Side::Index(..), Some(history)) => base.counterpart(args.staged, history)?,
            (None, ..) => {
                return Err(Error::new(format!("{base_name} is compared with nothing"))
                    .hint(format!("give both sides: pact diff OLD {base_name}")));
            }
        };
        if matches!((&base, &head), (Side::Stdin, Side::Stdin)) {
            return Err(Error::new("standard input is one side only").hint("give a file or REV:path as the other"));
        }
        if args.bump || args.exact {
            let option = if args.bump { "--bump" } else { "--exact" };
            return Err(Error::new(format!("{option} is for revisions, and two paths are compared"))
                .hint("leave it out, or give a revision: `pact diff --help`"));
        }
        Ok(Self { workspace, history, sides: [base, head], names: [base_name, head_name], plain })
    }

    /// The states, as reports name them.
    pub(super) fn states(&self) -> [State; 2] {
        let [base, head] = &self.sides;
        let [base_name, head_name] = &self.names;
        [base.state(base_name), head.state(head_name)]
    }

    /// Where those are who use what is found on the side of HEAD: in the same commit; in the work tree, if one side is of git;
    /// else in the folder that was given.
    pub(super) fn others(&self) -> Result<Place<'_>, Error> {
        let in_git = |side: &Side| matches!(side, Side::Commit(..) | Side::Index(..));
        Ok(match (&self.sides, self.history) {
            ([_, Side::Commit(commit, _)], Some(history)) => Place::Commit(history, commit),
            (sides, Some(history)) if sides.iter().any(in_git) && history.git.root().is_some() => Place::WorkTree,
            ([_, Side::Disk(folder)], _) if folder.is_dir() => {
                Place::Files(self.workspace.walk(std::slice::from_ref(folder))?)
            }
            _ => Place::Files(Vec::new()),
        })
    }

    /// Reads both sides. In folders files belong together by their paths below them; files of equal content are left out, and
    /// those that git knows to be equal are not read.
    ///
    /// # Errors
    ///
    /// One is a file and the other a folder, or a folder can't be listed.
    pub(super) fn read(&self) -> Result<Input, Error> {
        let [base, head] = &self.sides;
        let [base_name, head_name] = &self.names;
        let base_files = base.files(base_name, self.workspace, self.history)?;
        let mut head_files = head.files(head_name, self.workspace, self.history)?;
        if base_files.is_folder != head_files.is_folder {
            return Err(Error::new(format!("one of {base_name} and {head_name} is a folder and the other is not"))
                .hint("compare two files, or two folders"));
        }
        let Files { files, .. } = base_files;
        let mut pairs: Vec<(PathBuf, [Option<Source>; 2])> = files
            .into_iter()
            .map(|(key, source)| {
                let other = head_files.files.remove(&key);
                (key, [Some(source), other])
            })
            .collect();
        pairs.extend(head_files.files.into_iter().map(|(key, source)| (key, [None, Some(source)])));
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (mut to_read, mut paths, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        for (_, [base, head]) in pairs {
            if let (Some(Source::Blob(one, _)), Some(Source::Blob(other, _))) = (&base, &head)
                && one == other
            {
                continue;
            }
            let texts = [base.map(|source| self.text(source, 0)), head.map(|source| self.text(source, 1))];
            if let [Some((Ok(one), ..)), Some((Ok(other), ..))] = &texts
                && one == other
            {
                continue;
            }
            let ids = texts.map(|side| {
                let (text, shown, path) = side?;
                let id = SourceId(u32::try_from(to_read.len()).unwrap_or(u32::MAX));
                to_read.push((id, shown, text));
                paths.push(path);
                Some(id)
            });
            sides.push((ids[0], ids[1]));
        }
        let documents = to_read.into_par_iter().map(|(id, shown, text)| read_with_tree(id, shown, text)).collect();
        Ok(Input { documents: Documents::new(documents), paths, sides, one_tree: false, is_current: false })
    }

    /// The text of a file, how it is shown, and its path.
    fn text(&self, source: Source, side: usize) -> (Result<String, ReadError>, PathBuf, PathBuf) {
        match source {
            Source::Stdin => (stdin(), PathBuf::from("<stdin>"), PathBuf::from("<stdin>")),
            Source::Disk(file) => {
                // What is in a folder must not lead out of it; a file that was named is read wherever it is.
                let root = match self.sides.get(side) {
                    Some(Side::Disk(folder)) if folder.is_dir() => Some(folder.as_path()),
                    _ => None,
                };
                (fs::read_text(&file, root), self.workspace.shown(&file), file)
            }
            Source::Blob(blob, path) => {
                let text = match self.history {
                    Some(history) => history.git.read(blob),
                    None => Ok(String::new()),
                };
                let place = self.names.get(side).and_then(|name| name.rsplit_once(':')).map_or("", |(place, _)| place);
                let shown = match self.history {
                    Some(history) if self.plain => history.shown(&path),
                    _ => PathBuf::from(format!("{place}:{}", path.display())),
                };
                (text, shown, path)
            }
        }
    }
}

/// An error about revisions, with advice for whom files were meant.
pub(super) fn explained(error: Error, args: &Args, directory: &Path) -> Error {
    let is_there = |name: &str| directory.join(name).exists();
    match (args.base.as_deref(), args.head.as_deref()) {
        (Some(base), Some(head)) if is_there(base) != is_there(head) => {
            let missing = if is_there(base) { head } else { base };
            let error = error.hint(format!("to compare two files or folders both must be there, and {missing} is not"));
            if is_there(head) && Path::new(head).is_relative() {
                return error.hint(format!("if {base} is a revision: `pact diff {base}:./{head} {head}`"));
            }
            error
        }
        (Some(base), None) if is_there(base) && Path::new(base).is_relative() => Error::new(format!(
            "{base} is a path, and there is no revision of that name"
        ))
        .hint(format!("`pact diff HEAD:./{base}` compares it with HEAD, `pact diff OLD {base}` with another path")),
        _ => error,
    }
}
