use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscription-ended",
        group: Group::Subscriptions,
        severity: Severity::Info,
        by_default: true,
        summary: "A subscription has ended and is still there.",
        page: include_str!("subscription_ended.md"),
    },
    checks: &[Check::Contract(inline), Check::Subscription(in_a_file)],
};

fn inline(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        judge(subscriber, (contract.source, &Path::of("subscribers").index(index)), context, findings);
    }
}

fn in_a_file(subscription: &Subscription, context: &Context<'_>, findings: &mut Vec<Finding>) {
    judge(&subscription.subscriber, (subscription.source, &Path::root()), context, findings);
}

fn judge(
    subscriber: &Subscriber,
    (source, path): (SourceId, &Path),
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    if let Some(end) = subscriber.until.as_deref().and_then(day).filter(|end| *end < context.today) {
        let message = format!("the subscription of {} ended on {end}", quoted(&subscriber.team));
        findings.push(
            Finding::new(&RULE.meta, Label::at(source, path.key("until")), message)
                .help("remove it, or agree on a later day: changes no longer look at it"),
        );
    }
}
