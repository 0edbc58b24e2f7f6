use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-subquery",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "An expression holds a query of its own.",
        page: include_str!("expression_subquery.md"),
    },
    checks: &[Check::Expression(Mistakes::Subquery)],
};
