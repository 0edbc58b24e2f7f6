use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Dataset, Field, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "rule-repeats-promise",
        group: Group::Expressions,
        severity: Severity::Info,
        by_default: false,
        summary: "A rule says what the field that it is about promises already.",
        page: include_str!("rule_repeats_promise.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check<'a>(at: &RuleAt<'a>, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let rule = at.rule;
    // Of some rows alone, or not of all of them, it is another promise.
    if rule.measuring.is_some() || rule.threshold.is_some() {
        return;
    }
    let Some((check, name)) = rule.check.as_deref().zip(rule.field.as_ref()) else { return };
    let named = rule.dataset.as_ref().and_then(|name| context.dataset_of(at.contract, name));
    let Some((dataset, field)) = (match at.dataset.or(named) {
        Some(dataset) => context.field_in(at.contract, dataset, name).map(|field| (dataset, field)),
        None => context.field_at(at.contract, name),
    }) else {
        return;
    };
    let Some((said, key)) = promised(check, dataset, field) else { return };
    let message = format!("the rule {} says what {} promises already: {said}", quoted(&rule.name), quoted(name));
    let mut finding =
        Finding::new(&RULE.meta, at.label(), message).help("remove the rule: the field is checked anyway");
    if dataset.field(name).is_some() {
        let place = Path::dataset(&dataset.name).field(name.as_str()).key(key);
        finding = finding.related(Label::at(at.contract.source, place).note("the promise"));
    }
    findings.push(finding);
}

fn promised(check: &str, dataset: &Dataset, field: &Field) -> Option<(&'static str, &'static str)> {
    match check {
        "not_null" if !field.nullable => Some(("`nullable: false`", "nullable")),
        "unique" if field.unique => Some(("`unique: true`", "unique")),
        "unique" if field.is_primary_key && dataset.primary_key().nth(1).is_none() => {
            Some(("it is the primary key", "is_primary_key"))
        }
        _ => None,
    }
}
