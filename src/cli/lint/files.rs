//! Which files a run looks at.

use std::io;
use std::path::PathBuf;

use super::Args;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::io::fs;
use crate::model::SourceId;

/// What a run has before it.
pub(super) struct Loaded {
    /// The documents of the repository and of the paths given.
    pub(super) documents: Documents,
    /// Which of them to look at.
    pub(super) targets: Vec<SourceId>,
    /// Where they are, in the order of the documents; standard input is behind them and nowhere.
    pub(super) files: Vec<PathBuf>,
}

/// Reads what a run looks at, and what that may refer to.
pub(super) fn load(args: &Args, workspace: &Workspace, output: Output) -> Result<Loaded, Error> {
    if args.paths.is_empty() {
        let files = workspace.contract_files(output)?;
        let documents = workspace.load(&files);
        let targets: Vec<SourceId> = documents.iter().map(|document| document.id).collect();
        if targets.is_empty() {
            let hint = "write a contract, or correct `contracts` in pact.yaml";
            return Err(Error::new("there are no contracts to look at").hint(hint));
        }
        return Ok(Loaded { documents, targets, files });
    }
    let wants_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let given: Vec<&PathBuf> = args.paths.iter().filter(|path| path.as_os_str() != "-").collect();
    let targets = target_files(&given, workspace)?;
    // Without a repository around them, the files given are all there is.
    let stdin_path = workspace.directory.join(&args.stdin_filename);
    let mut files = if workspace.configured { workspace.contract_files(output)? } else { Vec::new() };
    files.retain(|file| !(wants_stdin && *file == stdin_path));
    files.extend(targets.iter().cloned());
    files.sort_unstable();
    files.dedup();
    let documents = workspace.load(&files);
    let mut ids: Vec<SourceId> = documents
        .iter()
        .zip(&files)
        .filter(|(_, file)| targets.binary_search(file).is_ok())
        .map(|(document, _)| document.id)
        .collect();
    let documents = if wants_stdin {
        let id = SourceId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        ids.push(id);
        let text = fs::read_bounded(io::stdin().lock(), 0);
        documents.with(read_document(id, args.stdin_filename.clone(), text))
    } else {
        documents
    };
    Ok(Loaded { documents, targets: ids, files })
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
            // A file that is reached through a link to a folder is the same file.
            let real = full.canonicalize().ok().filter(|real| real.starts_with(&workspace.root) && !full.is_symlink());
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
