use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-placeholder",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "The query of a rule has a placeholder that nothing is put into.",
        page: include_str!("unknown_placeholder.md"),
    },
    checks: &[Check::Expression(Mistakes::UnknownPlaceholder)],
};
