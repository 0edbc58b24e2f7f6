use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "rule-without-check",
        group: Group::Expressions,
        severity: Severity::Info,
        by_default: false,
        summary: "A rule is in words alone, and nothing can execute it.",
        page: include_str!("rule_without_check.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let rule = at.rule;
    if rule.check.is_some() || rule.expression.is_some() || rule.assertion.is_some() {
        return;
    }
    let message = format!("the rule {} is in words alone, and nothing can execute it", quoted(&rule.name));
    findings.push(
        Finding::new(&RULE.meta, at.label(), message)
            .help("say it as a `check`, an `expression`, a `metric` or a `query`"),
    );
}
