//! `pact log`: the history of what a contract means.

use std::path::Path;

use super::Exit;
use super::error::Error;
use super::output::Output;
use super::past::{Began, Merges, Past, Step, is_about};
use super::workspace::Workspace;
use crate::finding::change::Change;
use crate::model::Contract;
use crate::report::changes::{Beginning, Commit, Entry, past, past_json, past_json_lines};
use crate::source::words::quoted;

/// Show the history of a contract's meaning: which commit changed what, and at which level
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact log orders
  pact log orders.amount             one field, also under the names that it had before
  pact log orders -n 3               the newest three steps
  pact log orders --commits          also the commits that merges brought, one by one
  pact log orders --at v1.2.0
  pact log 53581432-6c55-4ba2-a65f-72344a91553a    by the `id` of the contract
  pact log orders --format json | jq '.entries[].changes[].code'

Commits that changed comments, layout or the order of keys only are not listed. History is that of the branch: a \
merge counts as one step, as the pull request was judged. A file that moved is followed by the contract's name.")]
pub(super) struct Args {
    /// A contract (its name or its `id`), `contract.field` or `contract.dataset.field`
    #[arg(value_name = "ELEMENT")]
    element: String,
    /// Begin at a commit, branch or tag, not at the work tree
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Show the newest steps only, so many
    #[arg(long, short = 'n', value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    max_count: Option<u32>,
    /// Look into merges: list the commits that they brought one by one
    #[arg(long)]
    commits: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How history is printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A paragraph for each step
    #[default]
    Human,
    /// JSON, as documented in docs/output.md
    Json,
    /// JSON, one line for each step
    Jsonl,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    let merges = if args.commits { Merges::Followed } else { Merges::OneStep };
    let found = Past::of(&args.element, args.at.as_deref(), merges, &workspace, output)?;
    let mut entries = entries(&found, &found.address);
    if entries.is_empty() {
        let name = &found.contract.name;
        return Err(Error::new(format!("nothing in the history of {name} is about {}", quoted(&args.element)))
            .hint(format!("`pact dict --contract {name}` lists its fields")));
    }
    if let Some(most) = args.max_count {
        entries.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    output.print(&match args.format {
        Format::Human => past(&entries, output.style()),
        Format::Jsonl => past_json_lines(&found.address, &entries),
        Format::Json => format!("{:#}\n", past_json(&found.address, &entries)),
    })?;
    Ok(Exit::Clean)
}

/// A commit as reports show it.
pub(super) fn commit(step: &Step) -> Option<Commit> {
    step.made.as_ref().map(|made| Commit {
        id: made.commit.id.clone(),
        short: made.commit.short.clone(),
        author: made.author.clone(),
        date: made.date.to_string(),
        subject: made.subject.clone(),
    })
}

fn entries<'a>(found: &'a Past, address: &str) -> Vec<Entry<'a>> {
    let mut element = element(&found.contract, address);
    let mut entries = Vec::new();
    for step in &found.steps {
        let entry = |changes| Entry {
            commit: commit(step),
            diff: &step.diff,
            changes,
            accepted: &step.accepted,
            beginning: step.began.map(|began| match began {
                Began::Here => Beginning::Known,
                Began::Unknown => Beginning::Unknown,
            }),
        };
        let Some(wanted) = element.clone() else {
            entries.push(entry(step.diff.changes.iter().collect()));
            continue;
        };
        // Where a field, or what it lies in, had another name before, its older history is under that name.
        let earlier = step.earlier(&wanted);
        let about = |change: &&Change| {
            is_about(&change.head.path.to_string(), &wanted) || is_about(&change.base.path.to_string(), &earlier)
        };
        let changes: Vec<&Change> = step.diff.changes.iter().filter(about).collect();
        element = Some(earlier);
        let there = || {
            step.after.datasets.iter().any(|dataset| {
                let field = wanted.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
                dataset.name == wanted || field.is_some_and(|field| dataset.field_at(field).is_some())
            })
        };
        if !changes.is_empty() {
            entries.push(entry(changes));
        } else if (step.began.is_some() || step.is_removal) && there() {
            entries.push(entry(step.diff.changes.iter().collect()));
        }
    }
    entries
}

/// The path in changes of what an address means: `orders.amount` for a field; `None` for the whole contract.
fn element(contract: &Contract, address: &str) -> Option<String> {
    let rest = address.strip_prefix(contract.name.as_str())?.strip_prefix('.')?;
    let in_dataset = contract.datasets.iter().any(|dataset| {
        rest == dataset.name || rest.strip_prefix(dataset.name.as_str()).is_some_and(|rest| rest.starts_with('.'))
    });
    if in_dataset {
        return Some(rest.to_owned());
    }
    let dataset = contract.field_at(rest).map(|(dataset, _)| dataset).or(contract.datasets.first());
    Some(dataset.map_or_else(|| rest.to_owned(), |dataset| format!("{}.{rest}", dataset.name)))
}
