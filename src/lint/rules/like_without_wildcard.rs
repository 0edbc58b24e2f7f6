use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "like-without-wildcard",
        group: Group::Expressions,
        severity: Severity::Info,
        by_default: true,
        summary: "A pattern of `LIKE` has no wildcard.",
        page: include_str!("like_without_wildcard.md"),
    },
    checks: &[Check::Expression(Mistakes::LikeWithoutWildcard)],
};
