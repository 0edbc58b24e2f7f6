//! `pact explain`: the page of a rule.

use super::Exit;
use std::fmt::Write as _;

use super::error::Error;
use super::output::Output;
use crate::finding::RuleMeta;
use crate::format::problems::PROBLEMS;
use crate::lint;
use crate::source::words::nearest;

/// Tell what a finding means, why it matters, and what is right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact explain duplicate-field
  pact explain                     all codes, a line each")]
pub(super) struct Args {
    /// The code of a finding; all codes are listed if none is given
    code: Option<String>,
}

/// Every rule that pact has, sorted by code.
pub(super) fn all() -> Vec<&'static RuleMeta> {
    let mut rules: Vec<&RuleMeta> = lint::RULES.iter().map(|rule| &rule.meta).chain(PROBLEMS).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Whether `pact.yaml` may set the level of a rule or accept its findings; if not, what to do.
pub(super) fn configurable(code: &str) -> Result<(), String> {
    if PROBLEMS.iter().any(|rule| rule.code == code) {
        return Err("a file with such a mistake means nothing certain; mend the file".to_owned());
    }
    let codes: Vec<&str> = all().iter().map(|rule| rule.code).collect();
    match nearest(code, codes.iter().copied()) {
        _ if codes.contains(&code) => Ok(()),
        Some(near) => Err(format!("did you mean `{near}`?")),
        None => Err("`pact explain` lists all rules".to_owned()),
    }
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    let rules = all();
    let Some(code) = &args.code else {
        let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
        let mut lines = String::new();
        for rule in &rules {
            let _ = writeln!(lines, "{:width$}  {:7}  {}", rule.code, rule.severity.name(), rule.summary);
        }
        output.print(&lines)?;
        return Ok(Exit::Clean);
    };
    let Some(rule) = rules.iter().find(|rule| rule.code == code) else {
        let error = Error::new(format!("there is no rule `{code}`"));
        return Err(match nearest(code, rules.iter().map(|rule| rule.code)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pact explain` lists all codes"),
        });
    };
    output.print(rule.page)?;
    Ok(Exit::Clean)
}
