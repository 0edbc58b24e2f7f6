//! A file of the standard held against the rules of the edition that it declares: one finding for each cause.

mod body;
mod fold;
mod head;
mod list;
mod mend;
mod rule;
mod strange;
mod value;
mod variant;
mod walk;

#[cfg(test)]
mod tests;

use super::version::Version;
use crate::source::{Node, Problem};
pub(in crate::format) use body::{Body, foreign};
pub(super) use variant::tables;

/// The edition by whose rules a file is read, and everything in it that those rules do not allow, in the order of the file.
/// There is no edition where the file is written in another format, or in an edition that pact does not read; one finding
/// says so then.
pub(super) fn check(tree: &Node) -> (Option<Version>, Vec<Problem>) {
    let (version, problems) = check_each(tree);
    (version, fold::fold(problems))
}

/// The same, with a mistake told at every place where it was made.
pub(super) fn check_each(tree: &Node) -> (Option<Version>, Vec<Problem>) {
    let head = head::judge(tree);
    let Some(version) = head.version else { return (None, head.problems) };
    if let Some(problem) = body::of_another_format(tree) {
        return (None, vec![problem]);
    }
    let mut checker = walk::Checker::new(version, head.problems);
    checker.contract(tree);
    (Some(version), checker.finish())
}
