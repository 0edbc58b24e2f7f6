//! Where the versions of changed contracts are out already: under a git tag, or on the default branch.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::endpoints::Endpoints;
use super::others::{Others, Place};
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::diff::Paired;
use crate::diff::verdict::Release;
use crate::finding::change::Change;
use crate::format;
use crate::io::git::{BlobId, Commit, State};
use crate::model::{Contract, SourceId};
use crate::source::SourceFile;

/// The releases of each changed contract, by its document. Only tags that may be of it are looked up, and nothing is where
/// nothing changed.
pub(super) fn find(
    found: &[(Paired<'_>, Vec<Change>)],
    paths: &[PathBuf],
    others: &Others<'_>,
) -> Result<HashMap<SourceId, Vec<Release>>, Error> {
    let Place::Git(history, endpoints) = &others.place else { return Ok(HashMap::new()) };
    let mut wanted = Vec::new();
    for ((base, head), changes) in found {
        let (Some((_, head)), base) = (head, base.map(|(_, base)| base)) else { continue };
        let same = changes.is_empty() && base.is_some_and(|base| base.version == head.version);
        if let Some(path) = paths.get(head.source.0 as usize).filter(|_| !same) {
            let older = base.and_then(|base| paths.get(base.source.0 as usize));
            wanted.push(Wanted { head, path, older });
        }
    }
    let patterns = &others.workspace.config.diff.release_tags;
    let names: Vec<String> = wanted.iter().flat_map(|one| one.tags(patterns)).collect();
    let tags = history.git.tags(&names)?;
    let tips = if wanted.is_empty() {
        Vec::new()
    } else {
        tips(history, endpoints, others.workspace.config.default_branch.as_deref())
    };
    let mut releases = HashMap::new();
    for one in wanted {
        let mut list = Vec::new();
        for name in one.tags(patterns) {
            let Some(commit) = tags.get(&name) else { continue };
            if let Some(contract) = one.tagged(commit, history)? {
                list.push(Release { place: format!("the tag {name}"), contract });
            }
        }
        for (name, commit) in &tips {
            if let Some(contract) = one.at_tip(commit, endpoints, history)? {
                list.push(Release { place: format!("the branch {name}"), contract });
            }
        }
        if !list.is_empty() {
            releases.insert(one.head.source, list);
        }
    }
    Ok(releases)
}

/// The tips of the default branch that have something that is not compared anyway.
fn tips(history: &History<'_>, endpoints: &Endpoints, configured: Option<&str>) -> Vec<(String, Commit)> {
    let git = &history.git;
    let mut tips = git.default_tips(configured);
    tips.retain(|(_, tip)| {
        let is_base = endpoints.base() == Some(tip);
        // What is on the branch already is the past of it, and no new content.
        let is_on_it = matches!(endpoints.head(), State::Commit(head) if git.is_behind(head, tip));
        !is_base && !is_on_it
    });
    tips
}

/// A changed contract whose releases are looked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) head: &'a Contract,
    /// Its path in the repository.
    pub(super) path: &'a Path,
    /// The path that it had before.
    pub(super) older: Option<&'a PathBuf>,
}

impl Wanted<'_> {
    /// The names that a tag of this version may have.
    fn tags<'p>(&'p self, patterns: &'p [String]) -> impl Iterator<Item = String> + 'p {
        let version = self.head.version.to_string();
        patterns
            .iter()
            .map(move |pattern| pattern.replace("{contract}", &self.head.name).replace("{version}", &version))
    }

    /// The contract as a tag has it: at its path, at the one that it had before, or wherever it was then.
    pub(super) fn tagged(&self, commit: &Commit, history: &History<'_>) -> Result<Option<Contract>, Error> {
        for path in [Some(self.path), self.older.map(PathBuf::as_path)].into_iter().flatten() {
            let blob = history.git.blob_at(commit, path)?;
            if let Some(contract) = blob.and_then(|blob| self.read(blob, history)) {
                return Ok(Some(contract));
            }
        }
        let files = history.files(commit)?;
        Ok(files.into_iter().find_map(|(_, blob)| self.read(blob, history)))
    }

    /// The contract as the tip of a branch has it, where that is not what the comparison begins with anyway.
    fn at_tip(&self, commit: &Commit, endpoints: &Endpoints, history: &History<'_>) -> Result<Option<Contract>, Error> {
        let path = self.older.map_or(self.path, PathBuf::as_path);
        let blob = history.git.blob_at(commit, path)?;
        let before = endpoints.base().map(|base| history.git.blob_at(base, path)).transpose()?.flatten();
        Ok(blob.filter(|_| blob != before).and_then(|blob| self.read(blob, history)))
    }

    pub(super) fn read(&self, blob: BlobId, history: &History<'_>) -> Option<Contract> {
        // Most files are of other contracts: a look at the text is much cheaper than reading its meaning.
        let is_named = |text: &String| self.head.names().any(|name| text.contains(name));
        let text = history.git.read(blob).ok().filter(is_named)?;
        let document = format::read(SourceId(0), SourceFile::new("", text));
        let contract = document.contract().filter(|_| document.problems.is_empty())?;
        contract.is_one_with(self.head).then(|| contract.clone())
    }
}
