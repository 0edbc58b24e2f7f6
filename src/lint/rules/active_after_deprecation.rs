use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path, Status};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "active-after-deprecation",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract was deprecated, and its status does not say so.",
        page: include_str!("active_after_deprecation.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(deprecated) = contract.lifecycle.deprecated_on.as_deref().and_then(day) else { return };
    if contract.status != Status::Active || deprecated > context.today {
        return;
    }
    let at = |path| Label::at(contract.source, path);
    let status = Path::of("status");
    let edit = Edit::Value(Place::Element(status.clone()), Literal::Text(Status::Deprecated.name().to_owned()));
    findings.push(
        Finding::new(&RULE.meta, at(status), format!("the contract is active, and was deprecated on {deprecated}"))
            .related(at(Path::of("lifecycle").key("deprecated_on")).note("deprecated here"))
            .help("write `status: deprecated`, or correct the date")
            .fix(Fix::guess("write `status: deprecated`", vec![edit])),
    );
}
