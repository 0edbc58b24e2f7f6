use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "nullable-primary-key",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A field of the primary key may be missing.",
        page: include_str!("nullable_primary_key.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if at.field.is_primary_key && at.field.nullable {
        let message = format!("{} belongs to the primary key and may be null", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label_of("nullable"), message)
                .help("add `nullable: false`: fields are nullable unless they say so")
                .fix(Fix::guess("add `nullable: false`", vec![Edit::set(at.path.clone(), "nullable", false)])),
        );
    }
}
