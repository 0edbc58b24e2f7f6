use crate::finding::{Finding, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, PhysicalType};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "decimal-without-precision",
        severity: Severity::Info,
        summary: "A decimal does not say how many digits it has.",
        page: include_str!("decimal_without_precision.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let stored = at.field.physical().map(|physical| &physical.kind);
    if at.field.data_type == DataType::Decimal
        && at.field.precision.is_none()
        && !matches!(stored, Some(PhysicalType::Decimal(Some(_))))
    {
        let message = format!("the decimal {} has no precision", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label(), message)
                .help("add `precision` and `scale`, such as `precision: 12` and `scale: 2` for amounts"),
        );
    }
}
