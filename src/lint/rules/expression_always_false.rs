use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-always-false",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression, or a part of it, is true for no row.",
        page: include_str!("expression_always_false.md"),
    },
    checks: &[Check::Expression(Mistakes::AlwaysFalse)],
};
