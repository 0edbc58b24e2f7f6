//! `pact explain`: the page behind a code.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::Exit;
use super::error::Error;
use super::output::Output;
use crate::check;
use crate::config::Configurable;
use crate::diff::catalog;
use crate::finding::RuleMeta;
use crate::finding::change::{ChangeMeta, Grade};
use crate::finding::policy;
use crate::format::problems::PROBLEMS;
use crate::lint;
use crate::source::words::{alternatives, nearest, quoted};

/// Tell what a finding or a change means, why it matters, and what is right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact explain duplicate-field
  pact explain field-renamed
  pact explain                     all codes, a line each
  pact explain --format json | jq -r '.rules[] | select(.severity == \"error\").code'")]
pub(super) struct Args {
    /// The code of a finding or a change; all codes are listed if none is given
    code: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How pages are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[default]
    Markdown,
    /// JSON, as documented in docs/output.md
    Json,
}

/// What stands behind a code.
#[derive(Clone, Copy)]
enum Entry {
    Rule(&'static RuleMeta),
    Change(&'static ChangeMeta),
}

impl Entry {
    fn code(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.code,
            Self::Change(meta) => meta.code,
        }
    }

    fn page(self) -> String {
        match self {
            Self::Rule(rule) => rule.page.to_owned(),
            Self::Change(meta) => page_of_change(meta),
        }
    }

    fn json(self) -> Json {
        match self {
            Self::Rule(rule) => json!({
                "code": rule.code,
                "severity": rule.severity.name(),
                "summary": rule.summary,
                "page": rule.page,
            }),
            Self::Change(meta) => json!({
                "code": meta.code,
                "levels": { "reader": meta.reader.name(), "writer": meta.writer.name() },
                "sure": meta.sure.name(),
                "gates": meta.gates,
                "summary": meta.what,
                "page": page_of_change(meta),
            }),
        }
    }
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

/// Every rule of lint and check and every problem of a file, sorted by code.
fn rules() -> Vec<&'static RuleMeta> {
    let lint = lint::RULES.iter().map(|rule| &rule.meta);
    let mut rules: Vec<&RuleMeta> = lint.chain(PROBLEMS).chain(check::RULES).chain(policy::RULES).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Everything that has a code: rules first, then kinds of change.
fn entries() -> Vec<Entry> {
    let changes = catalog::all().map(Entry::Change);
    rules().into_iter().map(Entry::Rule).chain(changes).collect()
}

/// Whether `pact.yaml` may set the level of a rule or accept its findings; if not, what to do.
pub(super) fn configurable(code: &str) -> Result<Configurable, String> {
    if PROBLEMS.iter().any(|rule| rule.code == code) {
        return Err("a file with such a mistake means nothing certain; mend the file".to_owned());
    }
    let entries = entries();
    match entries.iter().find(|entry| entry.code() == code) {
        Some(Entry::Change(meta)) if meta.reader != Grade::Verdict => Ok(Configurable::Change),
        Some(_) => Ok(Configurable::Rule),
        None => Err(suggestion(code, &entries)),
    }
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    let entries = entries();
    let text = match (&args.code, args.format) {
        (None, Format::Markdown) => table(),
        (None, Format::Json) => json_of(&entries),
        (Some(code), format) => {
            let Some(entry) = entries.iter().find(|entry| entry.code() == code) else {
                let error = Error::new(format!("no finding and no change has the code {}", quoted(code)));
                return Err(error.hint(suggestion(code, &entries)));
            };
            if format == Format::Json { json_of(&[*entry]) } else { entry.page() }
        }
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

/// The code that was meant: the nearest, else those that have the word in them.
fn suggestion(code: &str, entries: &[Entry]) -> String {
    if let Some(near) = nearest(code, entries.iter().map(|entry| entry.code())) {
        return format!("did you mean `{near}`?");
    }
    let with: Vec<&str> = entries.iter().map(|entry| entry.code()).filter(|other| other.contains(code)).collect();
    if with.is_empty() || with.len() > 6 {
        return "`pact explain` lists all codes".to_owned();
    }
    let with: Vec<String> = with.into_iter().map(|code| format!("`{code}`")).collect();
    format!("did you mean {}?", alternatives(with.iter().map(String::as_str)))
}

fn json_of(entries: &[Entry]) -> String {
    let (rules, changes): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| matches!(entry, Entry::Rule(_)));
    let list = |entries: Vec<&Entry>| -> Vec<Json> { entries.into_iter().map(|entry| entry.json()).collect() };
    format!("{:#}\n", json!({ "format": "pact.explain/1", "rules": list(rules), "changes": list(changes) }))
}

/// A line for each code: rules with their severity, kinds of change with their levels for readers and for writers.
fn table() -> String {
    let width = entries().iter().map(|entry| entry.code().len()).max().unwrap_or_default();
    let mut lines = "Rules, with their severity:\n\n".to_owned();
    for rule in rules() {
        let _ = writeln!(lines, "{:width$}  {:7}  {}", rule.code, rule.severity.name(), rule.summary);
    }
    lines.push_str("\nChanges, with their levels for readers and for writers:\n\n");
    for meta in catalog::all() {
        let levels = if meta.reader == meta.writer {
            meta.reader.name().to_owned()
        } else {
            format!("{}/{}", meta.reader.name(), meta.writer.name())
        };
        let _ = writeln!(lines, "{:width$}  {levels:11}  {}", meta.code, meta.what);
    }
    lines
}
