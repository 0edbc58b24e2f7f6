//! `pact diff`: what changed between two states of the repository, and whether the versions say so.

mod bump;
mod changelog;
mod compare;
pub(super) mod driver;
mod endpoints;
mod files;
mod input;
mod judge;
mod others;
mod pinned;
mod releases;
mod sides;
mod submodules;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Exit;
use super::destination::Destination;
use super::error::Error;
use super::explain;
use super::history::History;
use super::output::Output;
use super::workspace::{Documents, Workspace};
use crate::diff::catalog;
use crate::finding::change::{Change, ContractDiff, Level, Side};
use crate::finding::{Finding, Severity};
use crate::format::Places as Finder;
use crate::io::clock;
use crate::model::{Path as Element, SourceId};
use crate::report::changes::{self, ChangeReport, Placed, Places, State};
use crate::report::{self, Spot, Summary};
use compare::Compared;
use endpoints::Endpoints;
use files::Pair;
use others::{Others, Place};

pub(super) use judge::hide_secrets;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
/// Compare contracts by meaning, and judge whether their versions say what changed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact diff                               the work tree, since it left the default branch
  pact diff v1.2.0                        the work tree, since it left v1.2.0
  pact diff main feature                  the branch `feature`, since it left `main`
  pact diff v1.0.0..v2.0.0                two revisions exactly as they are
  pact diff --staged                      what `git add` has collected, as a commit hook needs it
  pact diff old.yaml new.yaml             two files or two folders, without git
  pact diff v1.0.0:contracts/orders.yaml  a file as it was, and as it is on disk
  curl -s $URL | pact diff orders.yaml -  standard input as one side
  pact diff --fail-on major               no breaking change, whatever the version says
  pact diff --bump                        write the right versions into the files
  pact diff --bump --changelog            and what changed into CHANGELOG.md beside the contracts
  pact diff --format changelog v1.2.0     the same, printed
  pact diff --format json | jq '.contracts[].changes[].code'

On the default branch itself `pact diff` compares the work tree with HEAD, and before the first commit with nothing. A \
base that can't be read is told and fails nothing, since the change may mend it.

Exit code 1: a version is too low, the same as before, or lower; a version that is out has other content; a contract \
that is in force is gone, or leaves out a step of its life, or what it owes to its subscribers; an exception in \
pact.yaml has expired or fits nothing. Versions of contracts that were `draft` or `proposed` are reported and fail \
nothing. `--fail-on major` fails on breaking changes even where the version says so, `--exit-zero` on nothing. \
`pact explain CODE` tells more.

PACT_TODAY=YYYY-MM-DD in the environment judges notice periods and last days as of another day.")]
pub(super) struct Args {
    /// What to compare with: a revision, a range BASE..HEAD or BASE...HEAD, or a path: on disk, REV:PATH, :PATH or `-`
    base: Option<String>,
    /// What to compare; the work tree if not given. Two paths that are there are compared without git
    head: Option<String>,
    /// Compare with BASE itself, not with where HEAD left it
    #[arg(long, help_heading = "What to compare")]
    exact: bool,
    /// Compare what is staged, not the work tree
    #[arg(long, conflicts_with = "head", help_heading = "What to compare")]
    staged: bool,
    /// Write the versions that the changes ask for into the files, and nothing else
    #[arg(long, conflicts_with_all = ["head", "staged"], help_heading = "What to write")]
    bump: bool,
    /// Fail on changes of this level or a higher one too, whatever the versions say
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "What fails")]
    fail_on: Option<FailOn>,
    /// End with exit code 0 whatever is found; what can't be compared still ends with 2
    #[arg(long, conflicts_with = "fail_on", help_heading = "What fails")]
    exit_zero: bool,
    /// Write what changed under the new versions into the changelog: FILE, or CHANGELOG.md beside each contract
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with_all = ["head", "staged"],
        help_heading = "What to write"
    )]
    #[expect(clippy::option_option, reason = "not given, given alone, given with a file")]
    changelog: Option<Option<PathBuf>>,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    format: Format,
    #[command(flatten, next_help_heading = "Output")]
    destination: Destination,
}

/// The lowest level of changes that fail a run whatever the versions say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Any change of meaning
    Patch,
    /// Everything but documentation and metadata
    Minor,
    /// What somebody whom the version protects can fail on
    Major,
}

impl FailOn {
    fn level(self) -> Level {
        match self {
            Self::Patch => Level::Patch,
            Self::Minor => Level::Minor,
            Self::Major => Level::Major,
        }
    }
}

/// How changes are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Format {
    /// By contract, worst first
    #[default]
    Human,
    /// JSON, as documented in docs/output.md
    Json,
    /// JSON Lines: an object for each verdict and change, and one with the numbers
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// JUnit XML: a suite for each contract, a test for its version and for each kind of change
    Junit,
    /// Markdown for a pull request, at most 60,000 characters
    Markdown,
    /// An entry for the changelog of each contract, as Keep a Changelog has them
    Changelog,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    // What annotates a pull request needs paths from the root of the repository.
    let annotates = matches!(args.format, Format::Github | Format::Sarif);
    let workspace = if annotates { workspace.shown_from_repository() } else { workspace };
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
    if (args.bump || args.changelog.is_some()) && !endpoints.is_work_tree() {
        let option = if args.bump { "--bump" } else { "--changelog" };
        return Err(Error::new(format!("{option} writes into the work tree, and two revisions are compared"))
            .hint(format!("give one revision, or none: pact diff {option}")));
    }
    if args.bump && bump::run(&compared, &history, &workspace, output)? > 0 {
        compared = in_git(&history, &endpoints, &workspace, output)?;
    }
    if let Some(file) = &args.changelog {
        changelog::run((&compared.diffs, &compared.paths), file.as_deref(), &history, &workspace, output)?;
        if workspace.config.policy.setting(catalog::CHANGELOG_MISSING.code).is_some() {
            compared = in_git(&history, &endpoints, &workspace, output)?;
        }
    }
    finish(args, &compared, (endpoints.base_state(), endpoints.head_state()), &workspace, output)
}

/// Compares two files or folders, wherever they are.
fn paths(args: &Args, workspace: &Workspace, directory: &Path, output: Output) -> Result<Exit, Error> {
    let in_git = [&args.base, &args.head].into_iter().flatten().any(|name| sides::is_in_git(name, directory));
    let history = in_git.then(|| History::open(workspace)).transpose()?.map(|history| history.tell(output));
    let annotates = matches!(args.format, Format::Github | Format::Sarif);
    let pair = Pair::of(args, workspace, history.as_ref(), annotates)?;
    let others = Others { workspace, output, place: pair.others()? };
    let [base, head] = pair.states();
    let compared = compare::run(pair.read()?, &base.name, workspace, &others)?;
    finish(args, &compared, (base, head), workspace, output)
}

fn in_git(
    history: &History<'_>,
    endpoints: &Endpoints,
    workspace: &Workspace,
    output: Output,
) -> Result<Compared, Error> {
    let others = Others { workspace, output, place: Place::Git(history, endpoints) };
    let input = input::in_git(history, endpoints, output)?;
    compare::run(input, &endpoints.base_state().name, workspace, &others)
}

fn finish(
    args: &Args,
    compared: &Compared,
    (base, head): (State, State),
    workspace: &Workspace,
    output: Output,
) -> Result<Exit, Error> {
    let report = located(compared, base, head);
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    let complete = !compared.problems.iter().any(is_error);
    let text = render(args, &report, complete, args.destination.styled(output));
    args.destination.write(&text, workspace, output)?;
    let is_too_high =
        |diff: &ContractDiff| args.fail_on.is_some_and(|least| diff.is_gated() && diff.worst() >= least.level());
    let fails = compared.diffs.iter().any(|diff| diff.fails() || is_too_high(diff));
    Ok(if !complete {
        Exit::Failed
    } else if (fails || compared.exceptions.iter().any(is_error)) && !args.exit_zero {
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
    let args = Args {
        base,
        head: None,
        exact: false,
        staged: false,
        bump: false,
        fail_on: None,
        exit_zero: false,
        format: Format::Human,
        changelog: None,
        destination: Destination::default(),
    };
    let history = History::open(&workspace)?.tell(output);
    let endpoints = Endpoints::of(&args, &history.git, &workspace.config)?;
    let compared = in_git(&history, &endpoints, &workspace, output)?;
    let leveled = |diff: &ContractDiff| -> Vec<(Change, Level)> {
        let standing = diff.changes.iter().filter(|change| change.stands());
        standing.map(|change| (change.clone(), diff.level(change))).collect()
    };
    let changes = compared.diffs.iter().flat_map(leveled).collect();
    drop(history);
    Ok((workspace, changes))
}

fn render(args: &Args, report: &ChangeReport<'_>, complete: bool, output: Output) -> String {
    match args.format {
        Format::Human => {
            let mut text = changes::human(report, output.style(), output.verbose > 0);
            if !output.quiet {
                text.push_str(&changes::summary(report));
            }
            text
        }
        Format::Json => report::pretty(&changes::json(report)),
        Format::Jsonl => changes::jsonl(report),
        Format::Sarif => {
            changes::sarif(report, &report::Run { command: "diff", complete, explain: &explain::explained })
        }
        Format::Junit => changes::junit(report, args.fail_on.map(FailOn::level)),
        Format::Changelog => changes::changelog(report, clock::today()),
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
        exceptions: compared.documents.locate(&compared.exceptions, Summary::default()),
        accepted: compared.accepted,
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
