use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-division-by-zero",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression divides by zero.",
        page: include_str!("expression_division_by_zero.md"),
    },
    checks: &[Check::Expression(Mistakes::DivisionByZero)],
};
