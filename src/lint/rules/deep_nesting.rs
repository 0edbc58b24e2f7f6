use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::Step;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "deep-nesting",
        group: Group::Structure,
        severity: Severity::Info,
        by_default: false,
        summary: "Fields nest deeper than most stores and readers bear.",
        page: include_str!("deep_nesting.md"),
    },
    checks: &[Check::Field(check)],
};

/// How many names the longest comfortable address has: `order.lines.article.supplier.address`.
const MOST: usize = 5;

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let names = || at.path.steps().iter().filter(|step| matches!(step, Step::Field(_))).count();
    let is_named = matches!(at.path.steps().last(), Some(Step::Field(_)));
    // What is deeper still is told once, where the bound is passed.
    if is_named && at.path.steps().len() > MOST && names() == MOST + 1 {
        let message = format!("{} lies {} levels deep", at.called(), MOST + 1);
        let help = "make what is inside a dataset of its own, with a key that leads there";
        findings.push(Finding::new(&RULE.meta, at.label(), message).help(help));
    }
}
