//! What a repository accepts, and what nobody may be shown.

use jiff::civil::Date;

use crate::cli::workspace::Workspace;
use crate::finding::change::{Change, Verdict};
use crate::finding::policy::{Ignore, Subject};
use crate::lint::secrets::secret_in;
use crate::model::Literal;

/// The policy of the repository, applied to changes and to what is said about versions.
pub(super) struct Judge<'a> {
    workspace: &'a Workspace,
    pub(super) today: Date,
    /// How many changes an exception holds back.
    pub(super) ignored: usize,
    expired: Vec<usize>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(workspace: &'a Workspace, today: Date) -> Self {
        Self { workspace, today, ignored: 0, expired: Vec::new() }
    }

    /// Whether a code that stands at an element is turned off or accepted.
    fn is_accepted(&mut self, code: &str, subject: impl FnOnce() -> Subject) -> bool {
        let policy = &self.workspace.config.policy;
        if policy.level(code) == Some(None) {
            return true;
        }
        match policy.ignore(code, subject) {
            Some((_, ignore)) if ignore.until >= self.today => {
                self.ignored += 1;
                true
            }
            Some((index, _)) => {
                self.expired.push(index);
                false
            }
            None => false,
        }
    }

    /// Leaves out what is turned off or accepted.
    pub(super) fn filter(&mut self, changes: &mut Vec<Change>) {
        changes.retain(|change| {
            !self.is_accepted(change.meta.code, || Subject {
                contract: change.contract.clone(),
                element: change.element(),
                fingerprint: Some(change.fingerprint()),
            })
        });
    }

    /// The same with what is said about a version, at the severities that the repository wants.
    pub(super) fn remarks(&mut self, contract: &str, verdict: &mut Verdict) {
        verdict.remarks.retain(|remark| {
            !self.is_accepted(remark.meta.code, || Subject {
                contract: contract.to_owned(),
                element: "version".to_owned(),
                fingerprint: None,
            })
        });
        // What nobody relies on is not judged, whatever the configuration says.
        for remark in verdict.remarks.iter_mut().filter(|_| verdict.ungated.is_none()) {
            if let Some(level) = self.workspace.config.policy.level(remark.meta.code).flatten() {
                remark.severity = level;
            }
        }
    }

    /// The exceptions that would have applied and have expired.
    pub(super) fn expired(&mut self) -> impl Iterator<Item = &Ignore> {
        self.expired.sort_unstable();
        self.expired.dedup();
        let ignores = &self.workspace.config.policy.ignores;
        self.expired.iter().filter_map(|index| ignores.get(*index))
    }
}

/// What stands for a value that has a secret in it.
const HIDDEN: &str = "(hidden, since it has a secret in it)";

/// Takes secrets out of the values that are shown: what is printed ends up in logs that more people read than the file.
pub(in crate::cli) fn hide_secrets(changes: &mut [Change]) {
    let sides = changes.iter_mut().flat_map(|change| [&mut change.base, &mut change.head]);
    sides.filter_map(|side| side.value.as_mut()).for_each(hide);
}

fn hide(value: &mut Literal) {
    match value {
        Literal::Text(text) if secret_in(text).is_some() => HIDDEN.clone_into(text),
        Literal::List(items) => items.iter_mut().for_each(hide),
        Literal::Map(entries) => entries.iter_mut().for_each(|(_, value)| hide(value)),
        _ => {}
    }
}
