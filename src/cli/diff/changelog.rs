//! `pact diff --changelog`: what changed, written under the heading of the new version.

use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::config::FILE_NAME;
use crate::finding::change::ContractDiff;
use crate::io::fs::{self, ReadError};
use crate::io::git::State;
use crate::io::{clock, write};
use crate::report::changes::{has_entry, with_entry};
use crate::report::sanitize;

/// The name of a changelog beside a contract.
const NAME: &str = "CHANGELOG.md";

/// Writes the entries of contracts whose version is right. `given` is the file of the command line.
///
/// # Errors
///
/// A changelog can't be read or written. Those before it have been.
pub(super) fn run(
    (diffs, paths): (&[ContractDiff], &[PathBuf]),
    given: Option<&Path>,
    history: &History<'_>,
    workspace: &Workspace,
    output: Output,
) -> Result<(), Error> {
    for diff in diffs {
        let (Some(verdict), Some(source)) = (&diff.verdict, diff.head) else { continue };
        let Some(path) = paths.get(source.0 as usize) else { continue };
        if verdict.write.is_some() {
            output.note(&format!("no entry for {}: its version is not right yet (`--bump` mends it)", diff.name));
            continue;
        }
        let contract = history.git.root().map_or_else(|| path.clone(), |root| root.join(path));
        let file = match given {
            Some(given) => workspace.directory.join(given),
            None => place(&contract, workspace)?,
        };
        let shown = workspace.shown(&file).display().to_string();
        let old = match fs::read_text(&file, Some(&workspace.root)) {
            Ok(text) => Some(text),
            Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(_) => return Err(Error::new(format!("cannot read {shown}")).hint("`--changelog=FILE` names another")),
        };
        if let Some(new) = with_entry(old.as_deref(), diff, clock::today()) {
            write::whole(&file, &new, Some(&workspace.root))
                .map_err(|error| Error::new(format!("cannot write {shown}: {error}")))?;
            output.note(&format!("wrote what changed in {} into {shown}", diff.name));
        }
    }
    Ok(())
}

/// The changelog of a contract. What a stranger's branch configures must not lead out of the repository.
fn place(contract: &Path, workspace: &Workspace) -> Result<PathBuf, Error> {
    let Some(file) = &workspace.config.diff.changelog else { return Ok(contract.with_file_name(NAME)) };
    let path = fs::normalized(&workspace.root.join(file));
    if path.starts_with(&workspace.root) {
        return Ok(path);
    }
    Err(Error::new(format!("`diff.changelog: {}` lies outside {}", sanitize::line(file), workspace.root.display()))
        .hint(format!("paths in {FILE_NAME} are relative to it, and lead to its folder or below")))
}

/// Whether the changelog of a contract has no entry for its version, in the state that is compared. What is staged is near
/// enough to what is on disk.
pub(super) fn lacks(
    (name, version, path): (&str, &str, &Path),
    state: State<'_>,
    history: &History<'_>,
    workspace: &Workspace,
) -> Result<bool, Error> {
    // A bare repository has no work tree: paths are as git has them.
    let root = history.git.root().unwrap_or(&workspace.root);
    let file = place(&root.join(path), workspace)?;
    let text = match state {
        State::Commit(commit) => {
            let blob = history.git.blob_at(commit, file.strip_prefix(root).unwrap_or(&file))?;
            blob.and_then(|blob| history.git.read(blob).ok())
        }
        State::Index | State::WorkTree => fs::read_text(&file, Some(&workspace.root)).ok(),
    };
    Ok(!text.is_some_and(|text| has_entry(&text, name, version)))
}
