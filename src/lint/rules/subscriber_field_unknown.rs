use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{nearest_field_of, suggest};
use crate::lint::{Across, Check, Context, Rule};
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
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        let path = Path::of("subscribers").index(index);
        for (position, name) in subscriber.fields_used.iter().enumerate() {
            if context.field_at(contract, name).is_none() {
                let near = suggest(findings, || nearest_field_of(name, contract)).map(str::to_owned);
                let label = label(contract.source, &path, position);
                findings.push(unknown(&contract.name, subscriber, name, near, label));
            }
        }
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    // A contract that is not there is one mistake, and another rule has told it.
    // One whose file is to be mended first may have the field then.
    let Some(contract) = others.contract(&subscription.contract).filter(|contract| !contract.is_open) else { return };
    for (position, name) in subscription.subscriber.fields_used.iter().enumerate() {
        if contract.field_at(name).is_none() {
            let near = suggest(findings, || contract.nearest_field(name));
            let label = label(subscription.source, &Path::root(), position);
            findings.push(unknown(&contract.name, &subscription.subscriber, name, near, label));
        }
    }
}

fn label(source: SourceId, subscriber: &Path, position: usize) -> Label {
    Label::at(source, subscriber.key("fields_used").index(position))
}

fn unknown(contract: &str, subscriber: &Subscriber, name: &str, near: Option<String>, label: Label) -> Finding {
    let (team, used) = (quoted(&subscriber.team), quoted(name));
    let message = format!("{team} uses {used}, and {} has no such field", quoted(contract));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a field of the contract as `field` or `dataset.field`, nested fields with dots".to_owned(),
    };
    Finding::new(&RULE.meta, label, message).help(help)
}
