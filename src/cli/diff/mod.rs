//! `pact diff`: what changed between two states of the repository, and whether the versions say so.

mod bump;
mod compare;
pub(super) mod driver;
mod endpoints;
mod files;
mod judge;
mod others;
mod sides;
mod submodules;

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use super::Exit;
use super::error::Error;
use super::history::History;
use super::output::Output;
use super::workspace::{Documents, Workspace};
use crate::finding::Severity;
use crate::finding::change::{Change, ContractDiff, Level, Side};
use crate::format::Places as Finder;
use crate::io::git::State as GitState;
use crate::model::{Path as Element, SourceId};
use crate::report::changes::{self, ChangeReport, Placed, Places, State};
use crate::report::{Spot, Summary};
use compare::Compared;
use endpoints::Endpoints;
use files::Pair;
use others::{Others, Place};

pub(super) use judge::hide_secrets;

/// Compare contracts by meaning, and judge whether their versions say what changed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact diff                    this branch and the work tree, since it left the default branch
  pact diff v1.2.0             the work tree, since it left v1.2.0
  pact diff main feature       the branch `feature`, since it left `main`
  pact diff v1.0.0..v2.0.0     two revisions exactly as they are (`...` finds where they parted)
  pact diff old.yaml new.yaml  two files (or two folders) without git
  pact diff v1.0.0:contracts/orders.yaml                 a file as it was, and as it is on disk
  pact diff v1.0.0:contracts v2.0.0:contracts            two files (or two folders) in git; `:PATH` is the index
  curl -s $URL | pact diff HEAD:contracts/orders.yaml -  standard input as one side
  pact diff --staged           what `git add` has collected, as a commit hook needs it
  pact diff --bump             write the right versions into the files
  pact diff --format json | jq '.contracts[].changes[].code'

On the default branch itself `pact diff` compares the work tree with HEAD, and before the first commit
with nothing. A base that can't be read is told and fails nothing, since the change may mend it.

Exit code 1: a version is too low, the same as before, or lower; or a contract that is in force is gone.
Contracts that were `draft` or `proposed` are reported and fail nothing. `pact explain CODE` tells more.")]
pub(super) struct Args {
    /// What to compare with: a revision, a range BASE..HEAD or BASE...HEAD, or a path: on disk, REV:PATH, :PATH or `-`
    base: Option<String>,
    /// What to compare; the work tree if not given. Two paths that are there are compared without git
    head: Option<String>,
    /// Compare with BASE itself, not with where HEAD left it
    #[arg(long)]
    exact: bool,
    /// Compare what is staged, not the work tree
    #[arg(long, conflicts_with = "head")]
    staged: bool,
    /// Write the versions that the changes ask for into the files, and nothing else
    #[arg(long, conflicts_with_all = ["head", "staged"])]
    bump: bool,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How changes are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Format {
    /// By contract, worst first
    #[default]
    Human,
    /// JSON, as documented in docs/output.md
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// Markdown tables
    Markdown,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    let workspace = if matches!(args.format, Format::Github) { workspace.shown_from_repository() } else { workspace };
    if Pair::is_meant(args, directory) {
        return paths(args, &workspace, directory, output);
    }
    let files = |error| files::explained(error, args, directory);
    let history = History::open(&workspace).map_err(files)?.tell(output);
    let endpoints = Endpoints::of(args, &history.git, &workspace.config).map_err(files)?;
    if let Some(note) = &endpoints.note {
        output.detail(note);
    }
    let mut compared = in_git(&history, &endpoints, &workspace, output)?;
    if args.bump {
        if !endpoints.is_work_tree() {
            return Err(Error::new("--bump writes into the work tree, and two revisions are compared")
                .hint("give one revision, or none: pact diff --bump"));
        }
        if bump::run(&compared, &history, &workspace, output)? > 0 {
            compared = in_git(&history, &endpoints, &workspace, output)?;
        }
    }
    finish(args, &compared, endpoints.base_state(), endpoints.head_state(), output)
}

/// Compares two files or folders, wherever they are.
fn paths(args: &Args, workspace: &Workspace, directory: &Path, output: Output) -> Result<Exit, Error> {
    let in_git = [&args.base, &args.head].into_iter().flatten().any(|name| sides::is_in_git(name, directory));
    let history = in_git.then(|| History::open(workspace)).transpose()?.map(|history| history.tell(output));
    let pair = Pair::of(args, workspace, history.as_ref(), matches!(args.format, Format::Github))?;
    let others = Others { workspace, output, place: pair.others()? };
    let [base, head] = pair.states();
    let compared = compare::run(pair.read()?, &base.name, workspace, &others, output)?;
    finish(args, &compared, base, head, output)
}

fn in_git(
    history: &History<'_>,
    endpoints: &Endpoints,
    workspace: &Workspace,
    output: Output,
) -> Result<Compared, Error> {
    let place = match endpoints.head() {
        GitState::Commit(commit) => Place::Commit(history, commit),
        GitState::Index | GitState::WorkTree => Place::WorkTree,
    };
    let others = Others { workspace, output, place };
    let input = compare::read(history, endpoints, output)?;
    compare::run(input, &endpoints.base_state().name, workspace, &others, output)
}

fn finish(args: &Args, compared: &Compared, base: State, head: State, output: Output) -> Result<Exit, Error> {
    let report = located(compared, base, head);
    output.print(&render(args.format, &report, output))?;
    Ok(if compared.problems.iter().any(|problem| problem.severity == Severity::Error) {
        Exit::Failed
    } else if compared.diffs.iter().any(ContractDiff::fails) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// What `pact diff [BASE]` finds in the work tree, each change with its level for those whom its contract protects.
///
/// # Errors
///
/// The two states can't be compared, or some document of the work tree is not valid.
pub(super) fn changes(
    base: Option<String>,
    directory: &Path,
    output: Output,
) -> Result<(Workspace, Vec<(Change, Level)>), Error> {
    let workspace = Workspace::open(directory, output)?;
    if workspace.is_bare {
        return Err(Error::new(
            "a bare repository has no work tree, and what is accepted is written into its pact.yaml",
        )
        .hint("accept in a clone, and push"));
    }
    let args = Args { base, head: None, exact: false, staged: false, bump: false, format: Format::Human };
    let history = History::open(&workspace)?.tell(output);
    let endpoints = Endpoints::of(&args, &history.git, &workspace.config)?;
    let compared = in_git(&history, &endpoints, &workspace, output)?;
    let leveled = |diff: &ContractDiff| -> Vec<(Change, Level)> {
        diff.changes.iter().map(|change| (change.clone(), diff.level(change))).collect()
    };
    let changes = compared.diffs.iter().flat_map(leveled).collect();
    drop(history);
    Ok((workspace, changes))
}

fn render(format: Format, report: &ChangeReport<'_>, output: Output) -> String {
    match format {
        Format::Human => {
            let mut text = changes::human(report, output.style(), output.verbose > 0);
            if !output.quiet {
                text.push_str(&changes::summary(report));
            }
            text
        }
        Format::Json => format!("{:#}\n", changes::json(report)),
        Format::Github => changes::github(report),
        Format::Markdown => changes::markdown(report),
    }
}

fn located(compared: &Compared, base: State, head: State) -> ChangeReport<'_> {
    let changed = compared.diffs.iter().flat_map(|diff| &diff.changes);
    let mut sources: Vec<SourceId> =
        changed.flat_map(|change| [change.base.source, change.head.source]).flatten().collect();
    sources.sort_unstable();
    sources.dedup();
    let finders =
        sources.into_par_iter().filter_map(|source| Some((source, compared.documents.get(source)?.places()))).collect();
    let mut locator = Locator { documents: &compared.documents, finders };
    let mut contracts = Vec::new();
    for diff in &compared.diffs {
        let source = diff.head.or(diff.base);
        let version = source.and_then(|source| locator.spot(source, &Element::of("version")));
        let places = diff.changes.iter().map(|change| locator.places(change)).collect();
        contracts.push(Placed { diff, version, places });
    }
    ChangeReport {
        base,
        head,
        contracts,
        problems: compared.documents.locate(&compared.problems, Summary::default()),
        ignored: compared.ignored,
    }
}

/// Finds places, reading each document once.
struct Locator<'a> {
    documents: &'a Documents,
    finders: HashMap<SourceId, Finder>,
}

impl<'a> Locator<'a> {
    fn spot(&mut self, source: SourceId, path: &Element) -> Option<Spot<'a>> {
        let document = self.documents.get(source)?;
        let span = self.finders.entry(source).or_insert_with(|| document.places()).find(path);
        Some(Spot { file: &document.file, span, note: "" })
    }

    fn places(&mut self, change: &Change) -> Places<'a> {
        let mut side = |side: &Side| side.source.and_then(|source| self.spot(source, &side.place));
        Places { base: side(&change.base), head: side(&change.head) }
    }
}
