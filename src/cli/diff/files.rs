//! Two files or two folders compared as they are, without git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Args;
use super::compare::Input;
use crate::cli::error::Error;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::config::FILE_NAME;
use crate::io::fs;
use crate::model::SourceId;
use crate::report::changes::State;

/// Two files or two folders.
pub(super) struct Pair {
    base: PathBuf,
    head: PathBuf,
    names: [String; 2],
}

impl Pair {
    /// The two arguments as paths, if both are there on disk. Revisions seldom are.
    pub(super) fn of(args: &Args, directory: &Path) -> Option<Self> {
        let (base, head) = (args.base.as_ref()?, args.head.as_ref()?);
        let full = |name: &String| directory.join(name).canonicalize().ok();
        Some(Self { base: full(base)?, head: full(head)?, names: [base.clone(), head.clone()] })
    }

    /// The states, as reports name them.
    pub(super) fn states(&self) -> [State; 2] {
        self.names.clone().map(|name| State { name, commit: None })
    }

    /// All files on the side of HEAD: who uses what is found in them.
    pub(super) fn others(&self, workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
        if self.head.is_dir() { workspace.walk(std::slice::from_ref(&self.head)) } else { Ok(Vec::new()) }
    }

    /// Reads both sides. In folders files belong together by their paths below them; files of equal content are left out.
    ///
    /// # Errors
    ///
    /// One is a file and the other a folder, or a folder can't be listed.
    pub(super) fn read(&self, workspace: &Workspace) -> Result<Input, Error> {
        if self.base.is_dir() != self.head.is_dir() {
            let [base, head] = &self.names;
            return Err(Error::new(format!("one of {base} and {head} is a folder and the other is not"))
                .hint("compare two files, or two folders"));
        }
        let mut pairs: BTreeMap<PathBuf, [Option<PathBuf>; 2]> = BTreeMap::new();
        for (side, path) in [&self.base, &self.head].into_iter().enumerate() {
            if path.is_dir() {
                let files = workspace.walk(std::slice::from_ref(path))?;
                // A repository may be given as a whole; its configuration is no contract.
                for file in files.into_iter().filter(|file| file.file_name().is_none_or(|name| name != FILE_NAME)) {
                    let below = file.strip_prefix(path).unwrap_or(&file).to_path_buf();
                    pairs.entry(below).or_default()[side] = Some(file);
                }
            } else {
                pairs.entry(PathBuf::new()).or_default()[side] = Some(path.clone());
            }
        }
        let (mut documents, mut paths, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        for files in pairs.into_values() {
            let [base, head] = files;
            // What is in a folder must not lead out of it; a file that was named is read wherever it is.
            let read = |file: PathBuf, side: &Path| (fs::read_text(&file, side.is_dir().then_some(side)), file);
            let texts = [base.map(|file| read(file, &self.base)), head.map(|file| read(file, &self.head))];
            if let [Some((Ok(one), _)), Some((Ok(other), _))] = &texts
                && one == other
            {
                continue;
            }
            let ids = texts.map(|side| {
                let (text, file) = side?;
                let id = SourceId(u32::try_from(documents.len()).unwrap_or(u32::MAX));
                documents.push(read_document(id, workspace.shown(&file), text));
                paths.push(file);
                Some(id)
            });
            sides.push((ids[0], ids[1]));
        }
        Ok(Input { documents: Documents::new(documents), paths, sides, one_tree: false, is_current: false })
    }
}

/// An error about revisions, with advice for whom files were meant.
pub(super) fn explained(error: Error, args: &Args, directory: &Path) -> Error {
    let is_there = |name: &str| directory.join(name).exists();
    match (args.base.as_deref(), args.head.as_deref()) {
        (Some(base), Some(head)) if is_there(base) != is_there(head) => {
            let missing = if is_there(base) { head } else { base };
            error.hint(format!("to compare two files or folders both must be there, and {missing} is not"))
        }
        (Some(base), None) if is_there(base) => {
            error.hint(format!("{base} is a path: two are compared with each other, `pact diff OLD {base}`"))
        }
        _ => error,
    }
}
