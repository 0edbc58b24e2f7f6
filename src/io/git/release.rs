//! Tags, and the tips of the default branch: where versions are released.

use std::collections::{HashMap, HashSet};

use super::{Commit, GitError, Repository};

/// Up to so many tags are looked up one by one; for more all are listed once.
const FEW: usize = 256;

impl Repository {
    /// The commits of those tags that are there, by their names. A tag of something else than a commit is left out.
    ///
    /// # Errors
    ///
    /// The references can't be read.
    pub fn tags(&self, names: &[String]) -> Result<HashMap<String, Commit>, GitError> {
        let mut found = HashMap::new();
        let listed: Option<HashSet<String>> = (names.len() > FEW).then(|| self.tag_names().into_iter().collect());
        for name in names.iter().filter(|name| listed.as_ref().is_none_or(|listed| listed.contains(*name))) {
            // A name that no reference can have names no tag.
            if let Ok(oid) = self.store.commit(&format!("refs/tags/{name}")) {
                // The short id is asked for where a commit is shown.
                let id = oid.to_string();
                found.insert(name.clone(), Commit { short: id.chars().take(7).collect(), id, oid });
            }
        }
        Ok(found)
    }

    /// The names of all tags, in no order.
    pub fn tag_names(&self) -> Vec<String> {
        let references = self.store.references().into_iter();
        references.filter_map(|name| name.strip_prefix("refs/tags/").map(str::to_owned)).collect()
    }

    /// The tips of the default branch, here and at `origin`, with their names. None where no default branch is known.
    pub fn default_tips(&self, configured: Option<&str>) -> Vec<(String, Commit)> {
        let Some(name) = configured.map(str::to_owned).or_else(|| self.default_branch().ok()) else {
            return Vec::new();
        };
        let tips = [format!("origin/{name}"), name];
        tips.into_iter().filter_map(|tip| self.resolve(&tip).ok().map(|commit| (tip, commit))).collect()
    }

    /// What helps where a shallow clone has cut off what is looked for.
    pub fn lacking_history(&self) -> &'static str {
        self.lacking().unwrap_or(super::revision::UNSHALLOW)
    }

    /// Whether a commit is another one or lies behind it.
    pub fn is_behind(&self, one: &Commit, other: &Commit) -> bool {
        one == other || self.descends(other, one)
    }
}
