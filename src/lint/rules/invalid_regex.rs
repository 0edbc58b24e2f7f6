use crate::finding::{Finding, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::ConstraintKind;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "invalid-regex",
        severity: Severity::Error,
        summary: "A regular expression does not compile.",
        page: include_str!("invalid_regex.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let Some(pattern) = constraint.value.text().filter(|_| constraint.kind == ConstraintKind::Regex) else {
            continue;
        };
        if let Err(why) = context.regex(pattern).as_ref() {
            let message = format!("the regular expression of {} does not compile: {why}", at.called());
            findings.push(Finding::new(&RULE.meta, at.label_of_constraint(index), message).help(help(why)));
        }
    }
}

fn help(why: &str) -> &'static str {
    if why.starts_with("look-around") || why.starts_with("backreferences") {
        "say it without: patterns are matched in linear time, so that no value can stall a check"
    } else if why.contains("1 MiB") {
        "bound its repetitions: `{1,1000}` inside `{1,1000}` is a million"
    } else {
        "correct the pattern (syntax: https://docs.rs/regex/#syntax); in YAML, single quotes keep backslashes"
    }
}
