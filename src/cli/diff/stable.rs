//! The last release before a pre-release, found by tag or in the history of its file.

use std::collections::HashMap;
use std::path::PathBuf;

use semver::Version;

use super::judge::{Judge, hide_secrets};
use super::others::{Others, Place};
use super::pinned::back;
use super::releases::Wanted;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::diff::verdict::LastRelease;
use crate::diff::{self, Paired};
use crate::finding::change::Change;
use crate::io::git::Commit;
use crate::model::{Contract, SourceId};

/// Finds the last release of each contract that was a pre-release, by its document, and what changed since. Two plain files
/// have no history.
pub(super) fn find(
    found: &[(Paired<'_>, Vec<Change>)],
    paths: &[PathBuf],
    others: &Others<'_>,
    judge: &mut Judge<'_>,
) -> Result<HashMap<SourceId, LastRelease>, Error> {
    let mut all = HashMap::new();
    let Place::Git(history, endpoints) = &others.place else { return Ok(all) };
    let Some(start) = endpoints.base() else { return Ok(all) };
    for ((base, head), changes) in found {
        let (Some((_, base)), Some((_, head))) = (base, head) else { continue };
        let same = changes.is_empty() && base.version == head.version;
        let Some(path) = paths.get(base.source.0 as usize).filter(|_| !base.version.pre.is_empty() && !same) else {
            continue;
        };
        let wanted = Wanted { head: base, path, older: None };
        let patterns = &others.workspace.config.diff.release_tags;
        let tagged = by_tag(wanted, &head.version, patterns, history)?;
        let walked = in_history(wanted, start, history)?;
        // The higher of both: a release may have no tag, or be on a branch of its own.
        let last = tagged.into_iter().chain(walked).max_by(|one, other| one.version.cmp_precedence(&other.version));
        if let Some(last) = last {
            let mut changes = diff::contract(Some(&last), Some(head), judge.today);
            hide_secrets(&mut changes);
            let accepted = judge.accepted;
            judge.changes(&mut changes);
            // What is accepted is counted where it is shown.
            judge.accepted = accepted;
            all.insert(head.source, LastRelease { version: last.version, changes });
        }
    }
    Ok(all)
}

/// The highest release below a version that has a tag.
fn by_tag(
    wanted: Wanted<'_>,
    below: &Version,
    patterns: &[String],
    history: &History<'_>,
) -> Result<Option<Contract>, Error> {
    let version = |name: &str| {
        patterns.iter().find_map(|pattern| {
            let pattern = pattern.replace("{contract}", &wanted.head.name);
            let (before, after) = pattern.split_once("{version}")?;
            Version::parse(name.strip_prefix(before)?.strip_suffix(after)?).ok()
        })
    };
    let of = |name: String| Some((version(&name)?, name));
    let mut names: Vec<(Version, String)> = history.git.tag_names().into_iter().filter_map(of).collect();
    names.retain(|(version, _)| version.pre.is_empty() && version.cmp_precedence(below).is_lt());
    names.sort_by(|(one, _), (other, _)| other.cmp_precedence(one));
    for (version, name) in names {
        for commit in history.git.tags(&[name])?.into_values() {
            let contract = wanted.tagged(&commit, history)?;
            // A tag may be of another contract: then its version is not the one of this one.
            if let Some(contract) = contract.filter(|one| one.version == version && is_release(one)) {
                return Ok(Some(contract));
            }
        }
    }
    Ok(None)
}

/// The last state of the file with a release.
fn in_history(wanted: Wanted<'_>, start: &Commit, history: &History<'_>) -> Result<Option<Contract>, Error> {
    let mut found = None;
    back(wanted, history, start, |contract| {
        if contract.version.pre.is_empty() && is_release(&contract) && found.is_none() {
            found = Some(contract);
        }
        found.is_none()
    })?;
    Ok(found.filter(|one| one.version.cmp_precedence(&wanted.head.version).is_lt()))
}

/// What nobody could rely on was no release.
fn is_release(contract: &Contract) -> bool {
    contract.status.is_binding()
}
