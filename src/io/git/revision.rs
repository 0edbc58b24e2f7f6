//! Revisions, and what helps where one names nothing.

use super::object::Oid;
use super::store::Unresolved;
use super::{Commit, GitError, Repository};
use crate::source::words::{nearest, quoted};

/// What helps where a clone lacks history.
pub(super) const UNSHALLOW: &str =
    "the clone is shallow: `git fetch --unshallow` gets the whole history (in GitHub Actions: `fetch-depth: 0`)";

/// What helps where a clone lacks history, and all branches but one.
const UNSHALLOW_ALL: &str = "the clone is shallow and of one branch: \
    `git remote set-branches origin '*' && git fetch --unshallow` gets all branches and the whole history \
    (in GitHub Actions: `fetch-depth: 0`)";

/// What helps where a clone lacks all branches but one.
const ALL_BRANCHES: &str =
    "the clone is of one branch: `git remote set-branches origin '*' && git fetch` gets the others";

impl Repository {
    /// The commit that a revision names: a branch, a tag, `HEAD~1`, a short id.
    ///
    /// # Errors
    ///
    /// It names nothing, or several things, or no commit.
    pub fn resolve(&self, revision: &str) -> Result<Commit, GitError> {
        match self.store.commit(revision) {
            Ok(oid) => Ok(self.commit(oid)),
            Err(reason) => Err(self.unresolved(revision, &reason)),
        }
    }

    /// The commit of an id, as it is shown.
    pub(super) fn commit(&self, oid: Oid) -> Commit {
        Commit { id: oid.to_string(), short: self.store.short(oid), oid }
    }

    /// Whether the clone does not hold all of its history.
    pub fn is_shallow(&self) -> bool {
        !self.store.cut().is_empty()
    }

    pub(super) fn unresolved(&self, revision: &str, reason: &Unresolved) -> GitError {
        if *reason == Unresolved::NoCommit {
            return GitError::new(format!("the revision {} is no commit", quoted(revision)))
                .hint("give a branch, a tag or a commit");
        }
        if *reason == Unresolved::Ambiguous {
            return GitError::new(format!("the revision {} names several things", quoted(revision)))
                .hint("give more of the commit's id");
        }
        if revision == "HEAD" && self.is_unborn() {
            return GitError::new("the repository has no commit yet").hint("`git commit` makes the first");
        }
        if revision == "HEAD" {
            let why = if let Unresolved::Failed(why) = reason { why } else { "the commit that it names is missing" };
            return GitError::new(format!("HEAD can't be read: {why}"))
                .hint("`git fsck` tells what is wrong with the repository");
        }
        if *reason == Unresolved::Malformed {
            return GitError::new(format!("{} is not a revision", quoted(revision)))
                .hint("give a branch, a tag, a commit, or something like HEAD~1");
        }
        if let Unresolved::Failed(why) = reason {
            return GitError::new(format!("the revision {} can't be read: {why}", quoted(revision)))
                .hint("`git fsck` tells what is wrong with the repository");
        }
        let beginning = revision.split(['~', '^']).next().unwrap_or_default();
        if beginning != revision && !beginning.is_empty() && self.store.commit(beginning).is_ok() {
            let error = GitError::new(format!("there is no revision {}", quoted(revision)));
            return match self.lacking() {
                Some(hint) if self.is_shallow() => error.hint(hint),
                _ => error.hint(format!("`git log --oneline {beginning}` shows how far its history goes back")),
            };
        }
        let names = self.names();
        let remote = names.iter().find(|name| name.strip_prefix("origin/") == Some(revision));
        let near = remote.map(String::as_str).or_else(|| nearest(revision, names.iter().map(String::as_str)));
        let error = GitError::new(format!("there is no revision {}", quoted(revision)));
        match near {
            Some(near) => error.hint(format!("did you mean {}?", quoted(near))),
            None => error.hint(
                self.lacking()
                    .unwrap_or("`git branch --all` and `git tag` list what there is; `git fetch` gets what is new"),
            ),
        }
    }

    /// What helps where the clone may lack what was asked for, as one of a single branch or without its whole history does.
    pub(super) fn lacking(&self) -> Option<&'static str> {
        let fetched = self.store.fetches_all();
        match (self.is_shallow(), fetched) {
            (true, Some(false)) => Some(UNSHALLOW_ALL),
            (true, _) => Some(UNSHALLOW),
            (false, Some(false)) => Some(ALL_BRANCHES),
            (false, _) => None,
        }
    }

    /// The names of branches and tags.
    fn names(&self) -> Vec<String> {
        let short = |name: String| {
            let places = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"];
            places.iter().find_map(|place| name.strip_prefix(place)).unwrap_or(&name).to_owned()
        };
        self.store.references().into_iter().map(short).collect()
    }
}
