use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unreadable-date-format",
        group: Group::Types,
        severity: Severity::Info,
        by_default: true,
        summary: "The format of a date is none by which pact can read texts.",
        page: include_str!("unreadable_date_format.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Err(what) = at.field.date_form() else { return };
    let format = quoted(at.field.format.as_deref().unwrap_or_default());
    let message = format!("the format {format} of {} {what}", at.called());
    let help = "write it in the letters of Unicode (`dd.MM.yyyy`) or of strftime (`%d.%m.%Y`)";
    findings.push(Finding::new(&RULE.meta, at.label_of("format"), message).help(help));
}
