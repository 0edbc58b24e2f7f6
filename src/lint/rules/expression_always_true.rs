use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-always-true",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "An expression, or a part of it, is true for every row.",
        page: include_str!("expression_always_true.md"),
    },
    checks: &[Check::Expression(Mistakes::AlwaysTrue)],
};
