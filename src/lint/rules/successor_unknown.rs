use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::mentions;
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::{Path, Status};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "successor-unknown",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "What replaces a contract is not there.",
        page: include_str!("successor_unknown.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(new) = &outline.lifecycle.replaced_by else { return };
    let path = Path::of("lifecycle").key("replaced_by");
    let finding = |message: String| Finding::new(&RULE.meta, Label::at(outline.source, path.clone()), message);
    let told = match others.contract(new) {
        None => {
            let told = finding(format!("there is no contract {} to replace this one", quoted(new)));
            match others.nearest_contract(new).filter(|near| *near != outline.name) {
                Some(near) => told.help(format!("did you mean `{near}`?")).fix(mentions::meant(&path, &near)),
                None => told.help("name a contract of the repository"),
            }
        }
        Some(found) if found.name == outline.name && found.source == outline.source => {
            finding(format!("{} is to be replaced by itself", quoted(new))).help("name another contract")
        }
        // Who still looks at what is over is told by another rule, unless it is over itself.
        Some(found) if found.status == Status::Retired && outline.status == Status::Retired => {
            finding(format!("{}, which replaces this contract, is retired too", quoted(new)))
                .help("name the contract that replaces both, or none")
        }
        Some(_) => return,
    };
    findings.push(told);
}
