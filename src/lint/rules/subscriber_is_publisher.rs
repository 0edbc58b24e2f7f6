use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-is-publisher",
        group: Group::Subscriptions,
        severity: Severity::Info,
        by_default: false,
        summary: "The team that publishes the data subscribes to it.",
        page: include_str!("subscriber_is_publisher.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(publisher) = contract.publisher.team.as_deref() else { return };
    let own = contract.subscribers.iter().enumerate().filter(|(_, one)| one.team == publisher);
    for (index, subscriber) in own {
        let label = Label::at(contract.source, Path::of("subscribers").index(index).key("team"));
        let message = format!("{} publishes the data and subscribes to it", quoted(&subscriber.team));
        findings.push(
            Finding::new(&RULE.meta, label, message)
                .related(Label::at(contract.source, Path::of("publisher").key("team")).note("the publisher"))
                .help("remove it, unless another part of the team uses the data"),
        );
    }
}
