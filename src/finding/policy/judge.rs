//! The policy held against the findings of a lint run: what stands, what is held back, and which exceptions hold back
//! nothing any more.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::baseline::{Entry, Left};
use super::codes::Codes;
use super::comments::Comments;
use super::exceptions::{self, Exception};
use super::table::{Selected, Table};
use super::{Policy, Subject};
use crate::finding::{Finding, Group, RuleMeta};
use crate::model::SourceId;
use crate::source::Span;

/// The policy in a lint run.
#[derive(Debug)]
pub struct Judge<'a> {
    policy: &'a Policy,
    selected: &'a Selected<'a>,
    codes: &'a Codes,
    rules: HashMap<&'static str, &'static RuleMeta>,
    today: Date,
}

/// What the policy says of one document.
#[derive(Debug)]
pub struct OfDocument<'a> {
    judge: &'a Judge<'a>,
    contract: &'a str,
    source: SourceId,
    table: Arc<Table>,
    comments: &'a Comments,
    /// Whether each code of each comment fits something.
    needed: Vec<Vec<bool>>,
    held: Held,
}

/// What is held back in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// How many findings exceptions hold back, in the configuration and in comments.
    pub ignored: usize,
    /// The positions of the exceptions of the configuration that fit something, expired ones included.
    pub matched: BTreeSet<usize>,
}

/// What a run has looked at.
pub struct Seen<'a> {
    /// Whether rules looked at everything that an exception for this contract (`None`: for any) can be for.
    pub contract: &'a dyn Fn(Option<&str>) -> bool,
    /// Whether rules looked at a file of the baseline, or it is not there any more.
    pub file: &'a dyn Fn(&str) -> bool,
}

impl<'a> Judge<'a> {
    /// The policy, as of a day.
    pub fn new(policy: &'a Policy, selected: &'a Selected<'a>, codes: &'a Codes, today: Date) -> Self {
        let rules = codes.rules.iter().map(|rule| (rule.code, *rule)).collect();
        Self { policy, selected, codes, rules, today }
    }

    /// Everything that has a code.
    pub fn codes(&self) -> &'a Codes {
        self.codes
    }

    /// The rules of the run.
    pub fn selected(&self) -> &'a Selected<'a> {
        self.selected
    }

    /// The policy for a document: its file relative to the configuration, with slashes, and the name of the contract in it.
    pub fn of_document<'d>(
        &'d self,
        source: SourceId,
        file: &str,
        contract: &'d str,
        comments: &'d Comments,
    ) -> OfDocument<'d> {
        let needed = comments.all.iter().map(|comment| vec![false; comment.codes.len()]).collect();
        let table = self.selected.of(file, contract);
        OfDocument { judge: self, contract, source, table, comments, needed, held: Held::default() }
    }

    /// Whether a finding may be held back by a baseline: neither what is wrong with a form, nor with an exception.
    pub fn may_be_in_baseline(&self, finding: &Finding) -> bool {
        let rule = self.rules.get(finding.code);
        rule.is_some_and(|rule| !matches!(rule.group, Group::Form | Group::Policy))
    }

    /// Whether findings of a code would have been told, were there any: a run may look for less than the repository does.
    fn tells(&self, code: &str) -> bool {
        !self.selected.asks_for_less() || self.selected.anywhere_by_code(code)
    }

    /// What is wrong with the exceptions and overrides of the configuration, whose document is `source`. `matched` are the positions of those
    /// that fit something.
    pub fn of_config(&self, matched: &BTreeSet<usize>, seen: &Seen<'_>, source: SourceId) -> Vec<Finding> {
        let exceptions = self.policy.ignores.iter().enumerate();
        let ours = exceptions.filter(|(_, ignore)| self.codes.is_of_lint_alone(&ignore.code));
        let known = ours.map(|(index, ignore)| (ignore, matched.contains(&index))).filter(|(ignore, matched)| {
            *matched || self.tells(&ignore.code) && (seen.contract)(ignore.contract.as_deref())
        });
        let exception = |ignore| Exception::of(ignore, self.selected.anywhere_by_code(&ignore.code));
        let stale = known.filter_map(|(ignore, matched)| exception(ignore).stale(matched, self.today, source));
        let is_all_known = !self.policy.overrides.is_empty() && (seen.contract)(None);
        // Asked before anything else is: the configuration is no file that an override could be for.
        let overrides = if is_all_known { self.selected.unmatched() } else { Vec::new() };
        let unmatched = overrides.into_iter().map(|one| exceptions::of_override(one, source));
        self.kept(stale.chain(unmatched).collect(), &self.selected.of("", ""))
    }

    /// What a baseline holds that is not there any more; its document is `source`.
    pub fn of_baseline(&self, left: Left, seen: &Seen<'_>, source: SourceId) -> Vec<Finding> {
        let is_told = |entry: &Entry| self.tells(&entry.code) && (seen.file)(&entry.file);
        let findings = exceptions::of_baseline(left.unmatched(), is_told, source);
        self.kept(findings, &self.selected.of("", ""))
    }

    /// Findings about exceptions with their levels, without those that the repository does not want. Exceptions for such
    /// findings stand in the configuration.
    fn kept(&self, mut findings: Vec<Finding>, table: &Table) -> Vec<Finding> {
        findings.retain_mut(|finding| {
            finding.severity = table.severity(finding.code).unwrap_or(finding.severity);
            let accepted = self.policy.ignore(finding.code, Subject::default);
            table.speaks(finding.code) && accepted.is_none_or(|(_, ignore)| ignore.until < self.today)
        });
        findings
    }
}

impl OfDocument<'_> {
    /// Whether a finding stands, which gets its final severity; `element` is what it is about, and `span` its place.
    pub fn stands(&mut self, finding: &mut Finding, element: &str, span: Span) -> bool {
        let rule = self.judge.rules.get(finding.code).filter(|rule| rule.group != Group::Form);
        // What is wrong with the form of a text is always an error.
        let Some(rule) = rule else { return true };
        if !self.table.speaks(rule.code) {
            return false;
        }
        finding.severity = self.table.severity(rule.code).unwrap_or(finding.severity);
        // Both are asked: each has to know whether it is needed.
        let in_comment = self.in_comment(finding.code, span);
        let in_config = self.in_config(finding.code, element);
        if in_comment || in_config {
            self.held.ignored += 1;
        }
        !in_comment && !in_config
    }

    /// Whether a comment holds a finding back. Every comment that fits is needed, expired ones included.
    fn in_comment(&mut self, code: &str, span: Span) -> bool {
        let mut is_held = false;
        for (comment, needed) in self.comments.all.iter().zip(&mut self.needed) {
            let index = comment.codes.iter().position(|(known, _)| *known == code);
            if let Some(needed) = index.and_then(|index| needed.get_mut(index))
                && comment.covers(span.start)
            {
                *needed = true;
                is_held |= comment.until >= self.judge.today;
            }
        }
        is_held
    }

    fn in_config(&mut self, code: &str, element: &str) -> bool {
        let found = self.judge.policy.ignore(code, || Subject {
            contract: self.contract.to_owned(),
            element: element.to_owned(),
            fingerprint: None,
        });
        let Some((index, ignore)) = found else { return false };
        self.held.matched.insert(index);
        ignore.until >= self.judge.today
    }

    /// The end of the document: what is wrong with its comments, and what is held back. `is_sound` says whether rules looked at
    /// it, so that what fits nothing is not needed.
    pub fn finish(self, is_sound: bool) -> (Vec<Finding>, Held) {
        let mut findings = self.comments.wrong.clone();
        for (comment, needed) in self.comments.all.iter().zip(&self.needed) {
            let is_told = |code: &str| is_sound && self.judge.tells(code);
            exceptions::of_comment(comment, needed, self.judge.today, &is_told, self.source, &mut findings);
        }
        (self.judge.kept(findings, &self.table), self.held)
    }
}
