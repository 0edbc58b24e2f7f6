use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-aggregate",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression looks at many rows, where one row is looked at.",
        page: include_str!("expression_aggregate.md"),
    },
    checks: &[Check::Expression(Mistakes::Aggregate)],
};
