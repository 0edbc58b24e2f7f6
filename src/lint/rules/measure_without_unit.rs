use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Aggregation, DataType, FieldRole};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "measure-without-unit",
        group: Group::Documentation,
        severity: Severity::Info,
        by_default: false,
        summary: "A number does not say what it is counted in.",
        page: include_str!("measure_without_unit.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    if field.unit.is_some() || field.is_primary_key || field.is_foreign_key || field.name.is_empty() {
        return;
    }
    let semantics = field.semantics.as_deref();
    let is_number = matches!(field.data_type, DataType::Integer | DataType::Float | DataType::Decimal);
    let is_measure = match semantics.and_then(|semantics| semantics.role) {
        Some(role) => role == FieldRole::Measure,
        None => {
            matches!(field.data_type, DataType::Float | DataType::Decimal)
                || semantics.and_then(|semantics| semantics.aggregation).is_some_and(|one| one != Aggregation::None)
        }
    };
    if is_number && is_measure {
        let message = format!("the number {} has no unit", at.called());
        let help = "add `unit`, such as `EUR`, `kg`, `pieces` or `1` for a plain ratio";
        findings.push(Finding::new(&RULE.meta, at.label(), message).help(help));
    }
}
