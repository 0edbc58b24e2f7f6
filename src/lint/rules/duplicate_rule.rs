use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::Contract;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-rule",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "Two rules on one field or dataset have the same name.",
        page: include_str!("duplicate_rule.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<_, RuleAt<'_>> = HashMap::new();
    for at in RuleAt::all(contract) {
        let rule = at.rule;
        match first.entry((at.list(), &rule.name, &rule.dataset, &rule.field)) {
            Entry::Vacant(place) => {
                place.insert(at);
            }
            Entry::Occupied(earlier) => {
                let of = rule.field.as_ref().or(rule.dataset.as_ref());
                let of = of.map_or_else(String::new, |of| format!(" of {}", quoted(of)));
                let message = format!("two rules{of} are called {}", quoted(&rule.name));
                findings.push(
                    Finding::new(&RULE.meta, at.label(), message)
                        .related(earlier.get().label().note("the first one"))
                        .help("rename one of the two: results, alerts and `pact diff` tell rules apart by their names"),
                );
            }
        }
    }
}
