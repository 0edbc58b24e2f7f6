use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-compares-null",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression compares something with null.",
        page: include_str!("expression_compares_null.md"),
    },
    checks: &[Check::Expression(Mistakes::ComparesNull)],
};
