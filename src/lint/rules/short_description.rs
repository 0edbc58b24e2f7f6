use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "short-description",
        group: Group::Documentation,
        severity: Severity::Info,
        by_default: false,
        summary: "A description has fewer than three words.",
        page: include_str!("short_description.md"),
    },
    checks: &[Check::Field(check)],
};

const LEAST: usize = 3;

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(description) = &at.field.description else { return };
    let words = description.split_whitespace().take(LEAST).count();
    // Not every language has blanks between its words.
    if words > 0 && words < LEAST && description.is_ascii() {
        let message = format!("the description of {} has fewer than {LEAST} words", at.called());
        let help = "write a sentence: what a value means, and when there is none";
        findings.push(Finding::new(&RULE.meta, at.label_of("description"), message).help(help));
    }
}
