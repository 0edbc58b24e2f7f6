use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-type",
        group: Group::Types,
        severity: Severity::Info,
        by_default: true,
        summary: "The type of a field is not stated.",
        page: include_str!("unknown_type.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if at.field.data_type != DataType::Unknown {
        return;
    }
    let message = match at.field.physical() {
        Some(physical) => {
            format!("{} has no logical type, and {} tells none", at.called(), quoted(&physical.text))
        }
        None => format!("the type of {} is not stated", at.called()),
    };
    let help = "state its logical type: consumers can't read by a name alone";
    findings.push(Finding::new(&RULE.meta, at.label(), message).help(help));
}
