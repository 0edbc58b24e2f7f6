//! `pact diff-driver`: git's external diff driver. git calls it for each changed file, and shows what it prints.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::compare::{self, Compared};
use super::input::Input;
use super::located;
use super::others::{Others, Place};
use crate::cli::Exit;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_with_tree};
use crate::format::{Content, Document};
use crate::io::{fs, git};
use crate::model::SourceId;
use crate::report::changes::{self, State};
use crate::report::sanitize;

/// Show changes of contracts by meaning in `git diff`, `git show` and `git log -p`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  echo 'contracts/**/*.yaml diff=pact' >> .gitattributes
  git config diff.pact.command 'pact diff-driver'
  git diff                                       also `git show` and `git log -p`, with --ext-diff
  GIT_EXTERNAL_DIFF='pact diff-driver' git diff  once, without any setting

git calls it with seven arguments for each file. What is no contract, or can't be read as one, is shown line by line as \
git would. It ends in 0 whatever it finds, since git stops at anything else; `pact diff` is the judge.

With --exit-code it ends in 1 where the meaning changed. git (2.46 or newer) understands that where it is told so:
  git config diff.pact.command 'pact diff-driver --exit-code'
  git config diff.pact.trustExitCode true
  git diff --quiet || echo 'a contract means something else'")]
pub(in crate::cli) struct Args {
    /// End in 1 where a contract means something else, or another file differs: for `trustExitCode`
    #[arg(long)]
    exit_code: bool,
    /// What git gives: path, old file, id and mode, new file, id and mode; for a rename also the new path
    #[arg(value_name = "ARGUMENT", required = true, num_args = 1.., trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// A file of one side as git hands it over.
struct Given<'a> {
    /// `None` where it is not there.
    file: Option<&'a Path>,
    is_plain: bool,
}

pub(in crate::cli) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let paths: Vec<&Path> = args.arguments.iter().map(Path::new).collect();
    let (path, old, new, renamed) = match paths.as_slice() {
        [path] => {
            output.print(&format!("* Unmerged path {}\n", sanitize::line(&path.display().to_string())))?;
            return Ok(Exit::Clean);
        }
        [path, old, _, old_mode, new, _, new_mode, rest @ ..] if rest.len() != 1 => {
            (*path, given(old, old_mode), given(new, new_mode), rest.first().copied())
        }
        _ => {
            return Err(Error::new(format!("git calls a diff driver with 1, 7 or 9 arguments, not {}", paths.len()))
                .hint("git runs it: `git config diff.pact.command 'pact diff-driver'`, see `pact help diff-driver`"));
        }
    };
    let shown = renamed.unwrap_or(path);
    let title = match renamed {
        Some(new) => format!("{} -> {}", path.display(), new.display()),
        None => path.display().to_string(),
    };
    let mut text = heading(&sanitize::line(&title), output);
    let compared = if old.is_plain && new.is_plain && (fs::is_yaml(shown) || fs::is_json(shown)) {
        by_meaning(path, shown, &old, &new, directory, output)?
    } else {
        None
    };
    let is_different = if let Some(compared) = compared {
        let [base, head] = ["before", "after"].map(|name| State { name: name.to_owned(), commit: None });
        text.push_str(&changes::human(&located(&compared, base, head), output.style(), output.verbose > 0));
        if compared.diffs.is_empty() {
            text.push_str("  the same meaning\n\n");
        }
        !compared.diffs.is_empty()
    } else {
        text.push_str(&git::lines_between(directory, old.file, new.file, output.has_color())?);
        true
    };
    output.print(&text)?;
    Ok(if args.exit_code && is_different { Exit::Findings } else { Exit::Clean })
}

fn given<'a>(file: &'a Path, mode: &Path) -> Given<'a> {
    let mode = mode.as_os_str().to_string_lossy();
    // A link and a submodule are no files, whatever git writes into the one that it hands over.
    let is_plain = mode.as_ref() == "." || mode.starts_with("100");
    Given { file: (mode.as_ref() != "." && file != Path::new("/dev/null")).then_some(file), is_plain }
}

fn heading(title: &str, output: Output) -> String {
    let bold = if output.has_color() { anstyle::Style::new().bold() } else { anstyle::Style::new() };
    format!("{bold}diff --pact {title}{bold:#}\n")
}

/// Compares both sides as contracts; `None` where one of them is none, or can't be read.
fn by_meaning(
    path: &Path,
    shown: &Path,
    old: &Given<'_>,
    new: &Given<'_>,
    directory: &Path,
    output: Output,
) -> Result<Option<Compared>, Error> {
    // The configuration is that of the contract; a folder that is gone has it further up.
    let folder = directory.join(shown);
    let folder = folder.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(directory);
    // A configuration that can't be read is `pact diff`'s to tell: here git would stop.
    let Ok(workspace) = Workspace::open(folder, output.quietly()) else { return Ok(None) };
    let mut documents = Vec::new();
    let mut add = |given: &Given<'_>, path: &Path| {
        let file = given.file?;
        let id = SourceId(u32::try_from(documents.len()).unwrap_or(u32::MAX));
        documents.push(read_with_tree(id, path.to_path_buf(), fs::read_text(&directory.join(file), None)));
        Some(id)
    };
    let sides = vec![(add(old, path), add(new, shown))];
    let is_comparable = |document: &Document| {
        matches!(document.content, Some(Content::Contract(_) | Content::Subscription(_)))
            && document.problems.is_empty()
    };
    if !documents.iter().all(is_comparable) {
        return Ok(None);
    }
    let paths: Vec<PathBuf> = documents.iter().map(|document| document.file.path().to_path_buf()).collect();
    // The consumers are those that the contract itself names: git calls once for each file, and each time all others would
    // have to be read.
    let others = Others { workspace: &workspace, output, place: Place::Files(Vec::new()) };
    let input = Input { documents: Documents::new(documents), paths, sides, one_tree: false, is_current: false };
    compare::run(input, "before", &workspace, &others).map(Some)
}
