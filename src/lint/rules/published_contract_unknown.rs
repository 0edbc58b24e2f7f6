use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::mentions;
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
    let path = Path::of("publishes");
    let message = format!("there is no contract {} that publishes this model", quoted(name));
    let finding = Finding::new(&RULE.meta, Label::at(outline.source, path.clone()), message);
    findings.push(match others.nearest_contract(name).filter(|near| *near != outline.name) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(mentions::meant(&path, &near)),
        None => finding.help("name the contract that publishes a part of the model"),
    });
}
