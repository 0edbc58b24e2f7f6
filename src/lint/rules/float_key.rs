use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, FieldRole};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "float-key",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "A binary floating-point number is a key.",
        page: include_str!("float_key.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    if field.data_type != DataType::Float {
        return;
    }
    let is_identifier = field.semantics.as_ref().is_some_and(|semantics| semantics.role == Some(FieldRole::Identifier));
    let (key, what) = if field.is_primary_key {
        ("is_primary_key", "identifies rows")
    } else if field.is_foreign_key || field.foreign_key_reference.is_some() {
        ("is_foreign_key", "refers to another field")
    } else if field.unique {
        ("unique", "is unique")
    } else if is_identifier {
        ("semantics", "is an identifier")
    } else {
        return;
    };
    let message = format!("{} {what}, and a float is never surely equal to another", at.called());
    let help = "write `data_type: integer` or `string`: identifiers above 2^53 lose digits, and 0.1 + 0.2 is not 0.3";
    findings.push(Finding::new(&RULE.meta, at.label_of("data_type"), message).help(help).related(at.label_of(key)));
}
