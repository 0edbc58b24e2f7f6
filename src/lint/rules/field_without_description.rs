use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "field-without-description",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A field does not say what its values mean.",
        page: include_str!("field_without_description.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    // The items of an array and the values of a map are described by the field that holds them.
    let described = at.field.description.as_deref().is_some_and(|text| !text.trim().is_empty());
    if !described && !at.field.name.is_empty() {
        let message = format!("the field {} has no description", at.called());
        findings.push(Finding::new(&RULE.meta, at.label(), message).help("add `description` with what a value means"));
    }
}
