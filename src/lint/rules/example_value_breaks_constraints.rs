use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::values::{described, expected, is_variable, no_room, refusal};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::Literal;
use crate::model::values::fits;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "example-value-breaks-constraints",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "An example is not a value that the field can have.",
        page: include_str!("example_value_breaks_constraints.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    judge(&RULE, ("example", "example_value"), at.field.example_value.as_ref(), at, context, findings);
}

/// Holds a value that a field gives, under a name and a key, against everything that the field says of its values.
pub(super) fn judge(
    rule: &Rule,
    (name, key): (&str, &'static str),
    value: Option<&Literal>,
    at: &FieldAt<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    // An empty key gives no value.
    let Some(value) = value.filter(|value| !matches!(value, Literal::Null) && !is_variable(value)) else { return };
    let label = at.label_of(key);
    let field = at.field;
    let begin = format!("the {name} of {} is {}", at.called(), described(value));
    if !fits(value, field) {
        let (data_type, expected) = (field.data_type.name(), expected(field.data_type));
        let message = format!("{begin}, and the type is {data_type}");
        findings.push(Finding::new(&rule.meta, label, message).help(format!("write {expected}, or correct the type")));
        return;
    }
    let before = findings.len();
    for (index, constraint) in field.constraints.iter().enumerate() {
        if is_variable(&constraint.value) {
            continue;
        }
        if let Some(why) = refusal(value, constraint, field, at.contract.source, context) {
            findings.push(
                Finding::new(&rule.meta, label.clone(), format!("{begin}, and {why}"))
                    .related(at.label_of_constraint(index).note("the constraint"))
                    .help("write a value that a row may have, or correct the constraint"),
            );
        }
    }
    if findings.len() > before {
        return;
    }
    if let Some(why) = no_room(field, value) {
        let help = "write a value that a row may have, or correct the type in the store";
        findings.push(Finding::new(&rule.meta, label, format!("{begin}, and {why}")).help(help));
    }
}
