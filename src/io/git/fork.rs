//! Where a line of work left another.

use super::revision::UNSHALLOW;
use super::store::Unresolved;
use super::{Commit, GitError, Repository, object};

/// The commit from which a line of work started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkPoint {
    /// The commit.
    pub commit: Commit,
    /// The branch that it was left from, such as `origin/main`.
    pub branch: String,
}

impl Repository {
    /// The commit from which the present work left the default branch: the newest common ancestor of `HEAD` with it, be it
    /// the local one or that of `origin`. On the default branch itself that is `HEAD`.
    ///
    /// # Errors
    ///
    /// No default branch is known, or the clone is too shallow to hold the common ancestor.
    pub fn fork_point(&self, configured: Option<&str>) -> Result<ForkPoint, GitError> {
        let head = self.resolve("HEAD")?;
        let found = self.left_default_branch(&head, configured);
        if found.is_err() && self.is_shallow() {
            // What checks out the merge of a pull request, and little else, has what is asked for right there.
            return match self.merged_into(&head)? {
                Merged::Here(commit) => Ok(ForkPoint { commit, branch: "HEAD^1".to_owned() }),
                Merged::Missing => found.map_err(|error| {
                    error.instead(format!(
                        "HEAD is a merge, and the commit before it is not in this shallow clone: \
                     `git fetch --depth=2 origin {}` gets it (in GitHub Actions: `fetch-depth: 2`)",
                        head.id
                    ))
                }),
                Merged::No => found,
            };
        }
        found
    }

    fn left_default_branch(&self, head: &Commit, configured: Option<&str>) -> Result<ForkPoint, GitError> {
        let name = match configured {
            Some(name) => name.to_owned(),
            None => self.default_branch()?,
        };
        if self.store.branch().as_deref() == Some(name.as_str()) {
            return Ok(ForkPoint { commit: head.clone(), branch: name });
        }
        let tips = [name.clone(), format!("origin/{name}")];
        let tips: Vec<(String, Commit)> =
            tips.into_iter().filter_map(|tip| self.resolve(&tip).ok().map(|commit| (tip, commit))).collect();
        if tips.is_empty() {
            return Err(self.unresolved(&name, &Unresolved::Missing).hint("`default_branch` in pact.yaml names it"));
        }
        let mut nearest: Option<ForkPoint> = None;
        let mut failed = None;
        for (branch, tip) in tips {
            match self.merge_base(head, &tip) {
                // The one further on is nearer to where the work began: a local branch may lie behind.
                Ok(commit) if nearest.as_ref().is_none_or(|found| self.descends(&commit, &found.commit)) => {
                    nearest = Some(ForkPoint { commit, branch });
                }
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        }
        nearest.ok_or_else(|| failed.unwrap_or_else(|| GitError::new("there is no default branch")))
    }

    pub(super) fn descends(&self, one: &Commit, other: &Commit) -> bool {
        self.store.descends(one.oid, other.oid)
    }

    /// What `origin` calls its default branch, else `main` or `master`.
    pub(super) fn default_branch(&self) -> Result<String, GitError> {
        let target = self.store.symbolic("refs/remotes/origin/HEAD");
        if let Some(name) = target.as_deref().and_then(|name| name.strip_prefix("refs/remotes/origin/")) {
            return Ok(name.to_owned());
        }
        let known = self.store.references();
        let exists = |name: &str| {
            ["refs/heads/", "refs/remotes/origin/"].iter().any(|place| known.contains(&format!("{place}{name}")))
        };
        ["main", "master"].into_iter().find(|name| exists(name)).map(str::to_owned).ok_or_else(|| {
            let error = GitError::new("git does not say which branch is the default one")
                .hint("name it in pact.yaml (`default_branch: NAME`), or give the revision to compare with");
            match self.lacking() {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })
    }

    /// The newest common ancestor of two commits.
    ///
    /// # Errors
    ///
    /// They have none, or the clone is too shallow to hold it.
    pub fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Commit, GitError> {
        match self.store.merge_base(one.oid, other.oid) {
            Ok(Some(oid)) => Ok(self.commit(oid)),
            Ok(None) | Err(_) if self.is_shallow() => Err(GitError::new(format!(
                "the clone is shallow and does not hold the common ancestor of {} and {}",
                one.short, other.short
            ))
            .hint(self.lacking().unwrap_or(UNSHALLOW))),
            Ok(None) => Err(GitError::new(format!("{} and {} have no common ancestor", one.short, other.short))
                .hint("give both revisions to compare them as they are: BASE..HEAD")),
            Err(error) => Err(error),
        }
    }

    /// The commit that a merge was made on.
    fn merged_into(&self, head: &Commit) -> Result<Merged, GitError> {
        let header = object::commit(&self.store.object(head.oid)?);
        let [first, _, ..] = header.parents.as_slice() else { return Ok(Merged::No) };
        let is_here = !self.store.cut().contains(&head.oid) && self.store.object(*first).is_ok();
        Ok(if is_here { Merged::Here(self.commit(*first)) } else { Merged::Missing })
    }
}

/// Where the first parent of a merge is.
enum Merged {
    Here(Commit),
    /// It is not in this clone.
    Missing,
    /// The commit is no merge.
    No,
}
