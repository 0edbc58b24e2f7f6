use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unusable-map-key",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "The keys of a map have a type whose values make no keys.",
        page: include_str!("unusable_map_key.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    use DataType as D;
    let Some(keys) = at.field.keys.filter(|_| at.field.data_type == D::Map) else { return };
    if matches!(keys, D::Float | D::Boolean | D::Json | D::Array | D::Object | D::Map) {
        let message =
            format!("the keys of the map {} are of the type {}, which makes no keys", at.called(), keys.name());
        let help = "write `keys: string`, or a type whose values can be told apart: integer, date, uuid";
        findings.push(Finding::new(&RULE.meta, at.label_of("keys"), message).help(help));
    }
}
