//! The file with the findings that a repository starts out with.

use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, show_problems};
use crate::config::FILE_NAME;
use crate::finding::policy::{Baseline, Entry};
use crate::io::{fs, write};
use crate::report::counted;
use crate::source::SourceFile;

/// The baseline of a run.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct Baselining {
    /// Hold back the findings in this file, instead of the one in pact.yaml
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the present findings to the baseline, and hold them back from now on
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["select", "extend_select", "ignore", "diff"])]
    #[expect(clippy::option_option, reason = "not asked for, asked for, asked for in a file: as clap has it")]
    write_baseline: Option<Option<PathBuf>>,
}

/// A baseline that was read.
pub(super) struct Read {
    pub(super) baseline: Baseline,
    pub(super) file: SourceFile,
}

impl Baselining {
    /// Whether a new one is to be written.
    pub(super) fn writes(&self) -> bool {
        self.write_baseline.is_some()
    }

    /// Where it is, if there is one.
    fn path(&self, workspace: &Workspace) -> Option<PathBuf> {
        let written = self.write_baseline.clone().flatten();
        written
            .or_else(|| self.baseline.clone())
            .map(|path| workspace.directory.join(path))
            .or_else(|| workspace.baseline())
    }

    /// The one that holds findings back; `None` where there is none, or where a new one is written.
    ///
    /// # Errors
    ///
    /// It is named, and is not there or can't be read.
    pub(super) fn read(&self, workspace: &Workspace, output: Output) -> Result<Option<Read>, Error> {
        match self.path(workspace).filter(|_| !self.writes()) {
            Some(path) => read(&path, workspace, output).map(Some),
            None => Ok(None),
        }
    }

    /// Writes a new one. `is_known` says of a file whether the run has looked at it, or it is gone: what the old baseline has
    /// of others stays.
    ///
    /// # Errors
    ///
    /// It can't be written, or the old one can't be read where it is needed.
    pub(super) fn write(
        &self,
        new: &Baseline,
        is_known: impl Fn(&str) -> bool,
        workspace: &Workspace,
        output: Output,
    ) -> Result<(), Error> {
        let path = self.path(workspace).unwrap_or_else(|| workspace.root.join(Workspace::BASELINE));
        let old = if path.exists() { read(&path, workspace, output)?.baseline } else { Baseline::default() };
        let kept = old.entries().iter().filter(|entry| !is_known(&entry.file));
        let all: Vec<Entry> = new.entries().iter().chain(kept).cloned().collect();
        let all = Baseline::of(all);
        write::whole(&path, &all.text(), Some(&workspace.root)).map_err(|error| {
            Error::new(format!("cannot write {}: {error}", path.display()))
                .hint("give a file in a folder that is there: `--write-baseline=FILE`")
        })?;
        output.note(&format!("wrote {} to {}", counted(all.count(), "finding"), workspace.shown(&path).display()));
        if workspace.baseline().is_none_or(|named| named != fs::normalized(&path)) {
            let name = path.strip_prefix(&workspace.root).unwrap_or(&path).display();
            output.note(&format!(
                "note: to hold them back from now on, write `lint: {{baseline: {name}}}` in {FILE_NAME}"
            ));
        }
        Ok(())
    }
}

fn read(path: &Path, workspace: &Workspace, output: Output) -> Result<Read, Error> {
    let shown = workspace.shown(path);
    let text = fs::read_text(path, workspace.fence(path)).map_err(|error| {
        let problem = crate::cli::workspace::read_problem(&error);
        Error::new(format!("cannot read the baseline {}: {}", shown.display(), problem.message))
            .hint("`pact lint --write-baseline` writes it")
    })?;
    let file = SourceFile::new(shown, text);
    match Baseline::read(file.text()) {
        Ok(baseline) => Ok(Read { baseline, file }),
        Err(problems) => {
            show_problems(&file, problems, output);
            Err(Error::new(format!("{} is not a valid baseline", file.path().display()))
                .hint("mend it, or remove it and write it anew with `pact lint --write-baseline`"))
        }
    }
}
