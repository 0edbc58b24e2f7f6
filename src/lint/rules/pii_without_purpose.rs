use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "pii-without-purpose",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A team uses personal data of a contract in force and does not say what for.",
        page: include_str!("pii_without_purpose.md"),
    },
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    if !contract.status.is_binding() {
        return;
    }
    for (index, subscriber) in contract.subscribers.iter().enumerate().filter(|(_, one)| is_silent(one)) {
        let is_pii = |name: &str| context.field_at(contract, name).is_some_and(|(_, field)| field.is_pii);
        let at = (contract.source, &Path::of("subscribers").index(index));
        findings.extend(judge(subscriber, at, is_pii));
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let subscriber = &subscription.subscriber;
    let contract = others.contract(&subscription.contract).filter(|_| is_silent(subscriber));
    let Some(contract) = contract.filter(|contract| contract.status.is_binding()) else { return };
    let is_pii = |name: &str| contract.field_at(name).is_some_and(|field| field.promise.is_pii);
    findings.extend(judge(subscriber, (subscription.source, &Path::root()), is_pii));
}

/// Whether neither words nor a purpose tell what the data is used for.
fn is_silent(subscriber: &Subscriber) -> bool {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    !given(&subscriber.purpose) && !given(&subscriber.use_case)
}

fn judge(subscriber: &Subscriber, (source, path): (SourceId, &Path), is_pii: impl Fn(&str) -> bool) -> Option<Finding> {
    let position = subscriber.fields_used.iter().position(|name| is_pii(name))?;
    let name = subscriber.fields_used.get(position)?;
    let message = format!(
        "{} uses {}, which is personal data, and does not say what for",
        quoted(&subscriber.team),
        quoted(name)
    );
    let label = Label::at(source, path.key("fields_used").index(position));
    Some(Finding::new(&RULE.meta, label, message).help("add `purpose`, or a `use_case` in words"))
}
