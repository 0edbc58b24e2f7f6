use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, DataType};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "field-without-example",
        group: Group::Documentation,
        severity: Severity::Info,
        by_default: false,
        summary: "A field shows no value.",
        page: include_str!("field_without_example.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    let is_nested = !field.fields.is_empty() || field.items.is_some() || field.values.is_some();
    let shows_itself = field.data_type == DataType::Boolean
        || field.constraints.iter().any(|one| matches!(one.kind, ConstraintKind::Enum | ConstraintKind::Const));
    // Of personal data no example is better than a true one.
    if field.example_value.is_some() || field.is_pii || field.name.is_empty() || is_nested || shows_itself {
        return;
    }
    let message = format!("the field {} has no example", at.called());
    findings.push(
        Finding::new(&RULE.meta, at.label(), message).help("add `example_value` with a value that a row may have"),
    );
}
