//! What a repository decides about findings: levels, and exceptions with a reason and an expiry date.

mod exceptions;

use jiff::civil::Date;

use super::change::Level;
use super::{Finding, Severity};
use crate::source::Span;

pub use exceptions::{RULES, Seen};

/// The decisions of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// What is set for a code, the last entry first.
    pub levels: Vec<(String, Setting)>,
    /// Accepted exceptions.
    pub ignores: Vec<Ignore>,
}

/// What a repository sets for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Nothing is said about it.
    Off,
    /// How bad a finding is. A kind of change that is an error fails the run whatever the version says.
    Severity(Severity),
    /// What a kind of change asks of the version.
    Level(Level),
}

impl Setting {
    /// The setting of a word of the configuration.
    pub fn from_name(name: &str) -> Option<Self> {
        let level = [Level::None, Level::Patch, Level::Minor, Level::Major].into_iter();
        match name {
            "off" => Some(Self::Off),
            name => Severity::from_name(name)
                .map(Self::Severity)
                .or_else(|| level.map(Self::Level).find(|level| level.name() == name)),
        }
    }

    /// The word of the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Severity(severity) => severity.name(),
            Self::Level(level) => level.name(),
        }
    }
}

/// An accepted exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The rule.
    pub code: String,
    /// The contract; `None` means every contract.
    pub contract: Option<String>,
    /// The element, such as `orders.email`; `None` means every element.
    pub path: Option<String>,
    /// The change with its values, as `pact diff` names it; `None` means every change of that code.
    pub fingerprint: Option<String>,
    /// Who accepted it.
    pub approved_by: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Where it stands in the configuration.
    pub span: Span,
}

/// What an exception may be about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The contract.
    pub contract: String,
    /// The element, as text.
    pub element: String,
    /// The fingerprint of a change; a finding has none.
    pub fingerprint: Option<String>,
}

/// What the policy made of a list of findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// The findings that stand, with their final severity.
    pub findings: Vec<Finding>,
    /// How many an exception holds back.
    pub ignored: usize,
    /// Positions of exceptions that have expired and would have held something back.
    pub expired: Vec<usize>,
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It stands.
    Stands,
    /// The repository wants to hear nothing of its kind.
    Off,
    /// The exception at this position holds it back.
    Accepted(usize),
    /// It stands: the exception at this position would hold it back and has expired.
    Expired(usize),
}

impl Policy {
    /// What becomes of a finding, as of a day; its severity is set to that of the repository. `subject` names the contract and
    /// the element. Expired exceptions hold nothing back.
    pub fn rule_on(&self, finding: &mut Finding, today: Date, subject: impl FnOnce() -> Subject) -> Ruling {
        match self.setting(finding.code) {
            Some(Setting::Off) => return Ruling::Off,
            Some(Setting::Severity(severity)) => finding.severity = severity,
            Some(Setting::Level(_)) | None => {}
        }
        match self.ignore(finding.code, subject) {
            Some((index, ignore)) if ignore.until >= today => Ruling::Accepted(index),
            Some((index, _)) => Ruling::Expired(index),
            None => Ruling::Stands,
        }
    }

    /// Applies the levels and exceptions to findings, as of a day. `subject` names the contract and the element of a
    /// finding.
    pub fn apply(&self, findings: Vec<Finding>, today: Date, subject: impl Fn(&Finding) -> Subject) -> Judged {
        let mut judged = Judged::default();
        for mut finding in findings {
            let about = subject(&finding);
            match self.rule_on(&mut finding, today, || about) {
                Ruling::Off => {}
                Ruling::Accepted(_) => judged.ignored += 1,
                Ruling::Expired(index) => {
                    judged.expired.push(index);
                    judged.findings.push(finding);
                }
                Ruling::Stands => judged.findings.push(finding),
            }
        }
        judged.expired.sort_unstable();
        judged.expired.dedup();
        judged
    }

    /// What the repository sets for a code; `None` where it says nothing.
    pub fn setting(&self, code: &str) -> Option<Setting> {
        self.levels.iter().rev().find(|(known, _)| known == code).map(|(_, level)| *level)
    }

    /// The exception that fits a code and a subject, whether it has expired or not, with its position.
    pub fn ignore(&self, code: &str, subject: impl FnOnce() -> Subject) -> Option<(usize, &Ignore)> {
        if !self.ignores.iter().any(|ignore| ignore.code == code) {
            return None;
        }
        let subject = subject();
        let fits = |ignore: &Ignore| {
            ignore.code == code
                && ignore.contract.as_ref().is_none_or(|name| *name == subject.contract)
                && ignore.path.as_ref().is_none_or(|wanted| *wanted == subject.element)
                && (ignore.fingerprint.is_none() || ignore.fingerprint == subject.fingerprint)
        };
        // An exception that still holds comes before an expired one for the same thing.
        let fitting = self.ignores.iter().enumerate().filter(|(_, ignore)| fits(ignore));
        fitting.max_by_key(|(_, ignore)| ignore.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Group, Label, RuleMeta};
    use crate::model::{Path, SourceId};

    const RULE: RuleMeta = RuleMeta {
        code: "field-odd",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "",
        page: "",
    };

    fn subject(fingerprint: Option<&str>) -> Subject {
        Subject {
            contract: "orders".into(),
            element: "orders.email".into(),
            fingerprint: fingerprint.map(str::to_owned),
        }
    }

    fn judge(policy: &Policy, today: &str) -> Judged {
        let label = Label::at(SourceId(0), Path::dataset("orders").field("email"));
        let finding = Finding::new(&RULE, label, "odd");
        policy.apply(vec![finding], today.parse().unwrap(), |_| subject(None))
    }

    #[test]
    fn a_level_replaces_the_default_and_off_removes() {
        let mut policy =
            Policy { levels: vec![("field-odd".into(), Setting::Severity(Severity::Error))], ..Policy::default() };
        assert_eq!(judge(&policy, "2026-01-01").findings[0].severity, Severity::Error);
        policy.levels = vec![("field-odd".into(), Setting::Off)];
        assert_eq!(judge(&policy, "2026-01-01"), Judged::default());
    }

    #[test]
    fn an_exception_holds_until_its_day_and_not_longer() {
        let ignore = |contract: &str| Ignore {
            code: "field-odd".into(),
            contract: Some(contract.into()),
            path: Some("orders.email".into()),
            fingerprint: None,
            approved_by: None,
            reason: "agreed".into(),
            until: "2026-06-30".parse().unwrap(),
            span: Span::default(),
        };
        let policy = Policy { ignores: vec![ignore("orders")], ..Policy::default() };
        assert_eq!(judge(&policy, "2026-06-30").ignored, 1);
        let late = judge(&policy, "2026-07-01");
        assert_eq!((late.ignored, late.findings.len(), late.expired), (0, 1, vec![0]));
        let other = Policy { ignores: vec![ignore("customers")], ..Policy::default() };
        assert_eq!(judge(&other, "2026-01-01").findings.len(), 1);
    }

    #[test]
    fn a_fingerprint_accepts_one_change_and_no_other() {
        let ignore = Ignore {
            code: "field-odd".into(),
            contract: None,
            path: None,
            fingerprint: Some("9c1f".into()),
            approved_by: None,
            reason: "agreed".into(),
            until: "2026-06-30".parse().unwrap(),
            span: Span::default(),
        };
        let policy = Policy { ignores: vec![ignore], ..Policy::default() };
        assert!(policy.ignore("field-odd", || subject(Some("9c1f"))).is_some());
        assert!(policy.ignore("field-odd", || subject(Some("0000"))).is_none());
        assert!(policy.ignore("field-odd", || subject(None)).is_none());
    }
}
