//! The past of a contract, commit by commit: what `pact log` and `pact blame` walk over.

mod search;
mod walk;

use std::path::PathBuf;

use super::error::Error;
use super::history::History;
use super::output::Output;
use super::workspace::Workspace;
use crate::finding::change::ContractDiff;
use crate::format;
use crate::io::clock;
use crate::io::git::{BlobId, Made};
use crate::model::{Contract, SourceId};
use crate::source::SourceFile;
use search::find;
use walk::Walk;

/// A step of a contract's history: what a commit, or the work tree, made of it.
pub(super) struct Step {
    /// The commit; `None` for what is not committed.
    pub(super) made: Option<Made>,
    /// The contract after it; before it, where it took the contract away.
    pub(super) after: Contract,
    /// What changed, and what it asked of the version. In the first step the contract was added.
    pub(super) diff: ContractDiff,
    /// The fingerprints of the changes that an exception in `pact.yaml` held back then.
    pub(super) accepted: Vec<String>,
    /// Whether nothing is known of the contract before it, and why.
    pub(super) began: Option<Began>,
    /// Whether it took the contract away. A later step has brought it back.
    pub(super) is_removal: bool,
    /// The datasets that had another name before, and the names that they have after it.
    renamed: Vec<(String, String)>,
}

impl Step {
    /// What an element was called before the step: it, or what it lies in, may have been renamed.
    pub(super) fn earlier(&self, element: &str) -> String {
        let fields =
            self.diff.changes.iter().map(|change| (change.base.path.to_string(), change.head.path.to_string()));
        let all = fields.chain(self.renamed.iter().cloned());
        let renamed = all.filter(|(before, after)| {
            before != after && !before.is_empty() && !after.is_empty() && is_about(element, after)
        });
        // The nearest to the element tells most.
        match renamed.max_by_key(|(_, after)| after.len()) {
            Some((before, after)) => format!("{before}{}", element.strip_prefix(after.as_str()).unwrap_or_default()),
            None => element.to_owned(),
        }
    }
}

/// Why nothing is known of a contract before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Began {
    /// It was not there.
    Here,
    /// The clone is shallow: older commits are not here.
    Unknown,
}

/// What the walk does at a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merges {
    /// It is one step: what the branch saw, and what a pull request was judged by.
    OneStep,
    /// The commits that it brought are looked at one by one, where it took the contract as they left it.
    Followed,
}

/// Whether a path is an element or lies within it.
pub(super) fn is_about(path: &str, element: &str) -> bool {
    path.strip_prefix(element).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
}

/// A contract and everything that led to it.
pub(super) struct Past {
    /// The address that was asked for, with the name of the contract where it began with its identifier.
    pub(super) address: String,
    /// The contract as it is at the start of the walk.
    pub(super) contract: Contract,
    /// The steps, the newest first.
    pub(super) steps: Vec<Step>,
}

/// A state of the contract, and where its file was.
#[derive(Clone)]
struct Version {
    contract: Contract,
    path: PathBuf,
    blob: Option<BlobId>,
}

impl Past {
    /// Finds the contract that an address begins with (the longest name or identifier that fits), in the work tree or at a commit, and
    /// walks back from there. A file that moved is followed by the contract's name.
    ///
    /// # Errors
    ///
    /// There is no such contract or revision, or git can't be read.
    pub(super) fn of(
        address: &str,
        at: Option<&str>,
        merges: Merges,
        workspace: &Workspace,
        output: Output,
    ) -> Result<Self, Error> {
        let history = History::open(workspace)?.tell(output);
        // Where there is no work tree, what there is begins at HEAD.
        let at = at.or_else(|| history.git.root().is_none().then_some("HEAD"));
        let mut walk = Walk { history: &history, workspace, merges, today: clock::today(), steps: Vec::new() };
        if at.is_none() && history.git.is_unborn() {
            // Before the first commit everything is still to be committed.
            let (newest, address) = find(address, None, &history, workspace, output)?;
            walk.step(None, None, Some(&newest.contract));
            return Ok(Self { address, contract: newest.contract, steps: walk.steps });
        }
        let start = history.git.resolve(at.unwrap_or("HEAD"))?;
        let (newest, address) = find(address, at.map(|_| &start), &history, workspace, output)?;
        if let Some((submodule, _)) = history.git.submodule(&start, &newest.path)? {
            let submodule = submodule.display();
            return Err(Error::new(format!(
                "{} lies in the submodule {submodule}, which has a history of its own",
                newest.contract.name
            ))
            .hint(format!("work in it: pact -C {submodule} log {}", newest.contract.name)));
        }
        let contract = newest.contract.clone();
        let steps = walk.run(newest, &start, at.is_none())?;
        if steps.iter().any(|step| step.began == Some(Began::Unknown)) {
            output.note("the clone is shallow: history before its oldest commit is not here (`git fetch --unshallow`)");
        }
        Ok(Self { address, contract, steps })
    }
}

fn contract_of(text: &str) -> Option<Contract> {
    let document = format::read(SourceId(0), SourceFile::new("", text));
    document.problems.is_empty().then(|| document.contract().cloned()).flatten()
}
