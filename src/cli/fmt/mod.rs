//! `pact fmt`: contracts in their canonical layout.

mod outcome;

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Exit;
use super::error::Error;
use super::lint::{target_files, without_excluded};
use super::output::Output;
use super::workspace::Workspace;
use crate::io::fs;
use outcome::{Outcome, Outcomes, of_text};

/// Put contracts into their canonical layout: the order of keys, indentation and blanks
///
/// Comments stay where they belong, lists keep their order, and values their spelling. There is nothing to choose: contracts
/// look the same everywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact fmt                          all contracts of the repository, and pact.yaml
  pact fmt contracts/orders.yaml    one file
  pact fmt --check                  change nothing; exit code 1 if something would change
  pact fmt --diff | less -R         what would change
  cat orders.yaml | pact fmt - --stdin-filename contracts/orders.yaml

Each file is read again before it is written: what would mean something else, or lose a comment, is left alone and named, \
with exit code 2.")]
pub(super) struct Args {
    /// Files and folders; all contracts of the repository and pact.yaml if none is given, `-` for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that would change, with exit code 1 if there are any
    #[arg(long)]
    check: bool,
    /// Write nothing; print what would change as a unified diff, with exit code 1 if anything would
    ///
    /// Secrets are hidden in it, and control characters and marks that turn the direction of text are shown as `�`: only what
    /// has neither can be applied.
    #[arg(long)]
    diff: bool,
    /// Leave out what `exclude` in pact.yaml does, also where a path names it
    #[arg(long)]
    force_exclude: bool,
    /// The name to use for standard input
    #[arg(long, value_name = "PATH", default_value = "stdin.yaml")]
    stdin_filename: PathBuf,
}

impl Args {
    fn writes(&self) -> bool {
        !self.check && !self.diff
    }
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
    let (stdin, given): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(is_stdin);
    let files = if args.paths.is_empty() { all_files(&workspace, output)? } else { target_files(&given, &workspace)? };
    let files = if args.force_exclude { without_excluded(files, &workspace)? } else { files };
    let mut outcomes: Vec<Outcome> = files.par_iter().map(|path| of_file(path, args, &workspace)).collect();
    if !stdin.is_empty() {
        let text = fs::read_bounded(io::stdin().lock(), 0);
        let is_config = args.stdin_filename.file_name().is_some_and(|name| name == crate::config::FILE_NAME);
        let outcome = of_text(args.stdin_filename.clone(), text, is_config);
        if args.writes()
            && let Some(text) = outcome.text()
        {
            Output::verbatim(text)?;
        }
        outcomes.push(outcome);
    }
    let outcomes = Outcomes(outcomes);
    if args.diff {
        output.print(&outcomes.diffs(output))?;
    }
    if args.check || args.diff {
        // A diff is for programs too: what is told beside it goes elsewhere.
        let told = outcomes.would(output, args.check);
        if args.diff { output.note(told.trim_end()) } else { output.print(&told)? }
    } else if stdin.is_empty() && !output.quiet {
        output.print(&outcomes.done())?;
    }
    outcomes.tell_trouble(output);
    Ok(if outcomes.has_trouble() {
        Exit::Failed
    } else if !args.writes() && outcomes.changed() > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Every file of the repository that has a canonical layout.
fn all_files(workspace: &Workspace, output: Output) -> Result<Vec<PathBuf>, Error> {
    let mut files = workspace.contract_files(output)?;
    if workspace.configured && !workspace.is_bare {
        files.push(workspace.root.join(crate::config::FILE_NAME));
    }
    if files.is_empty() {
        let hint = "write a contract, or correct `contracts` in pact.yaml";
        return Err(Error::new("there are no contracts to look at").hint(hint));
    }
    Ok(files)
}

fn of_file(path: &Path, args: &Args, workspace: &Workspace) -> Outcome {
    let root = path.starts_with(&workspace.root).then_some(workspace.root.as_path());
    let is_config = *path == workspace.root.join(crate::config::FILE_NAME);
    let outcome = of_text(workspace.shown(path), fs::read_text(path, root), is_config);
    if args.writes() { outcome.write(path, &workspace.root) } else { outcome }
}
