use std::collections::HashMap;

use crate::finding::{Edit, Finding, Fix, Group, Label, RuleMeta, Severity};
use crate::lint::values::described;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, Literal};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "enum-duplicate-value",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "A list of allowed values has one value twice.",
        page: include_str!("enum_duplicate_value.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let (ConstraintKind::Enum, Literal::List(values)) = (constraint.kind, &constraint.value) else { continue };
        let label = |position| {
            let path = at.path.key("constraints").index(index).key("value").index(position);
            Label::at(at.contract.source, path)
        };
        let mut first: HashMap<String, usize> = HashMap::with_capacity(values.len());
        for (position, value) in values.iter().enumerate() {
            let earlier = *first.entry(at.field.data_type.identity(value)).or_insert(position);
            if earlier < position {
                let message = format!("the allowed values of {} have {} twice", at.called(), described(value));
                findings.push(
                    Finding::new(&RULE.meta, label(position), message)
                        .related(label(earlier).note("first given here"))
                        .help("remove it, or write the value that was meant")
                        .fix(Fix::guess("remove the second one", vec![Edit::Remove(label(position).place)])),
                );
            }
        }
    }
}
