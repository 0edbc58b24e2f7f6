//! What was asked for: files, folders, standard input.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Args;
use crate::cli::error::Error;
use crate::cli::lint::target_files;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::io::fs;
use crate::model::SourceId;

/// Something to convert.
pub(super) struct Input {
    /// The file; `None` for standard input.
    pub(super) file: Option<PathBuf>,
    /// Where it goes in another folder: its path below the folder that was named, or its name.
    pub(super) below: PathBuf,
    /// Whether it was named itself, and not found in a folder.
    pub(super) is_named: bool,
}

/// Everything to convert, each with its document, in the order in which it was named. A file that is named twice is one.
///
/// # Errors
///
/// A path that is not there, or a folder without contracts.
pub(super) fn load(args: &Args, workspace: &Workspace) -> Result<(Documents, Vec<Input>), Error> {
    let mut inputs: Vec<Input> = Vec::new();
    for path in args.paths.iter().filter(|path| path.as_os_str() != "-") {
        inputs.extend(named(path, workspace)?);
    }
    let mut seen = HashSet::new();
    inputs.retain(|input| seen.insert(input.file.clone()));
    let files: Vec<PathBuf> = inputs.iter().filter_map(|input| input.file.clone()).collect();
    let mut documents = workspace.load(&files);
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        if args.in_place {
            return Err(Error::new("standard input has no place to write to").hint("leave --in-place out"));
        }
        let id = SourceId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        let name = PathBuf::from("stdin.yaml");
        documents = documents.with(read_document(id, name.clone(), fs::read_bounded(io::stdin().lock(), 0)));
        inputs.push(Input { file: None, below: name, is_named: true });
    }
    Ok((documents, inputs))
}

/// The files behind a path.
fn named(path: &Path, workspace: &Workspace) -> Result<Vec<Input>, Error> {
    let full = fs::normalized(&workspace.directory.join(path));
    let name = |file: &Path| PathBuf::from(file.file_name().unwrap_or_default());
    // To read a file needs no repository around it.
    if !full.starts_with(&workspace.root) && full.is_file() {
        return Ok(vec![Input { below: name(&full), file: Some(full), is_named: true }]);
    }
    let files = target_files(&[&path.to_path_buf()], workspace)?;
    let is_folder = full.is_dir();
    let input = |file: PathBuf| Input {
        below: file.strip_prefix(&full).ok().filter(|_| is_folder).map_or_else(|| name(&file), Path::to_path_buf),
        file: Some(file),
        is_named: !is_folder,
    };
    Ok(files.into_iter().map(input).collect())
}
