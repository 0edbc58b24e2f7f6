use crate::expression::Mistakes;
use crate::finding::{Group, RuleMeta, Severity};
use crate::lint::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "expression-field-unknown",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "An expression names a field that is not there.",
        page: include_str!("expression_field_unknown.md"),
    },
    checks: &[Check::Expression(Mistakes::FieldUnknown)],
};
