use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Rule};
use crate::model::{Path, Status, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscription-to-deprecated",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A team subscribes to a contract that is going away.",
        page: include_str!("subscription_to_deprecated.md"),
    },
    checks: &[Check::SubscriptionAcross(check)],
};

fn check(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = others.contract(&subscription.contract) else { return };
    if contract.status != Status::Deprecated || !subscription.subscriber.is_live(others.today) {
        return;
    }
    let life = &contract.lifecycle;
    // Who has said when it leaves knows of it.
    if subscription.subscriber.until.is_some() {
        return;
    }
    let until = life.sunset_on.as_ref().map(|day| format!(" and ends on {}", quoted(day)));
    let message = format!("{} is deprecated{}", quoted(&contract.name), until.unwrap_or_default());
    let help = match &life.replaced_by {
        Some(new) => format!("move to {}, and say with `until` when", quoted(new)),
        None => "say with `until` when the team stops reading the data".to_owned(),
    };
    findings.push(
        Finding::new(&RULE.meta, Label::at(subscription.source, Path::of("contract")), message)
            .related(Label::at(contract.source, Path::of("status")).note("deprecated here"))
            .help(help),
    );
}
