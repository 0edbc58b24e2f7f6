use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contradictory-uses",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A use of the data is both allowed and prohibited.",
        page: include_str!("contradictory_uses.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(access) = contract.access.as_ref() else { return };
    let allowed: HashMap<&str, usize> =
        access.allowed_uses.iter().enumerate().map(|(index, word)| (word.as_str(), index)).collect();
    for (index, word) in access.prohibited_uses.iter().enumerate() {
        let Some(earlier) = allowed.get(word.as_str()) else { continue };
        let label = |key, index| Label::at(contract.source, Path::of("access").key(key).index(index));
        let message = format!("the use {} is both allowed and prohibited", quoted(word));
        findings.push(
            Finding::new(&RULE.meta, label("prohibited_uses", index), message)
                .related(label("allowed_uses", *earlier).note("allowed here"))
                .help("remove it from one of the two; until then it counts as prohibited"),
        );
    }
}
