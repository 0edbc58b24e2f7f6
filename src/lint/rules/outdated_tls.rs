use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path, TlsVersion};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "outdated-tls",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A version of TLS is taken that is out of date.",
        page: include_str!("outdated_tls.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(minimum) = contract.access.as_ref().and_then(|access| access.minimum_tls) else { return };
    if minimum >= TlsVersion::V1_2 {
        return;
    }
    let path = Path::of("access").key("minimum_tls");
    let message = format!("`{}` is out of date: it can be broken", minimum.name());
    let newer = TlsVersion::V1_2.name();
    let edit = Edit::Value(Place::Element(path.clone()), Literal::Text(newer.to_owned()));
    findings.push(
        Finding::new(&RULE.meta, Label::at(contract.source, path), message)
            .help(format!("write `minimum_tls: {newer}`, once all callers have it (RFC 8996)"))
            .fix(Fix::guess(format!("demand {newer}"), vec![edit])),
    );
}
