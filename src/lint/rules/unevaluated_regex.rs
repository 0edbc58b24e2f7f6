use super::invalid_regex::{is_of_ecma, of_arguments, of_field};
use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::SourceId;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unevaluated-regex",
        group: Group::Constraints,
        severity: Severity::Info,
        by_default: true,
        summary: "A regular expression needs what pact does not match by.",
        page: include_str!("unevaluated_regex.md"),
    },
    checks: &[Check::Field(check), Check::Quality(of_rule)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_field(&RULE, beyond, at, context, findings);
}

fn of_rule(at: &RuleAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_arguments(&RULE, beyond, at, context, findings);
}

fn beyond(source: SourceId, pattern: &str, context: &Context<'_>) -> Option<(String, &'static str)> {
    let compiled = context.patterns.get(source, pattern).ok()?;
    let why = compiled.as_ref().as_ref().err().filter(|why| is_of_ecma(why))?;
    let feature = if why.starts_with("look-around") { "look-around" } else { "backreferences" };
    let help = "say it without, and pact holds values against it; other tools go by it as it is";
    Some((format!("has {feature}: pact does not match values against it"), help))
}
