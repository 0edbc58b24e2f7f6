use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::Path;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-contract",
        group: Group::Structure,
        severity: Severity::Error,
        by_default: true,
        summary: "Two files describe contracts of one name.",
        page: include_str!("duplicate_contract.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    // Each of the files is told: nobody can say which of them is the wrong one, and only some may be looked at.
    let others = others.all(&outline.name);
    let Some(other) = others.iter().find(|other| other.source != outline.source) else { return };
    let at = |outline: &Outline| Label::at(outline.source, Path::of("name"));
    let message = format!("another file has a contract of the name {} too", quoted(&outline.name));
    findings.push(
        Finding::new(&RULE.meta, at(outline), message)
            .related(at(other).note("the other one"))
            .help("rename one of the two, or remove it; versions of one contract are commits, not files"),
    );
}
