use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, DataType};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unique-boolean",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "A boolean is unique, so that there can be two rows at most.",
        page: include_str!("unique_boolean.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    let is_const = field.constraints.iter().any(|one| one.kind == ConstraintKind::Const && one.when.is_none());
    if !field.unique || !(is_const || field.data_type == DataType::Boolean) {
        return;
    }
    let most = match (is_const, field.nullable) {
        (true, _) => "one row can have its only value",
        (false, false) => "two rows can be there",
        (false, true) => "one row can be true and one false",
    };
    let message = format!("{} is unique: {most}", at.called());
    let help = "remove `unique`, or write it at the field that tells rows apart";
    findings.push(Finding::new(&RULE.meta, at.label_of("unique"), message).help(help));
}
