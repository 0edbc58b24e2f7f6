use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-without-fields",
        group: Group::Subscriptions,
        severity: Severity::Info,
        by_default: false,
        summary: "A subscriber does not say which fields it uses.",
        page: include_str!("subscriber_without_fields.md"),
    },
    checks: &[Check::Contract(inline), Check::Subscription(in_a_file)],
};

fn inline(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        judge(subscriber, (contract.source, Path::of("subscribers").index(index)), findings);
    }
}

fn in_a_file(subscription: &Subscription, _: &Context<'_>, findings: &mut Vec<Finding>) {
    judge(&subscription.subscriber, (subscription.source, Path::root()), findings);
}

fn judge(subscriber: &Subscriber, (source, path): (SourceId, Path), findings: &mut Vec<Finding>) {
    if subscriber.fields_used.is_empty() {
        let message = format!("{} counts as a user of every field", quoted(&subscriber.team));
        findings.push(
            Finding::new(&RULE.meta, Label::at(source, path.key("team")), message)
                .help("add `fields_used`: then only changes of those fields concern it"),
        );
    }
}
