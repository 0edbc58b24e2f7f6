use crate::finding::{Edit, Finding, Fix, Group, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::Literal;
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-check",
        group: Group::Expressions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A rule names a check that nobody knows.",
        page: include_str!("unknown_check.md"),
    },
    checks: &[Check::Quality(check)],
};

/// The checks that need nothing but a field.
const KNOWN: &[&str] = &["not_null", "unique"];

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let rule = at.rule;
    // What a tool of its own can do is its own business.
    let has_tool = rule.measuring.as_ref().is_some_and(|measuring| measuring.engine.is_some());
    let Some(name) = rule.check.as_ref().filter(|name| !has_tool && !KNOWN.contains(&name.as_str())) else { return };
    let message = format!("the rule {} names the check {}, which pact does not know", quoted(&rule.name), quoted(name));
    let finding = Finding::new(&RULE.meta, at.label_of("check"), message);
    findings.push(match nearest(name, KNOWN.iter().copied()) {
        Some(near) => {
            let edit = Edit::Value(Place::Element(at.path().key("check")), Literal::Text(near.to_owned()));
            finding
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::guess(format!("write `{near}` for {}", quoted(name)), vec![edit]))
        }
        None => finding.help("say it as an `expression`, a `metric` or a `query`, or name the tool in `engine`"),
    });
}
