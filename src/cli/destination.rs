//! Where a result goes: to standard output, or into a file.

use std::path::PathBuf;

use super::error::Error;
use super::output::Output;
use super::workspace::Workspace;
use crate::io::fs;
use crate::io::write::{self, WriteError};

/// The option that says where a result goes.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Destination {
    /// Write to a file, whole or not at all, or to a device or a pipe; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Destination {
    /// The file that was named, if one was.
    fn file(&self) -> Option<&PathBuf> {
        self.output.as_ref().filter(|path| path.as_os_str() != "-" && path.as_os_str() != "/dev/stdout")
    }

    /// How results are written there: a file has neither colours nor the width of a terminal.
    pub(super) fn styled(&self, output: Output) -> Output {
        if self.file().is_some() { output.for_a_file() } else { output }
    }

    /// Refuses to write a result over one of the files that it is about.
    ///
    /// # Errors
    ///
    /// The file that was named is one of them.
    pub(super) fn keep_off(&self, files: &[PathBuf], workspace: &Workspace) -> Result<(), Error> {
        let Some(file) = self.file() else { return Ok(()) };
        let full = fs::normalized(&workspace.directory.join(file));
        let real = full.canonicalize().unwrap_or(full);
        if files.contains(&real) {
            let message = format!("{} is one of the files that are looked at", file.display());
            return Err(Error::new(message).hint("give --output another file: the result would replace the contract"));
        }
        Ok(())
    }

    /// Writes a result to where it was asked for; to standard error where standard output is for something else.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub(super) fn write_beside(&self, text: &str, workspace: &Workspace, output: Output) -> Result<(), Error> {
        if self.file().is_some() {
            return self.write(text, workspace, output);
        }
        output.reason(text.trim_end_matches('\n'));
        Ok(())
    }

    /// Writes a result to where it was asked for.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub(super) fn write(&self, text: &str, workspace: &Workspace, output: Output) -> Result<(), Error> {
        let Some(file) = self.file() else { return output.print(text) };
        let file = workspace.directory.join(file);
        let plain = anstream::adapter::strip_str(text).to_string();
        write::result(&file, &plain, Some(&workspace.root)).map_err(|error| {
            let hint = match error {
                WriteError::Io(_) => "give a file in a folder that is there and that you may write to",
                WriteError::NotAFile(_) => "without --output the result goes to standard output",
                WriteError::Outside(_) => "remove the symbolic link, or name the place itself",
            };
            Error::new(format!("cannot write {}: {error}", file.display())).hint(hint)
        })?;
        output.detail(&format!("wrote {}", file.display()));
        Ok(())
    }
}
