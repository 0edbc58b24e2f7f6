use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, Literal};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unanchored-regex",
        group: Group::Constraints,
        severity: Severity::Info,
        by_default: false,
        summary: "A regular expression matches anywhere in a text.",
        page: include_str!("unanchored_regex.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let pattern = constraint.value.text().filter(|_| constraint.kind == ConstraintKind::Regex);
        let Some(pattern) = pattern.filter(|pattern| !pattern.is_empty()) else { continue };
        let Some(shape) = context.patterns.shape(at.contract.source, pattern).filter(|shape| shape.is_unanchored)
        else {
            continue;
        };
        let whole = if shape.is_choice { format!("^(?:{pattern})$") } else { format!("^{pattern}$") };
        let message =
            format!("the regular expression {} of {} matches anywhere in a text", quoted(pattern), at.called());
        let label = at.label_of_constraint(index);
        let new = vec![Edit::Value(label.place.clone(), Literal::Text(whole.clone()))];
        findings.push(
            Finding::new(&RULE.meta, label, message)
                .help(format!("write {} if the whole text has to match", quoted(&whole)))
                .fix(Fix::guess("let the whole text match", new)),
        );
    }
}
