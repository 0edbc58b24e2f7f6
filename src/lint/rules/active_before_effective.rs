use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "active-before-effective",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: false,
        summary: "A contract is in force before its first day.",
        page: include_str!("active_before_effective.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.kind != ContractKind::Contract || !contract.status.is_binding() {
        return;
    }
    let effective = contract.lifecycle.effective_date.as_deref().and_then(day);
    let Some(begin) = effective.filter(|begin| *begin > context.today) else { return };
    let message = format!("the contract is {}, and takes effect only on {begin}", contract.status.name());
    let at = |path| Label::at(contract.source, path);
    findings.push(
        Finding::new(&RULE.meta, at(Path::of("status")), message)
            .related(at(Path::of("lifecycle").key("effective_date")).note("its first day"))
            .help("leave it proposed (`status: proposed`) until then, or correct the date"),
    );
}
