//! What was done, told.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::one::{Done, Refusal};
use crate::cli::error::Error;
use crate::cli::output::{Format, Output};
use crate::cli::workspace::{Documents, Workspace};
use crate::format::{Note, Outcome, Standard};
use crate::report::{self, Summary, counted, human, sanitize};

/// Tells what became of each file: people on standard error, since the text itself may be on standard output; programs on
/// standard output.
///
/// # Errors
///
/// Standard output can't be written.
pub(super) fn print(
    format: Format,
    done: &[Done<'_>],
    documents: &Documents,
    workspace: &Workspace,
    output: Output,
) -> Result<(), Error> {
    for one in done {
        refusal(one, documents, output);
    }
    // What is lost is told even where nothing but findings is wanted.
    if output.quiet {
        done.iter().flat_map(|one| lost(one, workspace)).for_each(|line| output.reason(&line));
    }
    match format {
        Format::Human => {
            let text: String = done.iter().map(|one| human(one, workspace)).collect();
            if !text.is_empty() {
                output.note(text.trim_end());
            }
            Ok(())
        }
        Format::Json => {
            let files: Vec<Json> = done.iter().map(|one| json(one, documents, workspace)).collect();
            output.print(&report::pretty(&json!({ "format": "pact.convert/1", "files": files })))
        }
    }
}

/// Tells why a file was not converted.
fn refusal(one: &Done<'_>, documents: &Documents, output: Output) {
    let Err(refusal) = &one.result else { return };
    let shown = one.document.file.path().display();
    if refusal.reason.is_empty() {
        let problems = if refusal.problems.is_empty() { &one.document.problems } else { &refusal.problems };
        let report = documents.locate(problems, Summary::default());
        output.reason(human::human(&report, output.style()).trim_end());
        output.error(&Error::new(format!("{shown} is not valid, and was not converted")).hint(refusal.hint));
    } else {
        output.error(&Error::new(format!("{shown}: {}", refusal.reason)).hint(refusal.hint));
    }
}

/// What is lost of a contract, a line each.
fn lost<'a>(one: &'a Done<'_>, workspace: &Workspace) -> impl Iterator<Item = String> + use<'a> {
    let shown = sanitize::line(&workspace.shown(one.document.file.path()).display().to_string());
    let notes = one.result.iter().flat_map(|converted| &converted.written.notes);
    notes.filter(|note| note.outcome == Outcome::Lost).map(move |note| {
        let element = note.element.to_string();
        let place = if element.is_empty() { String::new() } else { format!("{}: ", sanitize::line(&element)) };
        format!("{shown}: lost: {place}{}", sanitize::line(&note.message))
    })
}

fn human(one: &Done<'_>, workspace: &Workspace) -> String {
    let Ok(converted) = &one.result else { return String::new() };
    let mut text = String::new();
    let shown = sanitize::line(&one.document.file.path().display().to_string());
    if converted.is_same {
        let _ = writeln!(text, "{shown}: {} already, nothing to do", converted.to);
        return text;
    }
    let _ = write!(text, "{shown}: {} to {}", converted.from, converted.to);
    if let Some(path) = &one.written {
        let path = sanitize::line(&workspace.shown(path).display().to_string());
        let _ = write!(text, ", {}", if path == shown { "in place".to_owned() } else { format!("written to {path}") });
    }
    text.push('\n');
    let notes = &converted.written.notes;
    for outcome in [Outcome::Lost, Outcome::Kept, Outcome::Reworded] {
        for (message, places) in folded(notes.iter().filter(|note| note.outcome == outcome)) {
            let outcome = outcome.name();
            let message = sanitize::line(message);
            match places.as_slice() {
                [] => {}
                [place] if place.is_empty() => {
                    let _ = writeln!(text, "  {outcome:<8}  {message}");
                }
                [place] => {
                    let _ = writeln!(text, "  {outcome:<8}  {}: {message}", sanitize::line(place));
                }
                places => {
                    let shown: Vec<_> = places
                        .iter()
                        .take(MOST)
                        .map(|place| if place.is_empty() { "the contract".into() } else { sanitize::line(place) })
                        .collect();
                    let more = places.len().saturating_sub(MOST);
                    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                    let _ = writeln!(text, "  {outcome:<8}  {} times: {message}", places.len());
                    let _ = writeln!(text, "            at {}{more}", shown.join(", "));
                }
            }
        }
    }
    if !notes.is_empty() {
        let count = |outcome: Outcome| notes.iter().filter(|note| note.outcome == outcome).count();
        let _ = writeln!(
            text,
            "  {}: {} lost, {} kept {}, {} reworded",
            counted(notes.len(), "note"),
            count(Outcome::Lost),
            count(Outcome::Kept),
            if converted.to == Standard::Native { "in `metadata`" } else { "as custom properties" },
            count(Outcome::Reworded),
        );
    }
    text
}

/// What is wrong with the form of a file: the first of it with its place, and how much more there is.
fn problems(one: &Done<'_>, refusal: &Refusal, documents: &Documents) -> String {
    let own = if refusal.problems.is_empty() { &one.document.problems } else { &refusal.problems };
    let report = documents.locate(own, Summary::default());
    let Some(first) = report.findings.first() else { return String::new() };
    let more = report.findings.len() - 1;
    let rest = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    format!("{}: {}{rest}", first.spot.address(), first.finding.message)
}

/// How many places are shown of what is told of many.
const MOST: usize = 3;

/// The messages in the order in which they came first, each with the elements that it is about.
fn folded<'n>(notes: impl Iterator<Item = &'n Note>) -> Vec<(&'n str, Vec<String>)> {
    let mut all: Vec<(&str, Vec<String>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for note in notes {
        let index = *known.entry(&note.message).or_insert(all.len());
        if index == all.len() {
            all.push((&note.message, Vec::new()));
        }
        if let Some((_, places)) = all.get_mut(index) {
            places.push(note.element.to_string());
        }
    }
    all
}

fn json(one: &Done<'_>, documents: &Documents, workspace: &Workspace) -> Json {
    let path = one.document.file.path().display().to_string();
    let standard = |standard: &Standard| {
        let version = Some(standard.version()).filter(|version| !version.is_empty());
        json!({ "name": standard.format(), "version": version })
    };
    match &one.result {
        Ok(converted) => {
            let notes: Vec<Json> = converted
                .written
                .notes
                .iter()
                .map(|note| json!({ "element": note.element.to_string(), "outcome": note.outcome.name(), "message": note.message }))
                .collect();
            json!({
                "path": path,
                "from": standard(&converted.from),
                "to": standard(&converted.to),
                "changed": !converted.is_same,
                "written": one.written.as_ref().map(|path| workspace.shown(path).display().to_string()),
                "error": null,
                "notes": notes,
            })
        }
        Err(refusal) => {
            let error =
                if refusal.reason.is_empty() { problems(one, refusal, documents) } else { refusal.reason.clone() };
            json!({ "path": path, "from": null, "to": null, "changed": false, "written": null, "error": error, "notes": [] })
        }
    }
}
