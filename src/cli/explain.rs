//! `pact explain`: the page of a rule.

use super::Exit;
use std::fmt::Write as _;

use super::error::Error;
use super::output::Output;
use crate::diff;
use crate::finding::RuleMeta;
use crate::finding::change::ChangeMeta;
use crate::format::problems::PROBLEMS;
use crate::lint;
use crate::source::words::nearest;

/// Tell what a finding means, why it matters, and what is right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact explain duplicate-field
  pact explain field-renamed
  pact explain                     all codes, a line each")]
pub(super) struct Args {
    /// The code of a finding or a change; all codes are listed if none is given
    code: Option<String>,
}

/// The page of a kind of change: its levels are not on it, since they come from the catalogue.
fn page_of_change(meta: &ChangeMeta) -> String {
    let mut page = format!(
        "{}\n## Levels\n\n- for readers: {}\n- for writers: {}\n- sureness: {}\n",
        meta.page,
        meta.reader.name(),
        meta.writer.name(),
        meta.sure.name()
    );
    if !meta.gates.is_empty() {
        let _ = writeln!(page, "- gates: {}", meta.gates.join(", "));
    }
    page
}

/// Every rule that pact has, sorted by code.
pub(super) fn all() -> Vec<&'static RuleMeta> {
    let mut rules: Vec<&RuleMeta> = lint::RULES.iter().map(|rule| &rule.meta).chain(PROBLEMS).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    let rules = all();
    let changes = diff::catalog::CATALOG;
    let Some(code) = &args.code else {
        output.print(&list(&rules, changes))?;
        return Ok(Exit::Clean);
    };
    if let Some(meta) = changes.iter().find(|meta| meta.code == code) {
        output.print(&page_of_change(meta))?;
        return Ok(Exit::Clean);
    }
    let Some(rule) = rules.iter().find(|rule| rule.code == code) else {
        let error = Error::new(format!("there is no rule `{code}`"));
        let codes = rules.iter().map(|rule| rule.code).chain(changes.iter().map(|meta| meta.code));
        return Err(match nearest(code, codes) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pact explain` lists all codes"),
        });
    };
    output.print(rule.page)?;
    Ok(Exit::Clean)
}

/// A line for each code: rules with their severity, kinds of change with their levels for readers and for writers.
fn list(rules: &[&RuleMeta], changes: &[&ChangeMeta]) -> String {
    let codes = rules.iter().map(|rule| rule.code).chain(changes.iter().map(|meta| meta.code));
    let width = codes.map(str::len).max().unwrap_or_default();
    let mut lines = "Rules, with their severity:\n\n".to_owned();
    for rule in rules {
        let _ = writeln!(lines, "{:width$}  {:7}  {}", rule.code, rule.severity.name(), rule.summary);
    }
    lines.push_str("\nChanges, with their levels for readers and for writers:\n\n");
    for meta in changes {
        let levels = if meta.reader == meta.writer {
            meta.reader.name().to_owned()
        } else {
            format!("{}/{}", meta.reader.name(), meta.writer.name())
        };
        let _ = writeln!(lines, "{:width$}  {levels:11}  {}", meta.code, meta.what);
    }
    lines
}
