use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-nondeterministic",
        group: Group::Expressions,
        severity: Severity::Info,
        by_default: true,
        summary: "An expression gives another result in another run.",
        page: include_str!("expression_nondeterministic.md"),
    },
    checks: &[Check::Expression(Mistakes::Nondeterministic)],
};
