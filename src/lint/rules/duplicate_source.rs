use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-source",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "Two sources are for one environment.",
        page: include_str!("duplicate_source.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut known = HashSet::new();
    let mut told = HashSet::new();
    for source in &contract.sources {
        let name = source.environment.as_str();
        if !known.insert(name) && told.insert(name) {
            let message = format!("there is more than one source called {}", quoted(name));
            let label = Label::at(contract.source, Path::of("sources").key(source.environment.clone()));
            let help = "give each a name of its own: whoever asks for this one gets the first";
            findings.push(Finding::new(&RULE.meta, label, message).help(help));
        }
    }
}
