use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::values::{described, expected, is_variable, refusal};
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
    // An empty `example_value:` is no example.
    let Some(example) =
        at.field.example_value.as_ref().filter(|value| !matches!(value, Literal::Null) && !is_variable(value))
    else {
        return;
    };
    let label = at.label_of("example_value");
    let field = at.field;
    if !fits(example, field) {
        let (name, expected) = (field.data_type.name(), expected(field.data_type));
        let message = format!("the example of {} is {}, and the type is {name}", at.called(), described(example));
        findings.push(Finding::new(&RULE.meta, label, message).help(format!("write {expected}, or correct the type")));
        return;
    }
    for (index, constraint) in field.constraints.iter().enumerate() {
        if is_variable(&constraint.value) {
            continue;
        }
        if let Some(why) = refusal(example, constraint, field, at.contract.source, context) {
            let message = format!("the example of {} is {}, and {why}", at.called(), described(example));
            findings.push(
                Finding::new(&RULE.meta, label.clone(), message)
                    .related(at.label_of_constraint(index).note("the constraint"))
                    .help("write a value that a row may have, or correct the constraint"),
            );
        }
    }
}
