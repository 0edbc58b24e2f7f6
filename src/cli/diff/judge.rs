//! What a repository accepts, and what nobody may be shown.

use jiff::civil::Date;

use crate::cli::workspace::Workspace;
use crate::diff::catalog;
use crate::finding::change::{Accepted, Change, Levels, Verdict, Witness};
use crate::finding::policy::{Compared, Ignore, Policy, Setting, Subject};
use crate::finding::{Finding, Severity};
use crate::lint::secrets::secret_in;
use crate::model::{Literal, SourceId};

/// The policy of the repository, applied to changes and to what is said about versions.
pub(super) struct Judge<'a> {
    policy: &'a Policy,
    pub(super) today: Date,
    /// How many changes and remarks an exception holds back.
    pub(super) accepted: usize,
    /// Positions of the exceptions that fit something, expired ones included.
    matched: Vec<usize>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(workspace: &'a Workspace, today: Date) -> Self {
        Self { policy: &workspace.config.policy, today, accepted: 0, matched: Vec::new() }
    }

    /// The exception that holds something back.
    fn exception(&mut self, code: &str, subject: impl FnOnce() -> Subject) -> Option<Accepted> {
        let (index, exception) = self.policy.ignore(code, subject)?;
        self.matched.push(index);
        if exception.until < self.today {
            return None;
        }
        self.accepted += 1;
        let Ignore { reason, until, approved_by, .. } = exception;
        Some(Accepted { reason: reason.clone(), until: *until, approved_by: approved_by.clone() })
    }

    /// Gives changes the levels that the repository wants, marks those that it has accepted, and leaves out what is turned
    /// off.
    pub(super) fn changes(&mut self, changes: &mut Vec<Change>) {
        changes.retain_mut(|change| {
            match self.policy.setting(change.meta.code) {
                Some(Setting::Off) => return false,
                Some(Setting::Level(level)) => change.levels = Levels { reader: level, writer: level },
                Some(Setting::Severity(severity)) => change.forbidden = severity == Severity::Error,
                None => {}
            }
            change.accepted = self.exception(change.meta.code, || Subject {
                contract: change.contract.clone(),
                element: change.element(),
                fingerprint: Some(change.fingerprint()),
            });
            true
        });
    }

    /// The same with what is said about a version.
    pub(super) fn remarks(&mut self, contract: &str, verdict: &mut Verdict) {
        verdict.remarks.retain_mut(|remark| {
            match self.policy.setting(remark.meta.code) {
                Some(Setting::Off) => return false,
                // What nobody relies on is not judged, whatever the configuration says; the steps of a life are.
                Some(Setting::Severity(severity))
                    if verdict.ungated.is_none() || remark.severity == Severity::Error =>
                {
                    remark.severity = severity;
                }
                _ => {}
            }
            let accepted = self.exception(remark.meta.code, || Subject {
                contract: contract.to_owned(),
                element: "version".to_owned(),
                fingerprint: None,
            });
            if let Some(accepted) = accepted {
                remark.severity = Severity::Info;
                remark.message = format!("{} ({accepted})", remark.message);
                remark.help = None;
            }
            true
        });
    }

    /// What is wrong with the exceptions themselves. `whole` says whether all was compared that they can be for.
    pub(super) fn stale(&self, source: SourceId, whole: bool) -> Vec<Finding> {
        let seen = Compared { today: self.today, matched: &self.matched, whole };
        self.policy.stale(seen, source, |code| catalog::find(code).is_some())
    }
}

/// What stands for a value that has a secret in it.
const HIDDEN: &str = "(hidden, since it has a secret in it)";

/// Takes secrets out of the values that are shown: what is printed ends up in logs that more people read than the file.
pub(in crate::cli) fn hide_secrets(changes: &mut [Change]) {
    for change in changes.iter_mut() {
        // A witness may be made of what the contract lists. Without the value it shows nothing.
        let has_secret = |one: &Witness| secret_in(&one.text).is_some() || one.value.as_ref().is_some_and(is_secret);
        change.witness = change.witness.take().filter(|witness| !has_secret(witness));
    }
    let sides = changes.iter_mut().flat_map(|change| [&mut change.base, &mut change.head]);
    sides.filter_map(|side| side.value.as_mut()).for_each(hide);
}

/// An address without what may be secret in it: who logs in, and the parameters. `None` where there is a secret all the same.
fn masked(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let (place, parameters) = rest.find(['?', '#']).and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
    let (user, place) = match place.rsplit_once('@') {
        Some((_, place)) => ("(hidden)@", place),
        None => ("", place),
    };
    let parameters = if parameters.is_empty() { "" } else { "?(hidden)" };
    let shown = format!("{scheme}://{user}{place}{parameters}");
    secret_in(&shown).is_none().then_some(shown)
}

fn is_secret(value: &Literal) -> bool {
    match value {
        Literal::Text(text) => secret_in(text).is_some(),
        Literal::List(items) => items.iter().any(is_secret),
        Literal::Map(entries) => entries.iter().any(|(_, value)| is_secret(value)),
        _ => false,
    }
}

fn hide(value: &mut Literal) {
    match value {
        Literal::Text(text) if secret_in(text).is_some() => {
            *text = masked(text).unwrap_or_else(|| HIDDEN.to_owned());
        }
        Literal::List(items) => items.iter_mut().for_each(hide),
        Literal::Map(entries) => entries.iter_mut().for_each(|(_, value)| hide(value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff;
    use crate::format::read;
    use crate::source::SourceFile;

    fn contract(id: u32, listed: &str) -> crate::model::Contract {
        let text = format!(
            "name: a\nversion: 1.0.0\nschema:\n  - {{name: at, data_type: string, constraints: [{{type: enum, value: [{listed}]}}]}}\n"
        );
        read(SourceId(id), SourceFile::new("a.yaml", &text)).contract().expect("a contract").clone()
    }

    #[test]
    fn a_witness_with_a_secret_is_not_shown() {
        let today = jiff::civil::date(2026, 1, 1);
        let secret = "'https://ada:hunter2@example.com/data'";
        for (listed, shown) in [(secret, false), ("other", true)] {
            let (base, head) = (contract(0, "x, y"), contract(1, &format!("x, y, {listed}")));
            let mut changes = diff::contract(Some(&base), Some(&head), today);
            assert!(changes.iter().all(|change| change.witness.is_some()), "{changes:?}");
            hide_secrets(&mut changes);
            assert_eq!(changes.iter().all(|change| change.witness.is_some()), shown);
            assert!(!format!("{changes:?}").contains("hunter2"));
        }
    }

    #[test]
    fn an_address_is_shown_without_what_is_secret() {
        for (text, expected) in [
            ("https://ada:hunter2@example.com/data", "https://(hidden)@example.com/data"),
            ("https://example.com/data?token=abcdef1234567890", "https://example.com/data?(hidden)"),
            ("https://ada:hun@ter2@example.com:443/data#x", "https://(hidden)@example.com:443/data?(hidden)"),
            ("https://hooks.slack.com/services/T0/B0/x", HIDDEN),
            ("https://ada:hun/ter2@example.com/", "https://(hidden)@example.com/"),
            ("https://example.com/data", "https://example.com/data"),
        ] {
            let mut value = Literal::Text(text.into());
            hide(&mut value);
            assert_eq!(value.text(), Some(expected));
        }
    }
}
