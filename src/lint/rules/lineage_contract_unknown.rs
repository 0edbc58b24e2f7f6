use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{is_external, suggest};
use crate::lint::mentions::{self, Mention};
use crate::lint::{Across, Check, Outline, Rule};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "lineage-contract-unknown",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "The lineage names a contract that is not there.",
        page: include_str!("lineage_contract_unknown.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let lineage = mentions::lineage(outline).filter(|mention| !is_external(mention.to));
    for Mention { to, path } in lineage.filter(|mention| others.split(mention.to).is_none()) {
        let help = match suggest(findings, || others.nearest_contract(to)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a contract of the repository; systems go to `pulls_from` and `sources`".to_owned(),
        };
        let message = format!("there is no contract {} to be made of", quoted(to));
        findings.push(Finding::new(&RULE.meta, Label::at(outline.source, path), message).help(help));
    }
}
