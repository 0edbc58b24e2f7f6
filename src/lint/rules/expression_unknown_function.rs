use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-unknown-function",
        group: Group::Expressions,
        severity: Severity::Info,
        by_default: false,
        summary: "An expression uses a function that pact does not know.",
        page: include_str!("expression_unknown_function.md"),
    },
    checks: &[Check::Expression(Mistakes::UnknownFunction)],
};
