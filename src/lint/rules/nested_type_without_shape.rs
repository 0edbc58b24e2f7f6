use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "nested-type-without-shape",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "An array, object or map does not say what is in it.",
        page: include_str!("nested_type_without_shape.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (missing, help) = match at.field.data_type {
        DataType::Array if at.field.items.is_none() => ("items", "add `items` with the `data_type` of an item"),
        DataType::Object if at.field.fields.is_empty() => ("fields", "add `fields` with a name and a type each"),
        DataType::Map if at.field.values.is_none() => ("values", "add `values` with the `data_type` of a value"),
        _ => return,
    };
    let message = format!("the {} {} has no `{missing}`", at.field.data_type.name(), at.called());
    let help = format!("{help}; or call it `json` if its shape is free");
    findings.push(Finding::new(&RULE.meta, at.label_of("data_type"), message).help(help));
}
