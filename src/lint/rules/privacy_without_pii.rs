use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "privacy-without-pii",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A field says what it tells of a person, and not that it is personal data.",
        page: include_str!("privacy_without_pii.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(privacy) = at.field.privacy.as_deref().filter(|_| !at.field.is_pii) else { return };
    let stated = [
        ("category", !privacy.category.is_empty()),
        ("legal_basis", !privacy.legal_basis.is_empty()),
        ("erase_within", privacy.erase_within.is_some()),
    ];
    if let Some((key, _)) = stated.into_iter().find(|(_, stated)| *stated) {
        let message = format!("{} has a `{key}` in `privacy`, and is not marked as personal data", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label_of("privacy"), message)
                .help("add `is_pii: true`: filters, evidence and approvals go by it")
                .fix(Fix::guess("add `is_pii: true`", vec![Edit::set(at.path.clone(), "is_pii", true)])),
        );
    }
}
