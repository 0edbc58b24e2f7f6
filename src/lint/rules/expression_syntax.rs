use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-syntax",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression can't be read as SQL.",
        page: include_str!("expression_syntax.md"),
    },
    checks: &[Check::Expression(Mistakes::Syntax)],
};
