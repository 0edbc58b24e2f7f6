//! `pact blame`: the commit and version that gave each field its present shape.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::Exit;
use super::error::Error;
use super::log::commit;
use super::output::{Format, Output};
use super::past::{Began, Merges, Past, Step, is_about};
use super::workspace::Workspace;
use crate::report::changes::{Commit, commit_json};
use crate::report::sanitize;

/// Show for each field the commit and the version that gave it its present shape
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact blame orders
  pact blame orders --at v1.2.0
  pact blame orders --format json | jq '.fields[] | select(.commit.author == \"Ada\").field'

Only meaning counts: type, nullability, keys, constraints, description and the rest of what a contract says of a field. \
Moving a field within the file, or a comment, changes nothing. Where a merge took the contract as a branch left it, the \
commit of that branch is shown. In a shallow clone `^` marks the oldest commit that is here: the shape may be older.")]
pub(super) struct Args {
    /// The contract, by its name or its `id`
    #[arg(value_name = "CONTRACT")]
    contract: String,
    /// Begin at a commit, branch or tag, not at the work tree
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// A field and where its shape comes from.
struct Line {
    field: String,
    /// What it was called before the steps that have been looked at.
    earlier: String,
    type_text: String,
    /// The step; `None` where history does not reach so far.
    step: Option<usize>,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let workspace = Workspace::open(directory, output)?;
    let past = Past::of(&args.contract, args.at.as_deref(), Merges::Followed, &workspace, output)?;
    if past.contract.name != past.address {
        return Err(Error::new(format!("pact blame takes a contract: {}", past.contract.name))
            .hint(format!("`pact log {}` shows the history of one field", args.contract)));
    }
    let lines = lines(&past);
    output.print(&match args.format {
        Format::Human => human(&lines, &past.steps),
        Format::Json => format!("{:#}\n", json_of(&past.contract.name, &lines, &past.steps)),
    })?;
    Ok(Exit::Clean)
}

fn lines(past: &Past) -> Vec<Line> {
    let mut lines = Vec::new();
    for dataset in &past.contract.datasets {
        dataset.walk(&mut |path, field| {
            if !field.name.is_empty() {
                lines.push(Line {
                    field: path.to_string(),
                    earlier: path.to_string(),
                    type_text: field.type_text(),
                    step: None,
                });
            }
        });
    }
    for (index, step) in past.steps.iter().enumerate() {
        for line in lines.iter_mut().filter(|line| line.step.is_none()) {
            if shapes(step, &line.earlier) {
                line.step = Some(index);
            } else {
                line.earlier = step.earlier(&line.earlier);
            }
        }
    }
    lines
}

/// Whether a step gave a field the shape that it had after it. Older steps know the field by this name as long as none
/// renamed it, and a rename gives it its shape.
fn shapes(step: &Step, field: &str) -> bool {
    step.began.is_some()
        || step.diff.changes.iter().any(|change| {
            let path = change.head.path.to_string();
            // What is new brings all that is in it.
            path == field || change.base.value.is_none() && is_about(field, &path) && !path.is_empty()
        })
}

fn human(lines: &[Line], steps: &[Step]) -> String {
    let rows: Vec<[String; 5]> = lines
        .iter()
        .map(|line| {
            let step = line.step.and_then(|step| steps.get(step));
            let made = step.and_then(commit);
            let (id, day, author) = made.map_or_else(
                || ("-".to_owned(), "not committed".to_owned(), String::new()),
                |made: Commit| (made.short.clone(), made.day().to_owned(), made.author.clone()),
            );
            // As `git blame` marks it: the shape may be older, and what was before is not in this clone.
            let id = if step.is_some_and(|step| step.began == Some(Began::Unknown)) { format!("^{id}") } else { id };
            let version = step.map(|step| step.after.version_text()).unwrap_or_default();
            [id, day, author, version, format!("{}  {}", line.field, line.type_text)].map(|cell| sanitize::line(&cell))
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..4).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(&widths) {
            let gap = width.saturating_sub(cell.chars().count());
            text.push_str(cell);
            text.push_str(&" ".repeat(gap + 2));
        }
        text.push_str(&row[4]);
        text.push('\n');
    }
    text
}

fn json_of(contract: &str, lines: &[Line], steps: &[Step]) -> Json {
    let fields: Vec<Json> = lines
        .iter()
        .map(|line| {
            let step = line.step.and_then(|step| steps.get(step));
            json!({
                "field": line.field,
                "type": line.type_text,
                "version": step.map(|step| step.after.version_text()),
                "commit": step.and_then(commit).map(|commit| commit_json(&commit)),
                "boundary": step.is_some_and(|step| step.began == Some(Began::Unknown)),
            })
        })
        .collect();
    json!({ "format": "pact.blame/1", "contract": contract, "fields": fields })
}
