use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-subscriber",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A team subscribes twice for the same use.",
        page: include_str!("duplicate_subscriber.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<_, usize> = HashMap::new();
    for (index, one) in contract.subscribers.iter().enumerate() {
        // Until a day and from then on with other needs is one use in two times.
        let key = (&one.team, &one.use_case, &one.purpose, &one.until);
        let earlier = *first.entry(key).or_insert(index);
        if earlier == index {
            continue;
        }
        let label = |index| Label::at(contract.source, Path::of("subscribers").index(index).key("team"));
        let message = format!("{} subscribes twice for the same use", quoted(&one.team));
        findings.push(
            Finding::new(&RULE.meta, label(index), message)
                .related(label(earlier).note("first given here"))
                .help("join the two, or tell their uses apart with `use_case`"),
        );
    }
}
