//! `pact explain`: the page of a rule.

use std::fmt::Write as _;

use serde_json::json;

use super::Exit;
use super::error::Error;
use super::output::Output;
use crate::finding::RuleMeta;
use crate::format::problems::PROBLEMS;
use crate::lint;
use crate::source::words::{alternatives, nearest, quoted};

/// Tell what a finding means, why it matters, and what is right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact explain duplicate-field
  pact explain                     all codes, a line each
  pact explain --format json | jq -r '.rules[] | select(.severity == \"error\").code'")]
pub(super) struct Args {
    /// The code of a finding; all codes are listed if none is given
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

/// Every rule that pact has, sorted by code.
pub(super) fn all() -> Vec<&'static RuleMeta> {
    let mut rules: Vec<&RuleMeta> = lint::RULES.iter().map(|rule| &rule.meta).chain(PROBLEMS).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    let rules = all();
    let Some(code) = &args.code else {
        output.print(&if args.format == Format::Json { json(&rules) } else { table(&rules) })?;
        return Ok(Exit::Clean);
    };
    let Some(rule) = rules.iter().find(|rule| rule.code == code) else {
        return Err(Error::new(format!("there is no rule {}", quoted(code))).hint(suggestion(code, &rules)));
    };
    output.print(&if args.format == Format::Json { json(&[rule]) } else { rule.page.to_owned() })?;
    Ok(Exit::Clean)
}

/// The code that was meant: the nearest, else those that have the word in them.
fn suggestion(code: &str, rules: &[&RuleMeta]) -> String {
    if let Some(near) = nearest(code, rules.iter().map(|rule| rule.code)) {
        return format!("did you mean `{near}`?");
    }
    let with: Vec<&str> = rules.iter().map(|rule| rule.code).filter(|other| other.contains(code)).collect();
    if with.is_empty() || with.len() > 6 {
        return "`pact explain` lists all codes".to_owned();
    }
    format!("did you mean {}?", alternatives(with))
}

fn table(rules: &[&RuleMeta]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut lines = String::new();
    for rule in rules {
        let _ = writeln!(lines, "{:width$}  {:7}  {}", rule.code, rule.severity.name(), rule.summary);
    }
    lines
}

fn json(rules: &[&RuleMeta]) -> String {
    let rules: Vec<_> = rules
        .iter()
        .map(|rule| {
            json!({
                "code": rule.code,
                "severity": rule.severity.name(),
                "summary": rule.summary,
                "page": rule.page,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "format": "pact.explain/1", "rules": rules }))
}
