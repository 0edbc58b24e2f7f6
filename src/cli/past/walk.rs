//! The walk itself: from a state of a contract back to where it began.

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Began, Merges, Step, Version, contract_of};
use crate::cli::diff::hide_secrets;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::workspace::Workspace;
use crate::diff::{self, verdict::verdict};
use crate::finding::change::{Change, ContractDiff};
use crate::finding::policy::{Setting, Subject};
use crate::io::git::{Behind, BlobId, Commit, Made};
use crate::model::Contract;

/// What is known while walking.
pub(super) struct Walk<'a> {
    pub(super) history: &'a History<'a>,
    pub(super) workspace: &'a Workspace,
    pub(super) merges: Merges,
    pub(super) today: Date,
    pub(super) steps: Vec<Step>,
}

/// What a commit has of a contract.
enum Found {
    Readable(Box<Version>),
    Unreadable,
    Nothing,
}

/// Where the walk stands.
enum At {
    /// At this state of the contract.
    There(Box<Version>),
    /// Between its removal and its return, with its name and its last path.
    Gone(String),
}

impl Walk<'_> {
    pub(super) fn run(mut self, newest: Version, start: &Commit, from_disk: bool) -> Result<Vec<Step>, Error> {
        let mut newer = newest;
        if from_disk {
            match self.committed(start, &newer)? {
                Found::Readable(committed) => {
                    if committed.blob != newer.blob || committed.path != newer.path {
                        self.step(None, Some(&committed.contract), Some(&newer.contract));
                    }
                    newer = *committed;
                }
                Found::Unreadable => {}
                Found::Nothing => {
                    self.step(None, None, Some(&newer.contract));
                    return Ok(self.steps);
                }
            }
        }
        let history = self.history;
        let mut at = At::There(Box::new(newer));
        history.git.trace::<Error>(start, |commit, behind| {
            let At::There(newer) = &at else {
                let (next, found) = self.before_removal(commit, behind, &at)?;
                at = found.map_or_else(|| std::mem::replace(&mut at, At::Gone(String::new())), At::There);
                return Ok(next);
            };
            let (parent, parents) = match behind {
                Behind::Parents(parent, parents) => (parent, parents),
                Behind::Beginning => {
                    self.step(Some(history.git.made(commit)?), None, Some(&newer.contract));
                    return Ok(None);
                }
                Behind::Missing => {
                    self.cut(history.git.made(commit)?, &newer.contract);
                    return Ok(None);
                }
            };
            let older = match self.older(commit, parent, newer)? {
                Found::Readable(older) if is_same(&older, newer) => return Ok(Some(0)),
                found => found,
            };
            if self.merges == Merges::Followed
                && let Some(side) = self.merged_from(parents, newer)?
            {
                // The merge took the contract as it is on this side: whoever changed it did so there.
                return Ok(Some(side));
            }
            match older {
                Found::Readable(older) => {
                    self.step(Some(history.git.made(commit)?), Some(&older.contract), Some(&newer.contract));
                    at = At::There(older);
                }
                // What a file that can't be read meant is not known: the next commit that can be read tells.
                Found::Unreadable => {}
                Found::Nothing => {
                    self.step(Some(history.git.made(commit)?), None, Some(&newer.contract));
                    at = At::Gone(newer.contract.name.clone());
                }
            }
            Ok(Some(0))
        })?;
        Ok(self.steps)
    }

    /// Whether a commit took away the contract that a later one has brought back: what it was then.
    fn before_removal(
        &mut self,
        commit: &Commit,
        behind: Behind<'_>,
        at: &At,
    ) -> Result<(Option<usize>, Option<Box<Version>>), Error> {
        let (Behind::Parents(parent, _), At::Gone(name)) = (behind, at) else { return Ok((None, None)) };
        for (path, blob) in self.history.removed(parent, commit)? {
            if let Some(contract) = self.read(blob).filter(|contract| contract.is_called(name)) {
                self.step(Some(self.history.git.made(commit)?), Some(&contract), None);
                return Ok((Some(0), Some(Box::new(Version { contract, path, blob: Some(blob) }))));
            }
        }
        Ok((Some(0), None))
    }

    /// The side of a merge that has the very file, other than the first.
    fn merged_from(&self, parents: &[Commit], newer: &Version) -> Result<Option<usize>, Error> {
        for (index, parent) in parents.iter().enumerate().skip(1) {
            let blob = self.history.git.blob_at(parent, &newer.path)?;
            if blob.is_some() && blob == newer.blob {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// The contract in the parent of a commit, at the same path or at the one that it was moved from.
    fn older(&self, commit: &Commit, parent: &Commit, newer: &Version) -> Result<Found, Error> {
        // The same content needs no second look.
        let blob = self.history.git.blob_at(parent, &newer.path)?;
        if blob.is_some() && blob == newer.blob {
            return Ok(Found::Readable(Box::new(newer.clone())));
        }
        match self.version(parent, newer)? {
            Found::Nothing => {}
            found => return Ok(found),
        }
        for (path, blob) in self.history.removed(parent, commit)? {
            if let Some(contract) = self.read(blob).filter(|contract| contract.is_one_with(&newer.contract)) {
                return Ok(Found::Readable(Box::new(Version { contract, path, blob: Some(blob) })));
            }
        }
        Ok(Found::Nothing)
    }

    /// The contract at the commit that the work tree stands on, at the same path or in a file that is no longer on disk.
    fn committed(&self, commit: &Commit, newer: &Version) -> Result<Found, Error> {
        match self.version(commit, newer)? {
            Found::Nothing => {}
            found => return Ok(found),
        }
        let root = self.history.git.root().unwrap_or_else(|| Path::new(""));
        for (path, blob) in self.history.files(commit)?.into_iter().filter(|(path, _)| !is_on_disk(&root.join(path))) {
            if let Some(contract) = self.read(blob).filter(|contract| contract.is_one_with(&newer.contract)) {
                return Ok(Found::Readable(Box::new(Version { contract, path, blob: Some(blob) })));
            }
        }
        Ok(Found::Nothing)
    }

    fn version(&self, commit: &Commit, newer: &Version) -> Result<Found, Error> {
        let Some(blob) = self.history.git.blob_at(commit, &newer.path)? else { return Ok(Found::Nothing) };
        Ok(self.read(blob).map_or(Found::Unreadable, |contract| {
            Found::Readable(Box::new(Version { contract, path: newer.path.clone(), blob: Some(blob) }))
        }))
    }

    fn read(&self, blob: BlobId) -> Option<Contract> {
        contract_of(&self.history.git.read(blob).ok()?)
    }

    /// Adds a step, if it changed what the contract means or its version.
    pub(super) fn step(&mut self, made: Option<Made>, before: Option<&Contract>, after: Option<&Contract>) {
        let Some(known) = after.or(before) else { return };
        let mut changes = diff::contract(before, after, self.today);
        hide_secrets(&mut changes);
        let is_new_version = before.map(|one| &one.version) != after.map(|one| &one.version);
        if changes.is_empty() && !is_new_version {
            return;
        }
        let day = made.as_ref().map_or(self.today, |made| made.date.to_zoned(TimeZone::UTC).date());
        // What was agreed on then asked nothing of the version.
        let (accepted, standing): (Vec<Change>, Vec<Change>) =
            changes.iter().cloned().partition(|change| self.is_accepted(change, day));
        let mut verdict = verdict(before, after, &standing, self.workspace.config.compatibility);
        let policy = &self.workspace.config.policy;
        verdict.remarks.retain(|remark| {
            let subject = || Subject { contract: known.name.clone(), element: "version".to_owned(), fingerprint: None };
            policy.setting(remark.meta.code) != Some(Setting::Off)
                && policy.ignore(remark.meta.code, subject).is_none_or(|(_, ignore)| ignore.until < day)
        });
        let renamed = match (before, after) {
            (Some(before), Some(after)) => diff::renamed_datasets(before, after),
            _ => Vec::new(),
        };
        self.steps.push(Step {
            made,
            after: known.clone(),
            diff: ContractDiff {
                name: known.name.clone(),
                subscription: None,
                base: None,
                head: None,
                changes,
                verdict: Some(verdict),
            },
            accepted: accepted.iter().map(Change::fingerprint).collect(),
            began: match (before, after) {
                (None, _) => Some(Began::Here),
                _ => None,
            },
            is_removal: after.is_none(),
            renamed,
        });
    }

    /// Adds the step at which a shallow clone ends: what the contract was before is not known.
    fn cut(&mut self, made: Made, contract: &Contract) {
        let verdict = verdict(None, Some(contract), &[], self.workspace.config.compatibility);
        let changes = Vec::new();
        self.steps.push(Step {
            made: Some(made),
            after: contract.clone(),
            diff: ContractDiff {
                name: contract.name.clone(),
                subscription: None,
                base: None,
                head: None,
                changes,
                verdict: Some(verdict),
            },
            accepted: Vec::new(),
            began: Some(Began::Unknown),
            is_removal: false,
            renamed: Vec::new(),
        });
    }

    fn is_accepted(&self, change: &Change, day: Date) -> bool {
        let policy = &self.workspace.config.policy;
        let subject = || Subject {
            contract: change.contract.clone(),
            element: change.element(),
            fingerprint: Some(change.fingerprint()),
        };
        policy.setting(change.meta.code) == Some(Setting::Off)
            || policy.ignore(change.meta.code, subject).is_some_and(|(_, ignore)| ignore.until >= day)
    }
}

fn is_same(one: &Version, other: &Version) -> bool {
    one.blob == other.blob && one.path == other.path
}

/// Whether a file is there under this very name: where case does not count, another one may answer to it.
fn is_on_disk(path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| real.file_name() == path.file_name())
}
