use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "pii-without-classification",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "Personal data does not say how well it must be guarded.",
        page: include_str!("pii_without_classification.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let classified = at.field.classification.as_deref().is_some_and(|text| !text.trim().is_empty());
    if at.field.is_pii && !classified {
        let message = format!("{} is personal data and has no classification", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label_of("is_pii"), message)
                .help("add `classification`, such as `confidential`, in your organisation's words"),
        );
    }
}
