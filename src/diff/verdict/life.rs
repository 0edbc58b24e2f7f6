//! The life of a contract: one step at a time, and each with its record.

use super::code;
use crate::finding::Severity;
use crate::finding::change::{ChangeMeta, Remark, Verdict};
use crate::model::{Contract, Status};

/// Judges the step from one status to another. Going back is free: an offer is withdrawn, and what binds has its own codes.
/// A deprecation without a last day fails where `sunset` is one of the gates that do.
pub(super) fn judge(verdict: &mut Verdict, base: &Contract, head: &Contract, failing: &[String]) {
    let (from, to) = (base.status, head.status);
    let is_reopened = from == Status::Retired && to < Status::Active;
    if to <= from && !is_reopened {
        return;
    }
    let mut say = |meta: &'static ChangeMeta, severity, message, help| {
        verdict.remarks.push(Remark { meta, severity, message, help: Some(help) });
    };
    if is_reopened {
        let message = format!("the status goes back from retired to {}", to.name());
        let help = "what was retired is in force again (`status: active`), or comes back as a contract of another name";
        say(&code::STATUS_JUMPED, Severity::Error, message, help.to_owned());
        return;
    }
    let left_out = left_out(from, to);
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|status| status.name()).collect();
        let message = format!("the status jumps from {} to {}", from.name(), to.name());
        let first = names.first().copied().unwrap_or_default();
        let help = format!("go step by step, with {} in between: write `status: {first}` first", listed(&names));
        say(&code::STATUS_JUMPED, Severity::Error, message, help);
    } else if matches!(to, Status::Approved | Status::Active) && head.lifecycle.approvals.is_empty() {
        let message = format!("the contract is {}, and nobody is recorded who approved it", to.name());
        let help = "record who and when: `lifecycle: {approvals: [{by: NAME, on: YYYY-MM-DD}]}`".to_owned();
        say(&code::APPROVAL_MISSING, Severity::Error, message, help);
    }
    if to == Status::Deprecated && head.lifecycle.sunset_on.is_none() {
        let successor = if head.lifecycle.replaced_by.is_none() { ", or what replaces it" } else { "" };
        let message = format!("the contract is deprecated, and nobody is told when it ends{successor}");
        let more = if successor.is_empty() { "" } else { ", `replaced_by`" };
        let help = format!("add `lifecycle.sunset_on`{more}");
        let fails = failing.iter().any(|gate| gate == "sunset");
        say(&code::SUNSET_MISSING, if fails { Severity::Error } else { Severity::Info }, message, help);
    }
}

/// Names as a sentence has them: `proposed, approved and active`.
fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// The steps between two statuses. What was never in force is given up without them, and an end without a deprecation has a
/// code of its own.
fn left_out(from: Status, to: Status) -> Vec<Status> {
    let way = [Status::Proposed, Status::Approved, Status::Active, Status::Deprecated];
    if to == Status::Retired {
        return Vec::new();
    }
    way.into_iter().filter(|between| from < *between && *between < to).collect()
}
