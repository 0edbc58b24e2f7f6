use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "in-force-after-end",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract is in force after its last day.",
        page: include_str!("in_force_after_end.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.kind != ContractKind::Contract || !contract.status.is_binding() {
        return;
    }
    let life = &contract.lifecycle;
    let ends = [("sunset_on", &life.sunset_on), ("expires_on", &life.expires_on)];
    let past = ends.into_iter().find_map(|(key, text)| {
        let end = day(text.as_deref()?)?;
        (end < context.today).then_some((key, end))
    });
    if let Some((key, end)) = past {
        let message = format!("the contract is {}, and ended on {end}", contract.status.name());
        let at = |path| Label::at(contract.source, path);
        findings.push(
            Finding::new(&RULE.meta, at(Path::of("status")), message)
                .related(at(Path::of("lifecycle").key(key)).note("its last day"))
                .help("retire it (`status: retired`), or agree on a later day"),
        );
    }
}
