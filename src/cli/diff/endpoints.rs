//! Which two states are compared.

use super::Args;
use crate::cli::error::Error;
use crate::config::Config;
use crate::io::git::{Commit, Repository, State};
use crate::report::changes;

/// The two states.
pub(super) struct Endpoints {
    base: Option<Commit>,
    base_name: String,
    head: Head,
    head_name: String,
    /// What was found out, for those who want to know.
    pub(super) note: Option<String>,
}

/// What is compared.
enum Head {
    Commit(Commit),
    Index,
    WorkTree,
}

impl Endpoints {
    /// Reads the arguments as git would, except that a plain BASE means where HEAD left it: what others did to BASE since
    /// then is not what changed here.
    pub(super) fn of(args: &Args, git: &Repository, config: &Config) -> Result<Self, Error> {
        let (base, head, exact) = ranged(args)?;
        let (head, head_name, tip) = match head {
            Some(name) => {
                let commit = git.resolve(&name)?;
                (Head::Commit(commit.clone()), name, Some(commit))
            }
            None if args.staged => (Head::Index, "index".to_owned(), None),
            None if git.root().is_none() => {
                return Err(
                    Error::new("a bare repository has no work tree").hint("give two revisions: pact diff BASE..HEAD")
                );
            }
            None => (Head::WorkTree, "work tree".to_owned(), None),
        };
        let Some(name) = base else {
            if git.is_unborn() {
                let note = "the repository has no commit yet: comparing with nothing".to_owned();
                return Ok(Self { base: None, base_name: "nothing".to_owned(), head, head_name, note: Some(note) });
            }
            let fork = git.fork_point(config.default_branch.as_deref())?;
            let note = if fork.branch == "HEAD^1" {
                format!("the clone is shallow: comparing with {}, which HEAD was merged into", fork.commit.short)
            } else {
                format!("comparing with {}, where the work left {}", fork.commit.short, fork.branch)
            };
            return Ok(Self { base: Some(fork.commit), base_name: fork.branch, head, head_name, note: Some(note) });
        };
        let given = git.resolve(&name)?;
        if exact {
            return Ok(Self { base: Some(given), base_name: name, head, head_name, note: None });
        }
        let tip = match tip {
            Some(tip) => tip,
            None => git.resolve("HEAD")?,
        };
        let base = git
            .merge_base(&given, &tip)
            .map_err(|error| Error::from(error).hint("`--exact` compares with the revision itself"))?;
        let moved = base != given;
        let note = moved.then(|| format!("comparing with {}, where {head_name} left {name}", base.short));
        Ok(Self { base: Some(base), base_name: name, head, head_name, note })
    }

    /// The commit to compare with; `None` where there is none yet, and all is new.
    pub(super) fn base(&self) -> Option<&Commit> {
        self.base.as_ref()
    }

    /// The state to compare.
    pub(super) fn head(&self) -> State<'_> {
        match &self.head {
            Head::Commit(commit) => State::Commit(commit),
            Head::Index => State::Index,
            Head::WorkTree => State::WorkTree,
        }
    }

    /// Whether the work tree is compared.
    pub(super) fn is_work_tree(&self) -> bool {
        matches!(self.head, Head::WorkTree)
    }

    /// Whether what is compared is what will be merged: the work tree, or what is staged.
    pub(super) fn is_current(&self) -> bool {
        !matches!(self.head, Head::Commit(_))
    }

    pub(super) fn base_state(&self) -> changes::State {
        changes::State { name: self.base_name.clone(), commit: self.base.as_ref().map(|base| base.id.clone()) }
    }

    pub(super) fn head_state(&self) -> changes::State {
        let commit = if let Head::Commit(commit) = &self.head { Some(commit.id.clone()) } else { None };
        changes::State { name: self.head_name.clone(), commit }
    }
}

/// Base and head as given, and whether the base counts as it is. An empty side of a range is `HEAD`.
fn ranged(args: &Args) -> Result<(Option<String>, Option<String>, bool), Error> {
    let Some(base) = &args.base else { return Ok((None, None, args.exact)) };
    let (left, right, exact) = match (base.split_once("..."), base.split_once("..")) {
        (Some((left, right)), _) => (left, right, args.exact),
        (None, Some((left, right))) => (left, right, true),
        (None, None) => return Ok((Some(base.clone()), args.head.clone(), args.exact)),
    };
    if args.head.is_some() || args.staged {
        return Err(Error::new(format!("{base} names both sides already"))
            .hint("give one range, or two revisions with a space between them"));
    }
    let side = |name: &str| Some(if name.is_empty() { "HEAD" } else { name }.to_owned());
    Ok((side(left), side(right), exact))
}
