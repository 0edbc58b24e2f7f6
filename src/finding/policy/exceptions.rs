//! Exceptions that hold nothing back any more. They are findings of their own, at their lines: whoever reads a file must be
//! able to rely on every line.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::baseline::Entry;
use super::comments::{Comment, Covers};
use super::{Ignore, Override, Policy};
use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::model::SourceId;
use crate::source::Span;
use crate::source::words::quoted;

/// An exception whose last day is over.
const EXPIRED: RuleMeta = RuleMeta {
    code: "exception-expired",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Error,
    summary: "The last day of an exception is over.",
    page: include_str!("exception-expired.md"),
};

/// An exception that fits nothing.
const UNMATCHED: RuleMeta = RuleMeta {
    code: "exception-unmatched",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Warning,
    summary: "An exception fits no finding and no change.",
    page: include_str!("exception-unmatched.md"),
};

/// A comment that was meant as an exception and is none.
pub(super) const INVALID: RuleMeta = RuleMeta {
    code: "invalid-exception",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Warning,
    summary: "A comment for pact can't be understood, or lacks its code, its last day or its reason.",
    page: include_str!("invalid-exception.md"),
};

/// Findings of the baseline that are not there any more.
const BASELINE: RuleMeta = RuleMeta {
    code: "baseline-unmatched",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Info,
    summary: "The baseline has findings that are not there any more.",
    page: include_str!("baseline-unmatched.md"),
};

/// An override that is for nothing.
const OVERRIDE: RuleMeta = RuleMeta {
    code: "override-unmatched",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Warning,
    summary: "An override of pact.yaml is for no file and no contract.",
    page: include_str!("override-unmatched.md"),
};

/// What can be wrong with exceptions, sorted by code.
pub const RULES: &[RuleMeta] = &[BASELINE, EXPIRED, UNMATCHED, INVALID, OVERRIDE];

/// What a comparison has seen of the exceptions.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The day.
    pub today: Date,
    /// Positions of the exceptions that fit something, expired ones included.
    pub matched: &'a [usize],
    /// Whether the run has seen everything that an exception could be for, so that one that fits nothing is stale.
    pub whole: bool,
}

/// An exception, wherever it stands.
pub(super) struct Exception<'a> {
    /// What it is for: `no-primary-key of orders`.
    what: String,
    until: Date,
    span: Span,
    /// What to do where it fits nothing.
    unneeded: &'a str,
    fix: Option<Fix>,
}

impl<'a> Exception<'a> {
    /// An exception of the configuration, and whether the rule that it is for speaks anywhere.
    pub(super) fn of(ignore: &'a Ignore, is_selected: bool) -> Self {
        let unneeded = match (&ignore.fingerprint, is_selected) {
            (Some(_), _) => "remove it; only changes have fingerprints, and this is a finding of `pact lint`",
            (_, false) => "remove it: the rule is not selected",
            _ => "remove it: what it was for is gone, or is about another contract or element now",
        };
        Self { what: what(ignore), until: ignore.until, span: ignore.span, unneeded, fix: None }
    }

    fn finding(&self, rule: &RuleMeta, source: SourceId, message: String) -> Finding {
        Finding::new(rule, Label { source, place: Place::Span(self.span), note: String::new() }, message)
    }

    /// That its last day is over.
    fn expired(&self, matched: bool, source: SourceId) -> Finding {
        let message = format!("the exception for {} expired on {}", self.what, self.until);
        if matched {
            return self
                .finding(&EXPIRED, source, format!("{message}, and what it held back is still there"))
                .help("mend what it was for, or agree anew and write a later day");
        }
        // It holds nothing back, and nothing is there that it could hold back.
        Finding { severity: Severity::Warning, ..self.finding(&EXPIRED, source, message).help("remove it") }
    }

    /// What is wrong with it, if anything is.
    pub(super) fn stale(self, matched: bool, today: Date, source: SourceId) -> Option<Finding> {
        let mut finding = if self.until < today {
            self.expired(matched, source)
        } else if matched {
            return None;
        } else {
            self.finding(&UNMATCHED, source, format!("the exception for {} holds nothing back", self.what))
                .help(self.unneeded)
        };
        finding.fix = self.fix.filter(|_| !matched).map(Box::new);
        Some(finding)
    }
}

impl Policy {
    /// Findings about exceptions for changes, with the levels that the policy gives them. `concerns` says whether a code is one
    /// that the run looks for; `source` is the document of the configuration.
    pub fn stale(&self, seen: Compared<'_>, source: SourceId, concerns: impl Fn(&str) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, ignore) in self.ignores.iter().enumerate().filter(|(_, ignore)| concerns(&ignore.code)) {
            let exception = Exception::of(ignore, true);
            let matched = seen.matched.contains(&index);
            if ignore.until < seen.today {
                findings.push(exception.expired(matched, source));
            } else if seen.whole && !matched && ignore.fingerprint.is_some() {
                let message = format!("the exception for {} fits no change", exception.what);
                let help = "remove it: the change is merged, gone, or another one now (`pact accept` lists them)";
                findings.push(exception.finding(&UNMATCHED, source, message).help(help));
            }
        }
        findings.retain_mut(|finding| self.keeps(finding, seen.today));
        findings
    }

    /// Gives a finding about an exception of the configuration its level, and says whether it stands.
    fn keeps(&self, finding: &mut Finding, today: Date) -> bool {
        let Some(rule) = RULES.iter().find(|rule| rule.code == finding.code) else { return true };
        finding.severity = self.severity(rule).unwrap_or(finding.severity);
        let accepted = self.ignore(rule.code, super::Subject::default);
        self.speaks(rule) && accepted.is_none_or(|(_, ignore)| ignore.until < today)
    }
}

/// What is wrong with a comment, for each code that it names.
pub(super) fn of_comment(
    comment: &Comment,
    matched: &[bool],
    today: Date,
    is_told: &dyn Fn(&str) -> bool,
    source: SourceId,
    findings: &mut Vec<Finding>,
) {
    let unneeded = match comment.covers {
        Covers::File => "remove it: nothing in the file is held back by it",
        Covers::Line(_) => {
            "remove it, or put it where the finding is: at the end of a line a comment is for what begins on that line"
        }
        Covers::Block(_) => {
            "remove it, or put it where the finding is: on a line of its own a comment is for the entry below it, and as \
             `ignore-file` before the first key for the whole file"
        }
        Covers::Nothing => "remove it, or put it above the entry that it is for: nothing stands below it",
    };
    // A comment goes as a whole or not at all: which words of its reason belong to which code nobody can tell.
    let is_unneeded = matched.iter().all(|matched| !matched) && comment.codes.iter().all(|(code, _)| is_told(code));
    for ((code, span), matched) in comment.codes.iter().zip(matched) {
        let span = if comment.codes.len() == 1 { comment.span } else { *span };
        // It may stand at the wrong place only, and what else it says would be gone with it.
        let remove = || Fix::guess("remove the comment", vec![Edit::Bytes(comment.all, String::new())]);
        let exception =
            Exception { what: (*code).to_owned(), until: comment.until, span, unneeded, fix: is_unneeded.then(remove) };
        if *matched || is_told(code) {
            findings.extend(exception.stale(*matched, today, source));
        }
    }
}

/// That an override fits nothing.
pub(super) fn of_override(one: &Override, source: SourceId) -> Finding {
    let (what, help) = match (&one.paths, &one.contracts) {
        (Some(_), Some(_)) => (
            "no file with such a contract",
            "correct `paths` and `contracts`, of which both must fit, or remove the override",
        ),
        (None, _) => ("no contract", "correct the names in `contracts`, or remove the override"),
        _ => ("no file", "correct `paths`, which are relative to pact.yaml, or remove the override"),
    };
    let label = Label { source, place: Place::Span(one.span), note: String::new() };
    Finding::new(&OVERRIDE, label, format!("the override is for {what} that there is")).help(help)
}

/// Findings of the baseline that are not there any more: one for each file.
pub(super) fn of_baseline(
    unmatched: Vec<(Entry, usize)>,
    is_told: impl Fn(&Entry) -> bool,
    source: SourceId,
) -> Vec<Finding> {
    const NAMED: usize = 3;
    let mut files: BTreeMap<String, Vec<(Entry, usize)>> = BTreeMap::new();
    for (entry, count) in unmatched.into_iter().filter(|(entry, _)| is_told(entry)) {
        files.entry(entry.file.clone()).or_default().push((entry, count));
    }
    let finding = |(file, entries): (String, Vec<(Entry, usize)>)| {
        let (first, _) = entries.first()?;
        let count: usize = entries.iter().map(|(_, count)| count).sum();
        let mut codes: Vec<String> = entries.iter().map(|(entry, _)| quoted(&entry.code)).collect();
        codes.dedup();
        let more = if codes.len() > NAMED { ", ..." } else { "" };
        codes.truncate(NAMED);
        let are =
            if count == 1 { "1 finding of the baseline is" } else { &format!("{count} findings of the baseline are") };
        let message = format!("{are} not there any more in {}: {}{more}", quoted(&file), codes.join(", "));
        let label = Label { source, place: Place::Span(first.span), note: String::new() };
        let help = "`pact lint --write-baseline` takes them out";
        Some(Finding::new(&BASELINE, label, message).help(help))
    };
    files.into_iter().filter_map(finding).collect()
}

fn what(ignore: &Ignore) -> String {
    match (&ignore.path, &ignore.contract) {
        (Some(of), _) | (None, Some(of)) => format!("{} of {of}", ignore.code),
        (None, None) => ignore.code.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Selection, Selector, Setting};
    use super::*;

    fn ignore(fingerprint: Option<&str>) -> Ignore {
        Ignore {
            code: "field-renamed".into(),
            contract: None,
            path: None,
            fingerprint: fingerprint.map(str::to_owned),
            approved_by: None,
            reason: "agreed".into(),
            until: "2026-06-30".parse().expect("a day"),
            span: Span::default(),
        }
    }

    fn found(policy: &Policy, today: &str, matched: &[usize], whole: bool) -> Vec<(&'static str, Severity)> {
        let seen = Compared { today: today.parse().expect("a day"), matched, whole };
        let findings = policy.stale(seen, SourceId(0), |_| true);
        findings.into_iter().map(|finding| (finding.code, finding.severity)).collect()
    }

    #[test]
    fn an_exception_that_has_expired_fails_where_it_would_be_needed() {
        let one = Policy { ignores: vec![ignore(Some("9c1f"))], ..Policy::default() };
        assert_eq!(found(&one, "2026-06-30", &[0], true), []);
        assert_eq!(found(&one, "2026-07-01", &[0], true), [("exception-expired", Severity::Error)]);
        assert_eq!(found(&one, "2026-07-01", &[], false), [("exception-expired", Severity::Warning)]);
        for selector in [Selector::Code("exception-expired".into()), Selector::Group(Group::Policy)] {
            let selection = Selection { levels: vec![(selector, Setting::Off)], ..Selection::default() };
            let off = Policy { selection, ..one.clone() };
            assert_eq!(found(&off, "2026-07-01", &[0], true), []);
        }
    }

    #[test]
    fn an_exception_for_one_change_is_stale_without_it() {
        let one = Policy { ignores: vec![ignore(Some("9c1f"))], ..Policy::default() };
        assert_eq!(found(&one, "2026-01-01", &[], true), [("exception-unmatched", Severity::Warning)]);
        // What has not all been looked at may still be there, and what is for every change waits for the next.
        assert_eq!(found(&one, "2026-01-01", &[], false), []);
        let any = Policy { ignores: vec![ignore(None)], ..Policy::default() };
        assert_eq!(found(&any, "2026-01-01", &[], true), []);
    }
}
