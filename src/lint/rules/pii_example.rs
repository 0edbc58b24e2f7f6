use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::personal::real;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::Literal;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "pii-example",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "An example of personal data may be that of a real person.",
        page: include_str!("pii_example.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if !at.field.is_pii {
        return;
    }
    let values = [
        ("example_value", "the `example_value` of", &at.field.example_value),
        ("default_value", "the `default_value` of", &at.field.default_value),
    ];
    for (key, which, value) in values {
        if let Some(what) = value.as_ref().and_then(found_in) {
            // The value is never repeated: findings end up in logs that more people read than the file.
            let message = format!("{which} {} may be {what} of a real person", at.called());
            findings.push(Finding::new(&RULE.meta, at.label_of(key), message).secret().help(
                "write one that is nobody's: addresses at `example.com`, numbers that authorities keep for examples",
            ));
        }
    }
}

fn found_in(value: &Literal) -> Option<&'static str> {
    match value {
        Literal::Text(text) => real(text),
        Literal::Int(number) => real(&number.to_string()),
        Literal::List(values) => values.iter().find_map(found_in),
        Literal::Map(entries) => entries.iter().find_map(|(_, value)| found_in(value)),
        Literal::Null | Literal::Bool(_) | Literal::Float(_) => None,
    }
}
