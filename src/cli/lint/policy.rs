//! What the repository has decided, applied to what was found.

use std::collections::HashMap;

use super::files::Files;
use super::look::{Looked, Placed};
use crate::cli::workspace::Workspace;
use crate::finding::policy::{At, Baseline, Codes, Held, Judge, Looked as Seen, Selected, Selection};
use crate::format::Document;
use crate::io::clock;
use crate::model::SourceId;
use crate::source::{SourceFile, Span};

/// The policy of a run.
pub(super) struct Policy<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) codes: &'a Codes,
    pub(super) asked: &'a Selection,
    pub(super) selected: &'a Selected<'a>,
    /// Whether all contracts of the repository were asked for.
    pub(super) is_whole: bool,
}

/// The baseline of a run.
pub(super) enum Old {
    None,
    Read(Baseline, SourceFile),
    Write,
}

/// What became of the findings.
pub(super) struct Ruled {
    pub(super) held: Held,
    /// The new baseline, if one is to be written.
    pub(super) baseline: Option<Baseline>,
    /// The places of secrets that nothing is said about any more: nobody may be shown them all the same.
    pub(super) secrets: Vec<(SourceId, Span)>,
}

impl Policy<'_> {
    /// Takes out what is held back, and adds what is wrong with exceptions: for those of the configuration and of the baseline
    /// two documents more.
    pub(super) fn apply(&self, looked: &mut Vec<Looked>, files: &Files, old: Old) -> Ruled {
        let mut judge = Judge::new(&self.workspace.config.policy, self.selected, self.codes, clock::today());
        let mut old_file = SourceFile::new("", "");
        match old {
            Old::None => {}
            Old::Read(baseline, file) => (judge, old_file) = (judge.with_baseline(baseline), file),
            Old::Write => judge = judge.writing_baseline(),
        }
        let paths: Vec<String> = looked.iter().map(|looked| files.inside(self.workspace, looked)).collect();
        let mut secrets = Vec::new();
        for (looked, file) in looked.iter_mut().zip(&paths) {
            rule_on(looked, file, &mut judge, &mut secrets);
        }
        let id = |position: usize| SourceId(u32::try_from(position).unwrap_or(u32::MAX));
        let (config, baseline) = (id(looked.len()), id(looked.len() + 1));
        let coverage = Coverage::of(looked, &paths, self.is_whole);
        let asks_for_less = *self.asked != Selection::default();
        let seen = Seen {
            at_contract: &|name| coverage.has_contract(name),
            at_file: &|file| coverage.has_file(file),
            for_code: &|code| !asks_for_less || self.selected.anywhere_by_code(code),
            config,
            baseline,
        };
        let (findings, held, written) = judge.finish(&seen);
        looked.push(Looked::beside(self.workspace.config_document(config)));
        looked.push(Looked::beside(Document::of_text(baseline, old_file, Vec::new())));
        for finding in findings {
            if let Some(looked) = looked.get_mut(finding.label.source.0 as usize) {
                let placed = Placed::new(finding, &looked.document, &mut None);
                looked.findings.push(placed);
            }
        }
        Ruled { held, baseline: written, secrets }
    }

    /// Whether a file of the baseline was looked at, or is not there any more.
    pub(super) fn knows(&self, looked: &[Looked], files: &Files, file: &str) -> bool {
        let there = looked.iter().find(|looked| files.inside(self.workspace, looked) == file);
        there.map_or(self.is_whole, |looked| looked.is_target && looked.is_sound)
    }
}

fn rule_on(looked: &mut Looked, file: &str, judge: &mut Judge<'_>, secrets: &mut Vec<(SourceId, Span)>) {
    let contract = looked.name.as_deref().unwrap_or_default();
    if let Some(comments) = looked.comments.take() {
        judge.comments(looked.document.id, comments, file, contract);
    }
    let text = &looked.document.file;
    for mut placed in std::mem::take(&mut looked.findings) {
        let span = placed.span;
        let at = At { file, contract, element: &placed.element, span, text: &|| first_line(text.slice(span)) };
        let is_secret = placed.finding.is_secret;
        match judge.judge(placed.finding, &at) {
            Some(finding) => {
                placed.finding = finding;
                looked.findings.push(placed);
            }
            None if is_secret => secrets.push((looked.document.id, span)),
            None => {}
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// What the rules have looked at.
struct Coverage<'a> {
    /// Whether they have looked at every document with this name.
    contracts: HashMap<&'a str, bool>,
    /// Whether they have looked at a file.
    files: HashMap<&'a str, bool>,
    /// Whether they have looked at everything.
    is_whole: bool,
    /// Whether every document of the repository was asked for, though some may not be sound.
    all_asked: bool,
    /// Whether a document may have any name, since it can't be read.
    is_unclear: bool,
}

impl<'a> Coverage<'a> {
    fn of(looked: &'a [Looked], paths: &'a [String], all_asked: bool) -> Self {
        let mut found = Self {
            contracts: HashMap::new(),
            files: HashMap::new(),
            is_whole: all_asked && looked.iter().all(|looked| looked.is_sound),
            all_asked,
            is_unclear: looked.iter().any(|looked| looked.is_meaningless),
        };
        for (looked, file) in looked.iter().zip(paths) {
            let is_seen = looked.is_target && looked.is_sound;
            found.files.insert(file, is_seen);
            if let Some(name) = &looked.name {
                *found.contracts.entry(name).or_insert(true) &= is_seen;
            }
        }
        found
    }

    fn has_contract(&self, name: Option<&str>) -> bool {
        match name {
            None => self.is_whole,
            Some(name) => self.contracts.get(name).copied().unwrap_or(self.all_asked) && !self.is_unclear,
        }
    }

    fn has_file(&self, file: &str) -> bool {
        self.all_asked && self.files.get(file).copied().unwrap_or(true)
    }
}
