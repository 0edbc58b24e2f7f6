use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-type-mismatch",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression joins values whose types do not go together.",
        page: include_str!("expression_type_mismatch.md"),
    },
    checks: &[Check::Expression(Mistakes::TypeMismatch)],
};
