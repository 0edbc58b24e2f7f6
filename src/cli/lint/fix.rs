//! `pact lint --fix`: what can be mended is mended, and the files are written.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::look::{Looked, Session};
use crate::cli::error::Error;
use crate::cli::masked;
use crate::cli::output::Output;
use crate::finding::{Finding, Place};
use crate::format::Document;
use crate::format::mend::{Mender, Unmended};
use crate::io::{fs, write};
use crate::model::SourceId;
use crate::report::{Spot, counted, sanitize};

/// What to do about what can be mended.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Fixing {
    /// Mend what has one right answer, in the files, and print what remains
    #[arg(long)]
    pub(super) fix: bool,
    /// Print what `--fix` would change, as a unified diff, and write nothing
    ///
    /// Secrets are hidden in it, and control characters and marks that turn the direction of text are shown as `�`: only what
    /// has neither can be applied.
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
}

/// Mends documents in rounds: each of them is looked at with everything else as it is by then.
pub(super) fn mend(session: &mut Session<'_>, with_guesses: bool) -> Mended {
    let mut mended = Mended::default();
    let mut menders: Vec<(SourceId, Mender)> = Vec::new();
    for looked in session.targets() {
        if looked.findings.iter().any(|placed| placed.finding.fix.is_some()) {
            menders.push((looked.id(), Mender::new(looked.findings(), with_guesses)));
        }
    }
    loop {
        let proposals: Vec<Document> =
            menders.par_iter_mut().filter_map(|(id, mender)| mender.propose(&session.get(*id)?.document)).collect();
        if proposals.is_empty() {
            break;
        }
        let mut before: HashMap<SourceId, Looked> =
            session.replace(proposals).into_iter().map(|looked| (looked.id(), looked)).collect();
        for (id, mender) in &mut menders {
            let Some(old) = before.remove(id) else { continue };
            if mender.judge(session.get(*id).map(Looked::findings).unwrap_or_default()) {
                mended.before.entry(*id).or_insert(old.document);
            } else {
                session.put(old);
            }
        }
    }
    for (_, mender) in menders {
        mended.fixed += mender.fixed();
        mended.unmended.extend(mender.unmended().iter().cloned());
    }
    mended
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
    pub(super) fn write(&self, session: &Session<'_>) -> Result<(), Error> {
        let mut failed: Vec<String> = Vec::new();
        for (id, before) in &self.before {
            let (Some(looked), Some(path)) = (session.get(*id), session.files.path(*id)) else { continue };
            if let Err(reason) = write_one(path, before, &looked.document, &session.workspace.root) {
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
    pub(super) fn diff(&self, session: &Session<'_>, output: Output) -> String {
        let changed = self.before.iter().filter_map(|(id, before)| Some((before, &session.get(*id)?.document)));
        let diff = |(before, new): (&Document, &Document)| {
            masked::diff(new.file.path(), before.file.text(), new.file.text(), output)
        };
        changed.map(diff).collect()
    }

    /// Tells which fixes were not made although they are known.
    pub(super) fn tell_unmended(&self, session: &Session<'_>, output: Output) {
        for (finding, reason) in &self.unmended {
            let (Some(looked), Some(fix)) = (session.get(finding.label.source), &finding.fix) else { continue };
            let document = self.before.get(&finding.label.source).unwrap_or(&looked.document);
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
