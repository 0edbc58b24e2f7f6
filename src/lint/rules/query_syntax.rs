use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "query-syntax",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "The query of a rule can't be read as SQL.",
        page: include_str!("query_syntax.md"),
    },
    checks: &[Check::Expression(Mistakes::QuerySyntax)],
};
