use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Rule};
use crate::model::{Path, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscription-contract-unknown",
        group: Group::Subscriptions,
        severity: Severity::Error,
        by_default: true,
        summary: "A subscription is for a contract that is not there.",
        page: include_str!("subscription_contract_unknown.md"),
    },
    checks: &[Check::SubscriptionAcross(check)],
};

fn check(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    if others.contract(&subscription.contract).is_some() {
        return;
    }
    let label = Label::at(subscription.source, Path::of("contract"));
    let message = format!("there is no contract {} to subscribe to", quoted(&subscription.contract));
    let help = match others.nearest_contract(&subscription.contract) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a contract of the repository".to_owned(),
    };
    findings.push(Finding::new(&RULE.meta, label, message).help(help));
}
