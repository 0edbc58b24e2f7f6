use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "datetime-without-zone",
        group: Group::Types,
        severity: Severity::Info,
        by_default: false,
        summary: "A date with a time of day does not say in which zone it is told.",
        page: include_str!("datetime_without_zone.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let zone = at.field.semantics.as_ref().and_then(|semantics| semantics.timezone.as_ref());
    if at.field.data_type == DataType::Datetime && zone.is_none() {
        let message = format!("{} is a time without a zone: nobody can tell which moment it is", at.called());
        let help = "write `data_type: timestamp` if it is an instant, or name the zone in `semantics.timezone`";
        findings.push(Finding::new(&RULE.meta, at.label_of("data_type"), message).help(help));
    }
}
