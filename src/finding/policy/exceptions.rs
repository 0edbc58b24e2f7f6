//! Exceptions that hold nothing back any more. They are findings of their own, at their lines in the configuration: whoever
//! reads it must be able to rely on every line.

use jiff::civil::Date;

use super::{Ignore, Policy};
use crate::finding::{Finding, Group, Label, Place, RuleMeta, Severity};
use crate::model::SourceId;

/// An exception whose last day is over.
const EXPIRED: RuleMeta = RuleMeta {
    code: "exception-expired",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Error,
    summary: "The last day of an exception is over.",
    page: include_str!("exception-expired.md"),
};

/// An exception for a change that is not there.
const UNMATCHED: RuleMeta = RuleMeta {
    code: "exception-unmatched",
    group: Group::Policy,
    by_default: true,
    severity: Severity::Warning,
    summary: "No change has the fingerprint of an exception.",
    page: include_str!("exception-unmatched.md"),
};

/// What can be wrong with exceptions.
pub const RULES: &[RuleMeta] = &[EXPIRED, UNMATCHED];

/// What a run has seen of the exceptions.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The day.
    pub today: Date,
    /// Positions of the exceptions that fit something, expired ones included.
    pub matched: &'a [usize],
    /// Whether the run has seen everything that an exception could be for, so that one that fits nothing is stale.
    pub whole: bool,
}

impl Policy {
    /// Findings about exceptions, with the levels that the policy gives them. `concerns` says whether a code is one that the
    /// run looks for; `source` is the document of the configuration.
    pub fn stale(&self, seen: Seen<'_>, source: SourceId, concerns: impl Fn(&str) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, ignore) in self.ignores.iter().enumerate().filter(|(_, ignore)| concerns(&ignore.code)) {
            let finding = |rule: &RuleMeta, message: String| {
                let place = Place::Span(ignore.span);
                Finding::new(rule, Label { source, place, note: String::new() }, message)
            };
            let matched = seen.matched.contains(&index);
            let until = ignore.until;
            if until < seen.today {
                let message = format!("the exception for {} expired on {until}", what(ignore));
                findings.push(if matched {
                    finding(&EXPIRED, format!("{message}, and what it held back is still there"))
                        .help("mend what it was for, or agree anew and write a later day")
                } else {
                    let mut finding = finding(&EXPIRED, message).help("remove it");
                    // It holds nothing back, and nothing is there that it could hold back.
                    finding.severity = Severity::Warning;
                    finding
                });
            } else if seen.whole && !matched && ignore.fingerprint.is_some() {
                let message = format!("the exception for {} fits no change", what(ignore));
                let help = "remove it: the change is merged, gone, or another one now (`pact accept` lists them)";
                findings.push(finding(&UNMATCHED, message).help(help));
            }
        }
        self.apply(findings, seen.today, |_| super::Subject::default()).findings
    }
}

fn what(ignore: &Ignore) -> String {
    match (&ignore.path, &ignore.contract) {
        (Some(of), _) | (None, Some(of)) => format!("{} of {of}", ignore.code),
        (None, None) => ignore.code.clone(),
    }
}

#[cfg(test)]
mod tests {
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
            span: crate::source::Span::default(),
        }
    }

    fn found(policy: &Policy, today: &str, matched: &[usize], whole: bool) -> Vec<(&'static str, Severity)> {
        let seen = Seen { today: today.parse().expect("a day"), matched, whole };
        let findings = policy.stale(seen, SourceId(0), |_| true);
        findings.into_iter().map(|finding| (finding.code, finding.severity)).collect()
    }

    #[test]
    fn an_exception_that_has_expired_fails_where_it_would_be_needed() {
        let one = Policy { ignores: vec![ignore(Some("9c1f"))], ..Policy::default() };
        assert_eq!(found(&one, "2026-06-30", &[0], true), []);
        assert_eq!(found(&one, "2026-07-01", &[0], true), [("exception-expired", Severity::Error)]);
        assert_eq!(found(&one, "2026-07-01", &[], false), [("exception-expired", Severity::Warning)]);
        let off = Policy { levels: vec![("exception-expired".into(), crate::finding::policy::Setting::Off)], ..one };
        assert_eq!(found(&off, "2026-07-01", &[0], true), []);
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
