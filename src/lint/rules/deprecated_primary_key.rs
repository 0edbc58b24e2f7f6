use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "deprecated-primary-key",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A field of the primary key is deprecated.",
        page: include_str!("deprecated_primary_key.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if at.field.is_primary_key && at.field.deprecated.is_some() {
        let message = format!("{} is deprecated, and identifies rows", at.called());
        let help = "give the dataset another primary key first: without this field nobody can tell rows apart";
        findings.push(Finding::new(&RULE.meta, at.label_of("deprecated"), message).help(help));
    }
}
