use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "query-not-read-only",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "The query of a rule changes something, or is several statements.",
        page: include_str!("query_not_read_only.md"),
    },
    checks: &[Check::Expression(Mistakes::NotReadOnly)],
};
