//! Where the new texts go.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::one::{Converted, Done};
use super::{Args, To};
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace};
use crate::io::write;

/// Where the new texts go.
pub(super) enum Target<'a> {
    /// The only one to standard output.
    Print,
    /// The only one into a file.
    File(PathBuf, &'a Workspace),
    /// All into a folder.
    Folder(PathBuf, &'a Workspace, To),
    /// Each in its place or beside itself.
    Beside(&'a Workspace, To),
}

impl<'a> Target<'a> {
    /// Decides where the texts go.
    ///
    /// # Errors
    ///
    /// There are several, and no place for them.
    pub(super) fn of(args: &Args, workspace: &'a Workspace, documents: &Documents) -> Result<Self, Error> {
        let many = documents.iter().count() > 1;
        if args.in_place {
            return Ok(Self::Beside(workspace, args.to));
        }
        let given = args.output.as_ref().filter(|path| path.as_os_str() != "-");
        match given.map(|path| workspace.directory.join(path)) {
            Some(path) if path.is_dir() => Ok(Self::Folder(path, workspace, args.to)),
            Some(path) if many => {
                Err(Error::new(format!("{} is no folder, and there are several files to write", path.display()))
                    .hint("create the folder, or give --in-place"))
            }
            Some(path) => Ok(Self::File(path, workspace)),
            None if many => {
                Err(Error::new("several files can't be printed as one")
                    .hint("give --in-place, or a folder to --output"))
            }
            // The text and the report can't both be standard output.
            None if matches!(args.format, crate::cli::output::Format::Json) => Err(Error::new(
                "with --format json the report goes to standard output, and the text needs another place",
            )
            .hint("give a file to --output, or --in-place")),
            None => Ok(Self::Print),
        }
    }

    /// The file that a text goes to.
    fn path(&self, done: &Done<'_>, converted: &Converted) -> Option<PathBuf> {
        let name = |to: To| done.file.as_deref().map_or_else(|| PathBuf::from("stdin.yaml"), |file| named(file, to));
        match self {
            Self::Print => None,
            Self::File(path, _) => Some(path.clone()),
            Self::Folder(folder, _, to) => Some(folder.join(name(*to).file_name().unwrap_or_default())),
            Self::Beside(_, _) if converted.from.format() == converted.to.format() => done.file.clone(),
            Self::Beside(_, to) => Some(name(*to)),
        }
    }

    /// Refuses to overwrite what is there, before anything is written.
    ///
    /// # Errors
    ///
    /// Another file has the name of a new one, or two new ones have the same.
    pub(super) fn demand_free(&self, done: &[Done<'_>], force: bool, workspace: &Workspace) -> Result<(), Error> {
        let mut taken = HashSet::new();
        for one in done {
            let Some(path) = one.result.as_ref().ok().and_then(|converted| self.path(one, converted)) else { continue };
            if !force && one.file.as_ref() != Some(&path) && path.symlink_metadata().is_ok() {
                return Err(Error::new(format!(
                    "{} is there already: nothing was written",
                    workspace.shown(&path).display()
                ))
                .hint("--force overwrites it"));
            }
            if !taken.insert(path.clone()) {
                return Err(Error::new(format!(
                    "two contracts would be written to {}",
                    workspace.shown(&path).display()
                ))
                .hint("convert them one by one, each with a name of its own"));
            }
        }
        Ok(())
    }

    /// Writes a text; where it went, if that is a file.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub(super) fn write(&self, done: &Done<'_>, converted: &Converted) -> Result<Option<PathBuf>, Error> {
        let Some(path) = self.path(done, converted) else {
            Output::verbatim(&converted.written.text)?;
            return Ok(None);
        };
        if converted.is_same && done.file.as_ref() == Some(&path) {
            return Ok(None);
        }
        let (Self::File(_, workspace) | Self::Folder(_, workspace, _) | Self::Beside(workspace, _)) = self else {
            return Ok(None);
        };
        write::whole(&path, &converted.written.text, Some(&workspace.root))
            .map_err(|error| Error::new(format!("cannot write {}: {error}", workspace.shown(&path).display())))?;
        Ok(Some(path))
    }
}

/// The customary name of a file in another format: `orders.odcs.yaml` is ODCS.
fn named(file: &Path, to: To) -> PathBuf {
    let ending = file.extension().map_or_else(|| "yaml".to_owned(), |ending| ending.to_string_lossy().into_owned());
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = [".odcs", ".datacontract"].iter().find_map(|mark| stem.strip_suffix(mark)).unwrap_or(&stem);
    // What is written anew is YAML.
    let ending = if ending == "json" { "yaml" } else { &ending };
    file.with_file_name(match to {
        To::Odcs => format!("{stem}.odcs.{ending}"),
        To::Native => format!("{stem}.{ending}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_customary_names() {
        for (from, odcs, native) in [
            ("a/orders.yaml", "a/orders.odcs.yaml", "a/orders.yaml"),
            ("orders.odcs.yml", "orders.odcs.yml", "orders.yml"),
            ("orders.datacontract.yaml", "orders.odcs.yaml", "orders.yaml"),
            ("orders.v2.json", "orders.v2.odcs.yaml", "orders.v2.yaml"),
        ] {
            assert_eq!(named(Path::new(from), To::Odcs), Path::new(odcs));
            assert_eq!(named(Path::new(from), To::Native), Path::new(native));
        }
    }
}
