use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-impossible-value",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "An expression compares a field with a value that it never has.",
        page: include_str!("expression_impossible_value.md"),
    },
    checks: &[Check::Expression(Mistakes::ImpossibleValue)],
};
