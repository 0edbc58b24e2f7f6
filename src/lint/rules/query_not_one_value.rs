use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "query-not-one-value",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "The query of a rule does not give one value.",
        page: include_str!("query_not_one_value.md"),
    },
    checks: &[Check::Expression(Mistakes::NotOneValue)],
};
