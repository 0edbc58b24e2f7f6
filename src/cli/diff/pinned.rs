//! Versions older than the one before that somebody still pins, found in history (`compatibility.transitive`).

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::PathBuf;

use semver::{Version, VersionReq};

use super::judge::{Judge, hide_secrets};
use super::others::{Others, Place};
use super::releases::Wanted;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::diff::Paired;
use crate::diff::impact::Users;
use crate::diff::verdict::pinned::since;
use crate::finding::change::{Against, Change};
use crate::io::git::Commit;
use crate::model::{Compatibility, Contract, SourceId};

/// What is compared beside the version before.
#[derive(Debug, Default)]
pub(super) struct Pinned {
    /// What changed since versions that are still pinned, the oldest first.
    pub(super) against: Vec<Against>,
    /// Pins whose version is not found: the team, its requirement, and what helps.
    pub(super) lost: Vec<(String, String, Option<String>)>,
}

/// Whether older versions count as well. A change can't lift its own protection: what either side says holds.
pub(super) fn is_asked((base, head): &Paired<'_>, changes: &[Change], default: Compatibility) -> bool {
    let is_transitive = |side: &Contract| side.compatibility.unwrap_or(default).transitive;
    match (base, head) {
        (Some((_, base)), Some((_, head))) => {
            let same = changes.is_empty() && base.version == head.version;
            !same && (is_transitive(base) || is_transitive(head))
        }
        _ => false,
    }
}

/// Finds the pinned versions of each contract that asks for it, by its document, and what changed since. Two plain files have no
/// history.
pub(super) fn find<'a>(
    found: &[(Paired<'a>, Vec<Change>)],
    paths: &[PathBuf],
    users: &Users<'a>,
    others: &Others<'_>,
    judge: &mut Judge<'_>,
) -> Result<HashMap<SourceId, Pinned>, Error> {
    let mut all = HashMap::new();
    let Place::Git(history, endpoints) = &others.place else { return Ok(all) };
    let Some(start) = endpoints.base() else { return Ok(all) };
    let default = others.workspace.config.compatibility;
    for (pair, changes) in found.iter().filter(|(pair, changes)| is_asked(pair, changes, default)) {
        let (Some((_, base)), Some((_, head))) = pair else { continue };
        let Some(path) = paths.get(base.source.0 as usize) else { continue };
        // Who would not take the new version is not hit by it.
        let pins: Vec<Pin> = users
            .pins(base, head)
            .into_iter()
            .filter_map(|(team, text)| Some(Pin { requirement: VersionReq::parse(&text).ok()?, team, text }))
            .filter(|pin| pin.requirement.matches(&head.version))
            .collect();
        if pins.is_empty() {
            continue;
        }
        let mut search = Search { wanted: Wanted { head: base, path, older: None }, base, pins, found: Vec::new() };
        search.tags(history, &others.workspace.config.diff.release_tags)?;
        let shallow = !search.is_complete() && search.commits(history, start)?;
        all.insert(head.source, search.compare(head, changes, shallow, history, judge));
    }
    Ok(all)
}

/// A requirement of a subscriber.
struct Pin {
    team: String,
    text: String,
    requirement: VersionReq,
}

impl Pin {
    /// The version that the requirement names, as 1.2.0 in `^1.2`, if it admits it.
    fn named(&self) -> Option<Version> {
        let first = self.requirement.comparators.first()?;
        let mut version = Version::new(first.major, first.minor.unwrap_or_default(), first.patch.unwrap_or_default());
        version.pre = first.pre.clone();
        self.requirement.matches(&version).then_some(version)
    }
}

/// The search for the versions of one contract.
struct Search<'a> {
    wanted: Wanted<'a>,
    base: &'a Contract,
    pins: Vec<Pin>,
    /// The newest state of each version.
    found: Vec<Contract>,
}

impl Search<'_> {
    fn add(&mut self, contract: Contract) {
        let is_known = |one: &Contract| one.version.cmp_precedence(&contract.version) == Ordering::Equal;
        if !self.found.iter().any(is_known) {
            self.found.push(contract);
        }
    }

    fn is_pinned(&self, version: &Version) -> bool {
        self.pins.iter().any(|pin| pin.requirement.matches(version))
    }

    /// Looks at the tags that name a pinned version of the contract.
    fn tags(&mut self, history: &History<'_>, patterns: &[String]) -> Result<(), Error> {
        let mut names = history.git.tag_names();
        names.retain(|name| {
            patterns.iter().any(|pattern| {
                let pattern = pattern.replace("{contract}", &self.base.name);
                let version = pattern
                    .split_once("{version}")
                    .and_then(|(before, after)| Version::parse(name.strip_prefix(before)?.strip_suffix(after)?).ok());
                version.is_some_and(|version| self.is_pinned(&version))
            })
        });
        for commit in history.git.tags(&names)?.into_values() {
            if let Some(contract) = self.wanted.tagged(&commit, history)? {
                self.add(contract);
            }
        }
        Ok(())
    }

    /// Whether every version that a requirement names is found, so that nothing older can matter.
    fn is_complete(&self) -> bool {
        self.pins.iter().all(|pin| {
            let is_there = |named: Version| self.found.iter().chain([self.base]).any(|one| one.version == named);
            pin.named().is_some_and(is_there)
        })
    }

    /// Walks back until every version that a requirement names is found. Returns whether a shallow clone ends too early.
    fn commits(&mut self, history: &History<'_>, start: &Commit) -> Result<bool, Error> {
        let cut = back(self.wanted, history, start, |contract| {
            self.add(contract);
            !self.is_complete()
        })?;
        Ok(cut && !self.is_complete())
    }

    /// Compares with what was found: the oldest version first, and each change once.
    fn compare(
        mut self,
        head: &Contract,
        changes: &[Change],
        shallow: bool,
        history: &History<'_>,
        judge: &mut Judge<'_>,
    ) -> Pinned {
        let mut pinned = Pinned::default();
        self.found.sort_by(|one, other| one.version.cmp_precedence(&other.version));
        let help = shallow.then(|| history.git.lacking_history().to_owned());
        for pin in &self.pins {
            let is_there = |one: &Contract| pin.requirement.matches(&one.version);
            // In a clone that is cut off the version that is meant may be behind its end.
            let named = pin.named().is_none_or(|named| self.found.iter().any(|one| one.version == named));
            let is_base = pin.named().is_some_and(|named| named == self.base.version);
            let any = self.found.iter().chain([self.base]).any(is_there);
            if !is_base && (!any || shallow && !named) {
                pinned.lost.push((pin.team.clone(), pin.text.clone(), help.clone()));
            }
        }
        let mut known = changes.to_vec();
        for older in &self.found {
            let before = older.version.cmp_precedence(&self.base.version) == Ordering::Less;
            let pins: Vec<(String, String)> = self
                .pins
                .iter()
                .filter(|pin| pin.requirement.matches(&older.version))
                .map(|pin| (pin.team.clone(), pin.text.clone()))
                .collect();
            if !before || pins.is_empty() || !older.status.is_binding() {
                continue;
            }
            let mut changes = since(older, head, &known, judge.today);
            hide_secrets(&mut changes);
            judge.changes(&mut changes);
            if !changes.is_empty() {
                known.extend(changes.iter().cloned());
                pinned.against.push(Against { version: older.version.clone(), pins, changes });
            }
        }
        pinned
    }
}

/// Walks back through the commits of a file, as `pact log` does, and hands out the contract wherever it changed, for as long
/// as more is wanted. Returns whether a shallow clone ends before the file began.
pub(super) fn back(
    wanted: Wanted<'_>,
    history: &History<'_>,
    start: &Commit,
    mut goes_on: impl FnMut(Contract) -> bool,
) -> Result<bool, Error> {
    let mut path: PathBuf = wanted.path.to_path_buf();
    let mut last = None;
    let (mut began, mut enough) = (false, false);
    let cut = history.git.walk::<Error>(start, |commit, parent| {
        let blob = history.git.blob_at(commit, &path)?;
        if blob != last
            && let Some(contract) = blob.and_then(|blob| wanted.read(blob, history))
        {
            enough = !goes_on(contract);
        }
        last = blob;
        let Some(parent) = parent else { return Ok(!enough) };
        if history.git.blob_at(parent, &path)?.is_none() {
            match moved(wanted, history, parent, commit)? {
                Some(older) => path = older,
                None => began = true,
            }
        }
        Ok(!began && !enough)
    })?;
    Ok(cut && !began)
}

/// Where a commit has moved the file from, if it has.
fn moved(
    wanted: Wanted<'_>,
    history: &History<'_>,
    parent: &Commit,
    commit: &Commit,
) -> Result<Option<PathBuf>, Error> {
    let gone = history.removed(parent, commit)?;
    Ok(gone.into_iter().find(|(_, blob)| wanted.read(*blob, history).is_some()).map(|(path, _)| path))
}
