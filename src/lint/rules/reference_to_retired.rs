use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::mentions::{self, Mention};
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::Status;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reference-to-retired",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "Something refers to a contract that is no longer in force.",
        page: include_str!("reference_to_retired.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    // What is over itself may refer to what is over.
    if outline.status == Status::Retired {
        return;
    }
    let mut told: HashSet<String> = HashSet::new();
    for Mention { to, path } in mentions::all(outline) {
        let Some((contract, _)) = others.split(to) else { continue };
        // The first mention of each contract tells it.
        if contract.status != Status::Retired || contract.name == outline.name || !told.insert(contract.name.clone()) {
            continue;
        }
        let name = quoted(&contract.name);
        let help = match &contract.lifecycle.replaced_by {
            Some(new) => format!("use {} instead, which replaces it", quoted(new)),
            None => format!("use another contract: nobody keeps what {name} promised"),
        };
        let message = format!("the contract {name} is retired, and {} still refers to it", quoted(&outline.name));
        findings.push(Finding::new(&RULE.meta, Label::at(outline.source, path), message).help(help));
    }
}
