use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::Subject;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "measure-without-bound",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A rule measures something, and nothing says what is right.",
        page: include_str!("measure_without_bound.md"),
    },
    checks: &[Check::Quality(check)],
};

const ZERO: &str = "say what the result must be, such as `must_be: 0`";

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let rule = at.rule;
    let Some(assertion) = rule.assertion.as_deref().filter(|assertion| assertion.bound.is_none()) else { return };
    // What a tool of its own measures, it may judge as well.
    if rule.measuring.as_ref().is_some_and(|measuring| measuring.engine.is_some()) {
        return;
    }
    let (key, help) = match assertion.subject {
        Subject::Engine(_) => return,
        Subject::Query(_) => ("query", ZERO),
        Subject::RowCount => ("metric", "say what the result must be, such as `must_be_greater_than: 0`"),
        Subject::Statistic(_) => (
            "metric",
            "say what the result must be, such as `must_be_between: [10, 20]`, or `baseline: 15` and `deviation: 10%`",
        ),
        _ => ("metric", ZERO),
    };
    let message = format!("the rule {} measures something, and nothing says what is right", quoted(&rule.name));
    findings.push(Finding::new(&RULE.meta, at.label_of(key), message).help(help));
}
