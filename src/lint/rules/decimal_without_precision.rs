use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, PhysicalType};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "decimal-without-precision",
        group: Group::Types,
        severity: Severity::Info,
        by_default: true,
        summary: "A decimal does not say how many digits it has.",
        page: include_str!("decimal_without_precision.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let stored = at.field.physical().map(|physical| &physical.kind);
    // Other formats have no words for digits but those of the physical type: who does not say that says nothing wrong.
    let can_say = at.contract.format_version.is_none() || matches!(stored, Some(PhysicalType::Decimal(_)));
    if can_say
        && at.field.data_type == DataType::Decimal
        && at.field.precision.is_none()
        && !matches!(stored, Some(PhysicalType::Decimal(Some(_))))
    {
        let message = format!("the decimal {} has no precision", at.called());
        let help = if at.contract.format_version.is_none() {
            "add `precision` and `scale`, such as `precision: 12` and `scale: 2` for amounts"
        } else {
            "give the physical type its digits, such as `decimal(12,2)` for amounts"
        };
        findings.push(Finding::new(&RULE.meta, at.label(), message).help(help));
    }
}
