use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::patterns::Spent;
use crate::lint::values::is_variable;
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::{ConstraintKind, Literal, SourceId, Subject};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "invalid-regex",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "A regular expression does not compile.",
        page: include_str!("invalid_regex.md"),
    },
    checks: &[Check::Field(check), Check::Quality(of_rule)],
};

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_field(&RULE, wrong, at, context, findings);
}

fn of_rule(at: &RuleAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    of_arguments(&RULE, wrong, at, context, findings);
}

/// What is to be said of a pattern, and what to do.
pub(super) type Judge = fn(SourceId, &str, &Context<'_>) -> Option<(String, &'static str)>;

/// The patterns of a field.
pub(super) fn of_field(
    rule: &Rule,
    judge: Judge,
    at: &FieldAt<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let Some(pattern) = constraint.value.text().filter(|_| constraint.kind == ConstraintKind::Regex) else {
            continue;
        };
        let Some((why, help)) = judge(at.contract.source, pattern, context) else { continue };
        let message = format!("the regular expression of {} {why}", at.called());
        findings.push(Finding::new(&rule.meta, at.label_of_constraint(index), message).help(help));
    }
}

/// The pattern of valid values that a rule goes by.
pub(super) fn of_arguments(
    rule: &Rule,
    judge: Judge,
    at: &RuleAt<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    let subject = at.rule.assertion.as_deref().map(|assertion| &assertion.subject);
    let Some(Subject::InvalidValues { pattern: Some(pattern), .. }) = subject else { return };
    let Some((why, help)) = judge(at.contract.source, pattern, context) else { return };
    let message = format!("the regular expression of the rule {} {why}", quoted(&at.rule.name));
    let label = Label::at(at.contract.source, at.path().key("arguments").key("pattern"));
    findings.push(Finding::new(&rule.meta, label, message).help(help));
}

/// Whether a pattern is one of a larger language than pact's: of ECMA-262, which has look-around and backreferences.
pub(super) fn is_of_ecma(why: &str) -> bool {
    why.starts_with("look-around") || why.starts_with("backreferences")
}

/// What is wrong with a pattern, if anything, and what to do. One with a variable is none before that has its value.
fn wrong(source: SourceId, pattern: &str, context: &Context<'_>) -> Option<(String, &'static str)> {
    if is_variable(&Literal::Text(pattern.to_owned())) {
        return None;
    }
    match context.patterns.get(source, pattern) {
        Ok(compiled) => match compiled.as_ref() {
            Ok(_) => None,
            Err(why) if is_of_ecma(why) => None,
            Err(why) => Some((format!("does not compile: {why}"), help(why))),
        },
        Err(Spent { first: true }) => Some((
            "and those behind it are not looked at: the contract has too many, or too large ones".to_owned(),
            "use fewer different patterns, or bound their repetitions",
        )),
        Err(Spent { first: false }) => None,
    }
}

fn help(why: &str) -> &'static str {
    if why.contains("10 MiB") {
        "bound its repetitions: `{1,1000}` inside `{1,1000}` is a million"
    } else {
        "correct the pattern (syntax: https://docs.rs/regex/#syntax); in YAML, single quotes keep backslashes"
    }
}
