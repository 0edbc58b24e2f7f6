//! The policy held against the findings of a lint run: what stands, what is held back, and which exceptions hold back
//! nothing any more.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::baseline::{Baseline, Entry, Left};
use super::codes::Codes;
use super::comments::Comments;
use super::exceptions::{self, Exception};
use super::table::{Selected, Table};
use super::{Policy, Subject};
use crate::finding::{Finding, Group, RuleMeta};
use crate::model::SourceId;
use crate::source::Span;

/// What a finding is about.
pub struct At<'a> {
    /// The file, relative to the configuration, with slashes.
    pub file: &'a str,
    /// The name of the contract in it; empty where it has none.
    pub contract: &'a str,
    /// The element; empty for the file.
    pub element: &'a str,
    /// Its place in the text.
    pub span: Span,
    /// What stands there, asked for only where it matters.
    pub text: &'a dyn Fn() -> String,
}

/// How many findings are held back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// By exceptions in the configuration and in comments.
    pub ignored: usize,
    /// By the baseline.
    pub baseline: usize,
}

/// What a run has looked at.
pub struct Looked<'a> {
    /// Whether rules looked at everything that an exception for this contract (`None`: for any) can be for.
    pub at_contract: &'a dyn Fn(Option<&str>) -> bool,
    /// Whether rules looked at a file of the baseline, or it is not there any more.
    pub at_file: &'a dyn Fn(&str) -> bool,
    /// Whether findings of a code would have been told, were there any: a run may look for less than the repository does.
    pub for_code: &'a dyn Fn(&str) -> bool,
    /// The documents of the configuration and of the baseline, for findings about them.
    pub config: SourceId,
    /// The same for the baseline.
    pub baseline: SourceId,
}

/// A baseline in a run.
#[derive(Debug)]
enum Old {
    /// There is none.
    None,
    /// It holds findings back.
    Read(Left),
    /// It is being written.
    Write(Vec<Entry>),
}

/// The policy in a lint run.
#[derive(Debug)]
pub struct Judge<'a> {
    policy: &'a Policy,
    selected: &'a Selected<'a>,
    codes: &'a Codes,
    rules: HashMap<&'static str, &'static RuleMeta>,
    today: Date,
    tables: HashMap<SourceId, Arc<Table>>,
    /// With whether each code of each comment fits something.
    comments: HashMap<SourceId, (Comments, Vec<Vec<bool>>)>,
    /// Whether each exception of the configuration fits something.
    matched: Vec<bool>,
    baseline: Old,
    held: Held,
}

impl<'a> Judge<'a> {
    /// The policy, as of a day.
    pub fn new(policy: &'a Policy, selected: &'a Selected<'a>, codes: &'a Codes, today: Date) -> Self {
        Self {
            policy,
            selected,
            codes,
            rules: codes.rules.iter().map(|rule| (rule.code, *rule)).collect(),
            today,
            tables: HashMap::new(),
            comments: HashMap::new(),
            matched: vec![false; policy.ignores.len()],
            baseline: Old::None,
            held: Held::default(),
        }
    }

    /// Findings that are in a baseline are held back.
    #[must_use]
    pub fn with_baseline(self, baseline: Baseline) -> Self {
        Self { baseline: Old::Read(Left::new(baseline)), ..self }
    }

    /// Findings that would stand are written into a new baseline, and held back by it.
    #[must_use]
    pub fn writing_baseline(self) -> Self {
        Self { baseline: Old::Write(Vec::new()), ..self }
    }

    /// The exceptions that stand in a file, with the contract in it. They come before its findings.
    pub fn comments(&mut self, source: SourceId, comments: Comments, file: &str, contract: &str) {
        self.tables.insert(source, self.selected.of(file, contract));
        let matched = comments.all.iter().map(|comment| vec![false; comment.codes.len()]).collect();
        self.comments.insert(source, (comments, matched));
    }

    /// A finding with its final severity; `None` where it is held back, or the repository wants none of its kind.
    pub fn judge(&mut self, mut finding: Finding, at: &At<'_>) -> Option<Finding> {
        let rule = self.rules.get(finding.code).copied().filter(|rule| rule.group != Group::Form);
        // What is wrong with the form of a text is always an error.
        let Some(rule) = rule else { return Some(finding) };
        let table = self.table(finding.label.source, at);
        if !table.speaks(rule.code) {
            return None;
        }
        finding.severity = table.severity(rule.code).unwrap_or(finding.severity);
        // Both are asked: each has to know whether it is needed.
        let in_comment = self.in_comment(&finding, at);
        let in_config = self.in_config(&finding, at);
        if in_comment || in_config {
            self.held.ignored += 1;
            return None;
        }
        if rule.group != Group::Policy && self.in_baseline(&finding, at) {
            self.held.baseline += 1;
            return None;
        }
        Some(finding)
    }

    fn table(&mut self, source: SourceId, at: &At<'_>) -> Arc<Table> {
        let selected = self.selected;
        Arc::clone(self.tables.entry(source).or_insert_with(|| selected.of(at.file, at.contract)))
    }

    /// Whether a comment holds a finding back. Every comment that fits is needed, expired ones included.
    fn in_comment(&mut self, finding: &Finding, at: &At<'_>) -> bool {
        let today = self.today;
        let Some((comments, matched)) = self.comments.get_mut(&finding.label.source) else { return false };
        let names = |codes: &[(&str, Span)]| codes.iter().position(|(code, _)| *code == finding.code);
        let mut is_held = false;
        for (comment, matched) in comments.all.iter().zip(matched) {
            let Some(index) = names(&comment.codes) else { continue };
            if comment.covers(at.span.start)
                && let Some(matched) = matched.get_mut(index)
            {
                *matched = true;
                is_held |= comment.until >= today;
            }
        }
        is_held
    }

    fn in_config(&mut self, finding: &Finding, at: &At<'_>) -> bool {
        let found = self.policy.ignore(finding.code, || Subject {
            contract: at.contract.to_owned(),
            element: at.element.to_owned(),
            fingerprint: None,
        });
        let Some((index, ignore)) = found else { return false };
        if let Some(matched) = self.matched.get_mut(index) {
            *matched = true;
        }
        ignore.until >= self.today
    }

    fn in_baseline(&mut self, finding: &Finding, at: &At<'_>) -> bool {
        if matches!(self.baseline, Old::None) {
            return false;
        }
        let text = || if finding.is_secret { String::new() } else { (at.text)() };
        let entry = Entry::new(finding.code, at.file, at.contract, at.element, text);
        match &mut self.baseline {
            Old::None => false,
            Old::Read(left) => left.takes(entry),
            Old::Write(entries) => {
                entries.push(entry);
                true
            }
        }
    }

    /// The end of a run: what is wrong with the exceptions themselves, how many findings are held back, and the new baseline,
    /// if one is being written.
    pub fn finish(mut self, looked: &Looked<'_>) -> (Vec<Finding>, Held, Option<Baseline>) {
        let mut findings = Vec::new();
        let mut comments: Vec<(SourceId, (Comments, Vec<Vec<bool>>))> = self.comments.drain().collect();
        comments.sort_unstable_by_key(|(source, _)| *source);
        for (source, (mut comments, matched)) in comments {
            findings.append(&mut comments.wrong);
            for (comment, matched) in comments.all.iter().zip(matched) {
                exceptions::of_comment(comment, &matched, self.today, looked.for_code, source, &mut findings);
            }
        }
        findings.extend(self.of_config(looked));
        let written = match std::mem::replace(&mut self.baseline, Old::None) {
            Old::None => None,
            Old::Read(left) => {
                let is_told = |entry: &Entry| (looked.for_code)(&entry.code) && (looked.at_file)(&entry.file);
                findings.extend(exceptions::of_baseline(left.unmatched(), is_told, looked.baseline));
                None
            }
            Old::Write(entries) => Some(Baseline::of(entries)),
        };
        findings.retain_mut(|finding| self.keeps(finding));
        (findings, self.held, written)
    }

    /// Gives a finding about an exception its level, and says whether it stands. Exceptions for such findings stand in the
    /// configuration.
    fn keeps(&self, finding: &mut Finding) -> bool {
        let table = self.tables.get(&finding.label.source).map_or_else(|| self.selected.of("", ""), Arc::clone);
        finding.severity = table.severity(finding.code).unwrap_or(finding.severity);
        let accepted = self.policy.ignore(finding.code, Subject::default);
        table.speaks(finding.code) && accepted.is_none_or(|(_, ignore)| ignore.until < self.today)
    }

    fn of_config(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let exceptions = self.policy.ignores.iter().zip(&self.matched);
        let ours = exceptions.filter(|(ignore, _)| self.codes.is_of_lint_alone(&ignore.code));
        let known = ours.filter(|(ignore, matched)| {
            **matched || (looked.for_code)(&ignore.code) && (looked.at_contract)(ignore.contract.as_deref())
        });
        let exception = |ignore| Exception::of(ignore, self.selected.anywhere_by_code(&ignore.code));
        known.filter_map(|(ignore, matched)| exception(ignore).stale(*matched, self.today, looked.config)).collect()
    }
}
