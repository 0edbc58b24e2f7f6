//! `pact accept`: a change that is agreed on, written into `pact.yaml` with its reason and its end.

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use super::Exit;
use super::diff;
use super::error::Error;
use super::output::Output;
use crate::config::{FILE_NAME, with_exception};
use crate::finding::change::{Change, Level};
use crate::finding::policy::Ignore;
use crate::io::{clock, fs, write};
use crate::report::sanitize;
use crate::source::Span;

/// Accept changes for a time: they no longer count for the version, until the day that you name
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact accept                    the changes that could be accepted, with their fingerprints
  pact accept 9c1f4e0a --reason 'nobody reads fax, see #41' --until 2027-01-31
  pact accept 9c1f4e0a 77b02d11 --reason 'agreed with crm' --until 2027-01-31 --approved-by ines
  pact accept --base v1.2.0      the same since v1.2.0

A fingerprint is of the code, the element and both values of a change: it survives a rebase, and it no longer fits once \
the change itself is another. The exception is added to `ignores` in pact.yaml; every other byte stays.")]
pub(super) struct Args {
    /// Fingerprints, or their beginnings; without any the changes are listed
    #[arg(value_name = "FINGERPRINT", requires_all = ["reason", "until"])]
    fingerprints: Vec<String>,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT", requires = "fingerprints")]
    reason: Option<String>,
    /// The last day on which it holds, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "fingerprints")]
    until: Option<Date>,
    /// Who agreed
    #[arg(long, value_name = "WHO", requires = "fingerprints")]
    approved_by: Option<String>,
    /// What the work tree is compared with, as in `pact diff BASE`
    #[arg(long, value_name = "REV")]
    base: Option<String>,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let (workspace, changes) = diff::changes(args.base.clone(), directory, output)?;
    let (Some(reason), Some(until)) = (&args.reason, args.until) else {
        output.print(&list(&changes, output))?;
        return Ok(Exit::Clean);
    };
    if reason.trim().is_empty() {
        return Err(
            Error::new("the reason is empty").hint("say why the change is accepted: who reads it must understand")
        );
    }
    if until < clock::today() {
        return Err(
            Error::new(format!("{until} is over: the exception would hold nothing back")).hint("name a later day")
        );
    }
    if !workspace.configured {
        return Err(Error::new(format!("there is no {FILE_NAME} to write into")).hint("`pact init` writes one"));
    }
    let file = workspace.root.join(FILE_NAME);
    let mut text = fs::read_text(&file, Some(&workspace.root))
        .map_err(|_| Error::new(format!("cannot read {}", file.display())))?;
    let mut accepted = Vec::new();
    for fingerprint in &args.fingerprints {
        let (change, _) = named(fingerprint, &changes).map_err(|error| {
            let is_same = |ignore: &&Ignore| {
                let known = ignore.fingerprint.as_deref();
                !fingerprint.is_empty() && known.is_some_and(|known| known.starts_with(fingerprint.as_str()))
            };
            match workspace.config.policy.ignores.iter().find(is_same) {
                Some(ignore) if ignore.until >= clock::today() => Error::new(format!(
                    "{fingerprint} is accepted already, until {}: {}",
                    ignore.until,
                    sanitize::line(&ignore.reason)
                ))
                .hint(format!("to change that, edit its entry under `ignores` in {FILE_NAME}")),
                _ => error,
            }
        })?;
        if accepted.contains(&change.fingerprint()) {
            continue;
        }
        accepted.push(change.fingerprint());
        let ignore = Ignore {
            code: change.meta.code.to_owned(),
            contract: Some(change.contract.clone()),
            path: Some(change.element()).filter(|path| !path.is_empty()),
            fingerprint: Some(change.fingerprint()),
            approved_by: args.approved_by.clone(),
            reason: reason.clone(),
            until,
            span: Span::default(),
        };
        text = with_exception(&text, &ignore).ok_or_else(|| {
            Error::new(format!("`ignores` in {FILE_NAME} is written in a way that no entry can be added to"))
                .hint("write it as a list with a dash for each entry")
        })?;
        output.note(&format!("accepted {} of {} until {until}", change.meta.code, named_element(change)));
    }
    write::whole(&file, &text, Some(&workspace.root))
        .map_err(|error| Error::new(format!("cannot write {}: {error}", file.display())))?;
    Ok(Exit::Clean)
}

fn named_element(change: &Change) -> String {
    Some(change.element()).filter(|element| !element.is_empty()).unwrap_or_else(|| change.contract.clone())
}

/// The change of a fingerprint.
fn named<'a>(fingerprint: &str, changes: &'a [(Change, Level)]) -> Result<&'a (Change, Level), Error> {
    let mut fitting = changes.iter().filter(|(change, _)| change.fingerprint().starts_with(fingerprint));
    let hint = "`pact accept` lists the changes with their fingerprints";
    let Some(found) = fitting.next().filter(|_| !fingerprint.is_empty()) else {
        return Err(Error::new(format!("no change has the fingerprint {fingerprint}")).hint(hint));
    };
    if fitting.any(|(change, _)| change.fingerprint() != found.0.fingerprint()) {
        return Err(Error::new(format!("several changes have a fingerprint that begins with {fingerprint}")).hint(hint));
    }
    Ok(found)
}

fn list(changes: &[(Change, Level)], output: Output) -> String {
    if changes.is_empty() {
        return if output.quiet { String::new() } else { "no contract changes\n".to_owned() };
    }
    let mut text = String::new();
    for (change, level) in changes {
        let element = sanitize::line(&named_element(change));
        let _ = writeln!(text, "{}  {:5}  {}  {element}", change.fingerprint(), level.name(), change.meta.code);
    }
    text
}
