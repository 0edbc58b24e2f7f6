use semver::Version;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::versions::satisfies;
use crate::lint::{Across, Check, Context, Rule};
use crate::model::{Contract, Path, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-version-unsatisfied",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A subscriber wants versions of which the present one is none.",
        page: include_str!("subscriber_version_unsatisfied.md"),
    },
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline(contract: &Contract, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !contract.has_readable_version() {
        return;
    }
    let live = contract.subscribers.iter().enumerate().filter(|(_, one)| one.is_live(context.today));
    for (index, subscriber) in live {
        let label = || Label::at(contract.source, Path::of("subscribers").index(index).key("contract_version"));
        findings.extend(judge(subscriber, (&contract.name, &contract.version), label));
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = others.contract(&subscription.contract).filter(|contract| contract.has_readable_version)
    else {
        return;
    };
    if subscription.subscriber.is_live(others.today) {
        let label = || Label::at(subscription.source, Path::of("contract_version"));
        findings.extend(judge(&subscription.subscriber, (&contract.name, &contract.version), label));
    }
}

fn judge(
    subscriber: &Subscriber,
    (contract, version): (&str, &Version),
    label: impl FnOnce() -> Label,
) -> Option<Finding> {
    let wanted = subscriber.contract_version.as_deref()?;
    if satisfies(version, wanted)? {
        return None;
    }
    let (team, wanted) = (quoted(&subscriber.team), quoted(wanted));
    let message = format!("{team} wants {wanted}, and {} is at {version}", quoted(contract));
    let help = "let the subscriber move to the present version and say so, or correct the requirement";
    Some(Finding::new(&RULE.meta, label(), message).help(help))
}
