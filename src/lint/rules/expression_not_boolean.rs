use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-not-boolean",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression is a value, and a condition is expected.",
        page: include_str!("expression_not_boolean.md"),
    },
    checks: &[Check::Expression(Mistakes::NotBoolean)],
};
