use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::Subject;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unmeasurable-metric",
        group: Group::Quality,
        severity: Severity::Error,
        by_default: true,
        summary: "A metric does not have what it needs to be measured.",
        page: include_str!("unmeasurable_metric.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(assertion) = at.rule.assertion.as_deref() else { return };
    let has_field = at.rule.field.is_some();
    let (why, help) = match &assertion.subject {
        Subject::NullValues | Subject::MissingValues(_) | Subject::InvalidValues { .. } if !has_field => {
            ("counts values, and names no field", "name the field in `field`; rows are counted by `row_count`")
        }
        Subject::MissingValues(values) if values.is_empty() => (
            "counts values that stand for a missing one, and does not say which",
            "list them in `arguments`: `missing_values: [\"\", \"N/A\"]`; nulls alone are `null_values`",
        ),
        Subject::InvalidValues { valid, pattern: None } if valid.is_empty() => (
            "counts invalid values, and does not say which are valid",
            "list them in `arguments` as `valid_values`, or give a `pattern` that they match",
        ),
        Subject::DuplicateValues(fields) if fields.is_empty() && !has_field => (
            "counts duplicates, and does not say of what",
            "name the field in `field`, or several in `arguments`: `fields: [country, number]`",
        ),
        _ => return,
    };
    let message = format!("the rule {} {why}", quoted(&at.rule.name));
    findings.push(Finding::new(&RULE.meta, at.label_of("metric"), message).help(help));
}
