use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
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
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    // Each of the files is told: nobody can say which of them is the wrong one, and only some may be looked at.
    let Some(other) = context.contracts.all(&contract.name).iter().find(|other| other.source != contract.source) else {
        return;
    };
    let at = |contract: &Contract| Label::at(contract.source, Path::of("name"));
    let message = format!("another file has a contract of the name {} too", quoted(&contract.name));
    findings.push(
        Finding::new(&RULE.meta, at(contract), message)
            .related(at(other).note("the other one"))
            .help("rename one of the two, or remove it; versions of one contract are commits, not files"),
    );
}
