use crate::finding::{Finding, RuleMeta, Severity};
use crate::lint::patterns::Spent;
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
        let (why, help) = match context.patterns.get(at.contract.source, pattern) {
            Ok(compiled) => match compiled.as_ref() {
                Ok(_) => continue,
                Err(why) => (format!("does not compile: {why}"), help(why)),
            },
            Err(Spent { first: true }) => (
                "and those behind it are not looked at: the contract has too many, or too large ones".to_owned(),
                "use fewer different patterns, or bound their repetitions",
            ),
            Err(Spent { first: false }) => continue,
        };
        let message = format!("the regular expression of {} {why}", at.called());
        findings.push(Finding::new(&RULE.meta, at.label_of_constraint(index), message).help(help));
    }
}

fn help(why: &str) -> &'static str {
    if why.starts_with("look-around") || why.starts_with("backreferences") {
        "say it without: patterns are matched in linear time, so that no value can stall a check"
    } else if why.contains("10 MiB") {
        "bound its repetitions: `{1,1000}` inside `{1,1000}` is a million"
    } else {
        "correct the pattern (syntax: https://docs.rs/regex/#syntax); in YAML, single quotes keep backslashes"
    }
}
