use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::{alternatives, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-purpose-not-allowed",
        group: Group::Subscriptions,
        severity: Severity::Error,
        by_default: true,
        summary: "A subscriber uses the data for what the contract does not allow.",
        page: include_str!("subscriber_purpose_not_allowed.md"),
    },
    checks: &[Check::Contract(inline), Check::Subscription(in_a_file)],
};

fn inline<'a>(contract: &'a Contract, _: &Context<'a>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        judge(contract, subscriber, (contract.source, &Path::of("subscribers").index(index)), findings);
    }
}

fn in_a_file(subscription: &Subscription, context: &Context<'_>, findings: &mut Vec<Finding>) {
    // A contract that is not there is one mistake, and another rule has told it.
    if let Some(contract) = context.contracts.contract(&subscription.contract) {
        judge(contract, &subscription.subscriber, (subscription.source, &Path::root()), findings);
    }
}

fn judge(contract: &Contract, subscriber: &Subscriber, at: (SourceId, &Path), findings: &mut Vec<Finding>) {
    let (Some(access), Some(purpose)) = (&contract.access, &subscriber.purpose) else { return };
    let is_it = |word: &String| word == purpose;
    let forbidden = access.prohibited_uses.iter().any(is_it);
    // Where no uses are listed, every use is allowed.
    if !forbidden && (access.allowed_uses.is_empty() || access.allowed_uses.iter().any(is_it)) {
        return;
    }
    let word = if forbidden { "forbids" } else { "does not allow" };
    let (team, name) = (quoted(&subscriber.team), quoted(&contract.name));
    let message = format!("{team} uses the data for {}, which {name} {word}", quoted(purpose));
    let help = if forbidden || access.allowed_uses.len() > 6 {
        "agree on it with the owner of the contract, or end the use".to_owned()
    } else {
        let allowed: Vec<String> = access.allowed_uses.iter().map(|one| quoted(one)).collect();
        format!(
            "allowed is {}; let the owner of the contract allow it, or end the use",
            alternatives(allowed.iter().map(String::as_str))
        )
    };
    findings.push(Finding::new(&RULE.meta, Label::at(at.0, at.1.key("purpose")), message).help(help));
}
