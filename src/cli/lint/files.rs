//! Which files a run looks at.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Args;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, read_with_tree};
use crate::config::FILE_NAME;
use crate::format::Document;
use crate::io::fs;
use crate::model::SourceId;

/// The files of a run. The id of each is its position.
pub(super) struct Files {
    /// The files of the repository and the paths given.
    paths: Vec<PathBuf>,
    /// What standard input gave, which stands behind all files.
    stdin: Option<Stdin>,
    /// Which of them to look at, in order.
    pub(super) targets: Vec<SourceId>,
}

struct Stdin {
    shown: PathBuf,
    text: Result<String, fs::ReadError>,
}

impl Files {
    /// The files of the repository and of the paths given, and which of them to look at.
    pub(super) fn of(args: &Args, workspace: &Workspace, output: Output) -> Result<Self, Error> {
        if args.paths.is_empty() {
            let paths = workspace.contract_files(output)?;
            if paths.is_empty() {
                let hint = "write a contract, or correct `contracts` in pact.yaml";
                return Err(Error::new("there are no contracts to look at").hint(hint));
            }
            let targets = (0..paths.len()).map(id).collect();
            return Ok(Self { paths, stdin: None, targets });
        }
        let wants_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
        let given: Vec<&PathBuf> = args.paths.iter().filter(|path| path.as_os_str() != "-").collect();
        let given = without_configuration(args, given, workspace, output)?;
        let mut wanted = target_files(&given, workspace)?;
        if args.force_exclude {
            wanted = without_excluded(wanted, workspace)?;
        }
        // Without a repository around them, the files given are all there is.
        let stdin_path = workspace.directory.join(&args.stdin_filename);
        let mut paths = if workspace.configured { workspace.contract_files(output)? } else { Vec::new() };
        paths.retain(|file| !(wants_stdin && *file == stdin_path));
        let beside: Vec<PathBuf> = wanted.iter().filter(|file| paths.binary_search(file).is_err()).cloned().collect();
        // To put thousands of paths in order again is dear, and mostly the files given are among them.
        if !beside.is_empty() {
            paths.extend(beside);
            paths.sort_unstable();
        }
        let position = |file: &PathBuf| paths.binary_search(file).ok().map(id);
        let mut targets: Vec<SourceId> = wanted.iter().filter_map(position).collect();
        let stdin = wants_stdin.then(|| {
            targets.push(id(paths.len()));
            Stdin { shown: args.stdin_filename.clone(), text: fs::read_bounded(io::stdin().lock(), 0) }
        });
        Ok(Self { paths, stdin, targets })
    }

    /// Reads every document, each with its tree, and hands it on; `true` for those to look at. What can't be read is a document
    /// with a problem. Of those that nobody asked for enough may be known, by their positions: these are recalled.
    pub(super) fn read<T: Send, K: Send>(
        &mut self,
        workspace: &Workspace,
        mut known: Vec<Option<K>>,
        recall: impl Fn(K) -> T + Sync,
        look: impl Fn(Document, bool) -> T + Sync,
    ) -> Vec<T> {
        let stdin = self.stdin.take().map(|stdin| {
            let document = read_with_tree(id(self.paths.len()), stdin.shown, stdin.text);
            look(document, true)
        });
        known.resize_with(self.paths.len(), || None);
        let one = |(position, (path, known)): (usize, (&PathBuf, Option<K>))| {
            let id = id(position);
            let is_target = self.targets.binary_search(&id).is_ok();
            match known.filter(|_| !is_target) {
                Some(known) => recall(known),
                None => look(Self::document(workspace, path, id), is_target),
            }
        };
        let mut all: Vec<T> = self.paths.par_iter().zip(known).enumerate().map(one).collect();
        all.extend(stdin);
        all
    }

    /// Reads the document of a file with its tree.
    pub(super) fn document(workspace: &Workspace, path: &Path, id: SourceId) -> Document {
        read_with_tree(id, workspace.shown(path), fs::read_text(path, workspace.fence(path)))
    }

    /// The files; standard input is none of them.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The file of a document; standard input is in none.
    pub(super) fn path(&self, source: SourceId) -> Option<&Path> {
        self.paths.get(source.0 as usize).map(PathBuf::as_path)
    }

    /// The path of a document relative to the configuration, with slashes, as patterns have it; `shown` is how standard input is
    /// called.
    pub(super) fn inside(&self, workspace: &Workspace, source: SourceId, shown: &Path) -> String {
        let given = || fs::normalized(&workspace.directory.join(shown));
        let path = self.path(source).map_or_else(given, Path::to_path_buf);
        let inside = path.strip_prefix(&workspace.root).unwrap_or(&path);
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// Reads a file again whose text was let go of. One that is gone in the meantime is empty.
    pub(super) fn read_again(&self, workspace: &Workspace, source: SourceId) -> String {
        let path = self.paths.get(source.0 as usize);
        path.and_then(|path| fs::read_text(path, workspace.fence(path)).ok()).unwrap_or_default()
    }
}

/// The id of the document at a position.
pub(super) fn id(position: usize) -> SourceId {
    SourceId(u32::try_from(position).unwrap_or(u32::MAX))
}

/// Leaves out pact.yaml, which is no contract: every run reads it, and says what is wrong with it.
fn without_configuration<'p>(
    args: &Args,
    mut given: Vec<&'p PathBuf>,
    workspace: &Workspace,
    output: Output,
) -> Result<Vec<&'p PathBuf>, Error> {
    let count = given.len();
    let configuration = workspace.root.join(FILE_NAME);
    given.retain(|path| !workspace.configured || fs::normalized(&workspace.directory.join(path)) != configuration);
    let what = format!("{FILE_NAME} is the configuration, which every run checks, and no contract");
    if given.len() == count {
        return Ok(given);
    }
    // Tools name every file that has changed.
    if args.paths.len() == 1 && !args.force_exclude {
        return Err(Error::new(what).hint("name a contract or a folder, or nothing for all contracts"));
    }
    output.note(&format!("note: {what}: it is left out"));
    Ok(given)
}

/// Leaves out what `exclude` in the configuration does, as tools want it that name every file.
pub(in crate::cli) fn without_excluded(mut files: Vec<PathBuf>, workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let mut wrong = None;
    files.retain(|file| {
        let excluded = fs::is_excluded(&workspace.root, &workspace.config.exclude, file);
        !excluded.unwrap_or_else(|error| {
            wrong = Some(error);
            false
        })
    });
    match wrong {
        None => Ok(files),
        Some(error) => Err(Error::new(format!("`exclude` in {FILE_NAME}: {error}"))),
    }
}

/// The files behind the paths given, sorted.
pub(in crate::cli) fn target_files(paths: &[&PathBuf], workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        let full = fs::normalized(&workspace.directory.join(path));
        if !full.starts_with(&workspace.root) {
            let root = workspace.root.display();
            return Err(Error::new(format!("{} lies outside the repository {root}", path.display()))
                .hint("run pact in the repository of that file, or give its folder to --directory"));
        }
        if full.is_dir() {
            let below = workspace.walk(std::slice::from_ref(&full))?;
            if below.is_empty() {
                return Err(Error::new(format!("there are no YAML files in {}", path.display())));
            }
            files.extend(below);
        } else if full.exists() || full.is_symlink() {
            // A file that is reached through a link is the same file.
            let real = full.canonicalize().ok().filter(|real| real.starts_with(&workspace.root));
            files.push(real.unwrap_or(full));
        } else {
            return Err(Error::new(format!("{} does not exist", path.display()))
                .hint("paths are relative to the working directory, or to --directory"));
        }
    }
    files.sort_unstable();
    files.dedup();
    Ok(files)
}
