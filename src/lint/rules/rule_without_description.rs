use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "rule-without-description",
        group: Group::Documentation,
        severity: Severity::Info,
        by_default: false,
        summary: "A rule does not say why it is there.",
        page: include_str!("rule_without_description.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if at.rule.description.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        return;
    }
    let message = format!("the rule {} has no description", quoted(&at.rule.name));
    let help = "add `description` with what is wrong with rows that break it";
    findings.push(Finding::new(&RULE.meta, at.label(), message).help(help));
}
