use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Context, Rule};
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
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

/// What a contract says of the uses of its data.
struct Uses<'a> {
    contract: &'a str,
    allowed: &'a [String],
    prohibited: &'a [String],
}

fn inline(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(access) = &contract.access else { return };
    let uses = Uses { contract: &contract.name, allowed: &access.allowed_uses, prohibited: &access.prohibited_uses };
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        judge(&uses, subscriber, (contract.source, &Path::of("subscribers").index(index)), findings);
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    // A contract that is not there is one mistake, and another rule has told it.
    if let Some(there) = others.contract(&subscription.contract) {
        let uses = Uses { contract: &there.name, allowed: &there.allowed_uses, prohibited: &there.prohibited_uses };
        judge(&uses, &subscription.subscriber, (subscription.source, &Path::root()), findings);
    }
}

fn judge(uses: &Uses<'_>, subscriber: &Subscriber, at: (SourceId, &Path), findings: &mut Vec<Finding>) {
    let Some(purpose) = &subscriber.purpose else { return };
    let is_it = |word: &String| word == purpose;
    let forbidden = uses.prohibited.iter().any(is_it);
    // Where no uses are listed, every use is allowed.
    if !forbidden && (uses.allowed.is_empty() || uses.allowed.iter().any(is_it)) {
        return;
    }
    let word = if forbidden { "forbids" } else { "does not allow" };
    let (team, name) = (quoted(&subscriber.team), quoted(uses.contract));
    let message = format!("{team} uses the data for {}, which {name} {word}", quoted(purpose));
    let help = if forbidden || uses.allowed.len() > 6 {
        "agree on it with the owner of the contract, or end the use".to_owned()
    } else {
        let allowed: Vec<String> = uses.allowed.iter().map(|one| quoted(one)).collect();
        format!(
            "allowed is {}; let the owner of the contract allow it, or end the use",
            alternatives(allowed.iter().map(String::as_str))
        )
    };
    findings.push(Finding::new(&RULE.meta, Label::at(at.0, at.1.key("purpose")), message).help(help));
}
