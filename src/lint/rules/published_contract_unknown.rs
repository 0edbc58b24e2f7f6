use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::Path;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "published-contract-unknown",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "A model publishes a contract that is not there.",
        page: include_str!("published_contract_unknown.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(name) = outline.publishes.as_ref().filter(|name| others.contract(name).is_none()) else { return };
    let help = match others.nearest_contract(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name the contract that publishes a part of the model".to_owned(),
    };
    let message = format!("there is no contract {} that publishes this model", quoted(name));
    findings.push(Finding::new(&RULE.meta, Label::at(outline.source, Path::of("publishes")), message).help(help));
}
