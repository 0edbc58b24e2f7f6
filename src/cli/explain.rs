//! `pact explain`: the page behind a code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::Exit;
use super::error::Error;
use super::output::Output;
use crate::check;
use crate::diff::catalog;
use crate::diff::lattice::{Profile, Row, row_of};
use crate::finding::change::ChangeMeta;
use crate::finding::policy::{self, Codes};
use crate::finding::{Group, RuleMeta};
use crate::format::problems::PROBLEMS;
use crate::lint;
use crate::model::Medium;
use crate::report::Explained;
use crate::source::words::quoted;

/// Tell what a finding or a change means, why it matters, and what is right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact explain duplicate-field
  pact explain field-renamed
  pact explain                     all codes by group, a line each
  pact explain governance          the rules of a group
  pact explain retention           the codes with a word that begins like this
  pact explain --all | less        every page, one after the other
  pact explain --format json | jq -r '.rules[] | select(.severity == \"error\").code'")]
pub(super) struct Args {
    /// The code of a finding or a change, a group, or how a word in codes begins; all codes are listed if none is given
    code: Option<String>,
    /// Print every page, one after the other
    #[arg(long, conflicts_with = "code")]
    all: bool,
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

    fn summary(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.summary,
            Self::Change(meta) => meta.what,
        }
    }

    fn page(self) -> String {
        match self {
            Self::Rule(rule) => page_of_rule(rule),
            Self::Change(meta) => page_of_change(meta),
        }
    }

    fn json(self) -> Json {
        match self {
            Self::Rule(rule) => json!({
                "code": rule.code,
                "group": rule.group.name(),
                "severity": rule.severity.name(),
                "by_default": rule.by_default,
                "fix": rule.fix().name(),
                "summary": rule.summary,
                "page": rule.page,
            }),
            Self::Change(meta) => {
                let mut change = json!({
                    "code": meta.code,
                    "levels": { "reader": meta.reader.name(), "writer": meta.writer.name() },
                    "sure": meta.sure.name(),
                    "gates": meta.gates,
                    "summary": meta.what,
                    "page": page_of_change(meta),
                });
                let mut by_name = Map::new();
                for (media, [reader, writer, sure]) in by_medium(meta) {
                    let levels = json!({ "reader": reader, "writer": writer, "sure": sure });
                    by_name.extend(media.into_iter().map(|medium| (medium.to_owned(), levels.clone())));
                }
                if !by_name.is_empty() {
                    change["by_medium"] = Json::Object(by_name);
                }
                change
            }
        }
    }
}

/// The levels for readers and writers and the sureness by medium, media that are alike together; nothing where all are.
fn by_medium(meta: &ChangeMeta) -> Vec<(Vec<&'static str>, [&'static str; 3])> {
    let mut found: Vec<(Vec<&str>, [&str; 3])> = Vec::new();
    for (name, _) in Medium::ALL.iter().filter(|_| row_of(meta).is_some_and(Row::varies)) {
        let levels = Medium::from_name(name).and_then(|medium| Profile::of_medium(medium).levels(meta));
        let Some((levels, sure)) = levels else { continue };
        let levels = [levels.reader.name(), levels.writer.name(), sure.name()];
        match found.iter_mut().find(|(_, other)| *other == levels) {
            Some((media, _)) => media.push(name),
            None => found.push((vec![name], levels)),
        }
    }
    found
}

/// What a gate asks for.
fn gate_in_words(gate: &str) -> String {
    match gate {
        "subscribers" => "gate `subscribers`: those who use it are to be asked".to_owned(),
        "subscriber" => "gate `subscriber`: that consumer is to be asked".to_owned(),
        "sunset" => "gate `sunset`: a date is to be given".to_owned(),
        "gate" => "fails the run by itself, if somebody relies on the contract".to_owned(),
        "allowed" => "announced before: nothing more is to be agreed on if nobody uses it any longer".to_owned(),
        "transitive" => "what refers to it is to be looked at as well".to_owned(),
        "info" => "a note: it fails nothing by itself".to_owned(),
        "lint" => "a matter of style: it fails nothing by itself".to_owned(),
        "policy" => "fails the run where `pact.yaml` asks for it".to_owned(),
        role => format!("gate `{role}`: whoever answers for it is to be asked"),
    }
}

/// The page of a rule, with what its metadata has: the level and the group by default, and what pact can do about it.
fn page_of_rule(rule: &RuleMeta) -> String {
    let (severity, group) = (rule.severity.name(), rule.group.name());
    let selected = if rule.by_default { "" } else { "; silent until it is selected" };
    let mut page = format!("{}\n## Facts\n\n- {severity}, of the group `{group}`{selected}\n", rule.page);
    // What is wrong with live data no edit of a text mends.
    if rule.group != Group::Checks {
        let _ = writeln!(page, "- {}", rule.fix().in_words());
    }
    page
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
        for gate in meta.gates {
            let _ = writeln!(page, "- {}", gate_in_words(gate));
        }
    }
    let media = by_medium(meta);
    if !media.is_empty() {
        page.push_str("\n## Levels by medium\n\n");
        page.push_str("Above are those where nothing tells the medium of the dataset.\n\n");
        page.push_str("| medium | for readers | for writers | sureness |\n|---|---|---|---|\n");
    }
    for (media, [reader, writer, sure]) in media {
        let _ = writeln!(page, "| {} | {reader} | {writer} | {sure} |", media.join(", "));
    }
    page
}

/// What is known of a code, for reports that carry it along.
pub(super) fn explained(code: &str) -> Option<Explained> {
    let entry = entries().into_iter().find(|entry| entry.code() == code)?;
    let page = match entry {
        Entry::Rule(rule) => rule.page.to_owned(),
        Entry::Change(_) => entry.page(),
    };
    Some(Explained { summary: entry.summary(), page })
}

/// The group of a rule.
pub(super) fn group(code: &str) -> Option<&'static str> {
    rules().iter().find(|rule| rule.code == code).map(|rule| rule.group.name())
}

/// Everything that has a code: what the configuration and comments may name.
pub(super) fn codes() -> Codes {
    Codes { rules: rules(), changes: catalog::all().collect() }
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

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    let entries = entries();
    let (found, is_exact) = match &args.code {
        None => (entries, args.all),
        Some(word) => named(word, &entries)?,
    };
    let text = match args.format {
        Format::Json => json_of(&found),
        Format::Markdown if is_exact => found.iter().map(|entry| entry.page()).collect::<Vec<_>>().join("\n"),
        Format::Markdown => table(&found),
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

/// What a word names, and whether it is a code.
fn named(word: &str, entries: &[Entry]) -> Result<(Vec<Entry>, bool), Error> {
    let those = |wanted: &dyn Fn(Entry) -> bool| -> Vec<Entry> {
        entries.iter().copied().filter(|entry| wanted(*entry)).collect()
    };
    // A few codes are of a rule and of a change, which say the same of one file and of two.
    let exact = those(&|entry| entry.code() == word);
    if !exact.is_empty() {
        return Ok((exact, true));
    }
    let group = Group::ALL.iter().find(|group| group.name() == word);
    let found = those(&|entry| match (entry, group) {
        // What `select` in the configuration means by the word, and no rule more.
        (Entry::Rule(rule), Some(group)) => rule.group == *group,
        _ => has_word(entry.code(), word),
    });
    if found.is_empty() {
        let error = Error::new(format!("no finding and no change has the code {}", quoted(word)));
        return Err(error.hint(codes().suggestion(word)));
    }
    Ok((found, false))
}

fn json_of(entries: &[Entry]) -> String {
    let (rules, changes): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| matches!(entry, Entry::Rule(_)));
    let list = |entries: Vec<&Entry>| -> Vec<Json> { entries.into_iter().map(|entry| entry.json()).collect() };
    format!("{:#}\n", json!({ "format": "pact.explain/1", "rules": list(rules), "changes": list(changes) }))
}

/// Whether a code, or what follows a hyphen in it, begins like this.
fn has_word(code: &str, start: &str) -> bool {
    !start.is_empty() && (code.starts_with(start) || code.contains(&format!("-{start}")))
}

/// A line for each code: rules by group with their severity, kinds of change by section with their levels for readers and for
/// writers.
fn table(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.code().len()).max().unwrap_or_default();
    let (mut groups, mut sections) = (BTreeMap::new(), vec![String::new(); catalog::SECTIONS.len()]);
    for entry in entries {
        match entry {
            Entry::Rule(rule) => {
                let lines: &mut String = groups.entry(rule.group).or_default();
                let severity = format!("{}{}", rule.severity.name(), if rule.by_default { "" } else { "*" });
                let _ = writeln!(lines, "{:width$}  {severity:8}  {}", rule.code, rule.summary);
            }
            Entry::Change(meta) => {
                let levels = if meta.reader == meta.writer {
                    meta.reader.name().to_owned()
                } else {
                    format!("{}/{}", meta.reader.name(), meta.writer.name())
                };
                let titles = catalog::SECTIONS.iter().zip(&mut sections);
                for (_, lines) in titles.filter(|((section, _), _)| *section == meta.section) {
                    let _ = writeln!(lines, "{:width$}  {levels:11}  {}", meta.code, meta.what);
                }
            }
        }
    }
    let is_optional = |entry: &Entry| matches!(entry, Entry::Rule(rule) if !rule.by_default);
    let mut blocks: Vec<String> = Vec::new();
    if !groups.is_empty() {
        let optional = if entries.iter().any(is_optional) { "; those with * only where they are selected" } else { "" };
        blocks.push(format!("Rules by group, with their severity{optional}\n"));
        blocks.extend(groups.iter().map(|(group, lines)| format!("{}: {}\n\n{lines}", group.name(), group.about())));
    }
    let sections: Vec<String> = catalog::SECTIONS
        .iter()
        .zip(sections)
        .filter(|(_, lines)| !lines.is_empty())
        .map(|((_, title), lines)| format!("{title}\n\n{lines}"))
        .collect();
    if !sections.is_empty() {
        blocks.push("Changes, with their levels for readers and for writers\n".to_owned());
        blocks.extend(sections);
    }
    blocks.join("\n")
}
