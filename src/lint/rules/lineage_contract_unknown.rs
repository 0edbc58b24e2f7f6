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
        // What it is nearest to may be itself, and nothing is made of itself.
        let near = suggest(findings, || others.nearest_contract(to)).filter(|near| *near != outline.name);
        let message = format!("there is no contract {} to be made of", quoted(to));
        let finding = Finding::new(&RULE.meta, Label::at(outline.source, path.clone()), message);
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(mentions::meant(&path, &near)),
            None => finding.help("name a contract of the repository; systems go to `pulls_from` and `sources`"),
        });
    }
}
