//! Gates: whose yes a change needs whatever its level is, and what may not happen at all.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::code;
use crate::finding::Severity;
use crate::finding::change::{Affected, Change, OpenGate, Remark, Verdict, Via};
use crate::model::{Approval, Contract, Literal, Mode, Step};

/// Roles that say yes or no to a change.
const ROLES: [&str; 5] = ["privacy", "security", "legal", "finance", "semantics"];

/// Finds the gates that are open. `failing` are those whose missing yes fails the run.
pub(super) fn judge(
    verdict: &mut Verdict,
    base: Option<&Contract>,
    head: Option<&Contract>,
    changes: &[Change],
    (today, failing): (Date, &[String]),
) {
    // Nobody relies on it, or nobody is protected: there is nobody to ask.
    if verdict.ungated.is_some() || verdict.mode == Mode::None {
        return;
    }
    let approvals = recorded(base, head, today);
    forbidden(verdict, changes, &approvals);
    let fails = |gate: &str| failing.iter().any(|name| name == gate);
    for gate in ROLES {
        let asking: Vec<&Change> = changes.iter().filter(|change| change.meta.gates.contains(&gate)).collect();
        if !asking.is_empty() && !approvals.iter().any(|approval| is_role(approval, gate)) {
            verdict.open.push(OpenGate { gate, teams: Vec::new(), changes: named(&asking), fails: fails(gate) });
        }
    }
    for gate in ["subscribers", "subscriber"] {
        let mut teams = BTreeSet::new();
        let mut asking = Vec::new();
        for change in changes.iter().filter(|change| asks(change, gate)) {
            let silent: Vec<String> =
                asked(change).into_iter().filter(|team| !has_agreed(&approvals, gate, team)).collect();
            if !silent.is_empty() {
                asking.push(change);
                teams.extend(silent);
            }
        }
        if !teams.is_empty() {
            let teams = teams.into_iter().collect();
            verdict.open.push(OpenGate { gate, teams, changes: named(&asking), fails: fails(gate) });
        }
    }
    if let Some(remark) = remark(&verdict.open) {
        verdict.remarks.push(remark);
    }
}

/// Whether a change asks for a yes. Another name is a removal and an addition to whoever hangs on the name.
fn asks(change: &Change, gate: &str) -> bool {
    change.meta.gates.contains(&gate) || gate == "subscribers" && change.meta == &code::CONTRACT_ID_CHANGED
}

/// What fails whoever agrees: a promise about the end that is not kept, and an announced end while somebody is left.
/// What is about one subscriber alone is free to go on with its yes.
fn forbidden(verdict: &mut Verdict, changes: &[Change], approvals: &[&Approval]) {
    let mut told = BTreeSet::new();
    let is_agreed = |change: &Change| {
        let teams = asked(change);
        change.meta.section == 'N' && teams.iter().all(|team| has_agreed(approvals, "subscriber", team))
    };
    for change in changes.iter().filter(|change| !is_agreed(change)) {
        let code = change.meta.code;
        let gate = |name| change.meta.gates.contains(&name);
        let left: BTreeSet<String> = if gate("allowed") { using(change) } else { BTreeSet::new() };
        if !gate("gate") && left.is_empty() || !told.insert(code) {
            continue;
        }
        let same: Vec<&Change> = changes.iter().filter(|other| other.meta.code == code && !is_agreed(other)).collect();
        let elements: Vec<String> =
            same.iter().map(|change| change.element()).filter(|element| !element.is_empty()).collect();
        let place = if elements.is_empty() { String::new() } else { format!("{}: ", elements.join(", ")) };
        let (message, help) = if change.meta.section == 'N' {
            let teams: BTreeSet<String> = same.iter().flat_map(|change| asked(change)).collect();
            let teams: Vec<String> = teams.into_iter().collect();
            (format!("{}: {}", teams.join(", "), lost(&same)), OF_ONE)
        } else if left.is_empty() {
            let why = change.meta.why.trim_end_matches('.');
            let message = format!("{place}{}: {}{}", change.meta.what, why[..1].to_lowercase(), &why[1..]);
            (message, way_out(code))
        } else {
            let left: Vec<String> = left.into_iter().collect();
            let message = format!("{place}{}, and it is still used by {}", change.meta.what, left.join(", "));
            (message, "wait until they have moved and their subscriptions are gone, or have ended")
        };
        verdict.remarks.push(Remark {
            meta: change.meta,
            severity: Severity::Error,
            message,
            help: Some(help.to_owned()),
        });
    }
}

/// What a change takes from a subscriber, in words.
fn lost(same: &[&Change]) -> String {
    let Some(change) = same.first() else { return String::new() };
    let fields: BTreeSet<String> = same
        .iter()
        .filter(|change| change.meta == &code::SUBSCRIBER_FIELD_UNKNOWN)
        .filter_map(|change| if let Some(Literal::List(names)) = &change.base.value { Some(names) } else { None })
        .flat_map(|names| names.iter().filter_map(|name| name.text().map(str::to_owned)))
        .collect();
    let names: Vec<String> = fields.into_iter().collect();
    match names.len() {
        0 => change.meta.what.to_owned(),
        1 => format!("{}, which it uses, is gone", names.join(", ")),
        _ => format!("{}, which it uses, are gone", names.join(", ")),
    }
}

/// What to do about a subscriber that a change leaves behind.
const OF_ONE: &str = "agree with the subscriber; its yes is an entry of `lifecycle.approvals` with the team as `by` or `role`, \
    or `pact accept` for a time";

fn way_out(code: &str) -> &'static str {
    match code {
        "status-retired-without-deprecation" => {
            "deprecate it first (`status: deprecated`, `lifecycle.sunset_on`), and retire it when that day is over"
        }
        "status-retired-before-sunset" | "field-removed-before-sunset" => "wait for the day that was announced",
        "sunset-brought-forward" | "sunset-removed" => "keep the day that was announced, or a later one",
        _ => "undo it, or have it accepted for a time: `pact accept`",
    }
}

/// The approvals that come with the change: those of before were for what was before. A day that is yet to come is no yes.
fn recorded<'a>(base: Option<&Contract>, head: Option<&'a Contract>, today: Date) -> Vec<&'a Approval> {
    let known = base.map_or(&[][..], |base| base.lifecycle.approvals.as_slice());
    let all = head.map_or(&[][..], |head| head.lifecycle.approvals.as_slice());
    let is_past = |approval: &Approval| approval.on.parse::<Date>().is_ok_and(|on| on <= today);
    all.iter().filter(|approval| !known.contains(approval) && is_past(approval)).collect()
}

fn is_role(approval: &Approval, name: &str) -> bool {
    approval.role.as_deref().is_some_and(|role| role.eq_ignore_ascii_case(name))
}

fn has_agreed(approvals: &[&Approval], gate: &str, team: &str) -> bool {
    approvals.iter().any(|one| is_role(one, gate) || is_role(one, team) || one.by.eq_ignore_ascii_case(team))
}

/// Everybody who still uses what a change is about, by references and lineage as well.
fn using(change: &Change) -> BTreeSet<String> {
    change.affects.iter().map(team).collect()
}

fn team(affected: &Affected) -> String {
    affected.team.clone().unwrap_or_else(|| "somebody".to_owned())
}

/// The subscribers that a change concerns. Who answers for a contract that hangs on it is told, and not asked.
fn asked(change: &Change) -> BTreeSet<String> {
    let subscribes = |affected: &&Affected| !matches!(affected.via, Via::Reference { .. } | Via::Lineage { .. });
    let hit = change.affects.iter().filter(subscribes).map(team);
    let own = [&change.base.path, &change.head.path].into_iter().find_map(|path| match path.steps() {
        [Step::Key(list), Step::Key(team), ..] if list == "subscribers" => Some(team.to_string()),
        _ => None,
    });
    hit.chain(own).collect()
}

fn named(changes: &[&Change]) -> Vec<(&'static str, String)> {
    changes.iter().map(|change| (change.meta.code, change.element())).collect()
}

/// What is said of the open gates, in one sentence.
fn remark(open: &[OpenGate]) -> Option<Remark> {
    let words: Vec<String> = open.iter().map(ToString::to_string).collect();
    let first = open.first()?;
    let role = first.teams.first().map_or(first.gate, String::as_str);
    let severity = if open.iter().any(|gate| gate.fails) { Severity::Error } else { Severity::Info };
    let help = format!(
        "a yes is recorded in `lifecycle.approvals`, such as `{{by: NAME, on: YYYY-MM-DD, role: {role}}}`; `pact accept` agrees \
         for a time"
    );
    let message = format!("needs the yes of: {}", words.join(", "));
    Some(Remark { meta: &code::AGREEMENT_MISSING, severity, message, help: Some(help) })
}
