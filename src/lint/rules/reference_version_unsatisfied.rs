use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::versions::satisfies;
use crate::lint::{Across, Check, Outline, Rule};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reference-version-unsatisfied",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A foreign key was made for another version of the contract that it refers to.",
        page: include_str!("reference_version_unsatisfied.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    for reference in &outline.references {
        let Some(wanted) = &reference.version else { continue };
        let Some((contract, _)) = others.split(&reference.to) else { continue };
        if contract.has_readable_version && satisfies(&contract.version, wanted) == Some(false) {
            let (name, version) = (quoted(&contract.name), &contract.version);
            let message = format!("the foreign key was made for {}, and {name} is at {version}", quoted(wanted));
            findings.push(
                Finding::new(&RULE.meta, Label::at(outline.source, reference.element.key("version")), message)
                    .help("see whether it still holds with what changed there, then write the version of today"),
            );
        }
    }
}
