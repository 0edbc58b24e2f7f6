use std::cmp::Ordering;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::overrides::{Held, held};
use crate::lint::{Across, Check, Context, Rule};
use crate::model::{Contract, Path, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "override-looser-than-promise",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A subscriber is promised less than everybody.",
        page: include_str!("override_looser_than_promise.md"),
    },
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        let common = (contract.quality.as_slice(), Some(&contract.service_levels));
        let path = Path::of("subscribers").index(index);
        let looser = held(&subscriber.overrides, common).filter(|held| held.order == Ordering::Less);
        findings
            .extend(looser.map(|held| finding(&held, &subscriber.team, Label::at(contract.source, held.path(&path)))));
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = others.contract(&subscription.contract) else { return };
    let common = (contract.quality.as_slice(), contract.service_levels.as_deref());
    let looser = held(&subscription.subscriber.overrides, common).filter(|held| held.order == Ordering::Less);
    let label = |held: &Held<'_>| Label::at(subscription.source, held.path(&Path::root()));
    findings.extend(looser.map(|held| finding(&held, &subscription.subscriber.team, label(&held))));
}

fn finding(held: &Held<'_>, team: &str, label: Label) -> Finding {
    let (own, common) = (quoted(&held.own.text), quoted(&held.common.text));
    let message = format!("{} is promised {} {own}, and everybody {common}", quoted(team), held.what);
    Finding::new(&RULE.meta, label, message).help("an override may only strengthen: promise more, or remove it")
}
