use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, Literal};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "empty-enum",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "A list of allowed values has none.",
        page: include_str!("empty_enum.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let is_empty = matches!(&constraint.value, Literal::List(values) if values.is_empty());
        if constraint.kind == ConstraintKind::Enum && is_empty {
            let message = format!("no value of {} is allowed: its `enum` is empty", at.called());
            let help = "list the values that may come, or remove the list";
            findings.push(Finding::new(&RULE.meta, at.label_of_constraint(index), message).help(help));
        }
    }
}
