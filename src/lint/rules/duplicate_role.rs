use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-role",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "A role is defined twice.",
        page: include_str!("duplicate_role.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(access) = contract.access.as_ref().filter(|access| access.roles.len() > 1) else { return };
    let at = |index| Label::at(contract.source, Path::of("access").key("roles").index(index));
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(access.roles.len());
    for (index, role) in access.roles.iter().enumerate() {
        let earlier = *first.entry(&role.name).or_insert(index);
        if earlier < index {
            findings.push(
                Finding::new(&RULE.meta, at(index), format!("the role {} is defined twice", quoted(&role.name)))
                    .related(at(earlier).note("first defined here"))
                    .help("remove one of the two, or rename it: nobody can tell which of them holds"),
            );
        }
    }
}
