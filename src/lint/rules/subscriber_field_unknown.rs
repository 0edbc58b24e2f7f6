use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{nearest_field_of, suggest};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-field-unknown",
        group: Group::Subscriptions,
        severity: Severity::Error,
        by_default: true,
        summary: "A subscriber uses a field that the contract does not have.",
        page: include_str!("subscriber_field_unknown.md"),
    },
    checks: &[Check::Contract(inline), Check::Subscription(in_a_file)],
};

fn inline<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        let path = Path::of("subscribers").index(index);
        unknown(contract, subscriber, &|position| label(contract.source, &path, position), context, findings);
    }
}

fn in_a_file(subscription: &Subscription, context: &Context<'_>, findings: &mut Vec<Finding>) {
    // A contract that is not there is one mistake, and another rule has told it.
    if let Some(contract) = context.contracts.contract(&subscription.contract) {
        let at = |position| label(subscription.source, &Path::root(), position);
        unknown(contract, &subscription.subscriber, &at, context, findings);
    }
}

fn label(source: SourceId, subscriber: &Path, position: usize) -> Label {
    Label::at(source, subscriber.key("fields_used").index(position))
}

fn unknown<'a>(
    contract: &'a Contract,
    subscriber: &Subscriber,
    label: &dyn Fn(usize) -> Label,
    context: &Context<'a>,
    findings: &mut Vec<Finding>,
) {
    for (position, name) in subscriber.fields_used.iter().enumerate() {
        if context.field_at(contract, name).is_some() {
            continue;
        }
        let (team, used) = (quoted(&subscriber.team), quoted(name));
        let message = format!("{team} uses {used}, and {} has no such field", quoted(&contract.name));
        let help = match suggest(findings, || nearest_field_of(name, contract)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a field of the contract as `field` or `dataset.field`, nested fields with dots".to_owned(),
        };
        findings.push(Finding::new(&RULE.meta, label(position), message).help(help));
    }
}
