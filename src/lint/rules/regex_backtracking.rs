use super::invalid_regex::{of_arguments, of_field};
use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::SourceId;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "regex-backtracking",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "A regular expression takes exponential time in most engines.",
        page: include_str!("regex_backtracking.md"),
    },
    checks: &[Check::Field(check), Check::Quality(of_rule)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_field(&RULE, judge, at, context, findings);
}

fn of_rule(at: &RuleAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_arguments(&RULE, judge, at, context, findings);
}

fn judge(source: SourceId, pattern: &str, context: &Context<'_>) -> Option<(String, &'static str)> {
    let shape = context.patterns.shape(source, pattern)?;
    let group = quoted(shape.blows_up.as_ref()?);
    Some((
        format!("can take hours: {group} divides a text among its rounds in many ways, and engines try them all"),
        "let one round end where the next one can't begin, such as `(a+,)+` instead of `(a+,?)+`, or `a+` for `(a+)+`",
    ))
}
