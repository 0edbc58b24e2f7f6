//! `pact lint --fix`: what can be mended is mended, and the files are written.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::look::Look;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace};
use crate::finding::{Finding, Place};
use crate::format::Document;
use crate::format::mend::{Mender, Unmended};
use crate::io::{fs, write};
use crate::model::SourceId;
use crate::report::{Spot, counted, sanitize, unified};
use crate::source::Span;

/// What to do about what can be mended.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Fixing {
    /// Mend what has one right answer, in the files, and print what remains
    #[arg(long)]
    pub(super) fix: bool,
    /// Print what `--fix` would change, as a unified diff, and write nothing
    #[arg(long, conflicts_with = "format")]
    pub(super) diff: bool,
    /// Make fixes too that guess what was meant, or that change a promise
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
}

/// What mending made of the documents.
#[derive(Default)]
pub(super) struct Mended {
    /// The documents that changed, as they were.
    before: BTreeMap<SourceId, Document>,
    /// How many findings were mended.
    pub(super) fixed: usize,
    /// What was not mended although a fix was known, and why.
    unmended: Vec<(Finding, Unmended)>,
    /// Where the secrets are that stood in the old texts.
    secrets: HashMap<SourceId, Vec<Span>>,
}

/// Mends documents in rounds: each of them is looked at with everything else as it is by then.
pub(super) fn mend(documents: &mut Documents, targets: &[SourceId], look: &Look<'_>, with_guesses: bool) -> Mended {
    let mut mended = Mended::default();
    let found = look.judged(documents, targets).findings;
    for finding in found.iter().filter(|finding| finding.is_secret) {
        let spans = mended.secrets.entry(finding.label.source).or_default();
        spans.push(documents.span(finding));
    }
    let mut menders: Vec<(SourceId, Mender)> = by_document(found)
        .into_iter()
        .filter(|(_, findings)| findings.iter().any(|finding| finding.fix.is_some()))
        .map(|(id, findings)| (id, Mender::new(findings, with_guesses)))
        .collect();
    loop {
        let proposals: Vec<Document> =
            menders.par_iter_mut().filter_map(|(id, mender)| mender.propose(documents.get(*id)?)).collect();
        if proposals.is_empty() {
            break;
        }
        let ids: Vec<SourceId> = proposals.iter().map(|document| document.id).collect();
        let before: HashMap<SourceId, Document> =
            proposals.into_iter().filter_map(|document| Some((document.id, documents.replace(document)?))).collect();
        let mut found = by_document(look.judged(documents, &ids).findings);
        let mut before = before;
        for (id, mender) in &mut menders {
            let Some(old) = before.remove(id) else { continue };
            if mender.judge(found.remove(id).unwrap_or_default()) {
                mended.before.entry(*id).or_insert(old);
            } else {
                documents.replace(old);
            }
        }
    }
    for (_, mender) in menders {
        mended.fixed += mender.fixed();
        mended.unmended.extend(mender.unmended().iter().cloned());
    }
    mended
}

fn by_document(findings: Vec<Finding>) -> BTreeMap<SourceId, Vec<Finding>> {
    let mut all: BTreeMap<SourceId, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        all.entry(finding.label.source).or_default().push(finding);
    }
    all
}

impl Mended {
    /// How many documents changed.
    pub(super) fn files(&self) -> usize {
        self.before.len()
    }

    /// `3 findings in 2 files`.
    pub(super) fn numbers(&self) -> String {
        format!("{} in {}", counted(self.fixed, "finding"), counted(self.files(), "file"))
    }

    /// Writes the files that changed, and prints what came from standard input.
    ///
    /// # Errors
    ///
    /// Some files can't be written; the others are.
    pub(super) fn write(&self, documents: &Documents, files: &[PathBuf], workspace: &Workspace) -> Result<(), Error> {
        let mut failed: Vec<String> = Vec::new();
        for (id, before) in &self.before {
            let (Some(document), Some(path)) = (documents.get(*id), files.get(id.0 as usize)) else { continue };
            if let Err(reason) = write_one(path, before, document, &workspace.root) {
                failed.push(format!("{}: {reason}", before.file.path().display()));
            }
        }
        match failed.as_slice() {
            [] => Ok(()),
            [only] => Err(Error::new(format!("cannot write {only}"))),
            [first, rest @ ..] => {
                Err(Error::new(format!("cannot write {first}")).hint(format!("nor {}", rest.join("; "))))
            }
        }
        .map_err(|error| error.hint("what was written is mended; run `pact lint --fix` again for the rest"))
    }

    /// What would change, as a unified diff. What is a secret is hidden.
    pub(super) fn diff(&self, documents: &Documents, found: &[Finding], output: Output) -> String {
        let mut text = String::new();
        for (id, before) in &self.before {
            let Some(document) = documents.get(*id) else { continue };
            let secrets: Vec<Span> = found
                .iter()
                .filter(|finding| finding.is_secret && finding.label.source == *id)
                .map(|finding| documents.span(finding))
                .collect();
            let old = hidden(before.file.text(), self.secrets.get(id).map_or(&[], Vec::as_slice));
            let new = hidden(document.file.text(), &secrets);
            text.push_str(&unified(document.file.path(), &old, &new, output.has_color()));
        }
        text
    }

    /// Tells which fixes were not made although they are known.
    pub(super) fn tell_unmended(&self, documents: &Documents, output: Output) {
        for (finding, reason) in &self.unmended {
            let (Some(document), Some(fix)) = (documents.get(finding.label.source), &finding.fix) else { continue };
            let document = self.before.get(&finding.label.source).unwrap_or(document);
            let place = match &finding.label.place {
                // Where it was, as far as that can be told of a text that has changed since.
                Place::Span(span) if self.before.is_empty() => {
                    Spot { file: &document.file, span: *span, note: "" }.address()
                }
                _ => sanitize::line(&document.file.path().display().to_string()),
            };
            let (title, reason) = (sanitize::line(&fix.title), sanitize::line(&reason.reason()));
            output.note(&format!("note: {place}: not fixed: {title} ({}): {reason}", finding.code));
        }
    }
}

fn write_one(path: &Path, before: &Document, document: &Document, root: &Path) -> Result<(), String> {
    let below = path.starts_with(root).then_some(root);
    match fs::read_text(path, below) {
        // A link and what it leads to are one file.
        Ok(now) if now == document.file.text() => return Ok(()),
        Ok(now) if now == before.file.text() => {}
        Ok(_) => return Err("it has changed since it was read".to_owned()),
        Err(_) => return Err("it can't be read any more".to_owned()),
    }
    write::whole(path, document.file.text(), Some(root)).map_err(|error| error.to_string())
}

/// A text with some of its places hidden.
fn hidden(text: &str, places: &[Span]) -> String {
    let mut text = text.to_owned();
    for place in places {
        let Some(secret) = text.get(place.range()) else { continue };
        let hidden: String = secret
            .chars()
            .flat_map(|letter| std::iter::repeat_n(if letter == '\n' { '\n' } else { '*' }, letter.len_utf8()))
            .collect();
        text.replace_range(place.range(), &hidden);
    }
    text
}
