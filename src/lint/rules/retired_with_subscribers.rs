use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Context, Outline, Rule};
use crate::model::{Contract, Path, Status, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "retired-with-subscribers",
        group: Group::Subscriptions,
        severity: Severity::Error,
        by_default: true,
        summary: "A contract is retired while somebody still subscribes to it.",
        page: include_str!("retired_with_subscribers.md"),
    },
    checks: &[Check::Contract(inline), Check::Across(in_files), Check::SubscriptionAcross(from_the_file)],
};

fn inline(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.status != Status::Retired {
        return;
    }
    for (index, subscriber) in contract.subscribers.iter().enumerate().filter(|(_, one)| one.is_live(context.today)) {
        let label = Label::at(contract.source, Path::of("subscribers").index(index).key("team"));
        findings.push(still_there(&contract.name, subscriber, label));
    }
}

/// The contract is told of its subscriptions, and each of them of it: they have different owners.
fn in_files(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    if outline.status != Status::Retired {
        return;
    }
    let all = others.subscriptions(outline);
    for subscription in all.iter().filter(|one| one.subscriber.is_live(others.today)) {
        let label = Label::at(outline.source, Path::of("status"));
        let there = Label::at(subscription.source, Path::of("contract")).note("subscribed here");
        findings.push(still_there(&outline.name, &subscription.subscriber, label).related(there));
    }
}

fn from_the_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = others.contract(&subscription.contract) else { return };
    if contract.status == Status::Retired && subscription.subscriber.is_live(others.today) {
        let label = Label::at(subscription.source, Path::of("contract"));
        findings.push(still_there(&contract.name, &subscription.subscriber, label));
    }
}

fn still_there(contract: &str, subscriber: &Subscriber, label: Label) -> Finding {
    let message = format!("{} is retired, and {} still subscribes to it", quoted(contract), quoted(&subscriber.team));
    Finding::new(&RULE.meta, label, message)
        .help("end the subscription, or leave the contract deprecated until nobody reads the data any more")
}
