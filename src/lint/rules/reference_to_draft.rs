use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::mentions::{self, Mention};
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::{ContractKind, Status};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reference-to-draft",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract in force builds on one that is not.",
        page: include_str!("reference_to_draft.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    if outline.status != Status::Active || outline.kind != ContractKind::Contract {
        return;
    }
    let mut told: HashSet<String> = HashSet::new();
    for Mention { to, path } in mentions::upstream(outline) {
        let Some((contract, _)) = others.split(to) else { continue };
        if contract.is_open {
            // Its status may be the mistake.
            continue;
        }
        let is_draft = matches!(contract.status, Status::Draft | Status::Proposed) && contract.name != outline.name;
        if is_draft && told.insert(contract.name.clone()) {
            let (name, status) = (quoted(&contract.name), contract.status.name());
            let message =
                format!("{name} is only {status}, and {}, which is active, builds on it", quoted(&outline.name));
            let there = Label::at(contract.source, crate::model::Path::of("status")).note(status);
            findings.push(
                Finding::new(&RULE.meta, Label::at(outline.source, path), message)
                    .related(there)
                    .help("bring that contract into force first: until then it promises nothing to rely on"),
            );
        }
    }
}
