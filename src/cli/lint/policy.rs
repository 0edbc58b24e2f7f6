//! The end of a run: what the baseline holds back, and what is wrong with it and with the exceptions in pact.yaml.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::baseline::{Baselining, Read};
use super::files::id;
use super::look::{Looked, Placed, Session, Slot};
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::finding::Finding;
use crate::finding::policy::{Baseline, Entry, Left, Seen};
use crate::format::Document;
use crate::format::problems::PROBLEMS;
use crate::model::SourceId;
use crate::report::counted;
use crate::source::SourceFile;

/// Takes out what the baseline holds back, writes a new one where that was asked for, and adds what is wrong with exceptions.
/// Gives how many findings the baseline holds back. `is_whole` says whether every contract of the repository was asked for.
///
/// # Errors
///
/// The new baseline can't be written.
pub(super) fn finish(
    session: &mut Session<'_>,
    baselining: &Baselining,
    old: Option<Read>,
    is_whole: bool,
    output: Output,
) -> Result<usize, Error> {
    let (left, file) = match old {
        Some(Read { baseline, file }) => (Left::new(baseline), file),
        None => (Left::default(), SourceFile::new("", "")),
    };
    let mut held = Holding { left, written: baselining.writes().then(Vec::new), count: 0 };
    for position in 0..session.documents.len() {
        held.hold_back(session, id(position));
    }
    let Holding { left, written, count } = held;
    let coverage = Coverage { session, is_whole, seen: OnceCell::new() };
    if let Some(entries) = written {
        let is_known = |file: &str| coverage.seen().files.get(file).copied().unwrap_or(is_whole);
        baselining.write(&Baseline::of(entries), is_known, session.workspace, output)?;
        let left = session.looked().flat_map(|looked| &looked.findings);
        let form = left.filter(|placed| PROBLEMS.iter().any(|problem| problem.code == placed.finding.code)).count();
        if form > 0 {
            output.note(&format!(
                "note: {} of the form can't be held back: such a file means nothing certain; mend it first",
                counted(form, "finding")
            ));
        }
    }
    let seen = Seen { contract: &|name| coverage.has_contract(name), file: &|file| coverage.has_file(file) };
    let matched: BTreeSet<usize> = session.looked().flat_map(|looked| &looked.held.matched).copied().collect();
    let (config, baseline) = (id(session.documents.len()), id(session.documents.len() + 1));
    let of_config = session.judge().of_config(&matched, &seen, config);
    let of_baseline = session.judge().of_baseline(left, &seen, baseline);
    let document = session.workspace.config_document(config);
    let baseline = Document::of_text(baseline, file, Vec::new());
    for looked in [Looked::beside(document, of_config), Looked::beside(baseline, of_baseline)] {
        session.documents.push(Slot::Looked(Box::new(looked)));
    }
    Ok(count)
}

/// A baseline in a run.
struct Holding {
    /// The one that holds findings back.
    left: Left,
    /// The one that is being written, which holds back everything that is in it.
    written: Option<Vec<Entry>>,
    /// How many findings are held back.
    count: usize,
}

impl Holding {
    /// Takes out the findings of a document that are held back.
    fn hold_back(&mut self, session: &mut Session<'_>, id: SourceId) {
        let judge = session.judge();
        if session.get(id).is_none_or(|looked| looked.findings.is_empty()) {
            return;
        }
        let file = session.inside(id);
        let Some(looked) = session.get_mut(id) else { return };
        let contract = looked.name.clone().unwrap_or_default();
        let text = &looked.document.file;
        let secrets = &mut looked.secrets;
        looked.findings.retain(|placed| {
            let is_held =
                judge.may_be_in_baseline(&placed.finding) && self.takes(entry(placed, &file, &contract, text));
            if is_held {
                self.count += 1;
                secrets.extend(Some(placed.span).filter(|_| placed.finding.is_secret));
            }
            !is_held
        });
    }

    fn takes(&mut self, entry: Entry) -> bool {
        match &mut self.written {
            Some(entries) => {
                entries.push(entry);
                true
            }
            None => self.left.takes(entry),
        }
    }
}

fn entry(placed: &Placed, file: &str, contract: &str, text: &SourceFile) -> Entry {
    let Finding { code, is_secret, .. } = placed.finding;
    let there = || {
        let line = text.slice(placed.span).lines().next().unwrap_or_default();
        // A short hash of a secret could be guessed.
        if is_secret { String::new() } else { line.trim().to_owned() }
    };
    Entry::new(code, file, contract, &placed.element, there)
}

/// What the rules have looked at. Few runs have to know, and it takes a look at every document.
struct Coverage<'a> {
    session: &'a Session<'a>,
    /// Whether every document of the repository was asked for, though some may not be sound.
    is_whole: bool,
    seen: OnceCell<Looks>,
}

/// What the rules have looked at, by name.
struct Looks {
    /// Whether they have looked at every document with this name.
    contracts: HashMap<String, bool>,
    /// Whether they have looked at a file.
    files: HashMap<String, bool>,
    /// Whether nothing is wrong with the form of any document.
    all_sound: bool,
}

impl Coverage<'_> {
    fn seen(&self) -> &Looks {
        self.seen.get_or_init(|| {
            let all = &self.session.documents;
            let (mut contracts, mut files) = (HashMap::new(), HashMap::new());
            for (position, slot) in all.iter().enumerate() {
                let is_seen = slot.looked().is_some_and(|looked| looked.is_target && looked.is_sound);
                files.insert(self.session.inside(id(position)), is_seen);
                if let Some(name) = slot.called().name {
                    *contracts.entry(name.to_owned()).or_insert(true) &= is_seen;
                }
            }
            Looks { contracts, files, all_sound: all.iter().all(|slot| slot.called().is_sound) }
        })
    }

    /// Whether they have looked at everything that is said of a contract, or of any. What is not sound may be anything.
    fn has_contract(&self, name: Option<&str>) -> bool {
        let seen = self.seen();
        let named = name.and_then(|name| seen.contracts.get(name)).copied();
        seen.all_sound && named.unwrap_or(self.is_whole)
    }

    /// Whether they have looked at a file, or it is gone.
    fn has_file(&self, file: &str) -> bool {
        self.is_whole && self.seen().files.get(file).copied().unwrap_or(true)
    }
}
