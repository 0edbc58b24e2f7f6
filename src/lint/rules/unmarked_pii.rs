use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::personal::{hint, is_marked};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unmarked-pii",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: false,
        summary: "A field is named as personal data and not marked as such.",
        page: include_str!("unmarked_pii.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    if field.is_pii || is_marked(field) {
        return;
    }
    if let Some(what) = hint(field) {
        let message = format!("{} looks like {what} and is not marked as personal data", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label(), message)
                .help("add `is_pii: true` and a `classification`, or accept the finding if it is nobody's in person"),
        );
    }
}
