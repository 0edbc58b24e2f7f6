//! Where the new texts go.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::input::Input;
use super::one::{Converted, Done, Refusal};
use super::{Args, To};
use crate::cli::error::Error;
use crate::cli::output::{Format, Output};
use crate::cli::workspace::Workspace;
use crate::io::write;

/// Where the new texts go.
pub(super) enum Target {
    /// The only one to standard output.
    Print,
    /// The only one into a file.
    File(PathBuf),
    /// All into a folder, as they lie below the folders that were named.
    Folder(PathBuf, To),
    /// Each in its place or beside itself.
    Beside(To),
}

impl Target {
    /// Decides where the texts go.
    ///
    /// # Errors
    ///
    /// There are several, and no place for them.
    pub(super) fn of(args: &Args, workspace: &Workspace, inputs: &[Input]) -> Result<Self, Error> {
        let many = inputs.len() > 1 || inputs.iter().any(|input| !input.is_named);
        if args.in_place {
            return Ok(Self::Beside(args.to));
        }
        let given = args.output.as_ref().filter(|path| path.as_os_str() != "-");
        match given.map(|path| workspace.directory.join(path)) {
            Some(path) if many && path.exists() && !path.is_dir() => {
                Err(Error::new(format!("{} is no folder, and there are several files to write", path.display()))
                    .hint("name a folder, which need not be there, or give --in-place"))
            }
            Some(path) if many || path.is_dir() || path.to_string_lossy().ends_with('/') => {
                Ok(Self::Folder(path, args.to))
            }
            Some(path) => Ok(Self::File(path)),
            None if many => {
                Err(Error::new("several files can't be printed as one")
                    .hint("give --in-place, or a folder to --output"))
            }
            // The text and the report can't both be standard output.
            None if matches!(args.format, Format::Json) => Err(Error::new(
                "with --format json the report goes to standard output, and the text needs another place",
            )
            .hint("give a file to --output, or --in-place")),
            None => Ok(Self::Print),
        }
    }

    /// The file that a text goes to; `None` where it is printed, or where the file is as it ought to be.
    fn path(&self, done: &Done<'_>, converted: &Converted) -> Option<PathBuf> {
        let keeps_format = converted.from.format() == converted.to.format();
        match self {
            Self::Print => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder, _) if keeps_format => Some(folder.join(&done.input.below)),
            Self::Folder(folder, to) => Some(folder.join(named(&done.input.below, *to))),
            Self::Beside(_) if converted.is_same => None,
            Self::Beside(_) if keeps_format => done.input.file.clone(),
            Self::Beside(to) => done.input.file.as_deref().map(|file| named(file, *to)),
        }
    }

    /// Refuses what would overwrite a file that is there, or another new one, before anything is written. The rest is
    /// converted all the same.
    pub(super) fn demand_free(&self, done: &mut [Done<'_>], force: bool, workspace: &Workspace) {
        let mut wanted: HashMap<PathBuf, usize> = HashMap::new();
        let paths: Vec<Option<PathBuf>> =
            done.iter().map(|one| one.result.as_ref().ok().and_then(|converted| self.path(one, converted))).collect();
        for path in paths.iter().flatten() {
            *wanted.entry(path.clone()).or_default() += 1;
        }
        for (one, path) in done.iter_mut().zip(&paths) {
            let (Ok(converted), Some(path)) = (&one.result, path) else { continue };
            let shown = workspace.shown(path).display().to_string();
            let is_itself = one.input.file.as_ref() == Some(path);
            let refusal = if wanted.get(path).is_some_and(|count| *count > 1) {
                Refusal {
                    reason: format!("two contracts would be written to {shown}"),
                    hint: "convert them one by one, each with a name of its own",
                    problems: Vec::new(),
                }
            } else if force {
                continue;
            } else if is_itself && converted.from.format() != converted.to.format() {
                Refusal {
                    reason: format!("{shown} would be overwritten by what it is converted to"),
                    hint: "give another place to --output, or --force if git keeps the old file",
                    problems: Vec::new(),
                }
            } else if !is_itself && path.metadata().map_or_else(|_| path.is_symlink(), |there| there.is_file()) {
                let reason = format!("{shown} is there already");
                Refusal { reason, hint: "--force overwrites it", problems: Vec::new() }
            } else {
                continue;
            };
            one.result = Err(refusal);
        }
    }

    /// Writes a text; where it went, if that is a file.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub(super) fn write(
        &self,
        done: &Done<'_>,
        converted: &Converted,
        workspace: &Workspace,
    ) -> Result<Option<PathBuf>, Error> {
        let Some(path) = self.path(done, converted) else {
            if matches!(self, Self::Print) {
                Output::verbatim(&converted.written.text)?;
            }
            return Ok(None);
        };
        let shown = workspace.shown(&path).display().to_string();
        if let (Self::Folder(..), Some(parent)) = (self, path.parent())
            && !parent.exists()
        {
            std::fs::create_dir_all(parent)
                .map_err(|error| Error::new(format!("cannot make the folder {}: {error}", parent.display())))?;
        }
        write::whole(&path, &converted.written.text, Some(&workspace.root)).map_err(|error| {
            Error::new(format!("cannot write {shown}: {error}"))
                .hint("the file and its folder have to be there, and yours to write to")
        })?;
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
