use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unsuitable-key-type",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A key has a type whose values can not be told apart for sure.",
        page: include_str!("unsuitable_key_type.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    let why = match field.data_type {
        DataType::Float => "which is rounded in each system in its own way",
        DataType::Json | DataType::Object | DataType::Map => "whose equal values have many spellings",
        DataType::Array => "which most systems can not compare",
        DataType::Boolean if field.unique => "which has two values",
        _ => return,
    };
    let what = match (field.is_primary_key, field.unique) {
        (true, _) => "belongs to the primary key",
        (false, true) => "is unique",
        (false, false) => return,
    };
    let message = format!("{} {what} and is of type {}, {why}", at.called(), field.data_type.name());
    findings.push(
        Finding::new(&RULE.meta, at.label_of("data_type"), message)
            .help("take a field that identifies a row by an exact value: a text, a whole number, a UUID, a date"),
    );
}
