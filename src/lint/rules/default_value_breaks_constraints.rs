use super::example_value_breaks_constraints::judge;
use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "default-value-breaks-constraints",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "A default is not a value that the field can have.",
        page: include_str!("default_value_breaks_constraints.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    judge(&RULE, ("default", "default_value"), at.field.default_value.as_ref(), at, context, findings);
}
